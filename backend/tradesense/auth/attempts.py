"""Counts wrong passwords and codes for each account, and makes the next attempt wait once there are many.

An account that doesn't exist counts like one that does. Nothing but that kind of attempt has to wait: live
sessions go on, and a forgotten password can be reset.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.auth.errors import TooManyAttempts
from tradesense.auth.models import FailedAttempt
from tradesense.base.clock import Clock


class Kind(StrEnum):
    """What is attempted."""

    PASSWORD = "password"  # noqa: S105 - a kind, not a password
    CODE = "code"
    MAIL_NEW_ACCOUNT = "mail_new_account"
    MAIL_RESET = "mail_reset"
    MAIL_CHANGE = "mail_change"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `failures` within `window`; then wait until the oldest of them is out of it."""

    failures: int
    window: timedelta


CODE_LIMITS: Final = (
    Limit(5, timedelta(minutes=5)),
    Limit(20, timedelta(hours=1)),
    Limit(50, timedelta(days=1)),
)
PASSWORD_FREE: Final = 10
PASSWORD_WINDOW: Final = timedelta(hours=1)
_FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(minutes=15)
_KEPT: Final = timedelta(days=1)
_MOST_MAILS: Final = 5
_MAIL_WINDOW: Final = timedelta(hours=1)
_CLOCKS_DIFFER: Final = timedelta(seconds=5)


class Attempts:
    """Wrong attempts, within one transaction.

    `subject` is an address key when signing in, a user's id for codes and when a password is repeated.
    """

    def __init__(self, session: AsyncSession, clock: Clock, hash_key: bytes) -> None:
        self._session = session
        self._clock = clock
        self._hash_key = hash_key

    async def check(self, kind: Kind, subject: str, *, alone: bool = False) -> None:
        """Raise `TooManyAttempts` where the next attempt has to wait.

        With `alone` other attempts at the same account wait until this transaction ends, so that of many at
        once not one more is checked than the limits allow.
        """
        hashed = self._hash(kind, subject)
        if alone:
            await self._lock(hashed)
        now = self._clock.now()
        query = (
            select(col(FailedAttempt.ts))
            .where(col(FailedAttempt.subject_hash) == hashed, _is_between(now - _KEPT, now))
            .order_by(col(FailedAttempt.ts))
        )
        failed = (await self._session.execute(query)).scalars().all()
        free_at = _free_for_password(failed, now) if kind is Kind.PASSWORD else _free_for_code(failed, now)
        if free_at is not None and free_at > now:
            raise TooManyAttempts(retry_after_seconds=math.ceil((free_at - now).total_seconds()))

    async def record(self, kind: Kind, subject: str) -> None:
        """Write down a wrong attempt."""
        self._session.add(FailedAttempt(subject_hash=self._hash(kind, subject), ts=self._clock.now()))
        await self._session.flush()

    async def may_mail(self, kind: Kind, subject: str) -> bool:
        """Tell whether a stranger may have one more mail sent to this address now; it counts as sent."""
        now = self._clock.now()
        hashed = self._hash(kind, subject)
        query = (
            select(func.count())
            .select_from(FailedAttempt)
            .where(col(FailedAttempt.subject_hash) == hashed, _is_between(now - _MAIL_WINDOW, now))
        )
        await self._lock(hashed)
        if (await self._session.execute(query)).scalar_one() >= _MOST_MAILS:
            return False
        await self.record(kind, subject)
        return True

    async def clear(self, kind: Kind, subject: str) -> None:
        """Forget the wrong attempts: the right one came, or the password is another now."""
        await self._session.execute(
            delete(FailedAttempt).where(col(FailedAttempt.subject_hash) == self._hash(kind, subject))
        )

    async def _lock(self, hashed: bytes) -> None:
        number = int.from_bytes(hashed[:8], "big", signed=True)
        await self._session.execute(select(func.pg_advisory_xact_lock(number)))

    def _hash(self, kind: Kind, subject: str) -> bytes:
        return hmac.digest(self._hash_key, f"{kind}:{subject}".encode(), sha256)


def _is_between(first: datetime, now: datetime) -> ColumnElement[bool]:
    """Attempts up to now: after the clock was set back, those that lie ahead would lock their account."""
    return and_(col(FailedAttempt.ts) > first, col(FailedAttempt.ts) <= now + _CLOCKS_DIFFER)


def _free_for_password(failed: Sequence[datetime], now: datetime) -> datetime | None:
    """Wait a minute after the tenth within the hour, and twice as long after each further one."""
    recent = [moment for moment in failed if moment > now - PASSWORD_WINDOW]
    beyond = len(recent) - PASSWORD_FREE
    if beyond < 0:
        return None
    return recent[-1] + min(_FIRST_WAIT * (1 << min(beyond, 10)), _LONGEST_WAIT)


def _free_for_code(failed: Sequence[datetime], now: datetime) -> datetime | None:
    frees = []
    for limit in CODE_LIMITS:
        recent = [moment for moment in failed if moment > now - limit.window]
        if len(recent) >= limit.failures:
            frees.append(recent[-limit.failures] + limit.window)
    return max(frees, default=None)
