"""The beat: what changed is made and told, what fails stays alone, time passes for all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import orjson

from tests.fixtures.waiting import until
from tradesense.base.clock import FixedClock
from tradesense.base.live import Step
from tradesense.infra.live_memory import MemoryBus, MemoryCache, MemoryDemand
from tradesense.instruments import Instrument, Kind
from tradesense.market.live.pipeline import Pipeline
from tradesense.market.live.present import LivePresent
from tradesense.market.live.quotes import OPTION_COLUMNS, FeedStatus
from tradesense.market.live.views import Document, Make, RootKey, RootQuotes, TwoSided, Wanted

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CRUDE, COIN = RootKey("simulated", "CL"), RootKey("simulated", "BTC")
REAL_COIN = RootKey("deribit", "BTC")


class Book:
    """A book of one instrument a root; `quoted` says at which microsecond, 0 for not yet."""

    def __init__(self, *keys: RootKey) -> None:
        self.quoted = dict.fromkeys(keys, 1)
        self.ends: dict[RootKey, datetime] = {}
        self.changed: set[RootKey] = set(keys)
        self.copies = 0
        self.listed: dict[RootKey, tuple[Instrument, ...]] = {}

    def take_changed(self) -> Collection[RootKey]:
        changed, self.changed = self.changed, set()
        return changed

    def roots(self) -> Collection[RootKey]:
        return list(self.quoted)

    def copy(self, key: RootKey) -> RootQuotes | None:
        if key not in self.quoted:
            return None
        self.copies += 1
        one = Instrument(
            source=key.source,
            symbol=f"{key.root}-2026-12",
            source_symbol="",
            kind=Kind.FUTURE,
            root=key.root,
            expires_at=self.ends.get(key),
        )
        ts, nothing = np.array([self.quoted[key]]), np.array([np.nan])
        return RootQuotes(
            key,
            self.listed.setdefault(key, (one,)),
            ts,
            np.zeros(1, np.int64),
            dict.fromkeys(OPTION_COLUMNS, nothing),
            TwoSided(ts, ts, nothing, nothing),
        )


class Prices:
    """A view that tells one number a root, and does what a test wants it to."""

    def __init__(self) -> None:
        self.prices: dict[RootKey, object] = {}
        self.made: list[RootKey] = []
        self.wanted: dict[RootKey, Wanted] = {}
        self.feeds: list[FeedStatus | None] = []
        self.threads: set[int] = set()
        self.failing: set[RootKey] = set()
        self.not_ready: set[RootKey] = set()

    def prepare(
        self, quotes: RootQuotes, at: datetime, feed: FeedStatus | None, wanted: Wanted = None
    ) -> Make | None:
        self.wanted[quotes.key] = wanted
        if quotes.key in self.not_ready:
            return None

        def make() -> list[Document]:
            self.threads.add(threading.get_ident())
            self.made.append(quotes.key)
            self.feeds.append(feed)
            if quotes.key in self.failing:
                raise ValueError("a view that fails")
            price = self.prices.get(quotes.key, 1.0)
            data = {"source": quotes.key.source, "price": price, "other": "x" * 60}
            return [Document(f"board:{quotes.key.root}", at, data)]

        return make


class Feeds:
    def __init__(self) -> None:
        self.states: dict[str, FeedStatus] = {}
        self.off: set[str] = set()

    def state_of(self, source: str) -> FeedStatus | None:
        return self.states.get(source)

    def is_enabled(self, feed: str) -> bool:
        return feed in self.states and feed not in self.off


class Desk:
    def __init__(self, *keys: RootKey) -> None:
        self.book, self.view, self.feeds = Book(*keys), Prices(), Feeds()
        self.cache, self.bus, self.clock = MemoryCache(), MemoryBus(), FixedClock(NOON)
        self.pipeline = Pipeline(
            self.book, [self.view], self.cache, self.bus, self.clock, feeds=self.feeds, beat_ms=50
        )

    def heed(self) -> MemoryDemand:
        """Have the pipeline look at what is read, by a clock that stands with the desk's."""
        demand = MemoryDemand(lambda: self.clock.now().timestamp())
        self.pipeline = Pipeline(
            self.book, [self.view], self.cache, self.bus, self.clock, feeds=self.feeds, demand=demand
        )
        return demand

    async def beat(self, **later: float) -> list[RootKey]:
        """Beat, so much later; return which roots were made."""
        self.clock.move_to(self.clock.now() + timedelta(**later))
        self.view.made.clear()
        await self.pipeline.beat()
        return list(self.view.made)

    async def read(self, topic: str) -> Any:
        whole = await self.cache.get(topic)
        return None if whole is None else orjson.loads(whole.body)

    def quote(self, key: RootKey, price: object) -> None:
        self.view.prices[key] = price
        self.book.changed.add(key)


