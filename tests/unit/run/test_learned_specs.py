"""Products that a feed makes known are known to the processes that answer."""

from __future__ import annotations

from tests.fixtures.waiting import until
from tradesense.base.clock import SystemClock
from tradesense.base.live import Whole
from tradesense.feeds.simulated import SimulatedMarket
from tradesense.infra.live_memory import MemoryCache
from tradesense.instruments import load_specs
from tradesense.run.learned_specs import LEARNED, learn, learning_specs, telling_specs


async def test_what_a_book_learns_after_it_was_opened_is_learned_by_another() -> None:
    feed, worker, cache = load_specs(), load_specs(), MemoryCache()
    async with telling_specs(feed, cache, SystemClock()):
        SimulatedMarket(feed, seed=1)
        assert feed.get("BTC", "simulated") != worker.get("BTC", "simulated")

        async def knows() -> bool:
            await learn(worker, cache)
            return worker.all() == feed.all()

        await until(knows)
    assert worker.get("BTC", "simulated") == feed.get("BTC", "simulated")
    late = load_specs()
    async with learning_specs(late, cache):
        assert late.all() == feed.all()


async def test_what_cannot_be_read_changes_nothing() -> None:
    cache, book = MemoryCache(), load_specs()
    before = book.all()
    await learn(book, cache)
    await cache.put(LEARNED, Whole(1, b'[{"root": 1}]', ""), ttl_seconds=60)
    await learn(book, cache)
    assert book.all() == before
