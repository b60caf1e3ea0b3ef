"""Live state told only by who surely may: a process that stood still, and was followed, tells nothing old."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from tradesense.base.live import Bus, Cache, Step, Subscription, Whole


class FencedCache:
    """A cache that keeps nothing new while `holds()` is false."""

    def __init__(self, cache: Cache, holds: Callable[[], bool]) -> None:
        self._cache = cache
        self._holds = holds

    async def put(self, topic: str, whole: Whole, *, ttl_seconds: float) -> bool:
        return self._holds() and await self._cache.put(topic, whole, ttl_seconds=ttl_seconds)

    async def get(self, topic: str) -> Whole | None:
        return await self._cache.get(topic)


class FencedBus:
    """A bus that tells nothing while `holds()` is false."""

    def __init__(self, bus: Bus, holds: Callable[[], bool]) -> None:
        self._bus = bus
        self._holds = holds

    async def publish(self, step: Step) -> None:
        if self._holds():
            await self._bus.publish(step)

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[Subscription]:
        return self._bus.subscribe(topic)