async def test_a_root_is_made_when_it_changed_and_only_then() -> None:
    desk = Desk(CRUDE, COIN)
    assert await desk.beat() == [COIN, CRUDE]
    assert await desk.beat(seconds=1) == []
    assert desk.book.copies == 2
    desk.quote(CRUDE, 2.0)
    assert await desk.beat(seconds=1) == [CRUDE]
    assert (await desk.read("board:CL"))["price"] == 2.0
    assert (await desk.read("board:CL@simulated"))["price"] == 2.0


async def test_steps_build_on_each_other_and_carry_one_number_a_beat() -> None:
    desk = Desk(CRUDE, COIN)
    heard: dict[str, list[Step]] = {"board:CL": [], "board:BTC": []}
    async with desk.bus.subscribe("board:CL") as crude, desk.bus.subscribe("board:BTC") as coin:
        await desk.beat()
        for price in (2.0, 3.0):
            desk.quote(CRUDE, price)
            desk.quote(COIN, price)
            # Two beats within a millisecond have numbers of their own all the same.
            await desk.beat()
        for topic, reader in (("board:CL", crude), ("board:BTC", coin)):
            async with asyncio.timeout(5):
                async for step in reader:
                    heard[topic].append(step)
                    if len(heard[topic]) == 3:
                        break
    first = int(NOON.timestamp() * 1000)
    for steps in heard.values():
        assert [(step.seq, step.prev) for step in steps] == [
            (first, 0),
            (first + 1, first),
            (first + 2, first + 1),
        ]
        assert [step.body for step in steps] == [None, b'{"price":2.0}', b'{"price":3.0}']


async def test_what_is_in_the_cache_is_never_older_than_what_is_told() -> None:
    desk = Desk(CRUDE)
    seen: list[tuple[int, int]] = []
    publish = desk.bus.publish

    async def checked(step: Step) -> None:
        whole = await desk.cache.get(step.topic)
        assert whole is not None
        seen.append((whole.seq, step.seq))
        await publish(step)

    desk.bus.publish = checked  # type: ignore[method-assign]
    await desk.beat()
    desk.quote(CRUDE, 2.0)
    await desk.beat()
    assert len(seen) == 4
    assert all(kept == told for kept, told in seen)


async def test_time_passes_for_a_root_that_nobody_quotes() -> None:
    desk = Desk(CRUDE)
    await desk.beat()
    assert await desk.beat(seconds=9) == []
    assert await desk.beat(seconds=1) == [CRUDE]


async def test_an_expiry_is_noticed_at_its_instant() -> None:
    desk = Desk(CRUDE)
    desk.book.ends[CRUDE] = NOON + timedelta(seconds=2)
    await desk.beat()
    assert await desk.beat(seconds=1) == []
    assert await desk.beat(seconds=1) == [CRUDE]
    assert await desk.beat(seconds=1) == []


async def test_a_clock_that_is_set_back_does_not_stop_anything() -> None:
    desk = Desk(CRUDE)
    await desk.beat()
    desk.quote(CRUDE, 2.0)
    assert await desk.beat(hours=-3) == [CRUDE]
    assert (await desk.read("board:CL"))["price"] == 2.0
    assert await desk.beat(seconds=10) == [CRUDE]


