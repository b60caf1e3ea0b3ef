"""How the tables lie in the attached database: columns added for finding, order, version, coverage.

`series` (see `tables.series_of`) stands for (source, symbol) in every table that has a symbol and
a time. Every write is sorted (by month first, where rows are many); `compaction` sorts again what
many small writes left scattered, a *part* (a day, or all of it) or a month of parts at a time.
`coverage` knows, per group of rows, the first and the last time stored: what there is, and where
the latest row lies, are answered without a scan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tradesense.base.errors import Conflict
from tradesense.market.ports import MarketStore, StoreTransaction
from tradesense.market.tables import SCHEMAS, Table

VERSION = 1
ALL = "all"


class NewerStore(Conflict):
    """The file was written by a later program; reading it with this one could spoil it."""

    code = "store_too_new"


@dataclass(frozen=True, slots=True)
class Layout:
    """One table's physical order: `order` holds every key column; `group` is coverage's grain.

    `whole` is the condition on rows that are one part however many there are; the others of the
    table are parted by day.
    """

    order: tuple[str, ...]
    time: str | None = None
    group: tuple[str, ...] = ()
    whole: str = "true"

    @property
    def by_month(self) -> bool:
        """Whether a write is sorted by month first."""
        return self.whole != "true"

    @property
    def day(self) -> str:
        """The day a row is parted by, as an expression; null for a row of the whole."""
        return f"CASE WHEN {self.whole} THEN NULL ELSE {self.time}::DATE END"

    @property
    def has_series(self) -> bool:
        return "series" in self.order


LAYOUTS: dict[Table, Layout] = {
    Table.INSTRUMENTS: Layout(order=("source", "symbol")),
    Table.QUOTES: Layout(("series", "ts", "seq"), "ts", ("source", "symbol"), "false"),
    Table.BARS: Layout(
        ("interval", "series", "ts"),
        "ts",
        ("source", "symbol", "interval"),
        "interval = '1d'",
    ),
    Table.SETTLEMENTS: Layout(("series", "trade_date"), "trade_date", ("source", "symbol")),
    Table.OPTION_SNAPSHOTS: Layout(
        ("source", "root", "expiry", "ts", "series", "seq"), "ts", ("source", "root", "expiry"), "false"
    ),
    Table.MULTIPLE_PRICES: Layout(("source", "root", "ts"), "ts", ("source", "root")),
}


def _schema(*fields: pa.Field[Any]) -> pa.Schema:
    return pa.schema(fields)


COVERAGE_GROUP = ("source", "root", "symbol", "interval", "expiry")
IMPORTS = _schema(
    pa.field("file_name", pa.string(), nullable=False),
    pa.field("sha256", pa.string(), nullable=False),
    pa.field("format", pa.string(), nullable=False),
    pa.field("source", pa.string()),
    pa.field("rows_read", pa.int64(), nullable=False),
    pa.field("rows_stored", pa.int64(), nullable=False),
    pa.field("rows_duplicate", pa.int64(), nullable=False),
    pa.field("rows_rejected", pa.int64(), nullable=False),
    pa.field("imported_at", pa.timestamp("us"), nullable=False),
)
_COVERAGE = _schema(
    pa.field("table_name", pa.string(), nullable=False),
    *(pa.field(name, pa.date32() if name == "expiry" else pa.string()) for name in COVERAGE_GROUP),
    pa.field("first_ts", pa.timestamp("us"), nullable=False),
    pa.field("last_ts", pa.timestamp("us"), nullable=False),
    pa.field("row_count", pa.int64(), nullable=False),
)
_APPENDS = _schema(
    pa.field("table_name", pa.string(), nullable=False),
    pa.field("part", pa.string(), nullable=False),
    pa.field("batch_count", pa.int64(), nullable=False),
    pa.field("row_count", pa.int64(), nullable=False),
)
_SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.float64(): "DOUBLE",
    pa.int64(): "BIGINT",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us"): "TIMESTAMP",
}


def physical_schema(table: Table) -> pa.Schema:
    """Return the stored columns of `table`: those of `SCHEMAS`, and `series` where it has one."""
    schema = SCHEMAS[table]
    return (
        schema.append(pa.field("series", pa.int64(), nullable=False)) if LAYOUTS[table].has_series else schema
    )


def create_tables(store: MarketStore) -> None:
    """Make the tables where they are missing. Raises `NewerStore` for a file of a later version."""
    with store.transaction() as transaction:
        transaction.execute("CREATE TABLE IF NOT EXISTS market.store_version (version BIGINT NOT NULL)")
        stored = transaction.execute("SELECT max(version) AS version FROM market.store_version")["version"][
            0
        ].as_py()
        if stored is not None and stored > VERSION:
            raise NewerStore(f"The market store has version {stored}; this program knows {VERSION}.")
        if stored is None:
            transaction.execute("INSERT INTO market.store_version VALUES ($version)", {"version": VERSION})
        for table in Table:
            _create(transaction, table.value, physical_schema(table))
        for name, schema in (("imports", IMPORTS), ("coverage", _COVERAGE), ("appends", _APPENDS)):
            _create(transaction, name, schema)


def _create(transaction: StoreTransaction, name: str, schema: pa.Schema) -> None:
    columns = ", ".join(
        f'"{field.name}" {_SQL_TYPES[field.type]}{"" if field.nullable else " NOT NULL"}' for field in schema
    )
    transaction.execute(f"CREATE TABLE IF NOT EXISTS market.{name} ({columns})")
