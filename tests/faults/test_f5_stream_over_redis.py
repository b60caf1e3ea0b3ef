"""F5 seen from outside: who follows the market through a Redis that is killed sees it go on by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tradesense_client import Gap, PushedQuote, TradeSense, Update

from tests.fixtures.app import RunningApp, start_app, stop_app
from tests.fixtures.database import DatabaseServer
from tests.fixtures.redis import RedisServer
from tests.fixtures.served import people_of
from tests.fixtures.waiting import until

SYMBOL = f"ES-{datetime.now(UTC).year + 1}-03"


@pytest.fixture
def program(
    tmp_path: Path, database_server: DatabaseServer, redis_server: RedisServer
) -> Iterator[RunningApp]:
    """The program with its live state on Redis, and no feed but what is pushed."""
    url = database_server.new_database()
    running = start_app(tmp_path, database_url=url, FEEDS="none", REDIS_URL=redis_server.url)
    yield running
    assert stop_app(running) == 0


@pytest.fixture
def key(program: RunningApp) -> Iterator[str]:
    people = people_of(program)
    yield str(people.make_key(people.with_role("admin"), "market:read", "market:write")["key"])
    people.close()


async def test_f5_a_stream_goes_on_when_its_redis_is_back(
    program: RunningApp, key: str, redis_server: RedisServer, measured
) -> None:
    async with TradeSense(program.url, api_key=key) as desk, desk.stream() as stream:
        bids: list[float] = []

        async def follow() -> None:
            async for event in stream.topic(f"quotes:{SYMBOL}@mine"):
                assert not isinstance(event, Gap), "the server mends what Redis lost"
                if isinstance(event, Update):
                    bids.append(event.data["bid"])

        pushed = 5000.0

        async def push_and_see() -> bool:
            nonlocal pushed
            pushed += 0.25
            quote = PushedQuote(symbol=SYMBOL, ts=datetime.now(UTC), bid=pushed, ask=pushed + 0.5)
            assert (await desk.push_quotes("mine", [quote]))["accepted"] == 1
            await asyncio.sleep(0.2)
            return bool(bids) and bids[-1] >= before

        following = asyncio.create_task(follow())
        try:
            before = pushed
            await until(push_and_see, seconds=60)
            redis_server.kill()
            for _ in range(5):
                before = float("inf")
                await push_and_see()
            (stored,) = (await desk.quotes([SYMBOL], source="mine"))["items"]
            assert stored["bid"] == pushed, "what is asked for is right while Redis is away"
            before = pushed
            redis_server.start()
            took = await until(push_and_see, seconds=30)
            measured(f"the stream went on {took:.1f} s after the server was back")
            assert bids == sorted(bids)
        finally:
            following.cancel()
            await asyncio.wait({following})
