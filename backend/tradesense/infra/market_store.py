"""The market store on DuckDB: one file attached as `market` to a locked-down engine in memory.

Knows DuckDB and nothing of the tables. A DuckDB file has one owner process; every reading statement gets a
cursor of its own, writers take turns. After a fault of the disk the engine is of no more use: then the store
opens the file again by itself, without losing an acknowledged row, and goes on.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from tradesense.base.answers import PastChanges
from tradesense.base.clock import Clock, SystemClock
from tradesense.base.errors import Unavailable
from tradesense.infra.disk_room import DiskFull, DiskRoom
from tradesense.infra.market_store_engine import (
    Engine,
    StoreInUse,
    StoreUnavailable,
    StoreUnreadable,
    is_lost,
    is_machine_fault,
    is_want_of_room,
)
from tradesense.infra.market_store_recovery import open_past_damage

__all__ = [
    "DiskFull",
    "DuckDBStore",
    "QueryTimeout",
    "QueryTooLarge",
    "StoreClosed",
    "StoreInUse",
    "StoreUnavailable",
    "StoreUnreadable",
]

_FIRST_PAUSE_SECONDS: Final = 0.25
_LONGEST_PAUSE_SECONDS: Final = 5.0
_PATIENCE_SECONDS: Final = 2.0

_log = logging.getLogger("tradesense.infra")


class QueryTimeout(Unavailable):
    code = "query_timeout"


class QueryTooLarge(Unavailable):
    code = "query_too_large"


class StoreClosed(Unavailable):
    code = "store_closed"


class _EngineLost(StoreUnavailable):
    """The engine that something ran on is of no more use, or was replaced meanwhile."""

    def __init__(self, engine: duckdb.DuckDBPyConnection) -> None:
        super().__init__("The market store does not answer.")
        self.engine = engine


class _Pause:
    """How long to leave a failing thing alone: longer each time, up to a bound, whatever the clock says."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._until = float("-inf")

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._until

    def lengthen(self) -> None:
        self._seconds = min(max(self._seconds * 2, _FIRST_PAUSE_SECONDS), _LONGEST_PAUSE_SECONDS)
        self._until = time.monotonic() + self._seconds

    def end(self) -> None:
        self._seconds, self._until = 0.0, float("-inf")


