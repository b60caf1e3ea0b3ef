"""Rows C and D: what handing in quotes costs the event loop, and 50,000 a second put on record from there.

A batch is screened, put into the book, summed into bars and kept for the tape, which then writes it to a real
store. Processor time of all threads: on a shared machine the wall clock measures the neighbours.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from tests.benchmarks.rows import Row
from tests.benchmarks.timing import medians, timed
from tradesense.base.clock import FixedClock
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import Instrument, Kind, Right
from tradesense.market import QuoteBatch, Recorder, create_tables
from tradesense.market.live.book import Book
from tradesense.market.live.intake import LiveIntake
from tradesense.market.live.live_bars import LiveBars
from tradesense.market.live.quotes import OPTION_COLUMNS, QUOTE_COLUMNS
from tradesense.market.live.tape import Tape

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROWS = 3_000
SECONDS, BATCHES_A_SECOND, FUTURES = 10, 10, 500
RATE = 50_000


def run() -> list[Row]:
    """Measure; takes about half a minute."""
    options = [
        Instrument(
            "bench",
            f"SPX-{number}",
            "",
            Kind.OPTION,
            "SPX",
            expiry=date(2026, 12, 18),
            strike=1.0 + number,
            right=Right.CALL,
        )
        for number in range(ROWS)
    ]
    book = Book()
    intake = LiveIntake(Book(), FixedClock(START + timedelta(days=1)))
    book.list_instruments("bench", options)
    intake.listed("bench", options)
    turns = {"apply": 0, "take": 0}
    symbols = [each.symbol for each in options]
    dice = np.random.default_rng(1)
    columns = {name: dice.random(ROWS) + 1.0 for name in OPTION_COLUMNS}

    def newer(name: str) -> QuoteBatch:
        turns[name] += 1
        return _batch(symbols, np.full(ROWS, turns[name] * 1000), columns)

    seconds = medians(
        {
            "apply": timed(lambda: book.apply(newer("apply")), 20),
            "take": timed(lambda: intake.take(newer("take")), 20),
        },
        9,
    )
    assert seconds["apply"] is not None
    assert seconds["take"] is not None
    return [
        Row(
            "C",
            f"{ROWS:,} quotes into the book",
            "ms CPU",
            1e3 * seconds["apply"],
            must="below 1 ms",
            holds=seconds["apply"] < 1e-3,
            note=f"screened as well {1e3 * seconds['take']:.2f} ms",
        ),
        asyncio.run(_on_record()),
    ]


async def _on_record() -> Row:
    """Hand in 10 s of futures' quotes as fast as it goes, writing after each second of them."""
    futures = [Instrument("bench", f"F-{number}", "", Kind.FUTURE, "F") for number in range(FUTURES)]
    per_batch = RATE // BATCHES_A_SECOND
    symbols = [futures[number % FUTURES].symbol for number in range(per_batch)]
    dice = np.random.default_rng(2)
    clock = FixedClock(START)
    with tempfile.TemporaryDirectory() as folder:
        store = DuckDBStore(Path(folder) / "market.duckdb", threads=1)
        create_tables(store)
        bars = LiveBars(clock)
        tape = Tape(Recorder(store), clock, bars, is_recorded=lambda _: True)
        intake = LiveIntake(Book(), clock, [bars, tape])
        intake.listed("bench", futures)
        handing, began = 0.0, time.process_time()
        for turn in range(SECONDS * BATCHES_A_SECOND):
            clock.move_to(START + timedelta(seconds=turn / BATCHES_A_SECOND))
            columns = {name: dice.random(per_batch) + 1.0 for name in QUOTE_COLUMNS}
            first = turn * 1_000_000 // BATCHES_A_SECOND
            batch = _batch(symbols, first + np.arange(per_batch), columns)
            before = time.thread_time()
            intake.quoted(batch)
            handing += time.thread_time() - before
            if turn % BATCHES_A_SECOND == BATCHES_A_SECOND - 1:
                await tape.flush()
        spent = time.process_time() - began
        store.close()
    rate = SECONDS * RATE / spent
    return Row(
        "D",
        "quotes handed in, summed into bars and put on record",
        "rows/s CPU",
        rate,
        must="50,000 a second of one core",
        holds=rate >= RATE and tape.counts.thinned == 0,
        note=f"{100 * handing / SECONDS:.0f} % of the event loop's second at 50,000",
    )


def _batch(symbols: list[str], after_us: np.ndarray, columns: dict[str, np.ndarray]) -> QuoteBatch:
    ts = int(START.timestamp() * 1e6) + after_us
    return QuoteBatch("bench", symbols, ts.astype(np.int64), np.zeros(ts.size, np.int64), columns)
