"""One request, one transaction: the only place where a request's work is committed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Protocol

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession


class Database(Protocol):
    """Where people and what is theirs are kept."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Commit at the end of the block, undo on an error unless it `keeps_changes`.

        What `after_commit` was given runs once it is committed. Raises `Unavailable` where the database does
        not answer in time.
        """
        ...


async def open_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Open the request's transaction in `state.database`."""
    database: Database = request.state.database
    async with database.transaction() as session:
        yield session


# `scope="function"`: committed before the answer is sent, so that nobody is told of what was not kept.
DbSession = Annotated[AsyncSession, Depends(open_session, scope="function")]
