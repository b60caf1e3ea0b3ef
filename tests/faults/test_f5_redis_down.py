"""F5, F6: a Redis that is gone or hangs costs freshness for as long as it is away, and nothing else."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.redis import RedisServer
from tests.fixtures.waiting import until
from tradesense.base.live import Bus, Cache, Step, Whole
from tradesense.infra.live_redis import DEADLINE_SECONDS, open_redis
from tradesense.run.api import create_app

pytestmark = pytest.mark.wall_clock

TOPIC = "board:ES"
PATHS = ("/futures", "/options", "/futures/ES")
TS = "2026-03-20T14:30:00.000Z"


class Market:
    """Tells a state that grows by one, as the pipeline does: the cache first, then the bus."""

    def __init__(self, cache: Cache, bus: Bus) -> None:
        self._cache = cache
        self._bus = bus
        self.seq = 0

    async def beat(self) -> None:
        self.seq += 1
        body = b"%d" % self.seq
        await self._cache.put(TOPIC, Whole(self.seq, body, TS), ttl_seconds=60)
        await self._bus.publish(Step(TOPIC, self.seq, self.seq - 1, body, TS))


class Follower:
    """Knows a topic's state as the hub does: listens first, reads the cache, then goes by the steps."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self.seq = 0
        self.body = b""
        self.holes = 0

    async def follow(self, bus: Bus) -> None:
        async with bus.subscribe(TOPIC) as steps:
            await self._read()
            async for step in steps:
                if step.seq <= self.seq:
                    continue
                if step.body is None or step.prev != self.seq:
                    self.holes += 1
                    await self._read()
                else:
                    self.seq, self.body = step.seq, step.body

    async def _read(self) -> None:
        whole = await self._cache.get(TOPIC)
        if whole is not None and whole.seq > self.seq:
            self.seq, self.body = whole.seq, whole.body


@asynccontextmanager
async def running(url: str) -> AsyncIterator[tuple[Market, Follower]]:
    """A market in one process and its follower in another, as far as Redis can tell."""
    async with open_redis(url) as (cache, bus, _), open_redis(url) as (other_cache, other_bus, _):
        market, follower = Market(cache, bus), Follower(other_cache)
        task = asyncio.create_task(follower.follow(other_bus))
        try:
            yield market, follower
        finally:
            task.cancel()
            await asyncio.wait({task})


async def told(market: Market, follower: Follower) -> None:
    """Wait until a step that is told now is known there."""

    async def knows() -> bool:
        await market.beat()
        await asyncio.sleep(0.05)
        return follower.seq >= market.seq - 1 > 0

    await until(knows)


