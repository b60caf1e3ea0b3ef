"""Continuous series: one long history of a product made of its contracts, with the rolls between them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import anyio.to_thread
import pyarrow as pa

from tradesense.base.errors import Invalid
from tradesense.instruments import ContractSpec, SpecBook, parse_symbol
from tradesense.market.futures.errors import NoData
from tradesense.market.futures.rolls import (
    Adjust,
    Roll,
    RollRule,
    held_contracts,
    rank_behind,
    rolls_of,
    shifts_of,
)
from tradesense.market.futures.rolls_panel import DailyPanel, load_panel, session_start
from tradesense.market.futures.rolls_rows import (
    SCHEMA,
    Stretch,
    Window,
    daily_rows,
    resample,
    shifted,
    since,
    stitch,
    stretches_of,
)
from tradesense.market.futures.series import MOST_SLOTS, SeriesService, days_of
from tradesense.market.history import Coverage, Reader, pick_source
from tradesense.market.history.bars import fetch_bar_bases
from tradesense.market.history.continuous import (
    FutureRow,
    fetch_all_futures,
    fetch_future_coverage,
    fetch_stitched,
    fetch_stitched_coverage,
)
from tradesense.market.tables import BarInterval

MONTH_CODES = "FGHJKMNQUVXZ"
_SLACK = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Question:
    """Which series is wanted. `months` limits the contracts held to those delivery months."""

    root: str
    rule: RollRule = RollRule.CALENDAR
    adjust: Adjust = Adjust.NONE
    rank: int = 1
    interval: BarInterval | None = None
    roll_days: int = 5
    months: str = MONTH_CODES


@dataclass(frozen=True, slots=True)
class Continuous:
    """A series, oldest first, and every roll up to `as_of`; without `interval` at the source's own times."""

    rows: pa.Table
    rolls: Sequence[Roll]
    source: str
    interval: BarInterval | None
    as_of: datetime
    truncated: bool


@dataclass(frozen=True, slots=True)
class _RolledOver:
    rolls: Sequence[Roll]
    daily: pa.Table
    stretches: Sequence[Stretch]


