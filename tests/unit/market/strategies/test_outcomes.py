"""Payoffs, break-evens, extremes and probabilities against positions worked out by hand, and identities."""

from __future__ import annotations

from itertools import pairwise
from math import erf, exp, inf, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradesense import quant
from tradesense.market.strategies.outcomes import (
    Lognormal,
    probability_of_profit,
    shape_at_horizon,
    shape_of_lines,
)
from tradesense.market.strategies.valuation import Leg, OptionTerms, leg_greeks, leg_values, strategy_money

YEARS, VOL, RATE, FORWARD = 0.25, 0.2, 0.03, 100.0
MODEL = "black76"


def option(
    quantity: int,
    right: str,
    strike: float,
    premium: float,
    *,
    years: float = YEARS,
    multiplier: float = 1.0,
    model: str = MODEL,
    offset: float = 0.0,
    vol: float = VOL,
) -> Leg:
    terms = OptionTerms(right == "C", strike, years, vol, RATE, RATE, model, on_spot=False)
    return Leg(quantity, multiplier, premium, offset, terms)


def future(quantity: int, price: float, *, multiplier: float = 1.0) -> Leg:
    return Leg(quantity, multiplier, price, 0.0)


CALL, PUT = 4.0, 3.0
# Hull, "Options, Futures, and Other Derivatives", 10th ed., chapter 12: payoff less cost, by its formulas.
TEXTBOOK = {
    "long call": ([option(1, "C", 100, CALL)], [104.0], inf, -4.0),
    "short put": ([option(-1, "P", 100, PUT)], [97.0], 3.0, -97.0),
    "covered call": ([future(1, 100.0), option(-1, "C", 105, 2.0)], [98.0], 7.0, -98.0),
    "protective put": ([future(1, 100.0), option(1, "P", 95, 1.5)], [101.5], inf, -6.5),
    "bull call spread": ([option(1, "C", 95, 7.0), option(-1, "C", 105, 2.0)], [100.0], 5.0, -5.0),
    "bear put spread": ([option(1, "P", 105, 7.0), option(-1, "P", 95, 3.0)], [101.0], 6.0, -4.0),
    "box": (
        [
            option(1, "C", 95, 7.0),
            option(-1, "C", 105, 2.0),
            option(1, "P", 105, 7.0),
            option(-1, "P", 95, 3.0),
        ],
        [],
        1.0,
        1.0,
    ),
    "butterfly": (
        [option(1, "C", 95, 7.0), option(-2, "C", 100, 4.0), option(1, "C", 105, 2.0)],
        [96.0, 104.0],
        4.0,
        -1.0,
    ),
    "straddle": ([option(1, "C", 100, CALL), option(1, "P", 100, PUT)], [93.0, 107.0], inf, -7.0),
    "strangle": ([option(-1, "C", 110, 1.0), option(-1, "P", 90, 1.0)], [88.0, 112.0], 2.0, -inf),
    "iron condor": (
        [
            option(1, "P", 85, 0.5),
            option(-1, "P", 90, 1.5),
            option(-1, "C", 110, 1.5),
            option(1, "C", 115, 0.5),
        ],
        [88.0, 112.0],
        2.0,
        -3.0,
    ),
    "ratio call spread": ([option(1, "C", 100, 4.0), option(-2, "C", 110, 1.0)], [102.0, 118.0], 8.0, -inf),
    "collar": (
        [future(1, 100.0), option(1, "P", 95, 2.0), option(-1, "C", 105, 2.0)],
        [100.0],
        5.0,
        -5.0,
    ),
    "jade lizard": (
        [option(-1, "P", 95, 2.5), option(-1, "C", 105, 3.75), option(1, "C", 110, 1.0)],
        [89.75],
        5.25,
        -89.75,
    ),
}


@pytest.mark.parametrize("name", TEXTBOOK)
def test_a_textbook_position_has_the_break_evens_and_extremes_worked_out_by_hand(name: str) -> None:
    legs, break_evens, best, worst = TEXTBOOK[name]
    shape = shape_at_horizon(legs, YEARS, FORWARD, 0.0)
    assert shape.exact
    assert shape.break_evens == pytest.approx(break_evens, abs=1e-12)
    assert (inf if shape.best.unlimited else shape.best.amount) == pytest.approx(best)
    assert (-inf if shape.worst.unlimited else shape.worst.amount) == pytest.approx(worst)


def test_money_is_the_price_times_quantity_times_multiplier() -> None:
    legs = [option(3, "C", 100.0, 4.0, multiplier=1_000.0), option(-2, "P", 90.0, 1.0, multiplier=1_000.0)]
    at_80, at_110 = strategy_money(legs, np.array([80.0, 110.0]), YEARS)
    assert at_80 == pytest.approx(1_000.0 * (3 * (0 - 4) - 2 * (10 - 1)))
    assert at_110 == pytest.approx(1_000.0 * (3 * (10 - 4) - 2 * (0 - 1)))


legs_of_one_expiry = st.lists(
    st.builds(
        option,
        st.integers(-5, 5).filter(bool),
        st.sampled_from("CP"),
        st.integers(60, 140).map(float),
        st.integers(0, 40).map(lambda each: each / 4),
    ),
    min_size=1,
    max_size=5,
)


