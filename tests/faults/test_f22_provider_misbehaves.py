"""F22: a provider that drops, stalls, refuses or says something else: said in words, `stale`, healed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson
import pytest

from tests.fixtures.deribit_messages import CALL, LISTING, NOW, NOW_MS, no_pause, ticker
from tests.fixtures.fake_deribit import TOO_MANY_REQUESTS, FakeDeribit, fake_deribit
from tests.fixtures.fault_proxy import Fault, FaultProxy, fault_proxy
from tests.fixtures.intake import WatchedIntake
from tradesense.base.clock import FixedClock
from tradesense.feeds.deribit import DeribitFeed, client, session
from tradesense.feeds.files.format import Context
from tradesense.feeds.files.namer import Namer
from tradesense.infra.live_memory import MemoryBus, MemoryCache
from tradesense.instruments import load_specs
from tradesense.market.live.feed_states import FeedKind, FeedStates, FeedTerms
from tradesense.market.live.options_view import OptionsView
from tradesense.market.live.pipeline import Pipeline
from tradesense.market.live.quotes import FeedStatus

CHAIN = "chain:BTC:2026-03-27@deribit"


@dataclass
class Desk:
    """The feed behind a way that can be spoilt, and all that follows from what it hands in."""

    venue: FakeDeribit
    proxy: FaultProxy
    intake: WatchedIntake
    states: FeedStates
    pipeline: Pipeline
    cache: MemoryCache
    pushed: int = 0

    async def quote(self) -> None:
        """Let the venue push a ticker nobody had yet, and wait until it came through."""
        self.pushed += 1
        ts_us = NOW_MS * 1000 + self.pushed * 1000
        channel = f"ticker.{CALL}.agg2"
        async with asyncio.timeout(20):
            while True:
                await self.venue.until(lambda: channel in self.venue.subscribed)
                await self.venue.push(channel, ticker(seconds=self.pushed / 1000))
                # Pushed into a conversation that was just ending, it is pushed again into the next.
                with suppress(TimeoutError):
                    await self.intake.until(lambda: any(row[1] == ts_us for row in self.intake.rows()), 0.5)
                    return

    async def chain_status(self) -> str:
        await self.pipeline.beat()
        whole = await self.cache.get(CHAIN)
        assert whole is not None
        status: str = orjson.loads(whole.body)["status"]
        return status

    @property
    def state(self) -> FeedStatus | None:
        return self.states.state_of("deribit")


@asynccontextmanager
async def open_desk() -> AsyncIterator[Desk]:
    clock = FixedClock(NOW)
    async with fake_deribit(NOW_MS) as (venue, url):
        venue.list(LISTING)
        async with fault_proxy(urlsplit(url).port or 0) as (proxy, port):
            intake = WatchedIntake(clock)
            states = FeedStates(clock)
            states.declare(FeedTerms("deribit", "Deribit", FeedKind.VENUE, 20.0), enabled=True)
            intake.follow(states)
            cache = MemoryCache()
            view = OptionsView(load_specs(), intake.book, assumed_rate=0.04)
            pipeline = Pipeline(intake.book, [view], cache, MemoryBus(), clock, feeds=states)
            feed = DeribitFeed(
                intake,
                Namer(Context(load_specs()), "deribit"),
                clock,
                url=f"ws://127.0.0.1:{port}/ws/api/v2",
                sleep=no_pause,
            )
            task = asyncio.create_task(feed.run())
            try:
                yield Desk(venue, proxy, intake, states, pipeline, cache)
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second instead of the 10 and 25 that the program waits."""
    monkeypatch.setattr(client, "_OPEN_TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(session, "CALL_TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(session, "LONGEST_SILENCE_SECONDS", 0.5)


WORDS = {
    Fault.BLACK_HOLE: ("no message", "no answer", "no reply"),
    Fault.RESET: ("closed", "connect", "reset"),
    Fault.DRIP: ("no message", "no answer", "no reply"),
    Fault.HTML: ("HTTP 200", "closed", "reset"),
    Fault.TOO_MANY: ("HTTP 429", "closed", "reset"),
    Fault.NONSENSE: ("something else answers", "closed", "reset"),
}


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
async def test_a_fault_is_said_in_words_told_as_stale_and_healed(impatient, fault):
    async with open_desk() as desk:
        await desk.quote()
        assert desk.state is FeedStatus.LIVE
        assert await desk.chain_status() == "live"

        desk.proxy.fault = fault
        await desk.intake.until(lambda: desk.state is FeedStatus.STALE)
        assert await desk.chain_status() == "stale"
        # Tried again and again, and each time the fault was met anew.
        before = desk.proxy.connections
        await desk.intake.until(lambda: desk.proxy.connections >= before + 3)
        for source, reason in desk.intake.losses:
            assert source == "deribit"
            assert any(word in reason.lower() or word in reason for word in WORDS[fault]), reason
        assert any(WORDS[fault][0] in reason for _, reason in desk.intake.losses)

        desk.proxy.fault = None
        await desk.intake.until(lambda: desk.state is FeedStatus.LIVE)
        await desk.quote()
        assert await desk.chain_status() == "live"
        assert len(desk.intake.rows()) == len(set(desk.intake.rows()))
        assert desk.intake.refused == {}


async def test_too_many_requests_in_the_middle_is_one_loss_with_its_number_and_heals():
    async with open_desk() as desk:
        await desk.quote()
        desk.venue.refuse["public/set_heartbeat"] = TOO_MANY_REQUESTS
        await desk.venue.hang_up()
        await desk.intake.until(lambda: any("10028" in reason for _, reason in desk.intake.losses))
        assert desk.state is FeedStatus.STALE
        del desk.venue.refuse["public/set_heartbeat"]
        await desk.quote()
        assert desk.state is FeedStatus.LIVE


async def test_a_venue_that_repeats_everything_after_each_fault_is_recorded_once(impatient):
    async with open_desk() as desk:
        said = [ticker("BTC-27MAR26", seconds=step, best_bid_price=88_000.0 + step) for step in range(-5, 0)]
        for _ in range(3):
            await desk.venue.until(lambda: "ticker.BTC-27MAR26.100ms" in desk.venue.subscribed)
            for each in said:
                await desk.venue.push("ticker.BTC-27MAR26.100ms", each)
            await desk.quote()
            seen = desk.venue.conversations
            desk.proxy.fault = Fault.RESET
            await desk.intake.until(lambda: desk.state is FeedStatus.STALE)
            desk.proxy.fault = None
            await desk.venue.until(lambda seen=seen: desk.venue.conversations > seen)
        rows = [row for row in desk.intake.rows() if row[0] == "BTC-2026-03-27"]
    new = [row for at, row in enumerate(rows) if row not in rows[:at]]
    assert [ts for _, ts, _ in new] == [(NOW_MS + step * 1000) * 1000 for step in range(-5, 0)]


async def test_garbage_between_good_messages_costs_only_itself():
    garbage = ["{", b"\x00\xff\xfe", "[" * 100_000, '{"id": 1e400}', '{"jsonrpc":"2.0","method":7}', "null"]
    async with open_desk() as desk:
        await desk.quote()
        for each in garbage:
            await desk.venue.send(each)
            await desk.quote()
        assert desk.intake.losses == []
        assert desk.state is FeedStatus.LIVE


async def test_a_message_beyond_the_bound_ends_the_conversation_and_another_begins():
    async with open_desk() as desk:
        await desk.quote()
        await desk.venue.send(" " * (session.MOST_MESSAGE_BYTES + 1))
        await desk.intake.until(lambda: desk.intake.losses)
        await desk.quote()
        assert desk.state is FeedStatus.LIVE


async def test_pauses_are_drawn_from_their_whole_length_which_doubles_up_to_a_minute(monkeypatch):
    drawn: list[tuple[float, float]] = []
    slept: list[float] = []
    enough = asyncio.Event()

    def draw(low: float, high: float) -> float:
        drawn.append((low, high))
        return high / 3

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) >= 9:
            enough.set()
        await asyncio.sleep(0)

    monkeypatch.setattr(client.random, "uniform", draw)
    clock = FixedClock(NOW)
    intake = WatchedIntake(clock)
    namer = Namer(Context(load_specs()), "deribit")
    # Nobody listens on port 9 of this machine.
    feed = DeribitFeed(intake, namer, clock, url="ws://127.0.0.1:9/", sleep=sleep)
    task = asyncio.create_task(feed.run())
    async with asyncio.timeout(20):
        await enough.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert drawn[:9] == [(0.0, high) for high in (1, 2, 4, 8, 16, 32, 60, 60, 60)]
    assert slept[:9] == [high / 3 for _, high in drawn[:9]]
