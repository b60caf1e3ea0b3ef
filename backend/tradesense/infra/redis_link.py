"""The way to one Redis (or what speaks like it), within bounds of time and connections.

A Redis that hangs costs 0.2 s, and then nobody asks it for a second. The loss and the return are logged once
each. What it is asked for is the matter of others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from tradesense.base.errors import Unavailable

DEADLINE_SECONDS: Final = 0.2
LEFT_ALONE_SECONDS: Final = 1.0
SILENCE_SECONDS: Final = 1.0
LOST: Final = (RedisError, OSError, TimeoutError)
_LATE_SECONDS = 0.02
_MOST_CONNECTIONS = 16
_LOG_EVERY = 1000

_log = logging.getLogger("tradesense.redis")
T = TypeVar("T")


class RedisLink:
    """The way to one Redis: bounded in connections and time; leaves alone for a moment what fails.

    `lost` counts what could not be done, `refused` how much of that Redis answered with an error.
    """

    def __init__(self, url: str) -> None:
        self._pool = BlockingConnectionPool.from_url(
            url,
            max_connections=_MOST_CONNECTIONS,
            timeout=SILENCE_SECONDS,
            socket_timeout=SILENCE_SECONDS,
            socket_connect_timeout=SILENCE_SECONDS,
            health_check_interval=0,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
        )
        self.client = Redis(connection_pool=self._pool)
        self.lost = 0
        self.refused = 0
        self._is_up = True
        self._left_alone_until = float("-inf")

    @property
    def database(self) -> int:
        """The number of the database; its names are ours alone, while channels know no databases."""
        return int(self._pool.connection_kwargs.get("db") or 0)

    def new_connection(self) -> AbstractConnection:
        """Return a connection outside the pool, not opened yet."""
        made: AbstractConnection = self._pool.connection_class(**self._pool.connection_kwargs)
        return made

    async def ask(self, work: Callable[[Redis], Awaitable[T]]) -> T:
        """Return what Redis answers within 0.2 s. Raises `Unavailable`: at once, within 1 s of a failure."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._left_alone_until:
            self.lost += 1
            raise _unavailable()
        if not self._is_up:
            # One asks whether it is back; the others need not wait for the answer.
            self._left_alone_until = loop.time() + LEFT_ALONE_SECONDS
        try:
            answer = await self._in_time(work)
        except LOST as error:
            self.note(error)
            raise _unavailable() from None
        self._left_alone_until = float("-inf")
        if not self._is_up:
            self._is_up = True
            _log.info("redis is back", extra={"lost": self.lost})
        return answer

    async def _in_time(self, work: Callable[[Redis], Awaitable[T]]) -> T:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                return await work(self.client)
        except TimeoutError:
            # Where even this came late, we were busy, and Redis may have answered long ago.
            if loop.time() - began < DEADLINE_SECONDS + _LATE_SECONDS:
                raise
        async with asyncio.timeout(DEADLINE_SECONDS):
            return await work(self.client)

    def note(self, error: Exception) -> None:
        """Count a failure, and say it once: that Redis is lost, or now and then that it refuses something."""
        self.lost += 1
        if isinstance(error, ResponseError):
            self.refused += 1
            if self.refused % _LOG_EVERY == 1:
                _log.warning("redis refuses", extra={"reason": str(error)[:100], "count": self.refused})
            return
        self._left_alone_until = asyncio.get_running_loop().time() + LEFT_ALONE_SECONDS
        if self._is_up:
            self._is_up = False
            _log.warning("redis is lost", extra={"reason": type(error).__name__})

    async def close(self) -> None:
        await self.client.aclose(close_connection_pool=True)


@asynccontextmanager
async def open_link(url: str) -> AsyncIterator[RedisLink]:
    """Yield the way to the Redis at `url`, which need not be there yet."""
    link = RedisLink(url)
    try:
        yield link
    finally:
        await link.close()


def _unavailable() -> Unavailable:
    return Unavailable("live state is not reachable", code="live_state_unavailable")
