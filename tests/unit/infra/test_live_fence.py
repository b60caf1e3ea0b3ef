"""Who may not be the writer any more tells nothing, and still reads."""

from __future__ import annotations

from tradesense.base.live import Step, Whole
from tradesense.infra.live_fence import FencedBus, FencedCache
from tradesense.infra.live_memory import MemoryBus, MemoryCache

TS = "2026-03-20T14:30:00.000Z"


async def test_nothing_is_kept_or_told_while_it_does_not_hold() -> None:
    holds = True
    inner, inner_bus = MemoryCache(), MemoryBus()
    cache, bus = FencedCache(inner, lambda: holds), FencedBus(inner_bus, lambda: holds)
    async with bus.subscribe("board:ES") as reader:
        steps = aiter(reader)
        assert await cache.put("board:ES", Whole(1, b"1", TS), ttl_seconds=60)
        await bus.publish(Step("board:ES", 1, 0, b"1", TS))
        holds = False
        assert not await cache.put("board:ES", Whole(2, b"2", TS), ttl_seconds=60)
        await bus.publish(Step("board:ES", 2, 1, b"2", TS))
        holds = True
        await bus.publish(Step("board:ES", 3, 1, b"3", TS))
        assert [(await anext(steps)).seq, (await anext(steps)).seq] == [1, 3]
    kept = await cache.get("board:ES")
    assert kept is not None
    assert kept.seq == 1
