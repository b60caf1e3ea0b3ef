"""Queries over everything an account has in this room, for its end and its export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.auth.models import ApiKey, Session


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

    async def revoke_api_keys(self, user_id: UUID, now: datetime) -> None:
        """End every key of the person."""
        await self._session.execute(
            update(ApiKey)
            .where(col(ApiKey.user_id) == user_id, col(ApiKey.revoked_at).is_(None))
            .values(revoked_at=now)
        )
