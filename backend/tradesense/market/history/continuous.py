"""Every query behind continuous series: contracts of all times, their daily figures, stitched series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa

from tradesense.market.history.bars import TradeDay
from tradesense.market.history.reader import Reader, aware_time, stored_time
from tradesense.market.history.sources import Coverage
from tradesense.market.tables import BarInterval, Table, series_of


@dataclass(frozen=True, slots=True)
class FutureRow:
    """A stored future of any time, living or ended."""

    symbol: str
    expiry: date
    first_notice: date | None
    last_trade: date | None


@dataclass(frozen=True, slots=True)
class DailySpan:
    """Where the daily figures of one contract can come from: spans of its bars and quotes, aware UTC."""

    symbol: str
    daily: tuple[datetime, datetime] | None
    fine: tuple[BarInterval, datetime, datetime] | None
    quotes: tuple[datetime, datetime] | None


async def fetch_future_coverage(reader: Reader, root: str) -> list[Coverage]:
    """Return what each source has of the dated futures of one root."""
    rows = await reader.fetch(
        "SELECT c.source, min(c.first_ts) AS first_ts, max(c.last_ts) AS last_ts"
        " FROM market.coverage AS c JOIN market.instruments AS i"
        " ON i.source = c.source AND i.symbol = c.symbol"
        " WHERE i.root = $root AND i.kind = 'future' AND i.expiry IS NOT NULL GROUP BY c.source",
        {"root": root},
    )
    return _coverage(rows)


async def fetch_stitched_coverage(reader: Reader, root: str) -> list[Coverage]:
    """Return what each source has of its own stitched series of one root."""
    rows = await reader.fetch(
        "SELECT source, min(first_ts) AS first_ts, max(last_ts) AS last_ts FROM market.coverage"
        " WHERE table_name = $table AND root = $root GROUP BY source",
        {"table": Table.MULTIPLE_PRICES.value, "root": root},
    )
    return _coverage(rows)


async def fetch_all_futures(reader: Reader, *, source: str, root: str, at: datetime) -> list[FutureRow]:
    """Return every dated future of one root with rows by `at`, ended ones too, by expiry."""
    rows = await reader.fetch(
        "SELECT DISTINCT i.symbol, i.expiry, i.first_notice, i.last_trade"
        " FROM market.instruments AS i JOIN market.coverage AS c"
        " ON c.source = i.source AND c.symbol = i.symbol"
        " WHERE i.source = $source AND i.root = $root AND i.kind = 'future' AND i.expiry IS NOT NULL"
        " AND c.first_ts <= $at ORDER BY i.expiry, i.symbol",
        {"source": source, "root": root, "at": at},
    )
    return [
        FutureRow(row["symbol"], row["expiry"], row["first_notice"], row["last_trade"])
        for row in rows.to_pylist()
    ]


async def fetch_daily_spans(reader: Reader, *, source: str, symbols: Sequence[str]) -> list[DailySpan]:
    """Return for each symbol where its daily figures can come from."""
    rows = await reader.fetch(
        "SELECT symbol, table_name, interval, min(first_ts) AS first_ts, max(last_ts) AS last_ts"
        " FROM market.coverage WHERE source = $source AND table_name IN ($bars, $quotes)"
        " AND symbol IN (SELECT unnest($symbols::VARCHAR[])) GROUP BY ALL",
        {
            "source": source,
            "symbols": list(symbols),
            "bars": Table.BARS.value,
            "quotes": Table.QUOTES.value,
        },
    )
    found: dict[str, dict[BarInterval | None, tuple[datetime, datetime]]] = {}
    for row in rows.to_pylist():
        interval = BarInterval(row["interval"]) if row["interval"] else None
        span = (aware_time(row["first_ts"]), aware_time(row["last_ts"]))
        found.setdefault(row["symbol"], {})[interval] = span
    return [_daily_span(symbol, found.get(symbol, {})) for symbol in symbols]


def _daily_span(symbol: str, spans: dict[BarInterval | None, tuple[datetime, datetime]]) -> DailySpan:
    coarsest = max((each for each in spans if each not in (None, BarInterval.DAY)), default=None, key=_length)
    return DailySpan(
        symbol,
        daily=spans.get(BarInterval.DAY),
        fine=(coarsest, *spans[coarsest]) if coarsest is not None else None,
        quotes=spans.get(None),
    )


def _length(interval: BarInterval | None) -> timedelta:
    return interval.length if interval is not None else timedelta(0)


async def fetch_daily_bars(
    reader: Reader, *, source: str, symbols: Sequence[str], since: datetime, at: datetime
) -> pa.Table:
    """Return symbol, day, open .. open_interest of daily bars from `since` on whose day had ended at `at`."""
    return await reader.fetch(
        "SELECT symbol, ts::DATE AS day, open, high, low, close, volume, open_interest FROM market.bars"
        " WHERE interval = $interval AND series IN (SELECT unnest($series::BIGINT[]))"
        " AND ts BETWEEN $since AND $latest",
        {
            "interval": BarInterval.DAY.value,
            "series": [series_of(source, symbol) for symbol in symbols],
            "since": since,
            "latest": at - BarInterval.DAY.length,
        },
    )


_TRADE_DAYS = """
ASOF JOIN (SELECT unnest($days::DATE[]) AS trade_date, unnest($closes::TIMESTAMP[]) AS closes) AS days
  ON base.ts < days.closes
