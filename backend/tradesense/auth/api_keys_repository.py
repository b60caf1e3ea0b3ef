"""Every query about API keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.auth.models import ApiKey
from tradesense.auth.owners import may_come_in
from tradesense.users import User


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose key it is, and what was given to it."""

    key_id: UUID
    user_id: UUID
    role: str
    scopes: tuple[str, ...]
    expires_at: datetime | None
    last_used_at: datetime | None


class ApiKeyRepository:
    """API keys in the database, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, key: ApiKey) -> None:
        """Keep a new key."""
        self._session.add(key)
        await self._session.flush()

    async def count_live(self, user_id: UUID, now: datetime) -> int:
        """Count the person's keys that work at `now`."""
        live = or_(col(ApiKey.expires_at).is_(None), col(ApiKey.expires_at) > now)
        query = select(func.count()).select_from(ApiKey).where(*_kept_by(user_id), live)
        return (await self._session.execute(query)).scalar_one()

    async def page(
        self, user_id: UUID, *, before: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[ApiKey]:
        """Return the person's keys that were not revoked, the newest first."""
        query = (
            select(ApiKey)
            .where(*_kept_by(user_id))
            .order_by(col(ApiKey.created_at).desc(), col(ApiKey.id).desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(tuple_(col(ApiKey.created_at), col(ApiKey.id)) < before)
        return (await self._session.execute(query)).scalars().all()

    async def revoke(self, user_id: UUID, key_id: UUID, now: datetime) -> bool:
        """End one of the person's keys; `False` where there is none to end."""
        ended = await self._session.execute(
            update(ApiKey)
            .where(*_kept_by(user_id), col(ApiKey.id) == key_id)
            .values(revoked_at=now)
            .returning(col(ApiKey.id))
        )
        return ended.scalar_one_or_none() is not None

    async def find_bearer(self, key_hash: bytes, *, needs_verified_email: bool) -> Bearer | None:
        """Return whose key this is, unless it was revoked or its owner may not come in."""
        query = (
            select(
                col(ApiKey.id),
                col(ApiKey.user_id),
                col(User.role),
                col(ApiKey.scopes),
                col(ApiKey.expires_at),
                col(ApiKey.last_used_at),
            )
            .join(User, col(User.id) == col(ApiKey.user_id))
            .where(
                col(ApiKey.key_hash) == key_hash,
                col(ApiKey.revoked_at).is_(None),
                *may_come_in(needs_verified_email=needs_verified_email),
            )
        )
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            return None
        key_id, user_id, role, scopes, expires_at, last_used_at = row
        return Bearer(key_id, user_id, role, tuple(scopes), expires_at, last_used_at)

    async def touch(self, key_ids: Collection[UUID], now: datetime) -> None:
        """Write down that these keys were used."""
        await self._session.execute(
            update(ApiKey).where(col(ApiKey.id).in_(sorted(key_ids))).values(last_used_at=now)
        )


def _kept_by(user_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return col(ApiKey.user_id) == user_id, col(ApiKey.revoked_at).is_(None)
