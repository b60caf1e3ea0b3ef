"""What the program holds at one moment, seen from outside."""

from __future__ import annotations

from pathlib import Path

import httpx

_MIB = 1024 * 1024
METRICS = {
    "asyncio_tasks": "tasks",
    "database_connections_in_use": "database connections",
    "stream_clients": "stream clients",
    "stream_topics": "stream topics",
    "stream_subscriptions": "stream subscriptions",
    "market_store_log_bytes": "market log",
}
"""Names of `/metrics`, and what they are called in the table."""


def look(process_id: int, url: str) -> dict[str, float]:
    """Return descriptors, threads, memory in MiB, processes of its own, and the figures of `/metrics`."""
    process = Path(f"/proc/{process_id}")
    lines = (process / "status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    figures = {
        "descriptors": float(len(list((process / "fd").iterdir()))),
        "threads": float(status["Threads"]),
        "memory, MiB": int(status["VmRSS"].split()[0]) * 1024 / _MIB,
        "processes": float(_descendants(process_id)),
    }
    told = httpx.get(f"{url}/metrics", timeout=30).raise_for_status().text
    for line in told.splitlines():
        name, _, value = line.partition(" ")
        if name in METRICS:
            figures[METRICS[name]] = float(value)
    return figures


def _descendants(process_id: int) -> int:
    count, waiting = 0, [process_id]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").iterdir():
            try:
                children = [int(each) for each in (task / "children").read_text().split()]
            except OSError:  # It ended while it was looked at.
                continue
            count += len(children)
            waiting += children
    return count
