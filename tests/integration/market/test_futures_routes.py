"""The futures endpoints over real gold quotes of two days, and over made rows where the real ones lack."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import orjson
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet
import pytest

from tests.data_folder import market_data
from tests.fixtures.app import client_of, settings_for
from tests.fixtures.market import bar, naive, rows_of
from tradesense.base.clock import FixedClock
from tradesense.feeds.files import import_files
from tradesense.instruments import load_specs
from tradesense.market import Table, instrument_rows
from tradesense.run.api import create_app
from tradesense.run.wiring import Parts, open_parts

NOW = datetime(2024, 1, 3, 16, tzinfo=UTC)
SPECS = load_specs()
MONTHS = [(2024, 2), (2024, 3), (2024, 4), (2024, 5)]


def cl_quote(month: int, bid: float | None, ask: float | None, seconds: float = 0) -> dict[str, object]:
    ts = naive(NOW - timedelta(seconds=30) + timedelta(seconds=seconds))
    symbol = f"CL-2024-{month:02d}"
    return {
        "source": "databento",
        "symbol": symbol,
        "ts": ts,
        "seq": 0,
        "bid": bid,
        "ask": ask,
        "bid_size": 3.0,
    }


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    async with open_parts(settings_for(tmp_path), FixedClock(NOW)) as parts:
        listed = [
            SPECS.future("CL", year, month, source="databento", source_symbol=f"CL{month}")
            for year, month in MONTHS
        ]
        parts.recorder.append(Table.INSTRUMENTS, instrument_rows(listed))
        quotes = [
            cl_quote(2, 72.0, 72.02),
            cl_quote(3, 71.5, 71.53),
            cl_quote(4, 71.2, 71.1),
            cl_quote(5, None, 71.0),
        ]
        parts.recorder.append(Table.QUOTES, rows_of(Table.QUOTES, quotes))
        settled = {"source": "databento", "symbol": "CL-2024-02", "trade_date": date(2024, 1, 2)}
        parts.recorder.append(
            Table.SETTLEMENTS,
            rows_of(Table.SETTLEMENTS, [{**settled, "settlement": 70.0, "open_interest": 1234.0}]),
        )
        minute = NOW - timedelta(minutes=5)
        traded = bar("CL-2024-02", "1m", minute, 72.05, source="databento", volume=17.0)
        parts.recorder.append(Table.BARS, rows_of(Table.BARS, [traded]))
        yield parts


@pytest.fixture
async def client(tmp_path: Path, parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(settings_for(tmp_path), parts=parts)) as client:
        yield client


async def get(client: httpx.AsyncClient, path: str, **query: object) -> dict[str, object]:
    answer = await client.get(f"/api/v1{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_products_tell_front_contract_and_status(client):
    answer = await get(client, "/futures")
    (product,) = answer["items"]
    assert (product["root"], product["source"], product["status"]) == ("CL", "databento", "live")
    assert (product["multiplier"], product["tick"], product["currency"]) == (1000, 0.01, "USD")
    assert product["contract_count"] == 4
    front = product["front"]
    assert (front["symbol"], front["expiry"]) == ("CL-2024-02", "2024-01-22")
    quote = front["quote"]
    assert (quote["bid"], quote["ask"], quote["price"], quote["price_kind"]) == (72.0, 72.02, 72.01, "mid")
    assert (quote["last"], quote["volume"], quote["open_interest"]) == (72.05, 17.0, 1234.0)
    assert (quote["previous"], quote["change"]) == (70.0, pytest.approx(2.01))
    assert quote["change_pct"] == pytest.approx(2.01 / 70 * 100)
    assert quote["quote_age_ms"] == 30_000


async def test_where_nothing_was_settled_or_traded_the_change_is_from_the_last_quote_before_the_session(
    client, parts
):
    closing = {**cl_quote(3, 70.0, 70.02), "ts": naive(datetime(2024, 1, 2, 21, 59, tzinfo=UTC))}
    just_opened = {**cl_quote(3, 71.0, 71.02), "ts": naive(datetime(2024, 1, 2, 23, 0, 1, tzinfo=UTC))}
    parts.recorder.append(Table.QUOTES, rows_of(Table.QUOTES, [closing, just_opened]))
    _, second, *_ = (await get(client, "/futures/CL"))["contracts"]
    quote = second["quote"]
    assert (quote["previous"], quote["previous_kind"]) == (pytest.approx(70.01), "mid")
    assert quote["change"] == pytest.approx(71.515 - 70.01)


async def test_an_hour_later_the_product_is_stale_and_at_night_closed(client):
    for hours, status in ((0.1, "delayed"), (1, "stale"), (6.5, "closed")):
        at = (NOW + timedelta(hours=hours)).isoformat()
        assert (await get(client, "/futures/CL", as_of=at))["status"] == status


async def test_a_product_lists_contracts_that_live(client):
    symbols = [each["symbol"] for each in (await get(client, "/futures/CL"))["contracts"]]
    assert symbols == ["CL-2024-02", "CL-2024-03", "CL-2024-04", "CL-2024-05"]
    later = await get(client, "/futures/CL", as_of="2024-02-01T00:00:00Z")
    assert [each["symbol"] for each in later["contracts"]] == symbols[1:]


async def test_quote_status_says_what_is_wrong(client):
    symbols = "CL-2024-04,CL-2024-05,CL-2024-02,NO-2024-01"
    items = (await get(client, "/futures/quotes", symbols=symbols))["items"]
    assert [(each["symbol"], each["status"]) for each in items] == [
        ("CL-2024-04", "crossed"),
        ("CL-2024-05", "wide"),
        ("CL-2024-02", "ok"),
        ("NO-2024-01", "no_quote"),
    ]
    assert items[3]["source"] is None
    assert items[0]["price"] is None


async def test_the_middle_before_a_quote_without_one_side_counts(client, parts):
    both = [cl_quote(5, 70.0, 71.0, seconds=-60), cl_quote(5, None, 71.0, seconds=-50)]
    parts.recorder.append(Table.QUOTES, rows_of(Table.QUOTES, both))
    (item,) = (await get(client, "/futures/quotes", symbols="CL-2024-05"))["items"]
    assert (item["status"], item["bid"], item["ask"], item["price"]) == ("wide", None, 71.0, 70.5)


async def test_an_expired_contract_is_said_to_be(client):
    items = (await get(client, "/futures/quotes", symbols="CL-2024-02", as_of="2024-01-25T00:00:00Z"))[
        "items"
    ]
    assert items[0]["status"] == "expired"


async def test_quotes_by_post_equal_those_by_get(client):
    symbols = ["CL-2024-03", "CL-2024-02"]
    posted = await client.post("/api/v1/futures/quotes", json={"symbols": symbols})
    assert posted.json() == await get(client, "/futures/quotes", symbols=",".join(symbols))
    empty = await client.post("/api/v1/futures/quotes", json={"symbols": []})
    assert empty.status_code == 422


async def test_before_any_data_there_are_no_products(client):
    assert (await get(client, "/futures", as_of="2020-01-01T00:00:00Z"))["items"] == []
    answer = await client.get("/api/v1/futures/CL", params={"as_of": "2020-01-01T00:00:00Z"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_data")


async def test_a_source_without_the_product_is_no_data(client):
    answer = await client.get("/api/v1/futures/CL/curve", params={"source": "lean"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_data")


async def test_a_source_with_living_contracts_answers_before_a_longer_stitched_series(client, parts):
    stitched = {
        "source": "pst",
        "root": "CL",
        "ts": naive(NOW - timedelta(days=400)),
        "price": 70.0,
        "price_contract": "CL-2023-12",
    }
    newer = stitched | {"ts": naive(NOW + timedelta(days=400))}
    parts.recorder.append(Table.MULTIPLE_PRICES, rows_of(Table.MULTIPLE_PRICES, [stitched, newer]))
    curve = (await client.get("/api/v1/futures/CL/curve")).json()
    assert curve["source"] == "databento"
    assert curve["points"]
    product = (await client.get("/api/v1/futures/CL")).json()
    (listed,) = (await client.get("/api/v1/futures?source=databento")).json()["items"]
    assert product["sources"] == listed["sources"] == ["databento", "pst"]


async def test_spreads_come_from_the_legs(client):
    answer = await get(client, "/futures/CL/spreads")
    calendars = [each for each in answer["items"] if each["kind"] == "calendar"]
    assert calendars[0]["name"] == "CL-2024-02/CL-2024-03"
    assert (calendars[0]["bid"], calendars[0]["ask"]) == (pytest.approx(0.47), pytest.approx(0.52))
    assert [each["status"] for each in calendars] == ["ok", "crossed", "wide"]
    assert calendars[2]["bid"] == pytest.approx(0.2)
    assert calendars[2]["ask"] is None
    every = await get(client, "/futures/CL/spreads", kind="calendar", pairs="all")
    assert len(every["items"]) == 6


async def test_a_read_that_did_not_change_is_304(client):
    first = await client.get("/api/v1/futures/CL/curve")
    again = await client.get("/api/v1/futures/CL/curve", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("bad", ["2024-13-01", "yesterday", "1700000000", "2024-01-01T00:00:00"])
async def test_a_bad_instant_to_compare_with_is_refused(client, bad):
    answer = await client.get("/api/v1/futures/CL/curve", params={"compare": bad})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["query", "compare"]


async def test_bars_come_in_four_formats_with_the_same_rows(client):
    path = "/api/v1/instruments/CL-2024-02/bars"
    query = {"interval": "5m"}
    (row,) = (await client.get(path, params=query)).json()["items"]
    assert (row["ts"], row["close"], row["volume"]) == ("2024-01-03T15:55:00Z", 72.05, 17.0)
    csv = await client.get(path, params={**query, "format": "csv"})
    assert pa.csv.read_csv(io.BytesIO(csv.content))["close"].to_pylist() == [72.05]
    parquet = await client.get(path, params={**query, "format": "parquet"})
    assert pa.parquet.read_table(io.BytesIO(parquet.content))["close"].to_pylist() == [72.05]
    arrow = await client.get(path, params=query, headers={"Accept": "application/vnd.apache.arrow.stream"})
    assert pa.ipc.open_stream(arrow.content).read_all()["close"].to_pylist() == [72.05]


async def test_a_curve_and_those_laid_over_it_come_as_one_table(client):
    path, query = "/api/v1/futures/CL/curve", {"compare": "2024-01-03T15:59:00Z,2024-01-03"}
    told = (await client.get(path, params=query)).json()
    answer = await client.get(path, params={**query, "format": "parquet"})
    table = pa.parquet.read_table(io.BytesIO(answer.content))
    curves = [told, *told["compare"]]
    assert table["symbol"].to_pylist() == [each["symbol"] for curve in curves for each in curve["points"]]
    assert table["price"].to_pylist() == [each["price"] for curve in curves for each in curve["points"]]
    assert {at.isoformat().replace("+00:00", "Z") for at in table["as_of"].to_pylist()} == {
        curve["as_of"] for curve in curves
    }
    assert orjson.loads(table.schema.metadata[b"tradesense"])["shape"] == told["shape"]
    csv = await client.get(path, params={**query, "format": "csv"})
    assert csv.headers["content-disposition"] == 'attachment; filename="CL-curve.csv"'
    assert pa.csv.read_csv(io.BytesIO(csv.content))["price"].to_pylist() == table["price"].to_pylist()


async def test_spreads_come_as_a_table_with_their_legs_by_place(client):
    path = "/api/v1/futures/CL/spreads"
    told = (await client.get(path)).json()["items"]
    answer = await client.get(path, headers={"Accept": "application/vnd.apache.arrow.stream"})
    rows = pa.ipc.open_stream(answer.content).read_all().to_pylist()
    assert [row["name"] for row in rows] == [each["name"] for each in told]
    for row, each in zip(rows, told, strict=True):
        legs = [leg["symbol"] for leg in each["legs"]]
        assert (row["near"], row["far"]) == (legs[0], legs[-1])
        assert row["middle"] == (legs[1] if each["kind"] == "butterfly" else None)
        assert (row["bid"], row["ask"], row["status"]) == (each["bid"], each["ask"], each["status"])


async def test_stored_quotes_come_back_as_they_were(client):
    answer = await get(client, "/instruments/CL-2024-05/quotes")
    assert answer["items"][0] | {"ts": None} == {
        "ts": None, "seq": 0, "bid": None, "ask": 71.0, "bid_size": 3.0, "ask_size": None,
        "last": None, "mark": None, "volume": None, "open_interest": None,
    }  # fmt: skip


@pytest.fixture(scope="module")
def gold_files() -> list[Path]:
    return [market_data(f"lean/gc_minute_{name}.parquet") for name in ("quote", "trade", "openinterest")]


async def test_the_gold_curve_of_2013_10_07_has_21_months_at_any_minute(tmp_path, gold_files):
    async with open_parts(settings_for(tmp_path), FixedClock(NOW)) as parts:
        import_files(gold_files, parts.recorder, SPECS)
        quotes = pa.parquet.read_table(gold_files[0])
        async with client_of(create_app(settings_for(tmp_path), parts=parts)) as client:
            for minute in (1, 61, 337, 600, 900, 1259):
                at = datetime(2013, 10, 7, tzinfo=UTC) + timedelta(minutes=minute)
                curve = await get(client, "/futures/GC/curve", as_of=at.isoformat(), compare="2013-10-07")
                _check_gold_curve(curve, quotes, at)


def _check_gold_curve(curve: dict[str, object], quotes: pa.Table, at: datetime) -> None:
    points = curve["points"]
    assert len(points) == 21
    assert all(point["price"] is not None for point in points)
    assert [point["expiry"] for point in points] == sorted(point["expiry"] for point in points)
    assert curve["source"] == "lean"
    minute = pa.compute.equal(quotes["ts_utc"], pa.scalar(at - timedelta(minutes=1), quotes["ts_utc"].type))
    known = {row["contract_month"]: row for row in quotes.filter(minute).to_pylist()}
    for point in points:
        row = known.get(point["symbol"].removeprefix("GC-").replace("-", ""))
        if row is not None and point["ts"] == at.isoformat().replace("+00:00", "Z"):
            assert (point["bid"], point["ask"]) == (row["bid_close"], row["ask_close"])
    assert sum(point["quote_age_ms"] <= 60_000 for point in points) >= 15
    assert len(curve["compare"]) == 1


@pytest.mark.parametrize("as_of", ["2024-01-03T16:00:00", "yesterday", 1_700_000_000, "9999-01-01T00:00:00Z"])
async def test_a_post_with_a_time_that_is_none_is_refused(client, as_of):
    body = {"symbols": ["CL-2024-02"], "as_of": as_of}
    assert (await client.post("/api/v1/futures/quotes", json=body)).status_code == 422
