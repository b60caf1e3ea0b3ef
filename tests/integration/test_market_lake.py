"""The market store on DuckLake: the same as on a file, and readable by several processes at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.database import DatabaseServer
from tests.fixtures.market import START, quote, rows_of
from tests.fixtures.waiting import wait_until
from tradesense.infra.market_lake import LakeStore
from tradesense.infra.market_store import QueryTimeout, StoreClosed, StoreInUse, StoreUnavailable
from tradesense.market import Recorder, Retention, Table, compact, create_tables
from tradesense.run.api import create_app
from tradesense.run.market_stores import open_market_store
from tradesense.run.settings import SettingsRefused, load_settings

COUNT = "SELECT count(*) AS n FROM market.quotes"


@pytest.fixture
def catalog(database_server: DatabaseServer) -> str:
    return database_server.owner_url(database_server.new_empty_database())


@pytest.fixture(scope="module")
def empty_lake(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[LakeStore]:
    """One lake for the tests that change nothing in it."""
    catalog = database_server.owner_url(database_server.new_empty_database())
    store = LakeStore(tmp_path_factory.mktemp("lake"), catalog, threads=1)
    create_tables(store)
    yield store
    store.close()


@pytest.fixture
def lake(tmp_path: Path, catalog: str) -> Iterator[LakeStore]:
    store = LakeStore(tmp_path / "lake", catalog, memory_limit="500MB", threads=1)
    create_tables(store)
    yield store
    store.close()


@pytest.fixture
def reader(lake: LakeStore, tmp_path: Path, catalog: str) -> Iterator[LakeStore]:
    store = LakeStore(tmp_path / "lake", catalog, writes=False, memory_limit="500MB", threads=1)
    yield store
    store.close()


def count(store: LakeStore) -> int:
    return int(store.query(COUNT, deadline_seconds=5)["n"][0].as_py())


def add(store: LakeStore, *seconds: float) -> tuple[int, int]:
    rows = rows_of(Table.QUOTES, [quote("ES-2024-03", each, bid=1.0 + each) for each in seconds])
    stored = Recorder(store).append(Table.QUOTES, rows)
    return stored.added, stored.duplicate


def test_what_is_written_is_read_by_another_engine_and_added_once(lake: LakeStore, reader: LakeStore) -> None:
    assert add(lake, 1, 2, 3) == (3, 0)
    assert count(reader) == 3
    assert add(lake, 2, 3, 4) == (1, 2)
    assert count(reader) == 4
    coverage = reader.query("SELECT row_count FROM market.coverage", deadline_seconds=5)
    assert coverage["row_count"].to_pylist() == [4]


def test_a_write_is_seen_whole_or_not_at_all(lake: LakeStore, reader: LakeStore) -> None:
    with pytest.raises(RuntimeError, match="half way"), lake.transaction() as transaction:  # noqa: PT012
        transaction.execute(
            "INSERT INTO market.imports SELECT 'a', 'b', 'c', NULL, 1, 1, 0, 0, now()::TIMESTAMP"
        )
        assert reader.query("SELECT 1 FROM market.imports", deadline_seconds=5).num_rows == 0
        raise RuntimeError("half way")
    assert reader.query("SELECT 1 FROM market.imports", deadline_seconds=5).num_rows == 0


def test_tidying_and_sorting_anew_change_no_row(lake: LakeStore, reader: LakeStore) -> None:
    for batch in range(9):
        add(lake, batch, batch + 100)
    before = reader.query("SELECT * FROM market.quotes ORDER BY ts", deadline_seconds=5)
    assert compact(lake)
    lake.checkpoint()
    assert reader.query("SELECT * FROM market.quotes ORDER BY ts", deadline_seconds=5).equals(before)
    assert add(lake, 0, 1, 500) == (1, 2)


def test_what_has_grown_old_is_thinned_out_and_no_longer_counted(lake: LakeStore, reader: LakeStore) -> None:
    add(lake, *range(0, 150, 10))
    lake.checkpoint()
    add(lake, 155, 400)
    retention, before = Retention(lake), START + timedelta(seconds=300)
    assert retention.thin(Table.QUOTES, "lean", before=before, keep_every_seconds=60, on_grid=False) == 13
    assert count(reader) == 4
    assert retention.thin(Table.QUOTES, "lean", before=before, keep_every_seconds=10) == 1, (
        "155 is no multiple"
    )
    assert retention.thin(Table.QUOTES, "lean", before=before, keep_every_seconds=None) == 2
    assert retention.thin(Table.QUOTES, "lean", before=before, keep_every_seconds=None) == 0
    assert count(reader) == 1
    coverage = reader.query("SELECT row_count FROM market.coverage", deadline_seconds=5)
    assert coverage["row_count"].to_pylist() == [1]


def test_rows_outlive_a_close(tmp_path: Path, catalog: str) -> None:
    for expected in (1, 2, 3):
        store = LakeStore(tmp_path / "lake", catalog, threads=1)
        create_tables(store)
        add(store, expected)
        assert count(store) == expected
        store.close()
        store.close()
    with pytest.raises(StoreClosed):
        count(store)


def test_a_second_writer_of_this_process_is_refused_and_the_first_keeps_its_lock(
    empty_lake: LakeStore, catalog: str
) -> None:
    for _ in range(2):
        with pytest.raises(StoreInUse):
            LakeStore(empty_lake.folder, catalog)


def test_a_second_writer_is_told_who_the_first_is(lake: LakeStore, tmp_path: Path, catalog: str) -> None:
    script = (
        "import os, sys\nfrom pathlib import Path\n"
        "from tradesense.infra.market_lake import LakeStore\n"
        "from tradesense.infra.market_store import StoreInUse\n"
        "try: LakeStore(Path(sys.argv[1]), sys.argv[2])\n"
        "except StoreInUse as refused: print(refused.holder == os.getppid())\n"
    )
    command = [sys.executable, "-c", script, tmp_path / "lake", catalog]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "True\n"


def test_the_lock_of_a_killed_writer_is_free_and_its_rows_are_there(tmp_path: Path, catalog: str) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from tests.integration.test_market_lake import add\nfrom tradesense.market import create_tables\n"
        "from tradesense.infra.market_lake import LakeStore\n"
        "store = LakeStore(Path(sys.argv[1]), sys.argv[2], threads=1)\ncreate_tables(store)\n"
        "print(add(store, 1, 2), flush=True)\nsys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, tmp_path / "lake", catalog]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert next(line for line in writer.stdout if line.strip()) == "(2, 0)\n"
        with pytest.raises(StoreInUse):
            LakeStore(tmp_path / "lake", catalog)
        writer.kill()
    store = LakeStore(tmp_path / "lake", catalog, threads=1)
    assert count(store) == 2
    store.close()


def test_a_reader_never_writes(reader: LakeStore) -> None:
    with pytest.raises(StoreUnavailable, match="only reads"), reader.transaction():
        pass
    with pytest.raises(ValueError, match="one SELECT"):
        reader.query("DELETE FROM market.quotes", deadline_seconds=5)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 'x')",
    ],
)
def test_nothing_outside_the_lake_is_reached(empty_lake: LakeStore, sql: str) -> None:
    with pytest.raises((duckdb.Error, StoreUnavailable)):
        empty_lake.query(sql, deadline_seconds=5)


@pytest.mark.parametrize(
    "sql",
    [
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "ATTACH '/tmp/x.db' AS x",
        "COPY (SELECT 1) TO '/tmp/x'",
    ],
)
def test_nothing_is_changed_about_the_engine(empty_lake: LakeStore, sql: str) -> None:
    with pytest.raises((duckdb.Error, StoreUnavailable)), empty_lake.transaction() as transaction:
        transaction.execute(sql)


def test_a_query_past_its_deadline_ends(empty_lake: LakeStore) -> None:
    with pytest.raises(QueryTimeout):
        empty_lake.query(
            "SELECT sum(a.i * b.i) FROM range(100000) a(i), range(100000) b(i)", deadline_seconds=0.2
        )
    assert count(empty_lake) == 0


def test_readers_and_a_writer_at_once_lose_nothing(lake: LakeStore, reader: LakeStore) -> None:
    seen: list[int] = []
    writing = threading.Event()

    def read() -> None:
        while not writing.is_set():
            seen.append(count(reader))

    watcher = threading.Thread(target=read)
    watcher.start()
    try:
        for batch in range(8):
            assert add(lake, *range(batch * 10, batch * 10 + 10)) == (10, 0)
    finally:
        writing.set()
        watcher.join(timeout=30)
    assert count(reader) == 80
    assert seen == sorted(seen)
    assert all(each % 10 == 0 for each in seen)


def test_a_catalog_that_goes_away_and_comes_back_costs_no_row(tmp_path: Path) -> None:
    database = DatabaseServer()
    try:
        database.start()
        url = database.owner_url(database.new_empty_database())
        store = LakeStore(tmp_path / "lake", url, threads=1)
        create_tables(store)
        add(store, 1)
        database.server.stop()
        with pytest.raises(StoreUnavailable):
            count(store)
        with pytest.raises(StoreUnavailable) as refused:
            add(store, 2)
        assert "password" not in str(refused.value)
        assert store.is_surely_ours, "nobody can follow while the catalog is away"
        database.server.prepare()
        database.server.launch()
        database.server.wait_until_ready()
        wait_until(lambda: works(lambda: add(store, 2)), seconds=20)
        assert count(store) == 2
        store.close()
    finally:
        database.stop()


def works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except StoreUnavailable:
        return False
    return True


async def test_the_program_serves_what_is_in_a_lake(tmp_path: Path, catalog: str) -> None:
    settings = settings_for(
        tmp_path, market_store_url=f"ducklake://{tmp_path}/lake", market_catalog_url=catalog
    )
    store = open_market_store(settings)
    create_tables(store)
    add(store, 1, 2)
    store.close()
    async with client_of(create_app(settings)) as client:
        assert (await client.get("/health/ready")).json()["checks"]["market_store"] == "ok"
        assert (await client.get("/api/v1/futures")).status_code == 200


def test_a_lake_without_a_catalog_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="MARKET_CATALOG_URL: is missing"):
        load_settings(_env_file=None, market_store_url=f"ducklake://{tmp_path}/lake")
