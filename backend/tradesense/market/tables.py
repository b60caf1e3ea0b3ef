"""The columns of the market store: what writers hand over and readers get back.

Times are naive UTC inside the store (`timestamp[us]`), dates are the exchange's own.
Every row knows its `source`. Prices are in the instrument's own quotation unit (an inverse
option's in coin); a missing value is null, never 0 and never NaN.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

import pyarrow as pa

_TIME = pa.timestamp("us")


def _schema(*fields: pa.Field[Any]) -> pa.Schema:
    return pa.schema(fields)


class Table(StrEnum):
    """The tables of the attached database `market`; an identifier in SQL comes from here only."""

    INSTRUMENTS = "instruments"
    QUOTES = "quotes"
    BARS = "bars"
    SETTLEMENTS = "settlements"
    OPTION_SNAPSHOTS = "option_snapshots"
    MULTIPLE_PRICES = "multiple_prices"


class BarInterval(StrEnum):
    """The lengths of a bar; an identifier or interval in SQL comes from here only."""

    SECOND = "1s"
    MINUTE = "1m"
    FIVE_MINUTES = "5m"
    QUARTER = "15m"
    HALF_HOUR = "30m"
    HOUR = "1h"
    DAY = "1d"

    @property
    def length(self) -> timedelta:
        return _LENGTHS[self]


_LENGTHS = {
    BarInterval.SECOND: timedelta(seconds=1),
    BarInterval.MINUTE: timedelta(minutes=1),
    BarInterval.FIVE_MINUTES: timedelta(minutes=5),
    BarInterval.QUARTER: timedelta(minutes=15),
    BarInterval.HALF_HOUR: timedelta(minutes=30),
    BarInterval.HOUR: timedelta(hours=1),
    BarInterval.DAY: timedelta(days=1),
}


@lru_cache(maxsize=200_000)
def series_of(source: str, symbol: str) -> int:
    """Return the number under which the rows of one symbol of one source lie together.

    DuckDB prunes by the first eight bytes of a string only, which all contracts of a year share;
    by this number it finds a symbol's rows at once. It never changes: it is stored.
    """
    digest = hashlib.blake2b(f"{source}\x00{symbol}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


SCHEMAS: dict[Table, pa.Schema] = {
    # One row per (source, symbol). `root` is the product ("ES", "SPXW", "BTC"); for an option it
    # is the name in its own symbol, which is the {underlying} of the options endpoints.
    # `underlying` is the symbol of what an option delivers or settles to ("ES-2020-03", "SPX").
    Table.INSTRUMENTS: _schema(
        pa.field("source", pa.string(), nullable=False),
        pa.field("symbol", pa.string(), nullable=False),
        pa.field("source_symbol", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("root", pa.string(), nullable=False),
        pa.field("underlying", pa.string()),
        pa.field("expiry", pa.date32()),
        pa.field("expires_at", _TIME),
        pa.field("first_notice", pa.date32()),
        pa.field("last_trade", pa.date32()),
        pa.field("strike", pa.float64()),
        pa.field("right", pa.string()),
        pa.field("exercise", pa.string()),
        pa.field("settlement", pa.string()),
        pa.field("multiplier", pa.float64()),
        pa.field("tick", pa.float64()),
        pa.field("currency", pa.string()),
        pa.field("exchange", pa.string()),
        pa.field("time_zone", pa.string()),
        pa.field("inverse", pa.bool_(), nullable=False),
    ),
    # Futures, perpetuals, indices, equities: one row per (source, symbol, ts, seq).
    # `seq` orders several events of one microsecond; 0 where the source has at most one.
    Table.QUOTES: _schema(
        pa.field("source", pa.string(), nullable=False),
        pa.field("symbol", pa.string(), nullable=False),
        pa.field("ts", _TIME, nullable=False),
        pa.field("seq", pa.int64(), nullable=False),
        pa.field("bid", pa.float64()),
        pa.field("ask", pa.float64()),
        pa.field("bid_size", pa.float64()),
        pa.field("ask_size", pa.float64()),
        pa.field("last", pa.float64()),
        pa.field("mark", pa.float64()),
        pa.field("volume", pa.float64()),
        pa.field("open_interest", pa.float64()),
    ),
    # One row per (source, symbol, interval, ts); `ts` is the START of the bar, a daily bar's is
    # midnight of the exchange's trade date. `interval` is one of BarInterval's values.
    Table.BARS: _schema(
        pa.field("source", pa.string(), nullable=False),
        pa.field("symbol", pa.string(), nullable=False),
        pa.field("interval", pa.string(), nullable=False),
        pa.field("ts", _TIME, nullable=False),
        pa.field("open", pa.float64()),
        pa.field("high", pa.float64()),
        pa.field("low", pa.float64()),
        pa.field("close", pa.float64()),
        pa.field("volume", pa.float64()),
        pa.field("open_interest", pa.float64()),
    ),
    # One row per (source, symbol, trade_date): end-of-day settlement, open interest, volume.
    Table.SETTLEMENTS: _schema(
        pa.field("source", pa.string(), nullable=False),
        pa.field("symbol", pa.string(), nullable=False),
        pa.field("trade_date", pa.date32(), nullable=False),
        pa.field("settlement", pa.float64()),
        pa.field("open_interest", pa.float64()),
        pa.field("open_interest_change", pa.float64()),
        pa.field("volume", pa.float64()),
    ),
    # Options: one row per (source, symbol, ts, seq). `underlying_price` is the venue's own figure
    # (a forward at Deribit, the spot index at OKX, the index level at Cboe), `underlying_kind`
    # says which: 'forward', 'spot'. `venue_*` are the venue's figures in contract units
    # (iv a fraction, vega per point, theta per day), kept to be compared with ours.
    Table.OPTION_SNAPSHOTS: _schema(
        pa.field("source", pa.string(), nullable=False),
        pa.field("root", pa.string(), nullable=False),
        pa.field("expiry", pa.date32(), nullable=False),
        pa.field("symbol", pa.string(), nullable=False),
        pa.field("strike", pa.float64(), nullable=False),
        pa.field("right", pa.string(), nullable=False),
        pa.field("ts", _TIME, nullable=False),
        pa.field("seq", pa.int64(), nullable=False),
        pa.field("bid", pa.float64()),
        pa.field("ask", pa.float64()),
        pa.field("bid_size", pa.float64()),
        pa.field("ask_size", pa.float64()),
        pa.field("last", pa.float64()),
        pa.field("mark", pa.float64()),
        pa.field("volume", pa.float64()),
        pa.field("open_interest", pa.float64()),
        pa.field("underlying_price", pa.float64()),
        pa.field("underlying_kind", pa.string()),
        pa.field("venue_iv", pa.float64()),
        pa.field("venue_delta", pa.float64()),
        pa.field("venue_gamma", pa.float64()),
        pa.field("venue_vega", pa.float64()),
        pa.field("venue_theta", pa.float64()),
    ),
    # A source's own stitched series: the held (price), the neighbouring (carry) and the next
    # (forward) contract side by side. One row per (source, root, ts).
    # Contracts are canonical symbols ("CL-1991-12").
    Table.MULTIPLE_PRICES: _schema(
        pa.field("source", pa.string(), nullable=False),
        pa.field("root", pa.string(), nullable=False),
        pa.field("ts", _TIME, nullable=False),
        pa.field("price", pa.float64()),
        pa.field("price_contract", pa.string()),
        pa.field("carry", pa.float64()),
        pa.field("carry_contract", pa.string()),
        pa.field("forward", pa.float64()),
        pa.field("forward_contract", pa.string()),
    ),
}

KEYS: dict[Table, tuple[str, ...]] = {
    Table.INSTRUMENTS: ("source", "symbol"),
    Table.QUOTES: ("source", "symbol", "ts", "seq"),
    Table.BARS: ("source", "symbol", "interval", "ts"),
    Table.SETTLEMENTS: ("source", "symbol", "trade_date"),
    Table.OPTION_SNAPSHOTS: ("source", "symbol", "ts", "seq"),
    Table.MULTIPLE_PRICES: ("source", "root", "ts"),
}
