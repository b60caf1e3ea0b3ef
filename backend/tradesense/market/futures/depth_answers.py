"""Turns what is stored of a symbol into the answer's shape; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from tradesense.market.futures import schemas
from tradesense.market.futures.series import Depth

MOST_GAPS: Final = 20


def depth_answer(symbol: str, at: datetime, found: Sequence[Depth]) -> schemas.DepthAnswer:
    """Return the answer of what was found."""
    return schemas.DepthAnswer(symbol=symbol, as_of=at, items=[_span(each) for each in found])


def _span(depth: Depth) -> schemas.StoredSpan:
    stored, missing = depth.stored, depth.missing
    return schemas.StoredSpan(
        source=stored.source,
        kind="quotes" if stored.interval is None else "bars",
        interval=stored.interval,
        first_ts=stored.first_ts,
        last_ts=stored.last_ts,
        row_count=stored.row_count,
        day_count=len(stored.days),
        missing_days=None if missing is None else len(missing),
        gaps=gaps_of(missing or [], stored.days)[-MOST_GAPS:][::-1],
    )


def gaps_of(missing: Sequence[date], days: frozenset[date]) -> list[schemas.Gap]:
    """Return missing days, by day, joined where no day with a row lies between them."""
    ordered = sorted(days)
    gaps: list[schemas.Gap] = []
    place, last_place = 0, -1
    for day in missing:
        while place < len(ordered) and ordered[place] < day:
            place += 1
        if gaps and place == last_place:
            gaps[-1] = gaps[-1].model_copy(update={"last": day, "days": gaps[-1].days + 1})
        else:
            gaps.append(schemas.Gap(first=day, last=day, days=1))
        last_place = place
    return gaps
