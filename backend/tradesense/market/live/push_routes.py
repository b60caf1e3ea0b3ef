"""The endpoint that takes quotes of one's own."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from tradesense.market.live.push import QuotePush
from tradesense.market.live.push_schemas import PushAnswer, QuotesIn
from tradesense.web.access import WRITES_MARKET
from tradesense.web.errors import problem_responses
from tradesense.web.limits import MOST_PUSH_BODY_BYTES
from tradesense.web.strict import api_router

router = api_router(access=WRITES_MARKET, prefix="/quotes", tags=["feeds"])


async def _quote_push(request: Request) -> QuotePush:
    return cast("QuotePush", request.state.quote_push)


@router.post(
    "",
    summary="Push quotes",
    operation_id="push_quotes",
    response_model=PushAnswer,
    responses=problem_responses(413, 422, 503),
    max_body_size=MOST_PUSH_BODY_BYTES,
)
async def push_quotes(body: QuotesIn, push: Annotated[QuotePush, Depends(_quote_push)]) -> PushAnswer:
    """Takes up to 5,000 quotes (2 MiB) of a source of your own, and answers when they are on the disk.

    The contracts come from their canonical symbols and the terms of their products. A quote that cannot be
    so is left out and named with the reason; the others are taken. The same symbol, time and number again
    is a duplicate: a request that got no answer can be sent again.
    """
    return await push.push(body.source, body.quotes)
