"""Queries over everything an account has in this room, for its end and its export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.auth.models import ApiKey, Link, Session
from tradesense.auth.sessions import Reason


class AccountRepository:
    """One person's sessions and keys, living or not, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sessions(self, user_id: UUID) -> Sequence[Session]:
        """Return all sessions of the person that are still written down, the newest first."""
        query = (
            select(Session).where(col(Session.user_id) == user_id).order_by(col(Session.created_at).desc())
        )
        return (await self._session.execute(query)).scalars().all()

    async def api_keys(self, user_id: UUID) -> Sequence[ApiKey]:
        """Return all keys of the person, also revoked ones, the newest first."""
        query = select(ApiKey).where(col(ApiKey.user_id) == user_id).order_by(col(ApiKey.created_at).desc())
        return (await self._session.execute(query)).scalars().all()

    async def end_credentials(self, user_id: UUID, now: datetime) -> None:
        """End every session, key and mailed link of the person, for good."""
        await self._session.execute(
            update(Session)
            .where(col(Session.user_id) == user_id, col(Session.revoked_at).is_(None))
            .values(revoked_at=now, revoked_reason=Reason.ACCOUNT)
        )
        await self._session.execute(
            update(ApiKey)
            .where(col(ApiKey.user_id) == user_id, col(ApiKey.revoked_at).is_(None))
            .values(revoked_at=now)
        )
        await self._session.execute(
            update(Link).where(col(Link.user_id) == user_id, col(Link.used_at).is_(None)).values(used_at=now)
        )
