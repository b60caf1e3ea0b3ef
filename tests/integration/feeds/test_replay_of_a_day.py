"""A real day played through book and views: what is told live is what the store says of that instant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import orjson
import pytest

from tests.data_folder import market_data
from tests.fixtures.bars import bars_of
from tests.fixtures.waiting import until
from tradesense.base.clock import FixedClock
from tradesense.feeds.files import FileStatus, import_files
from tradesense.feeds.replay import play_as_it_was
from tradesense.infra.live_memory import MemoryCache
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Reader, Recorded, Recorder, Table, create_tables
from tradesense.market.futures.service import FuturesService
from tradesense.market.live.background import Backgrounds
from tradesense.market.live.bars import Ticks, price_of
from tradesense.market.live.book import Book
from tradesense.market.live.futures_view import FuturesView
from tradesense.market.live.intake import LiveIntake
from tradesense.market.live.live_bars import LiveBars
from tradesense.market.live.options_view import OptionsView
from tradesense.market.live.present import LivePresent
from tradesense.market.live.tape import Tape
from tradesense.market.live.views import Make, RootKey, View
from tradesense.market.options import OptionsDesk
from tradesense.market.options.service import Question
from tradesense.market.tables import BarInterval
from tradesense.web.formats import Format, encode_json
from tradesense.web.kept_answers import KeptAnswers

FILES = ("es_minute_quote.parquet", "es_fop_202003_minute_quote.parquet", "es_minute_trade.parquet")
DAY = Recorded.of_day("lean", date(2020, 1, 6), ["ES"])
INSTANTS = [datetime(2020, 1, 6, hour, minute, tzinfo=UTC) for hour, minute in ((3, 7), (14, 31), (20, 59))]
EXPIRY = date(2020, 3, 20)
KEY = RootKey("lean", "ES")
# How fresh it is depends on who tells it; the ids of nothing else do.
APART = {"status", "first_ts", "last_ts", "sources"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    paths = [market_data(f"lean/{file}") for file in FILES]
    store = DuckDBStore(tmp_path_factory.mktemp("store") / "market.duckdb")
    create_tables(store)
    reports = import_files(paths, Recorder(store), load_specs())
    assert {report.status for report in reports} == {FileStatus.IMPORTED}
    yield store
    store.close()


async def told(view: View, book: Book, at: datetime) -> dict[str, Any]:
    """Return a view's documents by topic, as their readers get them."""
    quotes = book.copy(KEY)
    assert quotes is not None
    found: list[Make] = []

    async def is_ready() -> bool:
        make = view.prepare(quotes, at, None)
        found.extend([] if make is None else [make])
        return bool(found)

    await until(is_ready)
    return {each.topic: orjson.loads(encode_json(each.data)) for each in found[0]()}


async def until_each(
    played: AsyncIterator[datetime], instants: Sequence[datetime]
) -> AsyncIterator[datetime]:
    async for at in played:
        if at in instants:
            yield at


def assert_same(ours: Any, theirs: Any, where: str = "") -> None:
    """Compare two answers; numbers to twelve digits, for sums of another order may differ in the last."""
    if isinstance(theirs, dict):
        assert ours.keys() - APART == theirs.keys() - APART, where
        for name in theirs.keys() - APART:
            assert_same(ours[name], theirs[name], f"{where}.{name}")
    elif isinstance(theirs, list):
        assert len(ours) == len(theirs), where
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            assert_same(one, other, f"{where}[{at}]")
    elif isinstance(theirs, float):
        assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-12), where
    else:
        assert ours == theirs, where


