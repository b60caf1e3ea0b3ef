"""One for each process: which clients there are, which topics they want, and what they are told.

A topic that somebody wants has one reader of the bus, whatever the number of clients. It listens first and
reads the cache then, so that nothing is missed in between; what it hears passes on in one loop over shared
bytes. It ends when nobody wants the topic any more.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final
from uuid import UUID

import orjson

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.live import RENEW_SECONDS, WANTED_SECONDS, Bus, Cache, Demand
from tradesense.base.principal import Permission, Standing
from tradesense.base.tasks import supervise
from tradesense.streaming import protocol
from tradesense.streaming.clients import Client
from tradesense.streaming.outbox import Subscription
from tradesense.streaming.protocol import AUTH_SECONDS, Asked, CloseCode, Code, Refused
from tradesense.streaming.readers import TopicReader
from tradesense.streaming.sessions import LOOK_SECONDS, Standings, look_again
from tradesense.streaming.tickets import Tickets
from tradesense.streaming.topics import FEEDS, Named
from tradesense.streaming.wire import Line, text_frame

STUCK_SECONDS: Final = 8.0
_MOST_TOPICS: Final = 20_000
_TEND_SECONDS: Final = 0.05
_SWEEP_SECONDS: Final = 0.5
_SLICES: Final = 20
"""Heartbeats go out a slice of the clients at a time, so that ten thousand are no burst."""

_log = logging.getLogger("tradesense.streaming")


class Hub:
    """See the module. Its methods run on the event loop and do not wait, but for `prove`."""

    def __init__(
        self,
        cache: Cache,
        bus: Bus,
        standings: Standings,
        clock: Clock,
        *,
        demand: Demand | None = None,
        heartbeat_seconds: float = 5.0,
        sockets_per_user: int = 20,
        most_sockets: int = 12_000,
        tickets: Tickets | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.tickets = tickets or Tickets(monotonic)
        self.standings = standings
        self.clients: set[Client] = set()
        self.dropped = 0
        self._cache = cache
        self._bus = bus
        self._clock = clock
        self._demand = demand
        self._unsaid: set[str] = set()
        self._is_unsaid = asyncio.Event()
        self._heartbeat_seconds = heartbeat_seconds
        self._sockets_per_user = sockets_per_user
        self._most_sockets = most_sockets
        self._monotonic = monotonic
        self._readers: dict[str, TopicReader] = {}
        self._sockets: Counter[UUID] = Counter()
        self._work: set[asyncio.Task[None]] = set()
        self._feeds: list[object] = []
        self._written_before = 0
        self._is_closing = False

    # What is counted

    @property
    def topics(self) -> int:
        """How many topics somebody wants."""
        return len(self._readers)

    @property
    def subscriptions(self) -> int:
        """How many subscriptions there are."""
        return sum(len(client.subscriptions) for client in self.clients)

    @property
    def written(self) -> int:
        """How many frames of topics were written."""
        return self._written_before + sum(reader.outbox.written for reader in self._readers.values())

    # Clients come and go

    def open(self, line: Line) -> Client:
        """Take a new socket over; who it is may be said later."""
        client = Client(self, line)
        self.clients.add(client)
        if self._is_closing:
            client.close(CloseCode.RESTARTS)
        elif len(self.clients) > self._most_sockets:
            client.close(CloseCode.TRY_LATER)
        return client

    def admit(self, client: Client, standing: Standing) -> CloseCode | None:
        """See `clients.Home`."""
        caller = standing.caller
        if not (caller.may(Permission.MARKET_READ) or caller.may(Permission.PORTFOLIO_READ)):
            return CloseCode.NOT_PERMITTED
        if self._sockets[caller.user_id] >= self._sockets_per_user:
            return CloseCode.TOO_MANY
        self._sockets[caller.user_id] += 1
        client.say(self._heartbeat())
        return None

    def leave(self, client: Client) -> None:
        """See `clients.Home`."""
        self.clients.discard(client)
        if client.standing is not None:
            user_id = client.standing.caller.user_id
            self._sockets[user_id] -= 1
            if self._sockets[user_id] <= 0:
                del self._sockets[user_id]

    async def prove(self, asked: Asked) -> Standing | None:
        """See `clients.Home`."""
        if asked.token is not None:
            return await self.standings.of_credential(asked.token, follows_session=False)
        return await self.use_ticket(asked.ticket or "")

    async def use_ticket(self, ticket: str) -> Standing | None:
        """Return whose ticket it was, if they still may; a ticket is good once."""
        standing = await self.tickets.use(ticket)
        if standing is None:
            return None
        return (await self.standings.still([standing])).get(standing.caller.credential_id)

    # Topics come and go

    def subscribe(self, named: Named, subscription: Subscription) -> None:
        """See `clients.Home`."""
        reader = self._readers.get(named.wire)
        if reader is None:
            if len(self._readers) >= _MOST_TOPICS:
                raise Refused(Code.UNAVAILABLE, "Too many topics are followed at the moment.")
            reader = TopicReader(named, self._cache, self._bus, self._clock, self._monotonic)
            self._readers[named.wire] = reader
            self._unsaid.add(named.wire)
            self._is_unsaid.set()
            self.begin(reader.run())
        reader.add(subscription)

    def unsubscribe(self, named: Named, subscription: Subscription) -> None:
        """See `clients.Home`."""
        reader = self._readers.get(named.wire)
        if reader is None:
            return
        reader.outbox.remove(subscription)
        if not reader.outbox.subscriptions:
            self._written_before += reader.outbox.written
            del self._readers[named.wire]
            reader.stop()

    def restart(self, named: Named, subscription: Subscription) -> None:
        """See `clients.Home`."""
        self._readers[named.wire].restart(subscription)

    # Loops

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tell and look after clients while the block runs; at its end every socket is closed with 1012."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._end)
            for name, loop in (
                ("stream: late clients", self._tend),
                ("stream: heartbeats", self._beat),
                ("stream: bounds", self._sweep),
                ("stream: sessions", self._look),
                ("stream: demand", self._want),
            ):
                await stack.enter_async_context(supervise(name, loop))
            yield

    async def _tend(self) -> None:
        while True:
            await asyncio.sleep(_TEND_SECONDS)
            now = self._monotonic()
            for reader in list(self._readers.values()):
                if reader.outbox.late:
                    reader.tend(now)

    async def _beat(self) -> None:
        waiting: deque[Client] = deque()
        while True:
            await self._read_feeds()
            framed = text_frame(self._heartbeat())
            if not waiting:
                waiting.extend(self.clients)
                share = -(-len(waiting) // _SLICES)
            for _ in range(min(share, len(waiting))):
                client = waiting.popleft()
                if client.is_clear and client.standing is not None:
                    client.write(framed)
            await asyncio.sleep(self._heartbeat_seconds / _SLICES)

    async def _read_feeds(self) -> None:
        try:
            whole = await self._cache.get(FEEDS)
        except Unavailable:
            return
        items = orjson.loads(whole.body).get("items", ()) if whole is not None else ()
        self._feeds = [{name: item.get(name) for name in ("feed", "state", "last_tick_ts")} for item in items]

    def _heartbeat(self) -> bytes:
        return protocol.heartbeat_frame(self.stamp(), self._feeds)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            now = self._monotonic()
            for client in list(self.clients):
                if client.stuck_since is not None and now - client.stuck_since > STUCK_SECONDS:
                    self.dropped += 1
                    _log.info("a client that does not read is dropped")
                    client.cut()
                elif client.standing is None and now - client.opened_at > AUTH_SECONDS:
                    client.close(CloseCode.SESSION_ENDED)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await look_again(self.clients, self.standings, self._clock)

    async def _want(self) -> None:
        """Say what is followed, new topics at once and all of them every five seconds."""
        while self._demand is not None:
            try:
                async with asyncio.timeout(RENEW_SECONDS):
                    while True:
                        await self._is_unsaid.wait()
                        self._is_unsaid.clear()
                        unsaid, self._unsaid = self._unsaid, set()
                        await self._demand.want(unsaid, ttl_seconds=WANTED_SECONDS)
            except TimeoutError:
                await self._demand.want(list(self._readers), ttl_seconds=WANTED_SECONDS)

    async def _end(self) -> None:
        self._is_closing = True
        for client in list(self.clients):
            client.close(CloseCode.RESTARTS)
        for task in list(self._work):
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    # What clients need

    def monotonic(self) -> float:
        return self._monotonic()

    def stamp(self) -> str:
        """Return the time, as frames say it."""
        return self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """See `clients.Home`."""
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("work of the stream failed", exc_info=task.exception())
