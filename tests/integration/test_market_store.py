"""The market store on a real DuckDB file: deadlines, turns, one owner, what a close keeps."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from tradesense.base.errors import Conflict, Unavailable
from tradesense.infra.market_store import DuckDBStore, StoreInUse

ENDLESS = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range % 7 = b.range % 5"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DuckDBStore]:
    store = DuckDBStore(tmp_path / "market.duckdb")
    yield store
    store.close()


def test_values_are_bound_by_name(store: DuckDBStore) -> None:
    rows = store.query(
        "SELECT $text AS text, $number + 1 AS number", {"text": "' or 1=1--", "number": 2}, deadline_seconds=5
    )
    assert rows.to_pylist() == [{"text": "' or 1=1--", "number": 3}]


@pytest.mark.parametrize(
    "sql", ["SELECT 1; SELECT 2", "CREATE TABLE market.t (a INT)", "PRAGMA version; SELECT 1", "CHECKPOINT"]
)
def test_a_query_that_is_not_one_select_is_refused(store: DuckDBStore, sql: str) -> None:
    with pytest.raises(ValueError, match="one SELECT"):
        store.query(sql, deadline_seconds=5)


@pytest.mark.wall_clock
def test_a_query_past_its_deadline_is_unavailable_and_its_thread_is_free(store: DuckDBStore) -> None:
    started = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        store.query(ENDLESS, deadline_seconds=0.2)
    assert caught.value.code == "query_timeout"
    assert time.monotonic() - started < 5
    assert store.query("SELECT 1 AS one", deadline_seconds=5)["one"].to_pylist() == [1]


def test_a_deadline_stops_only_its_own_query(store: DuckDBStore) -> None:
    failures: list[BaseException] = []

    def endless() -> None:
        try:
            store.query(ENDLESS, deadline_seconds=0.3)
        except Unavailable as error:
            failures.append(error)

    thread = threading.Thread(target=endless)
    thread.start()
    for number in range(200):
        assert store.query("SELECT $n AS n", {"n": number}, deadline_seconds=30)["n"].to_pylist() == [number]
    thread.join()
    assert len(failures) == 1


def test_a_write_is_seen_whole_after_its_block_and_not_before(store: DuckDBStore) -> None:
    with store.transaction() as transaction:
        transaction.execute("CREATE TABLE market.t (a BIGINT)")
    with store.transaction() as transaction:
        transaction.register("given", pa.table({"a": [1, 2, 3]}))
        transaction.execute("INSERT INTO market.t SELECT a FROM given")
        assert store.query("SELECT a FROM market.t", deadline_seconds=5).num_rows == 0
    assert store.query("SELECT a FROM market.t ORDER BY a", deadline_seconds=5)["a"].to_pylist() == [1, 2, 3]


def test_a_write_that_fails_in_the_middle_leaves_nothing(store: DuckDBStore) -> None:
    with store.transaction() as transaction:
        transaction.execute("CREATE TABLE market.t (a BIGINT)")

    def fail() -> None:
        with store.transaction() as transaction:
            transaction.execute("INSERT INTO market.t VALUES (1)")
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        fail()
    assert store.query("SELECT a FROM market.t", deadline_seconds=5).num_rows == 0


def test_writers_take_turns(store: DuckDBStore) -> None:
    with store.transaction() as transaction:
        transaction.execute("CREATE TABLE market.t (a BIGINT)")
        transaction.execute("INSERT INTO market.t VALUES (0)")

    def add() -> None:
        for _ in range(20):
            with store.transaction() as transaction:
                transaction.execute("UPDATE market.t SET a = a + 1")

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.query("SELECT a FROM market.t", deadline_seconds=5)["a"].to_pylist() == [80]


def test_rows_outlive_a_close(tmp_path: Path) -> None:
    path = tmp_path / "market.duckdb"
    first = DuckDBStore(path)
    with first.transaction() as transaction:
        transaction.execute("CREATE TABLE market.t AS SELECT 42 AS a")
    first.close()
    first.close()
    assert not path.with_name(path.name + ".wal").exists()
    second = DuckDBStore(path)
    assert second.query("SELECT a FROM market.t", deadline_seconds=5)["a"].to_pylist() == [42]
    second.close()


def test_rows_of_a_finished_write_outlive_a_killed_process(tmp_path: Path) -> None:
    path = tmp_path / "market.duckdb"
    program = (
        "import os, sys; from pathlib import Path\n"
        "from tradesense.infra.market_store import DuckDBStore\n"
        "store = DuckDBStore(Path(sys.argv[1]))\n"
        "with store.transaction() as t: t.execute('CREATE TABLE market.t AS SELECT 7 AS a')\n"
        "with store.transaction() as t:\n"
        "    t.execute('INSERT INTO market.t VALUES (8)')\n"
        "    os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == 9
    store = DuckDBStore(path)
    assert store.query("SELECT a FROM market.t", deadline_seconds=5)["a"].to_pylist() == [7]
    store.close()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = DuckDBStore(tmp_path / "market.duckdb")
    store.close()
    with pytest.raises(Unavailable) as caught:
        store.query("SELECT 1", deadline_seconds=5)
    assert caught.value.code == "store_closed"


def test_a_second_owner_in_this_process_is_refused(store: DuckDBStore, tmp_path: Path) -> None:
    with pytest.raises(StoreInUse) as caught:
        DuckDBStore(tmp_path / "market.duckdb")
    assert isinstance(caught.value, Conflict)
    assert store.query("SELECT 1 AS one", deadline_seconds=5).num_rows == 1


def test_a_second_process_is_told_who_owns_the_file(store: DuckDBStore, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from tradesense.infra.market_store import DuckDBStore, StoreInUse\n"
        "try: DuckDBStore(Path(sys.argv[1]))\n"
        "except StoreInUse as error: print(error.holder, error.code)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "market.duckdb")],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.split() == [str(os.getpid()), "store_in_use"]


def test_a_sort_larger_than_the_memory_spills_beside_the_file_and_cleans_up(tmp_path: Path) -> None:
    store = DuckDBStore(tmp_path / "market.duckdb", memory_limit="100MB", threads=1)
    rows = store.query(
        "SELECT count(*) AS n FROM (SELECT hash(range) AS h, repeat(range::VARCHAR, 6) AS v"
        " FROM range(4000000) ORDER BY h LIMIT 3900000)",
        deadline_seconds=60,
    )
    assert rows["n"].to_pylist() == [3_900_000]
    store.close()
    assert [each.name for each in tmp_path.iterdir()] == ["market.duckdb"]
