from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, date, datetime

import httpx
import pyarrow as pa
import pytest
import pytest_asyncio

from tests.fixtures.app import client_of, settings_for
from tradesense.base.clock import FixedClock
from tradesense.instruments import Instrument, load_specs
from tradesense.market import SCHEMAS, Table
from tradesense.run.api import create_app
from tradesense.run.wiring import open_parts

# The tests only read: they share one application, and the loop it runs in.
pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2020, 3, 4, 15, tzinfo=UTC)
SPECS = load_specs()
MONTHS = [(2020, 3), (2020, 6), (2020, 9)]
LEAN = {"source": "lean", "source_symbol": "venue's name"}
INSTRUMENTS = [
    *(SPECS.future("ES", year, month, **LEAN) for year, month in MONTHS),
    SPECS.future("ES", 2020, 3, source="simulated", source_symbol="ES-2020-03"),
    *(SPECS.option("ES", date(2020, 3, 20), strike, "C", **LEAN) for strike in (3200, 900, 3200.5)),
    SPECS.option("SPXW", date(2020, 3, 20), 3200, "P", source="cboe", source_symbol="SPXW200320P03200000"),
    SPECS.index("SPX", source="cboe", source_symbol="^SPX"),
    SPECS.perpetual("BTC", source="deribit", source_symbol="BTC-PERPETUAL"),
]


def as_rows(instruments: list[Instrument]) -> pa.Table:
    rows = [asdict(each) for each in instruments]
    for row in rows:
        row["expires_at"] = row["expires_at"].replace(tzinfo=None) if row["expires_at"] else None
    return pa.Table.from_pylist(rows, SCHEMAS[Table.INSTRUMENTS])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    settings = settings_for(tmp_path_factory.mktemp("desk"))
    async with open_parts(settings, FixedClock(NOW)) as parts:
        parts.recorder.append(Table.INSTRUMENTS, as_rows(INSTRUMENTS))
        async with client_of(create_app(settings, parts=parts)) as client:
            yield client


async def symbols(client: httpx.AsyncClient, **query: object) -> list[tuple[str, str]]:
    answer = await client.get("/api/v1/instruments", params=query)
    assert answer.status_code == 200, answer.text
    return [(item["symbol"], item["source"]) for item in answer.json()["items"]]


async def test_search_puts_exact_matches_first_and_orders_strikes_by_value(client):
    assert await symbols(client, q="es", source="lean") == [
        ("ES-2020-03", "lean"),
        ("ES-2020-06", "lean"),
        ("ES-2020-09", "lean"),
        ("ES-2020-03-20-900-C", "lean"),
        ("ES-2020-03-20-3200-C", "lean"),
        ("ES-2020-03-20-3200.5-C", "lean"),
    ]


async def test_one_symbol_appears_once_per_source(client):
    assert await symbols(client, q="ES-2020-03", kind="future") == [
        ("ES-2020-03", "lean"),
        ("ES-2020-03", "simulated"),
    ]


async def test_search_knows_names_of_products_and_of_venues(client):
    assert await symbols(client, q="e-mini s&p", kind="future", source="simulated") == [
        ("ES-2020-03", "simulated")
    ]
    assert await symbols(client, q="spxw200320p") == [("SPXW-2020-03-20-3200-P", "cboe")]
    assert await symbols(client, q="nothing like it") == []


@pytest.mark.parametrize("wild", ["%", "_", "' OR 1=1 --", "\\", "*"])
async def test_wildcards_and_quotes_are_plain_text(client, wild):
    assert await symbols(client, q=wild) == []


async def test_pages_cover_the_list_once_in_order(client):
    everything = await symbols(client)
    assert len(everything) == len(set(everything)) == len(INSTRUMENTS)
    paged, cursor = [], None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/api/v1/instruments", params=query)).json()
        paged += [(item["symbol"], item["source"]) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert len(page["items"]) == 3
    assert paged == everything


async def test_cursor_of_another_search_is_refused(client):
    cursor = (await client.get("/api/v1/instruments", params={"limit": 1, "q": "ES"})).json()["next_cursor"]
    answer = await client.get("/api/v1/instruments", params={"limit": 1, "q": "SPX", "cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


async def test_instrument_answers_with_its_full_specification(client):
    detail = (await client.get("/api/v1/instruments/ES-2020-03", params={"source": "lean"})).json()
    assert detail["expires_at"] == "2020-03-20T13:30:00Z"
    assert (detail["multiplier"], detail["tick"], detail["currency"]) == (50, 0.25, "USD")
    assert (detail["days_to_expiry"], detail["trading_days_to_expiry"], detail["expired"]) == (16, 12, False)
    assert detail["market_open"] is True
    assert detail["sources"] == ["lean", "simulated"]
    specification = detail["specification"]
    assert (specification["name"], specification["mic"], specification["listed_months"]) == (
        "E-mini S&P 500",
        "XCME",
        "HMUZ",
    )
    assert (specification["expiry_rule"], specification["expiry_time"]) == ("third_friday", "08:30")


async def test_real_source_answers_before_the_simulated_one(client):
    assert (await client.get("/api/v1/instruments/ES-2020-03")).json()["source"] == "lean"


async def test_time_left_is_counted_from_as_of(client):
    query = {"source": "lean", "as_of": "2020-03-20T13:29:59Z"}
    detail = (await client.get("/api/v1/instruments/ES-2020-03", params=query)).json()
    assert detail["years_to_expiry"] == pytest.approx(1 / 31_536_000)
    query["as_of"] = "2020-03-20T13:30:00Z"
    detail = (await client.get("/api/v1/instruments/ES-2020-03", params=query)).json()
    assert (detail["expired"], detail["years_to_expiry"], detail["market_open"]) == (True, 0, True)


async def test_perpetual_has_no_expiry(client):
    detail = (await client.get("/api/v1/instruments/BTC-PERP")).json()
    assert [detail[name] for name in ("expiry", "expires_at", "days_to_expiry", "expired")] == [
        None,
        None,
        None,
        False,
    ]
    assert detail["inverse"] is True


@pytest.mark.parametrize("path", ["ES-2030-03", "ES-2020-09?source=simulated"])
async def test_instrument_that_is_not_stored_is_not_found(client, path):
    answer = await client.get(f"/api/v1/instruments/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_instrument")


async def test_unchanged_instrument_at_one_instant_is_not_sent_twice(client):
    url = "/api/v1/instruments/ES-2020-03?as_of=2020-03-04T00:00:00Z"
    etag = (await client.get(url)).headers["etag"]
    assert (await client.get(url, headers={"If-None-Match": etag})).status_code == 304
