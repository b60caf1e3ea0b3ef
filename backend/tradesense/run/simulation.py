"""Runs the simulated market beside the API and tells readiness how it fares."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.tasks import supervise
from tradesense.feeds.simulated import SimulatedFeed, SimulatedMarket, SimulatedRecording
from tradesense.market import Retention
from tradesense.run.warm_up import WarmUp
from tradesense.run.wiring import Parts

# A long import may hold the one writer for a while without anything being wrong.
_LONGEST_SILENCE = timedelta(seconds=30)


@asynccontextmanager
async def simulate(parts: Parts, warm_up: WarmUp) -> AsyncIterator[None]:
    """Write the simulated market into the store while the block runs, once the maths is compiled.

    A beat that had to wait for the compiler could not be stopped before it is done.
    """
    market = SimulatedMarket(parts.specs, seed=parts.settings.simulated_seed)
    recording = SimulatedRecording(market, parts.recorder, Retention(parts.store))
    feed = SimulatedFeed(recording, parts.clock)

    async def ticks() -> None:
        check_ticks(feed, parts.clock)

    parts.readiness.add("feed", ticks)

    async def run() -> None:
        await warm_up.wait()
        await feed.run()

    async with supervise("simulated market", run):
        yield


def check_ticks(feed: SimulatedFeed, clock: Clock) -> None:
    """Raise `Unavailable` where the feed has written nothing for half a minute."""
    if feed.last_tick is None or clock.now() - feed.last_tick > _LONGEST_SILENCE:
        raise Unavailable("The simulated market is silent.")
