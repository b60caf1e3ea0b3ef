"""The instrument endpoints: search, and one instrument's full specification."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from tradesense.instruments.deps import Cursors, Instruments
from tradesense.instruments.schemas import InstrumentDetail, InstrumentItem
from tradesense.instruments.values import Kind
from tradesense.web.access import READS_MARKET
from tradesense.web.errors import problem_responses
from tradesense.web.kept_answers import Answer, Kept, answer_with
from tradesense.web.paging import PageOf
from tradesense.web.query import AsOf, Cursor, Limit, Root, SearchText, Source, Symbol
from tradesense.web.strict import api_router

router = api_router(access=READS_MARKET, prefix="/instruments", tags=["instruments"])


@router.get(
    "",
    summary="Search instruments",
    operation_id="list_instruments",
    response_model=PageOf[InstrumentItem],
    responses=problem_responses(422),
)
async def list_instruments(
    request: Request,
    service: Instruments,
    cursors: Cursors,
    kept: Kept,
    q: Annotated[
        SearchText, Query(description="Part of a symbol, a venue's symbol, a root or a product's name.")
    ] = "",
    kind: Annotated[Kind | None, Query(description="Only this kind.")] = None,
    root: Annotated[Root | None, Query(description="Only this root.")] = None,
    source: Source = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Lists stored instruments: exact matches first, then indices, equities, perpetuals, futures and options,
    each by root, expiry and strike. One symbol appears once per source.
    """
    name = f"instruments|{q}|{kind}|{root}|{source}"
    after = cursors.read(name, cursor) if cursor else None

    async def compute() -> Answer:
        found, more = await service.list_instruments(
            q, kind=kind, root=root, source=source, after=after, limit=limit
        )
        page = PageOf[InstrumentItem](
            items=[InstrumentItem.of(each.instrument) for each in found],
            next_cursor=cursors.sign(name, found[-1].position) if more else None,
        )
        return Answer.of(page.model_dump_json().encode())

    asked = ("instruments", q, kind, root, source, cursor, limit)
    return answer_with(request, await kept.get(asked, compute, instants=[None]))


@router.get(
    "/{symbol}",
    summary="One instrument",
    operation_id="get_instrument",
    response_model=InstrumentDetail,
    responses=problem_responses(404, 422),
)
async def get_instrument(
    request: Request,
    symbol: Symbol,
    service: Instruments,
    kept: Kept,
    source: Source = None,
    as_of: AsOf = None,
) -> Response:
    """Answers with an instrument's full contract specification, its expiry to the second and the time left.

    Where several sources list the symbol, the one with the latest data answers; `sources` names them all.
    """

    async def compute() -> Answer:
        detail = await service.get_instrument(symbol, source=source, as_of=as_of)
        return Answer.of(detail.model_dump_json().encode())

    asked = ("instrument", symbol, source, as_of)
    return answer_with(request, await kept.get(asked, compute, instants=[as_of]))
