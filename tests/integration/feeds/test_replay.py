"""A recorded day played once more: whole instants in order, at the pace asked for, as if it happened now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tests.fixtures.intake import WatchedIntake
from tests.fixtures.market import bar, naive, quote, rows_of
from tradesense.base.clock import FixedClock
from tradesense.feeds.replay import SOURCE, ReplayFeed, ReplayWish, play_as_it_was
from tradesense.feeds.replay.steps import steps
from tradesense.instruments import load_specs
from tradesense.market import Reader, Recorded, Recorder, Table, instrument_rows

SPECS = load_specs()
DAY = date(2024, 1, 2)
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
FUTURES = [SPECS.future("ES", 2024, month, source="lean", source_symbol=f"ES{month}") for month in (3, 6)]
OPTION = SPECS.option("ES", date(2024, 3, 15), 4700.0, "C", source="lean", source_symbol="call")
INDEX = SPECS.index("SPX", source="lean", source_symbol="SPX")
GOLD = SPECS.future("GC", 2024, 2, source="lean", source_symbol="GC2")
START = datetime(2024, 1, 2, 15, tzinfo=UTC)


@pytest.fixture
def recorded_day(market_store) -> Any:
    """Quotes of three futures each 10 s for 2 minutes, an option's each minute, minutes of an index."""
    quotes = [
        quote(each.symbol, second, bid=4700.0 + second + at, ask=4700.5 + second + at)
        for second in range(0, 120, 10)
        for at, each in enumerate((*FUTURES, GOLD))
    ]
    quotes.append(quote(FUTURES[0].symbol, 10, seq=1, bid=4711.0))
    quotes.append(quote(FUTURES[0].symbol, 8 * 3600, bid=1.0))
    option = {
        "source": "lean",
        "root": "ES",
        "expiry": OPTION.expiry,
        "symbol": OPTION.symbol,
        "strike": 4700.0,
        "right": "C",
        "seq": 0,
        "underlying_price": 4700.25,
    }
    snapshots = [
        {**option, "ts": naive(START + timedelta(minutes=minute)), "bid": 80.0 + minute} for minute in (0, 1)
    ]
    minutes = [bar("SPX", "1m", START + timedelta(minutes=at), 4690.0 + at) for at in (-1, 0)]
    # A minute of what was quoted as well says nothing new.
    minutes.append(bar(FUTURES[0].symbol, "1m", START, 1.0))
    recorder = Recorder(market_store)
    recorder.append(Table.INSTRUMENTS, instrument_rows([*FUTURES, OPTION, INDEX, GOLD]))
    recorder.append(Table.QUOTES, rows_of(Table.QUOTES, quotes))
    recorder.append(Table.OPTION_SNAPSHOTS, rows_of(Table.OPTION_SNAPSHOTS, snapshots))
    recorder.append(Table.BARS, rows_of(Table.BARS, minutes))
    return market_store


@pytest.fixture
def reader(recorded_day) -> Reader:
    return Reader(recorded_day, FixedClock(NOW))


