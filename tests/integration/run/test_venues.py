"""Venue and replay as the program runs them: from a setting to answers, the list of feeds and the record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.deribit_messages import LISTING, NOW, NOW_MS, ticker
from tests.fixtures.fake_deribit import fake_deribit
from tests.fixtures.market import quote, rows_of
from tests.fixtures.waiting import until
from tradesense.base.clock import Clock, FixedClock, SystemClock
from tradesense.feeds.deribit import client as deribit_client
from tradesense.instruments import load_specs
from tradesense.market import Table, instrument_rows
from tradesense.run.api import create_app
from tradesense.run.feeds import run_feeds
from tradesense.run.live import run_live
from tradesense.run.settings import SettingsRefused, load_settings
from tradesense.run.wiring import Parts, open_parts


@asynccontextmanager
async def running(
    folder: Path, clock: Clock, **settings: Any
) -> AsyncIterator[tuple[Parts, httpx.AsyncClient]]:
    async with open_parts(settings_for(folder, **settings), clock) as parts:
        yield_to = create_app(parts.settings, parts=parts)
        async with run_live(parts.live), client_of(yield_to) as client:
            yield parts, client


async def asked(client: httpx.AsyncClient, path: str, **query: Any) -> Any:
    answer = await client.get(f"/api/v1{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def feed_called(name: str, client: httpx.AsyncClient) -> dict[str, Any]:
    items = (await asked(client, "/feeds"))["items"]
    found: dict[str, Any] = next(each for each in items if each["feed"] == name)
    return found


def stored(parts: Parts, table: str) -> list[dict[str, Any]]:
    return parts.store.query(
        f"SELECT source, symbol, ts, seq FROM market.{table} ORDER BY symbol, ts, seq", deadline_seconds=5
    ).to_pylist()


async def test_deribit_put_on_by_setting_answers_and_is_recorded_once(tmp_path, monkeypatch):
    monkeypatch.setattr(deribit_client, "_LIST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(deribit_client, "_FIRST_PAUSE_SECONDS", 0.01)
    future = [ticker("BTC-27MAR26", seconds=-at, best_bid_price=88_000.0 + at) for at in range(5, 0, -1)]
    async with fake_deribit(NOW_MS) as (venue, url):
        venue.list(LISTING)
        made = running(tmp_path, FixedClock(NOW), feeds=("deribit",), deribit_url=url)
        async with made as (parts, client), run_feeds(parts):
            for conversation in (1, 2):
                await venue.until(lambda: "deribit_price_index.eth_usd" in venue.subscribed)
                for each in (*future, ticker()):
                    await venue.push("ticker.any", each)

                async def is_told() -> bool:
                    found = await client.get("/api/v1/options/BTC/chain", params={"source": "deribit"})
                    return found.status_code == 200 and found.json()["status"] == "live"

                await until(is_told, seconds=20)
                if conversation == 1:
                    await venue.hang_up()
                    await venue.until(lambda: venue.conversations == 2)
            await parts.live.tape.flush(everything=True)
            chain = await asked(client, "/options/BTC/chain", source="deribit")
            [side] = [row["call"] for row in chain["rows"]]
            assert (side["bid"], side["ask"], side["mark"]) == (0.05, 0.052, 0.051)
            board = await asked(client, "/futures/BTC", source="deribit")
            assert "BTC-2026-03-27" in {each["symbol"] for each in board["contracts"]}
            feed = await feed_called("deribit", client)
            assert (feed["kind"], feed["address"], feed["enabled"]) == ("venue", url, True)
            assert feed["state"] == "live"
            quotes = stored(parts, "quotes")
            assert [row["symbol"] for row in quotes] == ["BTC-2026-03-27"] * 5
            assert len({(row["ts"], row["seq"]) for row in quotes}) == 5
            assert len(stored(parts, "option_snapshots")) == 1


async def test_a_replay_asked_for_by_setting_is_a_source_of_its_own_and_not_recorded(tmp_path):
    specs = load_specs()
    day, start = date(2024, 1, 2), datetime(2024, 1, 2, 15, tzinfo=UTC)
    futures = [specs.future("ES", 2024, month, source="lean", source_symbol=f"ES{month}") for month in (3, 6)]
    rows = [
        quote(each.symbol, second, bid=4700.0 + second, ask=4700.5 + second)
        for each in futures
        for second in range(0, 3_600, 60)
    ]
    made = running(tmp_path, SystemClock(), feeds="none", replay=f"lean/ES:{day}:1000")
    async with made as (parts, client):
        parts.recorder.append(Table.INSTRUMENTS, instrument_rows(futures))
        parts.recorder.append(Table.QUOTES, rows_of(Table.QUOTES, rows))
        began = datetime.now(UTC)
        async with run_feeds(parts) as feeds:

            async def is_played() -> bool:
                symbols = {"symbols": "ES-2024-03,ES-2024-06", "source": "replay"}
                quotes = (await asked(client, "/futures/quotes", **symbols))["items"]
                return [each["bid"] for each in quotes] == [8240.0, 8240.0]

            await until(is_played, seconds=20)
            board = await asked(client, "/futures/ES", source="replay")
            assert [each["symbol"] for each in board["contracts"]] == ["ES-2024-03", "ES-2024-06"]
            first = board["contracts"][0]
            ends = datetime.fromisoformat(first["expires_at"])
            assert timedelta() <= ends - (began + (futures[0].expires_at - start)) < timedelta(seconds=30)
            feed = await feed_called("replay", client)
            assert (feed["kind"], feed["switchable"], feed["enabled"]) == ("replay", False, True)
            assert feed["address"] == "lean 2024-01-02 at 1000x"
            await parts.live.tape.flush(everything=True)
            assert {row["source"] for row in stored(parts, "quotes")} == {"lean"}

            async def is_over() -> bool:
                return (await feed_called("replay", client))["state"] == "stale"

            await until(is_over, seconds=20)
            assert "to its end" in (await feed_called("replay", client))["reason"]
            await feeds.check()


@pytest.mark.parametrize("wrong", ["lean", "lean:2020-01-06:5000", "lean:yesterday"])
def test_a_replay_that_can_not_be_read_stops_the_start_by_name(wrong):
    with pytest.raises(SettingsRefused, match="REPLAY: a replay is written"):
        load_settings(replay=wrong)
