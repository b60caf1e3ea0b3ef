"""Clients of the stream who come back as docs/streaming.md says, and notice whatever they were not told."""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from tests.fixtures.people import API, bearer
from tests.fixtures.waiting import until

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_JOIN_AT_ONCE = 25
_MOST_FRAME_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Absence:
    """From when a socket was lost until each of its topics was whole again, by the monotonic clock."""

    lost: float
    back: float
    code: int | None
    tries: int


@dataclass
class Heard:
    """What all of them heard so far, and what was wrong with it."""

    frames: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    """`hole`: a delta upon a state that was not told; `backwards`: a state older than one told before."""
    refused: Counter[str] = field(default_factory=Counter)
    absences: list[Absence] = field(default_factory=list)
    newest: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """The newest state of each topic that anybody has."""


class Follower:
    """One socket, opened again whenever it is lost; `topics` by the rate that is asked for."""

    def __init__(self, url: str, token: str, *, address: str, topics: dict[str, float], heard: Heard) -> None:
        self._url = "wss" + url.removeprefix("https") + API + "/stream"
        self._token, self._address, self._topics, self._heard = token, address, topics, heard
        self._has: dict[str, int] = {}
        self._newest: dict[str, int] = dict.fromkeys(topics, -1)
        self._lost: tuple[float, int | None] | None = None
        self._tries = 0

    @property
    def is_whole(self) -> bool:
        """Whether it has a state of each of its topics, over a line that is open."""
        return len(self._has) == len(self._topics)

    def is_up_to(self, newest: dict[str, int]) -> bool:
        """Tell whether it has these states of its topics, or newer ones."""
        return self.is_whole and all(self._has[topic] >= newest[topic] for topic in self._topics)

    async def follow(self, trust: ssl.SSLContext) -> None:
        """Follow until it is cancelled."""
        while True:
            code = await self._live(trust)
            self._has.clear()
            self._lost = self._lost or (time.monotonic(), code)
            longest = min(_FIRST_PAUSE_SECONDS * 2**self._tries, _LONGEST_PAUSE_SECONDS)
            self._tries += 1
            await asyncio.sleep(random.uniform(0.0, longest))

    async def _live(self, trust: ssl.SSLContext) -> int | None:
        """Open one line and hear until it ends; return the code of its end."""
        try:
            async with connect(
                self._url,
                ssl=trust,
                host="127.0.0.1",
                port=urlsplit(self._url).port,
                local_addr=(self._address, 0),
                additional_headers=bearer(self._token),
                compression=None,
                proxy=None,
                ping_interval=None,
                open_timeout=15,
                close_timeout=1,
                max_size=_MOST_FRAME_BYTES,
            ) as line:
                for number, (topic, max_hz) in enumerate(self._topics.items(), 1):
                    asked = {"id": number, "op": "subscribe", "topic": topic, "max_hz": max_hz}
                    await line.send(json.dumps(asked))
                while True:
                    await self._take(line, await line.recv(decode=False))
        except InvalidStatus as refused:
            self._heard.refused[f"status {refused.response.status_code}"] += 1
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None
        except (OSError, TimeoutError, WebSocketException) as error:
            self._heard.refused[type(error).__name__] += 1
        return None

    async def _take(self, line: ClientConnection, text: bytes | str) -> None:
        frame = orjson.loads(text)
        topic, kind = frame.get("topic"), frame.get("kind")
        if frame.get("ok") is False:
            self._heard.wrong[f"refused: {frame['error']['code']}"] += 1
        if topic not in self._topics or kind not in ("snapshot", "delta"):
            return
        self._heard.frames[kind] += 1
        has, seq = self._has.get(topic, -1), frame["seq"]
        if kind == "snapshot":
            if seq < self._newest[topic]:
                self._heard.wrong["backwards"] += 1
        elif seq <= has:
            return
        elif frame["prev"] != has:
            self._heard.wrong["hole"] += 1
            await line.send(json.dumps({"id": 99, "op": "resync", "topic": topic}))
            return
        self._has[topic] = self._newest[topic] = seq
        self._heard.newest[topic] = max(self._heard.newest[topic], seq)
        if self.is_whole and (self._lost or self._tries):
            self._note_return()

    def _note_return(self) -> None:
        if self._lost is not None:
            lost, code = self._lost
            self._heard.absences.append(Absence(lost, time.monotonic(), code, self._tries))
        self._lost, self._tries = None, 0


@asynccontextmanager
async def following(
    followers: list[Follower], trust: ssl.SSLContext, *, seconds: float
) -> AsyncIterator[None]:
    """Have all of them follow during the block; it begins when each is whole, within so many seconds."""
    tasks: list[asyncio.Task[None]] = []
    try:
        for start in range(0, len(followers), _JOIN_AT_ONCE):
            some = followers[start : start + _JOIN_AT_ONCE]
            tasks += [asyncio.create_task(each.follow(trust)) for each in some]
            await until(lambda some=some: _are_whole(some), seconds=seconds)
        yield
        for task in tasks:
            # One that ended by itself failed, which is a fault of these clients.
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _are_whole(followers: list[Follower]) -> bool:
    return all(each.is_whole for each in followers)
