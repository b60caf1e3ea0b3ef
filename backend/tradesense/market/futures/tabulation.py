"""Term structures and spreads as tables, for the answers that are files; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import pyarrow as pa

from tradesense.market.futures.schemas import Curve, CurveAnswer, Spread, SpreadsAnswer

_TIME: Final = pa.timestamp("us")
_TEXT, _NUMBER, _COUNT = pa.string(), pa.float64(), pa.int64()

_CURVE_COLUMNS: Final[Mapping[str, pa.DataType]] = {
    "as_of": _TIME,
    "source": _TEXT,
    "symbol": _TEXT,
    "expiry": pa.date32(),
    "expires_at": _TIME,
    "expiry_years": _NUMBER,
    "price": _NUMBER,
    "price_kind": _TEXT,
    "bid": _NUMBER,
    "ask": _NUMBER,
    "volume": _NUMBER,
    "open_interest": _NUMBER,
    "basis": _NUMBER,
    "basis_pct": _NUMBER,
    "basis_annualised": _NUMBER,
    "roll_yield_annualised": _NUMBER,
    "ts": _TIME,
    "quote_age_ms": _COUNT,
    "status": _TEXT,
}
_SPREAD_COLUMNS: Final[Mapping[str, pa.DataType]] = {
    "kind": _TEXT,
    "name": _TEXT,
    "near": _TEXT,
    "middle": _TEXT,
    "far": _TEXT,
    "bid": _NUMBER,
    "ask": _NUMBER,
    "mid": _NUMBER,
    "days": _NUMBER,
    "quote_age_ms": _COUNT,
    "status": _TEXT,
}


def curve_table(answer: CurveAnswer) -> pa.Table:
    """Return one row per contract of the curve, then of each laid over it; `as_of` tells them apart."""
    curves: Sequence[Curve] = (answer, *answer.compare)
    rows = [
        {"as_of": curve.as_of, "source": curve.source, **point.model_dump()}
        for curve in curves
        for point in curve.points
    ]
    return _table(rows, _CURVE_COLUMNS)


def curve_head(answer: CurveAnswer) -> dict[str, object]:
    """Return what all rows share."""
    return answer.model_dump(exclude={"points", "compare"})


def spreads_table(answer: SpreadsAnswer) -> pa.Table:
    """Return one row per spread; `middle` is null of a calendar spread."""
    return _table([_spread_row(each) for each in answer.items], _SPREAD_COLUMNS)


def spreads_head(answer: SpreadsAnswer) -> dict[str, object]:
    """Return what all rows share."""
    return answer.model_dump(exclude={"items"})


def _spread_row(spread: Spread) -> dict[str, Any]:
    symbols = [leg.symbol for leg in spread.legs]
    return {
        **spread.model_dump(exclude={"legs"}),
        "kind": spread.kind.value,
        "near": symbols[0],
        "middle": symbols[1] if len(symbols) > 2 else None,
        "far": symbols[-1],
    }


def _table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, pa.DataType]) -> pa.Table:
    return pa.table(
        {name: pa.array([_stored(row[name]) for row in rows], type_) for name, type_ in columns.items()}
    )


def _stored(value: object) -> object:
    """Times leave the table's writers as naive UTC."""
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
