"""Puts rows of many small writes back in order, so that a symbol's rows lie together.

Every write is sorted in itself; many of them leave a symbol's rows scattered over as many places.
Rewriting them sorted makes reading them as fast as if they had come in one piece. Large writes are
left as they are: a run of a million rows is found as quickly as a sorted table's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tradesense.market.ports import MarketStore, StoreTransaction
from tradesense.market.storage import ALL, LAYOUTS, physical_schema
from tradesense.market.tables import Table

_log = logging.getLogger("tradesense.market")

MOST_ROWS_AT_ONCE = 5_000_000
_LARGE_WRITE_ROWS = 500_000
_DEADLINE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Compacted:
    """Rows that were rewritten: of days from `first` up to before `end`, or all where these are None."""

    table: Table
    first: date | None
    end: date | None
    row_count: int


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    batches: int
    rows: int


def compact(store: MarketStore, *, least_batches: int = 8) -> list[Compacted]:
    """Rewrite, sorted, what at least `least_batches` small writes left since the last time.

    A month at a time where it has few rows, else a day. One transaction each: readers see the old
    rows until the new ones are in place, and a crash leaves the old ones. Other writers wait. Raises
    `Unavailable` where there is too little room for both.
    """
    store.check_room()
    done = []
    for table in (table for table in Table if LAYOUTS[table].time is not None):
        parts = _fetch_parts(store, table)
        for first, end, chosen in _due(parts, least_batches):
            with store.transaction() as transaction:
                done.append(_rewrite(transaction, table, first, end, [part.name for part in chosen]))
    return done


async def keep_compact(store: MarketStore, *, every_seconds: float = 600.0) -> None:
    """Compact again and again, with a pause before each time; ends with its task."""
    while True:
        await asyncio.sleep(every_seconds)
        for done in await asyncio.to_thread(compact, store):
            _log.info("compacted", extra={"table": done.table.value, "rows": done.row_count})


def _fetch_parts(store: MarketStore, table: Table) -> list[_Part]:
    rows = store.query(
        "SELECT part, sum(batch_count)::BIGINT AS batches, sum(row_count)::BIGINT AS row_count"
        " FROM market.appends WHERE table_name = $table GROUP BY part ORDER BY part",
        {"table": table.value},
        deadline_seconds=_DEADLINE_SECONDS,
    )
    return [_Part(row["part"], row["batches"], row["row_count"]) for row in rows.to_pylist()]


def _due(parts: list[_Part], least_batches: int) -> Iterator[tuple[date | None, date | None, list[_Part]]]:
    months: dict[str, list[_Part]] = {}
    for part in parts:
        if part.name == ALL:
            if _is_scattered([part], least_batches):
                yield None, None, [part]
        else:
            months.setdefault(part.name[:7], []).append(part)
    for month, days in months.items():
        if sum(day.rows for day in days) <= MOST_ROWS_AT_ONCE:
            if _is_scattered(days, least_batches):
                first = date.fromisoformat(month + "-01")
                yield first, (first + timedelta(days=31)).replace(day=1), days
        else:
            for day in days:
                if _is_scattered([day], least_batches):
                    start = date.fromisoformat(day.name)
                    yield start, start + timedelta(days=1), [day]


def _is_scattered(parts: list[_Part], least_batches: int) -> bool:
    batches = max(part.batches for part in parts)
    return batches >= least_batches and sum(part.rows for part in parts) / batches < _LARGE_WRITE_ROWS


def _rewrite(
    transaction: StoreTransaction, table: Table, first: date | None, end: date | None, parts: list[str]
) -> Compacted:
    layout = LAYOUTS[table]
    names = ", ".join(f'"{name}"' for name in physical_schema(table).names)
    order = ", ".join(f'"{name}"' for name in layout.order)
    chosen, values = layout.whole, {}
    if first is not None:
        chosen = f"NOT ({layout.whole}) AND {layout.time} >= $first AND {layout.time} < $end"
        values = {"first": first, "end": end}
    transaction.execute(
        f"CREATE OR REPLACE TEMP TABLE sorted_rows AS SELECT {names} FROM market.{table.value}"
        f" WHERE {chosen} ORDER BY {order}",
        values,
    )
    transaction.execute(f"DELETE FROM market.{table.value} WHERE {chosen}", values)
    added = transaction.execute(f"INSERT INTO market.{table.value} ({names}) SELECT {names} FROM sorted_rows")
    transaction.execute("DROP TABLE sorted_rows")
    # What is sorted now counts as one write of its day.
    transaction.execute(
        "CREATE OR REPLACE TEMP TABLE sorted_parts AS SELECT part, sum(row_count)::BIGINT AS row_count"
        " FROM market.appends WHERE table_name = $table AND part IN (SELECT unnest($parts::VARCHAR[]))"
        " GROUP BY part",
        {"table": table.value, "parts": parts},
    )
    transaction.execute(
        "DELETE FROM market.appends WHERE table_name = $table AND part IN (SELECT unnest($parts::VARCHAR[]))",
        {"table": table.value, "parts": parts},
    )
    transaction.execute(
        "INSERT INTO market.appends SELECT $table, part, 1, row_count FROM sorted_parts",
        {"table": table.value},
    )
    transaction.execute("DROP TABLE sorted_parts")
    return Compacted(table, first, end, int(added["Count"][0].as_py()))
