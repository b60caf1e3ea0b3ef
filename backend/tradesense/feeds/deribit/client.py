"""Follows Deribit: what is listed, what it trades at, what is new and what has gone. Comes back by itself.

Pauses between attempts double from 1 s to 60 s, each drawn at random from its whole length, so that
many programs cut off together do not come back together.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tradesense.base.clock import Clock
from tradesense.base.errors import AppError
from tradesense.feeds.deribit.session import (
    HEARTBEAT_SECONDS,
    MOST_MESSAGE_BYTES,
    CallRefused,
    Endpoint,
    Push,
    Session,
    SilentVenue,
    Socket,
)
from tradesense.feeds.files.deribit_messages import MarketState, build_instrument, parse_state
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
_MOST_AHEAD = timedelta(seconds=5)
_LOG_EVERY = 1_000
_GONE = frozenset({"closed", "settled", "delivered", "archivized"})

_log = logging.getLogger(__name__)

Connect = Callable[[str], AbstractAsyncContextManager[Socket]]
Sleep = Callable[[float], Awaitable[None]]


class SessionEnded(Exception):
    """The conversation is over; `reason` says why in a few words for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Listener(Protocol):
    """Who is told. Called on the event loop: must not block."""

    def connecting(self) -> None:
        """An attempt begins."""
        ...

    def listed(self, instruments: Sequence[Instrument]) -> None:
        """These can be traded."""
        ...

    def gone(self, symbol: str) -> None:
        """This is traded no more."""
        ...

    def quoted(self, instrument: Instrument, state: MarketState) -> None:
        """This is the state of one market now."""
        ...

    def lost(self, reason: str) -> None:
        """The venue is not there, or not any more; another attempt follows by itself."""
        ...