class PassingClock(FixedClock):
    """Time passes only while somebody sleeps."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.move_to(self.now() + timedelta(seconds=seconds))


@pytest.mark.parametrize("most_rows", [1, 2, 3, 7, 1_000])
async def test_an_instant_is_told_whole_wherever_the_parts_read_end(reader, most_rows):
    day = Recorded.of_day("lean", DAY, ["ES", "SPX"])
    found = [step async for step in steps(reader, day, most_rows=most_rows)]
    times = [step.ts_us.tolist() for step in found]
    assert all(len(set(each)) == 1 for each in times)
    assert [each[0] for each in times] == sorted({each[0] for each in times})
    assert sum(map(len, times)) == 12 * 2 + 2 + 2 + 2
    assert sorted(found[0].symbols) == sorted(["ES-2024-03", "ES-2024-06", OPTION.symbol, "SPX"])


async def test_a_step_holds_all_of_its_span(reader):
    day = Recorded.of_day("lean", DAY, ["GC"])
    found = [step async for step in steps(reader, day, longest_us=30_000_000, most_rows=5)]
    assert [step.ts_us.size for step in found] == [4, 4, 4]


async def test_as_it_was_the_clock_goes_with_what_is_told(reader):
    clock = FixedClock(NOW)
    intake = WatchedIntake(clock)
    instants = []
    async for at in play_as_it_was(reader, intake, Recorded.of_day("lean", DAY, ["ES"]), clock):
        assert clock.now() == at
        instants.append(at)
        if at == START + timedelta(minutes=1):
            found = intake.newest("lean", "ES")
            assert found["ES-2024-03"]["bid"] == 4760.0
            assert found[OPTION.symbol]["underlying_price"] == 4700.25
    assert instants[0] == START
    assert instants == sorted(set(instants))
    assert intake.refused == {}
    assert intake.newest("lean", "GC") == {}


async def test_a_minutes_close_is_the_last_price_at_its_end(reader):
    clock = FixedClock(NOW)
    intake = WatchedIntake(clock)
    day = Recorded.of_day("lean", DAY, ["SPX"])
    told = [
        (at, intake.newest("lean", "SPX")["SPX"]["last"])
        async for at in play_as_it_was(reader, intake, day, clock)
    ]
    assert told == [(START, 4689.0), (START + timedelta(minutes=1), 4690.0)]


async def test_played_as_if_now_times_and_terms_move_and_prices_do_not(reader):
    clock = PassingClock(NOW)
    intake = WatchedIntake(clock)
    wish = ReplayWish("lean", DAY, 100.0, ("ES",))
    await ReplayFeed(reader, intake, clock, wish, sleep=clock.sleep).run()
    first, *_, last = intake.rows()
    assert datetime.fromtimestamp(first[1] / 1e6, UTC) == NOW
    # Eight hours at a hundred times the pace.
    assert datetime.fromtimestamp(last[1] / 1e6, UTC) == NOW + timedelta(hours=8) / 100
    assert clock.now() == NOW + timedelta(hours=8) / 100
    assert max(clock.slept) <= 1.0
    assert {batch.source for batch in intake.batches} == {SOURCE}
    assert intake.refused == {}
    quotes = intake.newest(SOURCE, "ES")
    assert quotes["ES-2024-03"]["bid"] == 1.0
    assert quotes[OPTION.symbol]["bid"] == 81.0
    moved = intake.book.find(SOURCE, OPTION.symbol)
    assert moved is not None
    assert OPTION.expires_at is not None
    assert moved.expires_at == NOW + (OPTION.expires_at - START)
    assert moved.expiry == moved.expires_at.date()
    assert intake.losses == [(SOURCE, "the recording has been played to its end")]


async def test_while_nothing_was_quoted_the_feed_lives(reader):
    clock = PassingClock(NOW)
    intake = WatchedIntake(clock)
    await ReplayFeed(reader, intake, clock, ReplayWish("lean", DAY, 100.0, ("ES",)), sleep=clock.sleep).run()
    assert len(intake.signs_of_life) >= timedelta(hours=7).total_seconds() / 100


async def test_everything_is_told_at_any_speed_and_never_ahead_of_its_time(reader):
    for speed in (1.0, 7.0, 1000.0):
        clock = PassingClock(NOW)
        intake = WatchedIntake(clock)
        wish = ReplayWish("lean", DAY, speed)
        await ReplayFeed(reader, intake, clock, wish, sleep=clock.sleep).run()
        assert len(intake.rows()) == 12 * 3 + 2 + 2 + 2
        assert intake.refused == {}
        assert bool(np.all(np.diff([row[1] for row in intake.rows()]) >= 0))


async def test_a_feed_that_could_not_read_goes_on_where_it_was(reader, recorded_day, monkeypatch):
    clock = PassingClock(NOW)
    intake = WatchedIntake(clock)
    feed = ReplayFeed(reader, intake, clock, ReplayWish("lean", DAY, 1.0, ("GC",)), sleep=clock.sleep)

    async def stop_after(seconds: float) -> None:
        await clock.sleep(seconds)
        if len(intake.rows()) >= 5:
            raise OSError("cut off")

    monkeypatch.setattr(feed, "_sleep", stop_after)
    with pytest.raises(OSError, match="cut off"):
        await feed.run()
    monkeypatch.setattr(feed, "_sleep", clock.sleep)
    await feed.run()
    assert len(intake.rows()) == len(set(intake.rows())) == 12
    assert intake.listings == 1


async def test_a_day_without_anything_is_said_to_be(reader):
    clock = PassingClock(NOW)
    intake = WatchedIntake(clock)
    await ReplayFeed(reader, intake, clock, ReplayWish("lean", date(1999, 1, 1)), sleep=clock.sleep).run()
    assert intake.losses == [(SOURCE, "nothing is recorded of that day")]
