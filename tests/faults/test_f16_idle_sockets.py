"""F16: ten thousand idle sockets cost little memory, and requests beside them stay quick."""

from __future__ import annotations

import http.client
import resource
import statistics
import time
from collections.abc import Callable

import pytest

from tests.fixtures.stream_crowd import crowd_of
from tests.fixtures.stream_server import StreamServer, stream_server

pytestmark = pytest.mark.wall_clock

MOST_KIB_A_CLIENT = 32
FEW, ALL = 2_000, 10_000
SPARE_FILES = 200


def median_and_p99_ms(server: StreamServer, calls: int = 400) -> tuple[float, float]:
    taken = []
    for _ in range(calls):
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/small")
        assert connection.getresponse().read() == b"{}"
        connection.close()
        taken.append((time.monotonic() - started) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def test_f16_idle_sockets_are_cheap(full_faults: bool, measured: Callable[[str], None]) -> None:
    count = ALL if full_faults else FEW
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count + SPARE_FILES <= hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count + SPARE_FILES, hard))
    with stream_server() as server, crowd_of(server.port) as crowd:
        server.pace(0)
        crowd.join(50)  # so that what is loaded and made once is not counted
        before, (quiet, quiet_p99) = server.figures(), median_and_p99_ms(server)
        started = time.monotonic()
        crowd.join(count - 50, seconds=300)
        took = time.monotonic() - started
        crowd.listen(6)  # each hears one heartbeat
        after, (busy, busy_p99) = server.figures(), median_and_p99_ms(server)
        each = (after["memory"] - before["memory"]) / (count - 50) / 1024
        measured(
            f"{count} sockets: {each:.1f} KiB each, {count / took:.0f} openings a second, a small request "
            f"{quiet:.1f} ms before and {busy:.1f} ms then (p99 {quiet_p99:.0f} and {busy_p99:.0f} ms)"
        )
        assert after["clients"] == count
        assert crowd.lost == 0
        assert after["tasks"] <= before["tasks"] + 2
        assert each <= MOST_KIB_A_CLIENT
        # The median, for the machine's other work is in a p99 as well.
        assert busy <= 2 * quiet + 5