@pytest.fixture
def redis_log(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    with caplog.at_level(logging.INFO, "tradesense.redis"):
        lines: list[str] = []
        handler = logging.Handler()
        handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger("tradesense.redis").addHandler(handler)
        yield lines
        logging.getLogger("tradesense.redis").removeHandler(handler)


async def test_f5_a_killed_redis_costs_freshness_and_heals_by_itself(
    redis_server: RedisServer, redis_log: list[str], measured
) -> None:
    async with running(redis_server.url) as (market, follower):
        await told(market, follower)
        redis_server.kill()
        started = time.monotonic()
        for _ in range(200):
            await market.beat()
        assert time.monotonic() - started < 2, "a beat does not wait for who is not there"
        known = follower.seq
        assert known < market.seq
        redis_server.start()
        took = await until(lambda: _caught_up(market, follower))
        assert follower.body == b"%d" % follower.seq
    measured(f"healed {took:.1f} s after the server was back")
    assert redis_log.count("redis is lost") <= 2
    assert redis_log.count("redis is back") <= 2


async def _caught_up(market: Market, follower: Follower) -> bool:
    await market.beat()
    await asyncio.sleep(0.02)
    return follower.seq == market.seq


async def test_f5_what_moved_on_unheard_is_told_without_another_step(redis_server: RedisServer) -> None:
    # The other process lost its connection, not the server: the cache moved on, and then the market rests.
    async with running(redis_server.url) as (market, follower):
        await told(market, follower)
        known = follower.seq
        redis_server.cut_readers()
        await market.beat()
        await market.beat()
        assert market.seq > known

        async def is_there() -> bool:
            return follower.seq == market.seq

        await until(is_there)
        assert follower.body == b"%d" % market.seq


async def test_f5_a_program_starts_without_its_redis(redis_server: RedisServer) -> None:
    redis_server.kill()
    async with running(redis_server.url) as (market, follower):
        started = time.monotonic()
        await market.beat()
        assert time.monotonic() - started < 1
        redis_server.start()
        await until(lambda: _caught_up(market, follower))


async def test_f6_a_redis_that_hangs_holds_nobody_up(redis_server: RedisServer, measured) -> None:
    async with running(redis_server.url) as (market, follower):
        await told(market, follower)
        redis_server.pause()
        try:
            slowest = longest_stall = 0.0
            for _ in range(50):
                started = time.monotonic()
                await market.beat()
                slowest = max(slowest, time.monotonic() - started)
                before = time.monotonic()
                await asyncio.sleep(0.01)
                longest_stall = max(longest_stall, time.monotonic() - before)
        finally:
            redis_server.resume()
        took = await until(lambda: _caught_up(market, follower))
        assert follower.body == b"%d" % follower.seq
    measured(f"slowest beat {slowest:.2f} s, longest stall {longest_stall:.3f} s, healed in {took:.1f} s")
    assert slowest < DEADLINE_SECONDS * 5


async def test_f6_many_at_once_wait_for_a_hanging_redis_no_longer_than_one(redis_server: RedisServer) -> None:
    async with open_redis(redis_server.url) as (cache, _, _):
        assert await cache.put(TOPIC, Whole(1, b"1", TS), ttl_seconds=60)
        redis_server.pause()
        try:
            started = time.monotonic()
            found = await asyncio.gather(*(cache.get(f"board:{each}") for each in range(500)))
            took = time.monotonic() - started
        finally:
            redis_server.resume()
        assert found == [None] * 500
        assert took < DEADLINE_SECONDS * 10

        async def is_back() -> bool:
            return await cache.get(TOPIC) == Whole(1, b"1", TS)

        await until(is_back)


async def test_f6_a_program_that_was_busy_does_not_take_redis_for_lost(
    redis_server: RedisServer, redis_log: list[str]
) -> None:
    async with open_redis(redis_server.url) as (cache, _, _):
        assert await cache.put(TOPIC, Whole(1, b"1", TS), ttl_seconds=60)
        asking = [asyncio.create_task(cache.get(TOPIC)) for _ in range(50)]
        await asyncio.sleep(0)
        time.sleep(DEADLINE_SECONDS * 2)  # noqa: ASYNC251 - what a computation on the loop does
        assert await asyncio.gather(*asking) == [Whole(1, b"1", TS)] * 50
    assert redis_log == []


async def test_f7_a_flushed_redis_is_filled_by_the_next_beat(redis_server: RedisServer) -> None:
    async with running(redis_server.url) as (market, follower):
        await told(market, follower)
        redis_server.say("FLUSHALL")
        await until(lambda: _caught_up(market, follower))
        async with open_redis(redis_server.url) as (cache, _, _):
            assert await cache.get(TOPIC) == Whole(market.seq, b"%d" % market.seq, TS)


async def test_f5_f6_the_program_answers_without_its_redis_and_says_so(
    redis_server: RedisServer, tmp_path: Path, measured
) -> None:
    settings = settings_for(tmp_path, redis_url=redis_server.url)
    async with client_of(create_app(settings)) as client:

        async def cache_is(state: str) -> bool:
            return bool((await client.get("/health/ready")).json()["checks"]["cache"] == state)

        async def slowest_answer() -> float:
            slowest = 0.0
            for _ in range(20):
                started = time.monotonic()
                answers = await asyncio.gather(*(client.get(f"/api/v1{path}") for path in PATHS))
                slowest = max(slowest, time.monotonic() - started)
                assert [answer.status_code for answer in answers] == [200, 200, 404]
            return slowest

        await until(lambda: cache_is("ok"))
        usual = await slowest_answer()
        redis_server.pause()
        try:
            hanging = await slowest_answer()
            await until(lambda: cache_is("down"))
        finally:
            redis_server.resume()
        await until(lambda: cache_is("ok"))
        redis_server.kill()
        gone = await slowest_answer()
        await until(lambda: cache_is("down"))
        redis_server.start()
        await until(lambda: cache_is("ok"))
    measured(f"slowest of 20 rounds: {usual:.3f} s with, {hanging:.3f} s hanging, {gone:.3f} s gone")
    assert hanging < usual + 1
    assert gone < usual + 1
