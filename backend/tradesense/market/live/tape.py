"""Puts what feeds say on record: one writer, about once a second, every write whole or not at all.

Recorded are every quote of a future, perpetual or index, of each option the newest every few seconds, and
the bars that `live_bars` makes of the quotes. What cannot be written is kept and tried again; what no longer
fits into the memory set aside for it is thinned to the newest of each contract, and counted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Final

import numpy as np
import pyarrow as pa

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.tasks import seen_through
from tradesense.instruments import Instrument, Kind
from tradesense.market.live.bars import Bar
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.intake import Taken
from tradesense.market.live.live_bars import LiveBars
from tradesense.market.live.quotes import OPTION_COLUMNS, QUOTE_COLUMNS
from tradesense.market.live.tape_rows import (
    OptionQuote,
    Quotes,
    bar_table,
    joined,
    option_table,
    quote_table,
)
from tradesense.market.recorder import Recorder
from tradesense.market.rows import instrument_rows
from tradesense.market.tables import BarInterval, Table

EVERY_SECONDS: Final = 1.0
MOST_ROWS: Final = 500_000
LAST_WRITE_SECONDS: Final = 10.0
"""So long a write under way is waited for by who stops, and so long the last one may take."""

_LONGEST_PAUSE_SECONDS = 30.0

_log = logging.getLogger("tradesense.market")


@dataclass(slots=True)
class TapeCounts:
    """What the tape did since it was made; `thinned` quotes and `lost` bars found no room to wait in."""

    written: int = 0
    thinned: int = 0
    lost: int = 0
    failures: int = 0


@dataclass(slots=True)
class _Option:
    """The newest quote of one option, the one last put on record, and when that was."""

    quote: OptionQuote
    kept: OptionQuote | None = None
    kept_us: int = 0


@dataclass(slots=True)
class _Waiting:
    """Everything of one source that is not on record yet; `options` are those that are gone."""

    instruments: dict[str, Instrument] = field(default_factory=dict)
    quotes: list[Quotes] = field(default_factory=list)
    bars: dict[BarInterval, list[Bar]] = field(default_factory=dict)
    options: list[OptionQuote] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(len(each.symbols) for each in self.quotes)

    def put_back(self, earlier: _Waiting) -> None:
        """Take again what could not be written, before what came since."""
        self.instruments = {**earlier.instruments, **self.instruments}
        self.quotes = [*earlier.quotes, *self.quotes]
        self.options = [*earlier.options, *self.options]
        for interval, bars in earlier.bars.items():
            self.bars[interval] = [*bars, *self.bars.get(interval, ())]


class _Source:
    def __init__(self, began_us: int) -> None:
        self.began_us = began_us
        self.listed: dict[str, Instrument] = {}
        self.waiting = _Waiting()
        self.options: dict[str, _Option] = {}


class Tape:
    """Follows the intake (`intake.Follower`), takes bars; `run` writes what `is_recorded` says."""

    def __init__(
        self,
        recorder: Recorder,
        clock: Clock,
        bars: LiveBars,
        *,
        is_recorded: Callable[[str], bool],
        options_seconds: float = 10.0,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self.counts = TapeCounts()
        self._recorder = recorder
        self._clock = clock
        self._bars = bars
        self._is_recorded = is_recorded
        self._options_us = int(options_seconds * 1e6)
        self._most_rows = most_rows
        self._sources: dict[str, _Source] = {}
        self._writing = asyncio.Lock()
        bars.hand_to(self._closed)

    def listed(self, source: str, instruments: Sequence[Instrument]) -> None:
        if self._is_recorded(source):
            known = self._sources.setdefault(source, _Source(microseconds_of(self._clock.now())))
            named = {each.symbol: each for each in instruments}
            known.listed.update(named)
            known.waiting.instruments.update(named)

    def gone(self, source: str, symbols: Sequence[str]) -> None:
        known = self._sources.get(source)
        if known is None:
            return
        for symbol in symbols:
            known.listed.pop(symbol, None)
            option = known.options.pop(symbol, None)
            if option is not None and option.quote is not option.kept:
                known.waiting.options.append(option.quote)

    def taken(self, taken: Taken) -> None:
        known = self._sources.get(taken.batch.source)
        if known is None:
            return
        rows = np.flatnonzero(taken.kept).tolist()
        is_option = [known.listed[taken.batch.symbols[row]].kind is Kind.OPTION for row in rows]
        options = [row for row, is_one in zip(rows, is_option, strict=True) if is_one]
        others = [row for row, is_one in zip(rows, is_option, strict=True) if not is_one]
        if options:
            self._take_options(known, taken, options)
        if others:
            self._take_quotes(known, taken, others)

    def heard(self, source: str) -> None:
        """Nothing to record."""

    def lost(self, source: str, reason: str) -> None:
        """Nothing to record."""

    async def run(self) -> None:
        """Write about once a second until cancelled; after a failure later and later, up to 30 s."""
        pause = EVERY_SECONDS
        while True:
            await asyncio.sleep(pause)
            try:
                await self.flush()
                pause = EVERY_SECONDS
            except Unavailable as reason:
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
                _log.warning("quotes can't be put on record", extra={"reason": reason.code})

    async def finish(self) -> None:
        """Write everything, for the last time; within 10 s or not at all, which the log then tells."""
        last = asyncio.ensure_future(self.flush(everything=True))
        done, _ = await asyncio.wait([last], timeout=LAST_WRITE_SECONDS)
        error = None if not done else last.exception()
        if done and error is None:
            return
        reason = "store_hangs" if not done else getattr(error, "code", type(error).__name__)
        _log.error("the last quotes could not be put on record", extra={"reason": reason})

    async def flush(self, *, everything: bool = False) -> int:
        """Write what waits and return how many rows are new; with `everything` every option's newest too.

        Raises what the store raises; then nothing is lost.
        """
        async with self._writing:
            now_us = microseconds_of(self._clock.now())
            self._bars.close()
            written, failure = 0, None
            # One source may be listed while another is written, and may fail without the others.
            for source, known in list(self._sources.items()):
                try:
                    written += await self._flush(source, known, now_us, everything=everything)
                except Exception as error:
                    failure = failure or error
            if failure is not None:
                raise failure
            return written

    async def _flush(self, source: str, known: _Source, now_us: int, *, everything: bool) -> int:
        due = [each for each in known.options.values() if self._is_due(each, now_us, everything=everything)]
        # Quotes are never changed, only replaced: the thread that writes them sees whole ones.
        quotes = [each.quote for each in due]
        work, known.waiting = known.waiting, _Waiting()
        try:
            writing = asyncio.to_thread(self._write, source, work, quotes)
            added = await seen_through(writing, patience_seconds=LAST_WRITE_SECONDS)
        except BaseException:
            self.counts.failures += 1
            known.waiting.put_back(work)
            self._bound(known)
            raise
        for each, quote in zip(due, quotes, strict=True):
            each.kept, each.kept_us = quote, now_us
        self.counts.written += added
        return added

    def _is_due(self, option: _Option, now_us: int, *, everything: bool) -> bool:
        is_new = option.quote is not option.kept
        return is_new and (everything or not 0 <= now_us - option.kept_us < self._options_us)

    def _write(self, source: str, work: _Waiting, options: Sequence[OptionQuote]) -> int:
        tables: list[tuple[Table, pa.Table]] = []
        if work.instruments:
            tables.append((Table.INSTRUMENTS, instrument_rows(work.instruments.values())))
        if work.quotes:
            tables.append((Table.QUOTES, quote_table(source, joined(work.quotes))))
        if work.options or options:
            tables.append((Table.OPTION_SNAPSHOTS, option_table(source, [*work.options, *options])))
        tables += [
            (Table.BARS, bar_table(source, interval, bars)) for interval, bars in work.bars.items() if bars
        ]
        if not tables:
            return 0
        with self._recorder.transaction() as write:
            for table, rows in tables:
                write.stage(table, rows)
            report = write.commit()
        return sum(count.added for count in report.tables.values())

    def _take_options(self, known: _Source, taken: Taken, rows: Sequence[int]) -> None:
        batch, at = taken.batch, np.array(rows, np.intp)
        given = [
            batch.columns[name][at].tolist() if name in batch.columns else repeat(np.nan, at.size)
            for name in OPTION_COLUMNS
        ]
        symbols = [batch.symbols[row] for row in rows]
        ticks = zip(
            symbols, batch.ts_us[at].tolist(), batch.seq[at].tolist(), zip(*given, strict=True), strict=True
        )
        for symbol, ts_us, seq, values in ticks:
            option = known.options.get(symbol)
            if option is not None and (ts_us, seq) <= (option.quote.ts_us, option.quote.seq):
                continue
            quote = OptionQuote(known.listed[symbol], ts_us, seq, values)
            if option is None:
                known.options[symbol] = _Option(quote)
            else:
                option.quote = quote

    def _take_quotes(self, known: _Source, taken: Taken, rows: Sequence[int]) -> None:
        batch, at = taken.batch, np.array(rows, np.intp)
        missing = np.full(at.size, np.nan)
        columns = {
            name: batch.columns[name][at] if name in batch.columns else missing for name in QUOTE_COLUMNS
        }
        symbols = [batch.symbols[row] for row in rows]
        known.waiting.quotes.append(Quotes(symbols, batch.ts_us[at], batch.seq[at], columns))
        self._bound(known)

    def _closed(self, source: str, interval: BarInterval, bars: Sequence[Bar]) -> None:
        known = self._sources.get(source)
        if known is None:
            return
        # Of a bar that began before we listened nobody knows the beginning.
        whole = [bar for bar in bars if bar.start_us >= known.began_us]
        known.waiting.bars.setdefault(interval, []).extend(whole)
        self._bound(known)

    def _bound(self, known: _Source) -> None:
        """Keep the newest of what there is no room for: a quote of each contract, bars, options gone."""
        waiting = known.waiting
        lists: list[list[Any]] = [*waiting.bars.values(), waiting.options]
        for kept in lists:
            over = len(kept) - self._most_rows
            if over > 0:
                del kept[:over]
                self.counts.lost += over
        rows = waiting.rows
        if rows > self._most_rows:
            waiting.quotes = [joined(waiting.quotes).newest()]
            self.counts.thinned += rows - waiting.rows
            _log.warning("quotes were thinned: they could not be written in time", extra={"rows": rows})
