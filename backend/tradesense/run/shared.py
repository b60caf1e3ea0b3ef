"""Opens what processes count, keep and hand on together, on the Redis that the settings name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from tradesense.base.answers import SharedAnswers
from tradesense.base.counting import SharedOnce, SharedWindows
from tradesense.infra.answers_redis import RedisAnswers
from tradesense.infra.once_redis import RedisOnce
from tradesense.infra.redis_link import open_link
from tradesense.infra.windows_redis import RedisWindows
from tradesense.run.settings import Settings
from tradesense.web.rate_limits import WINDOW_SECONDS


class Shared(NamedTuple):
    """Budgets of requests, tickets of the stream and kept answers; `None` where each process has its own."""

    windows: SharedWindows | None
    once: SharedOnce | None
    answers: SharedAnswers | None


@asynccontextmanager
async def open_shared(settings: Settings) -> AsyncIterator[Shared]:
    """Yield what is shared. It has ways to Redis of its own: a crowd of requests must not hold up prices, nor
    large answers hold up who counts."""
    if settings.redis_url is None:
        yield Shared(None, None, None)
        return
    url = settings.redis_url.get_secret_value()
    async with open_link(url) as counting, open_link(url) as keeping:
        yield Shared(
            RedisWindows(counting, seconds=WINDOW_SECONDS), RedisOnce(counting), RedisAnswers(keeping)
        )
