"""F9: a damaged write-ahead log is set aside and told of; it never stops the program and is never lost."""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.conftest import figures_in
from tests.fixtures.app import client_of, settings_for
from tests.fixtures.store_writer import Order, acknowledged, batch_rows, nursery_of, stored_batches
from tradesense.base.clock import FixedClock
from tradesense.infra.market_store import DuckDBStore, StoreInUse, StoreUnreadable
from tradesense.market import Recorder, Table
from tradesense.run.api import create_app

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")

ROWS = 20
BATCHES = 12
COMMIT = re.compile(rb"\x05\x00{7}.{8}\x64\x00\x64\xff\xff", re.DOTALL)
NOW = FixedClock(datetime(2026, 3, 2, 14, 5, 9, tzinfo=UTC))


def log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(path.name + ".wal.corrupt-*"))


def leave_behind(path: Path, order: Order, *, batches: int) -> None:
    """Have a writer die after so many acknowledged batches."""
    with nursery_of() as nursery:
        writer = nursery.start(order)
        while nursery.line() != f"ack {batches - 1}":
            pass
        os.kill(writer, signal.SIGKILL)
        nursery.rest()


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as a killed writer left it, with all its batches in the log."""
    path = tmp_path_factory.mktemp("crashed") / "market.duckdb"
    with nursery_of() as nursery:
        assert nursery.run(Order(str(path), batches=1, rows=ROWS, log_mib=1000))[-1] == "ended 0"
    leave_behind(path, Order(str(path), 1, rows=ROWS, log_mib=1000), batches=BATCHES)
    return path


@pytest.fixture
def path(crashed: Path, tmp_path: Path) -> Path:
    """A copy of it to be damaged."""
    for each in (crashed, log_of(crashed)):
        shutil.copyfile(each, tmp_path / each.name)
    return tmp_path / crashed.name


def damage(log: Path, position: int, bit: int = 0) -> bytes:
    content = bytearray(log.read_bytes())
    content[position] ^= 1 << bit
    log.write_bytes(content)
    return bytes(content)


def assert_first_batches(batches: dict[int, int]) -> None:
    """Check for whole batches, from the first on, with none missing between."""
    assert set(batches.values()) <= {ROWS}
    assert sorted(batches) == list(range(len(batches)))


def test_f09_a_log_that_was_cut_short_opens_with_what_was_committed_before(
    path: Path, full_faults: bool
) -> None:
    file, log = path.read_bytes(), log_of(path).read_bytes()
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    found = set()
    for _ in range(60 if full_faults else 6):
        path.write_bytes(file)
        log_of(path).write_bytes(log[: chance.randrange(len(log))])
        with closing(DuckDBStore(path, threads=1)) as store:
            batches = stored_batches(store)
            assert_first_batches(batches)
            # What comes after the cut is kept as well as what was before.
            Recorder(store).append(Table.QUOTES, batch_rows(500, ROWS))
        with closing(DuckDBStore(path, threads=1)) as store:
            assert stored_batches(store) == {**batches, 500: ROWS}, f"seed {seed}"
        assert set_aside(path) == []
        found.add(len(batches))
    assert len(found) > 1


def test_f09_a_changed_byte_costs_what_came_after_it_and_the_log_is_kept(
    path: Path, full_faults: bool, measured: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    file, log = path.read_bytes(), log_of(path).read_bytes()
    seed = random.SystemRandom().randrange(2**32)
    chance, tries = random.Random(seed), 100 if full_faults else 8
    saved = slowest = 0.0
    kept: dict[Path, bytes] = {}
    for number in range(tries):
        path.write_bytes(file)
        log_of(path).write_bytes(log)
        position = chance.randrange(len(log))
        damaged = damage(log_of(path), position, chance.randrange(8))
        caplog.clear()
        started = time.perf_counter()
        store = DuckDBStore(path, threads=1, clock=NOW)
        slowest = max(slowest, time.perf_counter() - started)
        with closing(store):
            batches = stored_batches(store)
            assert store.history.logs_set_aside == 1, f"seed {seed}: byte {position}"
        assert_first_batches(batches)
        saved += len(batches)
        ending = "" if number == 0 else f"-{number + 1}"
        kept[path.with_name(f"{path.name}.wal.corrupt-20260302T140509Z{ending}")] = damaged
        told = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert ["damaged" in record.getMessage() for record in told] == [True]
    assert {each: each.read_bytes() for each in set_aside(path)} == kept
    assert slowest <= 2
    measured(
        f"{tries} flipped bytes (seed {seed}): opened every time, {saved / tries:.1f} of {BATCHES} batches"
        f" kept on average, every damaged log kept; slowest opening {slowest * 1000:.0f} ms"
    )


@pytest.mark.parametrize(("commit", "offset", "kept"), [(4, 21, 6), (-1, 0, BATCHES - 1)])
def test_f09_a_damaged_length_is_noticed_though_the_engine_takes_it_for_the_end(
    path: Path, commit: int, offset: int, kept: int
) -> None:
    commits = [found.start() for found in COMMIT.finditer(log_of(path).read_bytes())]
    assert len(commits) == BATCHES - 1
    # The highest byte of the length of the entry after a commit, and of the last commit itself.
    damaged = damage(log_of(path), commits[commit] + offset + 7)
    with closing(DuckDBStore(path, threads=1, clock=NOW)) as store:
        assert store.history.logs_set_aside == 1
        assert_first_batches(stored_batches(store))
        assert len(stored_batches(store)) == kept
    assert [each.read_bytes() for each in set_aside(path)] == [damaged]


@pytest.mark.parametrize("position", range(8))
def test_f09_a_log_whose_start_is_damaged_is_kept(path: Path, position: int) -> None:
    damaged = damage(log_of(path), position, bit=1)
    with closing(DuckDBStore(path, threads=1, clock=NOW)) as store:
        assert_first_batches(stored_batches(store))
    assert [each.read_bytes() for each in set_aside(path)] == [damaged]


def test_f09_a_second_program_leaves_the_log_of_the_first_alone(path: Path, tmp_path: Path) -> None:
    with nursery_of() as nursery:
        writer = nursery.start(Order(str(path), 100, rows=ROWS, log_mib=1000))
        while nursery.line() != "ack 102":
            pass
        os.kill(writer, signal.SIGSTOP)
        damage(log_of(path), 100)
        with pytest.raises(StoreInUse):
            DuckDBStore(path, threads=1, clock=NOW)
        os.kill(writer, signal.SIGKILL)
        os.kill(writer, signal.SIGCONT)
        nursery.rest()
    assert set_aside(path) == []


@pytest.mark.parametrize("content", [b"not a log at all " * 100, os.urandom(4096)], ids=["text", "noise"])
def test_f09_a_log_that_is_none_is_set_aside_and_the_file_opened(path: Path, content: bytes) -> None:
    log_of(path).write_bytes(content)
    with closing(DuckDBStore(path, threads=1, clock=NOW)) as store:
        assert_first_batches(stored_batches(store))
    assert [each.read_bytes() for each in set_aside(path)] == [content]


def test_f09_a_file_that_is_damaged_itself_is_said_so_and_its_log_left_in_place(path: Path) -> None:
    log = log_of(path).read_bytes()
    path.write_bytes(b"\0" * path.stat().st_size)
    for _ in range(2):
        with pytest.raises(StoreUnreadable) as caught:
            DuckDBStore(path, threads=1, clock=NOW)
        assert caught.value.code == "store_unreadable"
    assert log_of(path).read_bytes() == log
    assert set_aside(path) == []


async def test_f09_the_program_starts_and_says_what_happened(path: Path, tmp_path: Path) -> None:
    damage(log_of(path), log_of(path).stat().st_size // 2)
    settings = settings_for(tmp_path, market_store_url=f"duckdb://{path}")
    async with client_of(create_app(settings)) as client:
        ready = (await client.get("/health/ready")).json()
        assert ready["checks"]["market_store"] == "ok"
        assert ready["alarms"] == ["market_store_log_set_aside"]
        figures = figures_in((await client.get("/metrics")).text)
        assert figures["market_store_logs_set_aside_total"] == 1
        assert (await client.get("/api/v1/futures")).status_code == 200
    async with client_of(create_app(settings)) as client:
        assert "alarms" not in (await client.get("/health/ready")).json()
    assert len(set_aside(path)) == 1


def test_f09_the_log_stays_short_and_a_full_one_is_read_within_two_seconds(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    path, short = tmp_path / "market.duckdb", tmp_path / "short.duckdb"
    with nursery_of() as nursery:
        lines = nursery.run(Order(str(short), batches=20, rows=200, log_mib=0.05))
        assert len(acknowledged(lines)) == 20
        # With the standard bound, a log just below it is the worst a crash can leave.
        writer = nursery.start(Order(str(path), rows=4000, log_mib=16))
        largest = 0
        while (size := log_of(path).stat().st_size if log_of(path).exists() else 0) >= largest:
            largest = size
            if largest > 15.5 * 2**20:
                break
            nursery.line()
        os.kill(writer, signal.SIGKILL)
        nursery.rest()
    assert largest < 17 * 2**20
    left = log_of(path).stat().st_size
    started = time.perf_counter()
    with closing(DuckDBStore(path, threads=1)) as store:
        took = time.perf_counter() - started
        assert set(stored_batches(store).values()) == {4000}
    assert took < 2
    measured(f"a log of {left / 2**20:.1f} MiB was read in {took * 1000:.0f} ms")
