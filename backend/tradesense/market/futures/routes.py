"""The futures endpoints, and the bars and quotes of any instrument."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.responses import Response

from tradesense.base.errors import Invalid
from tradesense.market.futures import schemas
from tradesense.market.futures.deps import Futures, PresentQuotes, SeriesOfInstruments
from tradesense.market.futures.depth_answers import depth_answer
from tradesense.market.futures.merging import merge_products, merge_quotes
from tradesense.market.futures.series import Series
from tradesense.market.futures.tabulation import curve_head, curve_table, spreads_head, spreads_table
from tradesense.market.present import PresentAnswer
from tradesense.market.tables import BarInterval
from tradesense.web.access import READS_MARKET
from tradesense.web.errors import problem_responses
from tradesense.web.etag import cached_response
from tradesense.web.formats import MEDIA_TYPES, Format, WantedFormat, encode_table_aside
from tradesense.web.kept_answers import Answer, Kept, answer_with
from tradesense.web.paging import PageOf
from tradesense.web.query import (
    AsOf,
    Instant,
    IsoDate,
    PointLimit,
    Root,
    Source,
    Symbol,
    TimeRange,
    split_list,
    time_range,
)
from tradesense.web.strict import api_router

router = api_router(access=READS_MARKET, prefix="/futures", tags=["futures"])
series_router = api_router(access=READS_MARKET, prefix="/instruments", tags=["instruments"])

_ONE_INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)
_ONE_DATE: TypeAdapter[date] = TypeAdapter(IsoDate)
_MOST_COMPARED = 8
Span = Annotated[TimeRange, Depends(time_range)]
_TABLE_FORMATS = {
    media_type: {"schema": {"type": "string", "format": "binary"}}
    for media_type in MEDIA_TYPES.values()
    if media_type != "application/json"
}


@router.get(
    "",
    summary="Products",
    operation_id="list_futures",
    response_model=PageOf[schemas.FuturesProduct],
    responses=problem_responses(422, 503),
)
async def list_futures(
    request: Request,
    service: Futures,
    present: PresentQuotes,
    kept: Kept,
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Lists every product with stored futures, with its front contract's quote and how fresh the data is."""

    async def compute() -> Answer:
        items = await service.list_products(as_of=as_of, source=source)
        return _encoded(PageOf[schemas.FuturesProduct](items=items, next_cursor=None))

    answer = await kept.get(("futures", as_of, source), compute, instants=[as_of])
    if as_of is None:
        answer = await merge_products(answer, present, kept, source)
    return answer_with(request, answer)


