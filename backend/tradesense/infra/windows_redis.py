"""Sliding windows that several processes count in together, on Redis.

One script an event, by the clock of Redis, for those of the processes may differ. What a window belongs to is
kept as a hash: names of people and addresses have no business there.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from tradesense.base.counting import Counted, Key
from tradesense.infra.redis_link import RedisLink

# A list of when, oldest first; what is over leaves first, so an event costs the same however many there are.
_COUNT: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, span = tonumber(ARGV[1]), tonumber(ARGV[2])
local newest = redis.call('LINDEX', KEYS[1], -1)
if newest and tonumber(newest) > now then redis.call('DEL', KEYS[1]) end
local oldest = redis.call('LINDEX', KEYS[1], 0)
while oldest and tonumber(oldest) <= now - span do
  redis.call('LPOP', KEYS[1])
  oldest = redis.call('LINDEX', KEYS[1], 0)
end
local count = redis.call('LLEN', KEYS[1])
local fits = 0
if count < limit then
  fits, count = 1, count + 1
  redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[1], span)
end
return {fits, count, oldest and now - tonumber(oldest) or 0}
"""


class RedisWindows:
    """Windows of one length; see `base.counting.SharedWindows`."""

    def __init__(self, link: RedisLink, *, seconds: float) -> None:
        self._link = link
        self._milliseconds = round(seconds * 1000)
        self._count = link.client.register_script(_COUNT)

    async def count(self, key: Key, limit: int) -> Counted:
        """Write an event down unless that makes more than `limit` in the window. Raises `Unavailable`."""
        names, values = [_name_of(key)], [limit, self._milliseconds]
        fits, count, age = await self._link.ask(lambda _: self._count(keys=names, args=values))
        return Counted(bool(fits), int(count), int(age) / 1000)


def _name_of(key: Key) -> str:
    text = "\0".join(map(str, key))
    return f"tradesense:window:{blake2b(text.encode(), digest_size=16).hexdigest()}"
