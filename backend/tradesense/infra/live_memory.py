"""Live state inside one process: the cache is a dictionary, the bus a bounded queue for each reader."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from typing import Final

from tradesense.base.live import MOST_WANTED, Interest, Step, Whole
from tradesense.infra.live_reader import Reader

MOST_TOPICS: Final = 20_000


class MemoryCache:
    """Bounded: beyond 20,000 topics the one renewed longest ago makes room."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._kept: dict[str, tuple[Whole, float]] = {}

    async def put(self, topic: str, whole: Whole, *, ttl_seconds: float) -> bool:
        now = self._monotonic()
        kept = self._kept.pop(topic, None)
        if kept is not None and kept[1] > now and kept[0].seq >= whole.seq:
            self._kept[topic] = kept
            return False
        self._kept[topic] = (whole, now + ttl_seconds)
        if len(self._kept) > MOST_TOPICS:
            del self._kept[next(iter(self._kept))]
        return True

    async def get(self, topic: str) -> Whole | None:
        kept = self._kept.get(topic)
        if kept is None or kept[1] <= self._monotonic():
            return None
        return kept[0]


class MemoryBus:
    """A reader that does not read loses the oldest beyond 64 steps; nobody waits for it."""

    def __init__(self) -> None:
        self._readers: dict[str, set[Reader]] = {}

    async def publish(self, step: Step) -> None:
        for reader in self._readers.get(step.topic, ()):
            reader.take(step)

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[Reader]:
        reader = Reader()
        self._readers.setdefault(topic, set()).add(reader)
        try:
            yield reader
        finally:
            readers = self._readers[topic]
            readers.discard(reader)
            if not readers:
                del self._readers[topic]


class MemoryDemand:
    """Names and when their time is over; one condition that readers and the maker wait on."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._until: dict[str, float] = {}
        self._number = 0
        self._made = 0
        self._has_maker = False
        self._changed = asyncio.Condition()

    async def want(self, topics: Collection[str], *, ttl_seconds: float) -> int:
        now = self._monotonic()
        is_new = any(self._until.get(topic, now) <= now for topic in topics)
        for topic in topics:
            self._until[topic] = max(now + ttl_seconds, self._until.get(topic, now))
        over = len(self._until) - MOST_WANTED
        if over > 0:
            for topic in sorted(self._until, key=self._until.__getitem__)[:over]:
                del self._until[topic]
        if is_new:
            self._number += 1
            async with self._changed:
                self._changed.notify_all()
        return self._number

    async def wanted(self) -> Interest:
        now = self._monotonic()
        if any(until <= now for until in self._until.values()):
            self._until = {topic: until for topic, until in self._until.items() if until > now}
        return Interest(frozenset(self._until), self._number)

    async def asked(self, made: int, *, within_seconds: float) -> None:
        self._has_maker = True
        self._made = max(self._made, made)
        async with self._changed:
            self._changed.notify_all()
            await self._until_true(lambda: self._number > made, within_seconds)

    async def made(self, number: int, *, within_seconds: float) -> bool:
        if self._made >= number or not self._has_maker:
            return self._made >= number
        async with self._changed:
            return await self._until_true(lambda: self._made >= number, within_seconds)

    async def _until_true(self, is_so: Callable[[], bool], within_seconds: float) -> bool:
        try:
            async with asyncio.timeout(within_seconds):
                await self._changed.wait_for(is_so)
        except TimeoutError:
            return False
        return True
