"""Bars and quotes of one instrument over a range, as they were known at an instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import anyio.to_thread
import pyarrow as pa

from tradesense.instruments import ContractSpec, SpecBook, parse_symbol
from tradesense.market.futures.errors import NoData, TooManyPoints
from tradesense.market.history import Reader, aware_time, fetch_symbol_coverage, pick_source
from tradesense.market.history.bars import BarBase, TradeDay, fetch_bar_bases, fetch_bars, pick_base
from tradesense.market.history.depth import Stored, fetch_depth
from tradesense.market.history.futures import fetch_quotes
from tradesense.market.history.sources import SIMULATED
from tradesense.market.tables import BarInterval, Table

MOST_SLOTS = 50_000
_DAY = timedelta(days=1)
_LONG_WEEKEND = timedelta(days=5)
_GROWTH = 6


@dataclass(frozen=True, slots=True)
class Series:
    """Rows oldest first, where they came from, and whether the limit left some out."""

    rows: pa.Table
    symbol: str
    source: str
    built_from: str
    as_of: datetime
    truncated: bool


@dataclass(frozen=True, slots=True)
class Depth:
    """What is stored of one kind, and the trading days inside its span without a row, by day.

    `missing` is None where the trading days are not known.
    """

    stored: Stored
    missing: list[date] | None


class SeriesService:
    """Answers from what is stored; nothing later than `as_of` (or now) is seen."""

    def __init__(self, reader: Reader, specs: SpecBook) -> None:
        self._reader = reader
        self._specs = specs

    async def get_bars(
        self,
        symbol: str,
        interval: BarInterval,
        *,
        start: datetime | None,
        end: datetime | None,
        limit: int,
        as_of: datetime | None,
        source: str | None,
    ) -> Series:
        """Return bars with start ≤ ts < end: the first `limit` of them, or the last where no start is given.

        Raises `NoData`; `TooManyPoints` for a range of more than 50,000 bars' length.
        """
        if start is not None and end is not None and (end - start) / interval.length > MOST_SLOTS:
            raise TooManyPoints(f"A range holds at most {MOST_SLOTS} bars.", field="query.from")
        at = self._reader.instant(as_of)
        # A session that has begun may belong to a trade date that has not: over a long weekend, days ahead.
        latest = at + _LONG_WEEKEND if interval is BarInterval.DAY else at
        end = latest if end is None else min(end, latest)
        source = await self._source(symbol, [Table.BARS, Table.QUOTES], as_of, source)
        bases = await fetch_bar_bases(self._reader, source=source, symbol=symbol)
        base = pick_base(bases, interval, start, min(end, at))
        if base is None:
            raise NoData(
                f"There is nothing stored of {symbol} to make bars of {interval.value} from by then."
            )
        spec = days_of(self._specs.find(_root_of(symbol), source), source)
        walk = _Walk(self._reader, spec, source, symbol, interval, base, at)
        rows = await walk.forward(start, end, limit) if start is not None else await walk.backward(end, limit)
        if base.interval is BarInterval.DAY and (start is None or rows.num_rows <= limit):
            rows = await _with_unfinished_day(walk, bases, rows, end, limit)
        kept = rows.slice(0, limit) if start is not None else rows.slice(max(0, rows.num_rows - limit))
        return Series(kept, symbol, source, base.name, at, rows.num_rows > limit)

    async def get_quotes(
        self,
        symbol: str,
        *,
        start: datetime | None,
        end: datetime | None,
        limit: int,
        as_of: datetime | None,
        source: str | None,
    ) -> Series:
        """Return quotes with start ≤ ts < end, and known at `as_of`; limited as bars are. Raises `NoData`."""
        at = self._reader.instant(as_of)
        latest = at + timedelta(microseconds=1)
        source = await self._source(symbol, [Table.QUOTES], as_of, source)
        rows = await fetch_quotes(
            self._reader,
            source=source,
            symbol=symbol,
            start=start,
            end=latest if end is None else min(end, latest),
            limit=limit + 1,
        )
        kept = rows.slice(0, limit) if start is not None else rows.slice(max(0, rows.num_rows - limit))
        return Series(kept, symbol, source, "quotes", at, rows.num_rows > limit)

    def instant(self, as_of: datetime | None) -> datetime:
        """Return the instant an answer is for."""
        return self._reader.instant(as_of)

    async def get_depth(self, symbol: str, *, as_of: datetime | None) -> list[Depth]:
        """Return what is stored of a symbol by `as_of`, with the trading days of which nothing is.

        Raises `NoData`.
        """
        stored = await fetch_depth(self._reader, symbol, self._reader.instant(as_of))
        if not stored:
            raise NoData(f"There is nothing stored of {symbol} by then.")
        root = _root_of(symbol)

        def work() -> list[Depth]:
            specs = {each.source: self._specs.find(root, each.source) for each in stored}
            return [Depth(each, missing_days(each, specs[each.source])) for each in stored]

        return await anyio.to_thread.run_sync(work)

    async def _source(
        self, symbol: str, tables: list[Table], as_of: datetime | None, source: str | None
    ) -> str:
        spans = await fetch_symbol_coverage(self._reader, symbol, tables)
        at = self._reader.instant(as_of)
        name = pick_source(
            [each for each in spans if source in (None, each.source) and each.first_ts <= at], as_of
        )
        if name is None:
            raise NoData(f"There is no data of {symbol}" + (f" of {source}." if source else "."))
        return name


async def _with_unfinished_day(
    walk: _Walk, bases: Sequence[BarBase], rows: pa.Table, end: datetime, limit: int
) -> pa.Table:
    """Put behind stored daily bars those of days that have begun since, built of finer bars."""
    if rows.num_rows == 0:
        return rows
    since = aware_time(rows["ts"][-1].as_py()) + _DAY
    finer = [each for each in bases if each.interval not in (None, BarInterval.DAY)]
    base = pick_base(finer, BarInterval.DAY, since, min(end, walk.at))
    if base is None or since >= end:
        return rows
    begun = await replace(walk, base=base).forward(since, end, limit)
    return pa.concat_tables([rows, begun.cast(rows.schema)])


@dataclass(frozen=True, slots=True)
class _Walk:
    """Reads bars over a window that grows until it holds enough, so that a long history is never scanned."""

    reader: Reader
    spec: ContractSpec | None
    source: str
    symbol: str
    interval: BarInterval
    base: BarBase
    at: datetime

    async def forward(self, start: datetime, end: datetime, limit: int) -> pa.Table:
        start = max(start, self.base.first_ts - _LONG_WEEKEND)
        last = min(end, self.base.last_ts + _LONG_WEEKEND)
        window = self._first_window(limit)
        while True:
            until = min(last, start + window)
            rows = await self._fetch(start, until)
            if rows.num_rows > limit or until >= last:
                return rows
            window *= _GROWTH

    async def backward(self, end: datetime, limit: int) -> pa.Table:
        first = self.base.first_ts - _LONG_WEEKEND
        end = min(end, self.base.last_ts + _LONG_WEEKEND)
        window = self._first_window(limit)
        while True:
            since = max(first, end - window)
            rows = await self._fetch(since, end)
            if rows.num_rows > limit or since <= first:
                return rows
            window *= _GROWTH

    def _first_window(self, limit: int) -> timedelta:
        return self.interval.length * limit * 2 + _DAY

    async def _fetch(self, start: datetime, end: datetime) -> pa.Table:
        days: list[TradeDay] = []
        if self.interval is not BarInterval.DAY:
            start, end = (_ceiling(instant, self.interval.length) for instant in (start, end))
        elif self.base.interval is not BarInterval.DAY:
            first, last = (_ceiling(instant, _DAY).date() for instant in (start, end))
            # Decades of sessions take a tenth of a second to work out.
            days = await anyio.to_thread.run_sync(trade_days, self.spec, first, last)
            start, end = days[0].closes, days[-1].closes
            days = days[1:]
        return await fetch_bars(
            self.reader,
            source=self.source,
            symbol=self.symbol,
            interval=self.interval,
            base=self.base,
            start=start,
            end=end,
            at=self.at,
            days=days,
        )


def days_of(spec: ContractSpec | None, source: str) -> ContractSpec | None:
    """Return whose hours divide a source's days; `None`, days of UTC, for the market that never closes."""
    return None if source == SIMULATED else spec


