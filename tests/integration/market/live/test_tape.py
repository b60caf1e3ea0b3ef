"""The tape against a real store: what is on record afterwards, also where the store failed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tradesense.base.clock import FixedClock
from tradesense.base.errors import Unavailable
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import Instrument, Kind, Right
from tradesense.market import Recorder, Retention, Table, WriteTransaction
from tradesense.market.live.book import Book
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.intake import LiveIntake
from tradesense.market.live.live_bars import LiveBars
from tradesense.market.live.quotes import QuoteBatch
from tradesense.market.live.tape import Tape
from tradesense.market.retention import Keeping, keep_bounded

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
FUTURE = Instrument("venue", "CL-2026-04", "CLJ6", Kind.FUTURE, "CL", expiry=date(2026, 4, 20))
OPTION = Instrument(
    "venue",
    "CL-2026-04-17-75-C",
    "CLJ6 C75",
    Kind.OPTION,
    "CL",
    expiry=date(2026, 4, 17),
    strike=75.0,
    right=Right.CALL,
)


class Desk:
    """An intake with a tape behind it, and a clock to turn."""

    def __init__(self, recorder: Recorder, **options: object) -> None:
        self.clock = FixedClock(NOON)
        self.bars = LiveBars(self.clock)
        self.tape = Tape(
            recorder, self.clock, self.bars, is_recorded=lambda source: source == "venue", **options
        )  # type: ignore[arg-type]
        self.intake = LiveIntake(Book(), self.clock, [self.bars, self.tape])

    def pass_seconds(self, seconds: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(seconds=seconds))

    def quote(self, symbol: str, *prices: float, source: str = "venue") -> None:
        """Quote a contract several times, a millisecond apart, from now on."""
        count = len(prices)
        begin = microseconds_of(self.clock.now())
        self.intake.quoted(
            QuoteBatch(
                source,
                [symbol] * count,
                begin + np.arange(count, dtype=np.int64) * 1000,
                np.zeros(count, np.int64),
                {"bid": np.array(prices), "ask": np.array(prices) + 0.02},
            )
        )


class StubbornRecorder(Recorder):
    """Refuses every write while `is_away`."""

    is_away = False

    @contextmanager
    def transaction(self) -> Iterator[WriteTransaction]:
        if self.is_away:
            raise Unavailable("The market store does not answer.", code="store_unavailable")
        with super().transaction() as write:
            yield write


@pytest.fixture
def recorder(market_store: DuckDBStore) -> StubbornRecorder:
    return StubbornRecorder(market_store)


def rows(store: DuckDBStore, table: str, columns: str = "symbol, ts") -> Sequence[dict[str, object]]:
    found = store.query(f"SELECT {columns} FROM market.{table} ORDER BY ALL", deadline_seconds=10)
    return found.to_pylist()


async def test_every_quote_of_a_future_is_on_record_with_its_terms_and_bars(
    market_store: DuckDBStore, recorder: StubbornRecorder
) -> None:
    desk = Desk(recorder)
    desk.intake.listed("venue", [FUTURE])
    desk.quote("CL-2026-04", 70.0, 71.0, 69.0)
    await desk.tape.flush()
    assert [row["bid"] for row in rows(market_store, "quotes", "ts, bid")] == [70.0, 71.0, 69.0]
    assert rows(market_store, "instruments", "symbol, source_symbol") == [
        {"symbol": "CL-2026-04", "source_symbol": "CLJ6"}
    ]
    desk.pass_seconds(70)
    await desk.tape.flush()
    bars = rows(market_store, "bars", "interval, open, high, low, close")
    shape = {"open": 70.01, "high": 71.01, "low": 69.01, "close": 69.01}
    assert bars == [{"interval": "1m", **shape}, {"interval": "1s", **shape}]


async def test_of_an_option_the_newest_is_kept_every_few_seconds(
    market_store: DuckDBStore, recorder: StubbornRecorder
) -> None:
    desk = Desk(recorder, options_seconds=10.0)
    desk.intake.listed("venue", [OPTION])
    for second in range(25):
        desk.quote(OPTION.symbol, 1.0 + second, 1.5 + second)
        await desk.tape.flush()
        desk.pass_seconds(1)
    assert [row["bid"] for row in rows(market_store, "option_snapshots", "ts, bid")] == [1.5, 11.5, 21.5]
    await desk.tape.flush(everything=True)
    assert [row["bid"] for row in rows(market_store, "option_snapshots", "ts, bid")][-1] == 25.5
    kept = rows(market_store, "option_snapshots", 'root, expiry, strike, "right", underlying_kind')[0]
    assert kept == {
        "root": "CL",
        "expiry": date(2026, 4, 17),
        "strike": 75.0,
        "right": "C",
        "underlying_kind": None,
    }


async def test_a_source_with_a_record_of_its_own_is_not_recorded_twice(
    market_store: DuckDBStore, recorder: StubbornRecorder
) -> None:
    desk = Desk(recorder)
    desk.intake.listed("other", [FUTURE])
    desk.quote("CL-2026-04", 70.0, source="other")
    assert await desk.tape.flush() == 0
    assert rows(market_store, "quotes") == []


async def test_a_bar_whose_beginning_nobody_heard_is_left_out(
    market_store: DuckDBStore, recorder: StubbornRecorder
) -> None:
    desk = Desk(recorder)
    desk.pass_seconds(30)
    desk.intake.listed("venue", [FUTURE])
    desk.quote("CL-2026-04", 70.0)
    desk.pass_seconds(70)
    await desk.tape.flush()
    assert rows(market_store, "bars", "interval") == [{"interval": "1s"}]


async def test_what_cannot_be_written_is_kept_in_order_and_written_once(
    market_store: DuckDBStore, recorder: StubbornRecorder
) -> None:
    desk = Desk(recorder)
    desk.intake.listed("venue", [FUTURE, OPTION])
    desk.quote("CL-2026-04", 70.0)
    desk.quote(OPTION.symbol, 1.0)
    recorder.is_away = True
    with pytest.raises(Unavailable):
        await desk.tape.flush()
    desk.pass_seconds(70)
    desk.quote("CL-2026-04", 71.0)
    with pytest.raises(Unavailable):
        await desk.tape.flush()
    assert desk.tape.counts.failures == 2
    recorder.is_away = False
    await desk.tape.flush()
    assert await desk.tape.flush() == 0
    assert [row["bid"] for row in rows(market_store, "quotes", "ts, bid")] == [70.0, 71.0]
    assert len(rows(market_store, "option_snapshots")) == 1
    assert [row["interval"] for row in rows(market_store, "bars", "interval")] == ["1m", "1s"]


async def test_f23_thirty_seconds_without_a_writer_cost_the_older_quotes_never_the_newest(
    market_store: DuckDBStore, recorder: StubbornRecorder
) -> None:
    desk = Desk(recorder, most_rows=1_000)
    desk.intake.listed("venue", [FUTURE])
    recorder.is_away = True
    for second in range(30):
        desk.quote("CL-2026-04", *[60.0 + second] * 100)
        with pytest.raises(Unavailable):
            await desk.tape.flush()
        desk.pass_seconds(1)
        assert sum(known.waiting.rows for known in desk.tape._sources.values()) <= 1_000
    recorder.is_away = False
    await desk.tape.flush()
    kept = [row["bid"] for row in rows(market_store, "quotes", "ts, bid")]
    assert kept[-1] == 89.0
    assert len(kept) + desk.tape.counts.thinned == 3_000
    assert desk.tape.counts.thinned > 0
    # Bars were summed up as the ticks came: they lost nothing.
    assert len([row for row in rows(market_store, "bars", "interval, ts") if row["interval"] == "1s"]) >= 24


async def test_what_a_venue_said_is_thinned_to_the_newest_of_each_span_and_then_let_go(
    market_store: DuckDBStore, recorder: StubbornRecorder
) -> None:
    desk = Desk(recorder)
    desk.intake.listed("venue", [FUTURE])
    for _ in range(240):
        desk.quote("CL-2026-04", 70.0)
        desk.pass_seconds(1)
    desk.pass_seconds(70)
    await desk.tape.flush()
    keeping = Keeping(dense=timedelta(hours=1), sparse=timedelta(days=30), second_bars=timedelta(days=2))
    retention = Retention(market_store)
    assert keep_bounded(retention, "venue", keeping, desk.clock.now()) == 0
    assert keep_bounded(retention, "venue", keeping, NOON + timedelta(hours=2)) == 236
    times = [row["ts"] for row in rows(market_store, "quotes", "ts")]
    assert [(at.minute, at.second) for at in times if isinstance(at, datetime)] == [
        (0, 59),
        (1, 59),
        (2, 59),
        (3, 59),
    ]
    seconds = len([row for row in rows(market_store, "bars", "interval, ts") if row["interval"] == "1s"])
    assert keep_bounded(retention, "venue", keeping, NOON + timedelta(days=31)) == 4 + seconds
    assert rows(market_store, "quotes") == []
    assert {row["interval"] for row in rows(market_store, "bars", "interval")} == {"1m"}
    counted = rows(market_store, "coverage", "table_name, row_count")
    assert {"table_name": Table.QUOTES.value, "row_count": 0} in counted
