"""Continuous series and the roll monitor over made contracts whose rolls are known beforehand."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import httpx
import pytest
import pytest_asyncio

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.market import bar, naive, rows_of
from tradesense.base.clock import FixedClock
from tradesense.instruments import load_specs
from tradesense.market import Table, instrument_rows
from tradesense.run.api import create_app
from tradesense.run.wiring import open_parts

# The tests only read: they share one application, and the loop it runs in.
pytestmark = pytest.mark.asyncio(loop_scope="module")

SPECS = load_specs()
CALENDAR = SPECS.get("ES").calendar
DAYS = [day for step in range(22) if CALENDAR.is_trading_day(day := date(2024, 3, 1) + timedelta(days=step))]
NOW = datetime(2024, 3, 20, 20, tzinfo=UTC)
CROSSING = date(2024, 3, 12)  # June trades more from this day on; March ends on the 15th


def daily(symbol: str, day: date, close: float, volume: float) -> dict[str, object]:
    ts = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return bar(symbol, "1d", ts, close, high=close + 2, low=close - 2, volume=volume)


def minute(symbol: str, ts: datetime, close: float) -> dict[str, object]:
    return bar(symbol, "1m", ts, close, volume=1.0)


def contract_bars() -> list[dict[str, object]]:
    rows = []
    for place, day in enumerate(DAYS):
        crossed = day >= CROSSING
        if day <= date(2024, 3, 15):
            rows.append(daily("ES-2024-03", day, 5100 + place, 10 if crossed else 90))
        rows.append(daily("ES-2024-06", day, 5160 + place, 90 if crossed else 10))
        rows.append(daily("ES-2024-09", day, 5220 + place, 1))
    for day in (12, 13):  # every hour around the roll, which comes with the session of the 13th
        for hour in range(24):
            for symbol, price in (("ES-2024-03", 5100.0), ("ES-2024-06", 5160.0)):
                rows.append(minute(symbol, datetime(2024, 3, day, hour, tzinfo=UTC), price + hour))
    return rows


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    settings = settings_for(tmp_path_factory.mktemp("desk"))
    async with open_parts(settings, FixedClock(NOW)) as parts:
        listed = [
            SPECS.future("ES", 2024, month, source="lean", source_symbol=f"ES{month}") for month in (3, 6, 9)
        ]
        parts.recorder.append(Table.INSTRUMENTS, instrument_rows(listed))
        parts.recorder.append(Table.BARS, rows_of(Table.BARS, contract_bars()))
        settled = [
            {
                "source": "lean",
                "symbol": symbol,
                "trade_date": day,
                "open_interest": 100.0 if (symbol == "ES-2024-06") == (day >= date(2024, 3, 13)) else 50.0,
            }
            for day in DAYS
            for symbol in ("ES-2024-03", "ES-2024-06")
        ]
        parts.recorder.append(Table.SETTLEMENTS, rows_of(Table.SETTLEMENTS, settled))
        quotes = [
            {"source": "lean", "symbol": symbol, "ts": naive(datetime(2024, 3, 12, 20, tzinfo=UTC)), "seq": 0}
            | {"bid": bid, "ask": bid + 0.5}
            for symbol, bid in (("ES-2024-03", 5109.0), ("ES-2024-06", 5169.0))
        ]
        parts.recorder.append(Table.QUOTES, rows_of(Table.QUOTES, quotes))
        async with client_of(create_app(settings, parts=parts)) as client:
            yield client


async def ask(client: httpx.AsyncClient, what: str = "continuous", **query: object) -> dict:
    answer = await client.get(f"/api/v1/futures/ES/{what}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def held(answer: dict) -> dict[str, str]:
    return {item["ts"][:10]: item["contract"] for item in answer["items"]}


async def test_calendar_roll_leaves_the_front_five_trading_days_before_its_end(client):
    answer = await ask(client)
    contracts = held(answer)
    assert (contracts["2024-03-08"], contracts["2024-03-11"]) == ("ES-2024-03", "ES-2024-06")
    (roll,) = answer["rolls"]
    assert (roll["date"], roll["from"], roll["to"]) == ("2024-03-11", "ES-2024-03", "ES-2024-06")
    assert (roll["gap"], roll["reason"], roll["status"]) == (60.0, "calendar", "ok")
    assert (roll["priced_at"], roll["ts"]) == ("2024-03-08T22:00:00Z", "2024-03-08T22:00:00Z")
    assert answer["roll_days"] == 5


async def test_roll_table_is_that_of_the_series_in_every_format(client):
    series, table = await ask(client, roll="volume"), await ask(client, "rolls", roll="volume")
    assert table["items"] == series["rolls"] != []
    answer = await client.get("/api/v1/futures/ES/rolls", params={"roll": "volume", "format": "csv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="ES-rolls-1-volume.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["date"], row["from"], row["to"]) == ("2024-03-13", "ES-2024-03", "ES-2024-06")
    for name in ("from_price", "to_price", "gap", "factor"):
        assert float(row[name]) == table["items"][0][name]


async def test_calendar_roll_without_days_held_back_comes_after_the_last_day(client):
    contracts = held(await ask(client, roll_days=0))
    assert (contracts["2024-03-15"], contracts["2024-03-18"]) == ("ES-2024-03", "ES-2024-06")


async def test_volume_roll_comes_the_day_after_the_crossing(client):
    answer = await ask(client, roll="volume")
    contracts = held(answer)
    assert (contracts["2024-03-12"], contracts["2024-03-13"]) == ("ES-2024-03", "ES-2024-06")
    assert answer["rolls"][0]["reason"] == "volume"
    assert answer["rolls"][0]["priced_at"] < answer["rolls"][0]["date"] + "T"


async def test_open_interest_roll_waits_for_its_publication(client):
    contracts = held(await ask(client, roll="oi"))
    assert (contracts["2024-03-14"], contracts["2024-03-15"]) == ("ES-2024-03", "ES-2024-06")


async def test_back_adjusted_series_has_no_jump_at_the_roll(client):
    answer = await ask(client, roll="volume", adjust="difference")
    closes = [item["close"] for item in answer["items"]]
    assert {round(after - before, 9) for before, after in pairwise(closes)} == {1.0}
    raw = [item["unadjusted_close"] for item in answer["items"]]
    assert max(after - before for before, after in pairwise(raw)) == 61.0
    first = answer["items"][0]
    assert (first["high"] - first["close"], first["close"] - first["low"]) == (2.0, 2.0)


async def test_no_minute_carries_the_new_contract_before_the_roll(client):
    answer = await ask(client, roll="volume", interval="1m", **{"from": "2024-03-12T00:00:00Z"})
    roll = answer["rolls"][0]
    assert roll["ts"] == "2024-03-12T21:00:00Z"  # the close of the session of the 12th
    assert {item["contract"] for item in answer["items"] if item["ts"] < roll["ts"]} == {"ES-2024-03"}
    assert {item["contract"] for item in answer["items"] if item["ts"] >= roll["ts"]} == {"ES-2024-06"}
    assert len(answer["items"]) == 48


@pytest.mark.parametrize("start", [None, "2024-03-12T10:00:00Z"])
async def test_limit_keeps_the_last_minutes_or_the_first_from_a_start(client, start):
    whole = await ask(client, roll="volume", interval="1m", **{"from": "2024-03-12T00:00:00Z"})
    times = [item["ts"] for item in whole["items"]]
    query = {"from": start} if start else {}
    part = await ask(client, roll="volume", interval="1m", limit=15, **query)
    wanted = [ts for ts in times if ts >= start][:15] if start else times[-15:]
    assert [item["ts"] for item in part["items"]] == wanted
    assert part["truncated"]


async def test_second_rank_is_the_contract_behind_the_front(client):
    contracts = held(await ask(client, rank=2))
    assert (contracts["2024-03-08"], contracts["2024-03-11"]) == ("ES-2024-06", "ES-2024-09")


async def test_only_wanted_months_are_held(client):
    assert set(held(await ask(client, months="MU")).values()) == {"ES-2024-06"}


async def test_as_of_hides_what_was_not_known(client):
    answer = await ask(client, roll="volume", adjust="difference", as_of="2024-03-12T15:00:00Z")
    assert answer["rolls"] == []
    assert max(held(answer)) == "2024-03-12"  # built of the minutes so far
    assert answer["items"][-1]["close"] == 5100.0 + 15 - 1


async def test_unknown_root_is_not_found(client):
    answer = await client.get("/api/v1/futures/NOPE/continuous")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_data")


@pytest.mark.parametrize(
    "query", [{"rank": 0}, {"roll": "mood"}, {"months": "ABC"}, {"roll_days": -1}, {"limit": 0}]
)
async def test_nonsense_is_refused(client, query):
    answer = await client.get("/api/v1/futures/ES/continuous", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_monitor_tells_where_the_roll_stands(client):
    answer = await ask(client, "roll", as_of="2024-03-12T20:30:00Z")
    assert (answer["front"]["symbol"], answer["next"]["symbol"]) == ("ES-2024-03", "ES-2024-06")
    assert (answer["roll_date"], answer["days_to_roll"], answer["trading_days_to_roll"]) == (
        "2024-03-11",
        -1,
        -1,
    )
    assert answer["volume_crossed_on"] is None
    assert answer["open_interest_crossed_on"] is None
    last = answer["migration"][-2]
    assert (last["date"], last["volume_share"], last["open_interest_share"]) == ("2024-03-11", 0.1, 1 / 3)


async def test_monitor_prices_the_roll_from_both_quotes(client):
    cost = (await ask(client, "roll", as_of="2024-03-12T20:00:30Z"))["cost"]
    assert (cost["spread"], cost["long_roll"], cost["short_roll"], cost["slippage"]) == (
        60.0,
        60.5,
        59.5,
        0.5,
    )
    assert (cost["long_roll_money"], cost["currency"]) == (60.5 * 50, "USD")
    assert cost["spread_annualised"] == pytest.approx((5169.25 / 5109.25 - 1) / (98 / 365), rel=1e-6)


async def test_monitor_sees_the_crossing_after_it_happened(client):
    answer = await ask(client, "roll", as_of="2024-03-15T12:00:00Z")
    assert (answer["volume_crossed_on"], answer["open_interest_crossed_on"]) == ("2024-03-12", "2024-03-13")


async def test_monitor_without_a_second_contract_has_no_cost(client):
    answer = await ask(client, "roll", as_of="2024-07-01T00:00:00Z")
    assert (answer["front"]["symbol"], answer["next"]) == ("ES-2024-09", None)
    assert set(answer["cost"].values()) == {None}
    assert answer["migration"] == []
