"""The Deribit client against a venue of our own that does everything the real one may do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.fixtures.deribit_messages import CALL, LISTING, MARCH, NOW, NOW_MS, listed, no_pause, ticker
from tests.fixtures.fake_deribit import TOO_MANY_REQUESTS, FakeDeribit, fake_deribit
from tradesense.base.clock import FixedClock
from tradesense.feeds.deribit import DeribitClient, Endpoint
from tradesense.feeds.deribit import session as session_module
from tradesense.feeds.files.format import Context
from tradesense.feeds.files.namer import Namer
from tradesense.instruments import load_specs


@dataclass
class Heard:
    """Remembers what it was told, and lets a test wait for it."""

    listed_symbols: list[str] = field(default_factory=list)
    states: list[tuple[str, dict[str, float | None]]] = field(default_factory=list)
    gone_symbols: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    attempts: int = 0
    signs_of_life: int = 0
    happened: asyncio.Event = field(default_factory=asyncio.Event)

    def connecting(self) -> None:
        self.attempts += 1
        self.happened.set()

    def listed(self, instruments: Any) -> None:
        self.listed_symbols += [each.symbol for each in instruments]
        self.happened.set()

    def heard(self) -> None:
        self.signs_of_life += 1
        self.happened.set()

    def gone(self, symbol: str) -> None:
        self.gone_symbols.append(symbol)
        self.happened.set()

    def quoted(self, instrument: Any, state: Any) -> None:
        self.states.append((instrument.symbol, dict(state.values)))
        self.happened.set()

    def lost(self, reason: str) -> None:
        self.losses.append(reason)
        self.happened.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self.happened.clear()
                await self.happened.wait()


@asynccontextmanager
async def following(
    venue_url: str, clock: FixedClock | None = None
) -> AsyncIterator[tuple[DeribitClient, Heard]]:
    heard = Heard()
    client = DeribitClient(
        Endpoint(venue_url),
        Namer(Context(load_specs()), "deribit"),
        clock or FixedClock(NOW),
        heard,
        sleep=no_pause,
    )
    task = asyncio.create_task(client.run())
    try:
        yield client, heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def venue() -> AsyncIterator[tuple[FakeDeribit, str]]:
    async with fake_deribit(NOW_MS) as (made, url):
        made.list(LISTING)
        yield made, url


async def subscribed(venue: FakeDeribit, name: str = CALL) -> None:
    await venue.until(lambda: f"ticker.{name}.agg2" in venue.subscribed)


async def test_lists_subscribes_and_tells_what_is_quoted(venue):
    fake, url = venue
    async with following(url) as (_, heard):
        await subscribed(fake)
        await fake.push(f"ticker.{CALL}.agg2", ticker())
        await heard.until(lambda: heard.states)
    assert heard.listed_symbols == [
        "BTC-2026-03-27",
        "BTC-PERP",
        "BTC-2026-03-27-90000-C",
        "BTC",
        "ETH",
    ]
    assert {
        "ticker.BTC-27MAR26.100ms",
        "ticker.BTC-PERPETUAL.100ms",
        f"ticker.{CALL}.agg2",
        "deribit_price_index.btc_usd",
    } <= fake.subscribed
    assert "instrument.state.option.BTC" in fake.subscribed
    symbol, values = heard.states[0]
    assert symbol == "BTC-2026-03-27-90000-C"
    assert (values["bid"], values["venue_iv"], values["underlying_price"]) == (0.05, 0.55, 88_000.0)
    assert fake.calls[0] == ("public/set_heartbeat", {"interval": 10})


async def test_a_bid_of_zero_is_no_bid(venue):
    fake, url = venue
    async with following(url) as (_, heard):
        await subscribed(fake)
        await fake.push("ticker", ticker(best_bid_price=0.0, best_bid_amount=0.0, last_price=None))
        await heard.until(lambda: heard.states)
    assert heard.states[0][1]["bid"] is None
    assert heard.states[0][1]["bid_size"] is None


async def test_life_is_proved_when_asked_for(venue):
    fake, url = venue
    async with following(url):
        await subscribed(fake)
        await fake.ask_for_life()
        await fake.until(lambda: fake.was_asked("public/test") == 1)


async def test_a_push_before_the_reply_is_no_reply(venue):
    fake, url = venue
    params = {"channel": f"ticker.{CALL}.agg2", "data": ticker()}
    fake.push_before_reply = [{"jsonrpc": "2.0", "method": "subscription", "params": params}]
    async with following(url) as (client, heard):
        await subscribed(fake)
        await heard.until(lambda: heard.states)
        assert client.bad_messages["a ticker of nothing listed"] > 0


async def test_after_a_hang_up_everything_is_asked_for_anew(venue):
    fake, url = venue
    async with following(url) as (_, heard):
        await subscribed(fake)
        await fake.hang_up()
        await heard.until(lambda: heard.losses)
        await fake.until(lambda: fake.conversations == 2 and f"ticker.{CALL}.agg2" in fake.subscribed)
    assert heard.losses == ["the connection was closed"]


async def test_too_many_requests_ends_the_conversation_and_another_begins(venue):
    fake, url = venue
    fake.refuse["public/subscribe"] = TOO_MANY_REQUESTS
    async with following(url) as (_, heard):
        await heard.until(lambda: heard.losses)
        del fake.refuse["public/subscribe"]
        await subscribed(fake)
    assert "10028" in heard.losses[0]


async def test_an_unreachable_venue_is_said_to_be():
    async with following("ws://127.0.0.1:9/ws/api/v2") as (_, heard):
        await heard.until(lambda: len(heard.losses) >= 2)
    assert heard.attempts >= 2


async def test_a_silent_venue_is_left_after_a_while(venue, monkeypatch):
    fake, url = venue
    monkeypatch.setattr(session_module, "LONGEST_SILENCE_SECONDS", 0.3)
    async with following(url) as (_, heard):
        await subscribed(fake)
        await heard.until(lambda: heard.losses)
        await fake.until(lambda: fake.conversations >= 2)
    assert heard.losses[0].startswith("no message")


async def test_an_option_that_appears_is_followed_and_one_that_expires_is_dropped(venue):
    fake, url = venue
    fresh = "ETH-27MAR26-3000-P"
    async with following(url) as (_, heard):
        await subscribed(fake)
        fake.list([listed(fresh, "option", MARCH, strike=3_000.0)])
        change = {"instrument_name": fresh, "state": "created", "timestamp": NOW_MS}
        await fake.push("instrument.state.option.ETH", change)
        await subscribed(fake, fresh)
        await fake.push("instrument.state.option.BTC", {"instrument_name": CALL, "state": "closed"})
        await fake.push(f"ticker.{fresh}.agg2", ticker(fresh))
        await heard.until(lambda: heard.states)
    assert "ETH-2026-03-27-3000-P" in heard.listed_symbols
    assert heard.gone_symbols == ["BTC-2026-03-27-90000-C"]


async def test_a_ticker_that_says_closed_drops_the_option(venue):
    fake, url = venue
    async with following(url) as (_, heard):
        await subscribed(fake)
        await fake.push("ticker", ticker(state="closed", estimated_delivery_price="expired"))
        await heard.until(lambda: heard.gone_symbols)
    assert heard.states == []


@pytest.mark.parametrize(
    "junk",
    [
        "{",
        "[]",
        b"\x00\xff",
        '{"jsonrpc":"2.0"}',
        '{"jsonrpc":"2.0","id":99999,"result":1}',
        '{"jsonrpc":"2.0","method":"subscription","params":null}',
        '{"jsonrpc":"2.0","method":"subscription","params":{"channel":"ticker.X.100ms","data":7}}',
        '{"jsonrpc":"2.0","method":"heartbeat","params":[]}',
    ],
)
async def test_garbage_stops_nothing(venue, junk):
    fake, url = venue
    async with following(url) as (_, heard):
        await subscribed(fake)
        await fake.send(junk)
        await fake.push("ticker", ticker())
        await heard.until(lambda: heard.states)
    assert heard.losses == []


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (ticker(seconds=60), "a ticker of the future"),
        (ticker(seconds=-30), "a ticker older than the one before"),
        (ticker(mark_price="dear"), "a ticker that cannot be so"),
        (ticker("BTC-27MAR26-1-C"), "a ticker of nothing listed"),
    ],
)
async def test_a_ticker_that_cannot_be_is_counted_and_left_out(venue, odd, reason):
    fake, url = venue
    async with following(url) as (client, heard):
        await subscribed(fake)
        await fake.push("ticker", ticker())
        await fake.push("ticker", odd)
        await fake.push("ticker", ticker(seconds=1, mark_price=0.06))
        await heard.until(lambda: len(heard.states) == 2)
        assert client.bad_messages == {reason: 1}
    assert heard.states[1][1]["mark"] == 0.06


async def test_a_clock_that_is_behind_the_venues_loses_nothing(venue):
    fake, url = venue
    fake.now_ms = NOW_MS + 3_600_000
    async with following(url) as (_, heard):
        await subscribed(fake)
        await fake.push("ticker", ticker(seconds=3600))
        await heard.until(lambda: heard.states)
