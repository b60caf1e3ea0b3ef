"""Who may write a lake: whoever died or stands still is followed, and writes nothing after that."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import asyncpg
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.waiting import wait_until
from tests.integration.test_market_lake import add, count
from tradesense.infra.market_lake import LakeStore
from tradesense.infra.market_lease import SILENT_SECONDS, WriterLease
from tradesense.infra.market_store import StoreInUse, StoreUnavailable
from tradesense.market import create_tables

# Adds one row at each line it is told, and says what became of it.
WRITER = """
import sys
from pathlib import Path
from tests.fixtures.market import quote, rows_of
from tradesense.base.errors import Unavailable
from tradesense.infra.market_lake import LakeStore
from tradesense.market import Recorder, Table, create_tables
store = LakeStore(Path(sys.argv[1]), sys.argv[2], follows=True, threads=1)
create_tables(store)
print("writes", store.lease.number, flush=True)
for line in sys.stdin:
    rows = rows_of(Table.QUOTES, [quote("ES-2024-03", float(line), bid=1.0)])
    try: print("added", Recorder(store).append(Table.QUOTES, rows).added, flush=True)
    except Unavailable as refused: print("refused", store.is_surely_ours, flush=True)
store.close()
"""


@pytest.fixture
def catalog(database_server: DatabaseServer) -> str:
    return database_server.owner_url(database_server.new_empty_database())


class Writer:
    """A writer in a process of its own."""

    def __init__(self, folder: Path, catalog: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, catalog],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.number = int(self.hear().removeprefix("writes "))

    def hear(self) -> str:
        assert self.process.stdout is not None
        return next(line.strip() for line in self.process.stdout if line.split()[0] in _WORDS)

    def add(self, second: float) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{second}\n")
        self.process.stdin.flush()
        return self.hear()


_WORDS = ("writes", "added", "refused")


@contextmanager
def a_writer(folder: Path, catalog: str) -> Iterator[Writer]:
    writer = Writer(folder, catalog)
    try:
        yield writer
    finally:
        writer.process.kill()
        writer.process.communicate()


def follow(folder: Path, catalog: str) -> LakeStore:
    """Wait for the lease as a second process does."""
    opened: list[LakeStore] = []

    def try_once() -> bool:
        try:
            opened.append(LakeStore(folder, catalog, follows=True, threads=1))
        except StoreInUse:
            return False
        return True

    wait_until(try_once, seconds=SILENT_SECONDS + 20)
    return opened[0]


def test_who_dies_is_followed_at_once_and_every_row_is_there(
    tmp_path: Path, catalog: str, measured: Callable[[str], None]
) -> None:
    with a_writer(tmp_path, catalog) as first:
        assert first.add(1) == "added 1"
        with pytest.raises(StoreInUse) as refused:
            LakeStore(tmp_path, catalog, follows=True)
        assert refused.value.holder == first.process.pid
        first.process.kill()
        began = time.monotonic()
        with closing(follow(tmp_path, catalog)) as second:
            measured(f"a killed writer was followed after {time.monotonic() - began:.2f} s")
            assert second.lease is not None
            assert second.lease.number > first.number
            assert count(second) == 1
            assert add(second, 1, 2) == (1, 1)


def test_who_stands_still_is_followed_and_writes_nothing_when_it_wakes(
    tmp_path: Path, catalog: str, measured: Callable[[str], None]
) -> None:
    with a_writer(tmp_path, catalog) as first:
        assert first.add(1) == "added 1"
        os.kill(first.process.pid, signal.SIGSTOP)
        began = time.monotonic()
        with closing(follow(tmp_path, catalog)) as second:
            measured(f"a writer that stood still was followed after {time.monotonic() - began:.2f} s")
            assert add(second, 2) == (1, 0)
            os.kill(first.process.pid, signal.SIGCONT)
            for each in (3, 4, 5):
                assert first.add(each) == "refused False"
            assert add(second, 6) == (1, 0)
            seconds = second.query("SELECT count(*) AS n FROM market.quotes", deadline_seconds=5)
            assert seconds["n"].to_pylist() == [3]


def test_the_catalog_itself_refuses_a_commit_under_an_older_number(tmp_path: Path, catalog: str) -> None:
    with closing(LakeStore(tmp_path, catalog, threads=1)) as stale:
        create_tables(stale)
        assert add(stale, 1) == (1, 0)
        assert stale.lease is not None
        sql = "INSERT INTO market.imports SELECT 'a', 'b', 'c', NULL, 1, 1, 0, 0, now()::TIMESTAMP"
        with pytest.raises(StoreUnavailable), stale.transaction() as transaction:  # noqa: PT012
            transaction.execute(sql)
            # Between its last look and its commit somebody else was given the lease.
            stale.lease.close()
            with closing(WriterLease(tmp_path, catalog)) as newer:
                assert newer.number == stale.lease.number + 1
        assert stale.query("SELECT 1 FROM market.imports", deadline_seconds=5).num_rows == 0

        def is_told_why() -> bool:
            with pytest.raises(StoreUnavailable) as refused:
                add(stale, 2)
            return refused.value.detail == "Another process writes the market store now."

        wait_until(is_told_why)
        assert not stale.lease.is_lost, "it was the catalog that said so"
        assert count(stale) == 1


def test_a_lease_that_was_given_up_is_free_at_once_and_outlives_a_lost_line(
    tmp_path: Path, catalog: str
) -> None:
    with closing(WriterLease(tmp_path, catalog)) as first:
        assert (first.number, first.is_sure) == (1, True)
    with closing(WriterLease(tmp_path, catalog)) as second:
        assert second.number == 2
        hang_up(catalog, second.name)
        wait_until(lambda: backends(catalog, second.name) == 1)
        assert not second.is_lost
        assert second.is_sure
        with pytest.raises(StoreInUse):
            WriterLease(tmp_path, catalog)


def test_a_catalog_that_does_not_answer_gives_no_lease_and_no_password_away(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable) as refused:
        WriterLease(tmp_path, "postgresql://desk:letters@127.0.0.1:1/nothing")
    assert "letters" not in str(refused.value)


def test_who_reads_may_start_before_there_is_anything_to_read(tmp_path: Path, catalog: str) -> None:
    with closing(LakeStore(tmp_path, catalog, writes=False, threads=1)) as reader:
        with pytest.raises(StoreUnavailable):
            count(reader)
        with closing(LakeStore(tmp_path, catalog, threads=1)) as writer:
            create_tables(writer)
            add(writer, 1)

            def is_read() -> bool:
                try:
                    return count(reader) == 1
                except StoreUnavailable:
                    return False

            wait_until(is_read)


def hang_up(catalog: str, name: str) -> None:
    run(catalog, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", name)


def backends(catalog: str, name: str) -> int:
    return len(run(catalog, "SELECT pid FROM pg_stat_activity WHERE application_name = $1", name))


def run(catalog: str, sql: str, *values: object) -> list[asyncpg.Record]:
    import asyncio

    async def ask() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(catalog)
        try:
            return list(await connection.fetch(sql, *values))
        finally:
            await connection.close()

    return asyncio.run(ask())
