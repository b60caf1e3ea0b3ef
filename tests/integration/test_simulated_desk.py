"""The simulated market as the desk shows it: labelled, live, priced as it was made, rolling by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest

from tests.fixtures.app import client_of, settings_for
from tradesense.base.clock import FixedClock
from tradesense.feeds.simulated import SimulatedMarket, SimulatedRecording
from tradesense.feeds.simulated.listing import Exchange
from tradesense.feeds.simulated.profiles import PROFILES
from tradesense.market import Retention
from tradesense.run.api import create_app
from tradesense.run.wiring import open_parts

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
CRUDE_ENDS = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)


class Desk:
    """An application on a store that a simulated market of two products writes to, at the test's time."""

    def __init__(self, client: httpx.AsyncClient, recording: SimulatedRecording, clock: FixedClock) -> None:
        self.client = client
        self._recording = recording
        self._clock = clock

    async def beat(self, at: datetime) -> None:
        self._clock.move_to(at)
        await anyio.to_thread.run_sync(self._recording.beat, at)

    async def ask(self, path: str, **query: Any) -> Any:
        answer = await self.client.get(f"/api/v1{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    settings, clock = settings_for(tmp_path), FixedClock(NOON)
    async with open_parts(settings, clock) as parts:
        chosen = tuple(profile for profile in PROFILES if profile.root in ("CL", "BTC"))
        market = SimulatedMarket(parts.specs, exchange=Exchange(parts.specs, chosen))
        recording = SimulatedRecording(market, parts.recorder, Retention(parts.store))
        async with client_of(create_app(settings, parts=parts)) as client:
            desk = Desk(client, recording, clock)
            await desk.beat(NOON)
            yield desk


async def test_products_and_chains_are_live_and_labelled_simulated(desk: Desk) -> None:
    products = (await desk.ask("/futures"))["items"]
    assert {(each["root"], each["source"], each["status"]) for each in products} == {
        ("CL", "simulated", "live"),
        ("BTC", "simulated", "live"),
    }
    for root in ("CL", "BTC"):
        assert (await desk.ask(f"/options/{root}/chain"))["source"] == "simulated"
        assert (await desk.ask(f"/futures/{root}/curve"))["source"] == "simulated"
    inverse = await desk.ask("/options/BTC/chain")
    assert (inverse["price_currency"], inverse["expires_at"][10:]) == ("BTC", "T08:00:00Z")


async def test_prices_move_with_the_clock(desk: Desk) -> None:
    seen = set()
    for second in (0, 2, 4):
        await desk.beat(NOON + timedelta(seconds=second))
        quotes = (await desk.ask("/futures/quotes", symbols="BTC-PERP"))["items"]
        seen.add((quotes[0]["bid"], quotes[0]["ts"]))

    assert len(seen) == 3


@pytest.mark.parametrize(("root", "model"), [("CL", "bjerksund_stensland_2002"), ("BTC", "black76")])
async def test_the_desk_finds_one_volatility_for_call_and_put(desk: Desk, root: str, model: str) -> None:
    expiries = {each["underlying"]: each["expiries"] for each in (await desk.ask("/options"))["items"]}[root]
    chain = await desk.ask(f"/options/{root}/chain", expiry=expiries[2]["expiry"], strikes="atm:4")

    assert (chain["model"], chain["forward_source"]) == (model, "future")
    assert len(chain["rows"]) == 9
    for row in chain["rows"]:
        call, put = row["call"], row["put"]
        assert call["status"] == put["status"] == "ok"
        assert call["iv"] == pytest.approx(put["iv"], abs=1e-5)
        for side in (call, put):
            assert side["iv_bid"] < side["iv"] < side["iv_ask"]


async def test_the_front_month_changes_when_it_ends(desk: Desk) -> None:
    async def front() -> str:
        product = next(each for each in (await desk.ask("/futures"))["items"] if each["root"] == "CL")
        return product["front"]["symbol"]

    await desk.beat(CRUDE_ENDS - timedelta(seconds=2))
    before = await front()
    await desk.beat(CRUDE_ENDS + timedelta(seconds=2))

    assert (before, await front()) == ("CL-2026-12", "CL-2027-01")


async def test_yesterdays_chain_is_there_to_look_back_at(desk: Desk) -> None:
    for beat in range(1, 14):
        await desk.beat(NOON + timedelta(seconds=2 * beat))
    midnight = NOON.replace(hour=0) - timedelta(days=1)
    then = await desk.ask("/options/CL/chain", as_of=midnight.isoformat())
    curve = await desk.ask("/futures/CL/curve", as_of=NOON.isoformat(), compare=midnight.isoformat())

    assert then["newest_ts"] == midnight.isoformat().replace("+00:00", "Z")
    assert len(curve["compare"][0]["points"]) == 12


async def test_analytics_are_of_the_same_numbers_as_the_chain(desk: Desk) -> None:
    for root in ("CL", "BTC"):
        answer = await desk.ask(f"/options/{root}/analytics", iv_days=25)
        for each in answer["expiries"][:2]:
            chain = await desk.ask(f"/options/{root}/chain", expiry=each["expiry"])
            assert each["atm_iv"] == pytest.approx(chain["atm_iv"], abs=1e-9)
            assert each["forward"] == chain["forward"]
            calls = sum((row["call"] or {}).get("open_interest") or 0.0 for row in chain["rows"])
            puts = sum((row["put"] or {}).get("open_interest") or 0.0 for row in chain["rows"])
            assert (each["call_oi"], each["put_oi"]) == (calls, puts)
            assert each["put_call_oi"] == pytest.approx(puts / calls)
            assert each["max_pain"] in each["strikes"]["strike"]
        assert answer["iv_rank"]["iv_30d"] is not None
        assert answer["iv_rank"]["reasons"]["rank"] == "too_few_days", "one beat is no history"
