"""F13: one program owns the market store; a second one on the same data leaves it alone and says who does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import RunningApp, command, environment_for, free_port, start_app, stop_app
from tests.fixtures.database import DatabaseServer
from tests.fixtures.store_writer import Order, nursery_of, stored_batches
from tradesense.infra.market_store import DuckDBStore, StoreInUse
from tradesense.infra.store_lock import holder_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel who holds a lock")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer) -> Iterator[RunningApp]:
    """The program that owns the data."""
    folder = tmp_path_factory.mktemp("first")
    running = start_app(folder, database_url=database_server.new_database(), FEEDS="none")
    yield running
    assert stop_app(running) == 0


def run_second(data_dir: Path, port: int) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run the program on the same data until it ends; return how, and after how many seconds."""
    started = time.perf_counter()
    ended = subprocess.run(
        [*command(), "run"],
        cwd=PROJECT,
        env=environment_for(data_dir, PORT=str(port)),
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return ended, time.perf_counter() - started


@pytest.mark.wall_clock
@pytest.mark.parametrize("same_port", [True, False])
def test_f13_a_second_program_ends_with_75_and_names_the_first(
    first: RunningApp, same_port: bool, measured: Callable[[str], None]
) -> None:
    port = httpx.URL(first.url).port if same_port else free_port()
    assert port is not None
    # The quicker of two: what else this machine does is not asked.
    ended, seconds = min((run_second(first.data_dir, port) for _ in range(2)), key=lambda each: each[1])
    assert ended.returncode == 75
    assert f"in use by process {first.process.pid}" in ended.stderr
    assert ended.stdout == ""
    assert seconds < 2
    assert httpx.get(first.url + "/health/ready", timeout=60).json()["checks"]["market_store"] == "ok"
    measured(f"the second ended with 75 after {seconds * 1000:.0f} ms")


def test_f13_a_first_program_that_stands_still_is_not_taken_over_and_goes_on(first: RunningApp) -> None:
    first.process.send_signal(signal.SIGSTOP)
    try:
        ended, _ = run_second(first.data_dir, free_port())
    finally:
        first.process.send_signal(signal.SIGCONT)
    assert ended.returncode == 75
    assert str(first.process.pid) in ended.stderr
    assert httpx.get(first.url + "/health/ready", timeout=10).json()["checks"]["market_store"] == "ok"


def test_f13_an_owner_that_stood_still_writes_on_and_one_that_died_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "market.duckdb"
    with nursery_of() as nursery:
        owner = nursery.start(Order(str(path), rows=10))
        while nursery.line() != "ack 2":
            pass
        os.kill(owner, signal.SIGSTOP)
        try:
            assert holder_of(path) == owner
            with pytest.raises(StoreInUse) as caught:
                DuckDBStore(path)
            assert caught.value.holder == owner
        finally:
            os.kill(owner, signal.SIGCONT)
        while nursery.line() != "ack 8":
            pass
        os.kill(owner, signal.SIGKILL)
        nursery.rest()
    assert holder_of(path) is None
    with closing(DuckDBStore(path)) as store:
        batches = stored_batches(store)
    assert set(range(9)) <= batches.keys()
    assert set(batches.values()) == {10}


def test_f13_a_file_that_is_not_there_has_no_holder_and_stays_away(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "market.duckdb") is None
    assert list(tmp_path.iterdir()) == []
