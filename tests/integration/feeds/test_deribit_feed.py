"""Deribit as a feed, from a venue of our own into the real book."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.fixtures.deribit_messages import CALL, LISTING, NOW, NOW_MS, no_pause, ticker
from tests.fixtures.fake_deribit import FakeDeribit, fake_deribit
from tests.fixtures.intake import WatchedIntake
from tradesense.base.clock import FixedClock
from tradesense.feeds.deribit import DeribitFeed
from tradesense.feeds.files.format import Context
from tradesense.feeds.files.namer import Namer
from tradesense.instruments import load_specs

CALL_SYMBOL = "BTC-2026-03-27-90000-C"


@pytest.fixture
async def venue() -> AsyncIterator[tuple[FakeDeribit, str]]:
    async with fake_deribit(NOW_MS) as (made, url):
        made.list(LISTING)
        yield made, url


@asynccontextmanager
async def feeding(url: str, clock: FixedClock | None = None) -> AsyncIterator[WatchedIntake]:
    clock = clock or FixedClock(NOW)
    intake = WatchedIntake(clock)
    feed = DeribitFeed(intake, Namer(Context(load_specs()), "deribit"), clock, url=url, sleep=no_pause)
    task = asyncio.create_task(feed.run())
    try:
        yield intake
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def following(fake: FakeDeribit) -> None:
    await fake.until(lambda: "deribit_price_index.eth_usd" in fake.subscribed)


def summary(name: str, **values: Any) -> dict[str, Any]:
    return {
        "instrument_name": name,
        "creation_timestamp": NOW_MS,
        "bid_price": 0.049,
        "ask_price": 0.053,
        "mark_price": 0.051,
        "mark_iv": 54.0,
        "underlying_price": 88_000.0,
        "last": None,
        "volume": 3.0,
        "open_interest": 12.0,
        **values,
    }


async def test_the_chain_is_there_before_any_ticker_came(venue):
    fake, url = venue
    fake.summaries["BTC", "option"] = [summary(CALL), summary("BTC-27MAR26-1-P"), None]
    fake.summaries["BTC", "future"] = [summary("BTC-PERPETUAL", bid_price=88_000.0, ask_price=88_001.0)]
    async with feeding(url) as intake:
        await following(fake)
        await intake.until(lambda: {s for s, _, _ in intake.rows()} == {CALL_SYMBOL, "BTC-PERP"})
    found = intake.newest("deribit", "BTC")
    assert (found[CALL_SYMBOL]["bid"], found[CALL_SYMBOL]["ask"]) == (0.049, 0.053)
    assert (found[CALL_SYMBOL]["venue_iv"], found[CALL_SYMBOL]["underlying_price"]) == (0.54, 88_000.0)
    assert found["BTC-PERP"]["ask"] == 88_001.0


async def test_the_first_ticker_counts_although_the_summary_was_asked_for_after_its_time(venue):
    fake, url = venue
    fake.summaries["BTC", "option"] = [summary(CALL)]
    async with feeding(url) as intake:
        await following(fake)
        await fake.push("ticker.x", ticker(seconds=-90, greeks={"delta": 0.44}))
        await intake.until(lambda: (CALL_SYMBOL, NOW_MS * 1000, 1) in intake.rows())
    assert intake.newest("deribit", "BTC")[CALL_SYMBOL]["venue_delta"] == 0.44


async def test_an_index_is_quoted_under_its_root(venue):
    fake, url = venue
    async with feeding(url) as intake:
        await following(fake)
        for price in (87_000.5, "dear", 87_001.5):
            data = {"index_name": "btc_usd", "price": price, "timestamp": NOW_MS}
            await fake.push("deribit_price_index.btc_usd", data)
        await intake.until(lambda: len(intake.rows()) == 2)
    assert intake.newest("deribit", "BTC")["BTC"]["last"] == 87_001.5


async def test_every_tick_of_a_future_is_handed_in_and_of_an_option_the_newest(venue):
    fake, url = venue
    async with feeding(url) as intake:
        await following(fake)
        for step in range(5):
            future = ticker("BTC-27MAR26", seconds=step / 10, best_bid_price=88_000.0 + step)
            await fake.push("ticker.f", future)
            await fake.push("ticker.o", ticker(seconds=step / 10, mark_price=0.05 + step / 1000))
        last_option = (CALL_SYMBOL, (NOW_MS + 400) * 1000, 0)
        await intake.until(lambda: last_option in intake.rows())
        await intake.until(lambda: sum(s == "BTC-2026-03-27" for s, _, _ in intake.rows()) == 5)
    assert intake.newest("deribit", "BTC")[CALL_SYMBOL]["mark"] == pytest.approx(0.054)
    assert intake.refused == {}


async def test_two_states_of_one_millisecond_are_told_apart_and_one_said_twice_is_not(venue):
    fake, url = venue
    async with feeding(url) as intake:
        await following(fake)
        for bid in (88_000.0, 88_000.0, 88_001.0):
            await fake.push("ticker.f", ticker("BTC-27MAR26", best_bid_price=bid))
        await intake.until(lambda: len(intake.rows()) == 2)
        await fake.push("ticker.f", ticker("BTC-27MAR26", seconds=1))
        await intake.until(lambda: len(intake.rows()) == 3)
    at = NOW_MS * 1000
    assert [(ts, seq) for _, ts, seq in intake.rows()] == [(at, 0), (at, 1), (at + 1_000_000, 0)]


async def test_nothing_is_handed_in_twice_when_the_venue_says_it_again_after_a_hang_up(venue):
    fake, url = venue
    async with feeding(url) as intake:
        await following(fake)
        await fake.push("ticker.f", ticker("BTC-27MAR26"))
        await intake.until(lambda: intake.batches)
        await fake.hang_up()
        await fake.until(lambda: fake.conversations == 2)
        await following(fake)
        await fake.push("ticker.f", ticker("BTC-27MAR26"))
        await fake.push("ticker.f", ticker("BTC-27MAR26", seconds=1))
        await intake.until(lambda: len(intake.rows()) >= 2)
    assert len(intake.rows()) == len(set(intake.rows())) == 2
    assert intake.losses == [("deribit", "the connection was closed")]


async def test_what_is_no_longer_listed_after_a_hang_up_is_gone(venue):
    fake, url = venue
    async with feeding(url) as intake:
        await following(fake)
        del fake.instruments[CALL]
        await fake.hang_up()
        await intake.until(lambda: intake.withdrawn)
    assert intake.withdrawn == [CALL_SYMBOL]
    assert CALL_SYMBOL not in intake.newest("deribit", "BTC")


async def test_a_heartbeat_is_a_sign_of_life(venue, monkeypatch):
    monkeypatch.setattr("tradesense.feeds.deribit.feed._HEARD_EVERY_SECONDS", 0.0)
    fake, url = venue
    async with feeding(url) as intake:
        await following(fake)
        before = len(intake.signs_of_life)
        await fake.send({"jsonrpc": "2.0", "method": "heartbeat", "params": {"type": "heartbeat"}})
        await intake.until(lambda: len(intake.signs_of_life) > before)
    assert intake.batches == []


async def test_a_venue_whose_clock_is_ahead_is_told_in_our_time(venue):
    fake, url = venue
    fake.now_ms = NOW_MS + 3_600_000
    async with feeding(url) as intake:
        await following(fake)
        await fake.push("ticker.o", ticker(seconds=3601))
        await intake.until(lambda: intake.batches)
    [(_, ts, _)] = intake.rows()
    assert abs(ts - (NOW_MS + 1000) * 1000) <= 1_000_000
    assert intake.refused == {}


async def test_a_mark_of_nothing_leaves_the_quote_of_an_option(venue):
    fake, url = venue
    async with feeding(url) as intake:
        await following(fake)
        await fake.push("ticker.o", ticker(mark_price=0.0, best_bid_price=0.0, best_ask_price=0.0005))
        await intake.until(lambda: intake.batches)
    found = intake.newest("deribit", "BTC")[CALL_SYMBOL]
    assert found["ask"] == 0.0005
    assert math.isnan(found["mark"])
    assert math.isnan(found["bid"])


async def test_hundreds_of_new_options_cost_one_call_and_no_more(venue):
    fake, url = venue
    month = datetime(2026, 6, 26, 8, tzinfo=UTC)
    fresh = [f"ETH-26JUN26-{1000 + step}-C" for step in range(300)]
    async with feeding(url) as intake:
        await following(fake)
        before = fake.was_asked("public/get_instruments")
        fake.list(
            {
                "instrument_name": name,
                "kind": "option",
                "base_currency": "ETH",
                "expiration_timestamp": int(month.timestamp() * 1000),
                "contract_size": 1.0,
                "tick_size": 0.0005,
            }
            for name in fresh
        )
        for name in fresh:
            change = {"instrument_name": name, "state": "created", "timestamp": NOW_MS}
            await fake.push("instrument.state.option.ETH", change)
        await fake.until(lambda: {f"ticker.{name}.agg2" for name in fresh} <= fake.subscribed)
    assert len(intake.newest("deribit", "ETH")) == len(fresh) + 1
    # A change that comes while the list is on its way may ask once more.
    assert fake.was_asked("public/get_instruments") - before <= 3


async def test_what_was_gathered_is_handed_in_when_the_feed_is_stopped(venue):
    fake, url = venue
    clock = FixedClock(NOW + timedelta(seconds=1))
    async with feeding(url, clock) as intake:
        await following(fake)
        # Answered in order: once this is, the ticker before it was taken.
        await fake.push("ticker.o", ticker())
        await fake.ask_for_life()
        await fake.until(lambda: fake.was_asked("public/test") == 1)
    assert [symbol for symbol, _, _ in intake.rows()] == [CALL_SYMBOL]