@dataclass(slots=True)
class StoreHistory:
    """What befell the store since it was made; only ever counted up."""

    reopened: int = 0
    failed_writes: int = 0
    failed_checkpoints: int = 0
    logs_set_aside: int = 0


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

    Sorts larger than `memory_limit` spill beside the file. The log is folded into the file whenever it has
    grown past `log_mib`, so that opening after a crash is quick. Raises, when made, `StoreInUse` and
    `StoreUnreadable`.
    """

    def __init__(
        self,
        path: Path,
        *,
        memory_limit: str = "1GB",
        threads: int = 2,
        log_mib: float = 16,
        room: DiskRoom | None = None,
        clock: Clock | None = None,
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.history = StoreHistory()
        self.past = PastChanges()
        self.room = room or DiskRoom(path.parent, least_percent=0)
        self._file = Engine(path, memory_limit, threads)
        self._clock = clock or SystemClock()
        self._log_bytes = int(log_mib * 2**20)
        self._writing = threading.RLock()
        self._opening = threading.Lock()
        self._cursors: set[duckdb.DuckDBPyConnection] = set()
        self._cursors_change = threading.Condition()
        self._write_pause, self._open_pause, self._fold_pause = _Pause(), _Pause(), _Pause()
        self._closed = False
        self._engine: duckdb.DuckDBPyConnection | None = self._open_first()

    def query(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, deadline_seconds: float
    ) -> pa.Table:
        """Run one SELECT; see `market.ports.MarketStore.query`.

        Raises `ValueError` for anything that is not exactly one SELECT, `QueryTooLarge` where it
        needs more memory than the engine may take, `StoreUnavailable` where the disk fails.
        """
        try:
            return self._select(sql, parameters, deadline_seconds)
        except _EngineLost as lost:
            self._reopen(lost.engine)
        return self._select(sql, parameters, deadline_seconds)

    @property
    def is_taken_over(self) -> bool:
        """Whether another process has become its writer; a file's owner keeps it while it lives."""
        return False

    @property
    def is_surely_ours(self) -> bool:
        """Whether no other process can have become its writer."""
        return True

    def check_room(self) -> None:
        """Raise `DiskFull` where there is too little room for more rows."""
        self.room.check()

    @contextmanager
    def transaction(self) -> Iterator[DuckDBTransaction]:
        """Open an atomic write; see `market.ports.MarketStore.transaction`.

        What ended without an exception is on the disk. Raises `DiskFull` or `StoreUnavailable` where the
        disk fails, and then, for a moment that grows, without trying.
        """
        with self._writing:
            if not self._write_pause.is_over:
                raise StoreUnavailable("The market store could not write; it is tried again in a moment.")
            engine = self._present()
            try:
                with self._cursor(engine) as cursor:
                    cursor.execute("BEGIN TRANSACTION")
                    try:
                        yield DuckDBTransaction(cursor)
                    except BaseException:
                        with suppress(duckdb.Error):  # what went wrong is on its way already
                            cursor.execute("ROLLBACK")
                        raise
                    cursor.execute("COMMIT")
            except duckdb.Error as error:
                if _is_fault_of_disk(error) or engine is not self._engine:
                    self.history.failed_writes += 1
                    self._write_pause.lengthen()
                    raise self._give_up(engine, error) from error
                raise
            self._write_pause.end()
            self._fold_when_long()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file.

        Raises `DiskFull` or `StoreUnavailable` where that fails.
        """
        with self._writing:
            engine = self._present()
            try:
                with self._cursor(engine) as cursor:
                    cursor.execute("CHECKPOINT market")
            except duckdb.TransactionException as busy:
                raise StoreUnavailable("The log can't be folded under a reader of older rows.") from busy
            except duckdb.Error as error:
                self.history.failed_checkpoints += 1
                raise self._give_up(engine, error) from error

    def close(self) -> None:
        """Finish the running write, fold the log into the file and let go of it. Twice is harmless.

        Where the log can't be folded, it stays and is read when the file is opened again.
        """
        with self._writing:
            if self._closed:
                return
            try:
                if self._engine is not None:
                    self.checkpoint()
            except (Unavailable, duckdb.Error) as error:
                _log.warning("closed without folding the log", extra={"error": str(error)})
            with self._opening:
                self._closed = True
                self._let_go()

    def _select(self, sql: str, parameters: Mapping[str, object] | None, deadline_seconds: float) -> pa.Table:
        expired = threading.Event()
        engine = self._present()
        with self._cursor(engine) as cursor:

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
                    raise self._not_ours(engine) from error
                raise QueryTimeout(
                    f"The query took longer than {deadline_seconds:g} s and was stopped."
                ) from error
            except duckdb.OutOfMemoryException as error:
                raise QueryTooLarge("The query needs more memory than the market store may take.") from error
            except duckdb.Error as error:
                if is_lost(error) or engine is not self._engine:
                    raise self._not_ours(engine) from error
                if isinstance(error, duckdb.IOException):
                    _log.error("market store can't be read", extra={"error": str(error)})
                    raise StoreUnavailable("The market store can't be read.") from error
                raise
            finally:
                watch.cancel()

    def _not_ours(self, engine: duckdb.DuckDBPyConnection) -> Unavailable:
        return StoreClosed("The market store is closing.") if self._closed else _EngineLost(engine)

    def _present(self) -> duckdb.DuckDBPyConnection:
        """Return the engine; where there is none, the file is opened again first."""
        engine = self._engine
        if engine is None:
            self._reopen(None)
            engine = self._engine
        if self._closed or engine is None:
            raise StoreClosed("The market store is closed.")
        return engine

    @contextmanager
    def _cursor(self, engine: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor of an engine, which is not closed under it without an interrupt and some patience."""
        with self._cursors_change:
            if engine is not self._engine:
                raise self._not_ours(engine)
            cursor = engine.cursor()
            self._cursors.add(cursor)
        try:
            yield cursor
        finally:
            cursor.close()
            with self._cursors_change:
                self._cursors.discard(cursor)
                self._cursors_change.notify_all()

    def _give_up(self, engine: duckdb.DuckDBPyConnection, error: duckdb.Error) -> Unavailable:
        """Open the file again after a fault, and return what to tell the writer."""
        _log.error("market store failed", extra={"file": str(self._file.path), "error": str(error)})
        with suppress(Unavailable):  # the writer is told below; whoever comes next tries again
            self._reopen(engine)
        if is_want_of_room(error):
            return DiskFull("The disk is full: nothing more is recorded until there is room.")
        return StoreUnavailable("The market store could not write.")

    def _fold_when_long(self) -> None:
        """Fold a long log. The write before it stands, whatever becomes of this."""
        size = self.log_size
        if size < self._log_bytes or not self._fold_pause.is_over:
            return
        try:
            if self.room.free_bytes < 2 * size:
                raise DiskFull("There is no room to fold the log.")
            self.checkpoint()
        except (Unavailable, OSError) as error:
            self._fold_pause.lengthen()
            _log.warning("log not folded yet", extra={"log_bytes": size, "error": str(error)})
        else:
            self._fold_pause.end()

    @property
    def log_size(self) -> int:
        """The bytes of the write-ahead log: what would have to be read again after a crash."""
        try:
            return self._file.log_path.stat().st_size
        except FileNotFoundError:
            return 0

    def _reopen(self, lost: duckdb.DuckDBPyConnection | None) -> None:
        """Replace a lost engine, one caller at a time; the others wait a moment for that.

        Raises `StoreUnavailable` where it takes longer or fails; after a failure it is left alone for a
        pause that grows.
        """
        if not self._opening.acquire(timeout=_PATIENCE_SECONDS):
            raise StoreUnavailable("The market store is being opened again.")
        try:
            if self._closed:
                raise StoreClosed("The market store is closed.")
            if self._engine is not lost:
                return
            if not self._open_pause.is_over:
                raise StoreUnavailable("The market store can't be opened; it is tried again in a moment.")
            started = time.monotonic()
            self._let_go()
            try:
                self._engine = self._open()
            except (StoreInUse, StoreUnavailable, StoreUnreadable, duckdb.Error, OSError) as error:
                self._open_pause.lengthen()
                _log.error("market store can't be opened again", extra={"error": str(error)})
                raise StoreUnavailable("The market store can't be opened.") from error
            self._open_pause.end()
            self.history.reopened += 1
            _log.warning("market store opened again", extra={"seconds": round(time.monotonic() - started, 3)})
        finally:
            self._opening.release()

    def _open_first(self) -> duckdb.DuckDBPyConnection | None:
        return self._open()

    def _open(self) -> duckdb.DuckDBPyConnection:
        engine, set_aside = open_past_damage(self._file, self._clock)
        if set_aside is not None:
            self.history.logs_set_aside += 1
        return engine

    def _let_go(self) -> None:
        """Stop what still runs on the engine and close it."""
        with self._cursors_change:
            engine, self._engine = self._engine, None
            for cursor in self._cursors:
                with suppress(duckdb.Error):  # it has ended by itself
                    cursor.interrupt()
            self._cursors_change.wait_for(lambda: not self._cursors, timeout=_PATIENCE_SECONDS)
        if engine is not None:
            with suppress(duckdb.Error):  # a lost engine has nothing left to close well
                engine.close()


def _is_fault_of_disk(error: duckdb.Error) -> bool:
    return is_lost(error) or is_machine_fault(error) or isinstance(error, duckdb.IOException)


def _one_select(cursor: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = cursor.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise ValueError("a query is one SELECT statement")
    return statements[0]
