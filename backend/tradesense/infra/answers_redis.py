"""Answers that several processes keep together, on Redis.

Names are hashes made by who asks, of the question and of nothing about who asks. All that is kept is bounded
here, for Redis makes room by what ends first, and budgets of a minute would go before answers of ten.
"""

from __future__ import annotations

from typing import Final

from tradesense.base.answers import Found
from tradesense.infra.redis_link import RedisLink

MOST_BYTES: Final = 64 * 1024 * 1024
LARGEST_BYTES: Final = 4 * 1024 * 1024
LEASE_SECONDS: Final = 5.0
"""So long, at most, others wait for who computes."""

_REVISION: Final = "tradesense:answers:revision"
_ENDS: Final = "tradesense:answers:ends"
_SIZES: Final = "tradesense:answers:sizes"
_BYTES: Final = "tradesense:answers:bytes"

# Revisions are times of Redis, so that they go on growing where all was forgotten.
_NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""

_FIND = (
    _NOW
    + """
local revision = redis.call('GET', KEYS[1])
if not revision then
  revision = string.format('%.0f', now)
  redis.call('SET', KEYS[1], revision)
end
if ARGV[1] == revision then return {revision, 'own'} end
local kept = redis.call('HMGET', KEYS[2], 'revision', 'body')
if kept[1] == revision then return {revision, 'found', kept[2], redis.call('PTTL', KEYS[2])} end
if redis.call('SET', KEYS[3], '1', 'NX', 'PX', ARGV[2]) then return {revision, 'claimed'} end
return {revision, 'taken'}
"""
)

_KEEP = (
    _NOW
    + """
redis.call('DEL', KEYS[3])
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local function forget(name)
  redis.call('DECRBY', KEYS[6], redis.call('HGET', KEYS[5], name) or 0)
  redis.call('HDEL', KEYS[5], name)
  redis.call('ZREM', KEYS[4], name)
end
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now)) do forget(name) end
if redis.call('HEXISTS', KEYS[5], KEYS[2]) == 1 then forget(KEYS[2]) end
local size, most = #ARGV[2], tonumber(ARGV[4])
while tonumber(redis.call('GET', KEYS[6]) or 0) + size > most do
  local name = redis.call('ZRANGE', KEYS[4], 0, 0)[1]
  if not name then break end
  redis.call('DEL', name)
  forget(name)
end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'revision', ARGV[1], 'body', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[4], now + ARGV[3], KEYS[2])
redis.call('HSET', KEYS[5], KEYS[2], size)
redis.call('INCRBY', KEYS[6], size)
return 1
"""
)

_CHANGED = (
    _NOW
    + """
local revision = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0) + 1)
redis.call('SET', KEYS[1], string.format('%.0f', revision))
return revision
"""
)


class RedisAnswers:
    """At most 64 MiB, what ends first makes room; one over 4 MiB is not kept. See `base.answers`."""

    def __init__(self, link: RedisLink, *, most_bytes: int = MOST_BYTES) -> None:
        self._link = link
        self._most_bytes = most_bytes
        self._find = link.client.register_script(_FIND)
        self._keep = link.client.register_script(_KEEP)
        self._changed = link.client.register_script(_CHANGED)

    async def find(self, name: str, *, own: int | None) -> Found:
        """Return what is kept under a name, within one round trip."""
        keys, values = [_REVISION, _key(name), _lease(name)], [own or 0, round(LEASE_SECONDS * 1000)]
        revision, state, *kept = await self._link.ask(lambda _: self._find(keys=keys, args=values))
        number = int(revision)
        if state == b"found":
            return Found(number, kept[0], max(0, int(kept[1])) / 1000)
        return Found(number, is_own=state == b"own", claimed=state == b"claimed")

    async def keep(self, name: str, body: bytes, *, revision: int, seconds: float) -> None:
        """Keep an answer and make room for it."""
        if len(body) > min(LARGEST_BYTES, self._most_bytes):
            await self.release(name)
            return
        keys = [_REVISION, _key(name), _lease(name), _ENDS, _SIZES, _BYTES]
        values: list[str | bytes | int] = [revision, body, max(1, round(seconds * 1000)), self._most_bytes]
        await self._link.ask(lambda _: self._keep(keys=keys, args=values))

    async def release(self, name: str) -> None:
        """Let the next who asks compute it."""
        await self._link.ask(lambda client: client.delete(_lease(name)))

    async def changed(self) -> None:
        """Begin a new revision."""
        await self._link.ask(lambda _: self._changed(keys=[_REVISION]))


def _key(name: str) -> str:
    return f"tradesense:answer:{name}"


def _lease(name: str) -> str:
    return f"tradesense:answer:{name}:lease"
