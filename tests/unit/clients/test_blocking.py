"""The client without `async`: the same questions and topics from a plain thread, which ends with it."""

from __future__ import annotations

import asyncio
import threading

import pytest
from tradesense_client import BlockingTradeSense, ConnectionLost, NotSignedIn, StreamRefused

from tests.fixtures.fake_stream import FakeStream, fake_stream

TOPIC = "curve:ES"


def follow_two(server: FakeStream) -> list[object]:
    with BlockingTradeSense(server.url, api_key="key") as desk:
        events = desk.follow(TOPIC, max_hz=1)
        found: list[object] = [next(events)]
        asyncio.run_coroutine_threadsafe(server.delta(TOPIC, 11, 10, {"root": "NQ"}), server.loop).result()
        found.append(next(events))
        events.close()
        with pytest.raises(StreamRefused):
            next(desk.follow("curve:XX"))
    return found


async def test_a_topic_is_followed_from_a_plain_loop() -> None:
    async with fake_stream() as server:
        server.documents[TOPIC] = (10, {"root": "ES", "points": []})
        server.refuse_topics["curve:XX"] = {"code": "unknown_topic", "detail": "none"}
        first, second = await asyncio.to_thread(follow_two, server)
    assert (first.data, second.data) == ({"root": "ES", "points": []}, {"root": "NQ", "points": []})


def test_nothing_runs_on_when_it_is_left_or_could_not_begin() -> None:
    with BlockingTradeSense("http://127.0.0.1:1", patience=0) as desk:
        with pytest.raises(ConnectionLost):
            desk.futures()
        with pytest.raises(NotSignedIn):
            next(desk.follow(TOPIC))
    with pytest.raises(ConnectionLost):
        BlockingTradeSense("http://127.0.0.1:1", email="a@example.com", password="-", patience=0)
    assert not [each for each in threading.enumerate() if each.name == "tradesense"]
