"""Puts answers about the present in the place of those from the store, where there are any."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from tradesense.market.futures import schemas
from tradesense.market.futures.answers import age_ms
from tradesense.market.futures.service import FuturesService
from tradesense.market.present import Present


async def merge_products(
    stored: Sequence[schemas.FuturesProduct], present: Present, source: str | None
) -> list[schemas.FuturesProduct]:
    """Return the products, those with a live board as it shows them."""
    # All at once: what nobody read before comes with the next beat, which is then waited for once.
    boards = await asyncio.gather(*(present.board(each.root, source) for each in stored))
    products = []
    for each, board in zip(stored, boards, strict=True):
        if board is None:
            products.append(each)
            continue
        detail = schemas.FuturesProductDetail.model_validate_json(board.body)
        fields = {name: getattr(detail, name) for name in schemas.FuturesProduct.model_fields}
        products.append(schemas.FuturesProduct.model_construct(**fields))
    return products


async def merge_quotes(
    service: FuturesService,
    present: Present,
    symbols: Sequence[str],
    as_of: datetime | None,
    source: str | None,
) -> schemas.QuotesAnswer:
    """Return the newest quote of each symbol: live ones without `as_of`, the rest from the store."""
    if as_of is not None:
        return await service.get_quotes(symbols, as_of=as_of, source=source)
    live = await present.quotes(symbols, source)
    missing = [symbol for symbol in symbols if symbol not in live]
    at = service.instant(None)
    found: dict[str, schemas.FuturesQuote] = {}
    for symbol, answer in live.items():
        quote = schemas.FuturesQuote.model_validate_json(answer.body)
        found[symbol] = quote.model_copy(update={"quote_age_ms": age_ms(quote.ts, at)})
    if missing:
        stored = await service.get_quotes(missing, as_of=None, source=source)
        found.update({quote.symbol: quote for quote in stored.items})
    return schemas.QuotesAnswer(as_of=at, items=[found[symbol] for symbol in symbols])
