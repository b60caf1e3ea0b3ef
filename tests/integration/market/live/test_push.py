"""Quotes that somebody sends in: what is kept, what is named, what is said twice, and who may."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fixtures.app import A_TRADER, client_of, settings_for
from tradesense.base.clock import FixedClock
from tradesense.base.errors import Unavailable
from tradesense.base.principal import Permission
from tradesense.feeds.files import import_files
from tradesense.feeds.files.format import Options
from tradesense.market.live.push import MOST_SOURCES
from tradesense.market.live.views import RootKey
from tradesense.run.api import create_app
from tradesense.run.wiring import Parts, open_parts

NOW = datetime(2024, 1, 3, 16, tzinfo=UTC)
WRITER = replace(A_TRADER, permissions=A_TRADER.permissions | {Permission.MARKET_WRITE})
FUTURE = "CL-2024-03"
OPTION = "ES-2024-03-15-4700-C"


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    async with open_parts(settings_for(tmp_path), FixedClock(NOW)) as parts:
        yield parts


@pytest.fixture
async def client(parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(parts.settings, parts=parts), caller=WRITER) as client:
        yield client


def quote(symbol: str = FUTURE, seconds: float = 0.0, **values: Any) -> dict[str, Any]:
    ts = (NOW + timedelta(seconds=seconds)).isoformat()
    return {"symbol": symbol, "ts": ts, **(values or {"bid": 72.0, "ask": 72.02})}


async def send(client: httpx.AsyncClient, *quotes: dict[str, Any], source: str = "mine") -> httpx.Response:
    return await client.post("/api/v1/quotes", json={"source": source, "quotes": quotes})


async def pushed(client: httpx.AsyncClient, *quotes: dict[str, Any], source: str = "mine") -> dict[str, Any]:
    response = await send(client, *quotes, source=source)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def stored(parts: Parts, table: str) -> list[dict[str, Any]]:
    sql = f"SELECT * FROM market.{table} WHERE source = 'mine' ORDER BY symbol, ts, seq"
    return parts.store.query(sql, deadline_seconds=5).to_pylist()


async def test_what_is_accepted_is_stored_and_live(client, parts):
    answer = await pushed(
        client,
        quote(bid=72.0, ask=72.02, bid_size=3, last=72.01),
        quote(OPTION, bid=80.0, ask=81.0, underlying_price=4_740.25),
    )
    assert answer == {"accepted": 2, "duplicate": 0, "rejected": []}
    [row] = stored(parts, "quotes")
    assert (row["symbol"], row["bid"], row["bid_size"], row["mark"]) == (FUTURE, 72.0, 3.0, None)
    [option] = stored(parts, "option_snapshots")
    assert (option["root"], option["strike"], option["right"]) == ("ES", 4700.0, "C")
    assert (option["underlying_price"], option["underlying_kind"]) == (4740.25, "forward")
    book = parts.live.book.copy(RootKey("mine", "CL"))
    assert book is not None
    assert book.columns["ask"].tolist() == [72.02]
    assert book.instruments[0].multiplier == 1000.0


async def test_it_is_a_feed_of_its_own_and_answers_as_a_source(client, parts):
    await pushed(client, quote())
    [feed] = parts.live.feed_states.document()["items"]
    assert (feed["feed"], feed["kind"], feed["state"], feed["instruments"]) == ("mine", "push", "live", 1)
    answer = await client.get("/api/v1/futures/CL", params={"source": "mine"})
    assert [each["symbol"] for each in answer.json()["contracts"]] == [FUTURE]


async def test_the_same_again_is_a_duplicate_and_changes_nothing(client, parts):
    rows = [quote(seconds=-second) for second in range(50)]
    assert (await pushed(client, *rows))["accepted"] == 50
    again = await pushed(client, *rows, quote(seconds=1), quote(seq=1, bid=71.0))
    assert (again["accepted"], again["duplicate"]) == (2, 50)
    assert len(stored(parts, "quotes")) == 52
    assert len({(row["ts"], row["seq"]) for row in stored(parts, "quotes")}) == 52


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (quote("CL-2024-3"), "symbol"),
        (quote("NOSUCHTHING-2024-03"), "NOSUCHTHING"),
        (quote("ES-2024-02"), "months"),
        (quote(bid=None), "no price"),
        (quote(volume=5), "no price"),
        (quote(OPTION, bid=0), "zero or less"),
        (quote(seconds=60), "clock"),
        (quote("CL-2023-03"), "ended"),
        (quote(bid=72.0, underlying_price=70.0), "only an option"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_what_can_not_be_so_is_named_and_the_others_are_taken(client, parts, wrong, words):
    answer = await pushed(client, quote(), wrong, quote(seconds=1))
    assert answer["accepted"] == 2
    [rejected] = answer["rejected"]
    assert rejected["index"] == 1
    assert words in rejected["reason"]
    assert len(stored(parts, "quotes")) == 2
    assert stored(parts, "option_snapshots") == []


async def test_a_future_may_be_worth_less_than_nothing(client):
    assert (await pushed(client, quote(bid=-37.63, ask=-37.0)))["accepted"] == 1


@pytest.mark.parametrize("source", ["simulated", "deribit", "lean", "replay", "globex", "file"])
async def test_the_programs_own_sources_are_not_to_be_had(client, parts, source):
    response = await send(client, quote(), source=source)
    assert response.status_code == 422
    assert response.json()["code"] == "reserved_source"
    assert parts.store.query("SELECT * FROM market.quotes", deadline_seconds=5).num_rows == 0


async def test_the_source_of_an_imported_file_is_not_to_be_had(client, parts, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("symbol,ts,bid,ask\nCL-2024-03,2024-01-02T15:00:00Z,70,70.01\n")
    options = Options(source="archive", table="quotes")
    await asyncio.to_thread(import_files, [file], parts.recorder, parts.specs, options=options)
    response = await send(client, quote(), source="archive")
    assert response.json()["code"] == "reserved_source"


@pytest.mark.parametrize(
    "body",
    [
        {"source": "mine", "quotes": []},
        {"source": "mine", "quotes": [quote()] * 5_001},
        {"source": "Mine", "quotes": [quote()]},
        {"source": "../x", "quotes": [quote()]},
        {"source": "mine", "quotes": [{**quote(), "price": 3}]},
        {"source": "mine", "quotes": [{**quote(), "bid": "72"}]},
        {"source": "mine", "quotes": [{**quote(), "bid_size": -1}]},
        {"source": "mine", "quotes": [{**quote(), "ts": 1_700_000_000}]},
        {"source": "mine", "quotes": [{**quote(), "ts": "2024-01-03T16:00:00"}]},
        {"source": "mine", "quotes": [{**quote(), "seq": -1}]},
    ],
    ids=range(10),
)
async def test_a_body_of_another_form_is_refused_whole(client, parts, body):
    response = await client.post("/api/v1/quotes", json=body)
    assert response.status_code == 422
    assert stored(parts, "quotes") == []


async def test_five_thousand_quotes_pass_and_more_than_two_mebibytes_do_not(client, parts):
    many = [quote(f"ES-2024-03-15-{1000 + step}-P", bid=1.0, ask=1.5) for step in range(5_000)]
    assert (await pushed(client, *many))["accepted"] == 5_000
    assert len(stored(parts, "option_snapshots")) == 5_000
    padding = " " * (2 * 1024 * 1024)
    headers = {"Content-Type": "application/json"}
    response = await client.post("/api/v1/quotes", content='{"source": "mine"' + padding, headers=headers)
    assert response.status_code == 413


async def test_without_the_permission_nothing_is_taken(parts):
    async with client_of(create_app(parts.settings, parts=parts)) as trader:
        response = await send(trader, quote())
    assert response.status_code == 403
    assert stored(parts, "quotes") == []


async def test_what_could_not_be_stored_is_not_live_and_is_said(client, parts, monkeypatch):
    def refuse() -> None:
        raise Unavailable("The disk is full.", code="disk_full")

    with monkeypatch.context() as full:
        full.setattr(parts.store, "check_room", refuse)
        response = await send(client, quote())
    assert (response.status_code, response.json()["code"]) == (503, "disk_full")
    assert parts.live.book.copy(RootKey("mine", "CL")) is None
    assert (await pushed(client, quote()))["accepted"] == 1
    assert parts.live.book.copy(RootKey("mine", "CL")) is not None


async def test_sources_are_not_taken_without_end(client):
    for number in range(MOST_SOURCES):
        await pushed(client, quote("NOSUCHTHING-2024-03"), source=f"own-{number}")
    response = await send(client, quote(), source="one-more")
    assert (response.status_code, response.json()["code"]) == (422, "too_many_sources")


async def test_pushes_that_wait_too_many_are_sent_away_and_the_others_kept(client, parts, monkeypatch):
    gate = threading.Event()
    check_room = parts.store.check_room

    def wait_for_it() -> None:
        gate.wait(20)
        check_room()

    monkeypatch.setattr(parts.store, "check_room", wait_for_it)
    sending = [asyncio.create_task(send(client, quote(seconds=-number))) for number in range(12)]
    refused = 0
    for done in asyncio.as_completed(sending):
        response = await done
        if response.status_code == 503:
            assert response.json()["code"] == "push_busy"
            assert response.headers["Retry-After"]
            refused += 1
        if refused == 4:
            gate.set()
    assert [task.result().status_code for task in sending].count(200) == 8
    assert len(stored(parts, "quotes")) == 8


async def test_bars_of_any_length_are_there_of_what_was_sent_in_also_of_what_came_late(
    client: httpx.AsyncClient,
) -> None:
    day = 86_400.0
    first = [
        quote(seconds=-seconds, bid=72.0 + step, ask=72.0 + step)
        for step, seconds in enumerate((90.5, 90.2, 30.5))
    ]
    await pushed(client, *first)
    await pushed(client, quote(seconds=-day, bid=60.0, ask=60.0), quote(seconds=-30.2, bid=80.0, ask=80.0))

    async def bars(interval: str) -> list[tuple[float, float, float, float]]:
        answer = await client.get(
            f"/api/v1/instruments/{FUTURE}/bars", params={"interval": interval, "source": "mine"}
        )
        assert answer.status_code == 200, answer.text
        return [
            tuple(bar[name] for name in ("open", "high", "low", "close")) for bar in answer.json()["items"]
        ]

    early, late = (72.0, 73.0, 72.0, 73.0), (74.0, 80.0, 74.0, 80.0)
    assert await bars("1s") == [(60.0,) * 4, early, late]
    assert await bars("1m") == [(60.0,) * 4, early, late]
    assert await bars("1h") == [(60.0,) * 4, (72.0, 80.0, 72.0, 80.0)]
    assert await bars("1d") == [(60.0,) * 4, (72.0, 80.0, 72.0, 80.0)]
