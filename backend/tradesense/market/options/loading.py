"""Brings one root's options from the store into the columns that `valuation` takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.instruments import Exercise, Kind, OutsideCalendar, SpecBook, parse_symbol
from tradesense.market.history import Reader, pick_source
from tradesense.market.history.options import (
    OptionTermsRow,
    PriceAt,
    StoredExpiry,
    coverage_by_source,
    fetch_latest_options,
    fetch_option_terms,
    fetch_prices_at,
    fetch_stored_expiries,
)
from tradesense.market.options.errors import UnknownExpiry, UnknownUnderlying
from tradesense.market.options.valuation import ChainColumns, ExpiryTerms

Floats = npt.NDArray[np.float64]

# Data this fresh is the present; older data is shown as of its own time.
LIVE_WINDOW = timedelta(minutes=15)
# An index or a share older than this, against the options' newest quote, is no spot for them.
_SPOT_FRESH = timedelta(minutes=15)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_END = time(23, 59, 59, tzinfo=UTC)
_ON_FUTURE = (Kind.FUTURE, Kind.PERPETUAL)


@dataclass(frozen=True, slots=True)
class RootData:
    """What is stored of one root at one source, up to the instant the answer is for.

    `as_of` is that instant: the one asked for; without one now, or the time of the newest row where that is
    more than a quarter of an hour ago. `asked_at` is the one asked for, or now.
    """

    root: str
    source: str
    as_of: datetime
    newest_ts: datetime
    asked_at: datetime
    expiries: tuple[StoredExpiry, ...]
    terms: dict[date, OptionTermsRow]

    def open_expiries(self) -> list[StoredExpiry]:
        """Return the expiries that have not passed."""
        return [each for each in self.expiries if self.expires_at(each.expiry) > self.as_of]

    def expires_at(self, expiry: date) -> datetime:
        """Return when an expiry ends; the end of its day in UTC where nobody told."""
        terms = self.terms.get(expiry)
        known = terms.expires_at if terms else None
        return known or datetime.combine(expiry, _DAY_END)

    def days_to(self, expiry: date) -> int:
        """Return the calendar days to an expiry, counted on the exchange's own calendar."""
        terms = self.terms.get(expiry)
        zone = ZoneInfo(terms.time_zone) if terms and terms.time_zone else UTC
        return (expiry - self.as_of.astimezone(zone).date()).days

    @property
    def any_terms(self) -> OptionTermsRow | None:
        """The terms of the root's last expiry, for what all of them share."""
        return self.terms[max(self.terms)] if self.terms else None


@dataclass(frozen=True, slots=True)
class LoadedChain:
    """Stored rows of some expiries of one root, as a table and as columns in the same order."""

    data: RootData
    rows: pa.Table
    columns: ChainColumns


def is_open(specs: SpecBook, data: RootData) -> bool | None:
    """Tell whether the options trade at the instant asked for; None where their hours are not known."""
    spec = specs.find(data.root, data.source)
    if spec is None:
        return None
    try:
        return spec.trading_hours.is_open(data.asked_at)
    except OutsideCalendar:
        return None


async def load_root(reader: Reader, root: str, as_of: datetime | None, source: str | None) -> RootData:
    """Find out what is stored of a root. Raises `UnknownUnderlying`."""
    at = reader.instant(as_of)
    stored = await fetch_stored_expiries(reader, at=at, root=root, source=source)
    terms = await fetch_option_terms(reader, root=root, source=source)
    return root_data(root, stored, terms, at=at, as_of=as_of)


def root_data(
    root: str,
    stored: Sequence[StoredExpiry],
    terms: Mapping[tuple[str, str, date], OptionTermsRow],
    *,
    at: datetime,
    as_of: datetime | None,
) -> RootData:
    """Choose the source that answers for a root, and the instant. Raises `UnknownUnderlying`."""
    source = pick_source(coverage_by_source(stored), as_of)
    if source is None:
        raise UnknownUnderlying(f"No options of {root} are stored at that time.")
    mine = tuple(each for each in stored if each.source == source)
    newest = min(at, max(each.last_ts for each in mine))
    return RootData(
        root=root,
        source=source,
        as_of=newest if as_of is None and newest < at - LIVE_WINDOW else at,
        newest_ts=newest,
        asked_at=at,
        expiries=mine,
        terms={each.expiry: row for each in mine if (row := terms.get((source, root, each.expiry)))},
    )


def find_expiries(data: RootData, wanted: Sequence[date]) -> list[StoredExpiry]:
    """Return the stored expiries of the given dates; raise `UnknownExpiry` for one that is not there."""
    known = {each.expiry: each for each in data.expiries}
    for expiry in wanted:
        if expiry not in known:
            raise UnknownExpiry(f"{data.root} has no options expiring {expiry.isoformat()} at that time.")
    return [known[expiry] for expiry in wanted]


async def load_chain(reader: Reader, data: RootData, expiries: Sequence[StoredExpiry]) -> LoadedChain:
    """Bring the latest rows of the given expiries, and the price of what they are on.

    Raises `UnknownExpiry` where none of them has a row at that time.
    """
    rows = (
        await fetch_latest_options(
            reader, source=data.source, root=data.root, expiries=expiries, at=data.as_of
        )
        if expiries
        else None
    )
    if rows is None or not rows.num_rows:
        raise UnknownExpiry(f"{data.root} has no option quotes at that time.")
    found = UnpricedChain.of(data, rows)
    prices = await fetch_prices_at(reader, source=data.source, wanted=found.wanted)
    return found.priced(prices)


