"""The endpoints of kept strategies: read by whoever may read the market, changed by who signed in."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response

from tradesense.users.idempotency import CallOnce
from tradesense.users.strategies import CurrentStrategies
from tradesense.users.strategy_schemas import StrategiesOut, StrategyChange, StrategyIn, StrategyOut
from tradesense.users.versions import IfMatch, version_of
from tradesense.web.access import OWN_ACCOUNT, READS_MARKET, callable_by
from tradesense.web.callers import CurrentCaller
from tradesense.web.errors import problem_responses
from tradesense.web.strict import api_router

# A key for reading may follow what its owner keeps; it changes nothing.
router = api_router(access=OWN_ACCOUNT, prefix="/strategies", tags=["strategies"])

StrategyId = Annotated[UUID, Path(description="The strategy's id, as the list shows it.")]


@router.get("", summary="Your strategies", operation_id="list_strategies", responses=problem_responses(422))
@callable_by(READS_MARKET)
async def list_strategies(caller: CurrentCaller, strategies: CurrentStrategies) -> StrategiesOut:
    """Answers with all strategies you keep, at most 200, the newest first."""
    return StrategiesOut(items=await strategies.all(caller.user_id))


@router.post(
    "",
    summary="Keep a strategy",
    operation_id="create_strategy",
    status_code=201,
    response_model=StrategyOut,
    responses=problem_responses(409, 422),
)
async def create_strategy(
    body: StrategyIn, caller: CurrentCaller, strategies: CurrentStrategies, once: CallOnce
) -> Response:
    """Keeps a strategy of at most 20 legs. Its contracts need not be listed any more, nor yet."""
    return await once.answer(
        caller.user_id, "create_strategy", body, lambda: strategies.make(caller.user_id, body)
    )


@router.get(
    "/{strategy_id:uuid}",
    summary="One strategy",
    operation_id="get_strategy",
    responses=problem_responses(404, 422),
)
@callable_by(READS_MARKET)
async def get_strategy(
    strategy_id: StrategyId, caller: CurrentCaller, strategies: CurrentStrategies, response: Response
) -> StrategyOut:
    """Answers with one of your strategies, and its version as `ETag`."""
    found = await strategies.get(caller.user_id, strategy_id)
    response.headers["ETag"] = f'"{found.version}"'
    return found


@router.patch(
    "/{strategy_id:uuid}",
    summary="Change a strategy",
    operation_id="update_strategy",
    responses=problem_responses(404, 412, 422),
)
async def update_strategy(
    strategy_id: StrategyId,
    change: StrategyChange,
    caller: CurrentCaller,
    strategies: CurrentStrategies,
    response: Response,
    if_match: IfMatch = None,
) -> StrategyOut:
    """Changes name, notes, underlying or the legs as a whole. With `If-Match`, one that changed meanwhile is
    a 412.
    """
    kept = await strategies.change(caller.user_id, strategy_id, change, version=version_of(if_match))
    response.headers["ETag"] = f'"{kept.version}"'
    return kept


@router.delete(
    "/{strategy_id:uuid}",
    summary="Delete a strategy",
    operation_id="delete_strategy",
    status_code=204,
    response_class=Response,
    responses=problem_responses(404, 422),
)
async def delete_strategy(
    strategy_id: StrategyId, caller: CurrentCaller, strategies: CurrentStrategies
) -> None:
    """Deletes one of your strategies."""
    await strategies.remove(caller.user_id, strategy_id)
