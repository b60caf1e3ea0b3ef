"""R91: alive has no dependencies; ready says up or down, in time, and spares the parts it asks."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.fixtures.app import client_of, settings_for
from tradesense.run.api import create_app
from tradesense.run.wiring import open_parts
from tradesense.web.health import Readiness


async def test_r91_ready_names_each_part(tmp_path: Path, database_url: str) -> None:
    async with client_of(
        create_app(settings_for(tmp_path, database_url=database_url)), caller=None
    ) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "checks": {"market_store": "ok", "database": "ok"}}
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.wall_clock
async def test_r91_a_lost_database_is_down_without_its_address_and_the_process_still_alive(
    tmp_path: Path,
) -> None:
    address = "postgresql://somebody:their-password@127.0.0.1:9/the_name"
    async with client_of(create_app(settings_for(tmp_path, database_url=address)), caller=None) as client:
        answer = await client.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json() == {
            "status": "not_ready",
            "checks": {"market_store": "ok", "database": "down"},
        }
        for word in ("somebody", "their-password", "127.0.0.1", "the_name", "Error"):
            assert word not in answer.text + str(answer.headers)
        started = time.perf_counter()
        assert (await client.get("/health")).status_code == 200
        assert time.perf_counter() - started < 0.05


@pytest.mark.wall_clock
async def test_r91_a_lost_store_is_down_without_its_name_and_the_process_still_alive(
    tmp_path: Path, database_url: str
) -> None:
    settings = settings_for(tmp_path, database_url=database_url)
    async with (
        open_parts(settings) as parts,
        client_of(create_app(settings, parts=parts)) as client,
    ):
        parts.store.close()
        answer = await client.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json() == {
            "status": "not_ready",
            "checks": {"market_store": "down", "database": "ok"},
        }
        assert str(tmp_path) not in answer.text
        started = time.perf_counter()
        alive = await client.get("/health")
        assert alive.status_code == 200
        assert time.perf_counter() - started < 0.05
        assert alive.json()["status"] == "ok"


async def test_r91_a_part_that_never_answers_is_down_after_a_second() -> None:
    async def never() -> None:
        await asyncio.Event().wait()

    async def well() -> None:
        return

    readiness = Readiness({"slow": never, "quick": well})
    async with asyncio.timeout(1.9):
        assert await readiness.ask() == {"slow": False, "quick": True}


async def test_r91_a_thousand_calls_ask_each_part_once() -> None:
    asked = 0

    async def count() -> None:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)

    readiness = Readiness({"part": count})
    await asyncio.gather(*(readiness.ask() for _ in range(1_000)))
    assert asked == 1
