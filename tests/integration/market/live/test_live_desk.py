"""What the desks say of the present: the same as the record of that instant, fresh or honest about it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import numpy as np
import pyarrow.csv
import pytest

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.waiting import until
from tradesense.base.clock import FixedClock
from tradesense.base.tasks import supervise
from tradesense.feeds.simulated import SimulatedMarket, SimulatedRecording, SimulatedTicks
from tradesense.feeds.simulated.listing import Exchange
from tradesense.feeds.simulated.profiles import PROFILES
from tradesense.instruments import Instrument, Kind
from tradesense.market import QuoteBatch, Retention
from tradesense.market.live.feed_states import FeedKind, FeedTerms
from tradesense.run.api import create_app
from tradesense.run.live import Live
from tradesense.run.wiring import open_parts

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
CRUDE_ENDS = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
FRONT = "CL-2026-12"
WHAT_IS_TOLD = (
    "/futures/CL",
    "/futures/BTC",
    "/futures/CL/curve",
    "/futures/BTC/curve",
    "/options/CL/chain",
    "/options/BTC/chain",
    "/options/BTC/surface",
    "/options/CL/heatmap?strikes=all",
    "/options/BTC/heatmap?metric=oi&strikes=atm:4",
    "/options/BTC/heatmap?metric=delta&side=put",
    "/options/CL/heatmap?metric=vega&expiry=2026-12-16,2027-01-14&strikes=delta:0.2..0.6",
)


class LiveDesk:
    """An application that a simulated market of crude oil and bitcoin ticks into, at the test's time."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        live: Live,
        market: SimulatedMarket,
        recording: SimulatedRecording,
        clock: FixedClock,
    ) -> None:
        self.client = client
        self.live = live
        self.clock = clock
        self._recording = recording
        self._ticks = SimulatedTicks(market, live.intake, clock)

    async def record(self, at: datetime) -> None:
        self.clock.move_to(at)
        await anyio.to_thread.run_sync(self._recording.beat, at)

    async def tick(self, at: datetime) -> None:
        self.clock.move_to(at)
        await self._ticks.tick()
        await self.live.pipeline.beat()

    async def start(self, at: datetime) -> None:
        """Tick, and wait until the store was read for what is behind the quotes."""
        await self.tick(at)

        async def is_told() -> bool:
            await self.live.pipeline.beat()
            told = [await self.live.cache.get(topic) for topic in ("board:CL", "board:BTC")]
            return None not in told

        await until(is_told, seconds=20)

    async def read(self, *paths: str) -> None:
        """Be one who reads these: they are kept fresh then."""
        for path in paths:
            await self.ask(path)

    async def ask(self, path: str, **query: Any) -> Any:
        answer = await self.client.get(f"/api/v1{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[LiveDesk]:
    settings, clock = settings_for(tmp_path), FixedClock(NOON)
    async with open_parts(settings, clock) as parts:
        chosen = tuple(profile for profile in PROFILES if profile.root in ("CL", "BTC"))
        market = SimulatedMarket(parts.specs, exchange=Exchange(parts.specs, chosen))
        recording = SimulatedRecording(market, parts.recorder, Retention(parts.store))
        terms = FeedTerms("simulated", "Simulated market", FeedKind.SIMULATED, 3600.0)
        parts.live.feed_states.declare(terms, enabled=True)
        async with (
            client_of(create_app(settings, parts=parts)) as client,
            supervise("backgrounds", parts.live.backgrounds.run),
        ):
            desk = LiveDesk(client, parts.live, market, recording, clock)
            await desk.record(NOON)
            await desk.start(NOON)
            yield desk


async def test_the_present_reads_like_the_record_of_its_instant(desk: LiveDesk) -> None:
    for path in WHAT_IS_TOLD:
        joint = "&" if "?" in path else "?"
        live = await desk.ask(path)
        stored = await desk.ask(f"{path}{joint}as_of=2026-11-20T12:00:00Z")
        assert live == stored, path
        assert live["as_of"] == "2026-11-20T12:00:00Z"


async def test_every_chain_of_the_present_reads_like_the_record(desk: LiveDesk) -> None:
    items = (await desk.ask("/options"))["items"]
    for item in items:
        for expiry in item["expiries"]:
            query = {"expiry": expiry["expiry"]}
            live = await desk.ask(f"/options/{item['underlying']}/chain", **query)
            stored = await desk.ask(
                f"/options/{item['underlying']}/chain", **query, as_of="2026-11-20T12:00:00Z"
            )
            assert live == stored


async def test_strikes_of_the_present_are_chosen_as_those_of_the_record(desk: LiveDesk) -> None:
    for strikes in ("atm:3", "pct:0.05", "delta:0.2..0.8"):
        live = await desk.ask("/options/CL/chain", strikes=strikes)
        assert live["rows"]
        assert live == await desk.ask("/options/CL/chain", strikes=strikes, as_of="2026-11-20T12:00:00Z")


async def test_products_and_quotes_of_the_present_read_like_the_record(desk: LiveDesk) -> None:
    symbols = f"BTC-PERP,NOBODY,{FRONT}"
    assert await desk.ask("/futures/quotes", symbols=symbols) == await desk.ask(
        "/futures/quotes", symbols=symbols, as_of="2026-11-20T12:00:00Z"
    )
    assert await desk.ask("/futures") == await desk.ask("/futures", as_of="2026-11-20T12:00:00Z")


async def test_a_tick_is_answered_before_it_is_recorded(desk: LiveDesk) -> None:
    at = NOON + timedelta(seconds=1)
    paths = ("/futures/CL", "/futures/CL/curve", "/options/CL/chain", "/options/CL/heatmap")
    await desk.read(*paths)
    await desk.ask("/futures/quotes", symbols=FRONT)
    await desk.tick(at)
    for path in paths:
        assert (await desk.ask(path))["as_of"] == "2026-11-20T12:00:01Z"
    chain = await desk.ask("/options/CL/chain")
    assert {row["call"]["ts"] for row in chain["rows"] if row["call"]} == {"2026-11-20T12:00:01Z"}
    quote = (await desk.ask("/futures/quotes", symbols=FRONT))["items"][0]
    assert (quote["ts"], quote["quote_age_ms"]) == ("2026-11-20T12:00:01Z", 0)


async def test_a_caller_who_has_the_state_already_is_told_so(desk: LiveDesk) -> None:
    for path in ("/api/v1/futures/CL", "/api/v1/options/CL/chain", "/api/v1/options/CL/surface"):
        first = await desk.client.get(path)
        again = await desk.client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    await desk.tick(NOON + timedelta(seconds=1))
    changed = await desk.client.get("/api/v1/futures/CL", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_a_feed_that_is_cut_off_is_said_to_be_stale_and_heals(desk: LiveDesk) -> None:
    paths = ("/futures/CL", "/futures/CL/curve", "/options/CL/chain")
    assert {(await desk.ask(path))["status"] for path in paths} == {"live"}
    desk.live.intake.lost("simulated", "cut by the test")
    await desk.live.pipeline.beat()
    assert {(await desk.ask(path))["status"] for path in paths} == {"stale"}
    await desk.tick(NOON + timedelta(seconds=1))
    assert {(await desk.ask(path))["status"] for path in paths} == {"live"}


async def test_an_instrument_that_makes_no_sense_does_not_stop_the_others(desk: LiveDesk) -> None:
    known = next(
        each
        for each in desk.live.book.copy(("simulated", "CL")).instruments  # type: ignore[union-attr,arg-type]
        if each.kind is Kind.OPTION
    )
    broken = replace(known, symbol="CL-2026-11-20-1-C", strike=float("nan"), underlying="no such thing!")
    garbage = Instrument(
        source="simulated", symbol="XX-2027-01", source_symbol="XX", kind=Kind.FUTURE, root="XX"
    )
    desk.live.intake.listed("simulated", [broken, garbage])
    for symbol in (broken.symbol, garbage.symbol):
        await _quote(desk, symbol, 1e200)
    at = NOON + timedelta(seconds=1)
    paths = ("/futures/CL", "/futures/BTC", "/options/BTC/chain", "/options/CL/chain")
    await desk.read(*paths)
    await desk.tick(at)
    for path in paths:
        assert (await desk.ask(path))["as_of"] == "2026-11-20T12:00:01Z", path
    chain = await desk.ask("/options/CL/chain")
    assert sum(row["call"] is not None and row["call"]["status"] == "ok" for row in chain["rows"]) > 3


async def test_an_expiry_passes_and_the_next_takes_over_without_a_restart(desk: LiveDesk) -> None:
    before = CRUDE_ENDS - timedelta(seconds=2)
    await desk.tick(before)
    assert (await desk.ask("/options/CL/chain"))["expiry"] == "2026-11-20"
    assert (await desk.ask("/futures/CL"))["front"]["symbol"] == FRONT
    desk.clock.move_to(CRUDE_ENDS)
    await desk.live.pipeline.beat()
    assert (await desk.ask("/options/CL/chain"))["expiry"] == "2026-12-16"
    board = await desk.ask("/futures/CL")
    assert board["front"]["symbol"] == "CL-2027-01"
    assert FRONT not in {each["symbol"] for each in board["contracts"]}


async def test_days_run_out_although_nothing_is_quoted(desk: LiveDesk) -> None:
    await desk.tick(NOON)
    seq = (await desk.live.cache.get("board:CL")).seq  # type: ignore[union-attr]
    desk.clock.move_to(NOON + timedelta(seconds=5))
    await desk.live.pipeline.beat()
    assert (await desk.live.cache.get("board:CL")).seq == seq  # type: ignore[union-attr]
    desk.clock.move_to(NOON + timedelta(seconds=11))
    await desk.live.pipeline.beat()
    later = await desk.ask("/options/CL/chain")
    assert later["as_of"] == "2026-11-20T12:00:11Z"
    assert later["rows"][0]["call"]["quote_age_ms"] == 11_000


async def test_where_nobody_beats_any_more_the_record_answers(desk: LiveDesk) -> None:
    desk.clock.move_to(NOON + timedelta(minutes=2))
    board = await desk.ask("/futures/CL")
    assert (board["as_of"], board["status"]) == ("2026-11-20T12:02:00Z", "delayed")


async def _quote(desk: LiveDesk, symbol: str, price: float) -> None:
    moment = int(NOON.timestamp()) * 1_000_000
    desk.live.intake.quoted(
        QuoteBatch(
            source="simulated",
            symbols=[symbol],
            ts_us=np.array([moment]),
            seq=np.zeros(1, np.int64),
            columns={"bid": np.array([price]), "ask": np.array([price])},
        )
    )


async def test_the_present_curve_as_a_file_is_the_one_that_was_told(desk: LiveDesk) -> None:
    await desk.start(NOON + timedelta(seconds=1))
    await desk.read("/futures/CL/curve")
    told = await desk.ask("/futures/CL/curve")
    answer = await desk.client.get("/api/v1/futures/CL/curve", params={"format": "csv"})
    rows = pyarrow.csv.read_csv(io.BytesIO(answer.content)).to_pylist()
    assert [(row["symbol"], row["price"]) for row in rows] == [
        (point["symbol"], point["price"]) for point in told["points"]
    ]
    assert {row["source"] for row in rows} == {"simulated"}
