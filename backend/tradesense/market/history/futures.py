"""Every query of the futures desk: what is stored, contracts, the newest row of each, end-of-day figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa

from tradesense.market.history.reader import Reader, aware_time, stored_time
from tradesense.market.tables import BarInterval, Table, series_of

_TRADE_LOOK_BACK = timedelta(days=5)
_TWO_SIDED_LOOK_BACK = timedelta(days=1)
_DAILY_LOOK_BACK = timedelta(days=15)
_WINDOWS = [
    timedelta(hours=2),
    timedelta(days=2),
    timedelta(days=60),
    timedelta(days=2_000),
    timedelta(days=200_000),
]


@dataclass(frozen=True, slots=True)
class StoredProduct:
    """One root of one source with rows of futures, and the span of them; times aware UTC.

    `has_contracts` says whether a contract with rows of its own lives at the instant asked for.
    """

    root: str
    source: str
    first_ts: datetime
    last_ts: datetime
    has_contracts: bool


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A stored future or perpetual; `None` where a term is not known."""

    source: str
    symbol: str
    source_symbol: str
    kind: str
    root: str
    expiry: date | None
    expires_at: datetime | None
    first_notice: date | None
    last_trade: date | None
    multiplier: float | None
    tick: float | None
    currency: str | None
    exchange: str | None
    time_zone: str | None
    inverse: bool


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """The newest stored quote of a symbol; `ts` aware UTC."""

    ts: datetime
    bid: float | None
    ask: float | None
    bid_size: float | None
    ask_size: float | None
    last: float | None
    mark: float | None
    volume: float | None
    open_interest: float | None


@dataclass(frozen=True, slots=True)
class TradeRow:
    """The newest trade known from bars: its price, when its bar ended, the session's volume so far.

    `previous_close` is the last price before the session.
    """

    ts: datetime
    price: float
    volume: float | None
    open_interest: float | None
    previous_close: float | None


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """End-of-day figures of one trade date."""

    trade_date: date
    settlement: float | None
    open_interest: float | None
    volume: float | None


async def fetch_products(
    reader: Reader, *, at: datetime, source: str | None = None, root: str | None = None
) -> list[StoredProduct]:
    """Return every root and source with rows of futures or perpetuals, or a stitched series, by `at`."""
    rows = await reader.fetch(
        "SELECT coalesce(c.root, i.root) AS root, c.source, min(c.first_ts) AS first_ts,"
        " max(c.last_ts) AS last_ts, coalesce(bool_or(i.kind IN ('future', 'perpetual')"
        " AND coalesce(i.expires_at, i.expiry + INTERVAL 1 DAY, 'infinity'::TIMESTAMP) > $at), false)"
        " AS has_contracts"
        " FROM market.coverage AS c LEFT JOIN market.instruments AS i"
        " ON i.source = c.source AND i.symbol = c.symbol"
        " WHERE c.first_ts <= $at AND ($source IS NULL OR c.source = $source)"
        " AND ($root IS NULL OR coalesce(c.root, i.root) = $root)"
        " AND (i.kind IN ('future', 'perpetual') OR c.table_name = $stitched)"
        " GROUP BY ALL ORDER BY 1, 2",
        {"at": at, "source": source, "root": root, "stitched": Table.MULTIPLE_PRICES.value},
    )
    return [
        StoredProduct(
            row["root"],
            row["source"],
            aware_time(row["first_ts"]),
            aware_time(row["last_ts"]),
            row["has_contracts"],
        )
        for row in rows.to_pylist()
    ]


async def fetch_contracts(
    reader: Reader, *, at: datetime, roots: Iterable[tuple[str, str]]
) -> list[ContractRow]:
    """Return the futures and perpetuals of each (root, source) that have rows by `at` and live at `at`.

    In order of root, then expiry; a perpetual first.
    """
    pairs = list(roots)
    rows = await reader.fetch(
        "SELECT DISTINCT i.* FROM market.instruments AS i JOIN market.coverage AS c"
        " ON c.source = i.source AND c.symbol = i.symbol"
        " JOIN (SELECT unnest($roots::VARCHAR[]) AS root, unnest($sources::VARCHAR[]) AS source) AS w"
        " ON w.root = i.root AND w.source = i.source"
        " WHERE i.kind IN ('future', 'perpetual') AND c.first_ts <= $at"
        " AND coalesce(i.expires_at, i.expiry + INTERVAL 1 DAY, 'infinity'::TIMESTAMP) > $at"
        " ORDER BY i.root, i.source, i.expiry NULLS FIRST, i.symbol",
        {"at": at, "roots": [root for root, _ in pairs], "sources": [source for _, source in pairs]},
    )
    return [_contract(row) for row in rows.to_pylist()]


