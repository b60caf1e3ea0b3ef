"""The Python client follows the running program: every delta laid over leads to what is told whole."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
from tradesense_client import NotSignedIn, Status, Stream, StreamRefused, TradeSense, Update

from tests.data_folder import PROJECT
from tests.fixtures.app import RunningApp
from tests.fixtures.served import ServedApp
from tests.fixtures.waiting import until

README = PROJECT / "backend" / "clients" / "python" / "README.md"


async def topics_of(desk: TradeSense) -> list[str]:
    """Return a topic of each kind that moves all day and night."""
    detail = await desk.product("BTC")
    chain = await desk.chain("BTC")
    symbol = detail["contracts"][0]["symbol"]
    return [
        "board:BTC",
        "curve:BTC",
        f"chain:BTC:{chain['expiry']}",
        f"quotes:{symbol}",
        "board:BTC@simulated",
        "system:feeds",
    ]


def without_ages(document: Any) -> Any:
    """Return a document without what changes by itself."""
    if isinstance(document, dict):
        return {name: without_ages(each) for name, each in document.items() if name != "quote_age_ms"}
    return [without_ages(each) for each in document] if isinstance(document, list) else document


async def collect(stream: Stream, topic: str, enough: Callable[[list[Update]], bool]) -> list[Update]:
    """Return the updates of a topic until there are enough."""
    found: list[Update] = []
    async with asyncio.timeout(60):
        async for event in stream.topic(topic):
            if event.kind == "update":
                found.append(event)
                if enough(found):
                    return found
    raise AssertionError("a topic has no end")


@pytest.mark.parametrize("kind", ["board", "curve", "chain"])
async def test_deltas_lead_to_what_a_newcomer_is_told_whole(desk: TradeSense, kind: str) -> None:
    topic = next(each for each in await topics_of(desk) if each.startswith(kind))
    early: list[Update] = []
    whole: list[Update] = []

    async def has_moved_on() -> bool:
        return len(early) >= 4

    async def has_come_as_far() -> bool:
        return early[-1].seq >= whole[0].seq

    def keep(found: list[Update]) -> bool:
        early.append(found[-1])
        return False

    async with desk.stream() as stays, desk.stream() as comes:
        following = asyncio.create_task(collect(stays, topic, keep))
        await until(has_moved_on, seconds=60)
        for _ in range(3):
            whole[:0] = await collect(comes, topic, lambda found: len(found) == 1)
            await until(has_come_as_far, seconds=60)
        following.cancel()
    told = {update.seq: without_ages(update.data) for update in early}
    assert list(told) == sorted(told)
    # Whoever reads late under load may have passed over one of the states.
    same = [update for update in whole if update.seq in told]
    assert same
    for update in same:
        assert told[update.seq] == without_ages(update.data)


async def test_every_kind_of_topic_has_the_shape_of_its_answer_over_http(desk: TradeSense) -> None:
    board, curve, chain, quotes, of_source, feeds = await topics_of(desk)
    async with desk.stream() as stream:
        told = {
            topic: (await collect(stream, topic, lambda found: len(found) == 1))[0].data
            for topic in (board, curve, chain, quotes, of_source, feeds)
        }
    assert told[board].keys() == (await desk.product("BTC")).keys()
    assert told[curve].keys() == (await desk.curve("BTC")).keys()
    assert told[chain].keys() == (await desk.chain("BTC", chain.rpartition(":")[2], strikes="all")).keys()
    assert told[quotes].keys() == (await desk.quotes([quotes.partition(":")[2]]))["items"][0].keys()
    assert told[of_source]["source"] == "simulated"
    assert "simulated" in {feed["feed"] for feed in told[feeds]["items"]}


async def test_the_heartbeat_names_the_feeds(desk: TradeSense) -> None:
    async with desk.stream() as stream:

        async def has_come() -> bool:
            return len(stream.feeds) > 0

        await until(has_come, seconds=15)
        assert {"feed": "simulated", "state": "live"}.items() <= stream.feeds[0].items()
    assert {feed["feed"] for feed in await desk.feeds()} == {feed["feed"] for feed in stream.feeds}


async def test_what_is_no_topic_is_refused_and_what_has_no_state_yet_says_so(desk: TradeSense) -> None:
    async with desk.stream() as stream:
        with pytest.raises(StreamRefused) as refused:
            await collect(stream, "weather:London", bool)
        assert refused.value.code == "unknown_topic"
        async with asyncio.timeout(10):
            event = await anext(stream.topic("board:NOTHING"))
        assert isinstance(event, Status)
        assert event.state == "waiting"


async def test_the_stream_ends_with_the_session(served_app: ServedApp) -> None:
    person = served_app.people.register()
    login = await TradeSense.login(served_app.url, person.email, person.password)
    async with login as desk, desk.stream() as stream:
        events = stream.topic("board:ES")
        async with asyncio.timeout(10):
            assert (await anext(events)).kind == "status"
        ended = served_app.people.with_bearer(desk.credentials.bearer()).post("/api/v1/auth/logout-all")
        assert ended.status_code == 204
        with pytest.raises(NotSignedIn):
            await asyncio.wait_for(anext(events), 15)


async def test_a_token_that_runs_out_is_renewed_while_the_stream_goes_on(
    served_app: ServedApp,
) -> None:
    person = served_app.people.register()
    async with await TradeSense.login(served_app.url, person.email, person.password) as desk:
        first = desk.credentials.bearer()
        async with desk.stream() as stream:
            events = stream.topic("board:ES")
            async with asyncio.timeout(10):
                assert (await anext(events)).kind == "status"
            served_app.clock.advance(minutes=16)
            # The server closes; the client renews and asks again.
            async with asyncio.timeout(20):
                assert (await anext(events)).kind == "status"
        assert desk.credentials.bearer() != first


async def test_a_key_that_is_none_opens_nothing(running_app: RunningApp) -> None:
    async with TradeSense(running_app.url, api_key="ts_live_nothing") as desk, desk.stream() as stream:
        with pytest.raises(NotSignedIn):
            await collect(stream, "board:BTC", bool)


async def test_the_readme_does_what_it_says(
    running_app: RunningApp, desk: TradeSense, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    lines = [line for line in block.splitlines() if line.strip()]
    assert len(lines) <= 12
    block = block.replace("http://localhost:8000", running_app.url).replace("ts_live_...", key)
    names: dict[str, Any] = {}
    exec(block.replace("asyncio.run(main())", "").replace("board:ES", "board:BTC"), names)
    following = asyncio.create_task(names["main"]())
    printed: list[str] = []

    async def has_printed() -> bool:
        printed.extend(capsys.readouterr().out.splitlines())
        return len([line for line in printed if line.startswith("update 20")]) >= 2

    try:
        await until(has_printed, seconds=60)
    finally:
        following.cancel()
    assert "BTC live" in printed
