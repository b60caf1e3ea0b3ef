"""Puts answers about the present in the place of those from the store, where there are any."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import orjson

from tradesense.market.futures import schemas
from tradesense.market.futures.answers import age_ms
from tradesense.market.futures.service import FuturesService
from tradesense.market.present import Present
from tradesense.web.formats import encode_json
from tradesense.web.kept_answers import Answer, KeptAnswers

_FIELDS = tuple(schemas.FuturesProduct.model_fields)


async def merge_products(stored: Answer, present: Present, kept: KeptAnswers, source: str | None) -> Answer:
    """Return the page of products, those with a live board as it shows them."""
    page = orjson.loads(stored.body)
    # All at once: what nobody read before comes with the next beat, which is then waited for once.
    boards = await asyncio.gather(*(present.board(each["root"], source) for each in page["items"]))

    async def compute() -> Answer:
        for place, board in enumerate(boards):
            if board is not None:
                detail = orjson.loads(board.body)
                page["items"][place] = {name: detail[name] for name in _FIELDS}
        return Answer.of(encode_json(page))

    told = tuple(None if board is None else board.etag for board in boards)
    return await kept.made_of(("futures of", stored.etag, told), compute)


async def merge_quotes(
    service: FuturesService,
    present: Present,
    kept: KeptAnswers,
    symbols: Sequence[str],
    as_of: datetime | None,
    source: str | None,
) -> schemas.QuotesAnswer:
    """Return the newest quote of each symbol: live ones without `as_of`, the rest from the store."""

    async def stored(wanted: Sequence[str]) -> schemas.QuotesAnswer:
        async def compute() -> Answer:
            found = await service.get_quotes(wanted, as_of=as_of, source=source)
            return Answer.of(found.model_dump_json().encode())

        asked = ("futures quotes", tuple(wanted), as_of, source)
        answer = await kept.get(asked, compute, instants=[as_of])
        return schemas.QuotesAnswer.model_validate_json(answer.body)

    if as_of is not None:
        return await stored(symbols)
    live = await present.quotes(symbols, source)
    missing = [symbol for symbol in symbols if symbol not in live]
    at = service.instant(None)
    found: dict[str, schemas.FuturesQuote] = {}
    for symbol, answer in live.items():
        quote = schemas.FuturesQuote.model_validate_json(answer.body)
        found[symbol] = quote.model_copy(update={"quote_age_ms": age_ms(quote.ts, at)})
    if missing:
        found.update({quote.symbol: quote for quote in (await stored(missing)).items})
    return schemas.QuotesAnswer(as_of=at, items=[found[symbol] for symbol in symbols])
