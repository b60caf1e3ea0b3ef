"""Values that one process leaves on Redis and any one takes, once."""

from __future__ import annotations

from functools import partial
from typing import cast

from redis.asyncio import Redis

from tradesense.infra.redis_link import RedisLink


class RedisOnce:
    """See `base.counting.SharedOnce`. Redis hands a value out and forgets it in one step."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    async def leave(self, name: str, value: bytes, *, ttl_seconds: float) -> None:
        """Leave a value for so long. Raises `Unavailable`."""
        key, milliseconds = _key_of(name), max(1, round(ttl_seconds * 1000))
        await self._link.ask(lambda client: client.set(key, value, px=milliseconds))

    async def take(self, name: str) -> bytes | None:
        """Return a value and remove it; `None` where there is none. Raises `Unavailable`."""
        return await self._link.ask(partial(_take, key=_key_of(name)))


async def _take(client: Redis, key: str) -> bytes | None:
    return cast("bytes | None", await client.getdel(key))


def _key_of(name: str) -> str:
    return f"tradesense:once:{name}"
