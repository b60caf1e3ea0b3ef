"""What each client is told of a topic: the shared delta or the shared whole, newest wins, nobody waits."""

from __future__ import annotations

import random
from dataclasses import replace
from uuid import UUID

import pytest

from tests.fixtures.app import A_TRADER
from tests.fixtures.stream_line import FakeLine, LiveHub, live_hub, say
from tests.fixtures.waiting import until
from tradesense.base.live import Step, Whole
from tradesense.base.principal import Standing
from tradesense.infra.live_memory import MemoryDemand
from tradesense.streaming.outbox import Outbox, Subscription
from tradesense.streaming.protocol import delta_frame, snapshot_frame
from tradesense.streaming.sessions import look_again
from tradesense.streaming.wire import text_frame

TOPIC = "board:ES"
TS = "2026-03-20T14:30:00.000Z"


async def subscribed(live: LiveHub, number: int = 1, **members: object) -> tuple[object, FakeLine]:
    client, line = live.connect_another(number)
    say(client, "subscribe", topic=TOPIC, **members)
    await live.until_told(line, TOPIC, 1)
    return client, line


async def test_a_subscription_begins_with_the_whole_and_goes_on_with_deltas() -> None:
    async with live_hub() as live:
        await live.put(TOPIC, 10, {"a": 1})
        _, line = await subscribed(live)
        await live.step(TOPIC, 11, 10, {"a": 2}, {"a": 2})
        await live.step(TOPIC, 12, 11, {"a": 3}, {"a": 3})
        await live.until_told(line, TOPIC, 3)
        assert line.seqs(TOPIC) == [("snapshot", 10), ("delta", 11), ("delta", 12)]
        assert [frame.get("prev") for frame in line.of(TOPIC)] == [None, 10, 11]


async def test_a_change_as_large_as_the_whole_comes_as_the_whole() -> None:
    async with live_hub() as live:
        await live.put(TOPIC, 10, {"a": 1})
        _, line = await subscribed(live)
        await live.step(TOPIC, 11, 10, {"b": 2})
        await live.until_told(line, TOPIC, 2)
        assert line.seqs(TOPIC)[1] == ("snapshot", 11)


async def test_all_clients_share_the_bytes_of_a_delta() -> None:
    async with live_hub() as live:
        await live.put(TOPIC, 10, {"a": 1})
        lines = [(await subscribed(live, number))[1] for number in range(1, 6)]
        await live.step(TOPIC, 11, 10, {"a": 2}, {"a": 2})
        for line in lines:
            await live.until_told(line, TOPIC, 2)
        assert len({id(line.raw[-1]) for line in lines}) == 1


async def test_a_step_that_was_lost_is_made_good_by_a_whole() -> None:
    async with live_hub() as live:
        await live.put(TOPIC, 10, {"a": 1})
        _, line = await subscribed(live)
        await live.put(TOPIC, 11, {"a": 2})  # and nothing on the bus
        await live.step(TOPIC, 12, 11, {"a": 3}, {"a": 3})
        await live.until_told(line, TOPIC, 2)
        assert line.seqs(TOPIC) == [("snapshot", 10), ("snapshot", 12)]


async def test_a_client_that_does_not_take_it_gets_the_newest_whole_later_and_nothing_between() -> None:
    async with live_hub() as live:
        await live.put(TOPIC, 10, {"a": 1})
        slow, line = await subscribed(live, 1)
        _, other = await subscribed(live, 2)
        slow.paused()  # type: ignore[attr-defined]
        for seq in range(11, 16):
            await live.step(TOPIC, seq, seq - 1, {"a": seq}, {"a": seq})
            await live.until_told(other, TOPIC, seq - 9)
        assert line.seqs(TOPIC) == [("snapshot", 10)]
        slow.resumed()  # type: ignore[attr-defined]
        await live.until_told(line, TOPIC, 2)
        assert line.seqs(TOPIC)[1] == ("snapshot", 15)
        assert other.seqs(TOPIC)[1:] == [("delta", seq) for seq in range(11, 16)]


async def test_a_client_that_wants_less_gets_less_and_the_newest() -> None:
    async with live_hub() as live:
        await live.put(TOPIC, 10, {"a": 1})
        _, line = await subscribed(live, 1, max_hz=1)
        _, other = await subscribed(live, 2)
        for seq in range(11, 20):
            await live.step(TOPIC, seq, seq - 1, {"a": seq}, {"a": seq})
        await live.until_told(other, TOPIC, 10)
        assert line.seqs(TOPIC) == [("snapshot", 10)]
        live.seconds += 1.01
        await live.until_told(line, TOPIC, 2)
        assert line.seqs(TOPIC)[1] == ("snapshot", 19)


async def test_resync_brings_the_whole_again() -> None:
    async with live_hub() as live:
        await live.put(TOPIC, 10, {"a": 1})
        client, line = await subscribed(live)
        await live.step(TOPIC, 11, 10, {"a": 2}, {"a": 2})
        await live.until_told(line, TOPIC, 2)
        say(client, "resync", topic=TOPIC)  # type: ignore[arg-type]
        await live.until_told(line, TOPIC, 3)
        assert line.seqs(TOPIC)[2] == ("snapshot", 11)


