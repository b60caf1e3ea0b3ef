"""A release under load, step by step as `deploy/release.sh` takes them, and what its callers felt."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.fixtures.app import RunningApp, wait_for_app
from tests.fixtures.people import API
from tests.fixtures.topology import THREE_AT_ONCE_SECONDS, Topology
from tests.fixtures.waiting import until
from tests.rolling.callers import Calling, Calls, calling, client_from, tokens_of
from tests.rolling.followers import Follower, Heard, following
from tests.rolling.migrating import migrate_to_the_next

SOCKETS_OF_ONE_PERSON = 20
SOCKETS_OF_ONE_ADDRESS = 50
"""Half of what the edge lets one address have open."""
CHAIN_OF_EVERY = 10
"""So many followers share one that reads a whole chain."""
ROOTS = ("BTC", "ES", "CL", "NG", "GC", "ZN")
ALWAYS_OPEN = "board:BTC"
LONGEST_BACK_SECONDS = 30.0
PATIENCE_SECONDS = 240.0


@dataclass(frozen=True)
class Size:
    """How much of it: requests a second, each answered within so many seconds, and sockets."""

    rate: float
    sockets: int
    patience: float = 10.0


@dataclass(frozen=True)
class Restart:
    """One process replaced; seconds are counted from when it was asked to end."""

    what: str
    code: int
    how: str
    lost: int
    """How many sockets it took with it."""
    back: float
    """When the last of them was whole again."""
    codes: Counter[int | None]

    def line(self) -> str:
        codes = ", ".join(f"{count} × {code}" for code, count in self.codes.items()) or "none"
        return (
            f"{self.what}: {self.how}; sockets lost {self.lost} ({codes}), "
            f"all whole again after {self.back:.1f} s"
        )


@dataclass
class Outcome:
    """What a release was like."""

    reads: Calls = field(default_factory=Calls)
    writes: Calls = field(default_factory=Calls)
    heard: Heard = field(default_factory=Heard)
    restarts: list[Restart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """Return what must not have been."""
        found = [f"{kind} × {count}" for kind, count in (self.reads.failed + self.writes.failed).items()]
        found += [f"{kind} × {count}" for kind, count in self.heard.wrong.items()]
        for each in self.restarts:
            if each.back > LONGEST_BACK_SECONDS:
                found.append(f"{each.what}: sockets back after {each.back:.1f} s")
            if each.code != 0:
                found.append(f"{each.what}: ended with {each.code}")
        return found

    def lines(self) -> list[str]:
        frames = self.heard.frames
        return [
            *self.notes,
            *(each.line() for each in self.restarts),
            f"reads: {self.reads.line()}",
            f"writes: {self.writes.line()}",
            f"topics: {frames['snapshot']:,} snapshots, {frames['delta']:,} deltas, "
            f"wrong: {dict(self.heard.wrong) or 'nothing'}; "
            f"openings refused: {dict(self.heard.refused) or 'none'}",
        ]


class Release:
    """Drives one topology whose callers and followers are under way."""

    def __init__(self, topology: Topology, followers: list[Follower], outcome: Outcome) -> None:
        self._topology, self._followers, self._outcome = topology, followers, outcome

    async def migrate(self) -> None:
        """Change the tables as the next release might."""
        began = time.monotonic()
        done = await asyncio.to_thread(migrate_to_the_next, self._topology)
        assert done.returncode == 0, done.stderr
        self._outcome.notes.append(f"migration: done in {time.monotonic() - began:.1f} s")

    async def replace_feed(self) -> None:
        """End the process of the feeds as a container is ended, and start it anew."""
        former = self._topology.feeds[0]
        began, before = time.monotonic(), len(self._outcome.heard.absences)
        code, ended = await self._end(former)
        again = self._topology.launch_feed_again(former)
        await asyncio.to_thread(wait_for_app, again, longest_seconds=THREE_AT_ONCE_SECONDS)
        answered = f"the next answered after {time.monotonic() - began:.1f} s"
        await self._note_return("feed", code, f"{ended}, {answered}", began, before)

    async def start_beside(self) -> None:
        """Start as many workers as there are, wait until they answer, and have nginx know them."""
        began = time.monotonic()
        started = [self._topology.launch_beside(each) for each in tuple(self._topology.workers)]
        for each in started:
            await asyncio.to_thread(wait_for_app, each, longest_seconds=THREE_AT_ONCE_SECONDS)
        await asyncio.to_thread(self._topology.reload)
        self._outcome.notes.append(f"workers beside the old: answer after {time.monotonic() - began:.1f} s")

    async def end_worker(self, what: str) -> None:
        """End the oldest worker, wait until its clients are back, and have nginx forget it."""
        former = self._topology.workers[0]
        began, before = time.monotonic(), len(self._outcome.heard.absences)
        code, ended = await self._end(former)
        self._topology.workers.remove(former)
        await asyncio.to_thread(self._topology.reload)
        await self._note_return(what, code, ended, began, before)

    async def _end(self, running: RunningApp) -> tuple[int, str]:
        began = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(running.process.wait, PATIENCE_SECONDS)
        return code, f"ended with {code} after {time.monotonic() - began:.1f} s"

    async def _note_return(self, what: str, code: int, how: str, began: float, before: int) -> None:
        """Wait until everybody who was lost since is back, and note it."""
        await until(self._are_whole, seconds=PATIENCE_SECONDS)
        lost = self._outcome.heard.absences[before:]
        back = max((each.back - began for each in lost), default=0.0)
        codes = Counter(each.code for each in lost)
        self._outcome.restarts.append(Restart(what, code, how, len(lost), back, codes))

    async def hear_on(self) -> None:
        """Wait until the market has moved on, and everybody knows."""
        newest = self._outcome.heard.newest
        seen = newest[ALWAYS_OPEN]
        began = time.monotonic()

        async def has_moved() -> bool:
            return newest[ALWAYS_OPEN] > seen

        await until(has_moved, seconds=PATIENCE_SECONDS)
        moved, now = time.monotonic() - began, dict(newest)

        async def all_know() -> bool:
            return all(each.is_up_to(now) for each in self._followers)

        await until(all_know, seconds=PATIENCE_SECONDS)
        self._outcome.notes.append(
            f"after that the market moved within {moved:.1f} s and everybody knew within "
            f"{time.monotonic() - began:.1f} s"
        )

    async def _are_whole(self) -> bool:
        return all(each.is_whole for each in self._followers)


@asynccontextmanager
async def under_load(topology: Topology, size: Size) -> AsyncIterator[tuple[Release, Outcome]]:
    """Have people call and follow during the block; the outcome is whole after it."""
    outcome, trust = Outcome(), topology.trust()
    count = max(2, -(-size.sockets // SOCKETS_OF_ONE_PERSON))
    tokens = await asyncio.to_thread(tokens_of, topology.people, count)
    topics = await _chains(topology, tokens[0])
    followers = [
        Follower(
            topology.https,
            tokens[number // SOCKETS_OF_ONE_PERSON],
            address=f"127.0.23.{number // SOCKETS_OF_ONE_ADDRESS + 1}",
            topics=_topics(number, topics),
            heard=outcome.heard,
        )
        for number in range(size.sockets)
    ]
    what = Calling(topology.https, str(topology.certificate), tokens, size.rate, size.patience)
    async with following(followers, trust, seconds=PATIENCE_SECONDS), calling(what) as calls:
        yield Release(topology, followers, outcome), outcome
    outcome.reads, outcome.writes = calls


def _topics(number: int, chains: list[str]) -> dict[str, float]:
    """Return what a follower reads, and how often it wants to be told."""
    topics = {f"board:{ROOTS[number % len(ROOTS)]}": 20.0, f"curve:{ROOTS[number // 2 % len(ROOTS)]}": 2.0}
    if number % CHAIN_OF_EVERY == 0:
        topics[chains[number // CHAIN_OF_EVERY % len(chains)]] = 1.0
    return topics


async def _chains(topology: Topology, token: str) -> list[str]:
    """Return topics of chains, once the market has any."""
    found: list[str] = []
    async with client_from(topology.https, "127.0.22.2", topology.trust(), token) as client:

        async def are_there() -> bool:
            items = (await client.get(f"{API}/options")).raise_for_status().json()["items"]
            found[:] = [
                f"chain:{each['underlying']}:{each['expiries'][0]['expiry']}"
                for each in items
                if each["expiries"]
            ]
            products = (await client.get(f"{API}/futures")).raise_for_status().json()["items"]
            return bool(found) and len(products) >= len(ROOTS)

        await until(are_there, seconds=THREE_AT_ONCE_SECONDS)
    return found