def open_socket(url: str) -> AbstractAsyncContextManager[Socket]:
    """Connect without compression, with bounds on what may come, and through no proxy."""
    return connect(
        url,
        compression=None,
        open_timeout=10,
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
        self._namer = namer
        self._clock = clock
        self._listener = listener
        self._currencies = currencies
        self._connect = connect
        self._sleep = sleep
        self._known: dict[str, Instrument] = {}
        self._newest: dict[str, datetime] = {}
        self._skew = timedelta()
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
                session = Session(socket, self._count_bad)
                async with asyncio.TaskGroup() as tasks:
                    setting_up = tasks.create_task(self._set_up(session))
                    tasks.create_task(self._listen(session, tasks))
                    await setting_up
        except* (SilentVenue, CallRefused) as group:
            raise SessionEnded(str(_first(group))) from None
        except* (OSError, TimeoutError, WebSocketException) as group:
            raise SessionEnded(_words_of(_first(group))) from None

    async def _set_up(self, session: Session) -> None:
        await session.call("public/set_heartbeat", {"interval": HEARTBEAT_SECONDS})
        await self._compare_clocks(session)
        self._known.clear()
        self._newest.clear()
        for currency in self._currencies:
            for kind in _KINDS:
                await self._list(session, currency, kind)
                await self._sleep(_LIST_PAUSE_SECONDS)
        states = [f"instrument.state.{kind}.{currency}" for currency in self._currencies for kind in _KINDS]
        await self._subscribe(session, [*states, *(ticker_of(each) for each in self._known.values())])

    async def _compare_clocks(self, session: Session) -> None:
        theirs = await session.call("public/get_time", {})
        if not isinstance(theirs, int) or not 0 < theirs < 32_000_000_000_000:
            self._count_bad("a time that is none")
            return
        self._skew = datetime.fromtimestamp(theirs / 1000, UTC) - self._clock.now()
        if abs(self._skew) > _MOST_AHEAD:
            seconds = round(self._skew.total_seconds(), 1)
            _log.warning("the venue's clock differs", extra={"venue": "deribit", "ahead_seconds": seconds})

    async def _list(self, session: Session, currency: str, kind: str) -> None:
        params = {"currency": currency, "kind": kind, "expired": False}
        rows = await session.call("public/get_instruments", params)
        if not isinstance(rows, list):
            self._count_bad("a list that is none")
            return
        self._take_instruments(rows)

    def _take_instruments(self, rows: Iterable[Any]) -> list[Instrument]:
        made = []
        for row in rows:
            try:
                instrument = build_instrument(self._namer, row if isinstance(row, dict) else {})
            except (AppError, ValueError, OverflowError):
                self._count_bad("an instrument that cannot be so")
                continue
            made.append(instrument)
            self._known[instrument.source_symbol] = instrument
        if made:
            self._listener.listed(made)
        return made

    async def _subscribe(self, session: Session, channels: Sequence[str]) -> None:
        for part in _parts(channels, _CHANNELS_A_CALL):
            granted = await session.call("public/subscribe", {"channels": part})
            if not isinstance(granted, list) or len(granted) < len(part):
                self._count_bad("a channel that was not granted")
            await self._sleep(_SUBSCRIBE_PAUSE_SECONDS)

    async def _listen(self, session: Session, tasks: asyncio.TaskGroup) -> None:
        async for push in session.pushes():
            kind = push.channel.partition(".")[0]
            if kind == "ticker":
                self._take_ticker(push)
            elif kind == "instrument":
                name = self._take_change(push)
                if name is not None:
                    tasks.create_task(self._welcome(session, name))

    def _take_ticker(self, push: Push) -> None:
        data = push.data if isinstance(push.data, dict) else {}
        instrument = self._known.get(str(data.get("instrument_name")))
        if instrument is None:
            self._count_bad("a ticker of nothing listed")
            return
        try:
            state = parse_state(data)
        except (ValueError, OverflowError):
            self._count_bad("a ticker that cannot be so")
            return
        if state.at > self._clock.now() + self._skew + _MOST_AHEAD:
            self._count_bad("a ticker of the future")
        elif state.at < self._newest.get(instrument.symbol, state.at):
            self._count_bad("a ticker older than the one before")
        elif data.get("state") in _GONE:
            self._drop(instrument)
        else:
            self._newest[instrument.symbol] = state.at
            self._listener.quoted(instrument, state)

    def _take_change(self, push: Push) -> str | None:
        """Return the name of an instrument that is new."""
        data: Mapping[str, Any] = push.data if isinstance(push.data, dict) else {}
        name, state = data.get("instrument_name"), data.get("state")
        if not isinstance(name, str):
            self._count_bad("a change of nothing")
            return None
        known = self._known.get(name)
        if known is not None and state in _GONE:
            self._drop(known)
        return name if known is None and state in ("created", "started") else None

    async def _welcome(self, session: Session, name: str) -> None:
        try:
            row = await session.call("public/get_instrument", {"instrument_name": name})
        except CallRefused:
            self._count_bad("an instrument that is refused")
            return
        made = self._take_instruments([row])
        await self._subscribe(session, [ticker_of(each) for each in made])

    def _drop(self, instrument: Instrument) -> None:
        self._known.pop(instrument.source_symbol, None)
        self._newest.pop(instrument.symbol, None)
        self._listener.gone(instrument.symbol)

    def _count_bad(self, reason: str) -> None:
        count = self.bad_messages[reason] = self.bad_messages.get(reason, 0) + 1
        if count % _LOG_EVERY == 1:
            _log.warning("a bad message", extra={"venue": "deribit", "reason": reason, "count": count})


def ticker_of(instrument: Instrument) -> str:
    """Return the ticker channel: every 100 ms for what is not an option, every 2 s for options."""
    cadence = "agg2" if instrument.strike is not None else "100ms"
    return f"ticker.{instrument.source_symbol}.{cadence}"


def _parts(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _first(group: BaseExceptionGroup[Any]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _words_of(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError):
        return error.strerror or "no connection"
    return "the connection was closed"
