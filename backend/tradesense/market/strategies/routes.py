"""The route of the strategies desk."""

from __future__ import annotations

from starlette.responses import Response

from tradesense.market.strategies.deps import Desk
from tradesense.market.strategies.schemas import StrategyAnswer, StrategyQuestion
from tradesense.web.access import READS_MARKET
from tradesense.web.errors import problem_responses
from tradesense.web.formats import MEDIA_TYPES, Format
from tradesense.web.strict import api_router

router = api_router(access=READS_MARKET, prefix="/strategies", tags=["strategies"])


@router.post(
    "/evaluate",
    summary="What a strategy is worth",
    operation_id="evaluate_strategy",
    response_model=StrategyAnswer,
    responses=problem_responses(413, 415, 422, 503),
)
async def evaluate_strategy(question: StrategyQuestion, desk: Desk) -> Response:
    """Answers with cost, payoff at the first expiry, profit by price and day, Greeks, break-evens, extremes
    and the probability of a profit of up to 20 legs of one underlying.

    The numbers of a leg are those of its chain: model, forward, rate and volatility are told with it. Money
    is price × quantity × the multiplier of the contract's specification. Volatilities stay with their strikes
    when the price moves; forwards of several expiries move by the same amount. A leg that cannot be
    valued says why in `status`, and the figures of the whole are null.
    """
    return Response(await desk.evaluate(question), media_type=MEDIA_TYPES[Format.JSON])