async def test_curve_chain_and_greeks_of_three_instants_are_the_stores(store):
    specs = load_specs()
    clock = FixedClock(DAY.start)
    reader = Reader(store, clock, deadline_seconds=60.0)
    book = Book()
    backgrounds = Backgrounds(reader, specs, clock)
    present = LivePresent(MemoryCache(), clock)
    desk = OptionsDesk(reader, specs, present, KeptAnswers(clock, store.past), assumed_rate=0.04)
    futures = FuturesService(reader, specs)
    reading = asyncio.create_task(backgrounds.run())
    played = play_as_it_was(reader, LiveIntake(book, clock), DAY, clock)
    compared = 0
    try:
        async for at in until_each(played, INSTANTS):
            live = await told(OptionsView(specs, book, assumed_rate=0.04), book, at)
            question = Question("ES", at, "lean")
            answer = await desk.chain(question, expiry=EXPIRY, strikes="all", format_=Format.JSON)
            chain = orjson.loads(answer.body)
            assert_same(live[f"chain:ES:{EXPIRY}"], chain, "chain")
            assert sum(side["status"] == "ok" for row in chain["rows"] for side in _sides(row)) > 60

            # Trades and settlements come from the store, as of the instant; each time from a fresh reading.
            fresh = Backgrounds(reader, specs, clock)
            reading.cancel()
            reading = asyncio.create_task(fresh.run())
            live = await told(FuturesView(specs, fresh), book, at)
            curve = await futures.get_curve("ES", as_of=at, source="lean")
            assert_same(live["curve:ES"], orjson.loads(curve.model_dump_json()), "curve")
            board = await futures.get_product("ES", as_of=at, source="lean")
            assert_same(live["board:ES"], orjson.loads(board.model_dump_json()), "board")
            assert len(live["curve:ES"]["points"]) >= 4
            compared += 1
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    assert compared == 3


def _sides(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [side for side in (row["call"], row["put"]) if side is not None]


async def test_what_is_recorded_of_the_day_is_the_day_and_its_bars_are_those_of_the_quotes(store, tmp_path):
    clock = FixedClock(DAY.start)
    reader = Reader(store, clock, deadline_seconds=60.0)
    copy = DuckDBStore(tmp_path / "copy.duckdb")
    try:
        create_tables(copy)
        bars = LiveBars(clock)
        tape = Tape(
            Recorder(copy), clock, bars, is_recorded=lambda source: source == "lean", options_seconds=1.0
        )
        intake = LiveIntake(Book(), clock, [bars, tape])
        told = 0
        async for _ in play_as_it_was(reader, intake, DAY, clock):
            told += 1
            if told % 300 == 0:
                await tape.flush(everything=True)
        assert clock.now() == datetime(2020, 1, 6, 23, 59, tzinfo=UTC)
        clock.move_to(datetime(2020, 1, 7, 0, 1, tzinfo=UTC))
        await tape.flush(everything=True)
        quotes = _of_day(store, Table.QUOTES)
        assert _of_day(copy, Table.QUOTES) == quotes
        # Of options the newest at each writing.
        options = {(row["symbol"], row["ts"]): row for row in _of_day(store, Table.OPTION_SNAPSHOTS)}
        recorded = _of_day(copy, Table.OPTION_SNAPSHOTS)
        assert len(recorded) > 300
        assert all(row == options[row["symbol"], row["ts"]] for row in recorded)
        wanted = [
            (bar.symbol, bar.start_us, bar.open, bar.high, bar.low, bar.close)
            for bar in bars_of(_ticks(quotes), BarInterval.MINUTE)
        ]
        assert len(wanted) > 3_000
        assert _bars(copy) == sorted(wanted)
    finally:
        copy.close()


def _of_day(store: DuckDBStore, table: Table) -> list[dict[str, Any]]:
    rows = store.query(
        f"SELECT * EXCLUDE (series) FROM market.{table.value} WHERE source = 'lean' AND ts >= $start"
        " AND ts < $end AND symbol LIKE 'ES-%' ORDER BY symbol, ts, seq",
        {"start": DAY.start.replace(tzinfo=None), "end": DAY.end.replace(tzinfo=None)},
        deadline_seconds=60,
    )
    return rows.to_pylist()


def _ticks(quotes: Sequence[dict[str, Any]]) -> Ticks:
    def column(name: str) -> Any:
        return np.array([row[name] for row in quotes], dtype=np.float64)

    micros = [int(row["ts"].replace(tzinfo=UTC).timestamp() * 1e6 + 0.5) for row in quotes]
    return Ticks(
        symbols=[row["symbol"] for row in quotes],
        ts_us=np.array(micros, np.int64),
        seq=np.array([row["seq"] for row in quotes], np.int64),
        price=price_of(column("bid"), column("ask"), column("last"), column("mark")),
        volume=column("volume"),
        open_interest=column("open_interest"),
    )


def _bars(store: DuckDBStore) -> list[tuple[Any, ...]]:
    rows = store.query(
        "SELECT symbol, epoch_us(ts) AS at, open, high, low, close FROM market.bars"
        ' WHERE "interval" = $interval',
        {"interval": "1m"},
        deadline_seconds=60,
    ).to_pylist()
    return sorted(tuple(row.values()) for row in rows)