def trade_days(spec: ContractSpec | None, first: date, end: date) -> list[TradeDay]:
    """Return the trade dates from `first` up to before `end` with their closes, and the one before them."""
    if spec is None:
        days = [first + _DAY * step for step in range(-1, (end - first).days)]
        return [TradeDay(day, datetime(day.year, day.month, day.day, tzinfo=UTC) + _DAY) for day in days]
    hours = replace(spec.trading_hours, calendar=spec.trading_hours.calendar.lenient)
    day = hours.calendar.previous(first)
    found: list[TradeDay] = []
    while day < end or len(found) < 2:
        session = hours.session(day)
        if session is not None:
            found.append(TradeDay(day, session[1]))
        day += _DAY
    return found


def missing_days(stored: Stored, spec: ContractSpec | None) -> list[date] | None:
    """Return the trading days between a stored span's first and last one of which no row is; by day."""
    if stored.source != SIMULATED and spec is None:
        return None
    calendar = spec.trading_hours.calendar.lenient if spec is not None else None
    first, last = stored.first_ts.date(), stored.last_ts.date()
    days = (first + _DAY * step for step in range((last - first).days + 1))
    return [
        day
        for day in days
        if day not in stored.days
        and (stored.source == SIMULATED or calendar is None or calendar.is_trading_day(day))
    ]


def _ceiling(instant: datetime, step: timedelta) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch - (epoch - instant) // step * step


def _root_of(symbol: str) -> str:
    return parse_symbol(symbol).root
