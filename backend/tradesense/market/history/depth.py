"""How much is stored of one symbol: by source and by what it is stored as, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tradesense.market.history.reader import Reader, aware_time
from tradesense.market.tables import BarInterval, Table, series_of


@dataclass(frozen=True, slots=True)
class Stored:
    """Rows of one source and one kind: `interval` None for quotes; `days` are those of UTC with a row."""

    source: str
    interval: BarInterval | None
    first_ts: datetime
    last_ts: datetime
    row_count: int
    days: frozenset[date]


_DAYS = """
SELECT ts::DATE AS day, count(*) AS rows, min(ts) AS first_ts, max(ts) AS last_ts
FROM market.{table} WHERE series = $series AND ts <= $at {and_interval} GROUP BY 1 ORDER BY 1"""


async def fetch_depth(reader: Reader, symbol: str, at: datetime) -> list[Stored]:
    """Return what is stored of a symbol up to `at`, by source, bars before quotes, the finest first."""
    groups = await reader.fetch(
        "SELECT DISTINCT source, interval FROM market.coverage"
        " WHERE symbol = $symbol AND table_name IN ($bars, $quotes)",
        {"symbol": symbol, "bars": Table.BARS.value, "quotes": Table.QUOTES.value},
    )
    found = []
    for row in groups.to_pylist():
        interval = BarInterval(row["interval"]) if row["interval"] else None
        stored = await _fetch(reader, row["source"], symbol, interval, at)
        if stored is not None:
            found.append(stored)
    return sorted(found, key=_order)


async def _fetch(
    reader: Reader, source: str, symbol: str, interval: BarInterval | None, at: datetime
) -> Stored | None:
    parameters: dict[str, object] = {"series": series_of(source, symbol), "at": at}
    table, and_interval = Table.QUOTES, ""
    if interval is not None:
        table, and_interval = Table.BARS, "AND interval = $interval"
        # A bar is known once it has ended.
        parameters |= {"interval": interval.value, "at": at - interval.length}
    rows = await reader.fetch(_DAYS.format(table=table.value, and_interval=and_interval), parameters)
    if rows.num_rows == 0:
        return None
    days = rows.to_pydict()
    return Stored(
        source,
        interval,
        aware_time(days["first_ts"][0]),
        aware_time(days["last_ts"][-1]),
        sum(days["rows"]),
        frozenset(days["day"]),
    )


def _order(stored: Stored) -> tuple[str, bool, float]:
    length = stored.interval.length.total_seconds() if stored.interval else 0.0
    return stored.source, stored.interval is None, length
