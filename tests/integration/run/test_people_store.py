"""`tradesense run` and its own database: from nothing, as whoever starts it, killed in every order."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from tests.data_folder import PROJECT
from tests.fixtures.app import RunningApp, command, environment_for, start_app, stop_app
from tests.fixtures.waiting import wait_until
from tradesense.infra.embedded_postgres import Passwords, address_of_running
from tradesense.run.keys import kept_key
from tradesense.run.people_store import open_database
from tradesense.run.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def server_pid(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])


def processes_on(data_dir: Path) -> list[int]:
    """Return the processes that work in a data folder: the server and what it started."""
    cluster = str(data_dir / "postgres" / "cluster")
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str((process / "cwd").readlink()) == cluster:
                found.append(int(process.name))
        except OSError:
            continue
    return found


def is_ready(running: RunningApp) -> bool:
    answer = httpx.get(running.url + "/health/ready", timeout=5)
    return answer.status_code == 200


def ask(data_dir: Path, query: str) -> list[asyncpg.Record]:
    passwords = Passwords(
        owner=kept_key(data_dir, "database-owner.key").decode(),
        app=kept_key(data_dir, "database-app.key").decode(),
    )

    async def fetch() -> list[asyncpg.Record]:
        address = address_of_running(data_dir / "postgres", passwords)
        assert address is not None
        connection = await asyncpg.connect(address, timeout=5)
        try:
            return await connection.fetch(query)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def note(data_dir: Path, event: str) -> None:
    ask(data_dir, f"INSERT INTO audit_log (ts, event, detail) VALUES (now(), '{event}', '{{}}')")


def noted(data_dir: Path) -> list[str]:
    return [row["event"] for row in ask(data_dir, "SELECT event FROM audit_log ORDER BY id")]


def kill(running: RunningApp) -> None:
    running.process.kill()
    running.process.wait(timeout=10)


@pytest.fixture(scope="module")
def own_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The program on a database of its own."""
    running = start_app(tmp_path_factory.mktemp("own_database"), FEEDS="none")
    yield running
    assert stop_app(running) == 0


def test_killed_in_every_order_nothing_is_lost_nobody_left_and_the_neighbour_notices_nothing(
    tmp_path: Path, own_database: RunningApp
) -> None:
    neighbours_server = server_pid(own_database.data_dir)
    running = start_app(tmp_path, FEEDS="none")
    assert is_ready(running)
    note(running.data_dir, "first")

    kill(running)
    wait_until(lambda: processes_on(running.data_dir) == [], seconds=5)

    running = start_app(tmp_path, FEEDS="none")
    note(running.data_dir, "second")
    killed = server_pid(running.data_dir)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: killed not in processes_on(running.data_dir), seconds=5)
    wait_until(lambda: is_ready(running), seconds=5)
    assert noted(running.data_dir) == ["first", "second"]
    note(running.data_dir, "third")

    os.kill(server_pid(running.data_dir), signal.SIGKILL)
    kill(running)
    running = start_app(tmp_path, FEEDS="none")
    assert noted(running.data_dir) == ["first", "second", "third"]

    assert stop_app(running) == 0
    assert processes_on(running.data_dir) == []
    assert not (running.data_dir / "postgres" / "cluster" / "postmaster.pid").exists()
    assert server_pid(own_database.data_dir) == neighbours_server
    assert is_ready(own_database)
    assert noted(own_database.data_dir) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="run as an ordinary user already")
def test_an_ordinary_user_runs_it_as_well(tmp_path: Path) -> None:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv is not installed")
    data_dir = tmp_path / "data"
    for folder in (tmp_path, data_dir):
        folder.mkdir(exist_ok=True)
        shutil.chown(folder, "daemon", "daemon")
    # The right to read is for the test's own folders and interpreter, which may lie in root's home.
    become = [setpriv, "--reuid=daemon", "--regid=daemon", "--clear-groups"]
    become += ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    environment = environment_for(data_dir, HOME=str(tmp_path))
    for _ in range(2):
        done = subprocess.run(
            [*become, *command(), "migrate"],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert "up to date" in done.stderr
    owners = {path.owner() for path in (data_dir, *(data_dir / "postgres").iterdir())}
    assert owners == {"daemon"}
    assert processes_on(data_dir) == []


def test_a_command_joins_the_server_of_the_program_that_runs(own_database: RunningApp) -> None:
    settings = Settings(_env_file=None, data_dir=own_database.data_dir)

    async def look() -> None:
        async with open_database(settings, join=True) as database:
            await database.check()

    asyncio.run(look())
    assert is_ready(own_database)


def test_to_migrate_beside_the_program_is_refused_in_a_sentence(own_database: RunningApp) -> None:
    done = subprocess.run(
        [*command(), "migrate"],
        cwd=PROJECT,
        env=environment_for(own_database.data_dir),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"in use by process {own_database.process.pid}" in done.stderr
    assert "Traceback" not in done.stderr


def seconds_worked() -> float:
    """Return the processor time of this process and its ended children, which others' work leaves alone."""
    return sum(os.times()[:4])


async def test_from_nothing_it_takes_little_work_and_afterwards_next_to_none(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", database_pool_overflow=150)
    took = []
    for _ in range(2):
        started = seconds_worked()
        async with open_database(settings) as database:
            async with database.transaction() as session:
                most = (await session.execute(text("SHOW max_connections"))).scalar_one()
            assert int(most) > settings.database_pool_size + settings.database_pool_overflow
        took.append(seconds_worked() - started)
    assert took[0] < 5
    assert took[1] < took[0] / 2
