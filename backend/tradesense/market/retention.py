"""Keeps live-written rows bounded: what there is of a source, and thinning out what has grown old."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tradesense.base.clock import Clock
from tradesense.market.history import aware_time, stored_time
from tradesense.market.ports import MarketStore
from tradesense.market.storage import LAYOUTS
from tradesense.market.tables import BarInterval, Table

_DEADLINE_SECONDS = 10.0
_EVERY_SECONDS = 3600.0
_SPARSE_SECONDS: Final = {Table.QUOTES: 60, Table.OPTION_SNAPSHOTS: 900}
_log = logging.getLogger("tradesense.market")
_THINNABLE = (Table.QUOTES, Table.BARS, Table.OPTION_SNAPSHOTS)


class Retention:
    """Looks after sources that write without end. Its methods block: call them off the event loop."""

    def __init__(self, store: MarketStore) -> None:
        self._store = store

    def newest(self, table: Table, source: str, interval: BarInterval | None = None) -> datetime | None:
        """Return the time of the newest row a source has in a table, aware UTC, or None."""
        found = self._store.query(
            "SELECT max(last_ts) AS newest FROM market.coverage"
            " WHERE table_name = $table AND source = $source AND ($interval IS NULL OR interval = $interval)",
            {"table": table.value, "source": source, "interval": interval.value if interval else None},
            deadline_seconds=_DEADLINE_SECONDS,
        )["newest"][0].as_py()
        return None if found is None else aware_time(found)

    def stored_among(
        self, table: Table, source: str, instants: Sequence[datetime], interval: BarInterval | None = None
    ) -> set[datetime]:
        """Return those of some aware instants at which a source has rows in a table."""
        if table not in _THINNABLE:
            raise ValueError(f"rows of {table.value} are not looked up by their time")
        of_interval = "AND interval = $interval" if interval else ""
        values: dict[str, object] = {"source": source, "instants": [stored_time(at) for at in instants]}
        if interval:
            values["interval"] = interval.value
        found = self._store.query(
            f"SELECT DISTINCT ts FROM market.{table.value} WHERE source = $source {of_interval}"
            " AND ts IN (SELECT unnest($instants))",
            values,
            deadline_seconds=_DEADLINE_SECONDS,
        )
        return {aware_time(at) for at in found["ts"].to_pylist() if at is not None}

    def thin(
        self,
        table: Table,
        source: str,
        *,
        before: datetime,
        keep_every_seconds: int | None,
        on_grid: bool = True,
        interval: BarInterval | None = None,
    ) -> int:
        """Delete a source's rows older than `before` and return how many there were.

        Rows at whole multiples of `keep_every_seconds` since 1970 stay; None keeps nothing. Of rows that
        come at any time (`on_grid` false) each contract's newest in every such span stays. For bars
        `interval` is named. Raises `ValueError` for a table that isn't thinned.
        """
        if table not in _THINNABLE or (table is Table.BARS) != (interval is not None):
            raise ValueError(f"rows of {table.value} are not thinned this way")
        group = ", ".join(LAYOUTS[table].group)
        of_interval = "AND interval = $interval" if interval else ""
        chosen = f"source = $source AND ts < $before {of_interval}"
        if keep_every_seconds is not None:
            chosen += " AND epoch_us(ts) % $keep_us <> 0" if on_grid else _beaten(table, chosen)
        values: dict[str, object] = {"source": source, "before": stored_time(before)}
        if interval:
            values["interval"] = interval.value
        if keep_every_seconds is not None:
            values["keep_us"] = keep_every_seconds * 1_000_000
        with self._store.transaction() as transaction:
            # Counted first, and not told by the deletion: a lake knows no RETURNING.
            gone = transaction.execute(
                f"SELECT {group}, count(*) AS row_count FROM market.{table.value}"
                f" WHERE {chosen} GROUP BY {group}",
                values,
            )
            if gone.num_rows:
                transaction.execute(f"DELETE FROM market.{table.value} WHERE {chosen}", values)
                transaction.register("gone_rows", gone)
                same = " AND ".join(f"coverage.{name} = gone.{name}" for name in LAYOUTS[table].group)
                transaction.execute(
                    "UPDATE market.coverage AS coverage SET row_count = coverage.row_count - gone.row_count"
                    f" FROM gone_rows AS gone WHERE coverage.table_name = $table AND {same}",
                    {"table": table.value},
                )
        if gone.num_rows:
            self._store.past.note()
        return int(gone["row_count"].to_numpy().sum())


def _beaten(table: Table, chosen: str) -> str:
    """The rows that a newer one of the same contract and span of time makes superfluous."""
    newest_first = "ORDER BY ts DESC, seq DESC" if table is not Table.BARS else "ORDER BY ts DESC"
    return (
        " AND rowid IN (SELECT row FROM (SELECT rowid AS row, row_number() OVER"
        f" (PARTITION BY series, epoch_us(ts) // $keep_us {newest_first}) AS place"
        f" FROM market.{table.value} WHERE {chosen}) WHERE place > 1)"
    )


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long what venues said is kept: everything, then one quote a minute (of an option in
    a quarter of an hour), then nothing but bars."""

    dense: timedelta
    sparse: timedelta
    second_bars: timedelta


def keep_bounded(retention: Retention, source: str, keeping: Keeping, now: datetime) -> int:
    """Thin out what a source wrote live and has grown old; return how many rows went.

    Minute and daily bars stay. Raises what the store raises.
    """
    gone = 0
    for table, every_seconds in _SPARSE_SECONDS.items():
        gone += retention.thin(
            table, source, before=now - keeping.dense, keep_every_seconds=every_seconds, on_grid=False
        )
        gone += retention.thin(table, source, before=now - keeping.sparse, keep_every_seconds=None)
    return gone + retention.thin(
        Table.BARS,
        source,
        before=now - keeping.second_bars,
        keep_every_seconds=None,
        interval=BarInterval.SECOND,
    )


async def keep_all_bounded(
    retention: Retention, clock: Clock, sources: Callable[[], Sequence[str]], keeping: Keeping
) -> None:
    """Thin out every hour until cancelled."""
    while True:
        for source in sources():
            gone = await asyncio.to_thread(keep_bounded, retention, source, keeping, clock.now())
            if gone:
                _log.info("old quotes thinned out", extra={"source": source, "rows": gone})
        await asyncio.sleep(_EVERY_SECONDS)
