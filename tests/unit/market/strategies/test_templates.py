"""Every template of the strategy builder against sums of our own: loops, `math.erf`, lines solved by hand.

The legs are those the builder's own test resolves on a chain with a strike every 1.00, forward 100,
volatility 30 %, rate 3 % a year, expiries of 0.1 and 0.35 years.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import erf, exp, inf, log, sqrt
from typing import Any

import numpy as np
import pytest

from tests.data_folder import PROJECT
from tradesense.instruments import parse_symbol
from tradesense.market.strategies.outcomes import Lognormal, probability_of_profit, shape_at_horizon
from tradesense.market.strategies.valuation import Leg, OptionTerms, leg_greeks, strategy_money

FORWARD, VOL, RATE, MULTIPLIER = 100.0, 0.3, 0.03, 50.0
YEARS = {"2026-03-17": 0.1, "2026-06-17": 0.35}
NEAR = min(YEARS.values())
TEMPLATES: dict[str, list[dict[str, Any]]] = json.loads(
    (PROJECT / "frontend/src/features/strategy-builder/templates.fixture.json").read_text()
)
PRICES = (60.0, 88.0, 97.5, 100.0, 103.25, 114.0, 150.0)
LATE = {name for name, legs in TEMPLATES.items() if any("2026-06-17" in leg["symbol"] for leg in legs)}


def normal(deviate: float) -> float:
    return 0.5 * (1.0 + erf(deviate / sqrt(2.0)))


def black(is_call: bool, forward: float, strike: float, years: float, vol: float = VOL) -> float:
    """Black (1976), "The pricing of commodity contracts", eq. 16."""
    if years <= 0.0:
        return max(forward - strike, 0.0) if is_call else max(strike - forward, 0.0)
    deviation = vol * sqrt(years)
    d1 = log(forward / strike) / deviation + deviation / 2.0
    side = 1.0 if is_call else -1.0
    worth = forward * normal(side * d1) - strike * normal(side * (d1 - deviation))
    return side * exp(-RATE * years) * worth


@dataclass(frozen=True)
class Own:
    """A leg as a reader of its symbol knows it; `right` is empty of a future."""

    quantity: int
    right: str
    strike: float
    years: float

    @property
    def entry(self) -> float:
        return self.worth(FORWARD, 0.0)

    def worth(self, price: float, elapsed: float, vol: float = VOL) -> float:
        if not self.right:
            return price
        return black(self.right == "C", price, self.strike, max(self.years - elapsed, 0.0), vol)

    @property
    def ours(self) -> Leg:
        if not self.right:
            return Leg(self.quantity, MULTIPLIER, self.entry, 0.0)
        terms = OptionTerms(
            self.right == "C", self.strike, self.years, VOL, RATE, RATE, "black76", on_spot=False
        )
        return Leg(self.quantity, MULTIPLIER, self.entry, 0.0, terms)


def legs_of(name: str) -> list[Own]:
    """Return the legs of a template, read from their symbols."""
    found = []
    for leg in TEMPLATES[name]:
        symbol = parse_symbol(leg["symbol"])
        if symbol.right is None:
            found.append(Own(leg["quantity"], "", 0.0, inf))
        else:
            years = YEARS[str(symbol.expiry)]
            found.append(Own(leg["quantity"], symbol.right, float(symbol.strike or 0.0), years))
    return found


def profit(legs: Sequence[Own], price: float, elapsed: float, vol: float = VOL) -> float:
    return sum(MULTIPLIER * leg.quantity * (leg.worth(price, elapsed, vol) - leg.entry) for leg in legs)


def crossings_of(money: Callable[[float], float], places: Sequence[float]) -> list[float]:
    """Return where the money changes its sign, halving each stretch in which it does."""
    found = []
    for begin, end in pairwise(places):
        left, right = begin, end
        if (money(left) > 0.0) == (money(right) > 0.0):
            continue
        for _ in range(200):
            middle = 0.5 * (left + right)
            if (money(left) > 0.0) == (money(middle) > 0.0):
                left = middle
            else:
                right = middle
        found.append(0.5 * (left + right))
    return found


def break_evens_of(name: str, legs: Sequence[Own]) -> list[float]:
    """Solve the straight lines between the strikes; of a calendar, halve fine steps."""

    def money(price: float) -> float:
        return profit(legs, price, NEAR)

    if name in LATE:
        return crossings_of(money, [30.0 + 0.25 * step for step in range(1_000)])
    corners = [0.0, *sorted({leg.strike for leg in legs if leg.right}), 10_000.0]
    found = []
    for left, right in pairwise(corners):
        low, high = money(left), money(right)
        if low * high < 0.0:
            found.append(left + (right - left) * low / (low - high))
    return found


def test_all_templates_of_the_builder_are_here() -> None:
    assert len(TEMPLATES) >= 24
    assert {"call-calendar", "put-calendar", "call-diagonal"} == LATE


@pytest.mark.parametrize("name", TEMPLATES)
def test_money_of_a_template_is_the_sum_of_its_legs_at_every_price_and_day(name: str) -> None:
    legs = legs_of(name)
    for elapsed in (0.0, 0.04, NEAR):
        for shift in (0.0, 0.05):
            expected = [profit(legs, price, elapsed, VOL + shift) for price in PRICES]
            found = strategy_money([leg.ours for leg in legs], np.array(PRICES), elapsed, shift)
            assert found == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("name", TEMPLATES)
def test_break_evens_and_chance_of_a_template_are_those_of_the_closed_forms(name: str) -> None:
    legs = legs_of(name)
    expected = break_evens_of(name, legs)
    shape = shape_at_horizon([leg.ours for leg in legs], NEAR, FORWARD, 0.0)
    assert shape.exact is (name not in LATE)
    assert list(shape.break_evens) == pytest.approx(expected, abs=1e-6 if name in LATE else 1e-9)
    deviation = VOL * sqrt(NEAR)
    chance = 0.0
    for left, right in pairwise([0.0, *expected, inf]):
        inside = 0.5 * (left + right) if right < inf else 2.0 * left + FORWARD
        if profit(legs, inside, NEAR) > 0.0:
            above_left = normal((log(FORWARD / left) - deviation**2 / 2) / deviation) if left else 1.0
            above_right = (
                normal((log(FORWARD / right) - deviation**2 / 2) / deviation) if right < inf else 0.0
            )
            chance += above_left - above_right
    ours = [leg.ours for leg in legs]
    found = probability_of_profit(
        shape, lambda prices: strategy_money(ours, prices, NEAR), Lognormal(FORWARD, VOL, NEAR)
    )
    assert found == pytest.approx(chance, abs=1e-8)
    assert 0.0 < found < 1.0


@pytest.mark.parametrize("name", sorted(set(TEMPLATES) - LATE))
def test_most_of_a_template_is_at_a_strike_at_zero_or_without_end(name: str) -> None:
    legs = legs_of(name)
    shape = shape_at_horizon([leg.ours for leg in legs], NEAR, FORWARD, 0.0)
    corners = [0.0, *(leg.strike for leg in legs if leg.right)]
    amounts = [profit(legs, corner, NEAR) for corner in corners]
    beyond = sum(leg.quantity for leg in legs if leg.right != "P")
    assert shape.best.unlimited is (beyond > 0)
    assert shape.worst.unlimited is (beyond < 0)
    if beyond <= 0:
        assert shape.best.amount == pytest.approx(max(amounts))
    if beyond >= 0:
        assert shape.worst.amount == pytest.approx(min(amounts))


@pytest.mark.parametrize("name", sorted(LATE))
def test_most_of_a_calendar_is_found_by_its_search(name: str) -> None:
    legs = legs_of(name)
    shape = shape_at_horizon([leg.ours for leg in legs], NEAR, FORWARD, 0.0)
    amounts = [profit(legs, 30.0 + 0.05 * step, NEAR) for step in range(5_000)]
    assert shape.best.amount is not None
    assert shape.best.amount == pytest.approx(max(amounts), abs=0.05 * MULTIPLIER)
    assert shape.best.amount >= max(amounts) - 1e-6


@pytest.mark.parametrize("name", TEMPLATES)
def test_greeks_of_a_template_are_the_slopes_of_its_money(name: str) -> None:
    legs, step = legs_of(name), 1e-3
    up, here, down = (profit(legs, FORWARD + move, 0.0) for move in (step, 0.0, -step))
    greeks = [(leg.quantity * MULTIPLIER, leg_greeks(leg.ours, FORWARD, 0.0)) for leg in legs]
    assert sum(scale * each.delta for scale, each in greeks) == pytest.approx(
        (up - down) / (2 * step), abs=1e-5
    )
    bend = (up - 2 * here + down) / step**2
    assert sum(scale * each.gamma for scale, each in greeks) == pytest.approx(bend, abs=2e-3)
    wide, narrow = (profit(legs, FORWARD, 0.0, VOL + move) for move in (1e-5, -1e-5))
    vega = sum(scale * each.vega for scale, each in greeks)
    assert vega == pytest.approx((wide - narrow) / 2e-5 / 100.0, abs=1e-5)