@given(legs_of_one_expiry, legs_of_one_expiry)
@settings(max_examples=40, deadline=None)
def test_a_sum_of_strategies_pays_the_sum(some: list[Leg], others: list[Leg]) -> None:
    prices = np.linspace(40.0, 170.0, 53)
    for elapsed in (0.0, YEARS):
        both = strategy_money([*some, *others], prices, elapsed)
        apart = strategy_money(some, prices, elapsed) + strategy_money(others, prices, elapsed)
        assert both == pytest.approx(apart, abs=1e-9)


@given(legs_of_one_expiry)
@settings(max_examples=80, deadline=None)
def test_break_evens_are_zeros_between_which_nothing_changes_sign(legs: list[Leg]) -> None:
    shape = shape_at_horizon(legs, YEARS, FORWARD, 0.0)
    at_zero = np.asarray(shape.break_evens)
    assert strategy_money(legs, at_zero, YEARS) == pytest.approx(np.zeros(at_zero.size), abs=1e-7)
    for left, right in pairwise([1e-9, *shape.break_evens, 1e5]):
        inside = strategy_money(legs, np.linspace(left, right, 99)[1:-1], YEARS)
        assert (inside > -1e-7).all() or (inside < 1e-7).all()


@given(legs_of_one_expiry)
@settings(max_examples=80, deadline=None)
def test_no_price_gives_more_than_the_most_or_less_than_the_least(legs: list[Leg]) -> None:
    shape = shape_at_horizon(legs, YEARS, FORWARD, 0.0)
    amounts = strategy_money(legs, np.linspace(0.0, 400.0, 801), YEARS)
    if shape.best.amount is None:
        assert shape.up_slope > 0
    else:
        assert amounts.max() == pytest.approx(shape.best.amount, abs=1e-9)
    if shape.worst.amount is None:
        assert shape.up_slope < 0
    else:
        assert amounts.min() == pytest.approx(shape.worst.amount, abs=1e-9)


def test_a_stretch_on_zero_gives_its_ends_and_a_touch_its_point() -> None:
    ends = shape_of_lines(np.array([0.0, 90.0, 110.0, 120.0]), np.array([-9.0, 0.0, 0.0, 5.0]), 0.0)
    assert ends.break_evens == (90.0, 110.0)
    touch = shape_of_lines(np.array([0.0, 100.0, 110.0]), np.array([5.0, 0.0, 5.0]), 0.0)
    assert touch.break_evens == (100.0,)
    assert shape_of_lines(np.array([0.0, 100.0]), np.array([0.0, 0.0]), 0.0).break_evens == ()


def test_parity_a_synthetic_future_is_the_future_at_expiry_and_discounted_before() -> None:
    synthetic = [option(1, "C", 100.0, 0.0), option(-1, "P", 100.0, 0.0)]
    prices = np.linspace(50.0, 150.0, 21)
    assert strategy_money(synthetic, prices, YEARS) == pytest.approx(prices - 100.0, abs=1e-12)
    discount = exp(-RATE * YEARS)
    assert strategy_money(synthetic, prices, 0.0) == pytest.approx(discount * (prices - 100.0), abs=1e-10)


def test_a_box_is_flat_at_every_time_under_european_exercise() -> None:
    legs, *_ = TEXTBOOK["box"]
    for elapsed in (0.0, 0.1, YEARS):
        amounts = strategy_money(legs, np.linspace(20.0, 300.0, 57), elapsed)
        assert np.ptp(amounts) < 1e-9


def test_a_leg_before_its_expiry_is_worth_what_its_model_says() -> None:
    leg = option(1, "P", 95.0, 0.0, model="bjerksund_stensland_2002")
    worth = leg_values(leg, np.array([90.0, 110.0]), 0.05, 0.02)
    expected, _ = quant.price(
        "bjerksund_stensland_2002",
        is_call=False,
        underlying=[90.0, 110.0],
        strike=95.0,
        expiry_years=0.20,
        vol=0.22,
        rate=RATE,
        dividend_yield=RATE,
    )
    assert worth == pytest.approx(expected, rel=1e-12)


def test_of_an_option_on_a_spot_the_forward_nears_the_spot_as_time_passes() -> None:
    terms = OptionTerms(True, 100.0, 1.0, 0.2, 0.05, 0.02, "black76", on_spot=True)
    leg = Leg(1, 1.0, 0.0, 0.0, terms)
    by_spot, _ = quant.price(
        "black_scholes_merton",
        is_call=True,
        underlying=104.0,
        strike=100.0,
        expiry_years=0.6,
        vol=0.2,
        rate=0.05,
        dividend_yield=0.02,
    )
    assert leg_values(leg, np.array([104.0]), 0.4)[0] == pytest.approx(float(by_spot), rel=1e-12)
    assert leg_values(leg, np.array([104.0]), 1.0)[0] == pytest.approx(4.0, abs=1e-12)
    moved = leg_values(leg, np.array([104.01, 103.99]), 0.4)
    assert leg_greeks(leg, 104.0, 0.4).delta == pytest.approx((moved[0] - moved[1]) / 0.02, abs=1e-6)


