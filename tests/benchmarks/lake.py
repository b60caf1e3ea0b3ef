"""The lake beside the file: the questions of row D asked of both in turns; then one writer and two readers.

A lake asks its catalog, a PostgreSQL, about every question, and a file nobody: the ratios say what several
processes cost. PostgreSQL does not wait for the disk here (as in the tests), so commits are a little quicker
than on a machine in service. Writer and readers are processes of their own.

`python -m tests.benchmarks.lake FOLDER CATALOG SECONDS` is a reader: it prints the p50 and p99 in ms.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from tests.benchmarks.history import DAYS, FIRST_DAY, ROWS_A_SYMBOL, SOURCE, Ticks
from tests.benchmarks.rows import Row
from tests.fixtures.database import DatabaseServer
from tradesense.base.clock import FixedClock
from tradesense.infra.market_lake import LakeStore
from tradesense.infra.market_store import DuckDBStore
from tradesense.market import BarInterval, Reader, Recorder, Table, compact, create_tables
from tradesense.market.history.bars import BarBase, fetch_bars
from tradesense.market.history.futures import fetch_latest_quotes

SYMBOLS, RUNS, MEMORY = 20, 31, "1GB"
READERS, ALONE_SECONDS, WRITING_SECONDS, QUOTES_A_SECOND = 2, 8, 15, 5_000
DEADLINE_SECONDS = 30.0
END = FIRST_DAY + timedelta(days=DAYS)
Ask = Callable[[int], Awaitable[object]]


def run() -> list[Row]:
    """Measure and return the rows of the lake."""
    ticks = Ticks.make(SYMBOLS)
    server = DatabaseServer()
    try:
        server.start()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            catalog = server.owner_url(server.new_empty_database())
            lake = LakeStore(folder / "lake", catalog, memory_limit=MEMORY, threads=1)
            file = DuckDBStore(folder / "market.duckdb", memory_limit=MEMORY, threads=1)
            stores = {"lake": lake, "file": file}
            try:
                rows = [*_filled(stores, ticks), *asyncio.run(_asked(stores, ticks.symbols))]
                file.close()
                rows += _read_beside_a_writer(lake, catalog, ticks)
            finally:
                lake.close()
        return rows
    finally:
        server.stop()


def _row(name: str, unit: str, seen: dict[str, float], *, is_rate: bool = False, note: str = "") -> Row:
    ratio = seen["lake"] / seen["file"] if is_rate else seen["file"] / seen["lake"]
    return Row(
        section="D",
        name=f"lake: {name}",
        unit=unit,
        ours=seen["lake"],
        peer_name="the same on a file",
        peer=seen["file"],
        ratio=ratio,
        note=note,
    )


def _filled(stores: dict[str, DuckDBStore], ticks: Ticks) -> list[Row]:
    spent: dict[str, float] = dict.fromkeys(stores, 0.0)
    for store in stores.values():
        create_tables(store)
    for day in range(DAYS):
        batch = ticks.of_day(day)
        for name, store in stores.items():
            began = time.perf_counter()
            Recorder(store).append(Table.QUOTES, batch)
            spent[name] += time.perf_counter() - began
    for store in stores.values():
        compact(store)
        store.checkpoint()
    count = SYMBOLS * ROWS_A_SYMBOL
    rates = {name: count / seconds for name, seconds in spent.items()}
    note = f"{count // DAYS:,} a batch"
    return [_row("recorder", "rows/s", rates, is_rate=True, note=note)]


async def _asked(stores: dict[str, DuckDBStore], symbols: list[str]) -> list[Row]:
    asks = {name: questions(_reader(store), symbols) for name, store in stores.items()}
    rows = []
    for what in asks["lake"]:
        seen: dict[str, list[float]] = {name: [] for name in stores}
        for turn in range(RUNS + 1):
            for name in stores:
                began = time.perf_counter()
                await asks[name][what](turn)
                if turn:
                    seen[name].append((time.perf_counter() - began) * 1e3)
        medians = {name: statistics.median(times) for name, times in seen.items()}
        rows.append(_row(what, "ms", medians, note=f"{SYMBOLS * ROWS_A_SYMBOL / 1e6:.0f} M quotes"))
    return rows


def _reader(store: DuckDBStore) -> Reader:
    return Reader(store, FixedClock(END), deadline_seconds=DEADLINE_SECONDS)


def questions(reader: Reader, symbols: list[str]) -> dict[str, Ask]:
    """Return the standard questions by name; each takes the number of the turn."""

    def bars(first: datetime, days: int) -> Ask:
        async def ask(turn: int) -> object:
            found = await fetch_bars(
                reader,
                source=SOURCE,
                symbol=symbols[turn % len(symbols)],
                interval=BarInterval.MINUTE,
                base=BarBase(None, FIRST_DAY, END),
                start=first,
                end=first + timedelta(days=days),
                at=END,
            )
            assert found.num_rows > 100
            return found

        return ask

    async def newest(turn: int) -> object:
        at = END if turn % 2 else FIRST_DAY + timedelta(days=10, hours=13)
        found = await fetch_latest_quotes(reader, source=SOURCE, symbols=symbols, at=at)
        assert len(found) == len(symbols)
        return found

    return {
        "candles of a symbol, 5 days at 1 minute": bars(FIRST_DAY + timedelta(days=7), 5),
        "candles of a symbol, 1 day at 1 minute": bars(FIRST_DAY, 1),
        f"newest quotes of {len(symbols)} symbols": newest,
    }


def _read_beside_a_writer(lake: LakeStore, catalog: str, ticks: Ticks) -> list[Row]:
    """Two processes read, alone and beside this one, which writes five thousand quotes a second."""
    alone = _readers(lake.folder, catalog, ALONE_SECONDS, lambda: None)
    fresh = ticks.of_day(DAYS - 1)
    later = np.timedelta64(1, "D")
    moved = fresh.set_column(2, "ts", [fresh["ts"].to_numpy() + later])
    written: list[float] = []

    def write() -> None:
        recorder = Recorder(lake)
        began = time.perf_counter()
        for number in range(WRITING_SECONDS):
            start = time.perf_counter()
            recorder.append(Table.QUOTES, moved.slice(number * QUOTES_A_SECOND, QUOTES_A_SECOND))
            written.append(time.perf_counter() - start)
            time.sleep(max(0.0, began + number + 1 - time.perf_counter()))

    beside = _readers(lake.folder, catalog, WRITING_SECONDS, write)
    note = (
        f"{READERS} processes; a commit of {QUOTES_A_SECOND:,} rows took "
        f"{statistics.median(written) * 1e3:.0f} ms at the median and {max(written) * 1e3:.0f} at most"
    )
    return [
        Row(
            section="D",
            name=f"lake: a reader's {name} beside a writer",
            unit="ms",
            ours=beside[place],
            peer_name="without the writer",
            peer=alone[place],
            ratio=alone[place] / beside[place],
            note=note if place else "",
        )
        for place, name in enumerate(("p50", "p99"))
    ]


def _readers(folder: Path, catalog: str, seconds: int, meanwhile: Callable[[], None]) -> tuple[float, float]:
    """Return the worst p50 and p99, in ms, of the readers who read while something else is done."""
    command = [sys.executable, "-m", "tests.benchmarks.lake", str(folder), catalog, str(seconds)]
    readers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(READERS)
    ]
    try:
        for each in readers:
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        for each in readers:
            assert each.stdin is not None
            each.stdin.write("go\n")
            each.stdin.flush()
        meanwhile()
        told = [each.communicate(timeout=seconds + 60)[0].split() for each in readers]
    finally:
        for each in readers:
            if each.poll() is None:
                each.kill()
                each.wait()
    return max(float(p50) for p50, _ in told), max(float(p99) for _, p99 in told)


async def _read_for(ask: Ask, seconds: float) -> list[float]:
    spent: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        await ask(len(spent))
        spent.append((time.perf_counter() - began) * 1e3)
        await asyncio.sleep(0.01)
    return spent


def main(folder: str, catalog: str, seconds: str) -> None:
    """Read when told to, for so long, and print how long each question took."""
    store = LakeStore(Path(folder), catalog, writes=False, memory_limit=MEMORY, threads=1)
    symbols = Ticks.make(SYMBOLS).symbols
    ask = questions(_reader(store), symbols)["candles of a symbol, 1 day at 1 minute"]
    asyncio.run(_read_for(ask, 0.5))
    print("ready", flush=True)
    sys.stdin.readline()
    spent = asyncio.run(_read_for(ask, float(seconds)))
    store.close()
    print(float(np.median(spent)), float(np.quantile(spent, 0.99)))


if __name__ == "__main__":
    main(*sys.argv[1:])
