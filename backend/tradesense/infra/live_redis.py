"""Live state shared by several processes through Redis (or what speaks like it).

Losing Redis costs freshness, never correctness, so nothing here raises: while it is away a state is not
kept (`put` says so), a read finds nothing, a step is not told, and a reader hears nothing. What was lost
is counted (`redis_link`). When it is back, readers are subscribed again and told of each topic of theirs that
moved on meanwhile, by a step without a body: read the cache.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final, cast

from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection

from tradesense.base.errors import Unavailable
from tradesense.base.live import MOST_WANTED, Interest, Step, Whole
from tradesense.base.tasks import supervise
from tradesense.infra.live_reader import Reader
from tradesense.infra.redis_link import DEADLINE_SECONDS, LOST, SILENCE_SECONDS, RedisLink, open_link

_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 2.0
_TOPICS_A_CALL = 500
_CAUGHT_UP = b"caught-up"

# Seq and body change together or not at all; numbers below 2^53 compare exactly.
_PUT_IF_NEWER = """
local kept = redis.call('HGET', KEYS[1], 'seq')
if kept and tonumber(kept) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'seq', ARGV[1], 'ts', ARGV[2], 'body', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
"""

# By the clock of Redis: those of the processes may differ. Numbers are times too, so that they go on
# growing where all was forgotten.
_WANT = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local till = now + tonumber(ARGV[1])
local is_new = false
for place = 3, #ARGV do
  local kept = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[place]) or 0)
  is_new = is_new or kept <= now
  if kept < till then redis.call('ZADD', KEYS[1], till, ARGV[place]) end
end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -tonumber(ARGV[2]) - 1)
local number = tonumber(redis.call('GET', KEYS[2]) or 0)
if is_new then
  number = math.max(number + 1, now)
  redis.call('SET', KEYS[2], string.format('%.0f', number))
end
return number
"""

_WANTED = """
local time = redis.call('TIME')
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', time[1] * 1000 + math.floor(time[2] / 1000))
return {redis.call('GET', KEYS[2]) or '0', redis.call('ZRANGE', KEYS[1], 0, -1)}
"""

_WANTED_KEY: Final = "tradesense:wanted"
_NUMBER_KEY: Final = "tradesense:wanted:number"
_MADE_KEY: Final = "tradesense:wanted:made"
_MAKER_KEPT_MS: Final = 60_000
_ASKED_EVERY_SECONDS: Final = 0.1
_MADE_EVERY_SECONDS: Final = 0.025

_log = logging.getLogger("tradesense.redis")


class RedisCache:
    """A hash of seq, ts and body for each topic, which expires."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._put = link.client.register_script(_PUT_IF_NEWER)

    async def put(self, topic: str, whole: Whole, *, ttl_seconds: float) -> bool:
        """Keep a state unless a newer one is there; `False` also where Redis is away."""
        values: list[str | bytes | int] = [whole.seq, whole.ts, whole.body, max(1, round(ttl_seconds * 1000))]
        try:
            kept = await self._link.ask(lambda _: self._put(keys=[key_of(topic)], args=values))
        except Unavailable:
            return False
        return bool(kept)

    async def get(self, topic: str) -> Whole | None:
        """Return a topic's newest state; `None` also where Redis is away."""
        names = ["seq", "ts", "body"]
        try:
            seq, ts, body = await self._link.ask(
                lambda client: cast("Awaitable[list[bytes | None]]", client.hmget(key_of(topic), names))
            )
        except Unavailable:
            return None
        if seq is None or ts is None or body is None:
            return None
        return Whole(int(seq), body, ts.decode())

    async def check(self) -> None:
        """Return when Redis answers. Raises `Unavailable`."""
        await self._link.ask(lambda client: client.ping())


class _Channel:
    """Who listens to a topic here, and what was heard of it last."""

    def __init__(self) -> None:
        self.readers: set[Reader] = set()
        self.granted = asyncio.Event()
        self.last_seq = 0


