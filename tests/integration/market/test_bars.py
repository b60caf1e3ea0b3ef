"""Bars at every interval against bars counted by hand, row by row, as they were known at an instant."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fixtures.market import bar, naive, rows_of
from tradesense.base.clock import FixedClock
from tradesense.instruments import load_specs
from tradesense.market import BarInterval, Reader, Recorder, Table
from tradesense.market.futures.errors import NoData, TooManyPoints
from tradesense.market.futures.series import SeriesService

SPECS = load_specs()
MINUTE = timedelta(minutes=1)
MONDAY = datetime(2013, 10, 7, 0, tzinfo=UTC)
NOW = MONDAY + timedelta(days=30)
SYMBOL = "ES-2013-12"
NAMES = ["open", "high", "low", "close", "volume", "open_interest"]


def minute_bars() -> list[dict[str, object]]:
    """Return three trading days of minutes with gaps, a missing open, and none in the daily pause."""
    dice = random.Random(7)
    rows = []
    for minute in range(-2 * 60, 3 * 24 * 60):
        ts = MONDAY + minute * MINUTE
        if dice.random() < 0.3 or ts.hour in (20, 21):
            continue
        low = 1600 + dice.randrange(400) / 4
        opened, closed = low + dice.randrange(8) / 4, low + dice.randrange(8) / 4
        rows.append(
            bar(
                SYMBOL,
                "1m",
                ts,
                closed,
                open=None if dice.random() < 0.02 else opened,
                low=low,
                high=max(opened, closed) + 0.25,
                volume=float(dice.randrange(1, 500)),
                open_interest=None if dice.random() < 0.9 else float(dice.randrange(10_000)),
            )
        )
    return rows


def bucket_of(ts: datetime, interval: BarInterval) -> datetime:
    if interval is BarInterval.DAY:
        hours = SPECS.get("ES").trading_hours
        day = hours.trade_date(ts.replace(tzinfo=UTC))
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001
    return epoch + (ts - epoch) // interval.length * interval.length


def counted(rows: Sequence[dict[str, object]], interval: BarInterval) -> list[dict[str, object]]:
    buckets: dict[datetime, list[dict[str, object]]] = {}
    for row in sorted(rows, key=lambda row: row["ts"]):
        buckets.setdefault(bucket_of(row["ts"], interval), []).append(row)

    def known(group, name):
        return [row[name] for row in group if row[name] is not None]

    return [
        {
            "ts": ts,
            "open": known(group, "open")[0] if known(group, "open") else None,
            "high": max(known(group, "high")),
            "low": min(known(group, "low")),
            "close": known(group, "close")[-1],
            "volume": sum(known(group, "volume")),
            "open_interest": known(group, "open_interest")[-1] if known(group, "open_interest") else None,
        }
        for ts, group in buckets.items()
    ]


@pytest.fixture
def series(market_store) -> SeriesService:
    return SeriesService(Reader(market_store, FixedClock(NOW)), SPECS)


@pytest.fixture
def stored_minutes(market_store) -> list[dict[str, object]]:
    rows = minute_bars()
    noise = [{**row, "symbol": "ES-2014-03", "close": 1.0} for row in rows]
    shuffled = rows + noise
    random.Random(3).shuffle(shuffled)
    for part in range(5):
        Recorder(market_store).append(Table.BARS, rows_of(Table.BARS, shuffled[part::5]))
    return rows


async def bars(series, interval, *, start=None, end=None, limit=50_000, as_of=None):
    return await series.get_bars(
        SYMBOL, BarInterval(interval), start=start, end=end, limit=limit, as_of=as_of, source=None
    )


@pytest.mark.parametrize("interval", ["1m", "5m", "15m", "1h", "1d"])
async def test_bars_of_an_interval_equal_those_counted_by_hand(series, stored_minutes, interval):
    answer = await bars(series, interval)
    assert answer.built_from == "1m"
    assert answer.rows.to_pylist() == counted(stored_minutes, BarInterval(interval))


@pytest.mark.parametrize("interval", ["1m", "5m", "1h", "1d"])
@pytest.mark.parametrize("minutes", [0.5, 617, 1440, 2000.25])
async def test_bars_as_of_an_instant_equal_those_of_a_store_that_holds_no_more(
    series, stored_minutes, interval, minutes
):
    at = MONDAY + minutes * MINUTE
    known = [row for row in stored_minutes if row["ts"] + MINUTE <= naive(at)]
    answer = await bars(series, interval, as_of=at)
    assert answer.rows.to_pylist() == counted(known, BarInterval(interval))


@pytest.mark.parametrize("interval", ["1m", "15m", "1h", "1d"])
@pytest.mark.parametrize("limit", [1, 7, 100])
async def test_without_a_start_the_last_bars_come(series, stored_minutes, interval, limit):
    answer = await bars(series, interval, limit=limit)
    everything = counted(stored_minutes, BarInterval(interval))
    assert answer.rows.to_pylist() == everything[-limit:]
    assert answer.truncated == (len(everything) > limit)


@pytest.mark.parametrize("interval", ["1m", "15m", "1h", "1d"])
@pytest.mark.parametrize("limit", [1, 7, 100])
async def test_with_a_start_the_first_bars_of_the_range_come(series, stored_minutes, interval, limit):
    start, end = MONDAY + 333 * MINUTE, MONDAY + 2800 * MINUTE
    answer = await bars(series, interval, start=start, end=end, limit=limit)
    inside = [
        each
        for each in counted(stored_minutes, BarInterval(interval))
        if naive(start) <= each["ts"] < naive(end)
    ]
    assert answer.rows.to_pylist() == inside[:limit]
    assert answer.truncated == (len(inside) > limit)


async def test_bars_of_quotes_take_the_middle_and_a_quote_on_the_minute_ends_it(series, market_store):
    def at(seconds, bid, ask, **values):
        ts = naive(MONDAY + timedelta(seconds=seconds))
        return {"source": "lean", "symbol": SYMBOL, "ts": ts, "seq": 0, "bid": bid, "ask": ask, **values}

    rows = [
        at(1, 10.0, 11.0),
        at(30, 12.0, 13.0),
        at(30, 8.0, 9.0, seq=1),
        at(60, 10.0, 10.5),
        at(61, 20.0, 19.0, last=15.0),
        at(62, 21.0, None, last=None),
    ]
    Recorder(market_store).append(Table.QUOTES, rows_of(Table.QUOTES, rows))
    answer = await bars(series, "1m")
    assert answer.built_from == "quotes"
    assert [[row[name] for name in NAMES[:5]] for row in answer.rows.to_pylist()] == [
        [10.5, 12.5, 8.5, 10.25, None],
        [15.0, 15.0, 15.0, 15.0, None],
    ]
    early = await bars(series, "1m", as_of=MONDAY + timedelta(seconds=30))
    assert [row["close"] for row in early.rows.to_pylist()] == [8.5]


async def test_stored_daily_bars_come_once_they_have_ended(series, market_store):
    rows = [bar(SYMBOL, "1d", MONDAY + timedelta(days=day), 100.0 + day) for day in range(3)]
    Recorder(market_store).append(Table.BARS, rows_of(Table.BARS, rows))
    answer = await bars(series, "1d", as_of=MONDAY + timedelta(days=2, hours=5))
    assert [row["close"] for row in answer.rows.to_pylist()] == [100.0, 101.0]


async def test_day_that_has_begun_is_built_of_minutes_behind_stored_days(series, market_store):
    """2013-10-09 is no stored day yet: its bar is that of its minutes so far, of the evening before on."""
    days = [bar(SYMBOL, "1d", MONDAY + timedelta(days=day), 100.0 + day) for day in range(2)]
    evening = MONDAY + timedelta(days=1, hours=22)
    minutes = [
        bar(SYMBOL, "1m", evening + step * MINUTE, 200.0 + step, volume=2.0)
        for step in (*range(-90, -60), *range(720))
    ]
    Recorder(market_store).append(Table.BARS, rows_of(Table.BARS, days + minutes))
    at = evening + timedelta(hours=3)
    answer = await bars(series, "1d", as_of=at)
    assert answer.built_from == "1d"
    assert [row["close"] for row in answer.rows.to_pylist()] == [100.0, 101.0, 379.0]
    assert answer.rows.to_pylist()[-1]["open"] == 200.0
    assert answer.rows.to_pylist()[-1]["volume"] == 360.0
    last = await bars(series, "1d", as_of=at, limit=1)
    assert last.rows.to_pylist() == answer.rows.to_pylist()[-1:]
    assert last.truncated
    first = await bars(series, "1d", as_of=at, start=MONDAY, end=MONDAY + timedelta(days=2), limit=9)
    assert [row["close"] for row in first.rows.to_pylist()] == [100.0, 101.0]


async def test_depth_counts_what_is_stored_by_form_and_names_the_gaps(series, market_store):
    """ES trades from Monday the 7th to Monday the 14th on six days; two have no row."""
    stored = [bar(SYMBOL, "1d", MONDAY + timedelta(days=day), 100.0) for day in (0, 2, 4, 7)]
    minutes = [bar(SYMBOL, "1m", MONDAY + step * MINUTE, 100.0) for step in range(7)]
    Recorder(market_store).append(Table.BARS, rows_of(Table.BARS, stored + minutes))
    fine, daily = await series.get_depth(SYMBOL, as_of=None)
    assert (fine.stored.interval, fine.stored.row_count, fine.missing) == (BarInterval.MINUTE, 7, [])
    assert (daily.stored.first_ts, daily.stored.last_ts) == (MONDAY, MONDAY + timedelta(days=7))
    assert daily.stored.row_count == 4
    assert daily.missing == [date(2013, 10, 8), date(2013, 10, 10)]
    early = await series.get_depth(SYMBOL, as_of=MONDAY + timedelta(days=3, minutes=3))
    assert [each.stored.row_count for each in early] == [7, 2]
    with pytest.raises(NoData):
        await series.get_depth("CL-2013-12", as_of=None)


async def test_a_symbol_without_data_is_no_data(series):
    with pytest.raises(NoData):
        await bars(series, "1m")


async def test_bars_finer_than_what_is_stored_are_no_data(series, stored_minutes):
    with pytest.raises(NoData):
        await bars(series, "1s")


async def test_before_the_first_row_there_is_no_data(series, stored_minutes):
    with pytest.raises(NoData):
        await bars(series, "1m", as_of=MONDAY - timedelta(days=2))


async def test_a_range_of_too_many_bars_is_refused(series, stored_minutes):
    with pytest.raises(TooManyPoints):
        await bars(series, "1s", start=MONDAY, end=MONDAY + timedelta(days=3650))


async def test_a_start_long_before_the_first_row_finds_the_first_bars(series, stored_minutes):
    answer = await bars(series, "1d", start=datetime(1900, 1, 1, tzinfo=UTC), limit=2)
    assert answer.rows.to_pylist() == counted(stored_minutes, BarInterval.DAY)[:2]
