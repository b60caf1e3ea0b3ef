"""Routes of the options desk and the calculators: read the request, ask, answer with kept bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from tradesense.market.options.analytics_schemas import AnalyticsAnswer
from tradesense.market.options.calculators import answer_greeks, answer_implied_vols, is_big
from tradesense.market.options.deps import (
    Asked,
    Compare,
    Cursors,
    Desk,
    Expiries,
    JsonBytes,
    Strikes,
    parse_body,
)
from tradesense.market.options.gamma_exposure import Convention, GexSign, GexUnit
from tradesense.market.options.iv_history import DEFAULT_DAYS, MOST_DAYS
from tradesense.market.options.rules import parse_dates, parse_instants
from tradesense.market.options.schemas import (
    ChainAnswer,
    ForwardGreeksRequest,
    ForwardVolRequest,
    GreeksAnswer,
    HeatmapAnswer,
    HeatmapSide,
    ImpliedVolAnswer,
    Metric,
    SmileAnswer,
    SpotGreeksRequest,
    SpotVolRequest,
    SurfaceAnswer,
    SurfaceModel,
    UnderlyingsAnswer,
)
from tradesense.market.options.service import Question
from tradesense.market.options.smile import SmileAxis, SmileFit
from tradesense.web.access import READS_MARKET
from tradesense.web.errors import problem_responses
from tradesense.web.formats import MEDIA_TYPES, Format, WantedFormat, encode_json
from tradesense.web.kept_answers import answer_with
from tradesense.web.limits import MOST_CALCULATOR_BODY_BYTES
from tradesense.web.query import AsOf, Cursor, IsoDate, Limit, Root, Source
from tradesense.web.strict import api_router

options_router = api_router(access=READS_MARKET, prefix="/options", tags=["options"])
calculators_router = api_router(access=READS_MARKET, prefix="/greeks", tags=["calculators"])

_TABLES: dict[str, Any] = {
    MEDIA_TYPES[format_]: {"schema": {"type": "string", "format": "binary"}}
    for format_ in Format
    if format_ is not Format.JSON
}
_READ_ERRORS = problem_responses(404, 422, 503)
_TABLE_ERRORS = problem_responses(404, 406, 422, 503)
_CALCULATOR_ERRORS = problem_responses(413, 415, 422)
_NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "The caller has this state already."}}


@options_router.get(
    "",
    operation_id="list_option_underlyings",
    summary="Underlyings of options",
    response_model=UnderlyingsAnswer,
    responses={**problem_responses(422, 503), **_NOT_MODIFIED},
)
async def list_underlyings(
    request: Request,
    desk: Desk,
    cursors: Cursors,
    as_of: AsOf = None,
    source: Source = None,
    limit: Limit = 200,
    cursor: Cursor = None,
) -> Response:
    """List the families of options with data: open expiries, volatility at the money, status."""
    name = f"options:{as_of}:{source}"
    after = str(cursors.read(name, cursor)[0]) if cursor else None
    answer = await desk.underlyings(
        as_of=as_of,
        source=source,
        after=after,
        limit=limit,
        sign=lambda last: cursors.sign(name, [last]),
    )
    return answer_with(request, answer)


@options_router.get(
    "/{underlying}/chain",
    operation_id="get_option_chain",
    summary="Option chain",
    response_model=ChainAnswer,
    responses={200: {"content": _TABLES}, **_TABLE_ERRORS, **_NOT_MODIFIED},
)
async def get_chain(
    request: Request,
    desk: Desk,
    asked: Asked,
    format_: WantedFormat,
    expiry: Annotated[
        IsoDate | None, Query(description="Expiry date; without it, the first that has not passed.")
    ] = None,
    strikes: Strikes = "all",
) -> Response:
    """Return the chain of one expiry with implied volatilities and Greeks.

    As CSV, Parquet or Arrow there is one row per option, and what all rows share is in the schema's metadata
    (not in CSV).
    """
    answer = await desk.chain(asked, expiry=expiry, strikes=strikes, format_=format_)
    return answer_with(request, answer, format_, f"{asked.root}-chain")


@options_router.get(
    "/{underlying}/heatmap",
    operation_id="get_option_heatmap",
    summary="Heatmap by strike and expiry",
    response_model=HeatmapAnswer,
    responses={**_READ_ERRORS, **_NOT_MODIFIED},
)
async def get_heatmap(
    request: Request,
    desk: Desk,
    asked: Asked,
    metric: Annotated[Metric, Query(description="What to show.")] = Metric.IV,
    side: Annotated[
        HeatmapSide,
        Query(description="The option of a strike to show; `otm` adds up open interest and volume of both."),
    ] = HeatmapSide.OTM,
    expiry: Expiries = None,
    strikes: Strikes = "pct:0.2",
) -> Response:
    """Return a strike × expiry matrix of one metric.

    `change` is the volatility now less that of the last state at least 20 hours before the newest quote.
    """
    expiries = parse_dates(expiry) if expiry else []
    answer = await desk.heatmap(asked, metric=metric, side=side, strikes=strikes, expiries=expiries)
    return answer_with(request, answer)


@options_router.get(
    "/{underlying}/smile",
    operation_id="get_option_smile",
    summary="Smiles",
    response_model=SmileAnswer,
    responses={**_READ_ERRORS, **_NOT_MODIFIED},
)
async def get_smile(
    request: Request,
    desk: Desk,
    asked: Asked,
    expiry: Expiries = None,
    compare: Compare = None,
    x: Annotated[SmileAxis, Query(description="The axis of `x`.")] = SmileAxis.STRIKE,
    fit: Annotated[SmileFit, Query(description="How the curve is made.")] = SmileFit.LOCAL_QUADRATIC,
) -> Response:
    """Return smiles of one or several expiries, now and at further dates: quotes and a fitted curve."""
    answer = await desk.smile(
        asked,
        expiries=parse_dates(expiry) if expiry else [],
        compare=parse_instants(compare) if compare else [],
        axis=x,
        fit=fit,
    )
    return answer_with(request, answer)


@options_router.get(
    "/{underlying}/surface",
    operation_id="get_volatility_surface",
    summary="Volatility surface",
    response_model=SurfaceAnswer,
    responses={200: {"content": _TABLES}, **_TABLE_ERRORS, **_NOT_MODIFIED},
)
async def get_surface(
    request: Request,
    desk: Desk,
    underlying: Root,
    format_: WantedFormat,
    model: Annotated[
        SurfaceModel,
        Query(
            description="How the surface is made: `raw` goes through the quotes, `svi` fits each expiry's "
            "without arbitrage."
        ),
    ] = SurfaceModel.RAW,
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Return the volatility surface over all expiries that have not passed, and what is wrong with it."""
    asked = Question(underlying, as_of, source)
    answer = await desk.surface(asked, surface_model=model, format_=format_)
    return answer_with(request, answer, format_, f"{underlying}-surface")