"""

_DAYS_OF_BARS = f"""
SELECT symbol, trade_date AS day, min_by(open, ts) AS open, max(high) AS high, min(low) AS low,
       max_by(close, ts) AS close, sum(volume) AS volume, max_by(open_interest, ts) AS open_interest
FROM (
  SELECT * FROM market.bars WHERE interval = $interval AND series IN (SELECT unnest($series::BIGINT[]))
    AND ts >= $start AND ts <= $latest
) AS base {_TRADE_DAYS}
GROUP BY symbol, trade_date
"""

_DAYS_OF_QUOTES = f"""
SELECT symbol, trade_date AS day, min_by(price, ts) AS open, max(price) AS high, min(price) AS low,
       max_by(price, ts) AS close, NULL::DOUBLE AS volume, max_by(open_interest, ts) AS open_interest
FROM (
  SELECT symbol, ts - INTERVAL 1 MICROSECOND AS ts, open_interest,
         CASE WHEN bid <= ask THEN (bid + ask) / 2 ELSE coalesce(last, mark) END AS price
  FROM market.quotes WHERE series IN (SELECT unnest($series::BIGINT[]))
    AND ts > $start AND ts <= $latest AND price IS NOT NULL
) AS base {_TRADE_DAYS}
GROUP BY symbol, trade_date
"""


async def fetch_built_days(
    reader: Reader,
    *,
    source: str,
    symbols: Sequence[str],
    interval: BarInterval | None,
    days: Sequence[TradeDay],
    at: datetime,
) -> pa.Table:
    """Return symbol, day, open .. open_interest built of finer bars, or of quotes where `interval` is None.

    `days` are the trade dates wanted, the first of them only as the start of the second. What came after
    `at` is left out, so that the last day may be unfinished.
    """
    length = interval.length if interval is not None else timedelta(0)
    parameters: dict[str, object] = {
        "series": [series_of(source, symbol) for symbol in symbols],
        "start": days[0].closes,
        "latest": min(at, days[-1].closes) - length,
        "days": [each.day for each in days[1:]],
        "closes": [stored_time(each.closes) for each in days[1:]],
    }
    if interval is None:
        return await reader.fetch(_DAYS_OF_QUOTES, parameters)
    return await reader.fetch(_DAYS_OF_BARS, {**parameters, "interval": interval.value})


async def fetch_daily_settlements(
    reader: Reader, *, source: str, symbols: Sequence[str], since: date, before: date
) -> pa.Table:
    """Return symbol, day, close (the settlement), volume, open_interest of days since ≤ day < before."""
    return await reader.fetch(
        "SELECT symbol, trade_date AS day, settlement AS close, volume, open_interest FROM market.settlements"
        " WHERE series IN (SELECT unnest($series::BIGINT[]))"
        " AND trade_date >= $since AND trade_date < $before",
        {"series": [series_of(source, symbol) for symbol in symbols], "since": since, "before": before},
    )


async def fetch_stitched(reader: Reader, *, source: str, root: str, at: datetime) -> pa.Table:
    """Return ts, price, price_contract, forward, forward_contract of a stitched series by `at`, by ts."""
    return await reader.fetch(
        "SELECT ts, price, price_contract, forward, forward_contract FROM market.multiple_prices"
        " WHERE source = $source AND root = $root AND ts <= $at AND price_contract IS NOT NULL ORDER BY ts",
        {"source": source, "root": root, "at": at},
    )


def _coverage(rows: pa.Table) -> list[Coverage]:
    return [
        Coverage(row["source"], aware_time(row["first_ts"]), aware_time(row["last_ts"]))
        for row in rows.to_pylist()
    ]
