"""What the options desk reads from the store: expiries, the newest row per contract, prices beside them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fixtures.market import bar, naive, rows_of
from tradesense.base.clock import FixedClock
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Reader, Recorder, Table, instrument_rows
from tradesense.market.history.options import (
    LOOK_BACK,
    StoredExpiry,
    fetch_latest_options,
    fetch_option_terms,
    fetch_prices_at,
    fetch_stored_expiries,
)

Row = dict[str, object]
NOON = datetime(2024, 1, 3, 12, tzinfo=UTC)
NEAR, FAR = date(2024, 1, 19), date(2024, 2, 16)


def row(
    ts: datetime, *, strike: float = 100.0, right: str = "C", expiry: date = NEAR, **values: object
) -> Row:
    """Return one option row."""
    symbol = f"XYZ-{expiry.isoformat()}-{strike:g}-{right}"
    plain = {"source": "cboe", "root": "XYZ", "expiry": expiry, "symbol": symbol, "strike": strike}
    return {**plain, "right": right, "ts": naive(ts), "seq": 0, **values}


def put(store: DuckDBStore, *rows: Row) -> None:
    Recorder(store).append(Table.OPTION_SNAPSHOTS, rows_of(Table.OPTION_SNAPSHOTS, list(rows)))


@pytest.fixture
def reader(market_store: DuckDBStore) -> Reader:
    return Reader(market_store, FixedClock(NOON))


async def latest(reader: Reader, at: datetime, root: str = "XYZ", source: str = "cboe") -> list[Row]:
    expiries = await fetch_stored_expiries(reader, at=at, root=root, source=source)
    rows = await fetch_latest_options(reader, source=source, root=root, expiries=expiries, at=at)
    return rows.to_pylist()


async def test_of_each_contract_the_newest_row_by_then_is_read(
    reader: Reader, market_store: DuckDBStore
) -> None:
    minute = timedelta(minutes=1)
    put(
        market_store,
        row(NOON - 2 * minute, bid=1.0),
        row(NOON - minute, bid=2.0),
        row(NOON + minute, bid=3.0),
        row(NOON - 2 * minute, right="P", bid=7.0),
        row(NOON - minute, expiry=FAR, bid=9.0),
    )
    found = await latest(reader, NOON)
    assert [(each["expiry"], each["right"], each["bid"]) for each in found] == [
        (NEAR, "C", 2.0),
        (NEAR, "P", 7.0),
        (FAR, "C", 9.0),
    ]
    assert [each["bid"] for each in await latest(reader, NOON + minute)] == [3.0, 7.0, 9.0]


async def test_a_row_at_the_very_instant_counts(reader: Reader, market_store: DuckDBStore) -> None:
    put(market_store, row(NOON, bid=1.0))
    assert [each["bid"] for each in await latest(reader, NOON)] == [1.0]
    assert await fetch_stored_expiries(reader, at=NOON - timedelta(microseconds=1)) == []


async def test_of_several_rows_of_one_instant_the_last_counts(
    reader: Reader, market_store: DuckDBStore
) -> None:
    put(market_store, row(NOON, bid=1.0, seq=1), row(NOON, bid=2.0, seq=2), row(NOON, bid=3.0, seq=0))
    assert [each["bid"] for each in await latest(reader, NOON)] == [2.0]


async def test_a_contract_silent_for_a_day_is_left_out(reader: Reader, market_store: DuckDBStore) -> None:
    silent = NOON - LOOK_BACK
    put(
        market_store,
        row(NOON, bid=1.0),
        row(silent, strike=105.0, bid=2.0),
        row(silent + timedelta(seconds=1), strike=110.0, bid=3.0),
        row(silent, strike=100.0, expiry=FAR, bid=4.0),
    )
    found = await latest(reader, NOON)
    assert [(each["strike"], each["bid"]) for each in found] == [(100.0, 1.0), (110.0, 3.0), (100.0, 4.0)]


async def test_long_after_its_last_row_a_chain_is_still_found(
    reader: Reader, market_store: DuckDBStore
) -> None:
    put(market_store, row(NOON - timedelta(days=300), bid=1.0))
    assert [each["bid"] for each in await latest(reader, NOON)] == [1.0]


async def test_inside_a_longer_history_the_state_of_then_is_found(
    reader: Reader, market_store: DuckDBStore
) -> None:
    put(market_store, *[row(NOON + timedelta(days=day), bid=float(day + 1)) for day in range(30)])
    found = await latest(reader, NOON + timedelta(days=12, hours=5))
    assert [each["bid"] for each in found] == [13.0]


async def test_other_roots_and_sources_stay_apart(reader: Reader, market_store: DuckDBStore) -> None:
    put(
        market_store,
        row(NOON, bid=1.0),
        row(NOON, source="simulated", bid=2.0),
        row(NOON, root="XYZW", symbol="XYZW-2024-01-19-100-C", bid=3.0),
    )
    assert [each["bid"] for each in await latest(reader, NOON)] == [1.0]
    assert [each["bid"] for each in await latest(reader, NOON, source="simulated")] == [2.0]
    stored = await fetch_stored_expiries(reader, at=NOON)
    assert [(each.source, each.root) for each in stored] == [
        ("cboe", "XYZ"),
        ("cboe", "XYZW"),
        ("simulated", "XYZ"),
    ]


async def test_an_expiry_knows_the_span_of_its_rows(reader: Reader, market_store: DuckDBStore) -> None:
    later = NOON + timedelta(hours=1)
    put(market_store, row(NOON), row(later))
    assert await fetch_stored_expiries(reader, at=later) == [StoredExpiry("cboe", "XYZ", NEAR, NOON, later)]


async def test_the_terms_of_an_expiry_name_what_it_is_on(reader: Reader, market_store: DuckDBStore) -> None:
    specs = load_specs()
    listed = [
        specs.option("ES", NEAR, 4_700.0, right, source="lean", source_symbol=right, underlying="ES-2024-03")
        for right in ("C", "P")
    ]
    listed.append(specs.future("ES", 2024, 3, source="lean", source_symbol="ESH4"))
    Recorder(market_store).append(Table.INSTRUMENTS, instrument_rows(listed))
    terms = (await fetch_option_terms(reader, root="ES"))["lean", "ES", NEAR]
    assert (terms.underlying, terms.underlying_kind, terms.contracts) == ("ES-2024-03", "future", 2)
    assert (terms.exercise, terms.multiplier, terms.inverse) == ("american", 50.0, False)
    assert terms.expires_at == listed[0].expires_at


async def test_the_price_beside_is_the_last_quote_by_then(reader: Reader, market_store: DuckDBStore) -> None:
    def quote(at: datetime, bid: float) -> Row:
        return {"source": "lean", "symbol": "ES-2024-03", "ts": naive(at), "seq": 0, "bid": bid}

    minute = timedelta(minutes=1)
    quotes = [quote(NOON - minute, 1.0), quote(NOON, 2.0), quote(NOON + minute, 3.0)]
    Recorder(market_store).append(Table.QUOTES, rows_of(Table.QUOTES, quotes))
    wanted = [("ES-2024-03", NOON), ("ES-2024-03", NOON - timedelta(seconds=1)), ("NQ-2024-03", NOON)]
    found = await fetch_prices_at(reader, source="lean", wanted=wanted)
    assert [each.bid if each else None for each in found] == [2.0, 1.0, None]


async def test_without_quotes_the_last_finished_minute_bar_counts(
    reader: Reader, market_store: DuckDBStore
) -> None:
    minute = timedelta(minutes=1)
    bars = [bar("SPX", "1m", NOON - minute, 4_700.0), bar("SPX", "1m", NOON, 4_711.0)]
    Recorder(market_store).append(Table.BARS, rows_of(Table.BARS, bars))
    (found,) = await fetch_prices_at(reader, source="lean", wanted=[("SPX", NOON + minute / 2)])
    assert found is not None
    assert (found.ts, found.last, found.bid) == (NOON, 4_700.0, None)


async def test_a_price_of_last_week_is_no_price(reader: Reader, market_store: DuckDBStore) -> None:
    old = [bar("SPX", "1m", NOON - timedelta(days=5), 4_700.0)]
    Recorder(market_store).append(Table.BARS, rows_of(Table.BARS, old))
    assert await fetch_prices_at(reader, source="lean", wanted=[("SPX", NOON)]) == [None]


async def test_nothing_asked_is_nothing_found(reader: Reader) -> None:
    assert await fetch_prices_at(reader, source="lean", wanted=[]) == []
