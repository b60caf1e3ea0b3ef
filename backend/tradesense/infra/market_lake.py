"""The market store on DuckLake: rows in Parquet files of one folder, which of them count in a PostgreSQL.

The same SQL and the same guarantees as `market_store`, and one thing more: several processes may read at
once, each with an engine of its own. One process writes: it holds the lease of the catalog (`market_lease`),
and on its machine a lock in the folder, which goes with the process however it ends.
"""

from __future__ import annotations

import fcntl
import importlib.util
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import duckdb
import pyarrow as pa

from tradesense.base.clock import Clock
from tradesense.infra.disk_room import DiskRoom
from tradesense.infra.market_lease import REFUSED, SETTING, WriterLease
from tradesense.infra.market_store import DuckDBStore, DuckDBTransaction
from tradesense.infra.market_store_engine import StoreInUse, StoreUnavailable, engine_in_memory
from tradesense.infra.store_lock import LAKE_LOCK, holder_of

_FILES: Final = "rows"
_EXTENSIONS: Final = ("ducklake", "postgres_scanner")
_KEPT_FOR_READERS: Final = "1 hour"
_TAKEN_OVER: Final = "Another process writes the market store now."
_UPKEEP: Final = (
    "CALL ducklake_flush_inlined_data('market')",
    "CALL ducklake_merge_adjacent_files('market')",
    f"CALL ducklake_expire_snapshots('market', older_than => now() - INTERVAL '{_KEPT_FOR_READERS}')",
    f"CALL ducklake_cleanup_old_files('market', older_than => now() - INTERVAL '{_KEPT_FOR_READERS}')",
)

_log = logging.getLogger("tradesense.infra")


