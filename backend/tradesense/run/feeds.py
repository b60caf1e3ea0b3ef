"""Runs the feeds beside each other, each on its own; puts them on and off, and remembers it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.principal import Principal
from tradesense.base.tasks import supervise
from tradesense.feeds.deribit import DeribitFeed
from tradesense.feeds.files.format import Context
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.replay import SOURCE as REPLAY
from tradesense.feeds.replay import ReplayFeed, ReplayWish
from tradesense.feeds.simulated import (
    Fault,
    SimulatedFeed,
    SimulatedMarket,
    SimulatedRecording,
    SimulatedTicks,
)
from tradesense.infra.database import Database
from tradesense.market import Retention
from tradesense.market.live.feed_states import FeedKind, FeedStates, FeedTerms
from tradesense.market.live.feeds_routes import UnknownFeed
from tradesense.market.retention import Keeping, keep_all_bounded
from tradesense.run.feed_models import FeedSwitch
from tradesense.run.warm_up import WarmUp
from tradesense.run.wiring import Parts
from tradesense.users import Event, record
from tradesense.web.visitor import Visitor

_log = logging.getLogger("tradesense.run")

Loops = Mapping[str, Callable[[], Awaitable[None]]]


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """A feed that can run here: its terms, its loops, the last to start ends first, and how to spoil it."""

    terms: FeedTerms
    loops: Loops
    practise: Callable[[Fault | None], None] | None = None


class FeedSwitches:
    """Remembers in the database of people which feeds were put on or off, and who did it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def load(self) -> dict[str, bool]:
        """Return, by feed, what was said last."""
        async with self._database.transaction() as session:
            rows = (await session.execute(select(FeedSwitch))).scalars()
            return {row.feed: row.enabled for row in rows}

    async def save(self, feed: str, *, enabled: bool, caller: Principal, visitor: Visitor) -> None:
        """Remember what somebody said, and that they did."""
        said = {"enabled": enabled, "changed_by": caller.user_id, "changed_at": self._clock.now()}
        async with self._database.transaction() as session:
            await session.execute(
                insert(FeedSwitch)
                .values(feed=feed, **said)
                .on_conflict_do_update(index_elements=[col(FeedSwitch.feed)], set_=said)
            )
            event = Event.FEED_SWITCHED_ON if enabled else Event.FEED_SWITCHED_OFF
            record(
                session,
                self._clock,
                event,
                user_id=caller.user_id,
                actor=caller,
                visitor=visitor,
                detail={"feed": feed},
            )


class Feeds:
    """See `market.live.feeds_routes.FeedControl`. One feed that fails never stops another."""

    def __init__(self, known: Sequence[KnownFeed], states: FeedStates, switches: FeedSwitches) -> None:
        self._known = {each.terms.feed: each for each in known}
        self._states = states
        self._switches = switches
        self._running: dict[str, AsyncExitStack] = {}
        self._turns = asyncio.Lock()

    async def start(self, wanted: Sequence[str]) -> None:
        """Start the feeds that were on when it was said last, or else are `wanted`."""
        remembered = await self._remembered()
        for feed, each in self._known.items():
            enabled = remembered.get(feed, feed in wanted) if each.terms.switchable else feed in wanted
            self._states.declare(each.terms, enabled=enabled)
            if enabled:
                await self._run(feed)

    async def stop(self) -> None:
        """Stop every feed and wait for its end."""
        async with self._turns:
            for feed in list(self._running):
                await self._running.pop(feed).aclose()

    async def switch(self, feed: str, *, enabled: bool, caller: Principal, visitor: Visitor) -> None:
        """Put a feed on or off at once, and remember it."""
        known = self._known.get(feed)
        if known is None or not known.terms.switchable:
            raise UnknownFeed(f"There is no feed {feed!r} that can be put on and off.")
        async with self._turns:
            await self._switches.save(feed, enabled=enabled, caller=caller, visitor=visitor)
            if enabled == (feed in self._running):
                return
            self._states.switched(feed, enabled=enabled)
            if enabled:
                await self._run(feed)
            else:
                await self._running.pop(feed).aclose()
        _log.info("feed switched", extra={"feed": feed, "enabled": enabled})

    def practise(self, feed: str, fault: str | None) -> None:
        """Spoil a feed, or make it well again."""
        known = self._known.get(feed)
        if known is None or known.practise is None or feed not in self._running:
            raise UnknownFeed(f"There is no running feed {feed!r} to practise faults on.")
        known.practise(None if fault is None else Fault(fault))
        self._states.set_fault(feed, fault)

    def venues(self) -> list[str]:
        """Return the feeds whose quotes are put on record as they come."""
        return [feed for feed, each in self._known.items() if each.terms.kind is FeedKind.VENUE]

    async def check(self) -> None:
        """Raise `Unavailable` where feeds run here and none of them says anything.

        A replay comes to its end, and who pushes quotes may stop: neither is a fault of ours.
        """
        running = [feed for feed in self._running if feed != REPLAY]
        if running and not any(self._states.is_well(feed) for feed in running):
            raise Unavailable("Every feed is silent.")

    async def _remembered(self) -> dict[str, bool]:
        try:
            return await self._switches.load()
        except Unavailable:
            _log.warning("what was said about feeds can't be read: FEEDS holds")
            return {}

    async def _run(self, feed: str) -> None:
        stack = AsyncExitStack()
        for name, start in self._known[feed].loops.items():
            await stack.enter_async_context(supervise(name, start))
        self._running[feed] = stack


