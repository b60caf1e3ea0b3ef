"""Quotes that somebody sends in: checked one by one, stored, then handed to the live market."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import anyio.to_thread
import numpy as np
import pyarrow as pa

from tradesense.base.clock import Clock
from tradesense.base.errors import AppError, Invalid, Unavailable
from tradesense.base.tasks import seen_through
from tradesense.instruments import Instrument, Kind, SpecBook
from tradesense.market.history import Reader
from tradesense.market.history.sources import is_imported
from tradesense.market.live.feed_states import FeedKind, FeedStates, FeedTerms
from tradesense.market.live.push_schemas import PushAnswer, PushedQuote, RejectedQuote
from tradesense.market.live.quotes import QUOTE_COLUMNS, Intake, QuoteBatch
from tradesense.market.recorder import CommitReport, Recorder
from tradesense.market.rows import instrument_rows
from tradesense.market.tables import Table

MOST_SOURCES: Final = 32
MOST_INSTRUMENTS: Final = 50_000
STALE_AFTER_SECONDS: Final = 60.0
MOST_AHEAD: Final = timedelta(seconds=5)
_MOST_WAITING = 8
_COLUMNS = (*QUOTE_COLUMNS, "underlying_price")
_PRICES = ("bid", "ask", "last", "mark")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class ReservedSource(Invalid):
    """Quotes of that source come from elsewhere."""

    code = "reserved_source"

    def __init__(self, source: str) -> None:
        super().__init__(
            f"{source!r} is the name of a source the program has itself; choose another.", field="body.source"
        )


class TooManySources(Invalid):
    code = "too_many_sources"

    def __init__(self) -> None:
        super().__init__(f"Quotes of at most {MOST_SOURCES} sources are taken.", field="body.source")


class PushBusy(Unavailable):
    code = "push_busy"

    def __init__(self) -> None:
        super().__init__("Too many pushes wait to be stored; send it again in a second.")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A quote that makes sense, and its place in the request."""

    index: int
    instrument: Instrument
    quote: PushedQuote
    ts_us: int


