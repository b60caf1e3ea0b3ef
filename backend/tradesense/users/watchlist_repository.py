"""Every query about watch lists; each takes whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.users.models import Watchlist


class WatchlistRepository:
    """The watch lists in the database, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, user_id: UUID) -> Sequence[Watchlist]:
        """Return one person's lists, the oldest first."""
        query = (
            select(Watchlist)
            .where(col(Watchlist.user_id) == user_id)
            .order_by(col(Watchlist.created_at), col(Watchlist.id))
        )
        return (await self._session.execute(query)).scalars().all()

    async def count(self, user_id: UUID) -> int:
        """Return how many lists a person has."""
        query = select(func.count()).select_from(Watchlist).where(col(Watchlist.user_id) == user_id)
        return (await self._session.execute(query)).scalar_one()

    async def find(self, user_id: UUID, list_id: UUID, *, lock: bool = False) -> Watchlist | None:
        """Return one of a person's lists; with `lock` nobody else changes it until the transaction ends."""
        query = select(Watchlist).where(col(Watchlist.id) == list_id, col(Watchlist.user_id) == user_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def add(self, row: Watchlist) -> None:
        """Add a list."""
        self._session.add(row)
        await self._session.flush()

    async def change(self, row: Watchlist, values: dict[str, Any], now: datetime) -> Watchlist:
        """Write values to a list that is held, as its next version."""
        statement = (
            update(Watchlist)
            .where(col(Watchlist.id) == row.id, col(Watchlist.user_id) == row.user_id)
            .values(**values, version=col(Watchlist.version) + 1, updated_at=now)
            .returning(Watchlist)
            .execution_options(populate_existing=True)
        )
        return (await self._session.execute(statement)).scalar_one()

    async def remove(self, user_id: UUID, list_id: UUID) -> bool:
        """Delete one of a person's lists; `False` where there is none such."""
        statement = (
            delete(Watchlist)
            .where(col(Watchlist.id) == list_id, col(Watchlist.user_id) == user_id)
            .returning(col(Watchlist.id))
        )
        return (await self._session.execute(statement)).scalar_one_or_none() is not None
