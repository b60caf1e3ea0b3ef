"""A beat that waits for what does not come is given up, and the next one is made."""

from __future__ import annotations

import asyncio
import logging

import pytest

from tests.unit.market.live.test_pipeline import COIN, NOON, Book, Prices
from tradesense.base import tasks
from tradesense.base.clock import FixedClock
from tradesense.base.live import Whole
from tradesense.base.tasks import supervise
from tradesense.infra.live_memory import MemoryBus, MemoryCache
from tradesense.market.live import pipeline as module
from tradesense.market.live.pipeline import Pipeline


class HangsOnce(MemoryCache):
    """A cache whose first write never ends."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0

    async def put(self, topic: str, whole: Whole, *, ttl_seconds: float) -> bool:
        self.writes += 1
        if self.writes == 1:
            await asyncio.Event().wait()
        return await super().put(topic, whole, ttl_seconds=ttl_seconds)


async def test_a_beat_that_does_not_end_is_given_up_and_the_next_one_is_made(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "LONGEST_BEAT_SECONDS", 0.2)
    monkeypatch.setattr(tasks, "_FIRST_PAUSE_SECONDS", 0.001)
    book, prices, cache = Book(COIN), Prices(), HangsOnce()
    prices.prices[COIN] = 1.0
    clock = FixedClock(NOON)
    beating = Pipeline(book, [prices], cache, MemoryBus(), clock, beat_ms=10)
    with caplog.at_level(logging.ERROR):
        async with supervise("live beat", beating.run) as state, asyncio.timeout(10):
            while beating.counts.beats < 3:
                book.changed.add(COIN)
                await asyncio.sleep(0.01)
    assert state.failures == 1
    assert cache.writes > 1
    assert [record.getMessage() for record in caplog.records] == ["loop failed"]