def test_a_calendar_is_told_for_the_near_expiry_with_the_far_option_alive() -> None:
    near = option(-1, "C", 100.0, 3.9, years=0.25)
    far = option(1, "C", 100.0, 5.5, years=0.5, offset=1.0)
    shape = shape_at_horizon([near, far], 0.25, FORWARD, 0.0)
    assert not shape.exact
    assert len(shape.break_evens) == 2
    for each in shape.break_evens:
        left = strategy_money([near, far], np.array([each]), 0.25)[0]
        assert left == pytest.approx(0.0, abs=1e-6)
    assert shape.best.amount == pytest.approx(
        strategy_money([near, far], np.linspace(80.0, 130.0, 20_001), 0.25).max(), abs=1e-6
    )
    worth, _ = quant.price(
        MODEL, is_call=True, underlying=101.0, strike=100.0, expiry_years=0.25, vol=VOL, rate=RATE
    )
    at_strike = strategy_money([near, far], np.array([100.0]), 0.25)[0]
    assert at_strike == pytest.approx(float(worth) - 5.5 + 3.9, abs=1e-12)


def test_a_future_of_another_month_keeps_its_spread() -> None:
    calendar = [Leg(1, 1_000.0, 84.0, -3.0), Leg(-1, 1_000.0, 87.0, 0.0)]
    assert strategy_money(calendar, np.array([60.0, 87.0, 120.0]), 0.1) == pytest.approx([0.0, 0.0, 0.0])


def test_a_volatility_shift_moves_what_is_left_to_live_and_not_what_has_ended() -> None:
    straddle = [option(1, "C", 100.0, 4.0), option(1, "P", 100.0, 4.0)]
    prices = np.array([95.0, 100.0, 105.0])
    assert (strategy_money(straddle, prices, 0.0, 0.05) > strategy_money(straddle, prices, 0.0) + 1.0).all()
    assert strategy_money(straddle, prices, YEARS, 0.05) == pytest.approx(
        strategy_money(straddle, prices, YEARS)
    )
    gone = strategy_money(straddle, prices, 0.0, -9.0)
    assert np.isfinite(gone).all()


LAW = Lognormal(FORWARD, VOL, YEARS)


def normal(deviate: float) -> float:
    return 0.5 * (1.0 + erf(deviate / sqrt(2.0)))


@pytest.mark.parametrize("right", ["C", "P"])
def test_the_chance_of_a_long_option_is_that_of_passing_its_break_even(right: str) -> None:
    leg = option(1, right, 100.0, 4.0)
    shape = shape_at_horizon([leg], YEARS, FORWARD, 0.0)
    edge = 104.0 if right == "C" else 96.0
    d2 = (log(FORWARD / edge) - 0.5 * VOL**2 * YEARS) / (VOL * sqrt(YEARS))
    expected = normal(d2) if right == "C" else normal(-d2)
    found = probability_of_profit(shape, lambda prices: strategy_money([leg], prices, YEARS), LAW)
    assert found == pytest.approx(expected, abs=1e-14)


@given(legs_of_one_expiry)
@settings(max_examples=40, deadline=None)
def test_what_wins_for_one_side_loses_for_the_other(legs: list[Leg]) -> None:
    other = [Leg(-leg.quantity, leg.multiplier, leg.entry, leg.offset, leg.option) for leg in legs]
    chances = [
        probability_of_profit(
            shape_at_horizon(side, YEARS, FORWARD, 0.0),
            lambda prices, side=side: strategy_money(side, prices, YEARS),
            LAW,
        )
        for side in (legs, other)
    ]
    # A stretch that lies on zero wins for neither.
    assert sum(chances) <= 1.0 + 1e-12
    amounts = strategy_money(legs, np.linspace(1.0, 200.0, 997), YEARS)
    if (np.abs(amounts) > 1e-9).all():
        assert sum(chances) == pytest.approx(1.0, abs=1e-9)


def test_the_chance_agrees_with_counting_draws_of_the_law() -> None:
    legs, *_ = TEXTBOOK["iron condor"]
    shape = shape_at_horizon(legs, YEARS, FORWARD, 0.0)
    deviates = np.random.default_rng(7).standard_normal(400_000)
    prices = FORWARD * np.exp(VOL * sqrt(YEARS) * deviates - 0.5 * VOL**2 * YEARS)
    share = float((strategy_money(legs, prices, YEARS) > 0).mean())
    found = probability_of_profit(shape, lambda each: strategy_money(legs, each, YEARS), LAW)
    assert found == pytest.approx(share, abs=0.003)
    assert prices.mean() == pytest.approx(FORWARD, rel=0.001)


@pytest.mark.parametrize("probability", [0.5, 0.682689492137086, 0.95])
def test_a_band_holds_the_probability_it_names(probability: float) -> None:
    low, high = LAW.band(probability)
    assert LAW.below(high) - LAW.below(low) == pytest.approx(probability, abs=1e-12)
    assert LAW.below(low) == pytest.approx(1.0 - LAW.below(high), abs=1e-12)
