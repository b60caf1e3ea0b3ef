"""Pure rules of the futures desk: which price counts, the shape of a curve, spreads from legs, how fresh.

Yields are simple and per year of 365 days. A number that cannot be computed is `None`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LIVE_WITHIN = timedelta(seconds=90)
"""Minute data is a minute old when it is newest; half as much again is still live."""

DELAYED_WITHIN = timedelta(minutes=20)
"""Exchanges publish free quotes fifteen minutes late."""

_YEAR = timedelta(days=365)


class QuoteStatus(StrEnum):
    """What can be said of a quote: `ok` has both sides in order, `wide` one side only or an absurd gap."""

    OK = "ok"
    NO_QUOTE = "no_quote"
    CROSSED = "crossed"
    WIDE = "wide"
    EXPIRED = "expired"


class MarketStatus(StrEnum):
    """How fresh a product's data is; `closed` is the exchange's doing, `stale` is not."""

    LIVE = "live"
    DELAYED = "delayed"
    STALE = "stale"
    CLOSED = "closed"


class PriceKind(StrEnum):
    """Where a price came from, best first."""

    MID = "mid"
    MARK = "mark"
    LAST = "last"
    SETTLEMENT = "settlement"


class Shape(StrEnum):
    CONTANGO = "contango"
    BACKWARDATION = "backwardation"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Price:
    value: float
    kind: PriceKind
    ts: datetime


@dataclass(frozen=True, slots=True)
class Leg:
    """One contract as a spread sees it."""

    symbol: str
    bid: float | None
    ask: float | None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A contract's place on the curve; years counted from the curve's instant."""

    years: float | None
    price: float | None


@dataclass(frozen=True, slots=True)
class CurveFigures:
    """One point's figures against the reference and against the contract before it."""

    basis: float | None
    basis_pct: float | None
    basis_annualised: float | None
    roll_yield_annualised: float | None


def quote_status(bid: float | None, ask: float | None) -> QuoteStatus:
    """Judge a quote by its two sides."""
    if bid is None and ask is None:
        return QuoteStatus.NO_QUOTE
    if bid is None or ask is None:
        return QuoteStatus.WIDE
    return QuoteStatus.CROSSED if bid > ask else QuoteStatus.OK


def best_price(candidates: Sequence[Price | None], *, at: datetime, stale_after: timedelta) -> Price | None:
    """Return the first candidate that is fresh, else the newest one."""
    known = [price for price in candidates if price is not None]
    fresh = next((price for price in known if at - price.ts <= stale_after), None)
    return fresh or max(known, key=lambda price: price.ts, default=None)


def mid_price(bid: float | None, ask: float | None) -> float | None:
    """Return the middle of a quote whose sides are in order."""
    return round((bid + ask) / 2, 10) if bid is not None and ask is not None and bid <= ask else None


def market_status(age: timedelta | None, *, is_open: bool | None) -> MarketStatus:
    """Judge a product by the age of its newest quote; `is_open` is None where the hours are not known."""
    if is_open is False:
        return MarketStatus.CLOSED
    if age is None or age > DELAYED_WITHIN:
        return MarketStatus.STALE
    return MarketStatus.LIVE if age <= LIVE_WITHIN else MarketStatus.DELAYED


def years_between(start: datetime, end: datetime) -> float:
    """Return the time from `start` to `end` in years of 365 days."""
    return (end - start) / _YEAR


def curve_figures(points: Sequence[CurvePoint], reference: CurvePoint | None) -> list[CurveFigures]:
    """Return each point's basis to the reference and its roll yield from the priced point before it.

    The basis is price − reference; annualised it is (price / reference − 1) / years between them.
    The roll yield of a point is what a holder of it earns a year if the curve stands still:
    (price before / price − 1) / years between: positive in backwardation.
    """
    figures = []
    before: CurvePoint | None = None
    for point in points:
        basis = _difference(point, reference)
        ratio = _ratio(point, reference)
        figures.append(
            CurveFigures(
                basis=basis,
                basis_pct=None if ratio is None else (ratio - 1) * 100,
                basis_annualised=_annualised(ratio, reference, point),
                roll_yield_annualised=_annualised(_ratio(before, point), before, point),
            )
        )
        if point.price is not None:
            before = point
    return figures


def curve_shape(points: Sequence[CurvePoint]) -> tuple[Shape, float, float | None] | None:
    """Return the word, the percent from first to second priced contract, and the same a year.

    `None` with fewer than two prices, or a price that is not above zero.
    """
    priced = [point for point in points if point.price is not None][:2]
    ratio = _ratio(priced[1], priced[0]) if len(priced) == 2 else None
    if ratio is None:
        return None
    word = Shape.FLAT if ratio == 1 else Shape.CONTANGO if ratio > 1 else Shape.BACKWARDATION
    annualised = _annualised(ratio, priced[0], priced[1])
    return word, (ratio - 1) * 100, None if annualised is None else annualised * 100


def spread_sides(legs: Sequence[tuple[Leg, int]]) -> tuple[float | None, float | None]:
    """Return bid and ask of a spread: bought legs at their own side, sold legs at the other."""
    bids = [(leg.bid if ratio > 0 else leg.ask, ratio) for leg, ratio in legs]
    asks = [(leg.ask if ratio > 0 else leg.bid, ratio) for leg, ratio in legs]
    return _weighted(bids), _weighted(asks)


def _weighted(sides: Sequence[tuple[float | None, int]]) -> float | None:
    total = 0.0
    for price, ratio in sides:
        if price is None:
            return None
        total += price * ratio
    return round(total, 10)


def _difference(point: CurvePoint, reference: CurvePoint | None) -> float | None:
    if reference is None or point.price is None or reference.price is None:
        return None
    return round(point.price - reference.price, 10)


def _ratio(above: CurvePoint | None, below: CurvePoint | None) -> float | None:
    if above is None or below is None or not above.price or not below.price:
        return None
    return above.price / below.price if above.price > 0 and below.price > 0 else None


def _annualised(ratio: float | None, start: CurvePoint | None, end: CurvePoint | None) -> float | None:
    if ratio is None or start is None or end is None or start.years is None or end.years is None:
        return None
    years = end.years - start.years
    return (ratio - 1) / years if years > 0 else None
