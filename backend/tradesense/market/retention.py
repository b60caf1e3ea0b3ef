"""Keeps live-written rows bounded: what there is of a source, and thinning out what has grown old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tradesense.market.history import aware_time, stored_time
from tradesense.market.ports import MarketStore
from tradesense.market.storage import LAYOUTS
from tradesense.market.tables import BarInterval, Table

_DEADLINE_SECONDS = 10.0
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
        interval: BarInterval | None = None,
    ) -> int:
        """Delete a source's rows older than `before` and return how many there were.

        Rows at whole multiples of `keep_every_seconds` since 1970 stay; None keeps nothing. For bars
        `interval` is named. Raises `ValueError` for a table that isn't thinned.
        """
        if table not in _THINNABLE or (table is Table.BARS) != (interval is not None):
            raise ValueError(f"rows of {table.value} are not thinned this way")
        group = ", ".join(LAYOUTS[table].group)
        of_interval = "AND interval = $interval" if interval else ""
        odd = "" if keep_every_seconds is None else "AND epoch_us(ts) % $keep_us <> 0"
        values: dict[str, object] = {"source": source, "before": stored_time(before)}
        if interval:
            values["interval"] = interval.value
        if keep_every_seconds is not None:
            values["keep_us"] = keep_every_seconds * 1_000_000
        with self._store.transaction() as transaction:
            gone = transaction.execute(
                f"DELETE FROM market.{table.value}"
                f" WHERE source = $source AND ts < $before {of_interval} {odd} RETURNING {group}",
                values,
            )
            if gone.num_rows:
                transaction.register("gone_rows", gone)
                same = " AND ".join(f"coverage.{name} = gone.{name}" for name in LAYOUTS[table].group)
                transaction.execute(
                    "UPDATE market.coverage AS coverage SET row_count = coverage.row_count - gone.row_count"
                    f" FROM (SELECT {group}, count(*) AS row_count FROM gone_rows GROUP BY {group}) AS gone"
                    f" WHERE coverage.table_name = $table AND {same}",
                    {"table": table.value},
                )
        return gone.num_rows
