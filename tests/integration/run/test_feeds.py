"""Feeds of the real program, in this process: listed, put on and off, remembered, pulled out and healed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.database import DatabaseServer
from tests.fixtures.deribit_messages import LISTING, NOW_MS
from tests.fixtures.fake_deribit import fake_deribit
from tests.fixtures.served import run_sql
from tests.fixtures.waiting import until
from tradesense.base.principal import Permission, Principal, Via
from tradesense.run.api import create_app
from tradesense.run.feeds import run_feeds
from tradesense.run.live import run_live
from tradesense.run.wiring import Parts, open_parts
from tradesense.users import Role, Users, email_key

NOBODY_THERE = "ws://127.0.0.1:1/ws"
HEARTBEAT_SECONDS = 5.0


@dataclass(frozen=True)
class Program:
    """The parts of a program that runs, and an administrator's client of it."""

    parts: Parts
    client: httpx.AsyncClient
    admin: Principal

    async def feeds(self) -> dict[str, dict[str, Any]]:
        answer = await self.client.get("/api/v1/feeds")
        assert answer.status_code == 200, answer.text
        return {each["feed"]: each for each in answer.json()["items"]}

    async def switch(self, feed: str, *, enabled: bool) -> dict[str, Any]:
        answer = await self.client.patch(f"/api/v1/feeds/{feed}", json={"enabled": enabled})
        assert answer.status_code == 200, answer.text
        changed: dict[str, Any] = answer.json()
        return changed

    async def practise(self, fault: str | None) -> dict[str, Any]:
        answer = await self.client.post("/api/v1/feeds/simulated/fault", json={"fault": fault})
        assert answer.status_code == 200, answer.text
        changed: dict[str, Any] = answer.json()
        return changed

    async def wait_for_state(self, feed: str, state: str, *, seconds: float = 60.0) -> float:
        async def holds() -> bool:
            return bool((await self.feeds())[feed]["state"] == state)

        return await until(holds, seconds=seconds)

    async def wait_for_readiness(self, word: str) -> None:
        async def holds() -> bool:
            return bool((await self.client.get("/health/ready")).json()["checks"]["feed"] == word)

        await until(holds)


@asynccontextmanager
async def program(folder: Path, database_url: str, **changes: Any) -> AsyncIterator[Program]:
    """Run everything that `tradesense run` does beside the socket, with the database as it was left."""
    values = {"feeds": (), "deribit_url": NOBODY_THERE, **changes}
    settings = settings_for(folder, database_url=database_url, **values)
    async with (
        open_parts(settings) as parts,
        run_live(parts.live),
        run_feeds(parts) as feeds,
    ):
        admin = await an_admin(parts)
        app = create_app(settings, parts=parts, feeds=feeds)
        async with client_of(app, caller=admin) as client:
            yield Program(parts, client, admin)


async def an_admin(parts: Parts) -> Principal:
    async with parts.database.transaction() as session:
        user = await Users(session, parts.clock).create(
            email_key(f"{uuid4()}@example.com", field="email"),
            full_name=None,
            password_hash=None,
            role=Role.ADMIN,
            verified=True,
        )
        return Principal(user.id, "admin", frozenset(Permission), Via.SESSION, UUID(int=2))


@pytest.fixture
def database_url(database_server: DatabaseServer) -> str:
    return database_server.new_database()


async def test_what_runs_at_first_is_what_the_setting_says_and_a_venue_is_off(
    tmp_path: Path, database_url: str
) -> None:
    async with program(tmp_path, database_url) as running:
        feeds = await running.feeds()

        assert {feed: (each["enabled"], each["state"]) for feed, each in feeds.items()} == {
            "simulated": (False, "off"),
            "deribit": (False, "off"),
        }
        assert (feeds["deribit"]["address"], feeds["simulated"]["address"]) == (NOBODY_THERE, None)
        assert feeds["deribit"]["reason"] is None
        await running.wait_for_readiness("ok")  # where no feed is wanted none is missing


async def test_a_venue_put_on_connects_to_the_address_that_is_shown_and_off_hangs_up(
    tmp_path: Path, database_url: str
) -> None:
    async with fake_deribit(NOW_MS) as (venue, url):
        venue.list(LISTING)
        async with program(tmp_path, database_url, deribit_url=url) as running:
            assert venue.conversations == 0
            changed = await running.switch("deribit", enabled=True)
            assert (changed["enabled"], changed["address"], changed["switchable"]) == (True, url, True)
            await running.wait_for_state("deribit", "live")
            await running.wait_for_readiness("ok")

            changed = await running.switch("deribit", enabled=False)
            assert (changed["state"], changed["enabled"]) == ("off", False)
            assert venue.conversations == 1
            assert not [task for task in asyncio.all_tasks() if task.get_name() == "deribit"]


async def test_a_feed_that_cannot_connect_says_why_and_stops_no_other_and_readiness_tells(
    tmp_path: Path, database_url: str
) -> None:
    async with program(tmp_path, database_url, feeds=("deribit",)) as running:

        async def has_failed() -> bool:
            return bool((await running.feeds())["deribit"]["reason"] != "nothing was heard yet")

        await until(has_failed, seconds=30.0)
        feed = (await running.feeds())["deribit"]
        assert (feed["state"], feed["enabled"]) == ("stale", True)
        assert feed["reason"]
        await running.wait_for_readiness("down")  # every feed that is on is silent
        assert (await running.switch("simulated", enabled=True))["enabled"]
        await running.wait_for_state("simulated", "live")
        await running.wait_for_readiness("ok")


