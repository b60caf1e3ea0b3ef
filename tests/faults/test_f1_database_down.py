"""F1: without the database the program lives and says so; with it again, all is well within seconds."""

from __future__ import annotations

import os
import signal
import time

import httpx
import pytest

from tests.faults.conftest import assert_later, log_in
from tests.fixtures.database import DatabaseServer
from tests.fixtures.waiting import until, wait_until

pytestmark = pytest.mark.wall_clock


async def test_f1_the_program_outlives_its_database(
    desk: httpx.AsyncClient, breakable_server: DatabaseServer
) -> None:
    assert (await log_in(desk)).status_code == 401
    server = breakable_server.server
    assert server.pid is not None
    os.kill(server.pid, signal.SIGQUIT)
    wait_until(lambda: not server.is_running())
    try:
        started = time.perf_counter()
        assert (await desk.get("/health")).status_code == 200
        assert time.perf_counter() - started < 0.05
        await until(lambda: _is_ready(desk, 503), seconds=3)
        for _ in range(3):
            started = time.perf_counter()
            assert_later(await log_in(desk))
            assert time.perf_counter() - started < 2
    finally:
        server.launch()
        server.wait_until_ready()
    for _ in range(20):
        assert (await log_in(desk)).status_code == 401
    assert await until(lambda: _is_ready(desk, 200), seconds=5) < 5


async def _is_ready(desk: httpx.AsyncClient, status: int) -> bool:
    answer = await desk.get("/health/ready")
    expected = "ok" if status == 200 else "down"
    return answer.status_code == status and answer.json()["checks"]["database"] == expected
