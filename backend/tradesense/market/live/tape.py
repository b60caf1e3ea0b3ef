"""Puts what feeds say on record: one writer, about once a second, every write whole or not at all.

Recorded are every quote of a future, perpetual or index, of each option the newest every few seconds, and
bars made of the quotes. What cannot be written is kept and tried again; what no longer fits into the memory
set aside for it is thinned to the newest of each contract, and counted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.instruments import Instrument, Kind
from tradesense.market.live.bars import LIVE_INTERVALS, Bar, BarBuilder, Ticks, price_of
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.intake import Taken
from tradesense.market.live.quotes import OPTION_COLUMNS, QUOTE_COLUMNS, Floats, Ints
from tradesense.market.recorder import Recorder
from tradesense.market.tables import SCHEMAS, BarInterval, Table

EVERY_SECONDS: Final = 1.0
MOST_ROWS: Final = 500_000
_LONGEST_PAUSE_SECONDS = 30.0

_log = logging.getLogger("tradesense.market")


@dataclass(slots=True)
class TapeCounts:
    """What the tape did since it was made."""

    written: int = 0
    thinned: int = 0
    failures: int = 0


@dataclass(slots=True)
class _Quotes:
    """Quotes of one source that wait to be written, in pieces as they came."""

    symbols: list[str]
    ts_us: Ints
    seq: Ints
    columns: Mapping[str, Floats]


@dataclass(slots=True)
class _Option:
    """The newest quote of one option, and when one of it was last on record."""

    instrument: Instrument
    ts_us: int
    seq: int
    values: tuple[float, ...]
    kept_us: int = 0
    is_new: bool = True


@dataclass(slots=True)
class _Waiting:
    """Everything of one source that is not on record yet."""

    instruments: dict[str, Instrument] = field(default_factory=dict)
    quotes: list[_Quotes] = field(default_factory=list)
    bars: dict[BarInterval, list[Bar]] = field(default_factory=dict)
    options: list[_Option] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(len(each.symbols) for each in self.quotes)

    @property
    def is_empty(self) -> bool:
        return not (self.instruments or self.quotes or self.options or any(self.bars.values()))

    def put_back(self, earlier: _Waiting) -> None:
        """Take again what could not be written, before what came since."""
        self.instruments = {**earlier.instruments, **self.instruments}
        self.quotes = [*earlier.quotes, *self.quotes]
        for interval, bars in earlier.bars.items():
            self.bars[interval] = [*bars, *self.bars.get(interval, ())]


class _Source:
    def __init__(self, began_us: int) -> None:
        self.began_us = began_us
        self.listed: dict[str, Instrument] = {}
        self.waiting = _Waiting()
        self.options: dict[str, _Option] = {}
        self.builders = {interval: BarBuilder(interval) for interval in LIVE_INTERVALS}


class Tape:
    """Follows the intake (`intake.Follower`); `run` writes. `is_recorded` says of which sources."""

    def __init__(
        self,
        recorder: Recorder,
        clock: Clock,
        *,
        is_recorded: Callable[[str], bool],
        options_seconds: float = 10.0,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self.counts = TapeCounts()
        self._recorder = recorder
        self._clock = clock
        self._is_recorded = is_recorded
        self._options_us = int(options_seconds * 1e6)
        self._most_rows = most_rows
        self._sources: dict[str, _Source] = {}
        self._writing = asyncio.Lock()

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
            if option is not None and option.is_new:
                known.waiting.options.append(option)

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

    async def flush(self, *, everything: bool = False) -> int:
        """Write what waits and return how many rows are new; with `everything` every option's newest too.

        Raises what the store raises; then nothing is lost.
        """
        async with self._writing:
            now_us = microseconds_of(self._clock.now())
            written = 0
            for source, known in self._sources.items():
                written += await self._flush(source, known, now_us, everything=everything)
            return written

    async def _flush(self, source: str, known: _Source, now_us: int, *, everything: bool) -> int:
        for interval, builder in known.builders.items():
            # Of a bar that began before we listened nobody knows the beginning.
            closed = [bar for bar in builder.close(now_us) if bar.start_us >= known.began_us]
            if closed:
                known.waiting.bars.setdefault(interval, []).extend(closed)
        due = [each for each in known.options.values() if self._is_due(each, now_us, everything=everything)]
        work, known.waiting = known.waiting, _Waiting()
        work.options.extend(due)
        if work.is_empty:
            return 0
        kept = {id(each): (each.ts_us, each.seq) for each in due}
        tables = await asyncio.to_thread(_tables, source, work)
        try:
            added = await _seen_through(asyncio.to_thread(self._write, tables))
        except BaseException:
            self.counts.failures += 1
            gone = [each for each in work.options if id(each) not in kept]
            known.waiting.put_back(work)
            known.waiting.options.extend(gone)
            self._bound(known)
            raise
        for each in due:
            each.kept_us, each.is_new = now_us, (each.ts_us, each.seq) != kept[id(each)]
        self.counts.written += added
        return added

    def _is_due(self, option: _Option, now_us: int, *, everything: bool) -> bool:
        return option.is_new and (everything or not 0 <= now_us - option.kept_us < self._options_us)

    def _write(self, tables: Mapping[Table, Sequence[pa.Table]]) -> int:
        with self._recorder.transaction() as write:
            for table, parts in tables.items():
                for rows in parts:
                    write.stage(table, rows)
            report = write.commit()
        return sum(count.added for count in report.tables.values())

    def _take_options(self, known: _Source, taken: Taken, rows: Sequence[int]) -> None:
        batch = taken.batch
        given = [batch.columns.get(name) for name in OPTION_COLUMNS]
        for row in rows:
            symbol = batch.symbols[row]
            key = int(batch.ts_us[row]), int(batch.seq[row])
            option = known.options.get(symbol)
            if option is not None and key <= (option.ts_us, option.seq):
                continue
            values = tuple(np.nan if column is None else float(column[row]) for column in given)
            if option is None:
                known.options[symbol] = _Option(known.listed[symbol], *key, values)
            else:
                option.ts_us, option.seq, option.values, option.is_new = *key, values, True

    def _take_quotes(self, known: _Source, taken: Taken, rows: Sequence[int]) -> None:
        batch, at = taken.batch, np.array(rows, np.intp)
        missing = np.full(at.size, np.nan)
        columns = {
            name: batch.columns[name][at] if name in batch.columns else missing for name in QUOTE_COLUMNS
        }
        symbols = [batch.symbols[row] for row in rows]
        known.waiting.quotes.append(_Quotes(symbols, batch.ts_us[at], batch.seq[at], columns))
        price = price_of(columns["bid"], columns["ask"], columns["last"], columns["mark"])
        ticks = Ticks(
            symbols, batch.ts_us[at], batch.seq[at], price, columns["volume"], columns["open_interest"]
        )
        for builder in known.builders.values():
            builder.add(ticks)
        self._bound(known)

    def _bound(self, known: _Source) -> None:
        """Keep the newest quote of each contract where there is no room for all."""
        rows = known.waiting.rows
        if rows <= self._most_rows:
            return
        joined = _joined(known.waiting.quotes)
        order = np.lexsort((joined.seq, joined.ts_us, np.array(joined.symbols)))
        names = np.array(joined.symbols, dtype=object)[order]
        newest = order[np.append(names[1:] != names[:-1], True)]
        known.waiting.quotes = [
            _Quotes(
                [joined.symbols[row] for row in newest.tolist()],
                joined.ts_us[newest],
                joined.seq[newest],
                {name: column[newest] for name, column in joined.columns.items()},
            )
        ]
        self.counts.thinned += rows - newest.size
        _log.warning("quotes were thinned: they could not be written in time", extra={"rows": rows})


def _joined(parts: Sequence[_Quotes]) -> _Quotes:
    return _Quotes(
        [symbol for part in parts for symbol in part.symbols],
        np.concatenate([part.ts_us for part in parts]),
        np.concatenate([part.seq for part in parts]),
        {name: np.concatenate([part.columns[name] for part in parts]) for name in QUOTE_COLUMNS},
    )


def _tables(source: str, work: _Waiting) -> dict[Table, list[pa.Table]]:
    tables: dict[Table, list[pa.Table]] = {}
    if work.instruments:
        tables[Table.INSTRUMENTS] = [instrument_rows(work.instruments.values())]
    if work.quotes:
        tables[Table.QUOTES] = [_quote_rows(source, _joined(work.quotes))]
    if work.options:
        tables[Table.OPTION_SNAPSHOTS] = [_option_rows(source, work.options)]
    bars = [_bar_rows(source, interval, bars) for interval, bars in work.bars.items() if bars]
    if bars:
        tables[Table.BARS] = bars
    return tables


def instrument_rows(instruments: Iterable[Instrument]) -> pa.Table:
    """Return rows of `instruments`."""
    listed = list(instruments)
    schema = SCHEMAS[Table.INSTRUMENTS]
    return pa.table(
        {name: [_stored(getattr(each, name)) for each in listed] for name in schema.names}, schema=schema
    )


def _stored(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _quote_rows(source: str, quotes: _Quotes) -> pa.Table:
    return _rows(
        Table.QUOTES,
        {
            "source": pa.repeat(source, len(quotes.symbols)),
            "symbol": quotes.symbols,
            "ts": _times(quotes.ts_us),
            "seq": quotes.seq,
            **{name: _numbers(column) for name, column in quotes.columns.items()},
        },
    )


def _option_rows(source: str, options: Sequence[_Option]) -> pa.Table:
    values = np.array([each.values for each in options]).reshape(len(options), len(OPTION_COLUMNS))
    instruments = [each.instrument for each in options]
    expiries: list[date | None] = [each.expiry for each in instruments]
    return _rows(
        Table.OPTION_SNAPSHOTS,
        {
            "source": pa.repeat(source, len(options)),
            "root": [each.root for each in instruments],
            "expiry": expiries,
            "symbol": [each.symbol for each in instruments],
            "strike": [each.strike for each in instruments],
            "right": [each.right for each in instruments],
            "ts": _times(np.array([each.ts_us for each in options], np.int64)),
            "seq": [each.seq for each in options],
            "underlying_kind": [_kind_of(each) for each in options],
            **{name: _numbers(values[:, place]) for place, name in enumerate(OPTION_COLUMNS)},
        },
    )


_UNDERLYING: Final = OPTION_COLUMNS.index("underlying_price")


def _kind_of(option: _Option) -> str | None:
    return "forward" if np.isfinite(option.values[_UNDERLYING]) else None


def _bar_rows(source: str, interval: BarInterval, bars: Sequence[Bar]) -> pa.Table:
    return _rows(
        Table.BARS,
        {
            "source": pa.repeat(source, len(bars)),
            "symbol": [each.symbol for each in bars],
            "interval": pa.repeat(interval.value, len(bars)),
            "ts": _times(np.array([each.start_us for each in bars], np.int64)),
            **{
                name: [getattr(each, name) for each in bars]
                for name in ("open", "high", "low", "close", "volume", "open_interest")
            },
        },
    )


def _rows(table: Table, columns: Mapping[str, Any]) -> pa.Table:
    schema = pa.schema([field for field in SCHEMAS[table] if field.name in columns])
    return pa.table(dict(columns), schema=schema)


def _times(at_us: Ints) -> pa.Array[Any]:
    return pa.array(at_us, pa.int64()).cast(pa.timestamp("us"))


def _numbers(values: Floats) -> pa.Array[Any]:
    return pa.array(values, pa.float64(), from_pandas=True)


async def _seen_through(writing: Any) -> int:
    """Wait for a write even where we are told to stop: half of it is no good to anybody."""
    task = asyncio.ensure_future(writing)
    try:
        return int(await asyncio.shield(task))
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
