"""Volatilities of earlier days: many at once as each alone, computed once, and right after an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from tests.fixtures.market import naive, rows_of
from tests.unit.market.options.chains import quoted
from tradesense.base.clock import FixedClock
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import Instrument, SpecBook, load_specs
from tradesense.market import Reader, Recorder, Table, instrument_rows
from tradesense.market.history.option_days import fetch_stored_days
from tradesense.market.options.errors import UnknownExpiry
from tradesense.market.options.iv_history import DailyVol, IvHistory, around_maturity, data_at, vol_of
from tradesense.market.options.loading import RootData, load_chain, load_root
from tradesense.market.recorder import ImportedFile

RATE = 0.03
FUTURE = "ES-2024-09"
FIRST = datetime(2024, 3, 1, 20, tzinfo=UTC)
DAYS = 40
NOW = FIRST + timedelta(days=DAYS, hours=2)
EXPIRIES = tuple(date(2024, 3, 15) + timedelta(weeks=week) for week in range(13))
STRIKES = (4_500.0, 4_750.0, 4_950.0, 5_050.0, 5_250.0, 5_500.0)


@dataclass
class Past:
    """Rows of ES options and of the future they are on, day after day."""

    specs: SpecBook = field(default_factory=load_specs)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    options: list[dict[str, object]] = field(default_factory=list)
    quotes: list[dict[str, object]] = field(default_factory=list)

    def add_future(self, at: datetime, price: float) -> None:
        self.quotes.append(
            {
                "source": "lean",
                "symbol": FUTURE,
                "ts": naive(at),
                "seq": 0,
                "bid": price - 1,
                "ask": price + 1,
            }
        )

    def add_chain(self, at: datetime, expiry: date, vol: float, price: float, seq: int = 0) -> None:
        for right in "CP":
            for strike in STRIKES:
                option = self.specs.option(
                    "ES", expiry, strike, right, source="lean", source_symbol="x", underlying=FUTURE
                )
                self.instruments[option.symbol] = option
        assert option.expires_at is not None
        days = (option.expires_at - at).total_seconds() / 86_400.0
        for strike, is_call, bid, ask in quoted(
            price, vol=vol, rate=RATE, days=days, half_spread=0.5, strikes=STRIKES
        ):
            right = "C" if is_call else "P"
            symbol = f"ES-{expiry.isoformat()}-{strike:g}-{right}"
            self.options.append(
                {"source": "lean", "root": "ES", "expiry": expiry, "symbol": symbol, "strike": strike}
                | {"right": right, "ts": naive(at), "seq": seq, "bid": max(bid, 0.05), "ask": ask}
            )

    def write(self, store: DuckDBStore, file: ImportedFile | None = None) -> None:
        with Recorder(store).transaction() as write:
            write.stage(Table.INSTRUMENTS, instrument_rows(list(self.instruments.values())))
            write.stage(Table.OPTION_SNAPSHOTS, rows_of(Table.OPTION_SNAPSHOTS, self.options))
            write.stage(Table.QUOTES, rows_of(Table.QUOTES, self.quotes))
            if file:
                write.record_import(file)
            write.commit()


def stage_past(store: DuckDBStore) -> None:
    """Forty days with gaps: days without any rows, expiries quiet for a day or two, prices a while old."""
    past = Past()
    random = np.random.default_rng(7)
    for number in range(DAYS):
        at, price = FIRST + timedelta(days=number), 5_000.0 + 5.0 * number
        if number % 9 == 5:
            continue
        past.add_future(at - timedelta(minutes=1 if number % 4 else 90), price)
        for place, expiry in enumerate(EXPIRIES):
            after_expiry = at.date() >= expiry
            if not after_expiry and (number + place) % 5:
                past.add_chain(at - timedelta(minutes=place), expiry, float(random.uniform(0.1, 0.4)), price)
    past.write(store)


class WatchedReader(Reader):
    """Remembers what it was asked."""

    def __init__(self, store: DuckDBStore) -> None:
        super().__init__(store, FixedClock(NOW))
        self.asked: list[str] = []

    async def fetch(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        self.asked.append(sql)
        return await super().fetch(sql, parameters)


@pytest.fixture
def reader(market_store: DuckDBStore) -> WatchedReader:
    stage_past(market_store)
    return WatchedReader(market_store)


async def read_data(reader: Reader) -> RootData:
    return await load_root(reader, "ES", NOW, None)


async def day_by_day(reader: Reader, data: RootData) -> list[DailyVol]:
    """Return the history by the simple way: each day's chain loaded and valued by itself."""
    today = data.as_of.date()
    found = []
    for each in await fetch_stored_days(
        reader, source="lean", root="ES", first=date(2024, 1, 1), last=today - timedelta(days=1)
    ):
        then = data_at(data, each.newest_ts)
        try:
            iv = vol_of(await load_chain(reader, then, around_maturity(then)), RATE)
        except UnknownExpiry:
            continue
        if np.isfinite(iv):
            found.append(DailyVol(each.day, iv))
    return found


