"""Tells how the feeds are doing as topic `system:feeds`: when it changes, and now and then all the same."""

from __future__ import annotations

import asyncio
import math
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Final

from tradesense.base.clock import Clock
from tradesense.base.live import Bus, Cache
from tradesense.market.live.encoding import Told, tell
from tradesense.market.live.feed_states import FeedStates
from tradesense.market.live.topics import FEEDS
from tradesense.market.live.views import Document

LOOK_SECONDS: Final = 1.0
QUIET_SECONDS: Final = 5.0
_NEVER_MS: Final = sys.maxsize
TTL_SECONDS: Final = 30.0


class FeedsTopic:
    """Looks every second; what did not change is told again after 5 s: longer silence is a broken line."""

    def __init__(
        self,
        states: FeedStates,
        cache: Cache,
        bus: Bus,
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._states = states
        self._cache = cache
        self._bus = bus
        self._clock = clock
        self._sleep = sleep
        self._monotonic = monotonic
        self._said_at = -math.inf
        self._told: dict[str, Told] = {}
        self._seq = 0

    async def run(self) -> None:
        """Look and tell until cancelled."""
        while True:
            await self.look()
            await self._sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Tell what changed since the last look."""
        at = self._clock.now().astimezone(UTC)
        self._seq = max(self._seq + 1, int(at.timestamp() * 1000))
        document = Document(FEEDS, at, self._states.document(), keyed={"items": "feed"})
        # Quiet is measured on the clock that nobody sets, not by the numbers.
        now = self._monotonic()
        quiet_ms = 0 if now - self._said_at >= QUIET_SECONDS else _NEVER_MS
        for step, whole, told in tell(document, (FEEDS,), self._told, self._seq, quiet_ms=quiet_ms):
            await self._cache.put(step.topic, whole, ttl_seconds=TTL_SECONDS)
            await self._bus.publish(step)
            self._told[step.topic] = told
            self._said_at = now
