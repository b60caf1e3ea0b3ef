"""Who calls meanwhile: at a stated rate, from several addresses, and a few who write."""

from __future__ import annotations

import asyncio
import multiprocessing
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event

import httpx

from scripts.load_test import CLOSED_UNDER_IT, MIX, Plan, Result, load, names_filled, quantile
from tests.fixtures.people import API, AUTH, People, Person, bearer, new_email, new_password

FROM_ONE_ADDRESS_A_SECOND = 25.0
"""Half of what the edge lets one address ask."""
LONGEST_SECONDS = 1800.0
OF_A_PERSON = {f"{API}/users/me": 2, f"{API}/watchlists": 1, f"{API}/users/me/preferences": 1}
_WRITE_PAUSE_SECONDS = 0.2
_OPTION = {"right": "C", "forward": 100.0, "strike": 105.0, "expiry_years": 0.5, "vol": 0.2, "rate": 0.03}
_GREEKS = {"model": "black76", "columns": {name: [value] for name, value in _OPTION.items()}}


@dataclass
class Calls:
    """What came of all of them."""

    due: int = 0
    again: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.due += result.due
        self.again += result.again
        self.failed += result.errors
        self.seconds += [each for values in result.seconds.values() for each in values]

    def line(self) -> str:
        """Say it in a line."""
        p50, p99, most = (quantile(self.seconds, share) * 1000 for share in (0.5, 0.99, 1.0))
        failed = sum(self.failed.values())
        return (
            f"{self.due} requests, {self.again} sent again, {failed} failed {dict(self.failed) or ''}; "
            f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {most:.0f} ms"
        )


def tokens_of(people: People, count: int) -> list[str]:
    """Make people and sign them in, each from an address of their own; return their tokens."""
    tokens = []
    for number in range(count):
        client = people.nobody(from_address=f"127.0.20.{number + 1}")
        person = Person(new_email(), new_password())
        body = {"email": person.email, "password": person.password}
        client.post(f"{AUTH}/register", json=body).raise_for_status()
        tokens.append(people.tokens(person, from_address=f"127.0.20.{number + 1}").access)
    return tokens


def client_from(url: str, address: str, trust: ssl.SSLContext, token: str) -> httpx.AsyncClient:
    """Return a client that calls from an address of its own.

    It looks at each of its connections for every request, so it has few: more would cost more than they give.
    """
    limits = httpx.Limits(max_connections=16, keepalive_expiry=60.0)
    transport = httpx.AsyncHTTPTransport(verify=trust, local_address=address, limits=limits)
    return httpx.AsyncClient(base_url=url, transport=transport, headers=bearer(token), timeout=30)


@dataclass(frozen=True)
class Calling:
    """Whom to call, trusting which certificate, with which tokens, how often, and how patiently."""

    url: str
    certificate: str
    tokens: list[str]
    rate: float
    patience: float


@asynccontextmanager
async def calling(what: Calling) -> AsyncIterator[list[Calls]]:
    """Have people read and write during the block, from a process of its own: whoever follows has much to do.

    What came of reading and of writing is in the list after the block.
    """
    context = multiprocessing.get_context("spawn")
    over, told = context.Event(), context.SimpleQueue()
    process = context.Process(target=_call, args=(what, over, told))
    calls: list[Calls] = []
    process.start()
    try:
        yield calls
    finally:
        over.set()
        calls += await asyncio.to_thread(told.get)
        await asyncio.to_thread(process.join)


def _call(what: Calling, over: Event, told: SimpleQueue[list[Calls]]) -> None:
    async def both() -> list[Calls]:
        trust = ssl.create_default_context(cafile=what.certificate)
        return await asyncio.gather(
            read(what.url, trust, what.tokens, what.rate, what.patience, over.is_set),
            write(what.url, trust, what.tokens[0], over.is_set),
        )

    told.put(asyncio.run(both()))


async def read(
    url: str,
    trust: ssl.SSLContext,
    tokens: list[str],
    rate: float,
    patience: float,
    is_enough: Callable[[], bool],
) -> Calls:
    """Read a working day's mix at so many requests a second, all together, until it is enough.

    A request that takes longer than `patience` seconds has failed.
    """
    count = -(-rate // FROM_ONE_ADDRESS_A_SECOND)

    async def one(number: int) -> Result:
        token = tokens[number % len(tokens)]
        async with client_from(url, f"127.0.21.{number + 1}", trust, token) as client:
            mix = {**await names_filled(client, MIX), **OF_A_PERSON}
            plan = Plan(rate / count, LONGEST_SECONDS, mix, seed=number, timeout_seconds=patience)
            return await load(client, plan, is_enough=is_enough)

    calls = Calls()
    for result in await asyncio.gather(*(one(number) for number in range(int(count)))):
        calls.add(result)
    return calls


async def write(url: str, trust: ssl.SSLContext, token: str, is_enough: Callable[[], bool]) -> Calls:
    """Keep preferences, and have something reckoned, in turn, until it is enough."""
    calls = Calls()
    loop = asyncio.get_running_loop()
    async with client_from(url, "127.0.22.1", trust, token) as client:
        while not is_enough():
            ways = (
                ("PUT", f"{API}/users/me/preferences", {"document": {"turn": calls.due}}),
                ("POST", f"{API}/greeks", _GREEKS),
            )
            method, path, body = ways[calls.due % len(ways)]
            calls.due += 1
            began = loop.time()
            try:
                try:
                    answer = await client.request(method, path, json=body)
                except CLOSED_UNDER_IT:
                    calls.again += 1
                    answer = await client.request(method, path, json=body)
            except httpx.HTTPError as error:
                calls.failed[f"{method}: {type(error).__name__}"] += 1
            else:
                if answer.status_code >= 400:
                    calls.failed[f"{method} {path}: status {answer.status_code}"] += 1
                else:
                    calls.seconds.append(loop.time() - began)
            await asyncio.sleep(_WRITE_PAUSE_SECONDS)
    return calls
