"""Row D of the speed page: candles, newest quotes, ways in; the peer is SQL by hand on a sorted table.

Ours is what the program does: quotes written day by day through the recorder, read through the history
module with its thread, deadline and lock-down. The peer is a bare DuckDB table made in order of symbol and
time, asked directly. Both have one thread, the same rows, and are asked in turns; medians are compared.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tests.benchmarks.rows import Row
from tradesense.base.clock import FixedClock
from tradesense.infra.market_store import DuckDBStore
from tradesense.market import BarInterval, Reader, Recorder, Table, compact, create_tables
from tradesense.market.history.bars import BarBase, fetch_bars
from tradesense.market.history.futures import fetch_latest_quotes

DAYS = 20
ROWS_A_SYMBOL = 100_000
SMALL_SYMBOLS, LARGE_SYMBOLS = 50, 500
RUNS = 31
MEMORY = "3GB"
QUIET_SECONDS, RECORDING_SECONDS = 10, 60
QUOTES_A_SECOND = 50_000
SOURCE = "bench"
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_DAY_US = 86_400_000_000

CANDLES = """
SELECT time_bucket(INTERVAL 1 MINUTE, ts) AS minute, min_by((bid + ask) / 2, ts), max((bid + ask) / 2),
       min((bid + ask) / 2), max_by((bid + ask) / 2, ts)
FROM ticks WHERE symbol = $symbol AND ts >= $start AND ts < $end GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class Ticks:
    """Times and middles, one row of the arrays per symbol, each in order of time."""

    symbols: list[str]
    times: npt.NDArray[np.int64]
    mids: npt.NDArray[np.float32]

    @classmethod
    def make(cls, symbol_count: int) -> Ticks:
        dice = np.random.default_rng(5)
        shape = (symbol_count, DAYS, ROWS_A_SYMBOL // DAYS)
        times = np.sort(dice.integers(0, _DAY_US, shape), axis=2)
        times += (np.arange(DAYS) * _DAY_US)[None, :, None]
        times += int(FIRST_DAY.timestamp() * 1e6)
        mids = dice.standard_normal((symbol_count, ROWS_A_SYMBOL), dtype=np.float32).cumsum(axis=1) + 1000
        names = [f"{_letters(i // 12)}-2024-{i % 12 + 1:02d}" for i in range(symbol_count)]
        return cls(names, times.reshape(symbol_count, ROWS_A_SYMBOL), mids)

    def of_day(self, day: int) -> pa.Table:
        """Return one day's quotes of every symbol as they came, in order of time."""
        a_day = ROWS_A_SYMBOL // DAYS
        part = slice(day * a_day, (day + 1) * a_day)
        times = self.times[:, part].ravel()
        order = np.argsort(times, kind="stable")
        places = np.repeat(np.arange(len(self.symbols)), a_day)[order]
        return self._columns(places, times[order], self.mids[:, part].ravel()[order])

    def of_symbol(self, place: int) -> pa.Table:
        """Return one symbol's quotes in order of time."""
        places = np.full(ROWS_A_SYMBOL, place)
        return self._columns(places, self.times[place], self.mids[place])

    def _columns(
        self, places: npt.NDArray[np.int64], times: npt.NDArray[np.int64], mids: npt.NDArray[np.float32]
    ) -> pa.Table:
        count = len(places)
        middle = np.round(mids.astype(np.float64), 2)
        names = pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(self.symbols))
        return pa.table(
            {
                "source": pa.repeat(pa.scalar(SOURCE), count),
                "symbol": names.cast(pa.string()),
                "ts": pa.array(times.astype("datetime64[us]")),
                "seq": np.zeros(count, np.int64),
                "bid": middle - 0.01,
                "ask": middle + 0.01,
                "bid_size": np.ones(count),
                "ask_size": np.ones(count),
            }
        )


def run() -> list[Row]:
    """Measure everything; takes some minutes and about two gigabytes of disk."""
    with tempfile.TemporaryDirectory() as folder:
        small, _ = _measure_candles(Ticks.make(SMALL_SYMBOLS), Path(folder) / "small")
        large, rows = _measure_candles(Ticks.make(LARGE_SYMBOLS), Path(folder) / "large")
        growth = Row(
            section="D",
            name="candles: time at 50 M rows against 5 M",
            unit="ms",
            ours=large,
            peer_name="ours at 5 M rows",
            peer=small,
            ratio=small / large,
            must="grows by less than 1.5 x",
            holds=large < 1.5 * small,
            note="ten times the symbols, as many rows of each",
        )
        return [*rows, growth, *_measure_ways_in(Path(folder)), _measure_readers(Path(folder))]