async def test_a_topic_nobody_has_said_anything_of_is_waiting_and_then_begins() -> None:
    async with live_hub() as live:
        client, line = live.connect()
        say(client, "subscribe", topic=TOPIC)

        async def waits() -> bool:
            return [frame["data"]["state"] for frame in line.of(TOPIC)] == ["waiting"]

        await until(waits)
        await live.step(TOPIC, 5, 4, {"a": 1}, {"a": 1})
        await live.until_told(line, TOPIC, 1)
        assert line.seqs(TOPIC) == [("snapshot", 5)]


async def test_a_topic_ends_when_nobody_wants_it() -> None:
    async with live_hub() as live:
        await live.put(TOPIC, 10, {"a": 1})
        first, _ = await subscribed(live, 1)
        second, line = await subscribed(live, 2)
        assert live.hub.topics == 1
        first.closed()  # type: ignore[attr-defined]
        assert live.hub.topics == 1
        say(second, "unsubscribe", topic=TOPIC)  # type: ignore[arg-type]
        assert live.hub.topics == 0

        async def unheard() -> bool:
            return not live.bus._readers

        await until(unheard)
        await live.step(TOPIC, 11, 10, {"a": 2}, {"a": 2})
        assert line.seqs(TOPIC) == [("snapshot", 10)]


async def test_who_is_stuck_for_eight_seconds_is_cut_off_and_forgotten() -> None:
    async with live_hub() as live:
        stuck, line = live.connect_another(1)
        _, other = live.connect_another(2)
        stuck.paused()
        live.seconds += 8.1

        async def cut() -> bool:
            return line.is_cut

        await until(cut)
        assert len(live.hub.clients) == 1
        assert not other.is_cut
        assert live.hub.dropped == 1


async def test_heartbeats_tell_how_feeds_are() -> None:
    async with live_hub(heartbeat_seconds=0.2) as live:
        feed = {"feed": "simulated", "state": "live", "last_tick_ts": TS}
        await live.put("system:feeds", 1, {"items": [{**feed, "name": "Simulated market"}]})
        _, line = live.connect()

        async def told() -> bool:
            return any(frame["data"]["feeds"] == [feed] for frame in line.of("system:heartbeat"))

        await until(told)


async def test_the_end_of_the_program_is_told_as_such() -> None:
    async with live_hub() as live:
        _, line = live.connect()
    assert line.code == 1012


async def test_sockets_end_with_their_session_and_lose_what_they_may_not_follow() -> None:
    async with live_hub() as live:
        ended, ended_line = live.connect_another(1)
        stays, stays_line = live.connect_another(2)
        say(stays, "subscribe", topic=TOPIC)
        live.standings.ended.add(UUID(int=1))
        poorer = replace(A_TRADER, user_id=UUID(int=2), credential_id=UUID(int=2), permissions=frozenset())
        live.standings.now[UUID(int=2)] = Standing(poorer, None)
        await look_again(list(live.hub.clients), live.standings, live.hub._clock)
        assert ended_line.code == 4401
        assert not ended.is_open
        assert stays_line.code is None
        assert stays_line.of(TOPIC)[-1]["data"]["state"] == "forbidden"
        assert live.hub.topics == 0


class _Taker:
    def __init__(self) -> None:
        self.is_clear = True
        self.got: list[bytes] = []
        self.write = self.got.append


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_each_client_s_state_is_the_one_it_was_told(seed: int) -> None:
    """The oracle is the simple way: each client keeps the state it has, and is told what follows from it."""
    rng = random.Random(seed)
    outbox, now = Outbox(TOPIC), 0.0
    takers = [_Taker() for _ in range(6)]
    subs = [Subscription(taker, rng.choice([20.0, 2.0])) for taker in takers]
    for sub in subs:
        outbox.add(sub)
    states = {text_frame(snapshot_frame(TOPIC, Whole(1, b"1", TS))): (None, 1)}
    outbox.take_whole(Whole(1, b"1", TS), now)
    seq = 1
    for _ in range(200):
        now += 0.1
        rng.choice(takers).is_clear = rng.random() < 0.7
        prev, seq = seq, seq + rng.randrange(1, 3)
        whole, step = Whole(seq, b"%d" % seq, TS), Step(TOPIC, seq, prev, b"%d" % seq, TS)
        states[text_frame(snapshot_frame(TOPIC, whole))] = (None, seq)
        states[text_frame(delta_frame(TOPIC, step))] = (prev, seq)
        if rng.random() < 0.9:
            outbox.take_step(step, now)
        outbox.deliver(now)
        if outbox.lacks_whole(now) or rng.random() < 0.1:
            outbox.take_whole(whole, now)
    for taker in takers:
        taker.is_clear = True
    outbox.take_whole(Whole(seq, b"%d" % seq, TS), now + 10)
    outbox.deliver(now + 10)
    for taker in takers:
        known: int | None = None
        for framed in taker.got:
            base, after = states[framed]
            assert base is None or base == known
            assert known is None or after > known
            known = after
        assert known == seq


async def test_what_is_followed_is_said_to_who_makes_it() -> None:
    demand = MemoryDemand()
    async with live_hub(demand=demand) as live:
        client, _ = live.connect()
        say(client, "subscribe", topic="board:CL")
        say(client, "subscribe", topic="chain:CL:2026-12-17@simulated")

        async def is_said() -> bool:
            return (await demand.wanted()).topics == {"board:CL", "chain:CL:2026-12-17@simulated"}

        await until(is_said)
