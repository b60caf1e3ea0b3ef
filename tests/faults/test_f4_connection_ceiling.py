"""F4: more callers than connections are answered or told to come again, and nobody waits for long."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.faults.conftest import assert_later, log_in
from tests.fixtures.app import client_of, settings_for
from tests.fixtures.database import DatabaseServer
from tradesense.run.api import create_app

pytestmark = pytest.mark.wall_clock


async def _limit(server: DatabaseServer, url: str, connections: int) -> None:
    name = url.split("/")[-1].split("?")[0]
    owner = await asyncpg.connect(server.server.owner_url)
    await owner.execute(f"ALTER DATABASE {name} CONNECTION LIMIT {connections}")
    await owner.close()


async def test_f4_a_server_out_of_connections_is_said_and_the_rest_are_served(
    breakable_server: DatabaseServer, tmp_path: Path
) -> None:
    url = breakable_server.new_database()
    await _limit(breakable_server, url, 5)
    settings = settings_for(tmp_path, database_url=url)
    async with client_of(create_app(settings), caller=None) as desk:
        assert await _crowd(desk) >= 3
        assert (await log_in(desk)).status_code == 401


async def test_f4_a_pool_out_of_connections_is_said_within_its_patience(
    breakable_server: DatabaseServer, tmp_path: Path
) -> None:
    settings = settings_for(
        tmp_path,
        database_url=breakable_server.new_database(),
        database_pool_size=2,
        database_pool_overflow=2,
    )
    async with client_of(create_app(settings), caller=None) as desk:
        # The ceiling is asked for, not how quickly a cold pool opens its connections.
        await asyncio.gather(*(log_in(desk) for _ in range(4)))
        assert await _crowd(desk) >= 4
        assert (await log_in(desk)).status_code == 401


async def _crowd(desk: httpx.AsyncClient) -> int:
    started = time.perf_counter()
    answers = await asyncio.gather(*(log_in(desk) for _ in range(200)))
    assert time.perf_counter() - started < 30
    counts = Counter(answer.status_code for answer in answers)
    assert set(counts) <= {401, 503}
    for answer in answers:
        if answer.status_code == 503:
            assert_later(answer)
    return counts[401]
