"""What every bus, cache and demand promises, asked of each adapter: in memory, and on a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from itertools import count

import pytest

from tests.fixtures.redis import RedisServer
from tests.fixtures.waiting import until
from tradesense.base.live import MOST_WANTED, Bus, Cache, Demand, Step, Subscription, Whole
from tradesense.infra.live_memory import MemoryBus, MemoryCache, MemoryDemand
from tradesense.infra.live_reader import STEPS_KEPT
from tradesense.infra.live_redis import open_redis

TS = "2026-03-20T14:30:00.000Z"


@dataclass
class Adapters:
    """Cache, bus and demand, and how one waits until a state of the cache is out of date."""

    bus: Bus
    cache: Cache
    demand: Demand
    outlive: Callable[[str], Awaitable[None]]


@pytest.fixture(params=["memory", "redis"])
async def live(request: pytest.FixtureRequest) -> AsyncIterator[Adapters]:
    if request.param == "memory":
        clock = count(0.0, 0.05)
        cache = MemoryCache(lambda: next(clock))
        yield Adapters(
            MemoryBus(), cache, MemoryDemand(lambda: next(clock)), lambda topic: _gone(cache, topic)
        )
        return
    server: RedisServer = request.getfixturevalue("redis_server")
    async with open_redis(server.url) as (on_redis, bus, demand):
        await connected(bus, on_redis)
        yield Adapters(bus, on_redis, demand, lambda topic: _gone(on_redis, topic))


async def _gone(cache: Cache, topic: str) -> None:
    async def is_gone() -> bool:
        return await cache.get(topic) is None

    await until(is_gone)


async def connected(bus: Bus, cache: Cache) -> None:
    """Wait until a step told here is heard here."""
    seqs = count(1)

    async def hears() -> bool:
        async with bus.subscribe("test:connected") as reader:
            await bus.publish(step(next(seqs), "test:connected"))
            try:
                async with asyncio.timeout(0.5):
                    return [each async for each in first(reader, 1)] != []
            except TimeoutError:
                return False

    await until(hears)


async def first(subscription: Subscription, wanted: int) -> AsyncIterator[Step]:
    found = 0
    async for each in subscription:
        yield each
        found += 1
        if found == wanted:
            return


def step(seq: int, topic: str = "board:ES") -> Step:
    return Step(topic, seq, seq - 1, b'{"seq":%d}' % seq, TS)


async def read(subscription: Subscription, wanted: int) -> list[int]:
    async with asyncio.timeout(5):
        return [each.seq async for each in first(subscription, wanted)]


async def test_the_cache_keeps_the_newest_and_refuses_the_older(live):
    assert await live.cache.get("board:ES") is None
    assert await live.cache.put("board:ES", Whole(5, b"5", TS), ttl_seconds=60)
    assert not await live.cache.put("board:ES", Whole(4, b"4", TS), ttl_seconds=60)
    assert not await live.cache.put("board:ES", Whole(5, b"x", TS), ttl_seconds=60)
    assert await live.cache.get("board:ES") == Whole(5, b"5", TS)


async def test_of_many_at_once_the_newest_stays(live):
    now_ms = 1_790_000_000_000
    order = [(each * 37) % 100 for each in range(100)]
    puts = [
        live.cache.put("board:ES", Whole(now_ms + each, b"%d" % each, TS), ttl_seconds=60) for each in order
    ]
    await asyncio.gather(*puts)
    assert await live.cache.get("board:ES") == Whole(now_ms + 99, b"99", TS)


async def test_a_body_comes_back_byte_for_byte(live):
    body = bytes(range(256)) * 1000
    await live.cache.put("chain:CL:2026-03-17@x", Whole(2, body, TS), ttl_seconds=60)
    assert await live.cache.get("chain:CL:2026-03-17@x") == Whole(2, body, TS)
    async with live.bus.subscribe("chain:CL:2026-03-17@x") as reader:
        told = [
            Step("chain:CL:2026-03-17@x", 3, 2, body, TS),
            Step("chain:CL:2026-03-17@x", 4, 3, b"", TS),
            Step("chain:CL:2026-03-17@x", 9, 4, None, TS),
        ]
        for each in told:
            await live.bus.publish(each)
        async with asyncio.timeout(5):
            assert [each async for each in first(reader, 3)] == told


async def test_a_state_nobody_renews_is_gone(live):
    await live.cache.put("board:ES", Whole(5, b"5", TS), ttl_seconds=0.2)
    await live.outlive("board:ES")
    assert await live.cache.put("board:ES", Whole(1, b"1", TS), ttl_seconds=10)


async def test_each_reader_hears_each_step_of_its_topic_in_order(live):
    async with live.bus.subscribe("board:ES") as one, live.bus.subscribe("board:ES") as other:
        for seq in (1, 2, 3):
            await live.bus.publish(step(seq))
            await live.bus.publish(step(seq, "board:CL"))
        assert await read(one, 3) == [1, 2, 3]
        assert await read(other, 3) == [1, 2, 3]


async def test_nobody_hears_what_was_before(live):
    await live.bus.publish(step(1))
    async with live.bus.subscribe("board:ES") as reader:
        await live.bus.publish(step(2))
        assert await read(reader, 1) == [2]


async def test_who_left_and_came_back_hears_again(live):
    for seq in (1, 2, 3):
        async with live.bus.subscribe("board:ES") as reader:
            await live.bus.publish(step(seq))
            assert await read(reader, 1) == [seq]


async def test_one_who_leaves_takes_nothing_from_the_others(live):
    async with live.bus.subscribe("board:ES") as stays:
        async with live.bus.subscribe("board:ES"):
            pass
        await live.bus.publish(step(1))
        assert await read(stays, 1) == [1]


async def test_a_reader_that_falls_behind_sees_the_hole(live):
    async with live.bus.subscribe("board:ES") as slow, live.bus.subscribe("board:ES") as quick:
        for seq in range(1, STEPS_KEPT + 101):
            await live.bus.publish(step(seq))
            assert await read(quick, 1) == [seq]
        heard = await read(slow, STEPS_KEPT)
    assert heard == list(range(101, STEPS_KEPT + 101))


async def test_a_reader_waits_for_what_comes(live):
    async with live.bus.subscribe("board:ES") as reader:
        waiting = asyncio.create_task(read(reader, 1))
        await asyncio.sleep(0)
        await live.bus.publish(step(7))
        assert await waiting == [7]


async def test_what_several_want_is_wanted_once(live):
    assert await topics(live) == frozenset()
    await live.demand.want(["board:ES", "chain:ES:2026-12-18@simulated"], ttl_seconds=60)
    await live.demand.want(["board:ES"], ttl_seconds=60)
    assert await topics(live) == {"board:ES", "chain:ES:2026-12-18@simulated"}


async def test_what_nobody_wants_any_more_is_forgotten_and_nothing_else(live):
    await live.demand.want(["board:ES"], ttl_seconds=600)
    await live.demand.want(["board:ES", "board:CL"], ttl_seconds=0.3)

    async def is_forgotten() -> bool:
        return await topics(live) == {"board:ES"}

    await until(is_forgotten)


async def test_there_is_a_bound_to_what_is_wanted(live):
    await live.demand.want([f"quotes:{number}" for number in range(MOST_WANTED)], ttl_seconds=60)
    await live.demand.want(["board:ES"], ttl_seconds=600)
    wanted = await topics(live)
    assert len(wanted) == MOST_WANTED
    assert "board:ES" in wanted


async def topics(live: Adapters) -> frozenset[str]:
    interest = await live.demand.wanted()
    assert interest is not None
    return interest.topics


async def test_a_wish_has_a_new_number_where_nobody_had_it_before(live):
    first = await live.demand.want(["board:ES"], ttl_seconds=60)
    assert first > 0
    assert await live.demand.want(["board:ES"], ttl_seconds=60) == first
    second = await live.demand.want(["board:ES", "board:CL"], ttl_seconds=60)
    assert second > first
    interest = await live.demand.wanted()
    assert interest is not None
    assert interest.number == second


async def test_a_wish_that_had_ended_is_a_new_one(live):
    first = await live.demand.want(["board:ES"], ttl_seconds=0.05)

    async def is_over() -> bool:
        return not await topics(live)

    await until(is_over)
    assert await live.demand.want(["board:ES"], ttl_seconds=60) > first


async def test_a_maker_at_rest_is_woken_by_a_new_wish_and_not_by_an_old_one(live):
    number = await live.demand.want(["board:ES"], ttl_seconds=60)
    await live.demand.asked(0, within_seconds=60)
    resting = asyncio.create_task(live.demand.asked(number, within_seconds=60))
    await live.demand.want(["board:ES"], ttl_seconds=60)
    done, _ = await asyncio.wait({resting}, timeout=0.3)
    assert not done
    await live.demand.want(["board:CL"], ttl_seconds=60)
    async with asyncio.timeout(20):
        await resting


async def test_a_maker_rests_no_longer_than_it_wants(live):
    number = await live.demand.want(["board:ES"], ttl_seconds=60)
    async with asyncio.timeout(20):
        await live.demand.asked(number, within_seconds=0.05)


async def test_who_waits_learns_when_the_wish_is_fulfilled(live):
    await live.demand.asked(0, within_seconds=0.01)
    number = await live.demand.want(["board:ES"], ttl_seconds=60)
    waiting = [asyncio.create_task(live.demand.made(number, within_seconds=20)) for _ in range(3)]
    done, _ = await asyncio.wait(waiting, timeout=0.1)
    assert not done
    await live.demand.asked(number, within_seconds=0.01)
    assert await asyncio.gather(*waiting) == [True, True, True]
    assert await live.demand.made(number, within_seconds=20)


async def test_nobody_waits_longer_than_they_want_or_where_nobody_makes(live):
    number = await live.demand.want(["board:ES"], ttl_seconds=60)
    async with asyncio.timeout(20):
        assert not await live.demand.made(number, within_seconds=600)
        await live.demand.asked(0, within_seconds=0.01)
        assert not await live.demand.made(number, within_seconds=0.05)
