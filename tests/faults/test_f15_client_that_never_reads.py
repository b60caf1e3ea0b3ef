"""F15: a client of the stream that never reads is dropped within 10 s, costs little, and nobody notices."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable

import pytest

from tests.fixtures.stream_crowd import client_frame, crowd_of, opening
from tests.fixtures.stream_server import TOPIC, WORD, stream_server

pytestmark = pytest.mark.wall_clock

DEAF, OTHERS = 20, 20
MOST_BYTES_A_CLIENT = 256 * 1024


def deaf_client(port: int) -> socket.socket:
    """Return a connection that follows a busy topic and never reads."""
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.connect(("127.0.0.1", port))
    deaf.sendall(opening(port, f"Authorization: Bearer {WORD}"))
    assert deaf.recv(12) == b"HTTP/1.1 101"
    deaf.sendall(client_frame(json.dumps({"op": "subscribe", "topic": TOPIC})))
    return deaf


def test_f15_who_never_reads_is_dropped_and_nobody_else_notices(measured: Callable[[str], None]) -> None:
    with stream_server() as server, crowd_of(server.port) as crowd:
        crowd.join(OTHERS)
        server.pace(50, 16 * 1024)
        crowd.listen(2)
        crowd.latencies.clear()
        crowd.listen(2)
        quiet, before = crowd.p99_ms(), server.figures()
        deaf = [deaf_client(server.port) for _ in range(DEAF)]
        started = time.monotonic()
        crowd.latencies.clear()
        largest, now = 0.0, server.figures()
        assert now["clients"] == OTHERS + DEAF
        while now["clients"] > OTHERS:
            assert time.monotonic() - started < 20, "the deaf are still there"
            crowd.listen(0.2)
            now = server.figures()
            largest = max(largest, now["memory"] - before["memory"])
        seconds = time.monotonic() - started
        for each in deaf:
            each.close()
        measured(
            f"dropped after {seconds:.1f} s; at most {largest / DEAF / 1024:.0f} KiB each; "
            f"p99 of others {crowd.p99_ms():.0f} ms, before {quiet:.0f} ms"
        )
        # The time it takes to fill what the system buffers is not the time it is stuck.
        assert seconds <= 12
        assert largest / DEAF <= MOST_BYTES_A_CLIENT
        assert crowd.lost == 0
        assert now["tasks"] <= before["tasks"] + 1
        # On a busy machine both move; a queue of unread messages would be seconds.
        assert crowd.p99_ms() <= max(2 * quiet, 500)