class RedisBus:
    """Publish and subscribe over one connection for all the topics of this process; `listen` has to run."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._prefix = f"tradesense:{link.database}:step:"
        self._channels: dict[str, _Channel] = {}
        self._connection: AbstractConnection | None = None
        self._caught_up = asyncio.Event()
        self.strange_messages = 0

    async def publish(self, step: Step) -> None:
        """Tell a step to every reader of its topic; lost where Redis is away."""
        try:
            await self._link.ask(lambda client: client.publish(self._prefix + step.topic, encode(step)))
        except Unavailable:
            return

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[Reader]:
        """Listen while the block runs; where Redis is away, from when it is back."""
        reader = Reader()
        is_first = topic not in self._channels
        channel = self._channels.setdefault(topic, _Channel())
        channel.readers.add(reader)
        try:
            if is_first:
                await self._send("SUBSCRIBE", topic)
            await self._until_granted(channel)
            yield reader
        finally:
            channel.readers.discard(reader)
            if not channel.readers:
                del self._channels[topic]
                await self._send("UNSUBSCRIBE", topic)

    async def listen(self) -> None:
        """Hear for all readers, over and over: a lost connection is opened again after a growing pause."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            self._caught_up.clear()
            connection = self._link.new_connection()
            try:
                await self._follow(connection)
            except LOST as error:
                self._link.note(error)
            finally:
                self._connection = None
                for channel in self._channels.values():
                    channel.granted.clear()
                await connection.disconnect(nowait=True)
            pause = _FIRST_PAUSE_SECONDS if self._caught_up.is_set() else pause
            await asyncio.sleep(random.uniform(0.0, pause))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def _follow(self, connection: AbstractConnection) -> None:
        await connection.connect()  # type: ignore[no-untyped-call] # the library leaves it untyped
        self._connection = connection
        topics = list(self._channels)
        for part in _parts(topics):
            await connection.send_command("SUBSCRIBE", *(self._prefix + topic for topic in part))
        # Answers come in order: with this one, all of the above are granted.
        await connection.send_command("PING", _CAUGHT_UP)
        async with supervise("what was missed", lambda: self._tell_missed(topics)):
            asked_for_life = True
            while True:
                reply = await connection.read_response(
                    timeout=SILENCE_SECONDS, disconnect_on_error=False, push_request=True
                )
                if reply is not None:
                    asked_for_life = False
                    self._take(reply)
                elif asked_for_life:
                    raise TimeoutError
                else:
                    asked_for_life = True
                    await connection.send_command("PING")

    async def _until_granted(self, channel: _Channel) -> None:
        if self._connection is None:
            return
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await channel.granted.wait()
        except TimeoutError:
            _log.debug("redis is slow to grant a topic")

    async def _send(self, command: str, topic: str) -> None:
        connection = self._connection
        if connection is None or not connection.is_connected:
            return
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await connection.send_command(command, self._prefix + topic)
        except LOST as error:
            self._link.note(error)

    def _take(self, reply: object) -> None:
        if reply in (_CAUGHT_UP, [b"pong", _CAUGHT_UP]):
            self._caught_up.set()
        if not isinstance(reply, list) or reply[0] not in (b"message", b"subscribe"):
            return
        topic = reply[1].decode().removeprefix(self._prefix)
        channel = self._channels.get(topic)
        if channel is None:
            return
        if reply[0] == b"subscribe":
            channel.granted.set()
            return
        try:
            step = decode(topic, reply[2])
        except ValueError:
            self.strange_messages += 1
            return
        self._tell(channel, step)

    def _tell(self, channel: _Channel, step: Step) -> None:
        channel.last_seq = step.seq
        for reader in channel.readers:
            reader.take(step)

    async def _tell_missed(self, topics: Sequence[str]) -> None:
        """Tell of each topic that moved on while nobody listened. Raises `Unavailable`, to be run again."""
        await self._caught_up.wait()
        for part in _parts(topics):
            channels = {topic: self._channels[topic] for topic in part if topic in self._channels}
            found = await self._link.ask(partial(_newest, topics=list(channels)))
            for (topic, channel), (seq, ts) in zip(channels.items(), found, strict=True):
                if seq is not None and ts is not None and int(seq) > channel.last_seq:
                    self._tell(channel, Step(topic, int(seq), channel.last_seq, None, ts.decode()))