class QuotePush:
    """Takes pushes, one at a time; more than 8 waiting are sent away.

    `specs` is written to from a worker thread and shared with nobody. `reserved` are names no push may use;
    nor may it use that of a source that files were imported of.
    """

    def __init__(
        self,
        recorder: Recorder,
        reader: Reader,
        specs: SpecBook,
        intake: Intake,
        states: FeedStates,
        clock: Clock,
        *,
        reserved: Collection[str],
    ) -> None:
        self._recorder = recorder
        self._reader = reader
        self._specs = specs
        self._intake = intake
        self._states = states
        self._clock = clock
        self._reserved = frozenset(reserved)
        self._known: dict[str, dict[str, Instrument]] = {}
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def push(self, source: str, quotes: Sequence[PushedQuote]) -> PushAnswer:
        """Store what can be so and tell the live market; return once it is on the disk.

        Raises `ReservedSource`, `TooManySources`, `PushBusy`, and what `WriteTransaction.commit` raises.
        """
        if source in self._reserved or await is_imported(self._reader, source):
            raise ReservedSource(source)
        async with self._my_turn():
            known = self._instruments_of(source)
            before = set(known)
            kept, rejected = await anyio.to_thread.run_sync(self._check, source, known, quotes)
            if kept:
                made = [known[symbol] for symbol in known.keys() - before]
                report = await seen_through(self._keep(source, kept, made))
                return PushAnswer(
                    accepted=report.lines_stored, duplicate=report.lines_duplicate, rejected=rejected
                )
        return PushAnswer(accepted=0, duplicate=0, rejected=rejected)

    @asynccontextmanager
    async def _my_turn(self) -> AsyncIterator[None]:
        if self._waiting >= _MOST_WAITING:
            raise PushBusy
        self._waiting += 1
        try:
            async with self._turn:
                yield
        finally:
            self._waiting -= 1

    def _instruments_of(self, source: str) -> dict[str, Instrument]:
        known = self._known.get(source)
        if known is None:
            if len(self._known) >= MOST_SOURCES:
                raise TooManySources
            known = self._known[source] = {}
            terms = FeedTerms(source, f"Pushed quotes: {source}", FeedKind.PUSH, STALE_AFTER_SECONDS)
            self._states.declare(terms, enabled=True)
        return known

    def _check(
        self, source: str, known: dict[str, Instrument], quotes: Sequence[PushedQuote]
    ) -> tuple[list[_Kept], list[RejectedQuote]]:
        latest = self._clock.now() + MOST_AHEAD
        room = MOST_INSTRUMENTS - sum(map(len, self._known.values()))
        kept, rejected = [], []
        for index, quote in enumerate(quotes):
            try:
                instrument = known.get(quote.symbol)
                if instrument is None:
                    instrument = self._specs.describe(quote.symbol, source=source)
                reason = _wrong(quote, instrument, latest)
                if reason is None and quote.symbol not in known:
                    reason = None if room > 0 else "more instruments than are followed"
            except (AppError, ValueError) as error:
                reason = error.detail if isinstance(error, AppError) else "no such contract can be listed"
            if reason is not None:
                rejected.append(RejectedQuote(index=index, reason=reason))
                continue
            assert instrument is not None
            if quote.symbol not in known:
                known[quote.symbol] = instrument
                room -= 1
            kept.append(_Kept(index, instrument, quote, (quote.ts - _EPOCH) // _MICROSECOND))
        return kept, rejected

    def _store(self, kept: Sequence[_Kept], made: Sequence[Instrument]) -> CommitReport:
        options = [each for each in kept if each.instrument.kind is Kind.OPTION]
        others = [each for each in kept if each.instrument.kind is not Kind.OPTION]
        with self._recorder.transaction() as write:
            if made:
                write.stage(Table.INSTRUMENTS, instrument_rows(made))
            if others:
                write.stage(Table.QUOTES, pa.table(_quote_columns(others)))
            if options:
                write.stage(Table.OPTION_SNAPSHOTS, pa.table(self._option_columns(options)))
            return write.commit()

    async def _keep(self, source: str, kept: Sequence[_Kept], made: Sequence[Instrument]) -> CommitReport:
        try:
            report = await asyncio.to_thread(self._store, kept, made)
        except BaseException:
            for each in made:
                self._known[source].pop(each.symbol, None)
            raise
        if made:
            self._intake.listed(source, made)
        self._intake.quoted(_batch(source, kept))
        self._intake.heard(source)
        return report

    def _option_columns(self, kept: Sequence[_Kept]) -> dict[str, object]:
        columns = _quote_columns(kept)
        columns["root"] = [each.instrument.root for each in kept]
        columns["expiry"] = pa.array([each.instrument.expiry for each in kept], pa.date32())
        columns["strike"] = pa.array([each.instrument.strike for each in kept], pa.float64())
        columns["right"] = pa.array([each.instrument.right for each in kept], pa.string())
        columns["underlying_price"] = [each.quote.underlying_price for each in kept]
        columns["underlying_kind"] = pa.array([self._underlying_kind(each) for each in kept], pa.string())
        return columns

    def _underlying_kind(self, kept: _Kept) -> str | None:
        if kept.quote.underlying_price is None:
            return None
        terms = self._specs.get(kept.instrument.root, kept.instrument.source).option_terms()
        return "forward" if terms.on in ("future", "perpetual") else "spot"


def _wrong(quote: PushedQuote, instrument: Instrument, latest: datetime) -> str | None:
    prices = [getattr(quote, name) for name in _PRICES]
    given = [each for each in prices if each is not None]
    if not given:
        return "no price: one of bid, ask, last and mark is needed"
    if instrument.kind is not Kind.FUTURE and min(given) <= 0:
        return "a price of zero or less; leave out what is not known"
    if quote.ts > latest:
        return "its time lies ahead of this machine's clock"
    if instrument.expires_at is not None and quote.ts > instrument.expires_at:
        return "the contract had ended by then"
    if quote.underlying_price is not None and instrument.kind is not Kind.OPTION:
        return "only an option has an underlying price"
    return None


def _quote_columns(kept: Sequence[_Kept]) -> dict[str, object]:
    columns: dict[str, object] = {
        "source": [each.instrument.source for each in kept],
        "symbol": [each.instrument.symbol for each in kept],
        "ts": pa.array([each.ts_us for each in kept], pa.timestamp("us")),
        "seq": pa.array([each.quote.seq for each in kept], pa.int64()),
        "line": pa.array([each.index for each in kept], pa.int64()),
    }
    for name in QUOTE_COLUMNS:
        columns[name] = pa.array([getattr(each.quote, name) for each in kept], pa.float64())
    return columns


def _batch(source: str, kept: Sequence[_Kept]) -> QuoteBatch:
    columns = {}
    for name in _COLUMNS:
        column = np.array([getattr(each.quote, name) for each in kept], dtype=np.float64)
        if not np.isnan(column).all():
            columns[name] = column
    return QuoteBatch(
        source=source,
        symbols=[each.instrument.symbol for each in kept],
        ts_us=np.array([each.ts_us for each in kept], dtype=np.int64),
        seq=np.array([each.quote.seq for each in kept], dtype=np.int64),
        columns=columns,
    )
