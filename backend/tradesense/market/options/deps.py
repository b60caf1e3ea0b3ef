"""How the options routes reach their service, and read what is common to their requests."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Annotated, cast

from fastapi import Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from tradesense.market.options.rules import DATES_PATTERN, INSTANTS_PATTERN, STRIKES_PATTERN
from tradesense.market.options.service import OptionsDesk, Question
from tradesense.market.options.valuation import DeltaKind, Model
from tradesense.web.paging import CursorSigner
from tradesense.web.query import AsOf, Root, Source
from tradesense.web.strict import read_json


async def options_desk(request: Request) -> OptionsDesk:
    """Return the desk that `run` put into the request's state."""
    return cast("OptionsDesk", request.state.options_desk)


async def cursor_signer(request: Request) -> CursorSigner:
    """Return the signer that `run` put into the request's state."""
    return cast("CursorSigner", request.state.cursors)


async def question(
    underlying: Root,
    as_of: AsOf = None,
    source: Source = None,
    model: Annotated[
        Model | None, Query(description="Pricing model; without it, the one for the exercise style.")
    ] = None,
    delta_kind: Annotated[
        DeltaKind | None,
        Query(description="What delta is per 1.00 of; without it, spot on an index or share, else forward."),
    ] = None,
) -> Question:
    """Gather what every view of one root is asked with."""
    return Question(underlying, as_of, source, model, delta_kind)


Desk = Annotated[OptionsDesk, Depends(options_desk)]
Cursors = Annotated[CursorSigner, Depends(cursor_signer)]
Asked = Annotated[Question, Depends(question)]
Strikes = Annotated[
    str,
    Query(
        pattern=STRIKES_PATTERN,
        max_length=40,
        description="`atm:10` keeps the strike nearest to the forward and 10 on either side, `pct:0.1` those "
        "within 10 % of the forward, `delta:0.1..0.9` those where the absolute delta of call or put is in "
        "the band, `all` every strike.",
        examples=["atm:10"],
    ),
]
Expiries = Annotated[
    str | None,
    Query(
        pattern=DATES_PATTERN,
        max_length=200,
        description="Expiry dates with commas between, 12 at most.",
        examples=["2020-03-20"],
    ),
]
Compare = Annotated[
    str | None,
    Query(
        pattern=INSTANTS_PATTERN,
        max_length=500,
        description="Further dates (their end in UTC) or instants to overlay, 12 at most.",
        examples=["2020-01-05"],
    ),
]


async def json_bytes(request: Request) -> bytes:
    """Return the body of a request that declares JSON; 415 for another type."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415)
    return await request.body()


JsonBytes = Annotated[bytes, Depends(json_bytes)]


def parse_body(body: bytes) -> object:
    """Read JSON strictly; what is no JSON is answered like any other invalid request."""
    try:
        return read_json(body)
    except JSONDecodeError:
        raise RequestValidationError(
            [{"type": "json_invalid", "loc": ("body",), "msg": "The body is not valid JSON"}]
        ) from None