class RedisDemand:
    """One sorted set of names by when their time is over, shared by all processes, and two numbers."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._want = link.client.register_script(_WANT)
        self._wanted = link.client.register_script(_WANTED)
        self._made = 0
        self._looks = asyncio.Lock()

    async def want(self, topics: Collection[str], *, ttl_seconds: float) -> int:
        """Say what is read; lost where Redis is away."""
        head: list[str | int] = [max(1, round(ttl_seconds * 1000)), MOST_WANTED]
        number = 0
        for part in _parts(list(topics)):
            try:
                number = int(await self._link.ask(partial(self._say, [*head, *part])))
            except Unavailable:
                return 0
        return number

    async def _say(self, args: Sequence[str | int], _: Redis) -> int:
        said: int = await self._want(keys=[_WANTED_KEY, _NUMBER_KEY], args=args)
        return said

    async def wanted(self) -> Interest | None:
        """Return what is read; `None` where Redis is away."""
        try:
            number, names = await self._link.ask(lambda _: self._wanted(keys=[_WANTED_KEY, _NUMBER_KEY]))
        except Unavailable:
            return None
        return Interest(frozenset(name.decode() for name in names), int(number))

    async def asked(self, made: int, *, within_seconds: float) -> None:
        """Look ten times a second whether something new is asked for."""
        try:
            async with asyncio.timeout(within_seconds):
                await self._ask(lambda client: client.set(_MADE_KEY, made, px=_MAKER_KEPT_MS))
                while True:
                    number = await self._ask(lambda client: client.get(_NUMBER_KEY))
                    if number is not None and number > made:
                        return
                    await asyncio.sleep(_ASKED_EVERY_SECONDS)
        except TimeoutError:
            return

    async def made(self, number: int, *, within_seconds: float) -> bool:
        """Look forty times a second, one for all who wait."""
        try:
            async with asyncio.timeout(within_seconds), self._looks:
                while self._made < number:
                    made = await self._ask(lambda client: client.get(_MADE_KEY))
                    if made is None:
                        return False
                    self._made = max(self._made, made)
                    if made < number:
                        await asyncio.sleep(_MADE_EVERY_SECONDS)
        except TimeoutError:
            return False
        return True

    async def _ask(self, work: Callable[[Redis], Awaitable[Any]]) -> int | None:
        """Return the number that Redis answers with; `None` where there is none or Redis is away."""
        try:
            answer = await self._link.ask(work)
        except Unavailable:
            return None
        return int(answer) if isinstance(answer, bytes) else None


@asynccontextmanager
async def open_redis(url: str) -> AsyncIterator[tuple[RedisCache, RedisBus, RedisDemand]]:
    """Yield cache, bus and demand on the Redis at `url`, which need not be there yet."""
    async with open_link(url) as link:
        bus = RedisBus(link)
        async with supervise("redis", bus.listen):
            yield RedisCache(link), bus, RedisDemand(link)


def key_of(topic: str) -> str:
    """Return the name a topic's newest state is kept under."""
    return f"tradesense:live:{topic}"


def encode(step: Step) -> bytes:
    """Write a step as one line of numbers and time, then the body as it is."""
    head = f"{step.seq} {step.prev} {step.ts} {'snapshot' if step.body is None else 'delta'}\n"
    return head.encode() + (step.body or b"")


def decode(topic: str, message: bytes) -> Step:
    """Read what `encode` wrote; anything else is `ValueError`."""
    head, _, body = message.partition(b"\n")
    seq, prev, ts, kind = head.decode().split(" ")
    if kind not in ("snapshot", "delta"):
        raise ValueError("neither snapshot nor delta")
    return Step(topic, int(seq), int(prev), body if kind == "delta" else None, ts)


async def _newest(client: Redis, topics: Sequence[str]) -> list[list[bytes | None]]:
    async with client.pipeline(transaction=False) as pipeline:
        for topic in topics:
            pipeline.hmget(key_of(topic), ["seq", "ts"])
        return await pipeline.execute()


def _parts(topics: Sequence[str]) -> list[Sequence[str]]:
    return [topics[start : start + _TOPICS_A_CALL] for start in range(0, len(topics), _TOPICS_A_CALL)]
