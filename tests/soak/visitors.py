"""Fifty clients who come, follow or ask for a while in a way of their own, and go."""

from __future__ import annotations

import asyncio
import json
import math
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.fixtures.people import API, AUTH, new_email, new_password

PEOPLE = 10
LONGEST_START_SECONDS = 120.0
SIGN_IN_EVERY_SECONDS = 600.0
"""Before an access token ends, and seldom enough for the twenty attempts an hour that an account has."""
ROOTS = ("ES", "CL", "NG", "GC", "ZN", "BTC")


@dataclass
class Visits:
    """What was done so far, and what went wrong of it."""

    done: Counter[str] = field(default_factory=Counter)
    frames: int = 0
    answers: int = 0
    failures: Counter[str] = field(default_factory=Counter)


class Crowd:
    """Clients of one program; what they do is made of the seed alone. Some are the same person."""

    def __init__(self, url: str, seed: int) -> None:
        self.visits = Visits()
        self._url = url
        self._chance = random.Random(seed)
        self._people: list[dict[str, str]] = []
        self._signed_in: dict[str, tuple[float, dict[str, str]]] = {}
        self._signing_in = asyncio.Lock()
        self._expiries: dict[str, list[str]] = {}
        # As scripts do they show a token; with the cookies of a browser beside it a call would be refused.
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        limits = httpx.Limits(max_connections=60)
        self._http = httpx.AsyncClient(base_url=url, timeout=60, limits=limits, cookies=no_cookies)

    async def prepare(self) -> None:
        """Make the people, and learn which chains there are."""
        for _ in range(PEOPLE):
            person = {"email": new_email(), "password": new_password()}
            (await self._http.post(f"{AUTH}/register", json=person)).raise_for_status()
            self._people.append(person)
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while not self._expiries:
            assert time.monotonic() < deadline, "the program shows no option chain"
            await asyncio.sleep(1)
            answer = await self._http.get(f"{API}/options", headers=await self._sign_in())
            self._expiries = {
                item["underlying"]: [each["expiry"] for each in item["expiries"][:4]]
                for item in answer.raise_for_status().json()["items"]
                if item["expiries"]
            }

    async def come_and_go(self, count: int, until: Callable[[], bool]) -> None:
        """Keep so many clients about until it is time to go."""
        ways: list[tuple[Callable[[], Awaitable[None]], int]] = [
            (self._follow, 60),
            (self._leave_without_a_word, 15),
            (self._read_slowly, 10),
            (self._ask, 15),
        ]

        async def client() -> None:
            while not until():
                way = self._chance.choices([each for each, _ in ways], [weight for _, weight in ways])[0]
                name = way.__name__.strip("_").replace("_", " ")
                try:
                    await way()
                    self.visits.done[name] += 1
                except httpx.HTTPStatusError as error:
                    self.visits.failures[f"{name}: signing in {error.response.status_code}"] += 1
                except (OSError, TimeoutError, WebSocketException, httpx.HTTPError) as error:
                    self.visits.failures[f"{name}: {type(error).__name__}"] += 1
                await asyncio.sleep(self._chance.uniform(0.5, 5))

        await asyncio.gather(*(client() for _ in range(count)))
        await self._http.aclose()

    async def _sign_in(self) -> dict[str, str]:
        person = self._chance.choice(self._people)
        async with self._signing_in:
            since, headers = self._signed_in.get(person["email"], (-math.inf, {}))
            if time.monotonic() - since > SIGN_IN_EVERY_SECONDS:
                answer = await self._http.post(f"{AUTH}/login", json=person)
                headers = {"Authorization": f"Bearer {answer.raise_for_status().json()['access_token']}"}
                self._signed_in[person["email"]] = (time.monotonic(), headers)
        return headers

    def _topics(self) -> list[str]:
        underlying = self._chance.choice(sorted(self._expiries))
        offered = [
            *(f"board:{root}" for root in ROOTS),
            *(f"curve:{root}" for root in ROOTS),
            f"chain:{underlying}:{self._chance.choice(self._expiries[underlying])}",
            f"surface:{underlying}",
        ]
        return self._chance.sample(offered, self._chance.randint(1, 5))

    async def _open(self) -> ClientConnection:
        socket = await connect(
            "ws" + self._url.removeprefix("http") + f"{API}/stream",
            additional_headers=await self._sign_in(),
            compression=None,
            proxy=None,
            open_timeout=30,
            max_size=16 * 1024 * 1024,
        )
        for topic in self._topics():
            await socket.send(json.dumps({"op": "subscribe", "topic": topic}))
        return socket

    async def _hear(self, socket: ClientConnection, seconds: float, pause: float = 0.0) -> None:
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await socket.recv()
                    self.visits.frames += 1
                    await asyncio.sleep(pause)
        except TimeoutError:
            return

    async def _follow(self) -> None:
        socket = await self._open()
        await self._hear(socket, self._chance.uniform(5, 90))
        await socket.close()

    async def _leave_without_a_word(self) -> None:
        socket = await self._open()
        await self._hear(socket, self._chance.uniform(2, 40))
        socket.transport.abort()

    async def _read_slowly(self) -> None:
        socket = await self._open()
        await self._hear(socket, 30, pause=2)
        await socket.close()

    async def _ask(self) -> None:
        headers = await self._sign_in()
        underlying = self._chance.choice(sorted(self._expiries))
        expiry = self._chance.choice(self._expiries[underlying])
        root = self._chance.choice(ROOTS)
        paths = [
            f"{API}/futures",
            f"{API}/futures/{root}/curve",
            f"{API}/options/{underlying}/chain?expiry={expiry}",
            f"{API}/options/{underlying}/surface",
            f"{API}/options/{underlying}/heatmap",
        ]
        for _ in range(self._chance.randint(5, 30)):
            answer = await self._http.get(self._chance.choice(paths), headers=headers)
            if answer.status_code >= 400:
                self.visits.failures[f"ask: {answer.status_code} {answer.url.path}"] += 1
            self.visits.answers += 1
            await asyncio.sleep(1)