@dataclass(frozen=True, slots=True)
class UnpricedChain:
    """Stored rows of one root, without the prices of what its expiries are on.

    `index` says which of `expiries` each row is of, `newest` the time of the newest row of each.
    """

    data: RootData
    rows: pa.Table
    index: npt.NDArray[np.intp]
    expiries: tuple[date, ...]
    newest: tuple[datetime, ...]

    @classmethod
    def of(cls, data: RootData, rows: pa.Table) -> UnpricedChain:
        """Find the expiries of rows, of which there is at least one."""
        dates, index = np.unique(rows["expiry"].to_numpy(), return_inverse=True)
        expiries = tuple(date.fromisoformat(str(day)) for day in dates)
        return cls(data, rows, index, expiries, _newest_per_expiry(rows, index, dates.size))

    @property
    def wanted(self) -> list[tuple[str, datetime]]:
        """Which symbol's price is wanted at which instant; expiries on nothing known want none."""
        return [
            (row.underlying, newest)
            for expiry, newest in zip(self.expiries, self.newest, strict=True)
            if (row := self.data.terms.get(expiry)) is not None and row.underlying is not None
        ]

    def priced(self, prices: Sequence[PriceAt | None]) -> LoadedChain:
        """Return the chain with the prices found for `wanted`, in its order."""
        coming = iter(prices)
        terms = []
        for expiry, newest in zip(self.expiries, self.newest, strict=True):
            row = self.data.terms.get(expiry)
            price = next(coming) if row is not None and row.underlying is not None else None
            terms.append(terms_of(self.data, expiry, row, price, newest))
        columns = chain_columns(self.rows, self.index, tuple(terms), self.data)
        return LoadedChain(self.data, self.rows, columns)


def _newest_per_expiry(rows: pa.Table, index: npt.NDArray[np.intp], count: int) -> tuple[datetime, ...]:
    newest = np.full(count, np.iinfo(np.int64).min)
    np.maximum.at(newest, index, _microseconds(rows["ts"]))
    return tuple(_EPOCH + timedelta(microseconds=int(each)) for each in newest)


def terms_of(
    data: RootData, expiry: date, row: OptionTermsRow | None, price: PriceAt | None, newest: datetime
) -> ExpiryTerms:
    """Return what valuation takes of one expiry: its terms, and the price of what it is on.

    `newest` is the time of its newest option quote, against which the price may be too old.
    """
    on_spot = _is_on_spot(row)
    if price is not None and on_spot and newest - price.ts > _SPOT_FRESH:
        price = None
    middle = _number(price.bid if price else None) * 0.5 + _number(price.ask if price else None) * 0.5
    last = next((each for each in (price.mark, price.last) if each is not None), None) if price else None
    return ExpiryTerms(
        expiry=expiry,
        expires_at_us=_as_microseconds(data.expires_at(expiry)),
        american=row is not None and row.exercise == Exercise.AMERICAN,
        inverse=row is not None and row.inverse,
        on_spot=on_spot,
        underlying=row.underlying if row else None,
        future_bid=_number(price.bid) if price and not on_spot else float("nan"),
        future_ask=_number(price.ask) if price and not on_spot else float("nan"),
        future_age_seconds=(newest - price.ts).total_seconds() if price else float("nan"),
        spot=(middle if np.isfinite(middle) else _number(last)) if on_spot else float("nan"),
    )


def _is_on_spot(row: OptionTermsRow | None) -> bool:
    if row is None or row.underlying is None:
        return True
    kind = row.underlying_kind or parse_symbol(row.underlying).kind
    return kind not in _ON_FUTURE


def chain_columns(
    rows: pa.Table, index: npt.NDArray[np.intp], terms: tuple[ExpiryTerms, ...], data: RootData
) -> ChainColumns:
    """Return stored rows as columns; `index` says which of `terms` each row is of."""
    ticks = [row.tick for row in data.terms.values() if row.tick]
    return ChainColumns(
        expiries=terms,
        expiry_index=index.astype(np.int64),
        strike=_floats(rows["strike"]),
        is_call=_equals(rows["right"], "C"),
        bid=_floats(rows["bid"]),
        ask=_floats(rows["ask"]),
        mark=_floats(rows["mark"]),
        last=_floats(rows["last"]),
        ts_us=_microseconds(rows["ts"]),
        venue_underlying=_floats(rows["underlying_price"]),
        venue_is_forward=_equals(rows["underlying_kind"], "forward"),
        tick=min(ticks, default=float("nan")),
    )


def _floats(column: pa.ChunkedArray[Any]) -> Floats:
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)


def _equals(column: pa.ChunkedArray[Any], word: str) -> npt.NDArray[np.bool_]:
    return np.asarray([each == word for each in column.to_pylist()], dtype=np.bool_)


def _microseconds(column: pa.ChunkedArray[Any]) -> npt.NDArray[np.int64]:
    return np.asarray(column.cast(pa.timestamp("us")).cast(pa.int64()).to_numpy(), dtype=np.int64)


def _as_microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


def as_of_microseconds(data: RootData) -> int:
    """Return the instant of the answer in microseconds since 1970 UTC."""
    return _as_microseconds(data.as_of)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