async def test_a_change_of_the_feed_is_told_at_once() -> None:
    desk = Desk(CRUDE)
    desk.feeds.states["simulated"] = FeedStatus.LIVE
    await desk.beat()
    assert await desk.beat(seconds=1) == []
    desk.feeds.states["simulated"] = FeedStatus.STALE
    assert await desk.beat(seconds=1) == [CRUDE]
    assert desk.view.feeds == [FeedStatus.LIVE, FeedStatus.STALE]


async def test_a_root_that_fails_is_counted_tried_again_and_stops_nobody() -> None:
    desk = Desk(CRUDE, COIN)
    desk.view.failing.add(COIN)
    assert await desk.beat() == [COIN, CRUDE]
    assert (await desk.read("board:CL"))["price"] == 1.0
    assert (await desk.read("board:BTC"), desk.pipeline.counts.failures) == (None, 1)
    assert await desk.beat() == [COIN]
    desk.view.failing.clear()
    assert await desk.beat() == [COIN]
    assert (await desk.read("board:BTC"))["price"] == 1.0
    assert await desk.beat() == []


async def test_what_cannot_be_written_as_json_stops_nobody() -> None:
    desk = Desk(CRUDE, COIN)
    desk.view.prices[COIN] = object()
    await desk.beat()
    assert (await desk.read("board:CL"))["price"] == 1.0
    assert desk.pipeline.counts.failures == 1


async def test_a_view_that_waits_for_its_background_is_asked_again() -> None:
    desk = Desk(CRUDE)
    desk.view.not_ready.add(CRUDE)
    assert await desk.beat() == []
    desk.view.not_ready.clear()
    assert await desk.beat() == [CRUDE]


async def test_documents_are_made_beside_the_event_loop() -> None:
    desk = Desk(CRUDE)
    await desk.beat()
    assert desk.view.threads
    assert threading.get_ident() not in desk.view.threads


async def test_a_real_source_answers_before_the_simulated_one_once_it_is_quoted() -> None:
    desk = Desk(COIN, REAL_COIN)
    desk.book.quoted[REAL_COIN] = 0
    desk.feeds.states = {"deribit": FeedStatus.LIVE, "simulated": FeedStatus.LIVE}
    await desk.beat()
    desk.book.changed = {COIN, REAL_COIN}
    await desk.beat()
    assert (await desk.read("board:BTC"))["source"] == "simulated"
    desk.book.quoted[REAL_COIN] = 5
    desk.book.changed = {COIN, REAL_COIN}
    await desk.beat()
    assert (await desk.read("board:BTC"))["source"] == "deribit"
    assert (await desk.read("board:BTC@simulated"))["source"] == "simulated"
    desk.feeds.off.add("deribit")
    desk.book.changed = {COIN, REAL_COIN}
    await desk.beat(seconds=1)
    assert (await desk.read("board:BTC"))["source"] == "simulated"


async def test_a_root_that_is_withdrawn_is_forgotten() -> None:
    desk = Desk(CRUDE)
    await desk.beat()
    del desk.book.quoted[CRUDE]
    desk.book.changed = {CRUDE}
    await desk.beat(seconds=1)
    assert await desk.beat(minutes=1) == []


async def test_it_beats_by_itself_until_it_is_stopped() -> None:
    desk = Desk(CRUDE)
    running = asyncio.create_task(desk.pipeline.run())

    async def has_beaten() -> bool:
        return desk.pipeline.counts.beats >= 3

    await until(has_beaten)
    running.cancel()
    await asyncio.wait({running})
    assert running.cancelled()


async def test_what_nobody_reads_is_made_every_ten_seconds() -> None:
    desk = Desk(CRUDE, COIN)
    desk.heed()
    assert await desk.beat() == [COIN, CRUDE]
    for price in range(9):
        desk.quote(CRUDE, float(price))
        assert await desk.beat(seconds=1) == []
    assert desk.book.copies == 2
    desk.quote(CRUDE, 80.0)
    assert await desk.beat(seconds=1) == [COIN, CRUDE]
    assert desk.view.wanted[CRUDE] is None
    assert (await desk.read("board:CL"))["price"] == 80.0


