"""The endpoints of continuous series and of the roll monitor."""

from __future__ import annotations

from typing import Annotated

import pyarrow as pa
from fastapi import Depends, Query, Request
from starlette.responses import Response

from tradesense.market.futures import rolls_schemas as schemas
from tradesense.market.futures.rolls import Adjust, RollRule
from tradesense.market.futures.rolls_monitor import RollMonitorService
from tradesense.market.futures.rolls_service import MONTH_CODES, ContinuousService, Question
from tradesense.market.tables import BarInterval
from tradesense.web.access import READS_MARKET
from tradesense.web.errors import problem_responses
from tradesense.web.formats import MEDIA_TYPES, WantedFormat, encode_table_aside
from tradesense.web.kept_answers import Answer, Kept, answer_with
from tradesense.web.query import AsOf, Root, Source, TimeRange, time_range
from tradesense.web.strict import api_router

router = api_router(access=READS_MARKET, prefix="/futures", tags=["futures"])

MOST_ROWS = 100_000
"""A source's own series of three decades, several times a day, fits whole."""

_TABLE_FORMATS = {
    media_type: {"schema": {"type": "string", "format": "binary"}}
    for media_type in MEDIA_TYPES.values()
    if media_type != "application/json"
}

Rank = Annotated[
    int, Query(ge=1, le=24, description="1: the front; 2: the contract behind it by expiry, and so on.")
]
Rule = Annotated[
    RollRule,
    Query(
        description="When to go on: by `calendar`; when a later contract traded more (`volume`) or has "
        "more open interest (`oi`); or where the `source` itself did."
    ),
]
Months = Annotated[
    str,
    Query(
        pattern=f"^[{MONTH_CODES}]{{1,12}}$",
        description="Month codes of the contracts to hold, as `HMUZ`.",
    ),
]
RollDays = Annotated[
    int,
    Query(
        ge=0,
        le=60,
        description="By calendar: how many trading days a contract is left before its last one, or, where "
        "that is earlier, before the day ahead of first notice.",
    ),
]


async def continuous_service(request: Request) -> ContinuousService:
    """Return a service over `state.reader` and `state.specs`."""
    return ContinuousService(request.state.reader, request.state.specs)


async def roll_monitor_service(request: Request) -> RollMonitorService:
    """Return a service over `state.reader` and `state.specs`."""
    return RollMonitorService(request.state.reader, request.state.specs)


@router.get(
    "/{root}/continuous",
    summary="Continuous series and its rolls",
    operation_id="get_futures_continuous",
    response_model=schemas.ContinuousAnswer,
    responses={200: {"content": _TABLE_FORMATS}, **problem_responses(404, 406, 422, 503)},
)
async def get_futures_continuous(
    request: Request,
    root: Root,
    service: Annotated[ContinuousService, Depends(continuous_service)],
    kept: Kept,
    span: Annotated[TimeRange, Depends(time_range)],
    format_: WantedFormat,
    rank: Rank = 1,
    roll: Rule = RollRule.CALENDAR,
    adjust: Annotated[
        Adjust,
        Query(
            description="How earlier prices are shifted at each roll: `none`, by the gap (`difference`), or "
            "by the factor (`ratio`). The newest contract's prices are always its own."
        ),
    ] = Adjust.NONE,
    interval: Annotated[
        BarInterval | None,
        Query(
            description="The length of a bar; without it 1d, or the source's own times with `roll=source`."
        ),
    ] = None,
    roll_days: RollDays = 5,
    months: Months = MONTH_CODES,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="Most rows the answer holds.")] = MOST_ROWS,
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Answers with one long series made of a product's contracts, and with the roll table.

    A roll is decided by what was known before it: volume of the day before, open interest of two days
    before. No row carries the new contract's price before the roll's `ts`. Figures do not depend on the range
    asked for. With `from` these are the first `limit` rows of the range, without it the last.
    """
    question = Question(root, roll, adjust, rank, interval, roll_days, months)

    async def compute() -> Answer:
        series = await service.get_continuous(
            question, start=span.start, end=span.end, limit=limit, as_of=as_of, source=source
        )
        head = {
            "root": root,
            "source": series.source,
            "rank": rank,
            "roll": roll.value,
            "adjust": adjust.value,
            "roll_days": roll_days if roll is RollRule.CALENDAR else None,
            "interval": series.interval.value if series.interval else None,
            "as_of": series.as_of,
            "truncated": series.truncated,
            "rolls": [schemas.RollEntry.of(each).model_dump(by_alias=True) for each in series.rolls],
            "next_cursor": None,
        }
        return Answer.of(await encode_table_aside(series.rows, format_, head=head))

    asked = ("continuous", question, span.start, span.end, limit, as_of, source, format_)
    answer = await kept.get(asked, compute, instants=[as_of])
    return answer_with(request, answer, format_, f"{root}-continuous-{rank}-{roll.value}-{adjust.value}")


@router.get(
    "/{root}/rolls",
    summary="Roll table",
    operation_id="get_futures_rolls",
    response_model=schemas.RollsAnswer,
    responses={200: {"content": _TABLE_FORMATS}, **problem_responses(404, 406, 422, 503)},
)
async def get_futures_rolls(
    request: Request,
    root: Root,
    service: Annotated[ContinuousService, Depends(continuous_service)],
    kept: Kept,
    format_: WantedFormat,
    rank: Rank = 1,
    roll: Rule = RollRule.CALENDAR,
    roll_days: RollDays = 5,
    months: Months = MONTH_CODES,
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Answers with the rolls of the continuous series of the same question, oldest first, as a table."""
    question = Question(root, roll, Adjust.NONE, rank, None, roll_days, months)

    async def compute() -> Answer:
        series = await service.get_continuous(
            question, start=None, end=None, limit=1, as_of=as_of, source=source
        )
        head = {
            "root": root,
            "source": series.source,
            "rank": rank,
            "roll": roll.value,
            "as_of": series.as_of,
            "next_cursor": None,
        }
        rows = pa.Table.from_pylist(
            [schemas.RollEntry.of(each).model_dump(by_alias=True) for each in series.rolls],
            schemas.ROLL_COLUMNS,
        )
        return Answer.of(await encode_table_aside(rows, format_, head=head))

    answer = await kept.get(("rolls", question, as_of, source, format_), compute, instants=[as_of])
    return answer_with(request, answer, format_, f"{root}-rolls-{rank}-{roll.value}")


@router.get(
    "/{root}/roll",
    summary="Roll monitor",
    operation_id="get_futures_roll",
    response_model=schemas.RollMonitor,
    responses=problem_responses(404, 422, 503),
)
async def get_futures_roll(
    request: Request,
    root: Root,
    service: Annotated[RollMonitorService, Depends(roll_monitor_service)],
    kept: Kept,
    roll_days: RollDays = 5,
    days: Annotated[int, Query(ge=1, le=400, description="Days of history to show.")] = 60,
    as_of: AsOf = None,
    source: Source = None,
) -> Response:
    """Answers with the front contract and the one positions move to: how volume and open interest divide,
    when the roll falls by calendar, and what rolling costs by the quotes.
    """

    async def compute() -> Answer:
        answer = await service.get_roll(root, as_of=as_of, source=source, roll_days=roll_days, days=days)
        return Answer.of(answer.model_dump_json().encode())

    asked = ("roll", root, roll_days, days, as_of, source)
    return answer_with(request, await kept.get(asked, compute, instants=[as_of]))
