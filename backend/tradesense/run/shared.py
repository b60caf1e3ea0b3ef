"""Opens what processes count and hand on together, on the Redis that the settings name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from tradesense.base.counting import SharedOnce, SharedWindows
from tradesense.infra.once_redis import RedisOnce
from tradesense.infra.redis_link import open_link
from tradesense.infra.windows_redis import RedisWindows
from tradesense.run.settings import Settings
from tradesense.web.rate_limits import WINDOW_SECONDS


class Shared(NamedTuple):
    """Budgets of requests and tickets of the stream; `None` where each process has its own."""

    windows: SharedWindows | None
    once: SharedOnce | None


@asynccontextmanager
async def open_shared(settings: Settings) -> AsyncIterator[Shared]:
    """Yield what is shared. It has a way to Redis of its own: a crowd of requests must not hold up prices."""
    if settings.redis_url is None:
        yield Shared(None, None)
        return
    async with open_link(settings.redis_url.get_secret_value()) as link:
        yield Shared(RedisWindows(link, seconds=WINDOW_SECONDS), RedisOnce(link))
