"""F10: when the disk fails a sync nothing is acknowledged, the store opens itself again, no row is lost."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.faults.conftest import figures_in
from tests.fixtures import failing_calls
from tests.fixtures.app import client_of, settings_for
from tests.fixtures.store_writer import Order, acknowledged, batch_rows, nursery_of, stored_batches
from tests.fixtures.waiting import until, wait_until
from tradesense.base.errors import Unavailable
from tradesense.infra.market_store import DuckDBStore
from tradesense.market import Recorder, Table, create_tables
from tradesense.run.api import create_app
from tradesense.run.wiring import open_parts

ROWS = 100
STRACE = shutil.which("strace")
NO_STRACE = "needs strace (apt-get install strace), which makes single system calls of a program fail"


def assert_nothing_lost(path: Path, acked: set[int]) -> None:
    """Check that every batch stored is whole, and every acknowledged one stored."""
    with closing(DuckDBStore(path, threads=1)) as store:
        batches = stored_batches(store)
    assert set(batches.values()) <= {ROWS}
    assert acked <= batches.keys()


@pytest.mark.skipif(not failing_calls.IS_POSSIBLE, reason="asks the Linux kernel to fail calls")
def test_f10_a_failing_sync_is_not_acknowledged_and_heals_without_a_restart(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    path, times = tmp_path / "market.duckdb", 3
    with nursery_of() as nursery:
        order = Order(str(path), batches=12, rows=ROWS, log_mib=0.05, break_at=5, break_times=times)
        lines = nursery.run(order)
    assert lines[-1] == "ended 0"
    assert f"closed {times}" in lines
    assert acknowledged(lines) == set(range(12))
    refused = [line.split() for line in lines if line.startswith("no ")]
    assert len(refused) >= times
    assert {(code, number) for _, code, number, _ in refused} == {("store_unavailable", "5")}
    # What was there could be read all the while; the batch that failed may be there or not.
    assert {int(stored) for *_, stored in refused} <= {5 * ROWS, 6 * ROWS}
    assert_nothing_lost(path, set(range(12)))
    measured(
        f"{times} failed syncs: {times} reopenings, {len(refused)} refusals, 12 of 12 batches at the end"
    )


def test_f10_a_disk_that_fails_from_any_sync_on_loses_nothing_acknowledged(
    tmp_path: Path, full_faults: bool, measured: Callable[[str], None]
) -> None:
    if STRACE is None:
        (pytest.fail if full_faults or os.environ.get("CI") else pytest.skip)(NO_STRACE)
    counts = []
    for first in range(1, 51) if full_faults else (11,):
        path = tmp_path / f"{first}.duckdb"
        syncs = "fsync,fdatasync"
        fault = f"inject={syncs}:error=EIO:when={first}+"
        with nursery_of(
            STRACE, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={syncs}", "-e", fault
        ) as nursery:
            lines = nursery.run(Order(str(path), batches=20, rows=ROWS, log_mib=0.05))
        acked = acknowledged(lines)
        assert len(acked) < first
        if "open" in lines:
            assert lines[-1] == "ended 0"
            assert_nothing_lost(path, acked)
        else:  # not even its tables could be made; with the disk well again they can
            assert (lines[-1], acked) == ("ended 1", set())
            with closing(DuckDBStore(path, threads=1)) as store:
                create_tables(store)
        counts.append(len(acked))
    measured(
        f"failing from the {'1st to the 50th' if full_faults else '11th'} sync on:"
        f" {sum(counts)} batches acknowledged, none lost"
    )


@pytest.mark.skipif(not failing_calls.IS_POSSIBLE, reason="asks the Linux kernel to fail calls")
async def test_f10_a_store_that_can_not_be_opened_again_is_down_and_comes_back_by_itself(
    tmp_path: Path,
) -> None:
    # With one thread, the engine syncs on the thread that commits.
    settings = settings_for(tmp_path, market_store_threads=1)
    path, elsewhere = settings.market_store_file, tmp_path / "elsewhere.duckdb"
    async with open_parts(settings) as parts, client_of(create_app(settings, parts=parts)) as client:
        parts.recorder.append(Table.QUOTES, batch_rows(0, ROWS))
        path.rename(elsewhere)
        path.mkdir()
        with pytest.raises(Unavailable) as caught:
            failing_calls.with_failing_syncs(lambda: parts.recorder.append(Table.QUOTES, batch_rows(1, ROWS)))
        assert caught.value.code == "store_unavailable"
        ready = await client.get("/health/ready")
        assert (ready.status_code, ready.json()["checks"]["market_store"]) == (503, "down")
        answer = await client.get("/api/v1/instruments")
        assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
        for text in (ready.text, answer.text):
            for word in (str(tmp_path), "duckdb", "fsync", "Error", "IO "):
                assert word not in text
        path.rmdir()
        elsewhere.rename(path)

        async def is_well() -> bool:
            return (await client.get("/health/ready")).json()["checks"]["market_store"] == "ok"

        await until(is_well, seconds=20)
        assert stored_batches(parts.store)[0] == ROWS
        figures = figures_in((await client.get("/metrics")).text)
        assert figures["market_store_failed_writes_total"] == 1
        assert figures["market_store_reopened_total"] == 1
    assert list(path.parent.glob("*.corrupt-*")) == []


@pytest.mark.skipif(not failing_calls.IS_POSSIBLE, reason="asks the Linux kernel to fail calls")
def test_f10_readers_go_on_while_the_store_is_opened_again_under_them(
    tmp_path: Path, full_faults: bool, measured: Callable[[str], None]
) -> None:
    times = 10 if full_faults else 3
    store = DuckDBStore(tmp_path / "market.duckdb", threads=1)
    create_tables(store)
    recorder = Recorder(store)
    recorder.append(Table.QUOTES, batch_rows(0, ROWS))
    done = threading.Event()
    counts: list[int] = []
    refused: list[str] = []
    others: list[BaseException] = []

    def read() -> None:
        while not done.is_set():
            try:
                found = store.query("SELECT count(*) AS n FROM market.quotes", deadline_seconds=30)
                counts.append(found["n"][0].as_py())
            except Unavailable as error:
                refused.append(error.code)
            except BaseException as error:
                others.append(error)

    def fail() -> None:
        while store.history.failed_writes < times:
            with suppress(Unavailable):
                recorder.append(Table.QUOTES, batch_rows(1, ROWS))
            time.sleep(0.01)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        failing_calls.with_failing_syncs(fail)
        assert store.history.reopened >= times
        before = len(counts)
        wait_until(lambda: len(counts) > before + 4)
    finally:
        done.set()
        for reader in readers:
            reader.join()
        store.close()
    assert others == []
    assert set(refused) <= {"store_unavailable"}
    assert set(counts) <= {ROWS, 2 * ROWS}
    measured(f"{times} reopenings under 4 readers: {len(counts)} answers, {len(refused)} refusals")
