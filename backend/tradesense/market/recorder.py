"""The way into the store: rows are staged, then added together where their key is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tradesense.base.answers import SETTLED_AFTER
from tradesense.base.clock import Clock, SystemClock
from tradesense.market.batches import LINE, arrange, check_rows
from tradesense.market.ports import MarketStore, StoreTransaction
from tradesense.market.storage import ALL, COVERAGE_GROUP, IMPORTS, LAYOUTS, physical_schema
from tradesense.market.tables import KEYS, SCHEMAS, Table

_STORED_TIME = pa.timestamp("us")


@dataclass(frozen=True, slots=True)
class StoredCount:
    """How many rows of one table a commit added, and how many were there already."""

    added: int
    duplicate: int


@dataclass(frozen=True, slots=True)
class CommitReport:
    """What one atomic write did.

    `lines_stored` counts distinct source lines of which at least one row was added,
    `lines_duplicate` the others: every row of theirs was there already, or a later line of the
    same write had the same key. Both are 0 unless rows carried a `line` column.
    """

    tables: Mapping[Table, StoredCount]
    lines_stored: int
    lines_duplicate: int


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file whose rows a write adds; kept in the table `imports` with what became of them.

    `imported_at` is aware; `source` is null where a file holds several.
    """

    file_name: str
    sha256: str
    format: str
    source: str | None
    rows_read: int
    rows_rejected: int
    imported_at: datetime


class WriteTransaction(Protocol):
    """Rows staged here become visible together at `commit`, or not at all."""

    def stage(self, table: Table, rows: pa.Table) -> None:
        """Set rows aside. Columns as in `SCHEMAS[table]`, plus an optional int64 `line`.

        A nullable column may be left out; NaN is stored as null. Of several staged rows with one
        key the last wins. Raises `ValueError` for other columns or a null in a key.
        """
        ...

    def record_import(self, file: ImportedFile) -> None:
        """Note at `commit` that the staged rows came from this file."""
        ...

    def commit(self) -> CommitReport:
        """Add every staged row whose key is not stored yet; instruments are updated in place.

        An instrument's null leaves what is known of it as it was. What returns is on the disk. Raises
        `Unavailable` where it can't be: `disk_full`, before the disk is, or `store_unavailable`; then the
        rows may be stored or not, and adding them again is harmless.
        """
        ...


class Recorder:
    """The one writer of market data. Its methods block: call them off the event loop.

    A write that reaches into the settled past, lists an instrument or comes of a file is noted in the store's
    `past` before it returns.
    """

    def __init__(self, store: MarketStore, clock: Clock | None = None) -> None:
        self._store = store
        self._clock = clock or SystemClock()

    @contextmanager
    def transaction(self) -> Iterator[WriteTransaction]:
        """Stage rows and commit once; leaving without a commit stores nothing."""
        yield _Write(self._store, self._clock)

    def append(self, table: Table, rows: pa.Table) -> StoredCount:
        """Add the rows of one table whose key is new, as one atomic write."""
        with self.transaction() as write:
            write.stage(table, rows)
            return write.commit().tables[table]


