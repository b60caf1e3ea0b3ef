"""Recorded traffic of the venue through the real feed: book, chain and Greeks, against the venue's own."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

from tests.data_folder import market_data
from tests.fixtures.deribit_messages import CALL, LISTING, NOW_MS, no_pause, ticker
from tests.fixtures.fake_deribit import FakeDeribit, fake_deribit
from tests.fixtures.intake import WatchedIntake
from tradesense import quant
from tradesense.base.clock import FixedClock
from tradesense.feeds.deribit import DeribitFeed
from tradesense.feeds.files.deribit_messages import split_message
from tradesense.feeds.files.format import Context
from tradesense.feeds.files.namer import Namer
from tradesense.infra.live_memory import MemoryBus, MemoryCache
from tradesense.instruments import load_specs
from tradesense.market.live.options_view import OptionsView
from tradesense.market.live.pipeline import Pipeline
from tradesense.market.live.views import RootKey

STATED = {
    "bid": "best_bid_price",
    "ask": "best_ask_price",
    "last": "last_price",
    "mark": "mark_price",
    "open_interest": "open_interest",
    "underlying_price": "underlying_price",
}
END_MS = 1_626_993_760_000
END = datetime.fromtimestamp(END_MS / 1000, UTC)


def lines_of(file: str) -> list[str]:
    return gzip.decompress(market_data(f"deribit/{file}").read_bytes()).decode().splitlines()


def listed_then() -> Iterator[dict[str, Any]]:
    for line in lines_of("get_instruments_20210722.txt.gz"):
        _, is_reply, reply = line.partition(" -> ")
        if is_reply:
            yield from json.loads(reply.partition(": ")[2])["result"]


@asynccontextmanager
async def feeding(now_ms: int) -> AsyncIterator[tuple[FakeDeribit, WatchedIntake, FixedClock]]:
    async with fake_deribit(now_ms) as (fake, url):
        fake.list(LISTING if now_ms == NOW_MS else listed_then())
        clock = FixedClock(datetime.fromtimestamp(now_ms / 1000, UTC))
        intake = WatchedIntake(clock)
        feed = DeribitFeed(intake, Namer(Context(load_specs()), "deribit"), clock, url=url, sleep=no_pause)
        task = asyncio.create_task(feed.run())
        try:
            await fake.until(lambda: "deribit_price_index.eth_usd" in fake.subscribed)
            yield fake, intake, clock
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def symbol_of(intake: WatchedIntake, contract: str) -> str:
    quotes = intake.book.copy(RootKey("deribit", contract[:3]))
    assert quotes is not None
    [found] = [each.symbol for each in quotes.instruments if each.source_symbol == contract]
    return found


def in_book(intake: WatchedIntake, symbol: str) -> dict[str, Any]:
    return intake.newest("deribit", symbol[:3])[symbol]


async def test_every_recorded_ticker_arrives_with_price_volatility_and_greeks(monkeypatch):
    monkeypatch.setattr("tradesense.feeds.deribit.feed.GATHER_SECONDS", 0.0)
    seen = 0
    async with feeding(END_MS) as (fake, intake, _):
        async for message in fake.play(lines_of("ws_recording_20210722.txt.gz")):
            if not str(message.get("params", {}).get("channel")).startswith("ticker."):
                continue
            data = message["params"]["data"]
            seen += 1
            symbol = symbol_of(intake, data["instrument_name"])
            ts_us = data["timestamp"] * 1000

            def is_there(symbol: str = symbol, ts_us: int = ts_us) -> bool:
                return any((symbol, ts_us) == row[:2] for row in intake.rows())

            await intake.until(is_there)
            found = in_book(intake, symbol)
            for ours, theirs in STATED.items():
                # The venue says 0.0 and null for "none".
                assert found[ours] == pytest.approx(data[theirs] or np.nan, nan_ok=True), (symbol, ours)
            assert found["venue_iv"] == pytest.approx(data["mark_iv"] / 100)
            for greek in ("delta", "gamma", "vega", "theta"):
                assert found[f"venue_{greek}"] == data["greeks"][greek], (symbol, greek)
        assert intake.refused == {}
    assert seen == 89


async def test_our_greeks_of_the_recorded_tickers_are_the_venues():
    tickers = [
        json.loads(line.partition(": ")[2])["params"]["data"]
        for line in lines_of("ws_recording_20210722.txt.gz")
        if '"channel":"ticker.' in line
    ]
    listed = {row["instrument_name"]: row for row in listed_then()}

    def column(name: str) -> Any:
        return np.array([float(each[name]) for each in tickers])

    def greek(name: str) -> Any:
        return np.array([float(each["greeks"][name]) for each in tickers])

    terms = [listed[each["instrument_name"]] for each in tickers]
    years = (np.array([each["expiration_timestamp"] for each in terms]) - column("timestamp")) / (
        365 * 86_400_000.0
    )
    found = quant.coin_greeks(
        is_call=np.array([each["option_type"] == "call" for each in terms]),
        forward=column("underlying_price"),
        strike=np.array([each["strike"] for each in terms]),
        expiry_years=years,
        vol=column("mark_iv") / 100,
    )
    mark_gaps = np.abs(found.price_coin - column("mark_price"))
    assert np.median(mark_gaps) <= 1e-5
    assert mark_gaps.max() <= 2.1e-4
    assert np.abs(found.delta - greek("delta")).max() <= 2e-5
    assert np.abs(found.gamma - greek("gamma")).max() <= 6e-6
    assert np.abs(found.vega - greek("vega")).max() <= 0.002
    # With less than a day left the venue caps theta at the option's value.
    assert np.abs(found.theta - greek("theta"))[years > 1 / 365].max() <= 0.01


async def test_the_chain_told_live_has_the_venues_volatility_and_delta():
    async with feeding(END_MS) as (fake, intake, clock):
        last: dict[str, dict[str, Any]] = {}
        async for message in fake.play(lines_of("ws_recording_20210722.txt.gz")):
            if str(message.get("params", {}).get("channel")).startswith("ticker."):
                last[message["params"]["data"]["instrument_name"]] = message["params"]["data"]
        wanted = {(symbol_of(intake, name), data["timestamp"] * 1000) for name, data in last.items()}
        await intake.until(lambda: wanted <= {row[:2] for row in intake.rows()})
        cache = MemoryCache()
        view = OptionsView(load_specs(), intake.book, assumed_rate=0.04)
        await Pipeline(intake.book, [view], cache, MemoryBus(), clock).beat()
        sides = {}
        for symbol in {symbol for symbol, _ in wanted}:
            root, year, month, day = symbol.split("-")[:4]
            whole = await cache.get(f"chain:{root}:{year}-{month}-{day}@deribit")
            assert whole is not None, symbol
            for row in orjson.loads(whole.body)["rows"]:
                sides.update({side["symbol"]: side for side in (row["call"], row["put"]) if side})
    assert len(last) == 10
    compared = 0
    for name, data in last.items():
        side = sides[symbol_of(intake, name)]
        assert side["bid"] == (data["best_bid_price"] or None)
        assert side["mark"] == data["mark_price"]
        assert side["ts"].startswith(datetime.fromtimestamp(data["timestamp"] / 1000, UTC).strftime("%FT%T"))
        assert side["delta"] == pytest.approx(data["greeks"]["delta"], abs=0.003)
        if data["greeks"]["vega"] > 5.0:
            assert side["iv"] == pytest.approx(data["mark_iv"] / 100, abs=0.0005)
            compared += 1
    assert compared >= 4


def fixtures() -> list[Path]:
    folder = market_data("deribit/json_fixtures")
    return sorted(folder.glob("*.json"))


async def test_no_other_message_of_the_venue_stops_the_feed():
    files = fixtures()
    assert len(files) >= 29
    async with feeding(NOW_MS) as (fake, intake, _):
        for file in files:
            await fake.send(file.read_text(encoding="utf-8"))
        await fake.push(f"ticker.{CALL}.agg2", ticker())
        await intake.until(lambda: "BTC-2026-03-27-90000-C" in {row[0] for row in intake.rows()})
        assert fake.conversations == 1
        assert intake.losses == []


def test_every_message_is_understood_or_refused_by_name():
    for file in fixtures():
        records = list(split_message(json.loads(file.read_text(encoding="utf-8"))))
        assert records
        for record in records:
            assert record.what in ("instrument", "market") or record.reason, file.name


async def test_listings_of_the_venue_of_any_kind_are_taken_or_counted():
    rows = []
    for file in fixtures():
        result = json.loads(file.read_text(encoding="utf-8")).get("result")
        rows += [each for each in result if isinstance(each, dict)] if isinstance(result, list) else []
    assert len(rows) > 5
    async with feeding(NOW_MS) as (fake, intake, _):
        fake.summaries["BTC", "future"] = rows
        fake.list(
            {"instrument_name": f"odd-{at}", "kind": "option", "base_currency": "ETH", **row}
            for at, row in enumerate(rows)
        )
        await fake.hang_up()
        await fake.until(lambda: fake.conversations == 2)
        await fake.until(lambda: "deribit_price_index.eth_usd" in fake.subscribed)
        await fake.push(f"ticker.{CALL}.agg2", ticker())
        await intake.until(lambda: "BTC-2026-03-27-90000-C" in {row[0] for row in intake.rows()})