async def find_symbols(reader: Reader, symbols: Sequence[str]) -> list[ContractRow]:
    """Return the stored instruments of these symbols, of every source; options are left out."""
    rows = await reader.fetch(
        "SELECT * FROM market.instruments WHERE kind <> 'option'"
        " AND symbol IN (SELECT unnest($symbols::VARCHAR[]))"
        " ORDER BY symbol, source",
        {"symbols": list(symbols)},
    )
    return [_contract(row) for row in rows.to_pylist()]


def _contract(row: Mapping[str, object]) -> ContractRow:
    values = {name: row[name] for name in ContractRow.__slots__}
    if isinstance(values["expires_at"], datetime):
        values["expires_at"] = aware_time(values["expires_at"])
    return ContractRow(**values)  # type: ignore[arg-type]


# Two steps: the newest time of each symbol first, from two narrow columns, then the rows of those times.
_LATEST_QUOTES = """
WITH bound AS (
  SELECT unnest($series::BIGINT[]) AS series, unnest($symbols::VARCHAR[]) AS symbol,
         unnest($lows::TIMESTAMP[]) AS low
), newest AS (
  SELECT stored.series, any_value(bound.symbol) AS wanted, max(stored.ts) AS ts
  FROM market.quotes AS stored JOIN bound ON bound.series = stored.series
  WHERE stored.ts BETWEEN $start AND $at AND stored.ts >= bound.low
    AND (NOT $two_sided OR stored.bid <= stored.ask)
  GROUP BY stored.series
)
SELECT newest.wanted, stored.* FROM market.quotes AS stored
JOIN newest ON newest.series = stored.series AND newest.ts = stored.ts
WHERE stored.ts BETWEEN $start AND $at AND (NOT $two_sided OR stored.bid <= stored.ask)
ORDER BY stored.seq
"""


async def fetch_latest_quotes(
    reader: Reader, *, source: str, symbols: Sequence[str], at: datetime
) -> dict[str, QuoteRow]:
    """Return the newest quote at or before `at` of each symbol that has one.

    Never scans the table: coverage says where the newest row of a quiet symbol lies; for the
    others a window before `at` grows until each has one.
    """
    spans = await _fetch_spans(reader, Table.QUOTES, source, symbols)
    waiting = {symbol: span for symbol, span in spans.items() if span[0] <= at}
    found: dict[str, QuoteRow] = {}
    for window in _WINDOWS:
        lows = {
            symbol: last if last <= at else max(first, at - window)
            for symbol, (first, last) in waiting.items()
        }
        near = {symbol: low for symbol, low in lows.items() if low >= at - window}
        found |= await _fetch_newest(reader, source, near, at)
        waiting = {symbol: span for symbol, span in waiting.items() if symbol not in found}
        if not waiting:
            break
    return found


async def fetch_latest_two_sided(
    reader: Reader,
    *,
    source: str,
    symbols: Sequence[str],
    at: datetime,
    look_back: timedelta = _TWO_SIDED_LOOK_BACK,
) -> dict[str, QuoteRow]:
    """Return each symbol's newest quote with both sides in order, not older than `look_back` at `at`."""
    lows = dict.fromkeys(symbols, at - look_back)
    return await _fetch_newest(reader, source, lows, at, two_sided=True)


async def _fetch_newest(
    reader: Reader, source: str, lows: Mapping[str, datetime], at: datetime, *, two_sided: bool = False
) -> dict[str, QuoteRow]:
    if not lows:
        return {}
    rows = await reader.fetch(
        _LATEST_QUOTES,
        {
            "series": [series_of(source, symbol) for symbol in lows],
            "symbols": list(lows),
            "lows": [stored_time(low) for low in lows.values()],
            "start": min(lows.values()),
            "at": at,
            "two_sided": two_sided,
        },
    )
    names = [name for name in QuoteRow.__slots__ if name != "ts"]
    return {
        row["wanted"]: QuoteRow(aware_time(row["ts"]), **{name: row[name] for name in names})
        for row in rows.to_pylist()
    }


async def _fetch_spans(
    reader: Reader, table: Table, source: str, symbols: Sequence[str]
) -> dict[str, tuple[datetime, datetime]]:
    rows = await reader.fetch(
        "SELECT symbol, min(first_ts) AS first_ts, max(last_ts) AS last_ts FROM market.coverage"
        " WHERE table_name = $table AND source = $source"
        " AND symbol IN (SELECT unnest($symbols::VARCHAR[])) GROUP BY symbol",
        {"table": table.value, "source": source, "symbols": list(symbols)},
    )
    return {
        row["symbol"]: (aware_time(row["first_ts"]), aware_time(row["last_ts"])) for row in rows.to_pylist()
    }


