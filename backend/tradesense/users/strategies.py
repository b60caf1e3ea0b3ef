"""What people keep of their strategies: named legs, to be opened again."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.base.clock import Clock
from tradesense.base.errors import Conflict, NotFound, Outdated
from tradesense.users.service import Users
from tradesense.users.strategy_models import SavedStrategy
from tradesense.users.strategy_repository import StrategyRepository
from tradesense.users.strategy_schemas import (
    MOST_STRATEGIES,
    StrategyChange,
    StrategyIn,
    StrategyOut,
    strategy_out,
)
from tradesense.web.session import DbSession


class UnknownStrategy(NotFound):
    """There is none such, or it is another's."""

    code = "unknown_strategy"

    def __init__(self) -> None:
        super().__init__("There is no such strategy.")


class StrategyChanged(Outdated):
    """Another version is the present one."""

    def __init__(self) -> None:
        super().__init__("The strategy changed meanwhile; read it again.")


class TooManyStrategies(Conflict):
    """The person keeps as many as one may."""

    code = "too_many_strategies"

    def __init__(self) -> None:
        super().__init__(f"There are {MOST_STRATEGIES} strategies already; delete one first.")


class SavedStrategies:
    """Kept strategies, within one transaction. One that is another's is answered as one that is not there."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._stored = StrategyRepository(session)
        self._users = Users(session, clock)
        self._clock = clock

    async def all(self, user_id: UUID) -> list[StrategyOut]:
        """Return what a person keeps, the newest first."""
        return [strategy_out(each) for each in await self._stored.of(user_id)]

    async def get(self, user_id: UUID, strategy_id: UUID) -> StrategyOut:
        """Return one strategy. Raises `UnknownStrategy`."""
        found = await self._stored.find(user_id, strategy_id)
        if found is None:
            raise UnknownStrategy
        return strategy_out(found)

    async def make(self, user_id: UUID, wanted: StrategyIn) -> StrategyOut:
        """Keep a strategy. Raises `TooManyStrategies`, `UnknownUser`."""
        # The account is held, so that of two made at once both are counted.
        await self._users.get(user_id, lock=True)
        if await self._stored.count(user_id) >= MOST_STRATEGIES:
            raise TooManyStrategies
        now = self._clock.now()
        row = SavedStrategy(
            id=uuid4(), user_id=user_id, **wanted.model_dump(), version=1, created_at=now, updated_at=now
        )
        await self._stored.add(row)
        return strategy_out(row)

    async def change(
        self, user_id: UUID, strategy_id: UUID, wanted: StrategyChange, *, version: int | None
    ) -> StrategyOut:
        """Change what is given; what is `None` stays, and no change is no new version.

        `version` is the one the caller saw, `None` where that does not matter. Raises `UnknownStrategy` and
        `StrategyChanged`.
        """
        row = await self._stored.find(user_id, strategy_id, lock=True)
        if row is None:
            raise UnknownStrategy
        if version is not None and version != row.version:
            raise StrategyChanged
        changed: dict[str, Any] = {
            name: value
            for name, value in wanted.model_dump(exclude_none=True, exclude={"legs"}).items()
            if value != getattr(row, name)
        }
        if wanted.legs is not None:
            legs = [leg.model_dump() for leg in wanted.legs]
            changed |= {"legs": legs} if legs != row.legs else {}
        if changed:
            row = await self._stored.change(row, changed, self._clock.now())
        return strategy_out(row)

    async def remove(self, user_id: UUID, strategy_id: UUID) -> None:
        """Delete a strategy. Raises `UnknownStrategy`."""
        if not await self._stored.remove(user_id, strategy_id):
            raise UnknownStrategy


async def saved_strategies(request: Request, session: DbSession) -> SavedStrategies:
    """Return the kept strategies, within the request's transaction."""
    return SavedStrategies(session, request.state.clock)


CurrentStrategies = Annotated[SavedStrategies, Depends(saved_strategies)]
