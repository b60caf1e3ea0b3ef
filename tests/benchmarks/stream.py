"""The stream: one message of 1 KB, ten a second, to two thousand clients, beside the `websockets` broadcast.

Server and clients are processes of their own; processor time is the server's alone, measured while it tells.
Both are measured in turns, and the best turn of each counts: on a shared machine the others measure it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.benchmarks.rows import Row
from tests.fixtures.stream_crowd import crowd_of
from tests.fixtures.stream_server import StreamServer, stream_server

CLIENTS, HZ, BYTES, SECONDS, TURNS = 2_000, 10.0, 1024, 4.0, 2
MOST_P99_MS, MOST_CPU_RATIO, MOST_IDLE_KIB = 100.0, 1.5, 32.0
_KINDS = ("ours", "websockets")


def run() -> list[Row]:
    """Measure and return the rows of section C."""
    seen: dict[str, list[tuple[float, float]]] = {kind: [] for kind in _KINDS}
    idle: dict[str, float] = {}
    for _ in range(TURNS):
        for kind in _KINDS:
            cpu, p99, kib = _measure(kind)
            seen[kind].append((cpu, p99))
            idle[kind] = min(kib, idle.get(kind, kib))
    cpu = {kind: min(each for each, _ in seen[kind]) for kind in _KINDS}
    p99 = {kind: min(each for _, each in seen[kind]) for kind in _KINDS}
    peer = "websockets' broadcast"
    ratio = cpu["ours"] / cpu["websockets"]
    return [
        Row(
            section="C",
            name=f"processor time a message, {CLIENTS} clients",
            ours=cpu["ours"],
            unit="µs",
            peer_name=peer,
            peer=cpu["websockets"],
            ratio=1 / ratio,
            must=f"≤ {MOST_CPU_RATIO} × its",
            holds=ratio <= MOST_CPU_RATIO,
        ),
        Row(
            section="C",
            name=f"p99 from change to client, {CLIENTS} clients",
            ours=p99["ours"],
            unit="ms",
            peer_name=peer,
            peer=p99["websockets"],
            ratio=p99["websockets"] / p99["ours"],
            must=f"< {MOST_P99_MS:.0f} ms",
            holds=p99["ours"] < MOST_P99_MS,
        ),
        Row(
            section="C",
            name="memory of an idle client",
            ours=idle["ours"],
            unit="KiB",
            peer_name=peer,
            peer=idle["websockets"],
            ratio=idle["websockets"] / idle["ours"],
            must=f"≤ {MOST_IDLE_KIB:.0f} KiB",
            holds=idle["ours"] <= MOST_IDLE_KIB,
        ),
    ]


def _measure(kind: str) -> tuple[float, float, float]:
    """Return µs of processor a message, the p99 in ms, and KiB an idle client."""
    with stream_server(kind) as server, crowd_of(server.port) as crowd:
        before = server.figures()
        crowd.join(CLIENTS)
        crowd.listen(1)
        kib = (server.figures()["memory"] - before["memory"]) / CLIENTS / 1024
        server.pace(HZ, BYTES)
        crowd.listen(1)
        crowd.latencies.clear()
        cpu = _cpu_of(server, crowd.listen)
        return cpu, crowd.p99_ms(), kib


def _cpu_of(server: StreamServer, listen: Callable[[float], int]) -> float:
    start = server.figures()
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        listen(0.5)
    end = server.figures()
    return (end["cpu"] - start["cpu"]) / max(end["written"] - start["written"], 1) * 1e6
