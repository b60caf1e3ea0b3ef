"""Valued chains as tables and as the nested rows of the JSON answer; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.market.options.valuation import (
    DAY_COUNT,
    MARK_SOURCES,
    STATUS_WORDS,
    ChainColumns,
    ChainValues,
    ExpiryValues,
)

Rows = npt.NDArray[np.intp]

UNITS: Mapping[str, str] = {
    "iv": "fraction per year (0.153 is 15.3 %)",
    "delta": "per 1.00 of what `delta_kind` names",
    "gamma": "per 1.00 squared of the forward, or of spot where `delta_kind` is spot",
    "vega": "per volatility point (0.01)",
    "theta": "per calendar day",
    "rho": "per 0.01 of the rate",
    "bid, ask, last, mark": "`price_currency` per unit of the underlying",
    "mark_quote, Greeks": "`currency`",
    "rate, dividend_yield": "fraction per year, continuously compounded",
    "quote_age_ms": "milliseconds from the quote to `as_of`",
}

SIDE_COLUMNS = (
    "symbol",
    "bid",
    "ask",
    "last",
    "mark",
    "mark_quote",
    "mark_source",
    "volume",
    "open_interest",
    "iv_bid",
    "iv_ask",
    "iv",
    "delta",
    "gamma",
    "vega",
    "theta",
    "rho",
    "status",
    "quote_age_ms",
    "ts",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STORED = ("expiry", "strike", "right", "symbol", "ts", "bid", "ask", "last", "volume", "open_interest")
_VALUED = ("mark", "mark_quote", "iv_bid", "iv_ask", "iv", "delta", "gamma", "vega", "theta", "rho")


def words_of(codes: npt.NDArray[np.int8], words: Iterable[str | None]) -> pa.Array[Any]:
    """Return the words of small codes as a string column."""
    known = np.array(list(words), dtype=object)
    return pa.array(known[codes].tolist(), pa.string())


def chain_table(stored: pa.Table, values: ChainValues, kept: Rows) -> pa.Table:
    """Return one row per option: what is stored of it and what was computed; NaN has become null."""
    indices = pa.array(kept, pa.int64())
    columns: dict[str, Any] = {name: stored[name].take(indices) for name in _STORED}
    for name in _VALUED:
        column = getattr(values, name)[kept]
        columns[name] = pa.array(column, mask=np.isnan(column))
    columns["mark_source"] = words_of(values.mark_source[kept], MARK_SOURCES)
    columns["status"] = words_of(values.status[kept], STATUS_WORDS)
    columns["quote_age_ms"] = pa.array(values.quote_age_ms[kept])
    order = ("expiry", "strike", "right", *SIDE_COLUMNS)
    return pa.table({name: columns[name] for name in order})


@dataclass(frozen=True, slots=True)
class PlainSides:
    """A whole valued chain as plain values, for rows as they are written; NaN is written as null."""

    strike: list[float]
    is_call: list[bool]
    sides: list[tuple[Any, ...]]

    def mirrored(self, kept: Rows) -> list[dict[str, Any]]:
        """Return `{strike, call, put}` per strike of rows of one expiry, sorted by strike."""
        rows: list[dict[str, Any]] = []
        row: dict[str, Any] = {"strike": None}
        for at in kept.tolist():
            strike = self.strike[at]
            if row["strike"] != strike:
                row = {"strike": strike, "call": None, "put": None}
                rows.append(row)
            row["call" if self.is_call[at] else "put"] = dict(zip(SIDE_COLUMNS, self.sides[at], strict=True))
        return rows


def plain_sides(stored: pa.Table, columns: ChainColumns, values: ChainValues) -> PlainSides:
    """Return what is stored of each option and what was computed, in the order of `SIDE_COLUMNS`."""
    known: dict[str, list[Any]] = {
        "symbol": stored["symbol"].to_pylist(),
        "volume": _float_list(stored["volume"]),
        "open_interest": _float_list(stored["open_interest"]),
        "mark_source": _word_list(values.mark_source, MARK_SOURCES),
        "status": _word_list(values.status, STATUS_WORDS),
        "quote_age_ms": values.quote_age_ms.tolist(),
        "ts": columns.ts_us.astype("datetime64[us]").tolist(),
    }
    for name in ("bid", "ask", "last"):
        known[name] = getattr(columns, name).tolist()
    for name in _VALUED:
        known[name] = getattr(values, name).tolist()
    sides = list(zip(*(known[name] for name in SIDE_COLUMNS), strict=True))
    return PlainSides(columns.strike.tolist(), columns.is_call.tolist(), sides)


def _float_list(column: pa.ChunkedArray[Any]) -> list[float]:
    numbers: list[float] = column.cast(pa.float64()).to_numpy().tolist()
    return numbers


def _word_list(codes: npt.NDArray[np.int8], words: Sequence[str | None]) -> list[str | None]:
    return [words[code] for code in codes.tolist()]


def expiry_head(values: ExpiryValues, as_of: datetime, days: int) -> dict[str, Any]:
    """Return the provenance that all numbers of one expiry share."""
    return {
        "expiry": values.terms.expiry,
        "expires_at": _EPOCH + timedelta(microseconds=values.terms.expires_at_us),
        "dte": days,
        "expiry_years": values.expiry_years,
        "underlying_symbol": values.terms.underlying,
        "spot": values.spot,
        "forward": values.forward,
        "forward_source": values.forward_source,
        "parity_forward": values.parity_forward,
        "parity_pairs": values.parity_pairs,
        "parity_residual": values.parity_residual,
        "rate": values.rate,
        "rate_source": values.rate_source,
        "dividend_yield": values.dividend_yield,
        "day_count": DAY_COUNT,
        "as_of": as_of,
        "model": values.model,
        "delta_kind": values.delta_kind,
    }
