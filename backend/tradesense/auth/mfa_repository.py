"""Every query about second factors and recovery codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.auth.models import RecoveryCode, SecondFactor, Session


class SecondFactorRepository:
    """Second factors in the database, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, user_id: UUID, *, lock: bool = False) -> SecondFactor | None:
        """Return the person's factor, pending or enabled; with `lock` it is fresh, and ours until the end."""
        query = select(SecondFactor).where(col(SecondFactor.user_id) == user_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def signed_in_at(self, session_id: UUID) -> datetime | None:
        """Return when the person of a session proved who they are."""
        query = select(col(Session.authenticated_at)).where(col(Session.id) == session_id)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def put_pending(self, user_id: UUID, sealed_seed: bytes, now: datetime) -> bool:
        """Keep a new pending factor in place of a pending one; `False` where one is enabled."""
        fresh = {"sealed_seed": sealed_seed, "created_at": now, "enabled_at": None, "last_step": 0}
        kept = (
            insert(SecondFactor)
            .values(user_id=user_id, **fresh)
            .on_conflict_do_update(
                index_elements=[col(SecondFactor.user_id)],
                set_=fresh,
                where=col(SecondFactor.enabled_at).is_(None),
            )
            .returning(col(SecondFactor.user_id))
        )
        return (await self._session.execute(kept)).scalar_one_or_none() is not None

    async def remove(self, user_id: UUID) -> None:
        """Delete the person's factor and recovery codes."""
        await self._session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
        await self._session.execute(delete(SecondFactor).where(col(SecondFactor.user_id) == user_id))

    async def replace_codes(self, user_id: UUID, codes: Sequence[RecoveryCode]) -> None:
        """Keep these recovery codes and none of the ones before."""
        await self._session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
        self._session.add_all(codes)
        await self._session.flush()

    async def find_code(self, user_id: UUID, selector: str) -> RecoveryCode | None:
        """Return the unused recovery code with this selector."""
        query = select(RecoveryCode).where(
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.selector) == selector,
            col(RecoveryCode.used_at).is_(None),
        )
        return (await self._session.execute(query)).scalar_one_or_none()

    async def use_code(self, code_id: UUID, now: datetime) -> bool:
        """Spend a recovery code; `False` where it was spent already."""
        spent = await self._session.execute(
            update(RecoveryCode)
            .where(col(RecoveryCode.id) == code_id, col(RecoveryCode.used_at).is_(None))
            .values(used_at=now)
            .returning(col(RecoveryCode.id))
        )
        return spent.scalar_one_or_none() is not None

    async def count_codes(self, user_id: UUID) -> int:
        """Count the recovery codes that were not used."""
        query = (
            select(func.count())
            .select_from(RecoveryCode)
            .where(col(RecoveryCode.user_id) == user_id, col(RecoveryCode.used_at).is_(None))
        )
        return (await self._session.execute(query)).scalar_one()