async def test_what_was_said_last_is_remembered_over_a_restart_and_wins_over_the_setting(
    tmp_path: Path, database_url: str
) -> None:
    async with program(tmp_path, database_url, feeds=()) as running:
        await running.switch("deribit", enabled=True)
    async with program(tmp_path, database_url, feeds=()) as running:
        assert (await running.feeds())["deribit"]["enabled"]
        await running.switch("deribit", enabled=False)
    async with program(tmp_path, database_url, feeds=("deribit",)) as running:
        assert not (await running.feeds())["deribit"]["enabled"]


async def test_who_switched_is_on_the_record_even_after_the_account_is_gone(
    tmp_path: Path, database_url: str
) -> None:
    async with program(tmp_path, database_url) as running:
        await running.switch("deribit", enabled=True)
        await running.switch("deribit", enabled=False)
        query = "SELECT event, actor_id, detail FROM audit_log ORDER BY id"
        logged = [
            (row["event"], row["actor_id"], orjson.loads(row["detail"]))
            for row in await asyncio.to_thread(run_sql, database_url, query)
        ]
        kept = await asyncio.to_thread(run_sql, database_url, "SELECT * FROM feed_switches")

    assert logged == [
        ("feed_switched_on", running.admin.user_id, {"feed": "deribit"}),
        ("feed_switched_off", running.admin.user_id, {"feed": "deribit"}),
    ]
    assert [(each["feed"], each["enabled"], each["changed_by"]) for each in kept] == [
        ("deribit", False, running.admin.user_id)
    ]
    assert (datetime.now(UTC) - kept[0]["changed_at"]).total_seconds() < 120


async def test_what_no_feed_is_or_does_not_run_here_is_said(tmp_path: Path, database_url: str) -> None:
    async with program(tmp_path, database_url) as running:
        unknown = await running.client.patch("/api/v1/feeds/nobody", json={"enabled": True})
        not_running = await running.client.post("/api/v1/feeds/simulated/fault", json={"fault": "stale"})
        no_practice = await running.client.post("/api/v1/feeds/deribit/fault", json={"fault": "stale"})
        wrong = [
            await running.client.patch("/api/v1/feeds/deribit", json={"enabled": "yes"}),
            await running.client.patch("/api/v1/feeds/deribit", json={"enabled": True, "address": "ws://x"}),
            await running.client.patch("/api/v1/feeds/deribit", json={}),
            await running.client.post("/api/v1/feeds/simulated/fault", json={"fault": "fire"}),
            await running.client.post("/api/v1/feeds/simulated/fault", json={}),
        ]

        assert [each.status_code for each in (unknown, not_running, no_practice)] == [404, 404, 404]
        assert unknown.json()["code"] == "unknown_feed"
        assert [each.status_code for each in wrong] == [422] * 5
        assert not (await running.feeds())["deribit"]["enabled"]


async def test_prices_go_on_while_an_import_holds_the_one_writer_and_it_can_still_be_switched(
    tmp_path: Path, database_url: str
) -> None:
    async with program(tmp_path, database_url, feeds=("simulated",)) as running:
        await running.wait_for_state("simulated", "live")
        held, release = threading.Event(), threading.Event()

        def hold_the_writer() -> None:
            with running.parts.store.transaction():
                held.set()
                release.wait(60.0)

        holding = asyncio.create_task(asyncio.to_thread(hold_the_writer))
        try:
            assert await asyncio.to_thread(held.wait, 60.0)
            ticks = set()

            async def ticked_on() -> bool:
                ticks.add((await running.feeds())["simulated"]["last_tick_ts"])
                return len(ticks) > 3

            await until(ticked_on, seconds=30.0)
            changed = await running.switch("simulated", enabled=False)
            assert changed["state"] == "off"
            assert (await running.switch("simulated", enabled=True))["enabled"]
            await running.wait_for_state("simulated", "live")
            assert not release.is_set(), "all the while nothing could be written"
        finally:
            release.set()
            await holding


async def test_pulling_the_plug_shows_within_three_heartbeats_everywhere_and_heals_by_itself(
    tmp_path: Path, database_url: str
) -> None:
    """On the wall clock: no injected one moves the seconds in which nothing is heard."""
    async with program(tmp_path, database_url, feeds=("simulated",)) as running:

        async def board_says(status: str) -> bool:
            answer = await running.client.get("/api/v1/futures/CL")
            return answer.status_code == 200 and answer.json()["status"] == status

        async def told_is(state: str) -> bool:
            whole = await running.parts.live.cache.get("system:feeds")
            items = orjson.loads(whole.body)["items"] if whole else []
            return any(each["feed"] == "simulated" and each["state"] == state for each in items)

        async def everywhere(status: str) -> bool:
            feed = (await running.feeds())["simulated"]
            return feed["state"] == status and await board_says(status) and await told_is(status)

        await until(lambda: everywhere("live"), seconds=60.0)
        last = (await running.feeds())["simulated"]["last_tick_ts"]
        assert (await running.practise("stale"))["fault"] == "stale"
        took = await until(lambda: everywhere("stale"), seconds=3 * HEARTBEAT_SECONDS)
        assert took > 1.0, "a tick that is a little late is no reason to alarm anybody"
        await running.wait_for_readiness("down")

        assert (await running.practise(None))["fault"] is None
        await until(lambda: everywhere("live"), seconds=3 * HEARTBEAT_SECONDS)
        assert (await running.feeds())["simulated"]["last_tick_ts"] > last
        await running.wait_for_readiness("ok")

        await running.practise("disconnect")
        await until(lambda: everywhere("stale"), seconds=HEARTBEAT_SECONDS)
        assert "cut" in (await running.feeds())["simulated"]["reason"]
        await running.practise(None)
        await until(lambda: everywhere("live"), seconds=3 * HEARTBEAT_SECONDS)