_MINUTE_TRADES = """
SELECT symbol, max(ts) FILTER (close IS NOT NULL) + $length AS ts, max_by(close, ts) AS price,
       sum(volume) FILTER (ts >= $session) AS volume, max_by(open_interest, ts) AS open_interest,
       max_by(close, ts) FILTER (ts < $session) AS previous_close
FROM market.bars
WHERE interval = $interval AND series IN (SELECT unnest($series::BIGINT[]))
  AND ts >= $start AND ts + $length <= $at
GROUP BY symbol HAVING price IS NOT NULL
"""

_DAILY_TRADES = """
SELECT symbol, ts + $length AS ts, close AS price, volume, open_interest,
       lead(close) OVER (PARTITION BY series ORDER BY ts DESC) AS previous_close
FROM market.bars
WHERE interval = $interval AND series IN (SELECT unnest($series::BIGINT[]))
  AND ts >= $start AND ts + $length <= $at AND close IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY series ORDER BY ts DESC) = 1
"""


async def fetch_latest_trades(
    reader: Reader, *, source: str, symbols: Sequence[str], at: datetime, session_start: datetime
) -> dict[str, TradeRow]:
    """Return the newest trade of each symbol from bars that ended by `at`; minute bars before daily ones.

    Looks back five days in minute bars and fifteen in daily ones; the volume is that since
    `session_start`, of a daily bar the whole day's.
    """
    found = await _fetch_trades(
        reader,
        _MINUTE_TRADES,
        BarInterval.MINUTE,
        [series_of(source, symbol) for symbol in symbols],
        {"start": at - _TRADE_LOOK_BACK, "at": at, "session": session_start},
    )
    missing = [series_of(source, symbol) for symbol in symbols if symbol not in found]
    if missing:
        found |= await _fetch_trades(
            reader,
            _DAILY_TRADES,
            BarInterval.DAY,
            missing,
            {"start": at - _DAILY_LOOK_BACK, "at": at},
        )
    return found


async def _fetch_trades(
    reader: Reader, sql: str, interval: BarInterval, series: list[int], times: Mapping[str, datetime]
) -> dict[str, TradeRow]:
    rows = await reader.fetch(
        sql, {"interval": interval.value, "length": interval.length, "series": series, **times}
    )
    names = [name for name in TradeRow.__slots__ if name != "ts"]
    return {
        row["symbol"]: TradeRow(aware_time(row["ts"]), **{name: row[name] for name in names})
        for row in rows.to_pylist()
    }


async def fetch_settlements(
    reader: Reader, *, source: str, symbols: Sequence[str], at: datetime, most_days: int = 2
) -> dict[str, list[SettlementRow]]:
    """Return the newest end-of-day figures of each symbol that were known at `at`, newest first.

    A trade date's figures count as known from the following midnight, UTC.
    """
    rows = await reader.fetch(
        "SELECT symbol, trade_date, settlement, open_interest, volume FROM market.settlements"
        " WHERE series IN (SELECT unnest($series::BIGINT[])) AND trade_date < $today"
        " QUALIFY row_number() OVER (PARTITION BY series ORDER BY trade_date DESC) <= $most"
        " ORDER BY symbol, trade_date DESC",
        {
            "series": [series_of(source, symbol) for symbol in symbols],
            "today": stored_time(at).date(),
            "most": most_days,
        },
    )
    found: dict[str, list[SettlementRow]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["symbol"], []).append(
            SettlementRow(row["trade_date"], row["settlement"], row["open_interest"], row["volume"])
        )
    return found


async def fetch_settlement_history(
    reader: Reader, *, source: str, symbols: Sequence[str], first: date, last: date
) -> pa.Table:
    """Return the end-of-day rows of these symbols from `first` to `last`, by symbol and trade date."""
    return await reader.fetch(
        "SELECT symbol, trade_date, settlement, open_interest, open_interest_change, volume"
        " FROM market.settlements WHERE series IN (SELECT unnest($series::BIGINT[]))"
        " AND trade_date BETWEEN $first AND $last ORDER BY symbol, trade_date",
        {"series": [series_of(source, symbol) for symbol in symbols], "first": first, "last": last},
    )


async def fetch_quotes(
    reader: Reader, *, source: str, symbol: str, start: datetime | None, end: datetime, limit: int
) -> pa.Table:
    """Return quotes with start ≤ ts < end, oldest first: the first `limit`, or the last without a start."""
    direction = "ASC" if start is not None else "DESC"
    spans = await _fetch_spans(reader, Table.QUOTES, source, [symbol])
    first = spans[symbol][0] if symbol in spans else end
    return await reader.fetch(
        "SELECT * FROM (SELECT ts, seq, bid, ask, bid_size, ask_size, last, mark, volume, open_interest"
        " FROM market.quotes WHERE series = $series AND ts >= $start AND ts < $end"
        f" ORDER BY ts {direction}, seq {direction} LIMIT $limit) ORDER BY ts, seq",
        {"series": series_of(source, symbol), "start": start or first, "end": end, "limit": limit},
    )