async def test_what_is_read_is_made_at_every_beat_and_nothing_beside_it() -> None:
    desk = Desk(CRUDE, COIN)
    demand = desk.heed()
    await desk.beat()
    await demand.want(["chain:CL:2026-12-17", "quotes:BTC-PERP@deribit", "system:feeds"], ttl_seconds=5)
    for price in (2.0, 3.0):
        desk.quote(CRUDE, price)
        desk.quote(COIN, price)
        assert await desk.beat(seconds=1) == [CRUDE]
        assert desk.view.wanted[CRUDE] == {"chain:CL:2026-12-17"}
    assert await desk.beat(seconds=1) == []
    desk.quote(CRUDE, 4.0)
    assert await desk.beat(seconds=3) == []


async def test_who_begins_to_read_is_told_at_the_next_beat_what_changed_before() -> None:
    desk = Desk(CRUDE)
    demand = desk.heed()
    await desk.beat()
    desk.quote(CRUDE, 2.0)
    assert await desk.beat(seconds=1) == []
    await demand.want(["curve:CL"], ttl_seconds=60)
    assert await desk.beat(seconds=1) == [CRUDE]
    await demand.want(["board:CL"], ttl_seconds=60)
    assert await desk.beat(seconds=1) == [CRUDE]
    assert desk.view.wanted[CRUDE] == {"curve:CL", "board:CL"}
    assert await desk.beat(seconds=1) == []


async def test_a_name_without_a_source_wants_the_one_that_answers() -> None:
    desk = Desk(COIN, REAL_COIN)
    desk.feeds.states = {"deribit": FeedStatus.LIVE, "simulated": FeedStatus.LIVE}
    demand = desk.heed()
    await desk.beat()
    await demand.want(["board:BTC"], ttl_seconds=60)
    desk.book.changed = {COIN, REAL_COIN}
    assert await desk.beat(seconds=1) == [REAL_COIN]
    await demand.want(["board:BTC@simulated"], ttl_seconds=60)
    desk.book.changed = {COIN, REAL_COIN}
    assert await desk.beat(seconds=1) == [REAL_COIN, COIN]


async def test_that_a_feed_is_silent_is_told_although_nobody_reads() -> None:
    desk = Desk(CRUDE)
    desk.feeds.states["simulated"] = FeedStatus.LIVE
    desk.heed()
    await desk.beat()
    desk.feeds.states["simulated"] = FeedStatus.STALE
    assert await desk.beat(seconds=1) == [CRUDE]
    assert desk.view.feeds == [FeedStatus.LIVE, FeedStatus.STALE]


async def test_where_nobody_knows_what_is_read_everything_is_made() -> None:
    desk = Desk(CRUDE)
    demand = desk.heed()
    await desk.beat()

    async def unknown() -> None:
        return None

    demand.wanted = unknown  # type: ignore[assignment,method-assign]
    desk.quote(CRUDE, 2.0)
    assert await desk.beat(seconds=1) == [CRUDE]
    assert desk.view.wanted[CRUDE] is None


async def test_who_asks_for_what_nobody_read_has_the_next_beat_at_once() -> None:
    desk = Desk(CRUDE)
    demand = MemoryDemand()
    desk.pipeline = Pipeline(
        desk.book, [desk.view], desk.cache, desk.bus, desk.clock, demand=demand, beat_ms=3_600_000
    )
    running = asyncio.create_task(desk.pipeline.run())

    async def is_made() -> bool:
        return desk.pipeline.counts.beats > 0

    await until(is_made)
    for price in (2.0, 3.0):
        desk.quote(CRUDE, price)
        number = await demand.want([f"board:CL@{'simulated' if price > 2 else 'other'}"], ttl_seconds=60)
        assert await demand.made(number, within_seconds=20)
    assert (await desk.read("board:CL"))["price"] == 3.0
    assert desk.pipeline.counts.beats == 3
    running.cancel()
    await asyncio.wait({running})


async def test_what_does_not_change_stays_the_present() -> None:
    desk = Desk(CRUDE)
    present = LivePresent(desk.cache, desk.clock)
    for _ in range(200):
        await desk.beat(seconds=0.7)
        assert await present.board("CL", None) is not None
