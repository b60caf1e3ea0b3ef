"""A loaded strategy as the plain values of its answer: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from math import exp, isfinite, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from tradesense.market.strategies.loading import LoadedLeg, horizon_of, reference_of
from tradesense.market.strategies.outcomes import (
    Extreme,
    Lognormal,
    Shape,
    probability_of_profit,
    shape_at_horizon,
)
from tradesense.market.strategies.schemas import GridIn, StrategyQuestion
from tradesense.market.strategies.valuation import Leg, LegGreeks, leg_greeks, strategy_money

Floats = npt.NDArray[np.float64]

_DAYS_A_YEAR = 365.0
_SECONDS_A_DAY = 86_400.0
_EVEN_STEPS = 8
_SHOWN_DEVIATIONS = 2.75
_LEAST_SPAN = 0.04
_VOL_UNKNOWN = 0.3
_BANDS = (0.682689492137086, 0.954499736103642)
_GREEKS = ("delta", "gamma", "vega", "theta", "rho")

UNITS: Mapping[str, str] = {
    "cost, value, pnl, max_profit, max_loss, grid": "`currency`, of all contracts",
    "delta": "per 1.00 of the reference price, and of a leg's own underlying",
    "gamma": "per 1.00 squared",
    "vega": "per volatility point (0.01)",
    "theta": "per calendar day",
    "rho": "per 0.01 of the rate",
    "iv": "fraction per year",
}


@dataclass(frozen=True, slots=True)
class Position:
    """Legs that can all be valued, in terms of one reference price, and the moment the payoff is told for."""

    loaded: Sequence[LoadedLeg]
    legs: Sequence[Leg]
    stands_for: LoadedLeg
    as_of: datetime
    ends_at: datetime
    question: StrategyQuestion

    @property
    def reference(self) -> float:
        return self.stands_for.forward

    @property
    def shifted(self) -> float:
        return self.reference * (1.0 + self.question.price_shift)

    @property
    def horizon_days(self) -> float:
        return max((self.ends_at - self.as_of).total_seconds() / _SECONDS_A_DAY, 0.0)

    @property
    def elapsed_days(self) -> float:
        return min(self.question.days_forward, self.horizon_days)

    @property
    def multiplier(self) -> float:
        return self.legs[0].multiplier

    def law(self) -> Lognormal:
        """The price at the horizon as the options there see it, changes asked for included."""
        return Lognormal(
            forward=self.shifted * self._carried(),
            vol=self.stands_for.atm_iv + self.question.iv_shift,
            years=(self.horizon_days - self.elapsed_days) / _DAYS_A_YEAR,
        )

    def _carried(self) -> float:
        option = self.stands_for.option
        if option is None or not option.on_spot:
            return 1.0
        years = (self.horizon_days - self.elapsed_days) / _DAYS_A_YEAR
        return exp((option.rate - option.dividend_yield) * years)


def position_of(loaded: Sequence[LoadedLeg], as_of: datetime, question: StrategyQuestion) -> Position | None:
    """Return the strategy ready for valuation; `None` where a leg cannot be valued."""
    if not all(leg.can_be_valued for leg in loaded):
        return None
    alike = _on_one_kind(loaded)
    end = horizon_of(alike)
    stands_for = reference_of(alike)
    return Position(
        loaded=alike,
        legs=[leg.leg(stands_for.forward) for leg in alike],
        stands_for=stands_for,
        as_of=as_of,
        ends_at=end[0] if end else as_of,
        question=question,
    )


def _on_one_kind(loaded: Sequence[LoadedLeg]) -> list[LoadedLeg]:
    """Where the spot is known for some expiries only, all options are valued on their forwards."""
    options = [leg for leg in loaded if leg.option is not None]
    if len({leg.on_spot for leg in options}) < 2:
        return list(loaded)
    return [_on_forward(leg) if leg.on_spot and leg.option is not None else leg for leg in loaded]


def _on_forward(leg: LoadedLeg) -> LoadedLeg:
    option = leg.option
    assert option is not None
    own = replace(option, on_spot=False, dividend_yield=option.rate)
    return replace(leg, on_spot=False, forward=float(leg.shown["forward"]), option=own)


def strategy_answer(
    loaded: Sequence[LoadedLeg], head: Mapping[str, Any], as_of: datetime, question: StrategyQuestion
) -> dict[str, Any]:
    """Return the whole answer; without a leg that cannot be valued all of it is there."""
    position = position_of(loaded, as_of, question)
    whole = _missing() if position is None else _whole(position)
    greeks: Sequence[LegGreeks | None] = [None] * len(loaded)
    if position is not None:
        greeks = [_greeks_of(position, leg) for leg in position.legs]
    return {
        "as_of": as_of,
        **head,
        "multiplier": loaded[0].shown.get("multiplier"),
        "complete": position is not None,
        **whole,
        "legs": [_leg_out(leg, found) for leg, found in zip(loaded, greeks, strict=True)],
        "units": dict(UNITS),
    }


_WHOLE = (
    "reference",
    "horizon",
    "cost",
    "break_evens",
    "exact",
    "max_profit",
    "max_loss",
    "probability",
    "now",
    "grid",
)


def _missing() -> dict[str, Any]:
    return dict.fromkeys(_WHOLE)


def _whole(position: Position) -> dict[str, Any]:
    horizon_years = position.horizon_days / _DAYS_A_YEAR
    shift = position.question.iv_shift
    shape = shape_at_horizon(position.legs, horizon_years, position.reference, shift)
    return {
        "reference": _reference_out(position),
        "horizon": _horizon_out(position),
        "cost": _cost(position),
        "break_evens": list(shape.break_evens),
        "exact": shape.exact,
        "max_profit": _extreme_out(shape.best),
        "max_loss": _extreme_out(shape.worst),
        "probability": _probability_out(position, shape, horizon_years),
        "now": _now_out(position),
        "grid": _grid_out(position, shape),
    }


def _reference_out(position: Position) -> dict[str, Any]:
    leg = position.stands_for
    if leg.option is None:
        kind = "future" if leg.shown["kind"] in ("future", "perpetual") else "spot"
        symbol = leg.symbol.text
    else:
        of_forward = "future" if leg.shown["forward_source"] == "future" else "forward"
        kind = "spot" if leg.on_spot else of_forward
        symbol = leg.shown["underlying_symbol"]
    return {"symbol": symbol, "kind": kind, "price": position.reference, "shifted": position.shifted}


def _horizon_out(position: Position) -> dict[str, Any] | None:
    end = horizon_of(position.loaded)
    if end is None:
        return None
    later = any(leg.option is not None and leg.ends_at != end[0] for leg in position.loaded)
    return {"expiry": end[1], "at": end[0], "days": position.horizon_days, "later_legs": later}


def _cost(position: Position) -> float:
    return sum(leg.scale * leg.entry for leg in position.legs if leg.option is not None)


def _extreme_out(extreme: Extreme) -> dict[str, Any]:
    return {"amount": extreme.amount, "unlimited": extreme.unlimited, "at": extreme.at}


def _probability_out(position: Position, shape: Shape, horizon_years: float) -> dict[str, Any] | None:
    law = position.law()
    if not law.is_proper:
        return None
    money = partial(
        strategy_money, position.legs, elapsed_years=horizon_years, vol_shift=position.question.iv_shift
    )
    return {
        "of_profit": probability_of_profit(shape, money, law),
        "law": "lognormal",
        "forward": law.forward,
        "vol": law.vol,
        "vol_source": "atm",
        "years": law.years,
        "bands": [_band_out(law, probability) for probability in _BANDS],
    }


def _band_out(law: Lognormal, probability: float) -> dict[str, float]:
    low, high = law.band(probability)
    return {"probability": probability, "low": low, "high": high}


def _greeks_of(position: Position, leg: Leg) -> LegGreeks:
    return leg_greeks(leg, position.shifted, position.elapsed_days / _DAYS_A_YEAR, position.question.iv_shift)


def _now_out(position: Position) -> dict[str, Any]:
    found = [(leg, _greeks_of(position, leg)) for leg in position.legs]
    money = {name: sum(leg.scale * getattr(each, name) for leg, each in found) for name in _GREEKS}
    return {
        "at": position.as_of + timedelta(days=position.elapsed_days),
        "value": sum(leg.scale * each.value for leg, each in found if leg.option is not None),
        "pnl": sum(leg.scale * (each.value - leg.entry) for leg, each in found),
        "greeks": {
            "money": money,
            "contract": {name: value / position.multiplier for name, value in money.items()},
        },
    }


def _grid_out(position: Position, shape: Shape) -> dict[str, Any]:
    prices = _grid_prices(position, shape)
    days = _grid_days(position)
    years = np.asarray(days)[:, None] / _DAYS_A_YEAR
    shift = position.question.iv_shift
    return {
        "prices": prices,
        "days": days,
        "pnl": strategy_money(position.legs, prices[None, :], years, shift),
        "at_horizon": strategy_money(position.legs, prices, position.horizon_days / _DAYS_A_YEAR, shift),
    }


def _grid_days(position: Position) -> list[float]:
    wanted = position.question.grid.days
    if wanted is None:
        return [float(day) for day in np.linspace(0.0, position.horizon_days, _EVEN_STEPS)]
    return sorted({min(day, position.horizon_days) for day in wanted}) or [0.0]


def _grid_prices(position: Position, shape: Shape) -> Floats:
    """Even steps, with the step nearest to each strike put on it, so that corners are corners."""
    asked: GridIn = position.question.grid
    low, high = _span(position, shape)
    low = asked.low if asked.low is not None else low
    high = asked.high if asked.high is not None else max(high, low * 1.01)
    prices = np.linspace(low, high, asked.prices)
    for leg in position.legs:
        if (
            leg.option is not None
            and low < leg.option.strike < high
            and asked.prices > len(position.legs) + 2
        ):
            prices[int(np.argmin(np.abs(prices - leg.option.strike)))] = leg.option.strike
    return np.unique(prices)


def _span(position: Position, shape: Shape) -> tuple[float, float]:
    vol = position.stands_for.atm_iv
    deviation = (vol if isfinite(vol) else _VOL_UNKNOWN) * sqrt(position.horizon_days / _DAYS_A_YEAR)
    reach = max(_SHOWN_DEVIATIONS * deviation, _LEAST_SPAN)
    strikes = [
        leg.option.strike for leg in position.legs if leg.option is not None and leg.option.strike > 0.0
    ]
    near = [each for each in shape.break_evens if 0.25 < each / position.reference < 4.0]
    marks = [position.shifted, *strikes, *near]
    low = min(position.reference * exp(-reach), *(each * 0.98 for each in marks))
    return low, max(position.reference * exp(reach), *(each * 1.02 for each in marks))


_SHOWN = (
    "kind",
    "right",
    "strike",
    "expiry",
    "expires_at",
    "days",
    "underlying_symbol",
    "multiplier",
    "entry_price",
    "entry_source",
    "bid",
    "ask",
    "mark",
    "iv",
    "iv_source",
    "model",
    "forward",
    "forward_source",
    "rate",
    "rate_source",
    "dividend_yield",
    "expiry_years",
    "quote_age_ms",
    "source",
)


def _leg_out(leg: LoadedLeg, greeks: LegGreeks | None) -> dict[str, Any]:
    known = leg.asked.price if isinstance(leg.asked.price, float | int) else None
    source = "given" if known is not None else "mark"
    shown = {"entry_price": known, "entry_source": source, **leg.shown}
    return {
        "symbol": leg.symbol.text,
        "quantity": leg.asked.quantity,
        **{name: shown.get(name) for name in _SHOWN},
        "cost": _leg_cost(leg),
        "value": greeks.value if greeks else None,
        **{name: getattr(greeks, name) if greeks else None for name in _GREEKS},
        "status": leg.status,
    }


def _leg_cost(leg: LoadedLeg) -> float | None:
    if leg.symbol.right is None:
        return 0.0
    return leg.asked.quantity * leg.multiplier * leg.entry
