from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.market.futures.rules import (
    CurvePoint,
    Leg,
    MarketStatus,
    Price,
    PriceKind,
    QuoteStatus,
    Shape,
    best_price,
    curve_figures,
    curve_shape,
    market_status,
    mid_price,
    quote_status,
    spread_sides,
)

NOW = datetime(2024, 1, 2, 15, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("bid", "ask", "status"),
    [
        (1.0, 2.0, QuoteStatus.OK),
        (2.0, 2.0, QuoteStatus.OK),
        (2.0, 1.0, QuoteStatus.CROSSED),
        (None, 1.0, QuoteStatus.WIDE),
        (1.0, None, QuoteStatus.WIDE),
        (None, None, QuoteStatus.NO_QUOTE),
        (-37.6, -37.0, QuoteStatus.OK),
    ],
)
def test_a_quote_is_judged_by_its_sides(bid, ask, status):
    assert quote_status(bid, ask) is status


def test_a_crossed_quote_has_no_middle():
    assert mid_price(2.0, 1.0) is None
    assert mid_price(1.0, 2.0) == 1.5


@pytest.mark.parametrize(
    ("age", "is_open", "status"),
    [
        (timedelta(seconds=60), True, MarketStatus.LIVE),
        (timedelta(seconds=60), None, MarketStatus.LIVE),
        (timedelta(minutes=15), True, MarketStatus.DELAYED),
        (timedelta(hours=1), True, MarketStatus.STALE),
        (None, True, MarketStatus.STALE),
        (timedelta(seconds=1), False, MarketStatus.CLOSED),
    ],
)
def test_a_product_is_judged_by_age_and_calendar(age, is_open, status):
    assert market_status(age, is_open=is_open) is status


def test_a_fresh_middle_counts_before_a_newer_trade():
    mid = Price(10.0, PriceKind.MID, NOW - timedelta(minutes=5))
    last = Price(11.0, PriceKind.LAST, NOW)
    assert best_price([mid, None, last], at=NOW, stale_after=HALF_HOUR) is mid


def test_a_stale_middle_gives_way_to_a_newer_price():
    mid = Price(10.0, PriceKind.MID, NOW - timedelta(hours=5))
    settled = Price(11.0, PriceKind.SETTLEMENT, NOW - timedelta(hours=2))
    assert best_price([mid, settled], at=NOW, stale_after=HALF_HOUR) is settled
    assert best_price([None, None], at=NOW, stale_after=HALF_HOUR) is None


def test_a_rising_curve_is_contango_and_costs_its_holder():
    points = [CurvePoint(0.25, 100.0), CurvePoint(0.5, None), CurvePoint(0.75, 102.0)]
    assert curve_shape(points) == (Shape.CONTANGO, pytest.approx(2.0), pytest.approx(4.0))
    figures = curve_figures(points, points[0])
    assert figures[0].basis == 0.0
    assert figures[0].basis_annualised is None
    assert figures[1].basis is None
    assert figures[2].basis == 2.0
    assert figures[2].basis_pct == pytest.approx(2.0)
    assert figures[2].basis_annualised == pytest.approx(0.04)
    assert figures[2].roll_yield_annualised == pytest.approx((100 / 102 - 1) / 0.5)


def test_a_falling_curve_is_backwardation_and_pays_its_holder():
    points = [CurvePoint(0.1, 80.0), CurvePoint(0.2, 79.0)]
    word, percent, _ = curve_shape(points)
    assert (word, percent) == (Shape.BACKWARDATION, pytest.approx(-1.25))
    assert curve_figures(points, points[0])[1].roll_yield_annualised > 0


def test_a_negative_price_has_a_basis_but_no_yield():
    points = [CurvePoint(0.1, -37.63), CurvePoint(0.2, 20.43)]
    assert curve_shape(points) is None
    figures = curve_figures(points, points[0])[1]
    assert figures.basis == pytest.approx(58.06)
    assert figures.basis_annualised is None
    assert figures.roll_yield_annualised is None


def test_a_curve_of_one_contract_has_no_shape():
    assert curve_shape([CurvePoint(0.1, 5.0)]) is None
    assert curve_shape([]) is None


def test_a_calendar_spread_buys_at_the_ask_and_sells_at_the_bid():
    near, far = Leg("N", 10.0, 10.2), Leg("F", 11.0, 11.3)
    assert spread_sides([(near, 1), (far, -1)]) == (pytest.approx(-1.3), pytest.approx(-0.8))


def test_a_butterfly_counts_its_body_twice():
    legs = [(Leg("A", 10.0, 10.1), 1), (Leg("B", 11.0, 11.1), -2), (Leg("C", 12.0, 12.1), 1)]
    assert spread_sides(legs) == (pytest.approx(-0.2), pytest.approx(0.2))


def test_a_missing_side_leaves_that_side_of_the_spread_open():
    near, far = Leg("N", None, 10.2), Leg("F", 11.0, 11.3)
    assert spread_sides([(near, 1), (far, -1)]) == (None, pytest.approx(-0.8))


prices = st.floats(1, 1e5)


@given(st.lists(st.tuples(prices, st.floats(0, 10)), min_size=2, max_size=4))
def test_a_spread_of_uncrossed_legs_is_never_crossed(quotes):
    ratios = [1, -2, 1, -1][: len(quotes)]
    legs = [(Leg("L", bid, bid + width), ratio) for (bid, width), ratio in zip(quotes, ratios, strict=True)]
    bid, ask = spread_sides(legs)
    assert bid <= ask + 1e-9
