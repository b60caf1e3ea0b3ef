"""The one reader of a topic that somebody wants: listens to the bus, reads the cache, fills the outbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.live import Bus, Cache
from tradesense.streaming.outbox import Outbox, Subscription
from tradesense.streaming.protocol import status_frame
from tradesense.streaming.topics import Named
from tradesense.streaming.wire import text_frame

_QUIET_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 1.0

_log = logging.getLogger("tradesense.streaming")


class TopicReader:
    """Runs until it is stopped. The cache is asked when a whole is needed, and after a silence of the bus."""

    def __init__(
        self, named: Named, cache: Cache, bus: Bus, clock: Clock, monotonic: Callable[[], float]
    ) -> None:
        self.outbox = Outbox(named.shown)
        self._named = named
        self._cache = cache
        self._bus = bus
        self._clock = clock
        self._monotonic = monotonic
        self._listening: asyncio.Task[None] | None = None
        self._wants_whole = asyncio.Event()
        self._wants_whole.set()
        self._listens = asyncio.Event()
        self._looked = False
        self._stopped = asyncio.Event()

    def add(self, subscription: Subscription) -> None:
        """Begin a subscription: the newest whole comes at once, or as soon as there is one."""
        self.outbox.add(subscription)
        self.tend(self._monotonic())
        if self._looked and subscription in self.outbox.late:
            self._wants_whole.set()

    def restart(self, subscription: Subscription) -> None:
        """Give a client the whole again."""
        self.outbox.restart(subscription)
        self.tend(self._monotonic())

    def tend(self, now: float) -> None:
        """Give what is at hand to who is late; ask the cache for what is not."""
        self.outbox.deliver(now)
        if self.outbox.lacks_whole(now):
            self._wants_whole.set()

    def stop(self) -> None:
        """End it, soon."""
        self._stopped.set()

    async def run(self) -> None:
        """Read until `stop`."""
        tasks = [asyncio.create_task(work) for work in (self._listen(), self._look(), self._stopped.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(self) -> None:
        while True:
            try:
                async with self._bus.subscribe(self._named.wire) as steps:
                    self._listens.set()
                    # What was said while nobody listened is in the cache.
                    self._wants_whole.set()
                    async for step in steps:
                        now = self._monotonic()
                        self.outbox.take_step(step, now)
                        if self.outbox.late and self.outbox.lacks_whole(now):
                            self._wants_whole.set()
            except Unavailable as reason:
                _log.warning("a topic waits for the bus", extra={"reason": reason.code})
            except Exception:
                _log.exception("a topic's reader failed", extra={"topic": self._named.shown})
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _look(self) -> None:
        await self._listens.wait()
        while True:
            try:
                async with asyncio.timeout(_QUIET_SECONDS):
                    await self._wants_whole.wait()
            except TimeoutError:
                # A step that was lost with none after it would not be noticed otherwise.
                pass
            self._wants_whole.clear()
            try:
                whole = await self._cache.get(self._named.wire)
            except Unavailable:
                await asyncio.sleep(_PAUSE_SECONDS)
                self._wants_whole.set()
                continue
            self._looked = True
            if whole is not None:
                self.outbox.take_whole(whole, self._monotonic())
            self._tell_waiting()

    def _tell_waiting(self) -> None:
        untold = [sub for sub in self.outbox.late if sub.seq < 0 and not sub.told_waiting]
        if not untold or self.outbox.seq >= 0:
            return
        ts = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        framed = text_frame(status_frame(self._named.shown, ts, "waiting", "Nothing was said of it yet."))
        for sub in untold:
            if sub.taker.is_clear:
                sub.taker.write(framed)
                sub.told_waiting = True
