"""Who sends quotes in and reads at once sees them, also of what nobody looked at before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fixtures.app import A_TRADER, client_of, settings_for
from tests.fixtures.waiting import until
from tradesense.base.clock import FixedClock
from tradesense.base.principal import Permission
from tradesense.run.api import create_app
from tradesense.run.live import Live, run_live
from tradesense.run.wiring import open_parts

NOW = datetime(2024, 1, 3, 16, tzinfo=UTC)
WRITER = replace(A_TRADER, permissions=A_TRADER.permissions | {Permission.MARKET_WRITE})
CRUDE, NEXT, INDEX = "CL-2024-03", "CL-2024-04", "ES-2024-03"
CALL, PUT = "ES-2024-03-15-4700-C", "ES-2024-03-15-4700-P"


class Desk:
    """A running program that beats by itself every five seconds, and one who sends quotes to it."""

    def __init__(self, client: httpx.AsyncClient, live: Live) -> None:
        self._client = client
        self.live = live
        self._pushes = 0

    async def push(self, price: float) -> None:
        self._pushes += 1
        ts = NOW.isoformat()
        quotes = [
            {"symbol": symbol, "ts": ts, "seq": self._pushes, "bid": price - 0.5, "ask": price + 0.5}
            for symbol in (CRUDE, NEXT, INDEX, CALL, PUT)
        ]
        answer = await self._client.post("/api/v1/quotes", json={"source": "mine", "quotes": quotes})
        assert answer.json()["accepted"] == len(quotes), answer.text

    async def read(self, path: str, **query: str) -> Any:
        answer = await self._client.get(f"/api/v1{path}", params={"source": "mine", **query})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def is_told(self) -> bool:
        # A wish for something else has the next beat come sooner.
        await self.live.demand.want(
            [f"quotes:ES-2099-{self.live.pipeline.counts.beats % 12 + 1:02d}"], ttl_seconds=60
        )
        topics = ("board:CL", "board:ES", "expiries:ES", f"quotes:{NEXT}", "chain:ES:2024-03-15")
        return None not in [await self.live.cache.get(f"{topic}@mine") for topic in topics]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    settings = settings_for(tmp_path, live_beat_ms=5_000)
    async with (
        open_parts(settings, FixedClock(NOW)) as parts,
        run_live(parts.live),
        client_of(create_app(settings, parts=parts), caller=WRITER) as client,
    ):
        desk = Desk(client, parts.live)
        await desk.push(70.0)
        await until(desk.is_told, seconds=60)
        yield desk


async def test_what_was_sent_in_a_moment_ago_is_read(desk: Desk) -> None:
    await desk.push(71.0)
    board = await desk.read("/futures/CL")
    assert [each["quote"]["bid"] for each in board["contracts"]] == [70.5, 70.5]
    await desk.push(72.0)
    quotes = await desk.read("/futures/quotes", symbols=f"{NEXT},{INDEX}")
    assert [each["bid"] for each in quotes["items"]] == [71.5, 71.5]
    await desk.push(73.0)
    assert [each["price"] for each in (await desk.read("/futures/CL/curve"))["points"]] == [73.0, 73.0]
    await desk.push(74.0)
    chain = await desk.read("/options/ES/chain")
    assert [(row["call"]["bid"], row["put"]["bid"]) for row in chain["rows"]] == [(73.5, 73.5)]


async def test_all_products_are_read_in_one_wait(desk: Desk) -> None:
    beats = desk.live.pipeline.counts.beats
    await desk.push(71.0)
    products = {each["root"]: each for each in (await desk.read("/futures"))["items"]}
    assert {root: each["front"]["quote"]["bid"] for root, each in products.items()} == {
        "CL": 70.5,
        "ES": 70.5,
    }
    assert desk.live.pipeline.counts.beats <= beats + 2
