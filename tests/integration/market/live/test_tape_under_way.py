"""What the tape does while a write is under way, is broken off, or fails for one source alone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tests.fixtures.market import naive
from tests.fixtures.waiting import wait_until
from tradesense.base.clock import FixedClock
from tradesense.base.errors import Unavailable
from tradesense.base.tasks import supervise
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import Instrument, Kind, Right
from tradesense.market import QuoteBatch, Recorder, WriteTransaction
from tradesense.market.live import tape as tape_module
from tradesense.market.live.book import Book
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.intake import LiveIntake
from tradesense.market.live.live_bars import LiveBars
from tradesense.market.live.tape import Tape

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
SYMBOL = "CL-2026-04"
OPTION_SYMBOL = "CL-2026-04-17-75-C"


def future(source: str) -> Instrument:
    return Instrument(source, SYMBOL, "CLJ6", Kind.FUTURE, "CL", expiry=date(2026, 4, 20))


def option(source: str) -> Instrument:
    expiry = date(2026, 4, 17)
    return Instrument(
        source, OPTION_SYMBOL, "CLJ6 C75", Kind.OPTION, "CL", expiry=expiry, strike=75.0, right=Right.CALL
    )


class HeldRecorder(Recorder):
    """Waits before each write until it may go on; `failure` is raised once."""

    def __init__(self, store: DuckDBStore) -> None:
        super().__init__(store)
        self.begun = threading.Event()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.failure: Exception | None = None

    @contextmanager
    def transaction(self) -> Iterator[WriteTransaction]:
        self.begun.set()
        assert self.may_go_on.wait(20), "nobody let the write go on"
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        with super().transaction() as write:
            yield write


class Desk:
    """An intake with a tape behind it, and a clock to turn."""

    def __init__(self, recorder: Recorder, **terms: Any) -> None:
        self.clock = FixedClock(NOON)
        self.bars = LiveBars(self.clock)
        self.tape = Tape(recorder, self.clock, self.bars, is_recorded=lambda _: True, **terms)
        self.intake = LiveIntake(Book(), self.clock, [self.bars, self.tape])

    def pass_seconds(self, seconds: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(seconds=seconds))

    def quote(self, symbol: str, price: float, source: str = "venue") -> None:
        ts = np.array([microseconds_of(self.clock.now())], np.int64)
        columns = {"bid": np.array([price]), "ask": np.array([price + 0.02])}
        self.intake.quoted(QuoteBatch(source, [symbol], ts, np.zeros(1, np.int64), columns))


@pytest.fixture
def recorder(market_store: DuckDBStore) -> HeldRecorder:
    return HeldRecorder(market_store)


def after_noon(seconds: float) -> datetime:
    return naive(NOON + timedelta(seconds=seconds))


def stored(store: DuckDBStore, table: str, columns: str) -> list[dict[str, Any]]:
    return store.query(f"SELECT {columns} FROM market.{table} ORDER BY ALL", deadline_seconds=10).to_pylist()


async def begun(recorder: HeldRecorder) -> None:
    assert await asyncio.to_thread(recorder.begun.wait, 20)


async def test_what_is_said_while_a_write_is_under_way_is_written_by_the_next(
    market_store: DuckDBStore, recorder: HeldRecorder
) -> None:
    desk = Desk(recorder, options_seconds=1.0)
    desk.intake.listed("venue", [future("venue"), option("venue")])
    desk.quote(SYMBOL, 70.0)
    desk.quote(OPTION_SYMBOL, 1.0)
    recorder.may_go_on.clear()
    writing = asyncio.create_task(desk.tape.flush())
    await begun(recorder)
    desk.pass_seconds(2)
    desk.quote(SYMBOL, 71.0)
    desk.quote(OPTION_SYMBOL, 2.0)
    desk.intake.listed("another", [future("another")])
    desk.quote(SYMBOL, 72.0, source="another")
    recorder.may_go_on.set()
    await writing
    await desk.tape.flush()
    assert stored(market_store, "quotes", "source, bid") == [
        {"source": "another", "bid": 72.0},
        {"source": "venue", "bid": 70.0},
        {"source": "venue", "bid": 71.0},
    ]
    assert stored(market_store, "option_snapshots", "ts, bid, ask") == [
        {"ts": after_noon(0), "bid": 1.0, "ask": 1.02},
        {"ts": after_noon(2), "bid": 2.0, "ask": 2.02},
    ]


async def test_a_write_that_is_broken_off_is_seen_through_and_nothing_is_lost(
    market_store: DuckDBStore, recorder: HeldRecorder
) -> None:
    desk = Desk(recorder)
    desk.intake.listed("venue", [future("venue")])
    desk.quote(SYMBOL, 70.0)
    recorder.may_go_on.clear()
    writing = asyncio.create_task(desk.tape.flush())
    await begun(recorder)
    writing.cancel()
    recorder.may_go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await desk.tape.flush(everything=True) == 0, "it was written, and is not written twice"
    assert stored(market_store, "quotes", "bid") == [{"bid": 70.0}]


async def test_a_store_that_hangs_does_not_keep_the_program_from_ending(
    recorder: HeldRecorder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tape_module, "LAST_WRITE_SECONDS", 0.1)
    monkeypatch.setattr(tape_module, "EVERY_SECONDS", 0.01)
    desk = Desk(recorder)
    desk.intake.listed("venue", [future("venue")])
    desk.quote(SYMBOL, 70.0)
    recorder.may_go_on.clear()
    try:
        async with asyncio.timeout(20), supervise("record", desk.tape.run):
            await begun(recorder)
        assert "work does not end" in caplog.text
        desk.quote(SYMBOL, 71.0)
        async with asyncio.timeout(20):
            await desk.tape.finish()
        told = [each for each in caplog.records if "last quotes" in each.message]
        assert [each.reason for each in told] == ["store_hangs"]  # type: ignore[attr-defined]
    finally:
        recorder.may_go_on.set()


async def test_the_last_write_has_everything_and_says_where_it_fails(
    market_store: DuckDBStore, recorder: HeldRecorder, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(recorder, options_seconds=60.0)
    desk.intake.listed("venue", [future("venue"), option("venue")])
    for price in (1.0, 2.0):
        desk.quote(OPTION_SYMBOL, price)
        desk.pass_seconds(1)
    recorder.failure = Unavailable("The disk is full.", code="disk_full")
    await desk.tape.finish()
    told = [each for each in caplog.records if "last quotes" in each.message]
    assert [each.reason for each in told] == ["disk_full"]  # type: ignore[attr-defined]
    await desk.tape.finish()
    assert [row["bid"] for row in stored(market_store, "option_snapshots", "bid")] == [2.0]


async def test_a_source_that_cannot_be_written_does_not_keep_the_others_from_it(
    market_store: DuckDBStore, recorder: HeldRecorder
) -> None:
    desk = Desk(recorder)
    for source in ("first", "second"):
        desk.intake.listed(source, [future(source)])
        desk.quote(SYMBOL, 70.0, source=source)
    recorder.failure = RuntimeError("cannot be done")
    with pytest.raises(RuntimeError, match="cannot be done"):
        await desk.tape.flush()
    assert stored(market_store, "quotes", "source") == [{"source": "second"}]
    await desk.tape.flush()
    assert stored(market_store, "quotes", "source") == [{"source": "first"}, {"source": "second"}]


async def test_a_contract_that_is_gone_leaves_its_last_quote_on_record(
    market_store: DuckDBStore, recorder: HeldRecorder
) -> None:
    desk = Desk(recorder, options_seconds=60.0)
    desk.intake.listed("venue", [option("venue")])
    desk.quote(OPTION_SYMBOL, 1.0)
    await desk.tape.flush()
    desk.pass_seconds(1)
    desk.quote(OPTION_SYMBOL, 2.0)
    desk.intake.gone("venue", [OPTION_SYMBOL])
    recorder.failure = RuntimeError("cannot be done")
    with pytest.raises(RuntimeError):
        await desk.tape.flush()
    await desk.tape.flush()
    assert [row["bid"] for row in stored(market_store, "option_snapshots", "ts, bid")] == [1.0, 2.0]


async def test_bars_that_wait_for_a_write_are_bounded_and_counted(
    market_store: DuckDBStore, recorder: HeldRecorder
) -> None:
    desk = Desk(recorder, most_rows=20)
    desk.intake.listed("venue", [future("venue")])
    desk.quote(SYMBOL, 70.0)
    recorder.may_go_on.clear()
    writing = asyncio.create_task(desk.tape.flush())
    await begun(recorder)
    for second in range(100):
        desk.pass_seconds(1)
        desk.quote(SYMBOL, 60.0 + second)
    recorder.may_go_on.set()
    await writing
    await desk.tape.flush()
    bars = [row["ts"] for row in stored(market_store, "bars", "ts, interval") if row["interval"] == "1s"]
    assert len(bars) <= 21
    assert max(bars) == after_noon(94), "the newest stay"
    assert desk.tape.counts.lost == 95 - len(bars)


async def test_the_loop_tries_again_until_the_store_is_back(
    market_store: DuckDBStore, recorder: HeldRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tape_module, "EVERY_SECONDS", 0.01)
    desk = Desk(recorder)
    desk.intake.listed("venue", [future("venue")])
    desk.quote(SYMBOL, 70.0)
    recorder.failure = Unavailable("The market store does not answer.", code="store_unavailable")
    running = asyncio.create_task(desk.tape.run())
    await asyncio.to_thread(wait_until, lambda: desk.tape.counts.written > 0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert desk.tape.counts.failures == 1
    assert stored(market_store, "quotes", "bid") == [{"bid": 70.0}]