@asynccontextmanager
async def run_feeds(parts: Parts, warm_up: WarmUp | None = None) -> AsyncIterator[Feeds]:
    """Run the feeds while the block runs; the routes switch them through what is yielded."""
    known = [_simulated(parts, warm_up), _deribit(parts)]
    wanted: list[str] = [*parts.settings.feeds]
    if parts.settings.replay is not None:
        known.append(_replay(parts, ReplayWish.parse(parts.settings.replay), warm_up))
        wanted.append(REPLAY)
    feeds = Feeds(known, parts.live.feed_states, FeedSwitches(parts.database, parts.clock))
    parts.readiness.add("feed", feeds.check)
    bounded = partial(keep_all_bounded, Retention(parts.store), parts.clock, feeds.venues, _keeping(parts))
    try:
        await feeds.start(wanted)
        async with supervise("retention", bounded):
            yield feeds
    finally:
        await feeds.stop()


def _simulated(parts: Parts, warm_up: WarmUp | None) -> KnownFeed:
    """The market itself, and beside it its own record, which no slow disk may keep it waiting for."""
    market = SimulatedMarket(parts.specs, seed=parts.settings.simulated_seed)
    ticks = SimulatedTicks(market, parts.live.intake, parts.clock)
    recording = SimulatedRecording(market, parts.recorder, Retention(parts.store))
    recorder = SimulatedFeed(recording, parts.clock, is_cut_off=lambda: ticks.faults.is_silent)

    def practise(fault: Fault | None) -> None:
        ticks.faults.fault = fault

    return KnownFeed(
        FeedTerms("simulated", "Simulated market", FeedKind.SIMULATED, 6.0, switchable=True),
        {
            "simulated record": partial(_after, warm_up, recorder.run),
            "simulated market": partial(_after, warm_up, ticks.run),
        },
        practise,
    )


def _keeping(parts: Parts) -> Keeping:
    settings = parts.settings
    return Keeping(
        dense=timedelta(hours=settings.retention_dense_hours),
        sparse=timedelta(days=settings.retention_days),
        second_bars=timedelta(days=settings.retention_second_bars_days),
    )


def _deribit(parts: Parts) -> KnownFeed:
    url = parts.settings.deribit_url
    feed = DeribitFeed(parts.live.intake, Namer(Context(parts.specs), "deribit"), parts.clock, url=url)
    terms = FeedTerms("deribit", "Deribit", FeedKind.VENUE, 20.0, address=url, switchable=True)
    return KnownFeed(terms, {"deribit": feed.run})


def _replay(parts: Parts, wish: ReplayWish, warm_up: WarmUp | None) -> KnownFeed:
    """A recorded day, from its beginning each time the program starts."""
    feed = ReplayFeed(parts.reader, parts.live.intake, parts.clock, wish)
    terms = FeedTerms(REPLAY, "Replay", FeedKind.REPLAY, 6.0, address=feed.address)
    return KnownFeed(terms, {"replay": partial(_after, warm_up, feed.run)})


async def _after(warm_up: WarmUp | None, run: Callable[[], Awaitable[None]]) -> None:
    # What had to wait for the compiler could not be stopped before it is done.
    if warm_up is not None:
        await warm_up.wait()
    await run()