async def test_many_days_at_once_tell_what_each_day_tells_alone(reader: WatchedReader) -> None:
    data = await read_data(reader)
    expected = await day_by_day(reader, data)
    assert len(expected) > 25, "the oracle has something to say"
    assert len({each.iv for each in expected}) == len(expected), "each day differs"
    assert await IvHistory(reader, assumed_rate=RATE).before(data, 60) == expected
    assert await IvHistory(reader, assumed_rate=RATE, most_kept=3).before(data, 60) == expected
    few = await IvHistory(reader, assumed_rate=RATE).before(data, 10)
    assert few == [each for each in expected if each.day >= NOW.date() - timedelta(days=10)]


async def test_a_day_is_computed_once(reader: WatchedReader) -> None:
    data, history = await read_data(reader), IvHistory(reader, assumed_rate=RATE)
    first = await history.before(data, 60)
    reader.asked.clear()
    assert await history.before(data, 60) == first
    assert not [sql for sql in reader.asked if "strike" in sql], "no chain is read a second time"
    assert len(reader.asked) == 2


async def test_rows_added_to_a_day_change_its_volatility_and_no_earlier_one(
    reader: WatchedReader, market_store: DuckDBStore
) -> None:
    data, history = await read_data(reader), IvHistory(reader, assumed_rate=RATE)
    before = {each.day: each.iv for each in await history.before(data, 60)}
    again, at = Past(), FIRST + timedelta(days=20, hours=1)
    again.add_future(at, 5_100.0)
    for expiry in EXPIRIES:
        if expiry > at.date():
            again.add_chain(at, expiry, 0.9, 5_100.0)
    again.write(market_store)
    data = await read_data(reader)
    after = await history.before(data, 60)
    assert after == await day_by_day(reader, data)
    changed = {each.day for each in after if each.iv != before.get(each.day)}
    assert at.date() in changed
    assert changed <= {at.date(), at.date() + timedelta(days=1)}, "a day reaches back into the one before"


async def test_an_imported_price_of_what_the_options_are_on_changes_the_past(
    reader: WatchedReader, market_store: DuckDBStore
) -> None:
    data, history = await read_data(reader), IvHistory(reader, assumed_rate=RATE)
    before = {each.day: each.iv for each in await history.before(data, 60)}
    day = next(reversed(before))
    last, prices = datetime.combine(day, FIRST.timetz()), Past()
    for place in range(len(EXPIRIES)):
        prices.add_future(last - timedelta(minutes=place, seconds=5), 5_300.0)
    prices.write(market_store, ImportedFile("prices.csv", "0" * 64, "lean", "lean", 1, 0, NOW))
    data = await read_data(reader)
    after = await history.before(data, 60)
    assert after == await day_by_day(reader, data)
    assert after[-1].day == day
    assert after[-1].iv != before[day]
