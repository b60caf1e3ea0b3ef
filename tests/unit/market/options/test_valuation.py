"""Hand-made chains: forward and its source, rate, volatility, Greeks, statuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from tests.unit.market.options.chains import AS_OF, NAN, black76, chain, microseconds, quoted, terms
from tradesense.market.options.valuation import (
    MARK_SOURCES,
    STATUS_WORDS,
    ChainColumns,
    ChainValues,
    DeltaKind,
    ForwardSource,
    Model,
    RateSource,
    value_chain,
)

RATE = 0.03
YEARS = 73.0 / 365.0


def value(columns: ChainColumns, **choices: object) -> ChainValues:
    return value_chain(columns, as_of_us=microseconds(AS_OF), assumed_rate=RATE, **choices)  # type: ignore[arg-type]


def statuses(values: ChainValues) -> list[str]:
    return [STATUS_WORDS[code] for code in values.status]


def test_time_to_expiry_counts_seconds_over_365_days() -> None:
    columns = chain(quoted(100.0), terms(days=73.0 + 1.0 / 86_400.0))
    assert value(columns).expiries[0].expiry_years == pytest.approx(
        (73.0 * 86_400 + 1) / (365 * 86_400), abs=1e-15
    )


def test_parity_gives_forward_and_rate_of_european_quotes() -> None:
    found = value(chain(quoted(101.3, rate=0.045), terms(on_spot=True), venue_underlying=100.0)).expiries[0]
    assert found.forward_source is ForwardSource.PARITY
    assert found.forward == pytest.approx(101.3, abs=1e-6)
    assert found.rate_source is RateSource.PARITY
    assert found.rate == pytest.approx(0.045, abs=1e-6)
    assert found.parity_pairs >= 6
    assert found.spot == 100.0
    assert found.dividend_yield == pytest.approx(0.045 - np.log(1.013) / YEARS, abs=1e-6)


def test_volatility_and_greeks_come_back_from_textbook_prices() -> None:
    values = value(chain(quoted(101.3, vol=0.31, half_spread=0.01)))
    assert statuses(values) == ["ok"] * 18
    np.testing.assert_allclose(values.iv, 0.31, atol=1e-6)
    assert (values.iv_bid < values.iv).all()
    assert (values.iv_ask > values.iv).all()
    bump = 1e-4
    for place, (strike, is_call) in enumerate((k, c) for k in (80.0, 85.0, 90.0) for c in (True, False)):
        up = black76(is_call, 101.3 + bump, strike, YEARS, 0.31, RATE)
        down = black76(is_call, 101.3 - bump, strike, YEARS, 0.31, RATE)
        assert values.delta[place] == pytest.approx((up - down) / (2 * bump), abs=1e-4)
        more = black76(is_call, 101.3, strike, YEARS, 0.315, RATE)
        less = black76(is_call, 101.3, strike, YEARS, 0.305, RATE)
        assert values.vega[place] == pytest.approx(more - less, rel=1e-3)
        tomorrow = black76(is_call, 101.3, strike, YEARS - 0.5 / 365, 0.31, RATE)
        yesterday = black76(is_call, 101.3, strike, YEARS + 0.5 / 365, 0.31, RATE)
        assert values.theta[place] == pytest.approx(tomorrow - yesterday, rel=1e-2, abs=1e-4)


def test_a_fresh_two_sided_future_is_the_forward() -> None:
    on_future = terms(future_bid=101.2, future_ask=101.4, future_age_seconds=30.0)
    found = value(chain(quoted(101.0), on_future)).expiries[0]
    assert (found.forward, found.forward_source) == (pytest.approx(101.3), ForwardSource.FUTURE)


@pytest.mark.parametrize(
    "future",
    [
        {"future_bid": 101.2, "future_ask": 101.4, "future_age_seconds": 3_600.0},
        {"future_bid": 101.2, "future_ask": NAN, "future_age_seconds": 1.0},
        {"future_bid": 101.5, "future_ask": 101.4, "future_age_seconds": 1.0},
    ],
    ids=["stale", "one-sided", "crossed"],
)
def test_an_unusable_future_leaves_the_forward_to_parity(future: dict[str, float]) -> None:
    found = value(chain(quoted(101.0), terms(**future))).expiries[0]
    assert found.forward_source is ForwardSource.PARITY
    assert found.forward == pytest.approx(101.0, abs=1e-6)


def test_the_venues_own_forward_goes_first() -> None:
    columns = chain(quoted(101.0), venue_underlying=101.07, venue_is_forward=True)
    found = value(columns).expiries[0]
    assert (found.forward, found.forward_source) == (101.07, ForwardSource.FUTURE)


def test_of_the_venues_forwards_the_newest_counts() -> None:
    columns = chain(quoted(101.0), venue_underlying=101.07, venue_is_forward=True)
    older = columns.ts_us.copy()
    older[:5] -= 60_000_000
    forwards = columns.venue_underlying.copy()
    forwards[:5] = 99.0
    found = value(replace(columns, ts_us=older, venue_underlying=forwards)).expiries[0]
    assert found.forward == 101.07


def test_without_pairs_spot_is_carried_at_the_assumed_rate() -> None:
    calls = [row for row in quoted(101.0) if row[1]]
    found = value(chain(calls, terms(on_spot=True, spot=100.0))).expiries[0]
    assert found.forward_source is ForwardSource.SPOT_CARRY
    assert found.forward == pytest.approx(100.0 * np.exp(RATE * YEARS))
    assert (found.rate, found.rate_source) == (RATE, RateSource.ASSUMED)


def test_with_nothing_to_go_by_there_is_no_forward_and_no_number() -> None:
    calls = [row for row in quoted(101.0) if row[1]]
    values = value(chain(calls))
    assert values.expiries[0].forward_source is None
    assert np.isnan(values.iv).all()
    assert set(statuses(values)) == {"no_solution"}


@pytest.mark.parametrize("spot", [0.0, -1.0, NAN])
def test_a_spot_that_is_no_price_is_no_spot(spot: float) -> None:
    values = value(chain(quoted(101.0), terms(on_spot=True, spot=spot)))
    assert np.isnan(values.expiries[0].spot)
    assert values.expiries[0].delta_kind is DeltaKind.FORWARD
    np.testing.assert_allclose(values.iv, 0.25, atol=1e-6)


def test_a_rate_is_not_read_from_a_few_days_or_a_few_pairs() -> None:
    short = value(chain(quoted(101.0, days=3.0), terms(days=3.0))).expiries[0]
    few = value(chain(quoted(101.0, strikes=(95.0, 100.0)))).expiries[0]
    assert (short.rate_source, few.rate_source) == (RateSource.ASSUMED, RateSource.ASSUMED)
    assert few.forward == pytest.approx(101.0, abs=1e-6)


def test_exercise_style_chooses_the_model() -> None:
    assert value(chain(quoted(101.0))).expiries[0].model is Model.BLACK76
    american = value(chain(quoted(101.0), terms(american=True))).expiries[0]
    assert american.model is Model.BJERKSUND_STENSLAND_2002
    assert american.rate_source is RateSource.ASSUMED


def test_an_american_option_on_a_future_is_worth_no_less_and_its_volatility_is_lower() -> None:
    on_future = terms(future_bid=100.9, future_ask=101.1, future_age_seconds=1.0, american=True)
    values = value(chain(quoted(101.0, vol=0.25), on_future))
    assert np.nanmax(values.iv) <= 0.25 + 1e-9
    at_the_money = np.flatnonzero(chain(quoted(101.0)).strike == 100.0)
    np.testing.assert_allclose(values.iv[at_the_money], 0.25, atol=2e-3)
    assert values.expiries[0].delta_kind is DeltaKind.FORWARD


def test_a_model_can_be_asked_for() -> None:
    values = value(chain(quoted(101.0), terms(american=True)), model=Model.BLACK76)
    np.testing.assert_allclose(values.iv, 0.25, atol=1e-6)


def test_bachelier_volatility_is_in_price_units() -> None:
    values = value(chain(quoted(101.0)), model=Model.BACHELIER)
    at_the_money = values.iv[8]
    assert at_the_money == pytest.approx(0.25 * 100.5, rel=0.01)


def test_black_scholes_with_implied_carry_gives_the_volatility_and_spot_delta_of_black76() -> None:
    columns = chain(quoted(101.0), terms(on_spot=True), venue_underlying=100.0)
    spot_model = value(columns, model=Model.BLACK_SCHOLES_MERTON)
    forward_model = value(columns)
    assert forward_model.expiries[0].delta_kind is DeltaKind.SPOT
    np.testing.assert_allclose(spot_model.iv, forward_model.iv, atol=1e-9)
    np.testing.assert_allclose(spot_model.delta, forward_model.delta, atol=1e-9)
    np.testing.assert_allclose(spot_model.gamma, forward_model.gamma, atol=1e-9)


def test_forward_delta_can_be_asked_for_on_an_index() -> None:
    columns = chain(quoted(101.0), terms(on_spot=True), venue_underlying=100.0)
    spot = value(columns)
    forward = value(columns, delta_kind=DeltaKind.FORWARD)
    np.testing.assert_allclose(spot.delta, forward.delta * spot.expiries[0].forward / 100.0, rtol=1e-12)


class TestInverseOptions:
    """Prices in coin, values in the quote currency."""

    forward = 64_000.0
    strikes = (56_000.0, 60_000.0, 64_000.0, 68_000.0, 72_000.0)

    def columns(self, **changes: object) -> ChainColumns:
        rows = quoted(
            self.forward, vol=0.5, rate=0.0, half_spread=10.0, strikes=self.strikes, unit=self.forward
        )
        return chain(rows, terms(inverse=True, **changes))

    def test_parity_in_coin_gives_the_forward(self) -> None:
        found = value(self.columns()).expiries[0]
        assert found.forward_source is ForwardSource.PARITY
        assert found.forward == pytest.approx(self.forward, rel=1e-9)
        assert (found.rate, found.rate_source) == (0.0, RateSource.CONVENTION)

    def test_price_is_given_in_coin_and_in_the_quote_currency(self) -> None:
        values = value(self.columns())
        np.testing.assert_allclose(values.mark_quote, values.mark * self.forward, rtol=1e-9)
        np.testing.assert_allclose(values.iv, 0.5, atol=1e-6)
        textbook = black76(True, self.forward, 56_000.0, YEARS, 0.5, 0.0)
        assert values.mark_quote[0] == pytest.approx(textbook, rel=1e-6)

    def test_premium_adjusted_delta_takes_the_coin_price_off(self) -> None:
        plain = value(self.columns())
        adjusted = value(self.columns(), delta_kind=DeltaKind.PREMIUM_ADJUSTED)
        assert plain.expiries[0].delta_kind is DeltaKind.FORWARD
        np.testing.assert_allclose(adjusted.delta, plain.delta - plain.mark, atol=1e-12)


class TestStatuses:
    """One option is changed among good ones."""

    def one(
        self, bid: float, ask: float, *, strike: float = 110.0, **changes: object
    ) -> tuple[str, ChainValues]:
        rows = [*quoted(101.0), (strike, True, bid, ask)]
        values = value(chain(rows, **changes))  # type: ignore[arg-type]
        return statuses(values)[-1], values

    def test_crossed_quotes_have_no_middle(self) -> None:
        status, values = self.one(1.2, 1.1)
        assert status == "crossed"
        assert np.isnan(values.mark[-1])
        assert np.isnan(values.iv[-1])

    def test_one_side_is_no_quote_but_its_volatility_is_known(self) -> None:
        status, values = self.one(NAN, 1.5)
        assert status == "no_quote"
        assert np.isfinite(values.iv_ask[-1])
        assert np.isnan(values.iv_bid[-1])
        assert np.isnan(values.iv[-1])

    def test_a_bid_of_zero_is_no_bid(self) -> None:
        status, _ = self.one(0.0, 0.05)
        assert status == "no_quote"

    def test_a_wide_quote_has_numbers_and_says_so(self) -> None:
        status, values = self.one(0.5, 2.0)
        assert status == "wide"
        assert np.isfinite(values.iv[-1])

    def test_three_ticks_are_not_wide(self) -> None:
        status, _ = self.one(0.05, 0.20, strike=140.0, tick=0.05)
        assert status == "ok"

    def test_a_price_below_intrinsic_has_no_volatility(self) -> None:
        status, values = self.one(20.0, 20.2, strike=80.0)
        assert status == "below_intrinsic"
        assert np.isnan(values.iv[-1])

    def test_a_price_above_the_forward_has_no_solution(self) -> None:
        status, _ = self.one(150.0, 151.0)
        assert status == "no_solution"

    def test_every_option_of_a_passed_expiry_is_expired_and_blank(self) -> None:
        values = value(chain(quoted(101.0), terms(days=-0.01)))
        assert set(statuses(values)) == {"expired"}
        for column in (values.iv, values.iv_bid, values.delta, values.gamma, values.theta):
            assert np.isnan(column).all()


def test_quote_age_is_milliseconds_to_the_instant_of_the_answer() -> None:
    values = value(chain(quoted(101.0), age=timedelta(seconds=12.5)))
    assert set(values.quote_age_ms.tolist()) == {12_500}


def test_the_mark_is_the_venues_then_the_middle_then_the_last_of_a_quoteless_venue() -> None:
    def source(values: ChainValues) -> set[str | None]:
        return {MARK_SOURCES[code] for code in values.mark_source}

    assert source(value(chain(quoted(101.0), mark=5.0, last=4.0))) == {"venue"}
    assert source(value(chain(quoted(101.0), last=4.0))) == {"mid"}
    quoteless = [(strike, is_call, NAN, NAN) for strike, is_call, _, _ in quoted(101.0)]
    assert source(value(chain(quoteless, last=4.0))) == {"last"}
    assert source(value(chain(quoteless))) == {None}


def test_a_last_trade_is_no_mark_where_the_venue_quotes() -> None:
    rows = [*quoted(101.0), (110.0, True, NAN, NAN)]
    values = value(chain(rows, last=1.0))
    assert np.isnan(values.mark[-1])


def test_two_expiries_are_valued_each_by_its_own_forward() -> None:
    near, far = quoted(100.0, days=30.0, half_spread=1e-4), quoted(104.0, days=180.0)
    one = chain([*near, *far])
    index = np.repeat([0, 1], [len(near), len(far)])
    both = replace(one, expiries=(terms(days=30.0), terms(days=180.0)), expiry_index=index)
    values = value(both)
    assert [round(expiry.forward, 5) for expiry in values.expiries] == [100.0, 104.0]
    np.testing.assert_allclose(values.iv, 0.25, atol=1e-6)


def test_american_and_european_expiries_share_one_answer() -> None:
    near, far = quoted(100.0, days=30.0), quoted(100.0, days=180.0)
    index = np.repeat([0, 1], [len(near), len(far)])
    mixed = replace(
        chain([*near, *far]),
        expiries=(terms(days=30.0, american=True), terms(days=180.0)),
        expiry_index=index,
    )
    values = value(mixed)
    np.testing.assert_allclose(values.iv[len(near) :], 0.25, atol=1e-6)
    at_the_money = mixed.strike[: len(near)] == 100.0
    np.testing.assert_allclose(values.iv[: len(near)][at_the_money], 0.25, atol=1e-3)


def test_the_mark_alone_gives_the_same_numbers_without_bid_and_ask() -> None:
    everything, mark = value(chain(quoted(101.0))), value(chain(quoted(101.0)), mark_only=True)
    np.testing.assert_array_equal(mark.iv, everything.iv)
    np.testing.assert_array_equal(mark.delta, everything.delta)
    assert np.isnan(mark.iv_bid).all()
    assert np.isnan(mark.iv_ask).all()
