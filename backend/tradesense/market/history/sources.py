"""Which sources have data of a product, over which time, and which one answers when none is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa

from tradesense.market.history.reader import Reader, aware_time
from tradesense.market.tables import Table

SIMULATED = "simulated"
REPLAY = "replay"
NOT_REAL = (SIMULATED, REPLAY)
"""Sources that answer for a root, where none is named, only if no other does; in this order."""
_STILL_INSIDE = timedelta(days=4)
"""A weekend with a holiday: so long after its last row a source still counts as covering an instant."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The span of time over which one source has rows; both ends aware UTC, inclusive."""

    source: str
    first_ts: datetime
    last_ts: datetime


def pick_source(candidates: Iterable[Coverage], as_of: datetime | None) -> str | None:
    """Return the source that answers at `as_of` (None: live), or None where none has data by then.

    The one with the latest data wins. Real data wins over simulated of the same time, and, when a
    time is given, wherever that time lies inside its span.
    """
    at = list(candidates) if as_of is None else [each for each in candidates if each.first_ts <= as_of]
    if not at:
        return None

    def rank(each: Coverage) -> tuple[bool, datetime, bool, str]:
        real = each.source not in NOT_REAL
        if as_of is None:
            return False, each.last_ts, real, each.source
        inside = real and as_of <= each.last_ts + _STILL_INSIDE
        return inside, min(each.last_ts, as_of), real, each.source

    return max(at, key=rank).source


async def fetch_option_coverage(reader: Reader, root: str) -> list[Coverage]:
    """Return what each source has of the options of one root."""
    return _coverage(
        await reader.fetch(
            "SELECT source, min(first_ts) AS first_ts, max(last_ts) AS last_ts FROM market.coverage"
            " WHERE table_name = $table AND root = $root GROUP BY source",
            {"table": Table.OPTION_SNAPSHOTS.value, "root": root},
        )
    )


async def fetch_root_coverage(reader: Reader, root: str) -> list[Coverage]:
    """Return what each source has of the futures, perpetual and spot of one root."""
    return _coverage(
        await reader.fetch(
            "SELECT c.source, min(c.first_ts) AS first_ts, max(c.last_ts) AS last_ts"
            " FROM market.coverage AS c JOIN market.instruments AS i"
            " ON i.source = c.source AND i.symbol = c.symbol"
            " WHERE i.root = $root AND i.kind <> 'option' GROUP BY c.source",
            {"root": root},
        )
    )


async def fetch_symbol_coverage(reader: Reader, symbol: str, tables: Iterable[Table]) -> list[Coverage]:
    """Return what each source has of one symbol in the given tables (quotes, bars, settlements)."""
    return _coverage(
        await reader.fetch(
            "SELECT source, min(first_ts) AS first_ts, max(last_ts) AS last_ts FROM market.coverage"
            " WHERE symbol = $symbol AND table_name IN (SELECT unnest($tables)) GROUP BY source",
            {"symbol": symbol, "tables": [table.value for table in tables]},
        )
    )


async def fetch_coverage_by_symbol(reader: Reader, symbols: Iterable[str]) -> dict[str, list[Coverage]]:
    """Return what each source has of each of these symbols; one without rows is left out."""
    rows = await reader.fetch(
        "SELECT symbol, source, min(first_ts) AS first_ts, max(last_ts) AS last_ts FROM market.coverage"
        " WHERE symbol IN (SELECT unnest($symbols::VARCHAR[])) GROUP BY symbol, source",
        {"symbols": list(symbols)},
    )
    found: dict[str, list[Coverage]] = {}
    for row in rows.to_pylist():
        span = Coverage(row["source"], aware_time(row["first_ts"]), aware_time(row["last_ts"]))
        found.setdefault(row["symbol"], []).append(span)
    return found


def _coverage(rows: pa.Table) -> list[Coverage]:
    return [
        Coverage(row["source"], aware_time(row["first_ts"]), aware_time(row["last_ts"]))
        for row in rows.to_pylist()
    ]


async def is_imported(reader: Reader, source: str) -> bool:
    """Tell whether files of a source were imported."""
    found = await reader.fetch(
        "SELECT 1 AS one FROM market.imports WHERE source = $source LIMIT 1", {"source": source}
    )
    return found.num_rows > 0