@router.get(
    "/quotes",
    summary="Latest quotes",
    operation_id="get_futures_quotes",
    response_model=schemas.QuotesAnswer,
    responses=problem_responses(422, 503),
)
async def get_futures_quotes(
    request: Request,
    service: Futures,
    present: PresentQuotes,
    kept: Kept,
    symbols: Annotated[
        str, Query(max_length=7000, description="Canonical symbols, a comma list of at most 200.")
    ],
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Answers with the newest quote of each symbol, in the order asked for."""
    wanted = split_list(symbols, most=200, field="symbols")
    return _answer(request, await merge_quotes(service, present, kept, wanted, as_of, source))


@router.post(
    "/quotes",
    summary="Latest quotes of a long list",
    operation_id="query_futures_quotes",
    response_model=schemas.QuotesAnswer,
    responses=problem_responses(413, 415, 422, 503),
)
async def query_futures_quotes(
    request: Request, service: Futures, present: PresentQuotes, kept: Kept, question: schemas.QuotesQuestion
) -> Response:
    """Answers as the GET of the same name does, for up to 1,000 symbols."""
    wanted = list(dict.fromkeys(question.symbols))
    as_of, source = question.as_of, question.source
    return _answer(request, await merge_quotes(service, present, kept, wanted, as_of, source))


@router.get(
    "/{root}",
    summary="One product and its contracts",
    operation_id="get_future",
    response_model=schemas.FuturesProductDetail,
    responses=problem_responses(404, 422, 503),
)
async def get_future(
    request: Request,
    root: Root,
    service: Futures,
    present: PresentQuotes,
    kept: Kept,
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Answers with the product and its contracts that live at `as_of`: dates, quote, open interest."""
    if as_of is None and (known := await present.board(root, source)):
        return _answer_kept(request, known)

    async def compute() -> Answer:
        return _encoded(await service.get_product(root, as_of=as_of, source=source))

    return answer_with(request, await kept.get(("future", root, as_of, source), compute, instants=[as_of]))


@router.get(
    "/{root}/curve",
    summary="Term structure",
    operation_id="get_futures_curve",
    response_model=schemas.CurveAnswer,
    responses={200: {"content": _TABLE_FORMATS}, **problem_responses(404, 406, 422, 503)},
)
async def get_futures_curve(
    request: Request,
    root: Root,
    service: Futures,
    present: PresentQuotes,
    kept: Kept,
    format_: WantedFormat,
    as_of: AsOf = None,
    compare: Annotated[
        str | None,
        Query(
            max_length=300,
            description="Further instants, or dates (their last moment, UTC), to lay over it; a comma list "
            f"of at most {_MOST_COMPARED}.",
            examples=["2013-10-07T15:00:00Z,2013-10-07"],
        ),
    ] = None,
    source: Source = None,
) -> Response:
    """Answers with each contract's price by expiry, its basis and roll yield a year; the curve's shape.

    As CSV, Parquet or Arrow there is one row per contract and instant.
    """
    known = await present.curve(root, source) if as_of is None and not compare else None
    if known is not None and format_ is Format.JSON:
        return _answer_kept(request, known)
    instants = [_instant(text) for text in split_list(compare or "", most=_MOST_COMPARED, field="compare")]

    async def compute() -> Answer:
        if known is not None:
            curve = schemas.CurveAnswer.model_validate_json(known.body)
        else:
            curve = await service.get_curve(root, as_of=as_of, compare=instants, source=source)
        if format_ is Format.JSON:
            return _encoded(curve)
        return Answer.of(await encode_table_aside(curve_table(curve), format_, head=curve_head(curve)))

    if known is not None:
        answer = await kept.made_of(("curve of", known.etag, format_), compute)
    else:
        asked = ("curve", root, as_of, tuple(instants), source, format_)
        answer = await kept.get(asked, compute, instants=[as_of, *instants])
    return answer_with(request, answer, format_, f"{root}-curve")


@router.get(
    "/{root}/spreads",
    summary="Calendar spreads and butterflies",
    operation_id="get_futures_spreads",
    response_model=schemas.SpreadsAnswer,
    responses={200: {"content": _TABLE_FORMATS}, **problem_responses(404, 406, 422, 503)},
)
async def get_futures_spreads(
    request: Request,
    root: Root,
    service: Futures,
    kept: Kept,
    format_: WantedFormat,
    kind: Annotated[schemas.SpreadKind | None, Query(description="Only this kind.")] = None,
    pairs: Annotated[
        Literal["neighbours", "all"], Query(description="Which contracts make calendar spreads.")
    ] = "neighbours",
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Answers with spreads priced from their legs: bid is what the legs' quotes pay, ask what they cost.

    As CSV, Parquet or Arrow there is one row per spread.
    """

    async def compute() -> Answer:
        spreads = await service.get_spreads(
            root, as_of=as_of, source=source, kind=kind, every_pair=pairs == "all"
        )
        if format_ is Format.JSON:
            return _encoded(spreads)
        table, head = spreads_table(spreads), spreads_head(spreads)
        return Answer.of(await encode_table_aside(table, format_, head=head))

    asked = ("spreads", root, kind, pairs, as_of, source, format_)
    answer = await kept.get(asked, compute, instants=[as_of])
    return answer_with(request, answer, format_, f"{root}-spreads")


@series_router.get(
    "/{symbol}/bars",
    summary="Bars of an instrument",
    operation_id="get_instrument_bars",
    response_model=schemas.BarsAnswer,
    responses={200: {"content": _TABLE_FORMATS}, **problem_responses(404, 406, 422, 503)},
)
async def get_instrument_bars(
    request: Request,
    symbol: Symbol,
    service: SeriesOfInstruments,
    kept: Kept,
    span: Span,
    format_: WantedFormat,
    interval: Annotated[BarInterval, Query(description="The length of a bar.")] = BarInterval.DAY,
    limit: PointLimit = 1000,
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Answers with open, high, low, close, volume and open interest, oldest first.

    Bars come as stored or are built of finer ones; where there are none, of quotes. With `from` these
    are the first `limit` bars of the range, without it the last.
    """

    async def compute() -> Answer:
        series = await service.get_bars(
            symbol, interval, start=span.start, end=span.end, limit=limit, as_of=as_of, source=source
        )
        head = {**_head(series), "interval": interval.value, "built_from": series.built_from}
        return await _encoded_series(series, format_, head)

    asked = ("bars", symbol, interval, span.start, span.end, limit, as_of, source, format_)
    answer = await kept.get(asked, compute, instants=[as_of])
    return answer_with(request, answer, format_, f"{symbol}-{interval.value}")


@series_router.get(
    "/{symbol}/depth",
    summary="How much is stored of an instrument",
    operation_id="get_instrument_depth",
    response_model=schemas.DepthAnswer,
    responses=problem_responses(404, 422, 503),
)
async def get_instrument_depth(
    request: Request, symbol: Symbol, service: SeriesOfInstruments, kept: Kept, as_of: AsOf = None
) -> Response:
    """Answers with first and last row, count and gaps of each kind of bars and of quotes, by source."""

    async def compute() -> Answer:
        found = await service.get_depth(symbol, as_of=as_of)
        return _encoded(depth_answer(symbol, service.instant(as_of), found))

    return answer_with(request, await kept.get(("depth", symbol, as_of), compute, instants=[as_of]))


@series_router.get(
    "/{symbol}/quotes",
    summary="Stored quotes of an instrument",
    operation_id="get_instrument_quotes",
    response_model=schemas.StoredQuotesAnswer,
    responses={200: {"content": _TABLE_FORMATS}, **problem_responses(404, 406, 422, 503)},
)
async def get_instrument_quotes(
    request: Request,
    symbol: Symbol,
    service: SeriesOfInstruments,
    kept: Kept,
    span: Span,
    format_: WantedFormat,
    limit: PointLimit = 1000,
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Answers with quotes as they were stored, oldest first: the first `limit` from `from`, or the last."""

    async def compute() -> Answer:
        series = await service.get_quotes(
            symbol, start=span.start, end=span.end, limit=limit, as_of=as_of, source=source
        )
        return await _encoded_series(series, format_, _head(series))

    asked = ("quotes", symbol, span.start, span.end, limit, as_of, source, format_)
    answer = await kept.get(asked, compute, instants=[as_of])
    return answer_with(request, answer, format_, f"{symbol}-quotes")


def _head(series: Series) -> dict[str, object]:
    return {
        "symbol": series.symbol,
        "source": series.source,
        "as_of": series.as_of,
        "truncated": series.truncated,
    }


async def _encoded_series(series: Series, format_: Format, head: dict[str, object]) -> Answer:
    return Answer.of(await encode_table_aside(series.rows, format_, head={**head, "next_cursor": None}))


def _encoded(answer: BaseModel) -> Answer:
    return Answer.of(answer.model_dump_json().encode())


def _answer(request: Request, answer: BaseModel) -> Response:
    return cached_response(request, answer.model_dump_json().encode(), "application/json")


def _answer_kept(request: Request, known: PresentAnswer) -> Response:
    return cached_response(request, known.body, "application/json", etag=known.etag)


def _instant(text: str) -> datetime:
    try:
        if len(text) == len("2026-03-20"):
            day = _ONE_DATE.validate_python(text)
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            return midnight + timedelta(days=1) - timedelta(microseconds=1)
        return _ONE_INSTANT.validate_python(text)
    except ValidationError as error:
        raise Invalid(
            "Each must be an ISO date or an RFC 3339 time with its offset.",
            code="bad_instant",
            field="query.compare",
        ) from error
