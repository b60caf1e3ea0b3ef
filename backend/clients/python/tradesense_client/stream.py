"""The stream: one connection for all topics, opened again when it breaks, with nothing lost in silence."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from tradesense_client.credentials import Credentials
from tradesense_client.errors import (
    ConnectionLost,
    NotPermitted,
    NotSignedIn,
    StreamRefused,
    TradeSenseError,
    Unavailable,
)
from tradesense_client.events import Event
from tradesense_client.following import Following, refusal
from tradesense_client.http import API
from tradesense_client.pace import Pace

MOST_TOPICS: Final = 128
LONGEST_SILENCE_SECONDS: Final = 30.0
MOST_FRAME_BYTES: Final = 16 * 1024 * 1024
HEARTBEAT: Final = "system:heartbeat"
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_CROWDED_PAUSE_SECONDS = 5.0
_MOST_UNSENT = 4 * MOST_TOPICS
_NOT_SIGNED_IN, _NOT_PERMITTED, _TOO_MANY, _BAD_PROTOCOL, _TOO_BIG = 4401, 4403, 4429, 1008, 1009


class _Refused(Exception):
    """The credential is not taken, or not any more."""


class Stream:
    """Follows topics until the block is left. Whoever follows a topic anew takes it over."""

    def __init__(
        self,
        base_url: str,
        credentials: Credentials | None,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = "ws" + base_url.removeprefix("http") + API + "/stream"
        self._credentials = credentials
        self._sleep = sleep
        self._monotonic = monotonic
        self._ids = itertools.count(1)
        self._followed: dict[str, Following] = {}
        self._subscribing: dict[int, Following] = {}
        self._unsent: asyncio.Queue[dict[str, Any]] | None = None
        self._task: asyncio.Task[None] | None = None
        self._failure: Exception | None = None
        self._is_choked = asyncio.Event()
        self._talked = False
        self.feeds: list[dict[str, Any]] = []
        """How each feed is doing, by the newest heartbeat."""

    async def __aenter__(self) -> Self:
        if self._credentials is None:
            raise NotSignedIn(401, "unauthorized", "the stream wants a token or an API key")
        self._task = asyncio.create_task(self._keep_up(self._credentials), name="tradesense stream")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._task is not None
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._end(ConnectionLost("the stream was left"))

    async def topic(self, topic: str, *, max_hz: float | None = None) -> AsyncIterator[Event]:
        """Yield what becomes of a topic, newest first where the reader is slow; `max_hz` bounds how often.

        Raises `StreamRefused` where the server does not take the subscription, `NotSignedIn` at the end of
        the session, `NotPermitted`.
        """
        former = self._followed.pop(topic, None)
        if former is not None:
            former.fail(StreamRefused("followed_anew", f"{topic} is followed elsewhere in this program now"))
        if len(self._followed) == MOST_TOPICS:
            raise ValueError(f"a stream carries up to {MOST_TOPICS} topics")
        if self._failure is not None:
            raise self._failure
        following = self._followed[topic] = Following(topic, max_hz, self._monotonic)
        self._subscribe(following)
        try:
            async for event in following.events():
                yield event
        finally:
            if self._followed.get(topic) is following:
                del self._followed[topic]
                self._send({"op": "unsubscribe", "topic": topic})

    # The connection

    async def _keep_up(self, credentials: Credentials) -> None:
        try:
            await self._run(credentials)
        except Exception as error:
            # A fault of this client: whoever waits for a topic is told, and leaving the block raises it.
            self._end(error)
            raise

    async def _run(self, credentials: Credentials) -> None:
        attempt, refused = 0, 0
        while True:
            bearer, pause = credentials.bearer(), 0.0
            self._talked = False
            try:
                pause = await self._connect_and_talk(credentials, bearer)
                refused = 0
            except _Refused:
                refused = 1 if self._talked else refused + 1
                if refused > 1 or not await self._renew(credentials, bearer):
                    self._end(NotSignedIn(401, "unauthorized", "the session has ended"))
            except TradeSenseError as error:
                self._end(error)
            if self._failure is not None:
                return
            for following in self._followed.values():
                following.cut("the connection was lost")
            attempt = 0 if self._talked else attempt + 1
            longest = min(_FIRST_PAUSE_SECONDS * 2**attempt, _LONGEST_PAUSE_SECONDS)
            await self._sleep(pause + random.uniform(0.0, longest))  # noqa: S311 - jitter, not a secret

    async def _connect_and_talk(self, credentials: Credentials, bearer: str) -> float:
        """Talk until the connection ends; return the least pause before the next one."""
        error: BaseException | None = None
        try:
            async with connect(
                self._url,
                additional_headers={"Authorization": f"Bearer {bearer}"},
                compression=None,
                open_timeout=10,
                close_timeout=1,
                max_size=MOST_FRAME_BYTES,
            ) as socket:
                await self._talk(socket, credentials)
        except* (OSError, TimeoutError, WebSocketException) as group:
            error = _first(group)
        finally:
            self._unsent = None
            self._subscribing.clear()
        if isinstance(error, InvalidStatus):
            return _pause_after_refusal(error)
        return _pause_after_close(error) if isinstance(error, ConnectionClosed) else 0.0

    async def _talk(self, socket: ClientConnection, credentials: Credentials) -> None:
        self._unsent = asyncio.Queue(_MOST_UNSENT)
        self._is_choked.clear()
        for following in self._followed.values():
            self._subscribe(following)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._write(socket, self._unsent))
            tasks.create_task(self._stay_signed_in(credentials))
            tasks.create_task(self._hang_up_when_choked())
            while True:
                async with asyncio.timeout(LONGEST_SILENCE_SECONDS):
                    text = await socket.recv()
                self._take(text)

    async def _write(self, socket: ClientConnection, unsent: asyncio.Queue[dict[str, Any]]) -> None:
        pace = Pace(self._monotonic, self._sleep)
        while True:
            message = await unsent.get()
            await pace.wait()
            await socket.send(json.dumps(message))

    async def _hang_up_when_choked(self) -> None:
        # Whoever is that far behind begins anew: on the next connection all is asked for again.
        await self._is_choked.wait()
        raise TimeoutError("too much is unsent")

    async def _stay_signed_in(self, credentials: Credentials) -> None:
        while (left := credentials.seconds_left()) is not None:
            await self._sleep(max(0.8 * left, 1.0))
            if await self._renew(credentials, credentials.bearer()):
                self._send({"op": "auth", "token": credentials.bearer()})

    async def _renew(self, credentials: Credentials, bearer: str) -> bool:
        try:
            return await credentials.renew(bearer)
        except (ConnectionLost, Unavailable):
            return True
        except TradeSenseError:
            return False

    # What is said

    def _subscribe(self, following: Following) -> None:
        message: dict[str, Any] = {"op": "subscribe", "topic": following.topic}
        if following.max_hz is not None:
            message["max_hz"] = following.max_hz
        number = self._send(message)
        if number is not None:
            following.asked()
            self._subscribing[number] = following

    def _send(self, message: dict[str, Any]) -> int | None:
        if self._unsent is None:
            return None
        number = next(self._ids)
        try:
            self._unsent.put_nowait({"id": number, **message})
        except asyncio.QueueFull:
            self._is_choked.set()
            return None
        return number

    # What is heard

    def _take(self, text: str | bytes) -> None:
        try:
            frame = json.loads(text)
            if "topic" in frame:
                self._take_frame(frame)
            elif "id" in frame:
                self._take_reply(frame)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TimeoutError(f"a frame that cannot be read: {type(error).__name__}") from None

    def _take_frame(self, frame: Mapping[str, Any]) -> None:
        self._talked = True
        topic = frame["topic"]
        if topic == HEARTBEAT:
            self.feeds = frame["data"]["feeds"]
            return
        following = self._followed.get(topic)
        if following is not None and following.take(frame):
            self._send({"op": "resync", "topic": topic})

    def _take_reply(self, reply: Mapping[str, Any]) -> None:
        following = self._subscribing.pop(reply["id"], None)
        if following is not None and not reply.get("ok"):
            following.fail(refusal(reply.get("error")))

    def _end(self, error: Exception) -> None:
        self._failure = error
        for following in self._followed.values():
            following.fail(error)


def _pause_after_refusal(error: InvalidStatus) -> float:
    status = error.response.status_code
    if status == 401:
        raise _Refused
    if status == 403:
        raise NotPermitted(403, "forbidden", "this caller may not open a stream")
    if status == 404:
        raise StreamRefused("not_found", "this server has no stream")
    after = error.response.headers.get("Retry-After", "")
    return min(float(after), _LONGEST_PAUSE_SECONDS) if after.isascii() and after.isdigit() else 0.0


def _pause_after_close(error: ConnectionClosed) -> float:
    code = error.rcvd.code if error.rcvd else None
    if code == _NOT_SIGNED_IN:
        raise _Refused
    if code == _NOT_PERMITTED:
        raise NotPermitted(403, "forbidden", "this caller may not follow the stream any more")
    if code in (_BAD_PROTOCOL, _TOO_BIG):
        raise StreamRefused("bad_protocol", f"the server closed the connection with {code}")
    return _CROWDED_PAUSE_SECONDS if code == _TOO_MANY else 0.0


def _first(group: BaseExceptionGroup[Any]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
