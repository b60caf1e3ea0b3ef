"""Each practised fault through the real intake: what is kept, what is refused, how it is seen and heals."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tests.fixtures.intake import WatchedIntake
from tradesense.base.clock import FixedClock
from tradesense.feeds.simulated import SOURCE, SimulatedMarket
from tradesense.feeds.simulated.faults import Fault
from tradesense.feeds.simulated.listing import Exchange
from tradesense.feeds.simulated.live import SimulatedTicks
from tradesense.feeds.simulated.profiles import PROFILES
from tradesense.instruments import load_specs
from tradesense.market import FeedStatus
from tradesense.market.live.feed_states import FeedKind, FeedStates, FeedTerms

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
STALE_AFTER = 6.0


class Line:
    """A simulated market of crude and bitcoin handing in to the real intake, a tick a call."""

    def __init__(self, market: SimulatedMarket) -> None:
        self.clock = FixedClock(NOON)
        self.intake = WatchedIntake(self.clock)
        self.states = FeedStates(self.clock, lambda: self.clock.now().timestamp())
        self.states.declare(
            FeedTerms(SOURCE, "Simulated market", FeedKind.SIMULATED, STALE_AFTER, switchable=True),
            enabled=True,
        )
        self.intake.follow(self.states)
        self.ticks = SimulatedTicks(market, self.intake, self.clock)

    async def tick(self, times: int = 1) -> None:
        for _ in range(times):
            self.clock.move_to(self.clock.now() + timedelta(seconds=1))
            await self.ticks.tick()

    async def fail(self, fault: Fault | None, times: int) -> None:
        self.ticks.faults.fault = fault
        await self.tick(times)

    @property
    def now_us(self) -> int:
        return int(self.clock.now().timestamp() * 1_000_000)

    @property
    def seen(self) -> dict[str, Any]:
        [item] = self.states.document()["items"]
        return item

    def crude(self) -> dict[str, dict[str, Any]]:
        return self.intake.newest(SOURCE, "CL")


@pytest.fixture(scope="module")
def market() -> SimulatedMarket:
    specs = load_specs()
    chosen = tuple(profile for profile in PROFILES if profile.root in ("CL", "BTC"))
    return SimulatedMarket(specs, seed=7, exchange=Exchange(specs, chosen))


@pytest.fixture
def line(market: SimulatedMarket) -> Line:
    return Line(market)


async def test_every_tick_is_one_batch_of_everything_that_is_listed(line: Line) -> None:
    await line.tick(3)

    assert len(line.intake.batches) == 3
    assert len({id(batch.symbols) for batch in line.intake.batches}) == 1, "its place is looked up once"
    assert line.intake.listings == 1
    assert {quote["ts_us"] for quote in line.crude().values()} == {line.now_us}
    assert line.seen["rejected"] == {}
    assert (line.seen["state"], line.seen["reason"]) == ("live", None)
    assert line.seen["instruments"] == len(line.intake.batches[0].symbols)


async def test_futures_and_options_are_quoted_as_the_market_says(line: Line, market: SimulatedMarket) -> None:
    await line.tick()

    state = market.state_at(line.clock.now())
    book, chain = state.futures["CL"], state.options["CL"][0]
    quoted = line.crude()
    assert [quoted[each.symbol]["bid"] for each in book.instruments] == book.bid.tolist()
    assert [quoted[each.symbol]["ask"] for each in chain.instruments] == chain.ask.tolist()
    assert quoted[chain.instruments[0].symbol]["underlying_price"] == chain.forward


async def test_midnight_takes_away_what_expired_and_lists_what_is_new(line: Line) -> None:
    """The November crude future ended on the 20th at 19:30 UTC; midnight lists new expiries."""
    await line.tick()
    before = set(line.intake.batches[-1].symbols)
    line.clock.move_to(datetime(2026, 11, 21, 0, 0, 0, tzinfo=UTC))
    await line.tick()

    after = set(line.intake.batches[-1].symbols)
    assert set(line.intake.withdrawn) == before - after != set()
    assert after - before, "something new is listed"
    assert set(line.crude()).isdisjoint(line.intake.withdrawn)
    assert line.seen["instruments"] == len(after)
    assert line.seen["rejected"] == {}


async def test_pulling_the_plug_is_seen_as_stale_and_heals_by_itself(line: Line) -> None:
    await line.tick(2)
    last = line.seen["last_tick_ts"]

    await line.fail(Fault.STALE, times=6)
    assert line.states.state_of(SOURCE) is FeedStatus.LIVE
    await line.tick()
    assert line.states.state_of(SOURCE) is FeedStatus.STALE
    assert (line.seen["last_tick_ts"], line.seen["quotes_per_second"] > 0) == (last, True)
    assert line.seen["reason"] is not None

    await line.fail(None, times=1)
    assert line.states.state_of(SOURCE) is FeedStatus.LIVE
    assert (line.seen["reason"], line.seen["last_tick_ts"]) == (None, line.clock.now())


async def test_a_cut_line_is_told_at_once_and_why_and_heals_by_itself(line: Line) -> None:
    await line.tick()
    await line.fail(Fault.DISCONNECT, times=1)

    assert line.states.state_of(SOURCE) is FeedStatus.STALE
    assert "cut" in line.seen["reason"]
    assert len(line.intake.batches) == 1

    await line.fail(None, times=1)
    assert line.states.state_of(SOURCE) is FeedStatus.LIVE
    assert len(line.intake.batches) == 2


async def test_a_gap_leaves_a_stretch_out_and_goes_on(line: Line) -> None:
    await line.fail(Fault.GAP, times=20)

    times = [int(batch.ts_us[0]) // 1_000_000 for batch in line.intake.batches]
    steps = np.diff(times).tolist()
    assert max(steps) > 1, "some ticks are missing"
    assert set(steps) == {1, max(steps)}, "in stretches"
    assert line.seen["rejected"] == {}


async def test_a_tick_said_twice_counts_once(line: Line) -> None:
    await line.tick()
    once = line.seen
    await line.fail(Fault.DUPLICATE, times=1)

    assert len(line.intake.batches) == 3
    quotes = len(line.intake.batches[0].symbols)
    assert once["quotes_per_second"] == pytest.approx(quotes / 10, abs=0.05)
    assert line.seen["quotes_per_second"] == pytest.approx(2 * quotes / 10, abs=0.05)


async def test_old_ticks_in_any_order_change_nothing_that_is_newer(
    line: Line, market: SimulatedMarket
) -> None:
    healthy = Line(market)
    await healthy.tick(4)
    await line.fail(Fault.OUT_OF_ORDER, times=4)

    assert len(line.intake.batches) > 4
    order = [int(batch.ts_us[0]) for batch in line.intake.batches]
    assert order != sorted(order)
    np.testing.assert_equal(line.crude(), healthy.crude())


async def test_crossed_quotes_arrive_crossed_and_are_not_refused(line: Line) -> None:
    await line.fail(Fault.CROSSED, times=1)

    crossed = [each for each in line.crude().values() if each["bid"] > each["ask"]]
    assert 0 < len(crossed) < len(line.crude()) / 2
    assert line.seen["rejected"] == {}

    await line.fail(None, times=1)
    assert not [each for each in line.crude().values() if each["bid"] > each["ask"]]


async def test_garbage_is_refused_by_reason_and_never_shown(line: Line, market: SimulatedMarket) -> None:
    await line.tick()
    known = set(line.intake.batches[0].symbols)
    await line.fail(Fault.GARBAGE, times=3)

    refused = line.seen["rejected"]
    assert {"not listed", "a time in the future", "a number that is none"} <= set(refused)
    assert all(count > 0 for count in refused.values())
    assert line.states.state_of(SOURCE) is FeedStatus.LIVE
    for symbol, quote in {**line.crude(), **line.intake.newest(SOURCE, "BTC")}.items():
        assert symbol in known
        assert quote["ts_us"] <= line.now_us
        assert not any(np.isinf(value) for value in quote.values())
        assert not quote["bid_size"] < 0

    healthy = Line(market)
    await healthy.tick(5)
    await line.fail(None, times=1)
    np.testing.assert_equal(line.crude(), healthy.crude(), "one good tick and all is well again")


async def test_the_same_seed_makes_the_same_trouble(market: SimulatedMarket) -> None:
    lines = Line(market), Line(market)
    for line in lines:
        await line.tick()
        for fault in (Fault.CROSSED, Fault.GARBAGE, Fault.OUT_OF_ORDER):
            await line.fail(fault, times=2)

    one, other = (line.intake.rows() for line in lines)
    assert one == other
    np.testing.assert_equal(lines[0].crude(), lines[1].crude())
    assert lines[0].seen == lines[1].seen


async def test_the_loop_ticks_on_whole_seconds(market: SimulatedMarket) -> None:
    line, pauses = Line(market), []

    class Enough(Exception):
        """Ends the endless loop from its own sleep."""

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        line.clock.move_to(line.clock.now() + timedelta(seconds=seconds))
        if len(pauses) == 3:
            raise Enough
        await asyncio.sleep(0)

    line.clock.move_to(NOON + timedelta(milliseconds=250))
    with pytest.raises(Enough):
        await SimulatedTicks(market, line.intake, line.clock, sleep=sleep).run()

    assert pauses == pytest.approx([0.75, 1.0, 1.0])
    assert len(line.intake.batches) == 3
