"""What is stored of options day by day, and the chains of many days at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa

from tradesense.market.history.options import LOOK_BACK, StoredExpiry, newest_bound
from tradesense.market.history.reader import Reader, aware_time, stored_time


@dataclass(frozen=True, slots=True)
class StoredDay:
    """What is stored of one root on one day (UTC): how many rows, and the time of the newest."""

    day: date
    rows: int
    newest_ts: datetime


async def fetch_stored_days(
    reader: Reader, *, source: str, root: str, first: date, last: date
) -> list[StoredDay]:
    """Return the days from `first` to `last` with options of a root, oldest first; it reads times alone."""
    rows = await reader.fetch(
        "SELECT CAST(ts AS DATE) AS day, count(*) AS rows, max(ts) AS newest_ts FROM market.option_snapshots"
        " WHERE source = $source AND root = $root AND ts >= $start AND ts < $end GROUP BY 1 ORDER BY 1",
        {
            "source": source,
            "root": root,
            "start": datetime.combine(first, time.min, UTC),
            "end": datetime.combine(last, time.min, UTC) + timedelta(days=1),
        },
    )
    return [StoredDay(row["day"], row["rows"], aware_time(row["newest_ts"])) for row in rows.to_pylist()]


async def fetch_import_count(reader: Reader, *, source: str) -> int:
    """Return how many files have been imported that hold rows of a source, or of several."""
    rows = await reader.fetch(
        "SELECT count(*) AS files FROM market.imports WHERE source = $source OR source IS NULL",
        {"source": source},
    )
    return int(rows["files"][0].as_py())


# As the query of one chain (`options`), for many pairs of an instant and an expiry.
_CHAINS = """
WITH wanted AS (
  SELECT unnest($places::BIGINT[]) AS place, unnest($expiries::DATE[]) AS expiry,
         unnest($starts::TIMESTAMP[]) AS start, unnest($instants::TIMESTAMP[]) AS at
), latest AS (
  SELECT wanted.place, stored.expiry, stored.series, max(stored.ts) AS ts
  FROM market.option_snapshots AS stored
  JOIN wanted ON stored.expiry = wanted.expiry AND stored.ts BETWEEN wanted.start AND wanted.at
  WHERE stored.source = $source AND stored.root = $root AND stored.expiry BETWEEN $first AND $last
    AND stored.ts BETWEEN $start AND $end
  GROUP BY 1, 2, 3
), newest AS (
  SELECT place, expiry, max(ts) AS ts FROM latest GROUP BY 1, 2
)
SELECT latest.place, stored.symbol, stored.expiry, stored.strike, stored."right", stored.ts, stored.bid,
       stored.ask, stored.last, stored.mark, stored.volume, stored.open_interest, stored.underlying_price,
       stored.underlying_kind
FROM market.option_snapshots AS stored
JOIN latest ON stored.series = latest.series AND stored.ts = latest.ts
JOIN newest ON newest.place = latest.place AND newest.expiry = latest.expiry
WHERE stored.source = $source AND stored.root = $root AND stored.expiry BETWEEN $first AND $last
  AND stored.ts BETWEEN $start AND $end AND latest.ts > newest.ts - $look_back
QUALIFY row_number() OVER (PARTITION BY latest.place, stored.series ORDER BY stored.seq DESC) = 1
ORDER BY latest.place, stored.expiry, stored.strike, stored."right"
"""


async def fetch_latest_options_at(
    reader: Reader,
    *,
    source: str,
    root: str,
    wanted: Sequence[tuple[datetime, Sequence[StoredExpiry]]],
) -> list[pa.Table]:
    """Return what `fetch_latest_options` returns at each instant for its expiries, in one query."""
    pairs = [
        (place, each, min(newest_bound(one, at) for one in expiries) - LOOK_BACK, at)
        for place, (at, expiries) in enumerate(wanted)
        for each in expiries
    ]
    if not pairs:
        return [pa.table({}) for _ in wanted]
    dates = [each.expiry for _, each, _, _ in pairs]
    rows = await reader.fetch(
        _CHAINS,
        {
            "source": source,
            "root": root,
            "places": [place for place, _, _, _ in pairs],
            "expiries": dates,
            "starts": [stored_time(start) for _, _, start, _ in pairs],
            "instants": [stored_time(at) for _, _, _, at in pairs],
            "first": min(dates),
            "last": max(dates),
            "start": min(start for _, _, start, _ in pairs),
            "end": max(at for _, _, _, at in pairs),
            "look_back": LOOK_BACK,
        },
    )
    ends = np.searchsorted(rows["place"].to_numpy(), np.arange(len(wanted) + 1)).tolist()
    rows = rows.drop_columns(["place"])
    return [rows.slice(first, after - first) for first, after in pairwise(ends)]
