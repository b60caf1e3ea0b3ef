"""Live state on a real server: what is written there, who may read it, and what is no message of ours."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.redis import RedisServer
from tests.fixtures.waiting import until
from tradesense.base.errors import Unavailable
from tradesense.base.live import Step, Whole
from tradesense.infra.live_redis import RedisBus, RedisLink, decode, encode, open_redis

TS = "2026-03-20T14:30:00.000Z"


@given(
    seq=st.integers(0, 2**53),
    prev=st.integers(0, 2**53),
    body=st.none() | st.binary(max_size=200),
)
def test_a_message_says_the_step_it_was_made_of(seq: int, prev: int, body: bytes | None) -> None:
    step = Step("board:ES", seq, prev, body, TS)
    assert decode("board:ES", encode(step)) == step


@given(st.binary(max_size=60))
def test_any_other_message_is_refused_in_one_way(message: bytes) -> None:
    try:
        decode("board:ES", message)
    except ValueError:
        return
    assert message.split(b"\n")[0].count(b" ") == 3


async def test_what_is_no_message_of_ours_is_counted_and_passed_over(redis_server: RedisServer) -> None:
    link = RedisLink(redis_server.url)
    bus = RedisBus(link)
    listening = asyncio.create_task(bus.listen())
    try:
        await until(lambda: _hears(bus))
        async with bus.subscribe("board:ES") as reader:
            redis_server.say("PUBLISH tradesense:0:step:board:ES gibberish")
            await bus.publish(Step("board:ES", 1, 0, b"{}", TS))
            async with asyncio.timeout(5):
                assert (await anext(aiter(reader))).seq == 1
        assert bus.strange_messages == 1
    finally:
        listening.cancel()
        await asyncio.wait({listening})
        await link.close()


async def _hears(bus: RedisBus) -> bool:
    async with bus.subscribe("test:connected") as reader:
        await bus.publish(Step("test:connected", 1, 0, b"", TS))
        try:
            async with asyncio.timeout(0.5):
                return (await anext(aiter(reader))).seq == 1
        except TimeoutError:
            return False


async def test_every_topic_is_heard_again_after_a_cut_however_many_there_are(
    redis_server: RedisServer,
) -> None:
    topics = [f"quotes:ES-{number}" for number in range(1_200)]
    async with open_redis(redis_server.url) as (_, bus, _), AsyncExitStack() as stack:
        await until(lambda: _hears(bus))
        readers = [await stack.enter_async_context(bus.subscribe(topic)) for topic in topics]
        redis_server.cut_readers()
        heard: set[str] = set()

        async def listen(place: int) -> None:
            async for step in readers[place]:
                heard.add(step.topic)

        async with asyncio.TaskGroup() as tasks:
            listening = [tasks.create_task(listen(place)) for place in (0, 499, 500, 1_000, 1_199)]

            async def all_hear() -> bool:
                for place in (0, 499, 500, 1_000, 1_199):
                    await bus.publish(Step(topics[place], 1, 0, b"", TS))
                return len(heard) == len(listening)

            await until(all_hear)
            for each in listening:
                each.cancel()


async def test_a_state_is_kept_for_as_long_as_was_said(redis_server: RedisServer) -> None:
    async with open_redis(redis_server.url) as (cache, _, _):
        await cache.put("board:ES", Whole(1, b"{}", TS), ttl_seconds=120)
    left = int(redis_server.say("PTTL tradesense:live:board:ES").strip(b":\r\n"))
    assert 110_000 < left <= 120_000


async def test_two_desks_on_two_databases_of_one_server_do_not_hear_each_other(
    redis_server: RedisServer,
) -> None:
    links = [RedisLink(redis_server.url), RedisLink(redis_server.url + "?db=1")]
    try:
        assert [link.database for link in links] == [0, 1]
        names = {RedisBus(link)._prefix for link in links}
        assert len(names) == 2
    finally:
        for link in links:
            await link.close()


async def test_a_wrong_password_is_lost_like_the_server_and_shown_nowhere(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    redis_server.say("CONFIG SET requirepass the-right-word")
    url = redis_server.url.replace("unix://", "unix://:the-wrong-word@")
    with caplog.at_level(logging.DEBUG):
        async with open_redis(url) as (cache, _, _):
            assert not await cache.put("board:ES", Whole(1, b"{}", TS), ttl_seconds=60)
            with pytest.raises(Unavailable):
                await cache.check()
    assert "redis is lost" in caplog.text
    assert "-word" not in caplog.text
    assert all("-word" not in str(vars(record)) for record in caplog.records)


async def test_the_right_password_opens(redis_server: RedisServer) -> None:
    redis_server.say("CONFIG SET requirepass the-right-word")
    async with open_redis(redis_server.url.replace("unix://", "unix://:the-right-word@")) as (cache, bus, _):
        assert await cache.put("board:ES", Whole(1, b"{}", TS), ttl_seconds=60)
        await until(lambda: _hears(bus))
