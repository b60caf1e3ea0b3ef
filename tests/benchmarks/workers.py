"""One worker beside two, each through nginx with TLS, on PostgreSQL, Redis and a lake: requests and clients.

Whoever calls and follows runs on the same machine as everything else. On two cores the requests a second say
therefore little about what a second worker gives; what the busiest worker uses for the same work says it: its
processor time a request, and its share of a core with so many clients. Half of it is twice the room.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.benchmarks.rows import Row
from tests.fixtures.app import RunningApp, wait_for_past
from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, bearer
from tests.fixtures.topology import Topology, running_topology
from tests.rolling.callers import tokens_of
from tests.rolling.followers import Follower, Heard, following

CALLERS, CALLING_SECONDS = 64, 10.0
CLIENTS, FOLLOWING_SECONDS = 300, 15.0
OF_ONE_PERSON, OF_ONE_ADDRESS = 20, 50
PATIENCE_SECONDS = 120.0
PATHS = ("/futures", "/futures/ES", "/futures/CL/curve", "/users/me")
ASKED_AGAIN = 40
KEPT_FACTOR = 2.0
"""Kept answers come at least so many times as fast as computed ones."""
ROOTS = ("BTC", "ES", "CL", "NG", "GC", "ZN")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Seen:
    """What so many workers did."""

    answers_a_second: float
    busiest_ms_a_request: float
    """Processor time of the busiest worker over the requests answered by all."""
    busiest_share: float
    """Of a core, with the clients following."""
    p99_ms: float
    kept_ms: float
    """Of one caller's question about the past that was asked before."""
    computed_ms: float
    """Of the same question about another instant each time."""


def run() -> list[Row]:
    """Measure and return the rows of one worker and two."""
    server = DatabaseServer()
    seen = {}
    wide = {"AUTH_RATE_LIMIT_PER_MINUTE": "1000000", "LIVE_BEAT_MS": "500"}
    try:
        server.start()
        for workers in (1, 2):
            with running_topology(server, workers=workers, **wide) as topology:
                wait_for_past(topology.feeds[0])
                seen[workers] = asyncio.run(_measure(topology))
    finally:
        server.stop()
    one, two = seen[1], seen[2]
    note = f"load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores with whoever calls on them"
    return [
        _row(f"requests, {CALLERS} callers", "1/s", two.answers_a_second, one.answers_a_second, note, True),
        _row("p99 of a request", "ms", two.p99_ms, one.p99_ms, ""),
        _row("busiest worker a request", "ms", two.busiest_ms_a_request, one.busiest_ms_a_request, ""),
        _row(
            f"busiest worker with {CLIENTS} clients following",
            "core",
            two.busiest_share,
            one.busiest_share,
            "",
        ),
        Row(
            section="B",
            name="a curve of the past through the whole stack, kept",
            unit="ms",
            ours=two.kept_ms,
            peer_name="computed",
            peer=two.computed_ms,
            ratio=two.computed_ms / two.kept_ms,
            must=f">= {KEPT_FACTOR:g} x",
            holds=two.computed_ms >= KEPT_FACTOR * two.kept_ms,
            note="medians of one caller, two workers",
        ),
    ]


def _row(name: str, unit: str, two: float, one: float, note: str, is_rate: bool = False) -> Row:
    ratio = two / one if is_rate else one / two
    return Row(
        section="B",
        name=f"two workers: {name}",
        unit=unit,
        ours=two,
        peer_name="one worker",
        peer=one,
        ratio=ratio,
        note=note,
    )


async def _measure(topology: Topology) -> Seen:
    tokens = await asyncio.to_thread(tokens_of, topology.people, -(-CLIENTS // OF_ONE_PERSON))
    trust = topology.trust()
    await _call(topology, trust, tokens, 2.0)
    before = _processor_seconds(topology.workers)
    began = time.perf_counter()
    spent = await _call(topology, trust, tokens, CALLING_SECONDS)
    took = time.perf_counter() - began
    busiest = _busiest(topology.workers, before)
    spent.sort()
    kept_ms, computed_ms = await _ask_again(topology, trust, tokens[0])
    followers = [
        Follower(
            topology.https,
            tokens[number // OF_ONE_PERSON],
            address=f"127.0.25.{number // OF_ONE_ADDRESS + 1}",
            topics={f"board:{ROOTS[number % len(ROOTS)]}": 20.0, "board:BTC@simulated": 20.0},
            heard=Heard(),
        )
        for number in range(CLIENTS)
    ]
    async with following(followers, trust, seconds=PATIENCE_SECONDS):
        await asyncio.sleep(2.0)
        before = _processor_seconds(topology.workers)
        await asyncio.sleep(FOLLOWING_SECONDS)
        share = _busiest(topology.workers, before) / FOLLOWING_SECONDS
    return Seen(
        len(spent) / took,
        busiest / len(spent) * 1e3,
        share,
        spent[int(0.99 * len(spent))] * 1e3,
        kept_ms,
        computed_ms,
    )


async def _ask_again(topology: Topology, trust: ssl.SSLContext, token: str) -> tuple[float, float]:
    """Return how many milliseconds a question takes that was asked before, and one that was not."""
    past = datetime.now(UTC) - timedelta(hours=12)
    spent: tuple[list[float], list[float]] = ([], [])
    async with httpx.AsyncClient(base_url=topology.https, verify=trust, headers=bearer(token)) as client:
        for number in range(ASKED_AGAIN):
            for instant, times in zip((past, past - timedelta(seconds=number + 1)), spent, strict=True):
                began = time.perf_counter()
                answer = await client.get(f"{API}/futures/CL/curve", params={"as_of": instant.isoformat()})
                times.append(time.perf_counter() - began)
                assert answer.status_code == 200, answer.text
    return statistics.median(spent[0]) * 1e3, statistics.median(spent[1]) * 1e3


async def _call(topology: Topology, trust: ssl.SSLContext, tokens: list[str], seconds: float) -> list[float]:
    """Ask one question after the other from many addresses; return how long each took."""
    until = time.perf_counter() + seconds
    spent: list[float] = []
    statuses: Counter[bytes] = Counter()

    async def caller(number: int) -> None:
        port = urlsplit(topology.https).port
        address = (f"127.0.24.{number + 1}", 0)
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=trust, server_hostname="localhost", local_addr=address
        )
        heads = [
            f"GET {API}{path} HTTP/1.1\r\nHost: localhost:{port}\r\n"
            f"Authorization: Bearer {tokens[number % len(tokens)]}\r\n\r\n".encode()
            for path in PATHS
        ]
        turn = number
        while time.perf_counter() < until:
            began = time.perf_counter()
            writer.write(heads[turn % len(heads)])
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]))
            statuses[head[9:12]] += 1
            spent.append(time.perf_counter() - began)
            turn += 1
        writer.transport.abort()

    await asyncio.gather(*(caller(number) for number in range(CALLERS)))
    assert set(statuses) == {b"200"}, statuses
    return spent


def _processor_seconds(workers: list[RunningApp]) -> list[float]:
    return [_seconds_of(each.process.pid) for each in workers]


def _busiest(workers: list[RunningApp], before: list[float]) -> float:
    now = _processor_seconds(workers)
    return max(after - earlier for after, earlier in zip(now, before, strict=True))


def _seconds_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
