"""F17: the server is killed under its clients and started again: all come back, and no state is missed."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable

from websockets.asyncio.client import connect

from tests.fixtures.stream_crowd import crowd_of
from tests.fixtures.stream_server import TOPIC, WORD, stream_server

FEW, MANY = 500, 5_000


async def follow(port: int, steps: int) -> list[dict[str, int | str]]:
    """Follow the topic from wherever it is, as a client does; return what was told."""
    address = f"ws://127.0.0.1:{port}/api/v1/stream"
    headers = {"Authorization": f"Bearer {WORD}"}
    async with connect(address, additional_headers=headers, compression=None, proxy=None) as socket:
        await socket.send(json.dumps({"op": "subscribe", "topic": TOPIC}))
        told: list[dict[str, int | str]] = []
        while len(told) < steps:
            frame = json.loads(await socket.recv())
            if frame.get("topic") == TOPIC and "seq" in frame:
                told.append(frame)
        return told


def assert_no_gap(told: list[dict[str, int | str]], after: int) -> int:
    """Check that it begins with a whole and each delta follows; return the last number."""
    assert told[0]["kind"] == "snapshot"
    known = after
    for frame in told:
        assert int(frame["seq"]) > known
        assert frame["kind"] == "snapshot" or frame["prev"] == known
        known = int(frame["seq"])
    return known


def test_f17_all_are_back_within_a_minute_and_miss_nothing(
    full_faults: bool, measured: Callable[[str], None]
) -> None:
    count = MANY if full_faults else FEW
    with stream_server() as server:
        port = server.port
        with crowd_of(port) as crowd:
            crowd.join(count)
            server.pace(10)
            known = assert_no_gap(asyncio.run(follow(port, 5)), 0)
            server.process.kill()
            server.process.wait()
            crowd.listen(1)
            assert crowd.lost == count
    with stream_server("ours", port) as server, crowd_of(port) as crowd:
        server.pace(10)
        started = time.monotonic()
        crowd.join(count, seconds=60)
        took = time.monotonic() - started
        assert_no_gap(asyncio.run(follow(port, 5)), known)
        crowd.listen(1)
        assert server.figures()["clients"] == count
        assert crowd.lost == 0
        assert took <= 60
        measured(f"{count} clients back in {took:.1f} s, {count / took:.0f} openings a second")