class ContinuousService:
    """Answers from what is stored; nothing later than `as_of` (or now) is seen, or decides a roll."""

    def __init__(self, reader: Reader, specs: SpecBook) -> None:
        self._reader = reader
        self._specs = specs

    async def get_continuous(
        self,
        question: Question,
        *,
        start: datetime | None,
        end: datetime | None,
        limit: int,
        as_of: datetime | None,
        source: str | None,
    ) -> Continuous:
        """Return a series with start ≤ ts < end: the first `limit` rows, or the last where no start is given.

        The newest contract's prices are never shifted, whatever the range asked for. Raises `NoData`;
        `Invalid` for a rank other than 1 of a source's own series.
        """
        at = self._reader.instant(as_of)
        window = Window(start, _just_after(at) if end is None else min(end, _just_after(at)), limit)
        if question.rule is RollRule.SOURCE:
            return await self._stitched(question, window, at, as_of, source)
        return await self._rolled(question, window, at, as_of, source)

    async def _stitched(
        self, question: Question, window: Window, at: datetime, as_of: datetime | None, source: str | None
    ) -> Continuous:
        if question.rank != 1:
            raise Invalid("A source's own series has rank 1 only.", code="no_such_rank", field="query.rank")
        spans = await fetch_stitched_coverage(self._reader, question.root)
        chosen = _choose(spans, at, as_of, source, f"a series of {question.root} rolled by its source")
        stored = await fetch_stitched(self._reader, source=chosen, root=question.root, at=at)

        def work() -> Continuous:
            rows, rolls = stitch(stored, question.adjust)
            if question.interval is not None:
                rows = resample(rows, question.interval)
            kept, truncated = window.crop(rows)
            return Continuous(kept, rolls, chosen, question.interval, at, truncated)

        return await anyio.to_thread.run_sync(work)

    async def _rolled(
        self, question: Question, window: Window, at: datetime, as_of: datetime | None, source: str | None
    ) -> Continuous:
        spans = await fetch_future_coverage(self._reader, question.root)
        if not spans and await fetch_stitched_coverage(self._reader, question.root):
            raise NoData(
                f"Of {question.root} there is only a series rolled by its source: ask with roll=source."
            )
        chosen = _choose(spans, at, as_of, source, f"futures of {question.root}")
        futures = await fetch_all_futures(self._reader, source=chosen, root=question.root, at=at)
        futures = [each for each in futures if _delivery_code(each) in question.months]
        if not futures:
            raise NoData(f"No contract of {question.root} delivers in the months {question.months}.")
        spec = self._specs.find(question.root, chosen)
        daily = await load_panel(self._reader, spec, chosen, futures, at=at, roll_days=question.roll_days)
        series = await anyio.to_thread.run_sync(_roll_over, question, days_of(spec, chosen), daily)
        interval = question.interval or BarInterval.DAY
        if interval is BarInterval.DAY:
            rows, truncated = window.crop(series.daily)
        else:
            rows, truncated = await self._bars(series.stretches, interval, window, at, chosen)
        return Continuous(rows, series.rolls, chosen, interval, at, truncated)

    async def _bars(
        self,
        stretches: Sequence[Stretch],
        interval: BarInterval,
        window: Window,
        at: datetime,
        source: str,
    ) -> tuple[pa.Table, bool]:
        parts: list[pa.Table] = []
        missing = window.limit + 1
        forward = window.start is not None
        for stretch in stretches if forward else reversed(stretches):
            start = _latest(window.start, stretch.start)
            end = window.end if stretch.end is None else min(window.end, stretch.end)
            if missing <= 0 or (start is not None and start >= end):
                continue
            found = await self._bars_of(stretch, interval, start, end, missing, at, source, forward=forward)
            parts.append(found)
            missing -= found.num_rows
        parts = parts if forward else parts[::-1]
        rows = pa.concat_tables([SCHEMA.empty_table(), *parts])
        extra = max(0, rows.num_rows - window.limit)
        return rows.slice(0 if forward else extra, window.limit), extra > 0

    async def _bars_of(
        self,
        stretch: Stretch,
        interval: BarInterval,
        start: datetime | None,
        end: datetime,
        limit: int,
        at: datetime,
        source: str,
        *,
        forward: bool,
    ) -> pa.Table:
        bases = await fetch_bar_bases(self._reader, source=source, symbol=stretch.symbol)
        if not bases:
            return SCHEMA.empty_table()
        series = SeriesService(self._reader, self._specs)
        parts: list[pa.Table] = []
        reached = _latest(start, min(base.first_ts for base in bases) - _SLACK) if forward else None
        end = min(end, max(base.last_ts for base in bases) + _SLACK)
        while limit > 0 and (reached is None or reached < end):
            until = end if reached is None else min(end, reached + interval.length * MOST_SLOTS)
            with suppress(NoData):
                found = await series.get_bars(
                    stretch.symbol, interval, start=reached, end=until, limit=limit, as_of=at, source=source
                )
                parts.append(found.rows)
                limit -= found.rows.num_rows
            if reached is None:
                break
            reached = until
        if not parts:
            return SCHEMA.empty_table()
        return shifted(since(pa.concat_tables(parts), start), stretch)


def _roll_over(question: Question, spec: ContractSpec | None, daily: DailyPanel) -> _RolledOver:
    front, reasons = held_contracts(daily.panel, question.rule)
    held = rank_behind(daily.panel, front, question.rank)
    rolls = [
        replace(roll, at=session_start(spec, roll.day), priced_at=_closing(spec, roll.priced_on))
        for roll in rolls_of(daily.panel, held, reasons)
    ]
    shifts = shifts_of(rolls, question.adjust)
    rows = daily_rows(daily, held, rolls, shifts)
    return _RolledOver(rolls, rows, stretches_of(daily, held, rolls, shifts))


def _choose(
    spans: Sequence[Coverage], at: datetime, as_of: datetime | None, source: str | None, what: str
) -> str:
    known = [each for each in spans if source in (None, each.source) and each.first_ts <= at]
    chosen = pick_source(known, as_of)
    if chosen is None:
        raise NoData(f"There are no {what}" + (f" from {source}" if source else "") + " by then.")
    return chosen


def _delivery_code(future: FutureRow) -> str:
    month = parse_symbol(future.symbol).month or future.expiry.month
    return MONTH_CODES[month - 1]


def _closing(spec: ContractSpec | None, day: date | None) -> datetime | None:
    if day is None:
        return None
    following = day + timedelta(days=1)
    return session_start(spec, following)


def _latest(*instants: datetime | None) -> datetime | None:
    return max((each for each in instants if each is not None), default=None)


def _just_after(at: datetime) -> datetime:
    return at + timedelta(microseconds=1)