class LakeStore(DuckDBStore):
    """One process's way into a lake; safe to call from many threads.

    With `writes` it takes the lock of the folder and the lease, or raises `StoreInUse`; one that `follows`
    goes by the lease alone, so that it can follow a writer that stands still. Without `writes`, it never
    does: `transaction` raises `StoreUnavailable`. A catalog that does not answer, or has no tables yet, is an
    `Unavailable` market store until it does and has.
    """

    def __init__(
        self,
        folder: Path,
        catalog_url: str,
        *,
        writes: bool = True,
        follows: bool = False,
        memory_limit: str = "1GB",
        threads: int = 2,
        room: DiskRoom | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.folder = folder
        self._catalog = _words_for_libpq(catalog_url)
        self._lock: int | None = None
        self.lease: WriterLease | None = None
        (folder / _FILES).mkdir(parents=True, exist_ok=True)
        try:
            if writes:
                self._lock = _take(folder / LAKE_LOCK, insist=not follows)
                self.lease = WriterLease(folder, catalog_url)
            super().__init__(
                folder / LAKE_LOCK, memory_limit=memory_limit, threads=threads, room=room, clock=clock
            )
        except BaseException:
            self._leave()
            raise

    def query(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, deadline_seconds: float
    ) -> pa.Table:
        """Run one SELECT; see `DuckDBStore.query`."""
        try:
            return super().query(sql, parameters, deadline_seconds=deadline_seconds)
        except duckdb.CatalogException as error:
            if self.lease is not None:
                raise
            # Who writes makes the tables, and may start after those who read.
            raise StoreUnavailable("The market store has no such table yet.") from error

    @property
    def is_taken_over(self) -> bool:
        return self.lease is not None and self.lease.is_lost

    @property
    def is_surely_ours(self) -> bool:
        return self.lease is not None and self.lease.is_sure

    @contextmanager
    def transaction(self) -> Iterator[DuckDBTransaction]:
        """Open an atomic write; see `DuckDBStore.transaction`."""
        if self.lease is None:
            raise StoreUnavailable("This process only reads the market store.")
        if self.lease.is_lost:
            raise StoreUnavailable(_TAKEN_OVER)
        try:
            with super().transaction() as transaction:
                yield transaction
        except duckdb.TransactionException as error:
            # The catalog refused, or hung up: either way nothing of it was kept.
            self.history.failed_writes += 1
            if REFUSED in str(error) or self.lease.is_lost:
                raise StoreUnavailable(_TAKEN_OVER) from error
            raise StoreUnavailable("The market store could not write.") from error

    def checkpoint(self) -> None:
        """Put small writes together in files, and remove files that nobody has needed for an hour."""
        with self.transaction():
            """The lock of this process is held, and its turn come."""
        with self._writing, self._cursor(self._present()) as cursor:
            try:
                for statement in _UPKEEP:
                    cursor.execute(statement)
            except duckdb.Error as error:
                self.history.failed_checkpoints += 1
                raise StoreUnavailable("The market store could not be tidied.") from error

    def close(self) -> None:
        """Finish the running write and let go. Twice is harmless."""
        with self._writing, self._opening:
            if not self._closed:
                self._closed = True
                self._let_go()
                self._leave()

    def _open(self) -> duckdb.DuckDBPyConnection:
        engine = self._engine_in_memory()
        try:
            for name in _EXTENSIONS:
                engine.execute(f"LOAD {_quoted(str(_extension(name)))}")
            files = f"{self.folder / _FILES}/"
            catalog = _quoted("ducklake:postgres:" + self._catalog + _words_of(self.lease))
            terms = f"DATA_PATH {_quoted(files)}" + ("" if self.lease is not None else ", READ_ONLY")
            engine.execute(f"ATTACH {catalog} AS market ({terms})")
            if self.lease is not None:
                self.lease.fence()
            engine.execute(f"SET allowed_directories = [{_quoted(files)}]")
            engine.execute("SET enable_external_access = false")
            engine.execute("SET lock_configuration = true")
        except StoreUnavailable:
            engine.close()
            raise
        except duckdb.Error as error:
            engine.close()
            # What the engine says may hold the catalog's address, and with it the password.
            raise StoreUnavailable("The catalog of the market store does not answer.") from error
        return engine

    def _open_first(self) -> duckdb.DuckDBPyConnection | None:
        try:
            return self._open()
        except StoreUnavailable:
            if self.lease is not None:
                raise
            # Who only reads may be started first: it is opened when there is something to read.
            _log.warning("the market store can't be read yet")
            return None

    def _engine_in_memory(self) -> duckdb.DuckDBPyConnection:
        return engine_in_memory(
            {
                "memory_limit": self._file.memory_limit,
                "threads": self._file.threads,
                "temp_directory": str(self.folder / f"spill-{os.getpid()}"),
                "python_enable_replacements": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "allow_community_extensions": False,
            }
        )

    def _leave(self) -> None:
        if self.lease is not None:
            self.lease.close()
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)


def _take(path: Path, *, insist: bool) -> int | None:
    # The first lock belongs to this handle, whatever else the process opens and closes. The second is the
    # kind that a DuckDB file has, so that `store_lock.holder_of` finds who it is.
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        if not insist:
            return None
        raise StoreInUse(path.parent, holder_of(path)) from None
    return lock


def _words_of(lease: WriterLease | None) -> str:
    """Return what tells the catalog under which lease its connections write."""
    if lease is None:
        return ""
    return f" application_name='{lease.name}' options='-c {SETTING}={lease.number}'"


def _extension(name: str) -> Path:
    """Return the file of an extension, which comes as a package of its own: nothing is ever downloaded."""
    package = importlib.util.find_spec(f"duckdb_extension_{name}")
    assert package is not None
    assert package.submodule_search_locations is not None
    (file,) = Path(package.submodule_search_locations[0]).rglob(f"{name}.duckdb_extension")
    return file


def _words_for_libpq(url: str) -> str:
    """Return an address `postgresql://…` as `key='value'` words, the form that the extension takes."""
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    words = {
        "host": options.get("host", [parts.hostname or ""])[0],
        "port": str(parts.port or options.get("port", [""])[0]),
        "dbname": unquote(parts.path.lstrip("/")),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "connect_timeout": "2",
    }
    return " ".join(f"{key}='{_escaped(value)}'" for key, value in words.items() if value)


def _escaped(value: str) -> str:
    return re.sub(r"(['\\])", r"\\\1", value)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
