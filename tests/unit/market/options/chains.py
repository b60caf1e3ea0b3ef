"""Hand-made chains with prices from the textbook formula, written here apart from the program's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import erf, exp, log, sqrt

import numpy as np

from tradesense.market.options.valuation import ChainColumns, ExpiryTerms

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AS_OF = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
NAN = float("nan")


def microseconds(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)


def normal(x: float) -> float:
    return 0.5 * (1.0 + erf(x / sqrt(2.0)))


def black76(is_call: bool, forward: float, strike: float, years: float, vol: float, rate: float) -> float:
    deviation = vol * sqrt(years)
    d1 = log(forward / strike) / deviation + 0.5 * deviation
    d2 = d1 - deviation
    w = 1.0 if is_call else -1.0
    return exp(-rate * years) * w * (forward * normal(w * d1) - strike * normal(w * d2))


def terms(days: float = 73.0, **changes: object) -> ExpiryTerms:
    expires_at = AS_OF + timedelta(days=days)
    plain = ExpiryTerms(
        expiry=date(2026, 5, 14), expires_at_us=microseconds(expires_at), underlying="CL-2026-06"
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def chain(
    rows: list[tuple[float, bool, float, float]],
    expiry: ExpiryTerms | None = None,
    *,
    mark: float = NAN,
    last: float = NAN,
    venue_underlying: float = NAN,
    venue_is_forward: bool = False,
    tick: float = NAN,
    age: timedelta = timedelta(seconds=2),
) -> ChainColumns:
    """Rows are (strike, is_call, bid, ask)."""
    count = len(rows)
    return ChainColumns(
        expiries=(expiry or terms(),),
        expiry_index=np.zeros(count, dtype=np.int64),
        strike=np.array([row[0] for row in rows]),
        is_call=np.array([row[1] for row in rows]),
        bid=np.array([row[2] for row in rows], dtype=np.float64),
        ask=np.array([row[3] for row in rows], dtype=np.float64),
        mark=np.full(count, mark),
        last=np.full(count, last),
        ts_us=np.full(count, microseconds(AS_OF - age), dtype=np.int64),
        venue_underlying=np.full(count, venue_underlying),
        venue_is_forward=np.full(count, venue_is_forward),
        tick=tick,
    )


def quoted(
    forward: float,
    *,
    vol: float = 0.25,
    rate: float = 0.03,
    days: float = 73.0,
    half_spread: float = 0.02,
    strikes: tuple[float, ...] = (80.0, 85.0, 90.0, 95.0, 100.0, 105.0, 110.0, 115.0, 120.0),
    unit: float = 1.0,
) -> list[tuple[float, bool, float, float]]:
    """Two-sided quotes around the textbook price of each strike's call and put, divided by `unit`."""
    rows = []
    for strike in strikes:
        for is_call in (True, False):
            price = black76(is_call, forward, strike, days / 365.0, vol, rate)
            rows.append((strike, is_call, (price - half_spread) / unit, (price + half_spread) / unit))
    return rows