class _Write:
    def __init__(self, store: MarketStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._staged: dict[Table, list[pa.Table]] = {}
        self._files: list[ImportedFile] = []
        self._committed = False

    def stage(self, table: Table, rows: pa.Table) -> None:
        self._staged.setdefault(table, []).append(check_rows(table, rows))

    def record_import(self, file: ImportedFile) -> None:
        self._files.append(file)

    def commit(self) -> CommitReport:
        assert not self._committed, "a write commits once"
        self._committed = True
        self._store.check_room()
        staged = {table: pa.concat_tables(parts) for table, parts in self._staged.items()}
        lines_seen = _count_lines(staged.values())
        arranged = {table: arrange(table, rows) for table, rows in staged.items()}
        fresh: dict[Table, pa.Table] = {}
        with self._store.transaction() as transaction:
            for table, rows in arranged.items():
                fresh[table] = _add(transaction, table, rows)
            stored = _count_lines(fresh.values())
            report = CommitReport(
                {
                    table: StoredCount(fresh[table].num_rows, staged[table].num_rows - fresh[table].num_rows)
                    for table in staged
                },
                stored,
                lines_seen - stored,
            )
            for file in self._files:
                _note_import(transaction, file, report)
        if self._files or self._reaches_back(fresh):
            self._store.past.note()
        return report

    def _reaches_back(self, fresh: Mapping[Table, pa.Table]) -> bool:
        """Whether answers about the settled past may be others with these rows."""
        settled = (self._clock.now() - SETTLED_AFTER).astimezone(UTC).replace(tzinfo=None)
        for table, rows in fresh.items():
            name = LAYOUTS[table].time
            if rows.num_rows and (name is None or _oldest(rows[name]) <= settled):
                return True
        return False


def _oldest(times: Any) -> datetime:
    oldest: datetime = pc.min(times.cast(_STORED_TIME)).as_py()
    return oldest


def _count_lines(tables: Iterable[pa.Table]) -> int:
    """Count distinct line numbers: they are small and dense, so a mark for each beats sorting them."""
    parts = [table[LINE].drop_null().to_numpy() for table in tables]
    marks = np.zeros(1 + max((int(part.max()) for part in parts if part.size), default=0), dtype=bool)
    for part in parts:
        marks[part] = True
    return int(marks.sum())


def _add(transaction: StoreTransaction, table: Table, rows: pa.Table) -> pa.Table:
    if rows.num_rows == 0:
        return rows
    known = _stored_positions(transaction, table, rows)
    fresh = rows
    if known.size:
        unknown = np.ones(rows.num_rows, dtype=bool)
        unknown[known] = False
        fresh = rows.filter(pa.array(unknown))
        if table is Table.INSTRUMENTS:
            _update_instruments(transaction, rows.filter(pa.array(~unknown)))
    if fresh.num_rows:
        columns = physical_schema(table).names
        transaction.register("fresh_rows", fresh.select(columns))
        names = ", ".join(f'"{name}"' for name in columns)
        transaction.execute(f"INSERT INTO market.{table.value} ({names}) SELECT {names} FROM fresh_rows")
        _extend_coverage(transaction, table)
    return fresh


def _stored_positions(transaction: StoreTransaction, table: Table, rows: pa.Table) -> npt.NDArray[np.int64]:
    """Return the positions of the rows whose key is stored, looking only into their window of time."""
    layout = LAYOUTS[table]
    key = tuple(name for name in layout.order if name in (*KEYS[table], "series"))
    if layout.has_series:
        key = tuple(name for name in key if name != "source")
    probe = rows.select(key).append_column("position", pa.array(np.arange(rows.num_rows)))
    transaction.register("probe_rows", probe)
    match = " AND ".join(f'stored."{name}" = probe."{name}"' for name in key)
    window = ""
    if layout.time:
        window = (
            f" WHERE stored.{layout.time} BETWEEN (SELECT min({layout.time}) FROM probe_rows)"
            f" AND (SELECT max({layout.time}) FROM probe_rows)"
        )
    found = transaction.execute(
        f"SELECT probe.position FROM market.{table.value} AS stored"
        f" JOIN probe_rows AS probe ON {match}{window}"
    )
    return found["position"].to_numpy()


def _update_instruments(transaction: StoreTransaction, rows: pa.Table) -> None:
    key = KEYS[Table.INSTRUMENTS]
    rest = [name for name in SCHEMAS[Table.INSTRUMENTS].names if name not in key]
    changes = ", ".join(f'"{name}" = coalesce(given."{name}", known."{name}")' for name in rest)
    transaction.register("given_rows", rows)
    transaction.execute(
        f"UPDATE market.instruments AS known SET {changes} FROM given_rows AS given"
        " WHERE known.source = given.source AND known.symbol = given.symbol"
    )


def _extend_coverage(transaction: StoreTransaction, table: Table) -> None:
    layout = LAYOUTS[table]
    if layout.time is None:
        return
    group = ", ".join(layout.group)
    spread = ", ".join(name if name in layout.group else f"NULL AS {name}" for name in COVERAGE_GROUP)
    same = " AND ".join(f"coverage.{name} = added.{name}" for name in layout.group)
    added = transaction.execute(
        f"SELECT {group}, min({layout.time})::TIMESTAMP AS first_ts,"
        f" max({layout.time})::TIMESTAMP AS last_ts, count(*) AS row_count FROM fresh_rows GROUP BY {group}"
    )
    transaction.register("added_coverage", added)
    parameters = {"table": table.value}
    transaction.execute(
        "UPDATE market.coverage AS coverage SET first_ts = least(coverage.first_ts, added.first_ts),"
        " last_ts = greatest(coverage.last_ts, added.last_ts),"
        " row_count = coverage.row_count + added.row_count"
        f" FROM added_coverage AS added WHERE coverage.table_name = $table AND {same}",
        parameters,
    )
    transaction.execute(
        f"INSERT INTO market.coverage SELECT $table, {spread}, first_ts, last_ts, row_count"
        f" FROM added_coverage AS added WHERE NOT EXISTS (SELECT 1 FROM market.coverage AS coverage"
        f" WHERE coverage.table_name = $table AND {same})",
        parameters,
    )
    transaction.execute(
        "INSERT INTO market.appends SELECT $table, coalesce(strftime(day, '%Y-%m-%d'), $all), 1, count(*)"
        f" FROM (SELECT {layout.day} AS day FROM fresh_rows) GROUP BY day",
        {**parameters, "all": ALL},
    )


def _note_import(transaction: StoreTransaction, file: ImportedFile, report: CommitReport) -> None:
    values = {
        "file_name": file.file_name,
        "sha256": file.sha256,
        "format": file.format,
        "source": file.source,
        "rows_read": file.rows_read,
        "rows_stored": report.lines_stored,
        "rows_duplicate": report.lines_duplicate,
        "rows_rejected": file.rows_rejected,
        "imported_at": file.imported_at.astimezone(UTC).replace(tzinfo=None),
    }
    places = ", ".join(f"${name}" for name in IMPORTS.names)
    transaction.execute(f"INSERT INTO market.imports ({', '.join(IMPORTS.names)}) VALUES ({places})", values)
