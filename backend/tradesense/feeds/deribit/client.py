"""Follows Deribit: what is listed, what it trades at, what is new and what has gone. Comes back by itself.

Pauses between attempts double from 1 s to 60 s, each drawn at random from its whole length, so that
many programs cut off together do not come back together.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, InvalidStatus, WebSocketException

from tradesense.base.clock import Clock
from tradesense.feeds.deribit.known import KnownMarket, Listener, channel_of
from tradesense.feeds.deribit.session import (
    HEARTBEAT_SECONDS,
    MOST_MESSAGE_BYTES,
    CallRefused,
    Endpoint,
    Session,
    SilentVenue,
    Socket,
)
from tradesense.feeds.files.namer import Namer
from tradesense.instruments import Instrument

CURRENCIES: Final = ("BTC", "ETH")
_KINDS = ("future", "option")
_CHANNELS_A_CALL = 400
_SUBSCRIBE_PAUSE_SECONDS = 0.35
_LIST_PAUSE_SECONDS = 1.05
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 60.0
_STEADY_SECONDS = 60.0
_OPEN_TIMEOUT_SECONDS = 10.0
_LOG_EVERY = 1_000
_ENDINGS = (SilentVenue, CallRefused, OSError, TimeoutError, WebSocketException)

_log = logging.getLogger(__name__)

Connect = Callable[[str], AbstractAsyncContextManager[Socket]]
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Group:
    currency: str
    kind: str


class SessionEnded(Exception):
    """The conversation is over; `reason` says why in a few words for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_socket(url: str) -> AbstractAsyncContextManager[Socket]:
    """Connect without compression, with bounds on what may come, and through no proxy."""
    return connect(
        url,
        compression=None,
        open_timeout=_OPEN_TIMEOUT_SECONDS,
        close_timeout=2,
        ping_interval=None,
        max_size=MOST_MESSAGE_BYTES,
        max_queue=256,
        proxy=None,
    )


class DeribitClient:
    """Follows the futures, perpetuals and options of some coins until cancelled.

    `bad_messages` counts, by reason, what came and could not be understood; it changes nothing else.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        namer: Namer,
        clock: Clock,
        listener: Listener,
        *,
        currencies: Sequence[str] = CURRENCIES,
        connect: Connect = open_socket,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._listener = listener
        self._currencies = currencies
        self._groups = tuple(_Group(currency, kind) for currency in currencies for kind in _KINDS)
        self._connect = connect
        self._sleep = sleep
        self._market = KnownMarket(namer, clock, listener, self._count_bad)
        self._dirty: dict[_Group, None] = {}
        self._is_dirty = asyncio.Event()
        self.bad_messages: dict[str, int] = {}

    async def run(self) -> None:
        """Converse, and when a conversation ends begin another one after a pause."""
        loop = asyncio.get_running_loop()
        pause = _FIRST_PAUSE_SECONDS
        while True:
            began = loop.time()
            self._listener.connecting()
            try:
                await self._converse()
            except SessionEnded as end:
                self._listener.lost(end.reason)
                _log.warning("the venue is lost", extra={"venue": "deribit", "reason": end.reason})
            if loop.time() - began > _STEADY_SECONDS:
                pause = _FIRST_PAUSE_SECONDS
            await self._sleep(random.uniform(0.0, pause))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def _converse(self) -> None:
        try:
            async with self._connect(self._endpoint.url) as socket:
                session = Session(socket, self._count_bad, self._listener.heard)
                async with asyncio.TaskGroup() as tasks:
                    setting_up = tasks.create_task(self._set_up(session))
                    tasks.create_task(self._listen(session))
                    await setting_up
                    await self._welcome(session)
        except ExceptionGroup as group:
            if group.split(_ENDINGS)[1] is not None:
                raise
            raise SessionEnded(_words_of(_first(group))) from None
        except _ENDINGS as error:
            raise SessionEnded(_words_of(error)) from None

    async def _set_up(self, session: Session) -> None:
        await session.call("public/set_heartbeat", {"interval": HEARTBEAT_SECONDS})
        ahead = self._market.compare_clocks(await session.call("public/get_time", {}))
        if ahead:
            _log.warning(
                "the venue's clock differs",
                extra={"venue": "deribit", "ahead_seconds": ahead.total_seconds()},
            )
        self._market.begin()
        self._dirty.clear()
        for group in self._groups:
            await self._list(session, group)
            summary = {"currency": group.currency, "kind": group.kind}
            self._market.take_summaries(await session.call("public/get_book_summary_by_currency", summary))
            await self._sleep(_LIST_PAUSE_SECONDS)
        for currency in self._currencies:
            self._market.list_index(currency)
        self._market.listing_done()
        states = [f"instrument.state.{group.kind}.{group.currency}" for group in self._groups]
        await self._subscribe(session, [*states, *self._market.channels()])

    async def _list(self, session: Session, group: _Group) -> list[Instrument]:
        params = {"currency": group.currency, "kind": group.kind, "expired": False}
        return self._market.take_instruments(await session.call("public/get_instruments", params))

    async def _subscribe(self, session: Session, channels: Sequence[str]) -> None:
        for part in _parts(channels, _CHANNELS_A_CALL):
            granted = await session.call("public/subscribe", {"channels": part})
            if not isinstance(granted, list) or len(granted) < len(part):
                self._count_bad("a channel that was not granted")
            await self._sleep(_SUBSCRIBE_PAUSE_SECONDS)

    async def _listen(self, session: Session) -> None:
        async for push in session.pushes():
            kind = push.channel.partition(".")[0]
            data = push.data if isinstance(push.data, dict) else {}
            if kind == "ticker":
                self._market.take_ticker(data)
            elif kind == "deribit_price_index":
                self._market.take_index(data)
            elif kind == "instrument" and self._market.take_change(data):
                self._note_new(push.channel)

    def _note_new(self, channel: str) -> None:
        for group in self._groups:
            if channel == f"instrument.state.{group.kind}.{group.currency}":
                self._dirty[group] = None
                self._is_dirty.set()

    async def _welcome(self, session: Session) -> None:
        """List anew what has new instruments: a day's hundreds in one call, and no faster than allowed."""
        while True:
            await self._is_dirty.wait()
            self._is_dirty.clear()
            while self._dirty:
                group = next(iter(self._dirty))
                del self._dirty[group]
                made = await self._list(session, group)
                await self._subscribe(session, [channel_of(each) for each in made])
                await self._sleep(_LIST_PAUSE_SECONDS)

    def _count_bad(self, reason: str) -> None:
        count = self.bad_messages[reason] = self.bad_messages.get(reason, 0) + 1
        if count % _LOG_EVERY == 1:
            _log.warning("a bad message", extra={"venue": "deribit", "reason": reason, "count": count})


def _parts(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _words_of(error: BaseException) -> str:
    if isinstance(error, SilentVenue | CallRefused):
        return str(error)
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError):
        return error.strerror or "no connection"
    if isinstance(error, InvalidStatus):
        return f"HTTP {error.response.status_code} instead of a conversation"
    if isinstance(error, InvalidHandshake) and not isinstance(error.__cause__, EOFError | OSError):
        return "something else answers at the venue's address"
    return "the connection was closed"