def _measure_candles(ticks: Ticks, folder: Path) -> tuple[float, list[Row]]:
    folder.mkdir()
    store = DuckDBStore(folder / "market.duckdb", memory_limit=MEMORY, threads=1)
    create_tables(store)
    recorder = Recorder(store)
    writing = 0.0
    for day in range(DAYS):
        rows = ticks.of_day(day)
        writing += _seconds(partial(recorder.append, Table.QUOTES, rows))
    compact(store)
    store.checkpoint()
    peer = _sorted_table(ticks, folder / "peer.duckdb")
    now = FIRST_DAY + timedelta(days=DAYS)
    reader = Reader(store, FixedClock(now))
    base = BarBase(None, FIRST_DAY, now)
    start, end = FIRST_DAY + timedelta(days=7), FIRST_DAY + timedelta(days=12)
    million = len(ticks.symbols) * ROWS_A_SYMBOL / 1e6

    async def measure() -> list[Row]:
        ours: list[float] = []
        theirs: list[float] = []
        for place in np.random.default_rng(1).integers(0, len(ticks.symbols), RUNS).tolist():
            symbol = ticks.symbols[place]
            began = time.perf_counter()
            bars = await fetch_bars(
                reader,
                source=SOURCE,
                symbol=symbol,
                interval=BarInterval.MINUTE,
                base=base,
                start=start,
                end=end,
                at=now,
            )
            ours.append(time.perf_counter() - began)
            values = {
                "symbol": symbol,
                "start": start.replace(tzinfo=None),
                "end": end.replace(tzinfo=None),
            }
            began = time.perf_counter()
            candles = peer.execute(CANDLES, values).to_arrow_table()
            theirs.append(time.perf_counter() - began)
            assert bars.num_rows == candles.num_rows > 1000
        mine, other = statistics.median(ours) * 1e3, statistics.median(theirs) * 1e3
        rows = [
            Row(
                section="D",
                name=f"candles of a symbol, 5 days at 1 minute, {million:.0f} M quotes",
                unit="ms",
                ours=mine,
                peer_name="SQL by hand, sorted table",
                peer=other,
                ratio=other / mine,
                must="at most 1.3 x the peer",
                holds=mine <= 1.3 * other,
                note=f"{bars.num_rows} bars",
            ),
            Row(
                section="D",
                name=f"recorder, a day a batch, to {million:.0f} M quotes",
                unit="rows/s",
                ours=million * 1e6 / writing,
            ),
        ]
        middle = FIRST_DAY + timedelta(days=10, hours=13)
        for name, at in (("at the end", now), ("in the middle", middle)):
            spent = []
            for _ in range(5):
                began = time.perf_counter()
                found = await fetch_latest_quotes(reader, source=SOURCE, symbols=ticks.symbols, at=at)
                spent.append(time.perf_counter() - began)
                assert len(found) == len(ticks.symbols)
            rows.append(
                Row(
                    section="D",
                    name=f"newest quotes of {len(ticks.symbols)} symbols {name} of {million:.0f} M",
                    unit="ms",
                    ours=statistics.median(spent) * 1e3,
                )
            )
        return rows

    rows = asyncio.run(measure())
    peer.close()
    store.close()
    return rows[0].ours, rows


def _sorted_table(ticks: Ticks, path: Path) -> duckdb.DuckDBPyConnection:
    peer = duckdb.connect(str(path), config={"threads": 1, "memory_limit": MEMORY})
    peer.execute("CREATE TABLE ticks (symbol VARCHAR, ts TIMESTAMP, bid DOUBLE, ask DOUBLE, size DOUBLE)")
    for place in sorted(range(len(ticks.symbols)), key=ticks.symbols.__getitem__):
        peer.register("rows", ticks.of_symbol(place))
        peer.execute("INSERT INTO ticks SELECT symbol, ts, bid, ask, bid_size FROM rows")
    peer.execute("CHECKPOINT")
    return peer


