"""The market store on DuckDB: one file attached as `market` to a locked-down engine in memory.

Knows DuckDB and nothing of the tables. A DuckDB file has one owner process; every reading
statement gets a cursor of its own, writers take turns.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from tradesense.base.errors import Conflict, Unavailable


class StoreInUse(Conflict):
    """Another process owns the file; `holder` is its process id, where the engine told it."""

    code = "store_in_use"

    def __init__(self, path: Path, holder: int | None) -> None:
        who = f"process {holder}" if holder else "another process"
        super().__init__(f"The market store {path} is in use by {who}; one process owns it at a time.")
        self.holder = holder


class QueryTimeout(Unavailable):
    code = "query_timeout"


class QueryTooLarge(Unavailable):
    code = "query_too_large"


class StoreClosed(Unavailable):
    code = "store_closed"


class DuckDBTransaction:
    """Statements of one atomic write, on a cursor of their own."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def register(self, name: str, rows: pa.Table) -> None:
        self._cursor.register(name, rows)

    def execute(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        return self._cursor.execute(sql, dict(parameters or {})).to_arrow_table()


class DuckDBStore:
    """Owns one DuckDB file; safe to call from many threads.

    After opening nothing outside the file can be reached from SQL: no other file, no extension,
    no change of configuration. Sorts larger than `memory_limit` spill beside the file.
    """

    def __init__(self, path: Path, *, memory_limit: str = "1GB", threads: int = 2) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._writing = threading.Lock()
        self._closed = False
        self._engine = _open_engine(path, memory_limit, threads)

    def query(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, deadline_seconds: float
    ) -> pa.Table:
        """Run one SELECT; see `market.ports.MarketStore.query`.

        Raises `ValueError` for anything that is not exactly one SELECT, `QueryTooLarge` where it
        needs more memory than the engine may take.
        """
        cursor = self._cursor()
        expired = threading.Event()

        def interrupt() -> None:
            expired.set()
            cursor.interrupt()

        watch = threading.Timer(deadline_seconds, interrupt)
        watch.daemon = True
        watch.start()
        try:
            statement = _one_select(cursor, sql)
            return cursor.execute(statement, dict(parameters or {})).to_arrow_table()
        except duckdb.InterruptException as error:
            if not expired.is_set():
                raise StoreClosed("The market store is closing.") from error
            raise QueryTimeout(
                f"The query took longer than {deadline_seconds:g} s and was stopped."
            ) from error
        except duckdb.OutOfMemoryException as error:
            raise QueryTooLarge("The query needs more memory than the market store may take.") from error
        finally:
            watch.cancel()
            cursor.close()

    @contextmanager
    def transaction(self) -> Iterator[DuckDBTransaction]:
        with self._writing:
            cursor = self._cursor()
            try:
                cursor.execute("BEGIN TRANSACTION")
                try:
                    yield DuckDBTransaction(cursor)
                except BaseException:
                    cursor.execute("ROLLBACK")
                    raise
                cursor.execute("COMMIT")
            finally:
                cursor.close()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file."""
        with self._writing:
            cursor = self._cursor()
            try:
                cursor.execute("CHECKPOINT market")
            finally:
                cursor.close()

    def close(self) -> None:
        """Finish the running write, fold the log into the file and let go of it. Twice is harmless."""
        if self._closed:
            return
        self.checkpoint()
        with self._writing:
            self._closed = True
            self._engine.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if self._closed:
            raise StoreClosed("The market store is closed.")
        return self._engine.cursor()


def _open_engine(path: Path, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory_limit,
            "threads": threads,
            "temp_directory": str(path.with_name(path.name + ".spill")),
            "python_enable_replacements": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        },
    )
    try:
        quoted = str(path).replace("'", "''")
        engine.execute(f"ATTACH '{quoted}' AS market")
        engine.execute("SET enable_external_access = false")
        engine.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        engine.close()
        if (
            "lock on file" in str(error)
            or "already attached" in str(error)
            or "file handle conflict" in str(error)
        ):
            holder = re.search(r"PID (\d+)", str(error))
            raise StoreInUse(path, int(holder[1]) if holder else None) from error
        raise
    return engine


def _one_select(cursor: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = cursor.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise ValueError("a query is one SELECT statement")
    return statements[0]
