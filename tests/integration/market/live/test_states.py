"""Live, delayed and closed are told apart in every word of the program: of feeds, products and chains."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from tests.fixtures.app import A_TRADER, client_of, settings_for
from tests.fixtures.waiting import until
from tradesense.base.clock import FixedClock
from tradesense.base.principal import Permission
from tradesense.base.tasks import supervise
from tradesense.run.api import create_app
from tradesense.run.wiring import open_parts

WEDNESDAY = datetime(2024, 1, 3, 16, tzinfo=UTC)
SATURDAY = datetime(2024, 1, 6, 16, tzinfo=UTC)
WRITER = replace(A_TRADER, permissions=A_TRADER.permissions | {Permission.MARKET_WRITE})
SYMBOLS = ("ES-2024-03", "ES-2024-03-15-4700-C", "ES-2024-03-15-4700-P")


@pytest.mark.parametrize(
    ("at", "ago", "state"),
    [
        (WEDNESDAY, timedelta(), "live"),
        (WEDNESDAY, timedelta(minutes=15), "delayed"),
        (SATURDAY, timedelta(hours=20), "closed"),
    ],
)
async def test_the_same_word_is_told_everywhere(
    tmp_path: Path, at: datetime, ago: timedelta, state: str
) -> None:
    settings = settings_for(tmp_path)
    async with (
        open_parts(settings, FixedClock(at)) as parts,
        supervise("backgrounds", parts.live.backgrounds.run),
        client_of(create_app(settings, parts=parts), caller=WRITER) as client,
    ):
        ts = (at - ago).isoformat()
        quotes = [{"symbol": symbol, "ts": ts, "bid": 70.0, "ask": 70.5} for symbol in SYMBOLS]
        await client.post("/api/v1/quotes", json={"source": "mine", "quotes": quotes})

        async def is_told() -> bool:
            await parts.live.pipeline.beat()
            return await parts.live.cache.get("board:ES@mine") is not None

        await until(is_told, seconds=60)
        await parts.live.feeds_topic.look()

        async def read(path: str) -> object:
            answer = await client.get(f"/api/v1{path}", params={"source": "mine"})
            assert answer.status_code == 200, answer.text
            return answer.json()["status"]

        assert await read("/futures/ES") == state
        assert await read("/options/ES/chain") == state
        feeds = (await client.get("/api/v1/feeds")).json()["items"]
        assert [each["state"] for each in feeds if each["feed"] == "mine"] == [state]
        for topic in ("board:ES@mine", "chain:ES:2024-03-15@mine"):
            whole = await parts.live.cache.get(topic)
            assert whole is not None
            assert orjson.loads(whole.body)["status"] == state
        told = await parts.live.cache.get("system:feeds")
        assert told is not None
        assert [each["state"] for each in orjson.loads(told.body)["items"]] == [state]
