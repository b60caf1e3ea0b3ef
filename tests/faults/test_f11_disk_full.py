"""F11: a full disk stops recording, loses nothing acknowledged, leaves reading alone, and heals by itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import figures_in
from tests.fixtures.app import client_of, settings_for
from tests.fixtures.store_writer import Order, acknowledged, batch_rows, nursery_of
from tradesense.infra.disk_room import DiskFull, DiskRoom
from tradesense.market import Recorder, Table
from tradesense.run.api import create_app
from tradesense.run.wiring import open_parts

DISK_MIB = 60
ROWS = 2000
BATCHES = 14


def own_disk(folder: Path) -> list[str]:
    """Return the start of a command that sees a small disk of its own at a folder; it ends with it."""
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare, for a disk that nobody else sees")
    folder.mkdir()
    mount = f"mount -t tmpfs -o size={DISK_MIB}m tmpfs {folder}"
    for ways in (("--mount",), ("--mount", "--map-root-user")):
        tried = subprocess.run(["unshare", *ways, "sh", "-c", mount], check=False, capture_output=True)
        if tried.returncode == 0:
            return ["unshare", *ways, "sh", "-c", f'{mount} && exec "$@"', "sh"]
    pytest.skip("this user may not mount a disk, not even one of its own")


def refusals(lines: list[str]) -> list[tuple[str, int, int]]:
    """Return code, batch and readable rows of each refusal."""
    words = [line.split() for line in lines if line.startswith("no ")]
    return [(code, int(number), int(rows)) for _, code, number, rows in words]


def assert_healed(lines: list[str], *, codes: set[str]) -> None:
    """Check that nothing was lost, that reading went on, and that all batches came in at the end."""
    assert lines[-1] == "ended 0"
    assert acknowledged(lines) == set(range(BATCHES))
    refused = refusals(lines)
    assert refused
    assert {code for code, *_ in refused} <= codes
    for _, number, rows in refused:
        # The batch that failed may be stored or not; all before it are.
        assert rows in (number * ROWS, (number + 1) * ROWS)
    assert [line for line in lines if line.startswith("stored")] == [f"stored {BATCHES} {ROWS} {ROWS}"] * 2


def test_f11_a_full_disk_heals_when_there_is_room_again(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    folder = tmp_path / "disk"
    order = Order(
        str(folder / "market.duckdb"),
        batches=BATCHES,
        rows=ROWS,
        log_mib=1,
        ballast_mib=DISK_MIB - 2,
        ballast_for=20,
    )
    with nursery_of(*own_disk(folder)) as nursery:
        lines = nursery.run(order)
    assert_healed(lines, codes={"disk_full", "store_unavailable"})
    refused = refusals(lines)
    assert refused[0][0] == "disk_full"
    assert list(folder.iterdir()) == []
    measured(
        f"{DISK_MIB} MiB disk, {DISK_MIB - 2} taken: {len(refused)} refusals from batch {refused[0][1]} on,"
        f" all read meanwhile, {BATCHES} of {BATCHES} batches after room came back"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="bounds the length of a process's files")
def test_f11_a_bound_on_what_a_user_may_write_is_a_full_disk(tmp_path: Path) -> None:
    order = Order(
        str(tmp_path / "market.duckdb"), batches=BATCHES, rows=ROWS, log_mib=16, limit_mib=1, ballast_for=20
    )
    with nursery_of() as nursery:
        lines = nursery.run(order)
    assert_healed(lines, codes={"disk_full", "store_unavailable"})


def test_f11_recording_stops_while_a_tenth_is_still_free(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    folder = tmp_path / "disk"
    order = Order(
        str(folder / "market.duckdb"),
        batches=BATCHES,
        rows=ROWS,
        log_mib=1,
        ballast_mib=DISK_MIB * 0.9 - 1.5,
        ballast_for=5,
        least_percent=10,
    )
    with nursery_of(*own_disk(folder)) as nursery:
        lines = nursery.run(order)
    assert_healed(lines, codes={"disk_full"})
    assert "closed 0" in lines, "the disk was written full"
    measured(f"refused from batch {refusals(lines)[0][1]} on, before any write failed")


async def test_f11_the_program_says_so_goes_on_reading_and_records_again(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    free = 50
    async with open_parts(settings) as parts:
        parts.store.room = DiskRoom(
            tmp_path, least_percent=10, enough_bytes=10**9, usage=lambda _: (100, 100 - free, free)
        )
        recorder = Recorder(parts.store)
        recorder.append(Table.QUOTES, batch_rows(0, 10))
        async with client_of(create_app(settings, parts=parts)) as client:
            assert "alarms" not in (await client.get("/health/ready")).json()
            free = 9
            with pytest.raises(DiskFull) as caught:
                recorder.append(Table.QUOTES, batch_rows(1, 10))
            assert caught.value.code == "disk_full"
            assert (await client.get("/health/ready")).json()["alarms"] == ["disk_nearly_full"]
            assert figures_in((await client.get("/metrics")).text)["market_store_refused_total"] == 1
            assert (await client.get("/api/v1/instruments")).status_code == 200
            free = 10
            assert recorder.append(Table.QUOTES, batch_rows(1, 10)).added == 10
            assert "alarms" not in (await client.get("/health/ready")).json()
