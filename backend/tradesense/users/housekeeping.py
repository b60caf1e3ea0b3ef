"""Deletes what has served its time: mail long sent, answers kept for repeated calls."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from sqlalchemy import delete
from sqlmodel import col

from tradesense.base.clock import Clock
from tradesense.users.idempotency import KEPT_FOR
from tradesense.users.models import KeptAnswer
from tradesense.users.outbox import WaitingMail
from tradesense.web.session import Database

_MAIL_KEPT_FOR: Final = timedelta(days=30)
_EVERY_SECONDS: Final = 3600.0


async def keep_tidy(database: Database, clock: Clock) -> None:
    """Tidy up now and every hour."""
    while True:
        await tidy_up(database, clock)
        await asyncio.sleep(_EVERY_SECONDS)


async def tidy_up(database: Database, clock: Clock) -> None:
    """Delete sent mail after 30 days, kept answers after one."""
    now = clock.now()
    async with database.transaction() as session:
        await WaitingMail(session).forget(now - _MAIL_KEPT_FOR)
        await session.execute(delete(KeptAnswer).where(col(KeptAnswer.created_at) < now - KEPT_FOR))