def _measure_ways_in(folder: Path) -> list[Row]:
    day = Ticks.make(SMALL_SYMBOLS).of_day(0)
    rows = []
    for size in (1_000, 10_000, 100_000):
        batches = [day.slice(at, size) for at in range(0, min(day.num_rows, 30 * size), size)]
        store = DuckDBStore(folder / f"in{size}.duckdb", threads=1)
        create_tables(store)
        recorder = Recorder(store)
        bare = duckdb.connect(str(folder / f"bare{size}.duckdb"), config={"threads": 1})
        bare.register("rows", day)
        bare.execute("CREATE TABLE ticks AS SELECT * FROM rows LIMIT 0")
        ours, theirs = [], []
        for batch in batches:
            ours.append(_seconds(partial(recorder.append, Table.QUOTES, batch)))
            theirs.append(_seconds(partial(_insert, bare, batch)))
        store.close()
        bare.close()
        mine, other = (size / statistics.median(spent) for spent in (ours, theirs))
        rows.append(
            Row(
                section="D",
                name=f"recorder, {size:,} quotes a batch",
                unit="rows/s",
                ours=mine,
                peer_name="bare Arrow insert",
                peer=other,
                ratio=mine / other,
                note="ours checks, sorts, looks for duplicates, keeps coverage",
            )
        )
    return rows


def _insert(connection: duckdb.DuckDBPyConnection, batch: pa.Table) -> None:
    connection.register("batch", batch)
    connection.execute("INSERT INTO ticks SELECT * FROM batch")


def _measure_readers(folder: Path) -> Row:
    """Readers' p99 while 50,000 quotes a second come in for a minute, against the same store at rest."""
    ticks = Ticks.make(SMALL_SYMBOLS)
    store = DuckDBStore(folder / "readers.duckdb", memory_limit=MEMORY, threads=1)
    create_tables(store)
    recorder = Recorder(store)
    recorder.append(Table.QUOTES, ticks.of_day(0))
    now = FIRST_DAY + timedelta(days=DAYS)
    reader = Reader(store, FixedClock(now))
    batches = list(islice(_by_second(ticks), RECORDING_SECONDS))
    quiet = asyncio.run(_read_for(reader, ticks.symbols, now, seconds=QUIET_SECONDS))
    stop = threading.Event()
    late: list[float] = []

    def write() -> None:
        due = time.perf_counter()
        for batch in batches:
            if stop.is_set():
                return
            recorder.append(Table.QUOTES, batch)
            due += 1.0
            late.append(time.perf_counter() - due)
            time.sleep(max(0.0, due - time.perf_counter()))

    writer = threading.Thread(target=write)
    writer.start()
    busy = asyncio.run(_read_for(reader, ticks.symbols, now, seconds=RECORDING_SECONDS))
    stop.set()
    writer.join()
    store.close()
    # Behind at the end, or never so far as to write all of them, is not kept up.
    kept_up = len(late) >= RECORDING_SECONDS - 1 and late[-1] <= 0.0
    return Row(
        section="D",
        name="readers' p99 while 50,000 quotes a second come in",
        unit="ms",
        ours=busy,
        peer_name="the same at rest",
        peer=quiet,
        ratio=quiet / busy,
        must="below 2 x at rest, and the recorder keeps up",
        holds=busy < 2 * quiet and kept_up,
        note=f"{len(late)} s of quotes, " + ("kept up" if kept_up else f"fell behind by {late[-1]:.2f} s"),
    )


def _by_second(ticks: Ticks) -> Iterator[pa.Table]:
    """Give the quotes after the first day in order, as many at a time as come in a second."""
    for day in range(1, DAYS):
        rows = ticks.of_day(day)
        for first in range(0, rows.num_rows, QUOTES_A_SECOND):
            yield rows.slice(first, QUOTES_A_SECOND)


async def _read_for(reader: Reader, symbols: list[str], now: datetime, *, seconds: float) -> float:
    spent: list[float] = []
    base = BarBase(None, FIRST_DAY, now)
    until = time.perf_counter() + seconds
    place = 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        await fetch_bars(
            reader,
            source=SOURCE,
            symbol=symbols[place % len(symbols)],
            interval=BarInterval.MINUTE,
            base=base,
            start=FIRST_DAY,
            end=FIRST_DAY + timedelta(days=1),
            at=now,
        )
        spent.append(time.perf_counter() - began)
        place += 1
        await asyncio.sleep(0.01)
    return float(np.quantile(spent, 0.99)) * 1e3


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _letters(number: int) -> str:
    return chr(65 + number // 26) + chr(65 + number % 26)
