"""Writes the simulated market into the store: a past for a fresh start, a gap after a pause, live beats.

Every row is a function of (seed, instant) on a fixed grid, so writing twice adds nothing. What is kept
is bounded: a year of days, two days of minutes, a snapshot a day for a month, the last minutes densely.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tradesense.feeds.simulated.bars import MINUTES_A_DAY, day_bars, minute_bars, paths_of
from tradesense.feeds.simulated.listing import SOURCE, instant_us, us_instant
from tradesense.feeds.simulated.market import BEAT_US, SimulatedMarket
from tradesense.feeds.simulated.noise import DAY_US, MINUTE_US
from tradesense.feeds.simulated.rows import (
    bar_rows,
    option_rows,
    quote_rows,
    settlement_rows,
)
from tradesense.instruments import Instrument
from tradesense.market import BarInterval, Recorder, Retention, Table, WriteTransaction, instrument_rows

OPTIONS_BEAT_US = 10_000_000
HISTORY_DAYS = 370
MINUTES_KEPT = 2 * MINUTES_A_DAY
SNAPSHOT_DAYS = 30

_DAYS_AT_ONCE = 62
_SNAPSHOTS_AT_ONCE = 6
_THIN_EVERY_US = 5 * MINUTE_US
_DENSE_QUOTES_US = 60 * MINUTE_US
_DENSE_OPTIONS_US = 15 * MINUTE_US
_COARSE_SECONDS = 900
_COARSE_KEPT_US = 2 * DAY_US
_DAILY_KEPT_US = 45 * DAY_US


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """What a backfill added, by table, and how long it took."""

    added: dict[Table, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Days:
    """Daily bars and settlements still to be written, from `first` up to, not including, `end`."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Snapshots:
    """Instants whose option chains are still to be written."""

    at_us: tuple[int, ...]


class SimulatedRecording:
    """Puts a simulated market on record. Its methods block: call them off the event loop.

    The present comes first; what is missing of the past is then written piece by piece, the nearest
    first, each piece an atomic write. What is stored decides what is missing, so a run that was cut
    short is completed by the next.
    """

    def __init__(self, market: SimulatedMarket, recorder: Recorder, retention: Retention) -> None:
        self._market = market
        self._recorder = recorder
        self._retention = retention
        self._listed: set[str] = set()
        self._past: deque[_Days | _Snapshots] = deque()
        self._next_minute: int | None = None
        self._next_day = 0
        self._quotes_us = 0
        self._options_us = 0
        self._thinned_us = 0

    @property
    def is_behind(self) -> bool:
        """Whether some of the past is still to be written."""
        return bool(self._past)

    def backfill(self, until: datetime) -> BackfillReport:
        """Write the present and whatever of the kept past up to `until` is missing."""
        began = time.perf_counter()
        added = Counter(self.beat(until))
        while self._past:
            added.update(self._write_past())
        return BackfillReport(dict(added), time.perf_counter() - began)

    def beat(self, now: datetime) -> dict[Table, int]:
        """Write what has become due and a piece of the missing past; return what was added, by table."""
        now_us = instant_us(now) // BEAT_US * BEAT_US
        if self._next_minute is None:
            self._find_gaps(now_us)
        # A clock that was set back comes by again: what is stored already is not stored twice.
        added = Counter(self._write_present(now_us) if now_us != self._quotes_us else {})
        if self._past:
            added.update(self._write_past())
        if not 0 <= now_us - self._thinned_us < _THIN_EVERY_US:
            self._thin(now_us)
        return dict(added)

    def _find_gaps(self, now_us: int) -> None:
        today = now_us // DAY_US
        days = self._missing(Table.BARS, range(today - HISTORY_DAYS, today), BarInterval.DAY)
        self._past.extend(reversed([_Days(first, end) for first, end in _runs(days)]))
        midnights = self._missing(Table.OPTION_SNAPSHOTS, range(today - SNAPSHOT_DAYS, today + 1), None)
        instants = [day * DAY_US for day in reversed(midnights)]
        for start in range(0, len(instants), _SNAPSHOTS_AT_ONCE):
            self._past.append(_Snapshots(tuple(instants[start : start + _SNAPSHOTS_AT_ONCE])))
        newest = self._retention.newest(Table.BARS, SOURCE, BarInterval.MINUTE)
        self._next_minute = instant_us(newest) // MINUTE_US + 1 if newest else 0
        self._next_day = today

    def _missing(self, table: Table, days: range, interval: BarInterval | None) -> list[int]:
        instants = [us_instant(day * DAY_US) for day in days]
        stored = self._retention.stored_among(table, SOURCE, instants, interval)
        return [day for day, at in zip(days, instants, strict=True) if at not in stored]

    def _write_present(self, now_us: int) -> dict[Table, int]:
        assert self._next_minute is not None
        today, minute = now_us // DAY_US, now_us // MINUTE_US
        options_us = now_us // OPTIONS_BEAT_US * OPTIONS_BEAT_US
        with self._recorder.transaction() as write:
            piece = _Piece(self._market, write, self._listed)
            piece.add_days(max(self._next_day, today - HISTORY_DAYS), today)
            piece.add_minutes(max(self._next_minute, minute - MINUTES_KEPT), minute)
            piece.add_quotes(now_us)
            added = piece.commit()
        self._next_day, self._next_minute, self._quotes_us = today, minute, now_us
        if options_us != self._options_us:
            added.update(self._write_snapshots((options_us,)))
            self._options_us = options_us
        return added

    def _write_past(self) -> dict[Table, int]:
        piece = self._past[0]
        if isinstance(piece, _Snapshots):
            added = self._write_snapshots(piece.at_us)
        else:
            with self._recorder.transaction() as write:
                days = _Piece(self._market, write, self._listed)
                days.add_days(piece.first, piece.end)
                added = days.commit()
        self._past.popleft()
        return added

    def _write_snapshots(self, instants: tuple[int, ...]) -> Counter[Table]:
        with self._recorder.transaction() as write:
            piece = _Piece(self._market, write, self._listed)
            for at_us in instants:
                piece.add_chains(at_us)
            return piece.commit()

    def _thin(self, now_us: int) -> None:
        """Thin out what has grown old; see the module's own words for what stays."""
        self._thinned_us = now_us
        old, oldest = us_instant(now_us - _COARSE_KEPT_US), us_instant(now_us - _DAILY_KEPT_US)
        for table, dense_us in (
            (Table.QUOTES, _DENSE_QUOTES_US),
            (Table.OPTION_SNAPSHOTS, _DENSE_OPTIONS_US),
        ):
            dense = us_instant(now_us - dense_us)
            self._retention.thin(table, SOURCE, before=dense, keep_every_seconds=_COARSE_SECONDS)
            self._retention.thin(table, SOURCE, before=old, keep_every_seconds=86_400)
            self._retention.thin(table, SOURCE, before=oldest, keep_every_seconds=None)
        minutes = us_instant(now_us - MINUTES_KEPT * MINUTE_US)
        self._retention.thin(
            Table.BARS, SOURCE, before=minutes, keep_every_seconds=None, interval=BarInterval.MINUTE
        )


