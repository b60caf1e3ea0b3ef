"""Valued chains as tables and as the nested rows of the JSON answer; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.market.options.valuation import (
    DAY_COUNT,
    MARK_SOURCES,
    STATUS_WORDS,
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
    order = ("expiry", "strike", "right", *SIDE_COLUMNS, "ts")
    return pa.table({name: columns[name] for name in order})


def mirrored_rows(table: pa.Table) -> list[dict[str, Any]]:
    """Return `{strike, call, put}` per strike of a table of one expiry that is sorted by strike."""
    sides = [table[name].to_pylist() for name in SIDE_COLUMNS]
    rows: list[dict[str, Any]] = []
    for strike, right, *side in zip(
        table["strike"].to_pylist(), table["right"].to_pylist(), *sides, strict=True
    ):
        if not rows or rows[-1]["strike"] != strike:
            rows.append({"strike": strike, "call": None, "put": None})
        rows[-1]["call" if right == "C" else "put"] = dict(zip(SIDE_COLUMNS, side, strict=True))
    return rows


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
