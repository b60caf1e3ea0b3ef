"""The simulated market at an instant: the same for the same seed, and no nonsense in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tradesense.feeds.simulated import MarketState, SimulatedMarket
from tradesense.feeds.simulated.chains import RATE, ChainQuotes
from tradesense.feeds.simulated.listing import us_instant
from tradesense.feeds.simulated.surface import at_the_money_variance
from tradesense.instruments import Kind, load_specs

NOON = datetime(2026, 11, 20, 12, 34, 56, tzinfo=UTC)
INSTANTS = st.integers(1_709_251_200, 1_924_905_600).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
few = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def numbers_of(state: MarketState) -> list[np.ndarray]:
    books = [
        getattr(book, name)
        for book in state.futures.values()
        for name in ("bid", "ask", "bid_size", "ask_size", "last", "mark", "volume", "open_interest")
    ]
    chains = [
        getattr(chain, name)
        for series in state.options.values()
        for chain in series
        for name in ("bid", "ask", "bid_size", "ask_size", "last", "mark", "volume", "open_interest", "iv")
    ]
    return books + chains


def assert_same(one: MarketState, other: MarketState) -> None:
    assert [len(book.instruments) for book in one.futures.values()] == [
        len(book.instruments) for book in other.futures.values()
    ]
    for left, right in zip(numbers_of(one), numbers_of(other), strict=True):
        assert np.array_equal(left, right, equal_nan=True)


def chains_of(state: MarketState) -> list[ChainQuotes]:
    return [chain for series in state.options.values() for chain in series]


def years_left(chain: ChainQuotes, state: MarketState) -> float:
    return (chain.series.expires_us - state.at_us) / (365 * 86_400e6)


def test_the_same_seed_and_instant_give_the_same_numbers_in_any_order() -> None:
    later = NOON + timedelta(days=3, seconds=7)
    one, other = SimulatedMarket(load_specs(), seed=5), SimulatedMarket(load_specs(), seed=5)
    first_one, then_one = one.state_at(NOON), one.state_at(later)
    first_other, then_other = other.state_at(later), other.state_at(NOON)

    assert_same(first_one, then_other)
    assert_same(then_one, first_other)


def test_another_seed_is_another_market(market: SimulatedMarket) -> None:
    other = SimulatedMarket(load_specs(), seed=2)

    assert not np.array_equal(
        market.state_at(NOON).futures["CL"].mark, other.state_at(NOON).futures["CL"].mark
    )


def test_futures_are_the_same_with_and_without_options(market: SimulatedMarket) -> None:
    with_options, without = market.state_at(NOON), market.state_at(NOON, options=False)

    assert without.options == {}
    assert np.array_equal(with_options.futures["ES"].bid, without.futures["ES"].bid)


def test_prices_move_from_beat_to_beat(market: SimulatedMarket) -> None:
    marks = [
        market.state_at(NOON + timedelta(seconds=2 * i), options=False).futures["BTC"].mark for i in range(5)
    ]

    assert len({tuple(each) for each in marks}) == 5


def test_energy_index_metal_rates_and_crypto_are_there_with_chains(market: SimulatedMarket) -> None:
    state = market.state_at(NOON)

    assert {"CL", "NG", "ES", "GC", "ZN", "SR3", "BTC"} == set(state.futures)
    assert {"CL", "NG", "ES", "GC", "ZN", "BTC"} == set(state.options)
    assert {each.kind for each in state.futures["BTC"].instruments} == {
        Kind.FUTURE,
        Kind.INDEX,
        Kind.PERPETUAL,
    }
    assert all(
        each.inverse and each.expires_at.hour == 8
        for each in state.options["BTC"][0].instruments
        if each.expires_at
    )


@few
@given(at=INSTANTS)
def test_futures_quotes_are_uncrossed_and_on_the_tick_grid(market: SimulatedMarket, at: datetime) -> None:
    for root, book in market.state_at(at, options=False).futures.items():
        ticks = np.array([each.tick or 0.01 for each in book.instruments])
        quoted = np.array([each.kind is not Kind.INDEX for each in book.instruments])
        assert (book.bid < book.ask)[quoted].all(), root
        assert ((book.bid <= book.last) & (book.last <= book.ask))[quoted].all(), root
        for prices in (book.bid[quoted], book.ask[quoted], book.last[quoted]):
            assert np.allclose(prices / ticks[quoted], np.round(prices / ticks[quoted]), atol=1e-6), root
        assert (book.mark > 0.0)[quoted].all(), root


@few
@given(at=INSTANTS)
def test_option_quotes_are_uncrossed_on_the_grid_and_ordered_by_strike(
    market: SimulatedMarket, at: datetime
) -> None:
    for chain in chains_of(market.state_at(at)):
        tick = chain.instruments[0].tick or 0.01
        assert not (chain.bid >= chain.ask).any()
        for prices in (chain.bid[np.isfinite(chain.bid)], chain.ask):
            assert np.allclose(prices / tick, np.round(prices / tick), atol=1e-6)
        for is_call, direction in ((1.0, -1.0), (0.0, 1.0)):
            side = chain.is_call == is_call
            assert (np.diff(chain.strikes[side]) > 0.0).all()
            assert (direction * np.diff(chain.ask[side]) >= -1e-9).all()
            assert (direction * np.diff(np.nan_to_num(chain.bid[side])) >= -1e-9).all()


@few
@given(at=INSTANTS)
def test_put_call_parity_holds_inside_the_spread_of_every_pair(market: SimulatedMarket, at: datetime) -> None:
    state = market.state_at(at)
    for chain in chains_of(state):
        call, put = chain.is_call == 1.0, chain.is_call == 0.0
        strike, forward = chain.strikes[call], chain.forward
        bid_gap = np.nan_to_num(chain.bid[call]) - chain.ask[put]
        ask_gap = chain.ask[call] - np.nan_to_num(chain.bid[put])
        discount = np.exp(-RATE * years_left(chain, state))
        if chain.instruments[0].inverse:
            low = high = 1.0 - strike / forward
        elif chain.instruments[0].exercise == "european":
            low = high = discount * (forward - strike)
        else:
            low, high = discount * forward - strike, forward - discount * strike
        assert (bid_gap <= high + 1e-9).all(), chain.series
        assert (ask_gap >= low - 1e-9).all(), chain.series


@few
@given(at=INSTANTS)
def test_variance_grows_with_time_on_one_underlying(market: SimulatedMarket, at: datetime) -> None:
    state = market.state_at(at)
    for profile in market.exchange.profiles:
        chains = state.options.get(profile.root, ())
        for near, far in pairwise(chains):
            if near.series.underlying == far.series.underlying and profile.chain is not None:
                left = np.array([years_left(near, state), years_left(far, state)])
                ends = np.full(2, (near.series.future_expires_us - state.at_us) / (365 * 86_400e6))
                for mood in (-0.7, 0.0, 0.7):
                    variance = at_the_money_variance(profile, profile.chain, left, ends, mood)
                    assert variance[0] < variance[1]


def test_volatility_smiles_are_those_of_their_markets(market: SimulatedMarket) -> None:
    state = market.state_at(NOON)

    def skew(root: str) -> float:
        chain = state.options[root][3]
        low, high = (np.argmin(np.abs(np.log(chain.strikes / chain.forward) - x)) for x in (-0.06, 0.06))
        return float(chain.iv[low] - chain.iv[high])

    assert skew("ES") > 0.04, "an index pays for puts"
    assert skew("NG") < -0.005, "gas pays for calls"
    assert abs(skew("BTC")) < 0.02, "a coin's smile is about symmetric"


def test_the_gas_curve_has_seasons_and_the_gold_curve_carries(market: SimulatedMarket) -> None:
    state = market.state_at(NOON, options=False)
    gas = {
        each.symbol: price
        for each, price in zip(state.futures["NG"].instruments, state.futures["NG"].mark, strict=True)
    }

    assert gas["NG-2028-01"] > gas["NG-2027-07"] < gas["NG-2027-12"]
    assert (np.diff(state.futures["GC"].mark) > 0.0).all()


def test_the_front_contract_changes_at_its_expiry_without_a_restart(market: SimulatedMarket) -> None:
    front = market.state_at(NOON, options=False).futures["CL"].instruments[0]
    assert front.expires_at is not None
    before = market.state_at(front.expires_at - timedelta(seconds=1), options=False).futures["CL"]
    after = market.state_at(front.expires_at, options=False).futures["CL"]
    next_day = market.state_at(front.expires_at + timedelta(days=1), options=False).futures["CL"]

    assert before.instruments[0] == front
    assert after.instruments[0] == before.instruments[1]
    assert next_day.instruments[0] == before.instruments[1]
    assert len(next_day.instruments) == len(before.instruments), "a new month is listed at the far end"


def test_an_option_series_is_gone_from_the_instant_it_expires(market: SimulatedMarket) -> None:
    series = market.state_at(NOON).options["BTC"][0].series
    expiry = us_instant(series.expires_us)

    assert market.state_at(expiry - timedelta(seconds=2)).options["BTC"][0].series == series
    assert market.state_at(expiry).options["BTC"][0].series != series


def test_a_strike_once_listed_stays_until_expiry(market: SimulatedMarket) -> None:
    series = market.state_at(NOON).options["NG"][1].series
    listed: set[str] = set()
    for day in range(
        0, (series.expires_us // 86_400_000_000) - market.state_at(NOON).at_us // 86_400_000_000, 3
    ):
        chains = market.state_at(NOON + timedelta(days=day)).options["NG"]
        symbols = {each.symbol for chain in chains if chain.series == series for each in chain.instruments}
        assert listed <= symbols
        listed = symbols


def test_open_interest_moves_from_the_front_contract_to_the_next_around_the_roll(
    market: SimulatedMarket,
) -> None:
    front = market.state_at(NOON, options=False).futures["ES"].instruments[0]
    assert front.expires_at is not None

    def interest(days_before: int) -> np.ndarray:
        assert front.expires_at is not None
        at = front.expires_at - timedelta(days=days_before)
        return market.state_at(at, options=False).futures["ES"].open_interest

    assert interest(30)[0] > 5 * interest(30)[1]
    assert interest(1)[0] < 0.5 * interest(1)[1]
    assert 0.7 < interest(1).sum() / interest(30).sum() < 1.4


def test_option_open_interest_is_highest_at_round_strikes(market: SimulatedMarket) -> None:
    chain = market.state_at(NOON).options["CL"][1]
    round_strike = np.mod(chain.strikes, 5.0) == 0.0

    assert chain.open_interest[round_strike].mean() > 1.8 * chain.open_interest[~round_strike].mean()


@pytest.mark.parametrize("root", ["ES", "CL", "BTC"])
def test_volume_only_grows_within_a_day(market: SimulatedMarket, root: str) -> None:
    start = NOON.replace(hour=0, minute=0, second=0)
    volumes = [
        market.state_at(start + timedelta(hours=h), options=False).futures[root].volume for h in range(1, 8)
    ]

    assert (np.diff(np.array(volumes), axis=0)[:, :-2] >= 0.0).all()
    assert volumes[0][0] > 0.0