class _Piece:
    """Rows of one atomic write, with the instruments they name that `listed` does not know yet."""

    def __init__(self, market: SimulatedMarket, write: WriteTransaction, listed: set[str]) -> None:
        self._market = market
        self._write = write
        self._listed = listed
        self._fresh: dict[str, Instrument] = {}

    def add_days(self, first: int, end: int) -> None:
        """Add bars and settlements of the days from `first` up to, not including, `end`."""
        if first >= end:
            return
        for profile in self._market.exchange.profiles:
            minutes = (end - first + 1) * MINUTES_A_DAY
            paths = paths_of(self._market, profile, (first - 1) * MINUTES_A_DAY, minutes)
            days = [day_bars(self._market, profile, paths, day) for day in range(first - 1, end)]
            self._name(each for bars in days[1:] for each in bars.instruments)
            self._write.stage(Table.BARS, bar_rows(days[1:], BarInterval.DAY))
            self._write.stage(Table.SETTLEMENTS, settlement_rows(days))

    def add_minutes(self, first: int, end: int) -> None:
        """Add one-minute bars of the minutes from `first` up to, not including, `end`."""
        if first >= end:
            return
        for profile in self._market.exchange.profiles:
            paths = paths_of(self._market, profile, first, end - first)
            parts = [minute_bars(self._market, profile, paths, *span) for span in _by_day(first, end)]
            self._name(each for bars in parts for each in bars.instruments)
            self._write.stage(Table.BARS, bar_rows(parts, BarInterval.MINUTE))

    def add_quotes(self, at_us: int) -> None:
        """Add quotes of every future, index and perpetual."""
        state = self._market.state_at_us(at_us, options=False)
        for book in state.futures.values():
            self._name(book.instruments)
        self._write.stage(Table.QUOTES, quote_rows(state))

    def add_chains(self, at_us: int) -> None:
        """Add every option chain, and the futures' quotes of the same instant."""
        state = self._market.state_at_us(at_us)
        for book in state.futures.values():
            self._name(book.instruments)
        for chain in (chain for series in state.options.values() for chain in series):
            self._name(chain.instruments)
        self._write.stage(Table.QUOTES, quote_rows(state))
        self._write.stage(Table.OPTION_SNAPSHOTS, option_rows(state))

    def commit(self) -> Counter[Table]:
        """Write, and return how many rows of each table are new."""
        if self._fresh:
            self._write.stage(Table.INSTRUMENTS, instrument_rows(self._fresh.values()))
        report = self._write.commit()
        self._listed.update(self._fresh)
        return Counter({table: count.added for table, count in report.tables.items()})

    def _name(self, instruments: Iterable[Instrument]) -> None:
        self._fresh.update((each.symbol, each) for each in instruments if each.symbol not in self._listed)


def _runs(days: list[int]) -> Iterable[tuple[int, int]]:
    """Join consecutive days into spans of bounded length; yield first and end."""
    start = 0
    for i in range(1, len(days) + 1):
        if i == len(days) or days[i] != days[i - 1] + 1 or i - start == _DAYS_AT_ONCE:
            yield days[start], days[i - 1] + 1
            start = i


def _by_day(first: int, end: int) -> Iterable[tuple[int, int]]:
    """Cut a span of minutes at midnights; yield first minute and count."""
    while first < end:
        count = min(end, (first // MINUTES_A_DAY + 1) * MINUTES_A_DAY) - first
        yield first, count
        first += count
