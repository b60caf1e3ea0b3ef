"""Series rolled by their source: our adjustment against the adjusted prices the same source publishes."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import httpx
import pyarrow.csv as pa_csv
import pytest
import pytest_asyncio

from tests.data_folder import market_data
from tests.fixtures.app import client_of, settings_for
from tradesense.feeds.files import import_files
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Recorder, create_tables
from tradesense.run.api import create_app
from tradesense.run.settings import Settings

# The tests only read: they share one application, and the loop it runs in.
pytestmark = pytest.mark.asyncio(loop_scope="module")

SERIES = [("CRUDE_W", "CL"), ("SP500", "ES"), ("VIX", "VX"), ("GOLD", "GC")]
ROUNDING = 1e-11


@pytest.fixture(scope="module")
def stitched(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a store that holds the four series."""
    settings = settings_for(tmp_path_factory.mktemp("stitched"))
    settings.data_dir.mkdir()
    store = DuckDBStore(settings.market_store_file)
    create_tables(store)
    files = [market_data(f"pst/{name}_multiple_prices.csv.gz") for name, _ in SERIES]
    import_files(files, Recorder(store), load_specs())
    store.close()
    return settings


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(stitched: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(stitched)) as client:
        yield client


async def ask(client: httpx.AsyncClient, root: str, **query: object) -> dict:
    answer = await client.get(f"/api/v1/futures/{root}/continuous", params={"roll": "source", **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


def instants(file: Path, column: str) -> list[str]:
    return [time.isoformat() + "Z" for time in pa_csv.read_csv(file)[column].to_pylist()]


@pytest.mark.parametrize(("name", "root"), SERIES)
async def test_difference_adjusted_series_is_the_published_one(client, name, root):
    answer = await ask(client, root, adjust="difference")
    ours = {item["ts"]: item["close"] for item in answer["items"]}
    file = market_data(f"pst/{name}_adjusted_prices.csv.gz")
    published = dict(zip(instants(file, "DATETIME"), pa_csv.read_csv(file)["price"].to_pylist(), strict=True))
    both = [
        ts for ts, price in published.items() if price is not None and not math.isnan(price) and ts in ours
    ]
    assert not answer["truncated"]
    assert len(both) > 30_000
    assert max(abs(ours[ts] - published[ts]) for ts in both) < ROUNDING


@pytest.mark.parametrize(("name", "root"), SERIES)
async def test_rolls_are_those_the_source_planned_within_days(client, name, root):
    rolls = (await ask(client, root, limit=1))["rolls"]
    file = market_data(f"pst/{name}_roll_calendars.csv.gz")
    planned = pa_csv.read_csv(file).to_pylist()
    done = {(roll["from"], roll["to"]): datetime.fromisoformat(roll["ts"][:19]) for roll in rolls}
    missed = []
    for row in planned:
        pair = _symbol(root, row["current_contract"]), _symbol(root, row["next_contract"])
        if pair not in done or abs(done[pair] - row["DATE_TIME"]) > timedelta(days=4):
            missed.append((*pair, row["DATE_TIME"]))
    # The first planned roll comes before the first price.
    assert len(missed) <= 1 + len(planned) * 0.02, missed
    assert len(planned) > 25


def _symbol(root: str, contract: int) -> str:
    return f"{root}-{contract // 10_000}-{contract // 100 % 100:02d}"


async def test_raw_series_is_the_stored_price(client):
    answer = await ask(client, "CL")
    assert all(item["close"] == item["unadjusted_close"] for item in answer["items"])
    assert answer["items"][0]["contract"] == "CL-1991-12"


async def test_newest_contract_is_never_shifted_whatever_range_is_asked_for(client):
    whole = await ask(client, "GC", adjust="difference")
    part = await ask(
        client, "GC", adjust="difference", **{"from": "1990-01-01T00:00:00Z", "to": "1991-01-01T00:00:00Z"}
    )
    inside = [item for item in whole["items"] if "1990" <= item["ts"] < "1991"]
    assert part["items"] == inside
    assert whole["items"][-1]["close"] == whole["items"][-1]["unadjusted_close"]


async def test_ratio_adjusted_gold_keeps_the_returns_of_each_contract(client):
    answer = await ask(client, "GC", adjust="ratio")
    rolls = {roll["ts"]: roll for roll in answer["rolls"]}
    for before, after in pairwise(answer["items"]):
        if before["contract"] == after["contract"]:
            ratio = after["unadjusted_close"] / before["unadjusted_close"]
            assert after["close"] / before["close"] == pytest.approx(ratio, rel=1e-9)
    assert len(rolls) > 250


async def test_as_of_shows_the_series_as_it_was_then(client):
    then = await ask(client, "CL", adjust="difference", as_of="2000-06-01T00:00:00Z")
    assert max(item["ts"] for item in then["items"]) <= "2000-06-01T00:00:00Z"
    assert max(roll["ts"] for roll in then["rolls"]) < "2000-06-01T00:00:00Z"
    assert then["items"][-1]["close"] == then["items"][-1]["unadjusted_close"]


async def test_daily_bars_of_a_stitched_series_hold_its_first_last_and_extremes(client):
    fine = await ask(client, "VX", **{"from": "2020-03-16T00:00:00Z", "to": "2020-03-17T00:00:00Z"})
    daily = await ask(
        client, "VX", interval="1d", **{"from": "2020-03-16T00:00:00Z", "to": "2020-03-17T00:00:00Z"}
    )
    closes = [item["close"] for item in fine["items"]]
    (bar,) = daily["items"]
    assert len(closes) > 3
    assert (bar["open"], bar["high"], bar["low"], bar["close"]) == (
        closes[0],
        max(closes),
        min(closes),
        closes[-1],
    )


async def test_second_rank_of_a_source_series_is_refused(client):
    answer = await client.get("/api/v1/futures/CL/continuous", params={"roll": "source", "rank": 2})
    assert (answer.status_code, answer.json()["code"]) == (422, "no_such_rank")


async def test_series_without_contracts_says_which_roll_there_is(client):
    answer = await client.get("/api/v1/futures/CL/continuous")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_data")
    assert "roll=source" in answer.json()["detail"]


async def test_every_format_holds_the_same_rows(client):
    url = "/api/v1/futures/CL/continuous?roll=source&limit=7&format="
    csv = (await client.get(url + "csv")).text.splitlines()
    assert len(csv) == 8
    for name in ("parquet", "arrow"):
        answer = await client.get(url + name)
        assert answer.status_code == 200
        assert len(answer.content) > 500
