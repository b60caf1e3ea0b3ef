"""R72: from inside the market store's SQL nothing outside its file can be reached or changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from tradesense.base.errors import Unavailable
from tradesense.infra.market_store import DuckDBStore

READS = [
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')",
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM read_parquet('https://127.0.0.1/x.parquet')",
    "SELECT * FROM rows_of_the_caller",
    "SELECT getenv('HOME')",
]
STATEMENTS = [
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "COPY market.t FROM '{secret}'",
    "ATTACH '{folder}/other.duckdb' AS other",
    "EXPORT DATABASE '{folder}/dump'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET memory_limit = '64GB'",
    "SET threads = 64",
    "SET temp_directory = '{folder}'",
    "RESET lock_configuration",
    "PRAGMA enable_external_access = true",
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DuckDBStore]:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "data").mkdir()
    store = DuckDBStore(tmp_path / "data" / "market.duckdb")
    with store.transaction() as transaction:
        transaction.execute("CREATE TABLE market.t (a VARCHAR)")
    yield store
    store.close()


def _filled(sql: str, folder: Path) -> str:
    return sql.format(secret=folder / "secret.txt", folder=folder)


@pytest.mark.parametrize("sql", READS)
def test_r72_a_query_reaches_no_file_address_variable_or_environment(
    store: DuckDBStore, tmp_path: Path, sql: str
) -> None:
    rows_of_the_caller = pa.table({"a": [1]})
    assert rows_of_the_caller.num_rows == 1
    with pytest.raises(duckdb.Error):
        store.query(_filled(sql, tmp_path), deadline_seconds=5)


@pytest.mark.parametrize("sql", STATEMENTS)
def test_r72_no_statement_leaves_the_file_or_loosens_the_lock(
    store: DuckDBStore, tmp_path: Path, sql: str
) -> None:
    filled = _filled(sql, tmp_path)
    with pytest.raises(ValueError, match="one SELECT"):
        store.query(filled, deadline_seconds=5)
    with pytest.raises(duckdb.Error), store.transaction() as transaction:
        transaction.execute(filled)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data", "secret.txt"]


def test_r72_the_locked_store_still_writes_folds_and_reads(store: DuckDBStore) -> None:
    with store.transaction() as transaction:
        transaction.register("given", pa.table({"a": ["x", "y"]}))
        transaction.execute("INSERT INTO market.t SELECT a FROM given")
    store.checkpoint()
    assert store.query("SELECT count(*) AS n FROM market.t", deadline_seconds=5)["n"].to_pylist() == [2]


def test_r72_the_settings_are_the_locked_ones(store: DuckDBStore) -> None:
    names = [
        "enable_external_access",
        "lock_configuration",
        "autoinstall_known_extensions",
        "autoload_known_extensions",
        "allow_community_extensions",
        "python_enable_replacements",
    ]
    rows = store.query(
        "SELECT name, value FROM duckdb_settings() WHERE name IN (SELECT unnest($names))",
        {"names": names},
        deadline_seconds=5,
    )
    assert {row["name"]: row["value"] for row in rows.to_pylist()} == {
        name: "true" if name == "lock_configuration" else "false" for name in names
    }
    limit = store.query("SELECT current_setting('memory_limit') AS v", deadline_seconds=5)["v"].to_pylist()
    assert limit == ["953.6 MiB"]


@pytest.mark.wall_clock
def test_r72_a_query_of_five_seconds_is_stopped_and_its_thread_is_free(store: DuckDBStore) -> None:
    endless = "SELECT count(*) FROM range(10000000) a, range(100000) b WHERE a.range % 7 = b.range % 5"
    started = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        store.query(endless, deadline_seconds=0.1)
    assert caught.value.code == "query_timeout"
    assert time.monotonic() - started < 5
    assert store.query("SELECT 1 AS one", deadline_seconds=5)["one"].to_pylist() == [1]
