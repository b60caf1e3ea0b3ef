"""Bars of one symbol at any interval: stored ones, or built from finer bars, or from quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa

from tradesense.market.history.reader import Reader, aware_time, stored_time
from tradesense.market.tables import BarInterval, Table, series_of


@dataclass(frozen=True, slots=True)
class TradeDay:
    """A trade date and the instant its session ends: rows before it, after the day before's, are its own."""

    day: date
    closes: datetime


@dataclass(frozen=True, slots=True)
class BarBase:
    """What bars are built from: stored bars of `interval`, or quotes where it is None."""

    interval: BarInterval | None
    first_ts: datetime
    last_ts: datetime

    @property
    def name(self) -> str:
        return self.interval.value if self.interval else "quotes"


async def fetch_bar_bases(reader: Reader, *, source: str, symbol: str) -> list[BarBase]:
    """Return what one symbol of one source has that bars can be made of, with its span."""
    rows = await reader.fetch(
        "SELECT interval, first_ts, last_ts FROM market.coverage WHERE source = $source AND symbol = $symbol"
        " AND table_name IN ($bars, $quotes)",
        {"source": source, "symbol": symbol, "bars": Table.BARS.value, "quotes": Table.QUOTES.value},
    )
    return [
        BarBase(
            BarInterval(row["interval"]) if row["interval"] else None,
            aware_time(row["first_ts"]),
            aware_time(row["last_ts"]),
        )
        for row in rows.to_pylist()
    ]


def pick_base(
    bases: Sequence[BarBase], wanted: BarInterval, start: datetime | None, end: datetime
) -> BarBase | None:
    """Return what to build from: what reaches furthest towards `end`, and of equals the coarsest.

    Trades come before quotes: quotes serve only where no stored bars are fine enough.
    """
    usable = [
        base
        for base in bases
        if base.interval is not None
        and base.interval.length <= wanted.length
        and base.first_ts + base.interval.length <= end
        and (start is None or base.last_ts >= start - wanted.length)
    ]

    def reach(base: BarBase) -> tuple[float, timedelta]:
        assert base.interval is not None
        last = min(base.last_ts + base.interval.length, end).timestamp()
        return last // wanted.length.total_seconds(), base.interval.length

    if usable:
        return max(usable, key=reach)
    return next((base for base in bases if base.interval is None and base.first_ts < end), None)


_FROM_BARS = """
SELECT {bucket} AS bucket, min_by(open, ts) AS open, max(high) AS high, min(low) AS low,
       max_by(close, ts) AS close, sum(volume) AS volume, max_by(open_interest, ts) AS open_interest
FROM {rows}
GROUP BY ALL
"""

_BAR_ROWS = """(
  SELECT *, epoch_us(ts) AS us FROM market.bars
  WHERE interval = $base AND series = $series AND ts >= $start AND ts < $end AND ts <= $latest
) AS base"""

# Of several events of one microsecond `seq` says which came first; one whole number for both is a third
# faster than comparing pairs. Past the 1,023rd event of one microsecond the order is not told.
_FROM_QUOTES = """
SELECT {bucket} AS bucket, min_by(price, moment) AS open, max(price) AS high, min(price) AS low,
       max_by(price, moment) AS close, NULL::DOUBLE AS volume, max_by(open_interest, moment) AS open_interest
FROM {rows}
GROUP BY ALL HAVING high IS NOT NULL
"""

# A minute's quote is stamped with the minute's end: a quote on a boundary belongs to the bar it ends.
_QUOTE_ROWS = """(
  SELECT ts, epoch_us(ts) - 1 AS us, epoch_us(ts) * 1024 + least(seq, 1023) AS moment, open_interest,
         CASE WHEN bid <= ask THEN (bid + ask) / 2 ELSE coalesce(last, mark) END AS price
  FROM market.quotes
  WHERE series = $series AND ts > $start AND ts <= $end AND ts <= $latest
) AS base"""

_TRADE_DAYS = """
ASOF JOIN (SELECT unnest($days::DATE[]) AS trade_date, unnest($closes::TIMESTAMP[]) AS closes) AS days
  ON make_timestamp(base.us) < days.closes"""


async def fetch_bars(
    reader: Reader,
    *,
    source: str,
    symbol: str,
    interval: BarInterval,
    base: BarBase,
    start: datetime,
    end: datetime,
    at: datetime,
    days: Sequence[TradeDay] = (),
) -> pa.Table:
    """Return ts, open, high, low, close, volume, open_interest of the bars with start ≤ ts < end, by ts.

    Built only of what was known at `at`: base bars that had ended, quotes that had come; so the
    last bar may be unfinished. Daily bars built from finer rows follow `days`, which must cover
    the range; `start` and `end` are then instants of trading.
    """
    stored = base.interval is interval
    length = base.interval.length if base.interval else timedelta(0)
    parameters: dict[str, object] = {
        "series": series_of(source, symbol),
        "start": start,
        "end": end,
        "latest": at - length,
    }
    rows = _QUOTE_ROWS
    if base.interval:
        rows = _BAR_ROWS
        parameters["base"] = base.interval.value
    if stored:
        return await reader.fetch(
            f"SELECT ts, open, high, low, close, volume, open_interest FROM {rows} ORDER BY ts", parameters
        )
    # Whole numbers divide faster than times: one a row, and back to a time once a bar.
    bucket, ts = "us // $length_us", "make_timestamp(bucket * $length_us)"
    if interval is BarInterval.DAY:
        bucket, ts, rows = "trade_date", "bucket::TIMESTAMP", rows + _TRADE_DAYS
        parameters |= {
            "days": [each.day for each in days],
            "closes": [stored_time(each.closes) for each in days],
        }
    else:
        parameters["length_us"] = interval.length // timedelta(microseconds=1)
    bars = (_FROM_BARS if base.interval else _FROM_QUOTES).format(bucket=bucket, rows=rows)
    return await reader.fetch(f"SELECT {ts} AS ts, * EXCLUDE (bucket) FROM ({bars}) ORDER BY ts", parameters)
