"""The database of people: a pool of connections, transactions, and trouble said as `Unavailable`.

Knows PostgreSQL and no table. What a statement was given never appears in an error or a log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg
from sqlalchemy import URL, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import QueuePool

from tradesense.base.after_commit import forget_after_commit, run_after_commit
from tradesense.base.errors import AppError, Unavailable

DRIVER: Final = "postgresql+asyncpg"
_CONNECT_SECONDS: Final = 2.0
_COMMAND_SECONDS: Final = 2.0
_POOL_SECONDS: Final = 1.0
_CHECK_SECONDS: Final = 1.0
_RECYCLE_SECONDS: Final = 1800
# On the server's side as well, for a statement whose client went away: a little later than ours.
_STATEMENT_MS: Final = 3_000
_IDLE_IN_TRANSACTION_MS: Final = 30_000

# Classes and codes of SQLSTATE that mean "later", not "wrong": no connection, transaction undone by the
# server, no resources, operator or crash, machine trouble, lock not free, refused log-in.
_LATER_CLASSES: Final = frozenset({"08", "28", "40", "53", "57", "58", "3D"})
_LATER_CODES: Final = frozenset({"25006", "25P03", "25P04", "55P03"})

_log = logging.getLogger("tradesense.infra.database")


class DatabaseUnavailable(Unavailable):
    code = "database_unavailable"

    def __init__(self) -> None:
        super().__init__("The database does not answer in time.")


def engine_url(url: str) -> URL:
    """Return `postgresql://...` as the address the engine takes."""
    parsed = make_url(url).set(drivername=DRIVER)
    query = dict(parsed.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return parsed.set(query=query)


class Database:
    """Connections to one PostgreSQL database; opened as they are needed, so that making one never waits."""

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 20,
        overflow: int = 40,
        command_seconds: float = _COMMAND_SECONDS,
        pool_seconds: float = _POOL_SECONDS,
    ) -> None:
        self._engine = _make_engine(url, pool_size, overflow, command_seconds, pool_seconds)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        self.most_connections = pool_size + overflow

    @property
    def connections_in_use(self) -> int:
        """The connections that are lent out at the moment."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Commit at the end of the block, undo on an error unless it `keeps_changes`.

        What `after_commit` was given runs once it is committed. Raises `DatabaseUnavailable` where the
        database does not answer in time; then nothing of the block was kept, unless it broke at the
        very commit: a caller who must know asks again.
        """
        async with self._sessions() as session:
            try:
                yield session
            except AppError as error:
                await _end(session, keep=error.keeps_changes)
                raise
            except BaseException as error:
                await _end(session, keep=False)
                if _means_later(error):
                    raise _unavailable(error) from error
                raise
            else:
                await _end(session, keep=True)

    async def check(self) -> None:
        """Return where the database answers a question now; raise `DatabaseUnavailable` where it doesn't."""
        try:
            async with asyncio.timeout(_CHECK_SECONDS), self._engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (TimeoutError, OSError, SQLAlchemyError) as error:
            raise DatabaseUnavailable from error

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def _end(session: AsyncSession, *, keep: bool) -> None:
    try:
        if keep:
            await session.commit()
        else:
            await session.rollback()
    except Exception as error:
        forget_after_commit(session)
        if _means_later(error):
            raise _unavailable(error) from error
        raise
    if keep:
        run_after_commit(session)
    else:
        forget_after_commit(session)


def _make_engine(
    url: str, pool_size: int, overflow: int, command_seconds: float, pool_seconds: float
) -> AsyncEngine:
    engine = create_async_engine(
        engine_url(url),
        pool_size=pool_size,
        max_overflow=overflow,
        pool_timeout=pool_seconds,
        pool_pre_ping=True,
        pool_recycle=_RECYCLE_SECONDS,
        pool_use_lifo=True,
        hide_parameters=True,
        echo=False,
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "command_timeout": command_seconds,
            "server_settings": {
                "application_name": "tradesense",
                "timezone": "UTC",
                "statement_timeout": str(_STATEMENT_MS),
                "idle_in_transaction_session_timeout": str(_IDLE_IN_TRANSACTION_MS),
            },
        },
    )
    event.listen(engine.sync_engine, "handle_error", _say_it_plainly)
    return engine


def _say_it_plainly(context: ExceptionContext) -> None:
    # asyncpg tells a command that took too long with the language's own TimeoutError, which the
    # engine knows neither as lost connection nor as an error of its own.
    if isinstance(context.original_exception, TimeoutError | OSError):
        context.is_disconnect = True


def _means_later(error: BaseException) -> bool:
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        code: str | None = getattr(error.orig, "sqlstate", None)
        if code is not None:
            return code[:2] in _LATER_CLASSES or code in _LATER_CODES
        cause = error.orig.__cause__ if error.orig is not None else None
        return isinstance(cause, asyncpg.InterfaceError | asyncpg.InvalidCachedStatementError | OSError)
    return isinstance(error, PoolExhausted | TimeoutError | OSError)


def _unavailable(error: BaseException) -> DatabaseUnavailable:
    _log.warning("the database does not answer", extra={"reason": type(error).__name__})
    return DatabaseUnavailable()
