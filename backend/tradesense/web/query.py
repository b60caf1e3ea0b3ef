"""The types of path and query parameters, with their bounds, so that one word means one thing on every route.

They are plain pydantic types: `symbol: Symbol` in a path, `as_of: AsOf = None` in a query.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from tradesense.base.errors import Invalid
from tradesense.web.limits import MOST_POINTS

FIRST_YEAR, LAST_YEAR = 1900, 2200


def _check_year(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _to_utc(value: datetime) -> datetime:
    _check_year(value)
    return value.astimezone(UTC)


def _only_text_of_a_time(value: object) -> object:
    # Pydantic would read "1700000000" as seconds or milliseconds, whichever looks likelier.
    if not isinstance(value, str) or len(value) < len("2026-03-20") or value[4:5] != "-":
        raise ValueError("must be RFC 3339, as 2026-03-20T14:30:00Z")
    return value


def _only_text_of_a_date(value: object) -> object:
    if not isinstance(value, str) or len(value) != len("2026-03-20") or value[4:5] != "-":
        raise ValueError("must be an ISO date, as 2026-03-20")
    return value


def _check_finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("must be a finite number")
    return value


Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_only_text_of_a_time, json_schema_input_type=str),
    AfterValidator(_to_utc),
    Field(
        description="An instant, RFC 3339 with its offset.",
        examples=["2026-03-20T14:30:00Z"],
        json_schema_extra={"format": "date-time"},
    ),
]
"""An aware time within the years 1900–2200, turned to UTC."""

IsoDate = Annotated[
    date,
    BeforeValidator(_only_text_of_a_date, json_schema_input_type=str),
    AfterValidator(_check_year),
    Field(description="An ISO date.", examples=["2026-03-20"], json_schema_extra={"format": "date"}),
]

AsOf = Annotated[
    Instant | None,
    Query(description="Answer as of this instant (RFC 3339 with offset); without it, the newest state."),
]

From = Annotated[
    Instant | None, Query(alias="from", description="The first instant wanted, RFC 3339 with its offset.")
]
To = Annotated[Instant | None, Query(alias="to", description="The end, exclusive, RFC 3339 with its offset.")]

Symbol = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9._&-]{0,63}$", max_length=64),
    Field(description="A canonical symbol.", examples=["ES-2020-03"]),
]

Root = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9._&-]{0,23}$", max_length=24),
    Field(description="The root of a product, or of a family of options.", examples=["ES"]),
]

SourceName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$", max_length=32),
    Field(description="Where data came from.", examples=["cboe"]),
]

Source = Annotated[
    SourceName | None,
    Query(description="Only data of this source; without it, the one with the latest data."),
]

Limit = Annotated[int, Query(ge=1, le=1_000, description="Most items a page holds.")]
PointLimit = Annotated[int, Query(ge=1, le=MOST_POINTS, description="Most rows the answer holds.")]

Cursor = Annotated[
    Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,512}\.[A-Za-z0-9_-]{1,64}$", max_length=577)]
    | None,
    Query(description="The `next_cursor` of the page before."),
]

SearchText = Annotated[str, StringConstraints(max_length=64, strip_whitespace=True)]

FiniteNumber = Annotated[float, Field(allow_inf_nan=False, strict=True), AfterValidator(_check_finite)]


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A half-open range of UTC instants; an end that is `None` is open."""

    start: datetime | None
    end: datetime | None


async def time_range(start: From = None, end: To = None) -> TimeRange:
    """Read `from` and `to`; raise `Invalid` where they are reversed.

    A route takes it as `span: Annotated[TimeRange, Depends(time_range)]`.
    """
    if start is not None and end is not None and start > end:
        raise Invalid("`from` is after `to`.", code="reversed_range", field="query.from")
    return TimeRange(start, end)


def split_list(text: str, *, most: int, field: str) -> list[str]:
    """Split a comma list, without blanks and repeats; raise `Invalid` for more than `most` items.

    >>> split_list("a,b,,a", most=5, field="symbols")
    ['a', 'b']
    """
    items = list(dict.fromkeys(item for item in (part.strip() for part in text.split(",")) if item))
    if len(items) > most:
        raise Invalid(f"At most {most} items.", code="too_many_items", field=f"query.{field}")
    return items
