"""Sessions: begun by signing in, kept alive by refreshing, ended at once and everywhere.

A refresh token is good once. For ten seconds it is answered with the very same successor again, for an
answer may be lost and ten tabs may ask at once; after that, or once its successor was used, it must have been
stolen, and the session ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.errors import SessionEnded
from tradesense.auth.models import Session
from tradesense.auth.rules import GRACE, AuthRules
from tradesense.auth.session_repository import SessionRepository
from tradesense.auth.tokens import RefreshToken, RefreshTokens
from tradesense.base.after_commit import after_commit
from tradesense.base.clock import Clock
from tradesense.users import Event, Status, Users, record
from tradesense.web.callers import Callers
from tradesense.web.visitor import Visitor


class Reason(StrEnum):
    """Why a session ended before its time."""

    SIGNED_OUT = "signed_out"
    REVOKED = "revoked"
    REUSE = "refresh_reuse"
    PASSWORD = "password_changed"  # noqa: S105 - a reason, not a password
    MFA = "second_factor_changed"
    ACCOUNT = "account_changed"


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session with the refresh token that is good now."""

    row: Session
    refresh_token: str


class Sessions:
    """Everybody's sessions, within one transaction."""

    def __init__(
        self,
        session: AsyncSession,
        clock: Clock,
        rules: AuthRules,
        tokens: RefreshTokens,
        callers: Callers,
    ) -> None:
        self._session = session
        self._clock = clock
        self._rules = rules
        self._tokens = tokens
        self._callers = callers
        self._stored = SessionRepository(session)

    async def start(self, user_id: UUID, visitor: Visitor) -> LiveSession:
        """Begin a session that has nothing to do with any before it."""
        now, handle = self._clock.now(), self._tokens.new_handle()
        row = Session(
            id=uuid4(),
            user_id=user_id,
            token_hash=self._tokens.hash_handle(handle),
            counter=0,
            created_at=now,
            last_used_at=now,
            authenticated_at=now,
            expires_at=now + self._rules.session_life,
            ip=visitor.ip or None,
            user_agent=visitor.user_agent or None,
        )
        await self._stored.add(row)
        return LiveSession(row, self._tokens.write(RefreshToken(handle, 0)))

    async def find_by_refresh(self, text: str) -> Session | None:
        """Return the session that a refresh token belongs to, whether or not it still lives."""
        token = self._tokens.read(text)
        return await self._stored.find_by_token(self._tokens.hash_handle(token.handle)) if token else None

    async def find_live_by_refresh(self, text: str) -> Session | None:
        """Return the session that a refresh token belongs to, if it lives."""
        row = await self.find_by_refresh(text)
        return row if row is not None and await self._lives(row) else None

    async def refresh(self, text: str, visitor: Visitor) -> LiveSession:
        """Use a refresh token: return the session with its successor.

        Of any number at once, one rotates the token and all get the same. Raises `SessionEnded`; where the
        token was used before, the session is revoked, and that is kept.
        """
        token = self._tokens.read(text)
        if token is None:
            raise SessionEnded
        row = await self._stored.find_by_token(self._tokens.hash_handle(token.handle), lock=True)
        if row is None or not await self._lives(row):
            raise SessionEnded
        now = self._clock.now()
        if token.counter == row.counter:
            row.counter += 1
            row.rotated_at = row.last_used_at = now
            await self._session.flush()
        elif not (token.counter == row.counter - 1 and row.rotated_at and abs(now - row.rotated_at) <= GRACE):
            await self._end_for_reuse(row, visitor)
            raise SessionEnded
        return LiveSession(row, self._tokens.write(RefreshToken(token.handle, row.counter)))

    async def revoke(self, user_id: UUID, session_id: UUID, reason: Reason) -> bool:
        """End one session of this person, from the next request on; `False` where there is none to end."""
        ended = await self._stored.revoke(user_id, session_id, reason, self._clock.now())
        if ended:
            self._forget(session_id)
        return ended

    async def revoke_all(self, user_id: UUID, reason: Reason, *, besides: UUID | None = None) -> int:
        """End every session of this person but `besides`, from the next request on; return how many."""
        ended = await self._stored.revoke_all(user_id, reason, self._clock.now(), besides=besides)
        after_commit(self._session, partial(self._callers.forget_user, user_id))
        return len(ended)

    async def live(self, user_id: UUID) -> Sequence[Session]:
        """Return the person's sessions that live, the one used last first."""
        now = self._clock.now()
        return await self._stored.live(user_id, now, now - self._rules.idle_life)

    async def former_devices(self, user_id: UUID) -> set[tuple[str, str]]:
        """Return the addresses and programs of the last fifty sessions."""
        devices = await self._stored.former_devices(user_id, limit=50)
        return {(ip or "", agent or "") for ip, agent in devices}

    async def _lives(self, row: Session) -> bool:
        now = self._clock.now()
        if row.revoked_at is not None or now >= row.expires_at:
            return False
        if now >= row.last_used_at + self._rules.idle_life:
            return False
        user = await Users(self._session, self._clock).find(row.user_id)
        if user is None or user.status != Status.ACTIVE:
            return False
        return user.email_verified_at is not None or not self._rules.needs_verified_email

    async def _end_for_reuse(self, row: Session, visitor: Visitor) -> None:
        row.revoked_at, row.revoked_reason = self._clock.now(), Reason.REUSE
        await self._session.flush()
        self._forget(row.id)
        detail = {"session_id": str(row.id)}
        record(
            self._session,
            self._clock,
            Event.REFRESH_REUSE,
            user_id=row.user_id,
            visitor=visitor,
            detail=detail,
        )

    def _forget(self, session_id: UUID) -> None:
        after_commit(self._session, partial(self._callers.forget_credential, session_id))
