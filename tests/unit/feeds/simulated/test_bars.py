"""Bars of the simulated market: they fit together and fit the quotes."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from tradesense.feeds.simulated import SOURCE, SimulatedMarket
from tradesense.feeds.simulated.bars import MINUTES_A_DAY, Bars, day_bars, minute_bars, paths_of
from tradesense.feeds.simulated.listing import day_number
from tradesense.feeds.simulated.profiles import PROFILES, Profile
from tradesense.feeds.simulated.rows import (
    bar_rows,
    option_rows,
    quote_rows,
    settlement_rows,
)
from tradesense.instruments import Kind
from tradesense.market import BarInterval, instrument_rows

DAY = day_number(datetime(2026, 11, 19, tzinfo=UTC).date())
CRUDE = next(profile for profile in PROFILES if profile.root == "CL")


def bars_of(market: SimulatedMarket, profile: Profile, day: int) -> tuple[Bars, Bars]:
    paths = paths_of(market, profile, day * MINUTES_A_DAY, MINUTES_A_DAY)
    minutes = minute_bars(market, profile, paths, day * MINUTES_A_DAY, MINUTES_A_DAY)
    return minutes, day_bars(market, profile, paths, day)


def test_a_day_is_made_of_its_minutes(market: SimulatedMarket) -> None:
    for profile in PROFILES:
        minutes, day = bars_of(market, profile, DAY)
        for i in range(len(day.instruments)):
            alive = minutes.alive[:, i]
            assert day.open[0, i] == minutes.open[0, i]
            assert day.high[0, i] == minutes.high[alive, i].max()
            assert day.low[0, i] == minutes.low[alive, i].min()
            assert day.close[0, i] == minutes.close[alive, i][-1]
            assert day.volume[0, i] == minutes.volume[alive, i].sum()


def test_a_minute_opens_where_the_last_one_closed_and_reaches_beyond_both(market: SimulatedMarket) -> None:
    minutes, _ = bars_of(market, CRUDE, DAY)

    assert np.array_equal(minutes.open[1:], minutes.close[:-1])
    assert (minutes.high >= np.maximum(minutes.open, minutes.close)).all()
    assert (minutes.low <= np.minimum(minutes.open, minutes.close)).all()


def test_a_day_opens_where_the_day_before_closed(market: SimulatedMarket) -> None:
    _, before = bars_of(market, CRUDE, DAY - 1)
    _, day = bars_of(market, CRUDE, DAY)
    closes = {each.symbol: close for each, close in zip(before.instruments, before.close[0], strict=True)}

    for each, opened in zip(day.instruments, day.open[0], strict=True):
        assert closes.get(each.symbol, opened) == opened


def test_a_bar_closes_at_the_price_quoted_then(market: SimulatedMarket) -> None:
    minutes, _ = bars_of(market, CRUDE, DAY)
    for minute in (1, 700, 1_439):
        state = market.state_at_us((DAY * MINUTES_A_DAY + minute) * 60_000_000, options=False)
        quoted = state.futures["CL"]
        names = [each.symbol for each in minutes.instruments]
        for each, last in zip(quoted.instruments, quoted.last, strict=True):
            assert last == minutes.close[minute - 1, names.index(each.symbol)]


def test_a_contract_has_no_bar_after_its_end(market: SimulatedMarket) -> None:
    front = market.exchange.contracts_on(CRUDE, DAY)[0]
    last_day = front.expires_us // (MINUTES_A_DAY * 60_000_000)
    minutes, day = bars_of(market, CRUDE, last_day)
    ended = minutes.starts_us >= front.expires_us

    assert ended.any()
    assert not minutes.alive[ended, 0].any()
    assert minutes.alive[~ended, 0].all()
    assert day.open_interest[0] == 0.0


def test_every_row_is_labelled_simulated(market: SimulatedMarket) -> None:
    minutes, day = bars_of(market, CRUDE, DAY)
    _, before = bars_of(market, CRUDE, DAY - 1)
    state = market.state_at(datetime(2026, 11, 19, 9, tzinfo=UTC))
    tables = [
        quote_rows(state),
        option_rows(state),
        bar_rows([minutes], BarInterval.MINUTE),
        bar_rows([day], BarInterval.DAY),
        settlement_rows([before, day]),
        instrument_rows(state.futures["BTC"].instruments),
        instrument_rows(state.options["ES"][0].instruments),
    ]

    for table in tables:
        assert table.num_rows > 0
        assert set(table["source"].to_pylist()) == {SOURCE} == {"simulated"}


def test_settlements_are_of_futures_and_carry_the_change_of_open_interest(market: SimulatedMarket) -> None:
    bitcoin = next(profile for profile in PROFILES if profile.root == "BTC")
    (_, before), (_, day) = bars_of(market, bitcoin, DAY - 1), bars_of(market, bitcoin, DAY)
    rows = settlement_rows([before, day]).to_pylist()

    assert len(rows) == sum(each.kind is Kind.FUTURE for each in day.instruments)
    held = {each.symbol: count for each, count in zip(before.instruments, before.open_interest, strict=True)}
    for row in rows:
        assert row["open_interest_change"] == row["open_interest"] - held.get(row["symbol"], 0.0)


def test_a_missing_number_is_null_in_a_row_never_nan(market: SimulatedMarket) -> None:
    state = market.state_at(datetime(2026, 11, 19, 9, tzinfo=UTC))

    index = next(row for row in quote_rows(state).to_pylist() if row["symbol"] == "BTC")
    assert index["bid"] is None
    assert index["last"] > 0.0
    far = [row for row in option_rows(state).to_pylist() if row["bid"] is None]
    assert far
    assert all(row["bid_size"] is None for row in far)
