"""Following a topic: documents folded, gaps said, connections opened again, refusals told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tradesense_client.credentials import Fixed, Renewing, Tokens
from tradesense_client.errors import ConnectionLost, NotPermitted, NotSignedIn, StreamRefused
from tradesense_client.events import Event, Gap, Status, Update
from tradesense_client.stream import Stream

from tests.fixtures.fake_stream import FakeStream, fake_stream

TOPIC = "board:ES"


def board(bid: float, **more: Any) -> dict[str, Any]:
    return {"root": "ES", "contracts": [{"symbol": "ES-2026-03", "bid": bid, "ask": 9.0}], **more}


def changed(bid: float) -> dict[str, Any]:
    return {"contracts": [{"symbol": "ES-2026-03", "bid": bid}]}


async def at_once(seconds: float) -> None:
    await asyncio.sleep(min(seconds, 0.01))


def following(server: FakeStream, credentials: Any = None) -> Stream:
    return Stream(server.url, credentials or Fixed("key"), sleep=at_once)


@pytest.fixture
async def server() -> AsyncIterator[FakeStream]:
    async with fake_stream() as fake:
        fake.documents[TOPIC] = (10, board(1.0))
        yield fake


async def heard(events: AsyncIterator[Event]) -> Event:
    async with asyncio.timeout(10):
        return await anext(events)


async def test_a_topic_begins_with_its_document_and_is_whole_after_every_delta(server: FakeStream) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC, max_hz=2)
        first = await heard(events)
        assert first == Update(TOPIC, 10, "2026-03-20T14:30:00.000Z", board(1.0))
        await server.delta(TOPIC, 12, 10, changed(2.0))
        second = await heard(events)
        assert (second.seq, second.data) == (12, board(2.0))
        assert first.data == board(1.0)
    assert server.asked("subscribe") == [{"id": 1, "op": "subscribe", "topic": TOPIC, "max_hz": 2}]
    assert server.bearers == ["key"]


async def test_a_slow_reader_misses_states_and_never_the_newest(server: FakeStream) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        for seq in range(11, 200):
            await server.delta(TOPIC, seq, seq - 1, changed(float(seq)))
        found = [await heard(events)]
        while found[-1].seq < 199:
            found.append(await heard(events))
        assert found[-1].data == board(199.0)


async def test_a_missing_step_is_said_and_mended_by_itself(server: FakeStream) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        server.documents[TOPIC] = (13, board(3.0))
        await server.delta(TOPIC, 13, 12, changed(3.0))
        assert await heard(events) == Gap(TOPIC, 10, "a step is missing")
        mended = await heard(events)
        assert (mended.seq, mended.data) == (13, board(3.0))
        await server.delta(TOPIC, 14, 13, changed(4.0))
        assert (await heard(events)).data == board(4.0)
    assert len(server.asked("resync")) == 1


async def test_a_step_that_names_what_is_not_there_is_a_gap(server: FakeStream) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        await server.delta(TOPIC, 11, 10, {"contracts": [{"symbol": "ES-2029-03", "bid": 1.0}]})
        assert await heard(events) == Gap(TOPIC, 10, "a step does not fit")
        assert (await heard(events)).kind == "update"


async def test_what_is_old_is_passed_over(server: FakeStream) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        await server.delta(TOPIC, 10, 9, changed(7.0))
        await server.delta(TOPIC, 11, 10, changed(8.0))
        assert (await heard(events)).data == board(8.0)


async def test_a_broken_line_is_a_gap_and_everything_is_asked_for_again(server: FakeStream) -> None:
    server.documents["curve:ES"] = (10, {"points": []})
    async with following(server) as stream:
        one, other = stream.topic(TOPIC), stream.topic("curve:ES")
        await heard(one)
        await heard(other)
        server.documents[TOPIC] = (20, board(5.0))
        await server.hang_up()
        assert await heard(one) == Gap(TOPIC, 10, "the connection was lost")
        assert (await heard(one)).data == board(5.0)
        assert isinstance(await heard(other), Gap)
        assert (await heard(other)).data == {"points": []}
    assert len(server.asked("subscribe")) == 4


async def test_it_keeps_trying_while_the_server_refuses_for_now(server: FakeStream) -> None:
    server.refuse_handshakes = [503, 429, 502]
    async with following(server) as stream:
        assert (await heard(stream.topic(TOPIC))).kind == "update"
    assert len(server.bearers) == 4


async def test_a_status_is_told_where_there_is_no_document_yet(server: FakeStream) -> None:
    async with following(server) as stream:
        events = stream.topic("curve:ES")
        waiting = asyncio.create_task(heard(events))
        await server.until(lambda: bool(server.asked("subscribe")))
        data = {"state": "waiting", "detail": "nothing was quoted yet"}
        await server.say({"topic": "curve:ES", "kind": "status", "ts": "", "data": data})
        assert await waiting == Status("curve:ES", "waiting", "nothing was quoted yet")


async def test_a_refused_topic_ends_alone(server: FakeStream) -> None:
    server.refuse_topics["board:XX"] = {"code": "unknown_topic", "detail": "There is no XX."}
    async with following(server) as stream:
        good = stream.topic(TOPIC)
        await heard(good)
        with pytest.raises(StreamRefused) as refused:
            await heard(stream.topic("board:XX"))
        assert refused.value.code == "unknown_topic"
        await server.delta(TOPIC, 11, 10, changed(2.0))
        assert (await heard(good)).data == board(2.0)


async def test_whoever_leaves_a_topic_is_taken_off_the_list(server: FakeStream) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        await events.aclose()
        await server.until(lambda: bool(server.asked("unsubscribe")))
        assert (await heard(stream.topic(TOPIC))).kind == "update"


async def test_who_follows_a_topic_anew_takes_it_over(server: FakeStream) -> None:
    async with following(server) as stream:
        former, events = stream.topic(TOPIC), stream.topic(TOPIC, max_hz=1)
        await heard(former)
        assert (await heard(events)).data == board(1.0)
        with pytest.raises(StreamRefused) as refused:
            await heard(former)
        assert refused.value.code == "followed_anew"
        await server.delta(TOPIC, 11, 10, changed(2.0))
        assert (await heard(events)).data == board(2.0)
    assert server.asked("unsubscribe") == []


@pytest.mark.parametrize(
    ("code", "error"), [(4401, NotSignedIn), (4403, NotPermitted), (1008, StreamRefused)]
)
async def test_a_final_word_of_the_server_ends_every_topic(
    server: FakeStream, code: int, error: type[Exception]
) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        await server.hang_up(code)
        with pytest.raises(error):
            await heard(events)
        with pytest.raises(error):
            await heard(stream.topic("curve:ES"))


@pytest.mark.parametrize("how", ["at the door", "later"])
async def test_a_session_that_ended_is_renewed_and_gone_on_with(server: FakeStream, how: str) -> None:
    async def refresh(token: str) -> Tokens:
        assert token == "first"
        return Tokens("new", "second", 900)

    if how == "at the door":
        server.refuse_handshakes = [401]
    async with following(server, Renewing(Tokens("old", "first", 900), refresh)) as stream:
        events = stream.topic(TOPIC)
        assert (await heard(events)).kind == "update"
        if how == "later":
            await server.hang_up(4401)
            assert isinstance(await heard(events), Gap)
            assert (await heard(events)).kind == "update"
    assert server.bearers == ["old", "new"]


async def test_a_token_is_renewed_before_its_end_on_the_open_line(server: FakeStream) -> None:
    async def refresh(token: str) -> Tokens:
        return Tokens(token + "+", token + "+", 900)

    async with following(server, Renewing(Tokens("old", "t", 900), refresh)) as stream:
        await heard(stream.topic(TOPIC))
        await server.until(lambda: len(server.asked("auth")) >= 2)
    assert [message["token"] for message in server.asked("auth")][:2] == ["t+", "t++"]
    assert server.bearers == ["old"]


@pytest.mark.parametrize(
    "frame", ["no JSON", "[]", '{"topic": "board:ES", "kind": "delta"}', '{"topic": 1, "kind": []}']
)
async def test_what_cannot_be_read_ends_at_most_the_connection(server: FakeStream, frame: str) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        await server.say(frame)
        server.documents[TOPIC] = (20, board(5.0))
        await server.hang_up()
        found = await heard(events)
        while found.kind != "update":
            found = await heard(events)
        assert found.data == board(5.0)


async def test_the_heartbeat_says_how_the_feeds_are(server: FakeStream) -> None:
    feeds = [{"feed": "simulated", "state": "live", "last_tick_ts": None}]
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        await server.say({"topic": "system:heartbeat", "kind": "status", "ts": "", "data": {"feeds": feeds}})
        await server.delta(TOPIC, 11, 10, changed(2.0))
        await heard(events)
        assert stream.feeds == feeds


async def test_leaving_the_stream_ends_who_still_waits(server: FakeStream) -> None:
    async with following(server) as stream:
        events = stream.topic(TOPIC)
        await heard(events)
        waiting = asyncio.create_task(heard(events))
        await asyncio.sleep(0)
    with pytest.raises(ConnectionLost):
        await waiting


async def test_nobody_opens_a_stream_without_saying_who_calls() -> None:
    with pytest.raises(NotSignedIn):
        async with Stream("http://127.0.0.1:1", None):
            pass
