"""Live state inside one process: the cache is a dictionary, the bus a bounded queue for each reader."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from tradesense.base.live import Step, Whole
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
