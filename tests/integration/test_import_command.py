"""`tradesense import` as a person runs it: alone, beside a running program, and after one that died."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import RunningApp, command, environment_for, start_app, stop_app
from tests.fixtures.served import people_of
from tests.unit.feeds.files.samples import BY_FORMAT
from tradesense.base.clock import SystemClock
from tradesense.base.errors import Conflict
from tradesense.feeds.files import FileReport, FileStatus, Options
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Recorder
from tradesense.run.control import NobodyThere, hand_over, serve_control, socket_path


def run_import(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command(), "import", *arguments],
        cwd=PROJECT,
        env=environment_for(data_dir),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def own_app(tmp_path: Path, database_url: str) -> Iterator[RunningApp]:
    """A running program whose store a test may fill."""
    running = start_app(tmp_path, database_url=database_url, FEEDS="none")
    yield running
    if running.process.poll() is None:
        stop_app(running)


def test_alone_it_opens_the_store_itself_and_says_what_it_did(tmp_path: Path) -> None:
    good = BY_FORMAT["cboe_quotes"].write(tmp_path)
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    done = run_import(tmp_path / "data", str(good))
    assert done.returncode == 0, done.stderr
    assert (
        "spx.csv: imported (cboe_quotes): 3 rows read, 3 stored, 0 already there, 0 rejected" in done.stdout
    )
    again = run_import(tmp_path / "data", "--json", str(good), str(bad))
    assert again.returncode == 1
    reported = json.loads(again.stdout)
    assert reported["refused"] == 1
    assert [(each["status"], each["rows_stored"]) for each in reported["files"]] == [
        ("imported", 0),
        ("refused", 0),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "at least one file"),
        (["--format", "no", "x"], "no format 'no'"),
        (["--map", "x", "x"], "--map takes COLUMN=FIELD"),
        (["--time-zone", "Mars/Olympus", "x"], "no IANA time zone"),
    ],
)
def test_wrong_use_is_told_before_anything_is_opened(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = run_import(tmp_path / "data", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "data").exists()


def test_formats_are_listed(tmp_path: Path) -> None:
    done = run_import(tmp_path / "data", "--list-formats")
    assert done.returncode == 0
    assert "cboe_quotes" in done.stdout
    assert "generic" in done.stdout


def test_beside_a_running_program_the_files_are_handed_to_it(own_app: RunningApp, tmp_path: Path) -> None:
    path = BY_FORMAT["cboe_quotes"].write(tmp_path / "in")
    door = socket_path(own_app.data_dir)
    assert stat.S_IMODE(door.stat().st_mode) == 0o600
    done = run_import(own_app.data_dir, os.path.relpath(path, PROJECT))
    assert done.returncode == 0, done.stderr
    assert "3 rows read, 3 stored" in done.stdout
    people = people_of(own_app)
    found = people.script(people.register()).get("/api/v1/instruments/SPX-2023-01-20-4000-C")
    assert found.status_code == 200, found.text
    people.close()
    refused = run_import(own_app.data_dir, str(path), str(tmp_path / "nowhere.csv"))
    assert refused.returncode == 1
    assert "3 already there" in refused.stdout
    assert "there is no such file" in refused.stdout


def test_after_a_program_that_died_the_store_is_opened_here(own_app: RunningApp, tmp_path: Path) -> None:
    path = BY_FORMAT["cboe_quotes"].write(tmp_path / "in")
    own_app.process.kill()
    own_app.process.wait()
    assert socket_path(own_app.data_dir).exists()
    done = run_import(own_app.data_dir, str(path))
    assert done.returncode == 0, done.stderr
    assert "3 stored" in done.stdout


def test_a_program_that_ends_takes_its_door_with_it(own_app: RunningApp) -> None:
    door = socket_path(own_app.data_dir)
    assert door.exists()
    assert stop_app(own_app) == 0
    assert not door.exists()


def test_a_folder_too_deep_for_a_socket_gets_a_private_one_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 20) / ("name" * 20)
    deep.mkdir(parents=True)
    path = socket_path(deep)
    assert len(os.fsencode(path)) <= 100
    assert socket_path(deep) == path
    assert socket_path(tmp_path) == tmp_path / "control.sock"


async def test_files_are_handed_over_where_the_data_folder_is_deep(
    market_store: DuckDBStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("long" * 20) / ("name" * 20)
    deep.mkdir(parents=True)
    path = BY_FORMAT["okx_chain"].write(tmp_path)
    said: list[FileReport] = []
    with tempfile.TemporaryDirectory(prefix="ts") as short:
        monkeypatch.setattr("tempfile.tempdir", short)
        async with serve_control(Recorder(market_store), load_specs(), deep, SystemClock()) as door:
            assert stat.S_IMODE(door.parent.stat().st_mode) == 0o700
            reports = await asyncio.to_thread(hand_over, deep, [path], Options(), on_report=said.append)
    assert [(each.status, each.rows_stored) for each in reports] == [(FileStatus.IMPORTED, 3)]
    assert said == reports


async def test_a_door_that_others_could_have_placed_is_not_used(
    market_store: DuckDBStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    deep = tmp_path / ("long" * 20) / ("name" * 20)
    deep.mkdir(parents=True)
    socket_path(deep).parent.mkdir(mode=0o755)
    with pytest.raises(Conflict, match="private"):
        async with serve_control(Recorder(market_store), load_specs(), deep, SystemClock()):
            pass


async def test_a_file_in_the_sockets_place_is_not_removed(market_store: DuckDBStore, tmp_path: Path) -> None:
    (tmp_path / "control.sock").write_text("mine")
    with pytest.raises(Conflict, match="in the way"):
        async with serve_control(Recorder(market_store), load_specs(), tmp_path, SystemClock()):
            pass
    assert (tmp_path / "control.sock").read_text() == "mine"


def test_a_socket_nobody_listens_on_is_nobody(tmp_path: Path) -> None:
    with pytest.raises(NobodyThere):
        hand_over(tmp_path, [tmp_path], Options())
    with socket.socket(socket.AF_UNIX) as abandoned:
        abandoned.bind(str(tmp_path / "control.sock"))
    with pytest.raises(NobodyThere):
        hand_over(tmp_path, [tmp_path], Options())


@pytest.mark.parametrize(
    "order",
    [
        b"{",
        b"[]",
        b'{"paths": ["relative"], "options": {}}',
        b'{"paths": ["/x"], "options": {"what": 1}}',
        b'{"paths": [1], "options": {}}',
    ],
)
async def test_an_order_that_is_not_understood_is_refused(
    order: bytes, market_store: DuckDBStore, tmp_path: Path
) -> None:
    async with serve_control(Recorder(market_store), load_specs(), tmp_path, SystemClock()) as door:
        transport = httpx.AsyncHTTPTransport(uds=str(door))
        async with httpx.AsyncClient(transport=transport, base_url="http://tradesense") as client:
            assert (await client.post("/imports", content=order)).status_code == 422
            assert (await client.get("/")).json()["service"] == "tradesense"
