"""Every query about kept strategies; each takes whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.users.strategy_models import SavedStrategy


class StrategyRepository:
    """The kept strategies in the database, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, user_id: UUID) -> Sequence[SavedStrategy]:
        """Return what one person keeps, the newest first."""
        query = (
            select(SavedStrategy)
            .where(col(SavedStrategy.user_id) == user_id)
            .order_by(col(SavedStrategy.created_at).desc(), col(SavedStrategy.id).desc())
        )
        return (await self._session.execute(query)).scalars().all()

    async def count(self, user_id: UUID) -> int:
        """Return how many strategies a person keeps."""
        query = select(func.count()).select_from(SavedStrategy).where(col(SavedStrategy.user_id) == user_id)
        return (await self._session.execute(query)).scalar_one()

    async def find(self, user_id: UUID, strategy_id: UUID, *, lock: bool = False) -> SavedStrategy | None:
        """Return one of a person's; with `lock` nobody else changes it until the transaction ends."""
        query = select(SavedStrategy).where(
            col(SavedStrategy.id) == strategy_id, col(SavedStrategy.user_id) == user_id
        )
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def add(self, row: SavedStrategy) -> None:
        """Add a strategy."""
        self._session.add(row)
        await self._session.flush()

    async def change(self, row: SavedStrategy, values: dict[str, Any], now: datetime) -> SavedStrategy:
        """Write values to a strategy that is held, as its next version."""
        statement = (
            update(SavedStrategy)
            .where(col(SavedStrategy.id) == row.id, col(SavedStrategy.user_id) == row.user_id)
            .values(**values, version=col(SavedStrategy.version) + 1, updated_at=now)
            .returning(SavedStrategy)
            .execution_options(populate_existing=True)
        )
        return (await self._session.execute(statement)).scalar_one()

    async def remove(self, user_id: UUID, strategy_id: UUID) -> bool:
        """Delete one of a person's; `False` where there is none such."""
        statement = (
            delete(SavedStrategy)
            .where(col(SavedStrategy.id) == strategy_id, col(SavedStrategy.user_id) == user_id)
            .returning(col(SavedStrategy.id))
        )
        return (await self._session.execute(statement)).scalar_one_or_none() is not None
