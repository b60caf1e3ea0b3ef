"""Every query about sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.auth.models import Session
from tradesense.auth.owners import may_come_in
from tradesense.users import User


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose session it is and how long it lasts, as the database has it now."""

    user_id: UUID
    role: str
    expires_at: datetime
    last_used_at: datetime


class SessionRepository:
    """Sessions in the database, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: Session) -> None:
        """Keep a new session."""
        self._session.add(row)
        await self._session.flush()

    async def find_by_token(self, token_hash: bytes, *, lock: bool = False) -> Session | None:
        """Return the session of a refresh token's handle; with `lock` nobody else changes it meanwhile."""
        query = select(Session).where(col(Session.token_hash) == token_hash)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def find_bearer(
        self, session_id: UUID, user_id: UUID, *, needs_verified_email: bool
    ) -> Bearer | None:
        """Return whose session this is, unless it was revoked or its owner may not come in."""
        query = (
            select(col(Session.user_id), col(User.role), col(Session.expires_at), col(Session.last_used_at))
            .join(User, col(User.id) == col(Session.user_id))
            .where(
                col(Session.id) == session_id,
                col(Session.user_id) == user_id,
                col(Session.revoked_at).is_(None),
                *may_come_in(needs_verified_email=needs_verified_email),
            )
        )
        row = (await self._session.execute(query)).one_or_none()
        return Bearer(*row) if row is not None else None

    async def live(self, user_id: UUID, now: datetime, idle_since: datetime) -> Sequence[Session]:
        """Return the person's sessions that live, the one used last first."""
        query = (
            select(Session)
            .where(*_live(user_id), col(Session.expires_at) > now, col(Session.last_used_at) > idle_since)
            .order_by(col(Session.last_used_at).desc(), col(Session.id))
        )
        return (await self._session.execute(query)).scalars().all()

    async def former_devices(self, user_id: UUID, *, limit: int) -> Sequence[tuple[str | None, str | None]]:
        """Return where the person signed in lately: addresses and programs, the latest first."""
        query = (
            select(col(Session.ip), col(Session.user_agent))
            .where(col(Session.user_id) == user_id)
            .order_by(col(Session.created_at).desc())
            .limit(limit)
        )
        return [(ip, agent) for ip, agent in (await self._session.execute(query)).all()]

    async def revoke(self, user_id: UUID, session_id: UUID, reason: str, now: datetime) -> bool:
        """End one of the person's sessions; `False` where there is none to end."""
        ended = await self._session.execute(
            update(Session)
            .where(*_live(user_id), col(Session.id) == session_id)
            .values(revoked_at=now, revoked_reason=reason)
            .returning(col(Session.id))
        )
        return ended.scalar_one_or_none() is not None

    async def revoke_all(
        self, user_id: UUID, reason: str, now: datetime, *, besides: UUID | None = None
    ) -> Sequence[UUID]:
        """End every session of the person but `besides`; return which."""
        ended = await self._session.execute(
            update(Session)
            .where(*_live(user_id), col(Session.id).is_distinct_from(besides))
            .values(revoked_at=now, revoked_reason=reason)
            .returning(col(Session.id))
        )
        return ended.scalars().all()

    async def touch(self, used_at: Mapping[UUID, datetime]) -> None:
        """Write down when these sessions were used."""
        for session_id in sorted(used_at):
            await self._session.execute(
                update(Session)
                .where(col(Session.id) == session_id, col(Session.last_used_at) < used_at[session_id])
                .values(last_used_at=used_at[session_id])
            )


def _live(user_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return col(Session.user_id) == user_id, col(Session.revoked_at).is_(None)
