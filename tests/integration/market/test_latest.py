"""The newest rows at an instant against a replay that looks at every row up to it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fixtures.market import START, bar, naive, quote, rows_of
from tradesense.base.clock import FixedClock
from tradesense.market import Reader, Recorder, Table
from tradesense.market.history.futures import (
    fetch_latest_quotes,
    fetch_latest_trades,
    fetch_quotes,
    fetch_settlements,
)

SYMBOLS = ["A-2024-03", "A-2024-06", "B-2024-03", "QUIET-2024-03"]
HOUR = timedelta(hours=1)


def some_quotes() -> list[dict[str, object]]:
    dice = random.Random(11)
    rows = [quote("QUIET-2024-03", -90 * 86_400, bid=1.0), quote("QUIET-2024-03", 5 * 86_400, bid=2.0)]
    for symbol in SYMBOLS[:3]:
        for _ in range(300):
            second = dice.randrange(4 * 86_400)
            rows.append(quote(symbol, second, seq=dice.randrange(3), bid=float(dice.randrange(1000))))
    return rows


@pytest.fixture
def reader(market_store) -> Reader:
    return Reader(market_store, FixedClock(START))


@pytest.mark.parametrize("hours", [-24 * 91, -24 * 89, 0, 0.001, 1, 30.5, 95.99, 24 * 4.5, 24 * 5, 24 * 400])
async def test_the_newest_quotes_at_an_instant_equal_a_replay(reader, market_store, hours):
    rows = some_quotes()
    random.Random(1).shuffle(rows)
    for part in range(3):
        Recorder(market_store).append(Table.QUOTES, rows_of(Table.QUOTES, rows[part::3]))
    stored = market_store.query("SELECT * FROM market.quotes", deadline_seconds=5).to_pylist()
    at = START + hours * HOUR
    replayed: dict[str, tuple[datetime, float]] = {}
    for row in sorted(stored, key=lambda row: (row["ts"], row["seq"])):
        if row["ts"] <= naive(at):
            replayed[row["symbol"]] = (row["ts"].replace(tzinfo=UTC), row["bid"])
    found = await fetch_latest_quotes(reader, source="lean", symbols=[*SYMBOLS, "NONE"], at=at)
    assert {symbol: (row.ts, row.bid) for symbol, row in found.items()} == replayed


async def test_quotes_of_another_source_are_not_seen(reader, market_store):
    rows = [quote("A", 0, bid=1.0), quote("A", 5, bid=2.0, source="simulated")]
    Recorder(market_store).append(Table.QUOTES, rows_of(Table.QUOTES, rows))
    found = await fetch_latest_quotes(reader, source="lean", symbols=["A"], at=START + HOUR)
    assert found["A"].bid == 1.0


async def test_a_trade_is_known_when_its_minute_has_ended(reader, market_store):
    minutes = [
        bar("A", "1m", START + timedelta(minutes=minute), 10.0 + minute, volume=5.0)
        for minute in (-900, 0, 1, 2)
    ]
    Recorder(market_store).append(Table.BARS, rows_of(Table.BARS, minutes))
    at = START + timedelta(minutes=2, seconds=30)
    found = await fetch_latest_trades(reader, source="lean", symbols=["A"], at=at, session_start=START)
    assert found["A"].price == 11.0
    assert found["A"].ts == START + timedelta(minutes=2)
    assert found["A"].volume == 10.0
    assert found["A"].previous_close == 10.0 - 900


async def test_daily_bars_serve_where_there_are_no_minutes(reader, market_store):
    monday = datetime(2024, 1, 1, tzinfo=UTC)
    days = [bar("A", "1d", monday + timedelta(days=day), 50.0 + day, volume=7.0) for day in range(3)]
    Recorder(market_store).append(Table.BARS, rows_of(Table.BARS, days))
    at = monday + timedelta(days=2, hours=1)
    found = await fetch_latest_trades(reader, source="lean", symbols=["A"], at=at, session_start=at)
    assert (found["A"].price, found["A"].volume, found["A"].previous_close) == (51.0, 7.0, 50.0)


async def test_a_settlement_is_known_from_the_next_midnight(reader, market_store):
    rows = [
        {"source": "nse", "symbol": "A", "trade_date": date(2024, 1, day), "settlement": float(day)}
        for day in range(1, 6)
    ]
    Recorder(market_store).append(Table.SETTLEMENTS, rows_of(Table.SETTLEMENTS, rows))
    for hour, days in ((23, [2, 1]), (24, [3, 2])):
        at = datetime(2024, 1, 3, tzinfo=UTC) + timedelta(hours=hour)
        found = await fetch_settlements(reader, source="nse", symbols=["A"], at=at)
        assert [row.trade_date.day for row in found["A"]] == days


async def test_quotes_of_a_range_keep_their_order_and_limit(reader, market_store):
    rows = [quote("A", second, seq=seq) for second in range(10) for seq in (1, 0)]
    Recorder(market_store).append(Table.QUOTES, rows_of(Table.QUOTES, rows))

    async def seen(start, end, limit):
        found = await fetch_quotes(reader, source="lean", symbol="A", start=start, end=end, limit=limit)
        return [((row["ts"] - naive(START)).seconds, row["seq"]) for row in found.to_pylist()]

    later = START + timedelta(seconds=2)
    assert await seen(later, START + timedelta(seconds=4), 9) == [(2, 0), (2, 1), (3, 0), (3, 1)]
    assert await seen(later, START + HOUR, 3) == [(2, 0), (2, 1), (3, 0)]
    assert await seen(None, START + timedelta(seconds=4), 3) == [(2, 1), (3, 0), (3, 1)]
