"""Every query of the options desk: what is stored, the latest row per contract, its underlying's price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa

from tradesense.market.history.reader import Reader, aware_time
from tradesense.market.history.sources import Coverage
from tradesense.market.tables import BarInterval, Table, series_of

LOOK_BACK = timedelta(hours=24)
"""A contract without a row in the last day before its expiry's newest row has no row."""

_NEWEST_LOOK_BACK = timedelta(days=7)
_UNDERLYING_LOOK_BACK = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class StoredExpiry:
    """One expiry of one option root at one source, and the span of its rows; times aware UTC."""

    source: str
    root: str
    expiry: date
    first_ts: datetime
    last_ts: datetime


@dataclass(frozen=True, slots=True)
class OptionTermsRow:
    """What the instruments of one expiry have in common; `None` where it is not known."""

    expiry: date
    expires_at: datetime | None
    underlying: str | None
    underlying_kind: str | None
    exercise: str | None
    multiplier: float | None
    tick: float | None
    currency: str | None
    exchange: str | None
    time_zone: str | None
    inverse: bool
    contracts: int


@dataclass(frozen=True, slots=True)
class PriceAt:
    """The last price of an underlying at or before an instant; `None` where a part is missing."""

    ts: datetime
    bid: float | None
    ask: float | None
    last: float | None
    mark: float | None


async def fetch_stored_expiries(
    reader: Reader, *, at: datetime, root: str | None = None, source: str | None = None
) -> list[StoredExpiry]:
    """Return every expiry with at least one row at or before `at`, by source, root and expiry."""
    rows = await reader.fetch(
        "SELECT source, root, expiry, first_ts, last_ts FROM market.coverage"
        " WHERE table_name = $table AND first_ts <= $at"
        " AND ($root IS NULL OR root = $root) AND ($source IS NULL OR source = $source)"
        " ORDER BY source, root, expiry",
        {"table": Table.OPTION_SNAPSHOTS.value, "at": at, "root": root, "source": source},
    )
    return [
        StoredExpiry(
            row["source"], row["root"], row["expiry"], aware_time(row["first_ts"]), aware_time(row["last_ts"])
        )
        for row in rows.to_pylist()
    ]


def coverage_by_source(expiries: Sequence[StoredExpiry]) -> list[Coverage]:
    """Return the span of each source over all of the given expiries."""
    spans: dict[str, Coverage] = {}
    for each in expiries:
        known = spans.get(each.source)
        first = each.first_ts if known is None else min(known.first_ts, each.first_ts)
        last = each.last_ts if known is None else max(known.last_ts, each.last_ts)
        spans[each.source] = Coverage(each.source, first, last)
    return list(spans.values())


_TERMS = """
WITH terms AS (
  SELECT source, root, expiry, max(expires_at) AS expires_at, max(underlying) AS underlying,
         max(exercise) AS exercise, max(multiplier) AS multiplier, min(tick) AS tick,
         max(currency) AS currency, max(exchange) AS exchange, max(time_zone) AS time_zone,
         bool_or(inverse) AS inverse, count(*) AS contracts
  FROM market.instruments
  WHERE kind = 'option' AND ($root IS NULL OR root = $root) AND ($source IS NULL OR source = $source)
  GROUP BY source, root, expiry
)
SELECT terms.*, other.kind AS underlying_kind
FROM terms LEFT JOIN market.instruments AS other
  ON other.source = terms.source AND other.symbol = terms.underlying
"""


async def fetch_option_terms(
    reader: Reader, *, root: str | None = None, source: str | None = None
) -> dict[tuple[str, str, date], OptionTermsRow]:
    """Return the terms of every known expiry, by (source, root, expiry)."""
    rows = await reader.fetch(_TERMS, {"root": root, "source": source})
    return {
        (row["source"], row["root"], row["expiry"]): OptionTermsRow(
            expiry=row["expiry"],
            expires_at=aware_time(row["expires_at"]) if row["expires_at"] else None,
            underlying=row["underlying"],
            underlying_kind=row["underlying_kind"],
            exercise=row["exercise"],
            multiplier=row["multiplier"],
            tick=row["tick"],
            currency=row["currency"],
            exchange=row["exchange"],
            time_zone=row["time_zone"],
            inverse=bool(row["inverse"]),
            contracts=row["contracts"],
        )
        for row in rows.to_pylist()
    }


