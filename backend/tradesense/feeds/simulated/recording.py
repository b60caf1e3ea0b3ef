"""Writes the simulated market into the store: a past for a fresh start, a gap after a pause, live beats.

Every row is a function of (seed, instant) on a fixed grid, so writing twice adds nothing. What is kept
is bounded: a year of days, two days of minutes, a snapshot a day for a month, the last minutes densely.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tradesense.feeds.simulated.bars import MINUTES_A_DAY, day_bars, minute_bars, paths_of
from tradesense.feeds.simulated.listing import SOURCE, instant_us, us_instant
from tradesense.feeds.simulated.market import BEAT_US, MarketState, SimulatedMarket
from tradesense.feeds.simulated.noise import DAY_US, MINUTE_US
from tradesense.feeds.simulated.rows import (
    bar_rows,
    instrument_rows,
    option_rows,
    quote_rows,
    settlement_rows,
)
from tradesense.instruments import Instrument
from tradesense.market import BarInterval, Recorder, Retention, Table, WriteTransaction

OPTIONS_BEAT_US = 10_000_000
HISTORY_DAYS = 400
MINUTES_KEPT = 2 * MINUTES_A_DAY
SNAPSHOT_DAYS = 30

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


class SimulatedRecording:
    """Puts a simulated market on record. Its methods block: call them off the event loop."""

    def __init__(self, market: SimulatedMarket, recorder: Recorder, retention: Retention) -> None:
        self._market = market
        self._recorder = recorder
        self._retention = retention
        self._listed: set[str] = set()
        self._next_minute: int | None = None
        self._next_day = 0
        self._options_us = 0
        self._quotes_us = 0
        self._thinned_us = 0

    def backfill(self, until: datetime) -> BackfillReport:
        """Write, as one atomic write, whatever of the kept past up to `until` is missing."""
        began = time.perf_counter()
        now_us = instant_us(until) // BEAT_US * BEAT_US
        today = now_us // DAY_US
        first_day = max(today - HISTORY_DAYS, self._day_after(BarInterval.DAY))
        last_minute = now_us // MINUTE_US
        first_minute = max(last_minute - MINUTES_KEPT, self._minute_after())
        with self._recorder.transaction() as write:
            self._write_days(write, first_day, today)
            self._write_minutes(write, first_minute, last_minute)
            for at_us in self._missing_snapshots(now_us):
                self._write_state(write, self._market.state_at_us(at_us), options=True)
            report = write.commit()
        self._next_day, self._next_minute = today, last_minute
        self._quotes_us = self._options_us = now_us
        added = {table: count.added for table, count in report.tables.items()}
        return BackfillReport(added, time.perf_counter() - began)

    def beat(self, now: datetime) -> int:
        """Write what has become due since the last call and return how many rows that added.

        The first call fills the gap before it as `backfill` does.
        """
        if self._next_minute is None:
            return sum(self.backfill(now).added.values())
        now_us = instant_us(now) // BEAT_US * BEAT_US
        if now_us <= self._quotes_us:
            return 0
        today, minute = now_us // DAY_US, now_us // MINUTE_US
        options_us = now_us // OPTIONS_BEAT_US * OPTIONS_BEAT_US
        with self._recorder.transaction() as write:
            self._write_days(write, max(self._next_day, today - HISTORY_DAYS), today)
            self._write_minutes(write, max(self._next_minute, minute - MINUTES_KEPT), minute)
            if options_us > self._options_us:
                self._write_state(write, self._market.state_at_us(options_us), options=True)
            if options_us < now_us:
                self._write_state(write, self._market.state_at_us(now_us, options=False), options=False)
            report = write.commit()
        self._next_day, self._next_minute, self._quotes_us = today, minute, now_us
        self._options_us = max(self._options_us, options_us)
        if now_us - self._thinned_us >= _THIN_EVERY_US:
            self._thin(now_us)
        return sum(count.added for count in report.tables.values())

    def _write_days(self, write: WriteTransaction, first: int, end: int) -> None:
        """Stage bars and settlements of the days from `first` up to, not including, `end`."""
        if first >= end:
            return
        for profile in self._market.exchange.profiles:
            paths = paths_of(
                self._market, profile, (first - 1) * MINUTES_A_DAY, (end - first + 1) * MINUTES_A_DAY
            )
            days = [day_bars(self._market, profile, paths, day) for day in range(first - 1, end)]
            self._list(write, (each for bars in days[1:] for each in bars.instruments))
            write.stage(Table.BARS, bar_rows(days[1:], BarInterval.DAY))
            write.stage(Table.SETTLEMENTS, settlement_rows(days))

    def _write_minutes(self, write: WriteTransaction, first: int, end: int) -> None:
        """Stage one-minute bars of the minutes from `first` up to, not including, `end`."""
        if first >= end:
            return
        for profile in self._market.exchange.profiles:
            paths = paths_of(self._market, profile, first, end - first)
            parts = [minute_bars(self._market, profile, paths, *span) for span in _by_day(first, end)]
            self._list(write, (each for bars in parts for each in bars.instruments))
            write.stage(Table.BARS, bar_rows(parts, BarInterval.MINUTE))

    def _write_state(self, write: WriteTransaction, state: MarketState, *, options: bool) -> None:
        for book in state.futures.values():
            self._list(write, book.instruments)
        write.stage(Table.QUOTES, quote_rows(state))
        if options:
            for chain in (chain for series in state.options.values() for chain in series):
                self._list(write, chain.instruments)
            write.stage(Table.OPTION_SNAPSHOTS, option_rows(state))

    def _list(self, write: WriteTransaction, instruments: Iterable[Instrument]) -> None:
        fresh = {each.symbol: each for each in instruments if each.symbol not in self._listed}
        if fresh:
            self._listed.update(fresh)
            write.stage(Table.INSTRUMENTS, instrument_rows(fresh.values()))

    def _missing_snapshots(self, now_us: int) -> list[int]:
        """Return the instants of daily snapshots since the newest kept, and now."""
        newest = self._retention.newest(Table.OPTION_SNAPSHOTS, SOURCE)
        known_us = instant_us(newest) if newest else 0
        today = now_us // DAY_US
        midnights = (day * DAY_US for day in range(today - SNAPSHOT_DAYS, today + 1))
        return [*(at_us for at_us in midnights if known_us < at_us < now_us), now_us]

    def _day_after(self, interval: BarInterval) -> int:
        newest = self._retention.newest(Table.BARS, SOURCE, interval)
        return instant_us(newest) // DAY_US + 1 if newest else 0

    def _minute_after(self) -> int:
        newest = self._retention.newest(Table.BARS, SOURCE, BarInterval.MINUTE)
        return instant_us(newest) // MINUTE_US + 1 if newest else 0

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


def _by_day(first: int, end: int) -> Iterable[tuple[int, int]]:
    """Cut a span of minutes at midnights; yield first minute and count."""
    while first < end:
        count = min(end, (first // MINUTES_A_DAY + 1) * MINUTES_A_DAY) - first
        yield first, count
        first += count
