"""The way into the store: rows are staged, then added together where their key is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from tradesense.market.tables import Table


@dataclass(frozen=True, slots=True)
class StoredCount:
    """How many rows of one table a commit added, and how many were there already."""

    added: int
    duplicate: int


@dataclass(frozen=True, slots=True)
class CommitReport:
    """What one atomic write did.

    `lines_stored` counts distinct source lines of which at least one row was added,
    `lines_duplicate` those of which every row was there already; both are 0 unless rows carried a
    `line` column.
    """

    tables: Mapping[Table, StoredCount]
    lines_stored: int
    lines_duplicate: int


class WriteTransaction(Protocol):
    """Rows staged here become visible together at `commit`, or not at all."""

    def stage(self, table: Table, rows: pa.Table) -> None:
        """Set rows aside. Columns as in `SCHEMAS[table]`, plus an optional int64 `line`.

        Of several staged rows with one key the last wins. Raises `ValueError` for other columns.
        """
        ...

    def commit(self) -> CommitReport:
        """Add every staged row whose key is not stored yet; instruments are updated in place."""
        ...
