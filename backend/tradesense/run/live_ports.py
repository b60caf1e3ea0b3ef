"""Opens what carries live state: in memory within one process, or on the Redis that several share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from tradesense.base.live import Bus, Cache, Demand
from tradesense.infra.live_fence import FencedBus, FencedCache
from tradesense.infra.live_memory import MemoryBus, MemoryCache, MemoryDemand
from tradesense.infra.live_redis import open_redis
from tradesense.infra.market_store import DuckDBStore
from tradesense.run.settings import Settings
from tradesense.web.health import Readiness


class LivePorts(NamedTuple):
    """The cache holds the newest wholes, the bus says what changed, the demand what is read."""

    cache: Cache
    bus: Bus
    demand: Demand


def fenced(ports: LivePorts, store: DuckDBStore) -> LivePorts:
    """Return ports that tell nothing while another process may have become the writer of the store."""

    def holds() -> bool:
        return store.is_surely_ours

    return LivePorts(FencedCache(ports.cache, holds), FencedBus(ports.bus, holds), ports.demand)


@asynccontextmanager
async def open_live(settings: Settings, readiness: Readiness | None = None) -> AsyncIterator[LivePorts]:
    """Yield cache, bus and demand: on Redis where `REDIS_URL` names one, otherwise in memory.

    A Redis that is not there stops nothing: the program starts, and live state comes when it does. It is
    told to `readiness` as the part `cache`.
    """
    if settings.redis_url is None:
        yield LivePorts(MemoryCache(), MemoryBus(), MemoryDemand())
        return
    async with open_redis(settings.redis_url.get_secret_value()) as (cache, bus, demand):
        if readiness is not None:
            readiness.add("cache", cache.check)
        yield LivePorts(cache, bus, demand)
