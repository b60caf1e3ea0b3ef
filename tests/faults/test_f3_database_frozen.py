"""F3: a database that hangs fails a request in time, holds nothing back, and works when it goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.faults.conftest import assert_later, log_in
from tests.fixtures.database import DatabaseServer
from tests.fixtures.waiting import until

pytestmark = [
    pytest.mark.wall_clock,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds the server's processes in /proc"),
]


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    for child in children:
        os.kill(child, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in (*children, pid):
            os.kill(each, signal.SIGCONT)


async def test_f3_a_frozen_database_fails_in_time_and_nothing_sticks(
    desk: httpx.AsyncClient, breakable_server: DatabaseServer
) -> None:
    pid = breakable_server.server.pid
    assert pid is not None
    answers = await asyncio.gather(*(log_in(desk) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {401}
    with frozen(pid):
        started = time.perf_counter()
        answers = await asyncio.gather(*(log_in(desk) for _ in range(40)))
        took = time.perf_counter() - started
        for answer in answers:
            assert_later(answer)
        assert took < 5
        started = time.perf_counter()
        assert (await desk.get("/health")).status_code == 200
        assert (await desk.get("/health/ready")).json()["checks"]["database"] == "down"
        assert time.perf_counter() - started < 2
    assert await until(lambda: _answers(desk), seconds=5) < 5
    answers = await asyncio.gather(*(log_in(desk) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {401}


async def _answers(desk: httpx.AsyncClient) -> bool:
    return (await log_in(desk)).status_code == 401
