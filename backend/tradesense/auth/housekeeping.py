"""Deletes credentials that have served their time, a few rows at a time so that nobody waits for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, or_, select
from sqlmodel import col

from tradesense.auth.models import FailedAttempt, Link, Session
from tradesense.base.clock import Clock
from tradesense.web.session import Database

# Longer than any limit looks back, and than a late refresh or link is worth telling from an unknown one.
_KEPT_FOR: Final = timedelta(days=1)
_EVERY_SECONDS: Final = 3600.0
_BATCH: Final = 1_000


async def keep_tidy(database: Database, clock: Clock) -> None:
    """Tidy up now and every hour."""
    while True:
        await tidy_up(database, clock)
        await asyncio.sleep(_EVERY_SECONDS)


async def tidy_up(database: Database, clock: Clock, *, batch: int = _BATCH) -> int:
    """Delete sessions and links a day after their end, attempts after a day; return how many rows."""
    before = clock.now() - _KEPT_FOR
    over: tuple[tuple[type[Session | Link | FailedAttempt], ColumnElement[bool]], ...] = (
        (Session, col(Session.expires_at) < before),
        (Link, or_(col(Link.expires_at) < before, col(Link.used_at) < before)),
        (FailedAttempt, col(FailedAttempt.ts) < before),
    )
    deleted = 0
    for table, condition in over:
        while (count := await _delete(database, table, condition, batch)) > 0:
            deleted += count
    return deleted


async def _delete(
    database: Database,
    table: type[Session | Link | FailedAttempt],
    condition: ColumnElement[bool],
    batch: int,
) -> int:
    chosen = select(col(table.id)).where(condition).limit(batch).with_for_update(skip_locked=True)
    async with database.transaction() as session:
        gone = await session.execute(delete(table).where(col(table.id).in_(chosen)).returning(col(table.id)))
        return len(gone.all())