@options_router.get(
    "/{underlying}/analytics",
    operation_id="get_option_analytics",
    summary="What the chains say together",
    response_model=AnalyticsAnswer,
    responses={200: {"content": _TABLES}, **_TABLE_ERRORS, **_NOT_MODIFIED},
)
async def get_analytics(
    request: Request,
    desk: Desk,
    asked: Asked,
    format_: WantedFormat,
    expiry: Expiries = None,
    gex_sign: Annotated[
        GexSign, Query(description="Who is assumed to hold the open options; the answer says it in words.")
    ] = GexSign.CALLS_MINUS_PUTS,
    gex_unit: Annotated[
        GexUnit, Query(description="What the underlying is thought to move; the answer gives the formula.")
    ] = GexUnit.PERCENT,
    iv_days: Annotated[
        int,
        Query(
            ge=0,
            le=MOST_DAYS,
            description="Days to rank the 30-day volatility among; 0 leaves the rank out, which is quicker.",
        ),
    ] = DEFAULT_DAYS,
) -> Response:
    """Return term structure, skew, max pain, put/call ratios, open interest, gamma exposure, expected move
    and the rank of volatility, each with its formula.

    As CSV, Parquet or Arrow there is one row per expiry and strike.
    """
    answer = await desk.analytics(
        asked,
        expiries=parse_dates(expiry) if expiry else [],
        convention=Convention(gex_sign, gex_unit),
        days=iv_days,
        format_=format_,
    )
    return answer_with(request, answer, format_, f"{asked.root}-analytics")


def _request_body(*models: type[BaseModel]) -> dict[str, Any]:
    """Declare a body that the route reads itself: a model per cell would cost more than the arithmetic."""
    schemas = [_inlined(model.model_json_schema()) for model in models]
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"oneOf": schemas}}}}
    }


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    definitions = schema.pop("$defs", {})
    columns = schema["properties"]["columns"]
    schema["properties"]["columns"] = definitions[columns["$ref"].rpartition("/")[2]]
    return schema


@calculators_router.post(
    "",
    operation_id="compute_greeks",
    summary="Prices and Greeks of many contracts",
    response_model=GreeksAnswer,
    responses=_CALCULATOR_ERRORS,
    openapi_extra=_request_body(ForwardGreeksRequest, SpotGreeksRequest),
    max_body_size=MOST_CALCULATOR_BODY_BYTES,
)
async def compute_greeks(body: JsonBytes) -> Response:
    """Price and Greeks for columns of contracts, columns in, columns out.

    Columns have one length, or one value for all rows; up to 50,000 rows (2,000 with `binomial`) and 8 MiB.
    `black76` and `bachelier` take `forward`; the other models `spot` and `dividend_yield` (an option on a
    future: the future's price, and the rate). A bad cell is null with a status.
    """
    return await _calculate(answer_greeks, body)


@calculators_router.post(
    "/implied-vol",
    operation_id="compute_implied_vol",
    summary="Implied volatilities of many prices",
    response_model=ImpliedVolAnswer,
    responses=_CALCULATOR_ERRORS,
    openapi_extra=_request_body(ForwardVolRequest, SpotVolRequest),
    max_body_size=MOST_CALCULATOR_BODY_BYTES,
)
async def compute_implied_vol(body: JsonBytes) -> Response:
    """Implied volatilities for columns of contracts: as for Greeks, with `price` in place of `vol`."""
    return await _calculate(answer_implied_vols, body)


async def _calculate(answer: Callable[[object], dict[str, object]], body: bytes) -> Response:
    def work() -> bytes:
        return encode_json(answer(parse_body(body)))

    encoded = await run_in_threadpool(work) if is_big(body) else work()
    return Response(encoded, media_type=MEDIA_TYPES[Format.JSON])