# The bounds on expiry and time let the store skip what it need not read: rows lie by source, root, expiry,
# time. First only the narrow columns that find the newest row per contract, then those rows.
_CHAIN = """
WITH latest AS (
  SELECT series, expiry, max(ts) AS ts FROM market.option_snapshots
  WHERE source = $source AND root = $root AND expiry BETWEEN $first AND $last
    AND ts BETWEEN $start AND $at AND expiry IN (SELECT unnest($expiries::DATE[]))
  GROUP BY series, expiry
), newest AS (
  SELECT expiry, max(ts) AS ts FROM latest GROUP BY expiry
)
SELECT stored.symbol, stored.expiry, stored.strike, stored."right", stored.ts, stored.bid, stored.ask,
       stored.last, stored.mark, stored.volume, stored.open_interest, stored.underlying_price,
       stored.underlying_kind
FROM market.option_snapshots AS stored
JOIN latest ON stored.series = latest.series AND stored.ts = latest.ts
JOIN newest ON newest.expiry = latest.expiry
WHERE stored.source = $source AND stored.root = $root AND stored.expiry BETWEEN $first AND $last
  AND stored.ts BETWEEN $start AND $at AND latest.ts > newest.ts - $look_back
QUALIFY row_number() OVER (PARTITION BY stored.series ORDER BY stored.seq DESC) = 1
ORDER BY stored.expiry, stored.strike, stored."right"
"""


async def fetch_latest_options(
    reader: Reader, *, source: str, root: str, expiries: Sequence[StoredExpiry], at: datetime
) -> pa.Table:
    """Return the newest row at or before `at` of every contract of the given expiries of one root.

    A row counts if it is less than a day older than the newest of its expiry; inside a longer history that
    newest row is looked for in the week before `at`. Ordered by expiry, strike, right.
    """
    dates = [each.expiry for each in expiries]
    start = min(newest_bound(each, at) for each in expiries)
    return await reader.fetch(
        _CHAIN,
        {
            "source": source,
            "root": root,
            "expiries": dates,
            "first": min(dates),
            "last": max(dates),
            "start": start - LOOK_BACK,
            "at": at,
            "look_back": LOOK_BACK,
        },
    )


def newest_bound(expiry: StoredExpiry, at: datetime) -> datetime:
    """An instant no later than the newest row by `at`, if there is one within the look-back."""
    return expiry.last_ts if expiry.last_ts <= at else max(expiry.first_ts, at - _NEWEST_LOOK_BACK)


_QUOTES_AT = """
WITH wanted AS (
  SELECT unnest($places::BIGINT[]) AS place, unnest($series::BIGINT[]) AS series,
         unnest($instants::TIMESTAMP[]) AS at
), near AS (
  SELECT series, ts, bid, ask, last, mark FROM market.quotes
  WHERE series IN (SELECT unnest($series::BIGINT[])) AND ts BETWEEN $start AND $end
)
SELECT wanted.place, near.ts, near.bid, near.ask, near.last, near.mark
FROM wanted ASOF JOIN near ON near.series = wanted.series AND near.ts <= wanted.at
"""

_BARS_AT = """
WITH wanted AS (
  SELECT unnest($places::BIGINT[]) AS place, unnest($series::BIGINT[]) AS series,
         unnest($instants::TIMESTAMP[]) AS at
), near AS (
  SELECT series, ts + $length AS ts, close FROM market.bars
  WHERE interval = $interval AND series IN (SELECT unnest($series::BIGINT[]))
    AND ts BETWEEN $start AND $end AND close IS NOT NULL
)
SELECT wanted.place, near.ts, NULL::DOUBLE AS bid, NULL::DOUBLE AS ask, near.close AS last,
       NULL::DOUBLE AS mark
FROM wanted ASOF JOIN near ON near.series = wanted.series AND near.ts <= wanted.at
"""


async def fetch_prices_at(
    reader: Reader, *, source: str, wanted: Sequence[tuple[str, datetime]]
) -> list[PriceAt | None]:
    """Return for each (symbol, instant) the last quote by then, else the close of the last minute bar.

    Looks back four days at most; `None` where there is neither.
    """
    found = await _fetch_at(reader, _QUOTES_AT, source, wanted, range(len(wanted)), {})
    missing = [place for place in range(len(wanted)) if place not in found]
    bar = BarInterval.MINUTE
    extra: dict[str, object] = {"interval": bar.value, "length": bar.length}
    found |= await _fetch_at(reader, _BARS_AT, source, wanted, missing, extra)
    return [found.get(place) for place in range(len(wanted))]


async def _fetch_at(
    reader: Reader,
    sql: str,
    source: str,
    wanted: Sequence[tuple[str, datetime]],
    places: Sequence[int],
    extra: dict[str, object],
) -> dict[int, PriceAt]:
    if not places:
        return {}
    instants = [wanted[place][1] for place in places]
    rows = await reader.fetch(
        sql,
        {
            "places": list(places),
            "series": [series_of(source, wanted[place][0]) for place in places],
            "instants": [instant.replace(tzinfo=None) for instant in instants],
            "start": min(instants) - _UNDERLYING_LOOK_BACK,
            "end": max(instants),
            **extra,
        },
    )
    return {
        row["place"]: PriceAt(aware_time(row["ts"]), row["bid"], row["ask"], row["last"], row["mark"])
        for row in rows.to_pylist()
    }
