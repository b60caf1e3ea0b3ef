"""What every bus and cache promises, asked of each adapter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tradesense.base.live import Bus, Cache, Step, Whole
from tradesense.infra.live_memory import STEPS_KEPT, MemoryBus, MemoryCache


@dataclass
class Adapters:
    bus: Bus
    cache: Cache
    clock: list[float]


@pytest.fixture(params=["memory"])
def live(request: pytest.FixtureRequest) -> Adapters:
    clock = [0.0]
    return Adapters(MemoryBus(), MemoryCache(lambda: clock[0]), clock)


TS = "2026-03-20T14:30:00.000Z"


def step(seq: int, topic: str = "board:ES") -> Step:
    return Step(topic, seq, seq - 1, b'{"seq":%d}' % seq, TS)


async def read(subscription: AsyncIterator[Step], count: int) -> list[int]:
    found = []
    async with asyncio.timeout(5):
        async for each in subscription:
            found.append(each.seq)
            if len(found) == count:
                break
    return found


async def test_the_cache_keeps_the_newest_and_refuses_the_older(live):
    assert await live.cache.get("board:ES") is None
    assert await live.cache.put("board:ES", Whole(5, b"5", TS), ttl_seconds=60)
    assert not await live.cache.put("board:ES", Whole(4, b"4", TS), ttl_seconds=60)
    assert not await live.cache.put("board:ES", Whole(5, b"x", TS), ttl_seconds=60)
    assert await live.cache.get("board:ES") == Whole(5, b"5", TS)


async def test_a_state_nobody_renews_is_gone(live):
    await live.cache.put("board:ES", Whole(5, b"5", TS), ttl_seconds=10)
    live.clock[0] = 11
    assert await live.cache.get("board:ES") is None
    assert await live.cache.put("board:ES", Whole(1, b"1", TS), ttl_seconds=10)


async def test_each_reader_hears_each_step_of_its_topic_in_order(live):
    async with live.bus.subscribe("board:ES") as first, live.bus.subscribe("board:ES") as second:
        for seq in (1, 2, 3):
            await live.bus.publish(step(seq))
            await live.bus.publish(step(seq, "board:CL"))
        assert await read(first, 3) == [1, 2, 3]
        assert await read(second, 3) == [1, 2, 3]


async def test_nobody_hears_what_was_before(live):
    await live.bus.publish(step(1))
    async with live.bus.subscribe("board:ES") as reader:
        await live.bus.publish(step(2))
        assert await read(reader, 1) == [2]


async def test_a_reader_that_falls_behind_sees_the_hole(live):
    async with live.bus.subscribe("board:ES") as reader:
        for seq in range(1, STEPS_KEPT + 101):
            await live.bus.publish(step(seq))
        heard = await read(reader, STEPS_KEPT)
    assert heard == list(range(101, STEPS_KEPT + 101))


async def test_a_reader_waits_for_what_comes(live):
    async with live.bus.subscribe("board:ES") as reader:
        waiting = asyncio.create_task(read(reader, 1))
        await asyncio.sleep(0)
        await live.bus.publish(step(7))
        assert await waiting == [7]
