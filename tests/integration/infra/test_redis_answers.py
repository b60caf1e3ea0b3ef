"""Answers that processes keep together on a real Redis: found by all, computed by one, bounded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.fixtures.redis import RedisServer
from tests.fixtures.waiting import until
from tradesense.base.answers import PastChanges, SharedAnswers
from tradesense.base.clock import SystemClock
from tradesense.base.errors import Unavailable
from tradesense.infra.answers_redis import RedisAnswers
from tradesense.infra.redis_link import RedisLink, open_link
from tradesense.run.answers import telling_changes
from tradesense.web.kept_answers import Answer, KeptAnswers

LONG_AGO = datetime(2020, 1, 6, tzinfo=UTC)
CURVE = ("curve", "ES", LONG_AGO)


class Computing:
    """Counts how often it computes, for as long as it is told."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.calls = 0
        self._seconds = seconds

    async def __call__(self) -> Answer:
        self.calls += 1
        mine = self.calls
        await asyncio.sleep(self._seconds)
        return Answer.of(b"answer %d" % mine)


@pytest.fixture
async def link(redis_server: RedisServer) -> AsyncIterator[RedisLink]:
    async with open_link(redis_server.url) as link:
        yield link


@pytest.fixture
async def other_link(redis_server: RedisServer) -> AsyncIterator[RedisLink]:
    """Another process's way to the same."""
    async with open_link(redis_server.url) as link:
        yield link


def keeping(link: RedisLink) -> KeptAnswers:
    return KeptAnswers(SystemClock(), PastChanges(), shared=RedisAnswers(link))


async def test_what_one_process_computed_the_other_finds(link: RedisLink, other_link: RedisLink) -> None:
    one, two, compute = keeping(link), keeping(other_link), Computing()
    answers = [await each.get(CURVE, compute, instants=[LONG_AGO]) for each in (one, two, one, two)]
    assert {(answer.body, answer.etag) for answer in answers} == {(answers[0].body, answers[0].etag)}
    assert compute.calls == 1
    assert (one.counts.computed, two.counts.computed) == (1, 0)
    assert (one.counts.found, two.counts.found) == (1, 2)


async def test_of_many_who_ask_at_once_in_several_processes_one_computes(
    link: RedisLink, other_link: RedisLink
) -> None:
    desks, compute = [keeping(link), keeping(other_link)], Computing(seconds=0.2)
    answers = await asyncio.gather(
        *(desks[number % 2].get(CURVE, compute, instants=[LONG_AGO]) for number in range(100))
    )
    assert {answer.body for answer in answers} == {b"answer 1"}
    assert compute.calls == 1


async def test_who_fails_to_compute_lets_the_next_one_try(link: RedisLink, other_link: RedisLink) -> None:
    async def fail() -> Answer:
        await asyncio.sleep(0.1)
        raise LookupError("not there")

    failing = asyncio.create_task(keeping(link).get(CURVE, fail, instants=[LONG_AGO]))
    await asyncio.sleep(0.05)
    began = asyncio.get_running_loop().time()
    answer = await keeping(other_link).get(CURVE, Computing(), instants=[LONG_AGO])
    assert answer.body == b"answer 1"
    assert asyncio.get_running_loop().time() - began < 2.0, "long before the claim would have ended"
    with pytest.raises(LookupError):
        await failing


async def test_a_change_of_the_past_is_known_to_every_process_before_its_writer_goes_on(
    link: RedisLink, other_link: RedisLink
) -> None:
    past, compute, desk = PastChanges(), Computing(), keeping(other_link)
    async with telling_changes(past, RedisAnswers(link)):
        await asyncio.sleep(0.1)
        await desk.get(CURVE, compute, instants=[LONG_AGO])
        for calls in range(2, 22):
            await asyncio.to_thread(past.note)
            await desk.get(CURVE, compute, instants=[LONG_AGO])
            assert compute.calls == calls


async def test_a_change_while_redis_was_away_is_told_when_it_is_back(
    redis_server: RedisServer, link: RedisLink, other_link: RedisLink
) -> None:
    past, compute, desk = PastChanges(), Computing(), keeping(other_link)
    async with telling_changes(past, RedisAnswers(link)):
        await asyncio.sleep(0.1)
        await desk.get(CURVE, compute, instants=[LONG_AGO])
        redis_server.pause()
        await asyncio.to_thread(past.note)
        redis_server.resume()

        async def is_known() -> bool:
            return (await desk.get(CURVE, compute, instants=[LONG_AGO])).body != b"answer 1"

        await until(is_known, seconds=10)


async def test_what_was_computed_before_a_change_is_never_put_in_place_of_what_came_after(
    link: RedisLink, other_link: RedisLink
) -> None:
    answers, slow = RedisAnswers(link), Computing(seconds=0.2)
    computing = asyncio.create_task(keeping(link).get(CURVE, slow, instants=[LONG_AGO]))
    await asyncio.sleep(0.1)
    await answers.changed()
    await computing
    later = Computing()
    await keeping(other_link).get(CURVE, later, instants=[LONG_AGO])
    assert later.calls == 1


async def test_who_asks_after_a_change_never_waits_for_what_was_begun_before_it(
    link: RedisLink, other_link: RedisLink
) -> None:
    answers, desks = RedisAnswers(link), [keeping(link), keeping(other_link)]
    compute = Computing(seconds=0.3)
    before = asyncio.create_task(desks[0].get(CURVE, compute, instants=[LONG_AGO]))
    await asyncio.sleep(0.1)
    await answers.changed()
    after = await asyncio.gather(*(desk.get(CURVE, compute, instants=[LONG_AGO]) for desk in desks))
    assert {answer.body for answer in after} == {b"answer 2"}
    assert (await before).body == b"answer 1"


async def test_answers_of_the_present_end_by_themselves(link: RedisLink, other_link: RedisLink) -> None:
    compute = Computing()
    for each in (link, other_link):
        await keeping(each).get(("futures", None), compute, instants=[None])
    assert compute.calls == 1
    await asyncio.sleep(2.1)
    await keeping(other_link).get(("futures", None), compute, instants=[None])
    assert compute.calls == 2


async def test_without_redis_each_process_keeps_its_own_for_two_seconds(
    redis_server: RedisServer, link: RedisLink
) -> None:
    desk, compute = keeping(link), Computing()
    redis_server.kill()
    for _ in range(20):
        await desk.get(CURVE, compute, instants=[LONG_AGO])
    assert compute.calls == 1
    await asyncio.sleep(2.1)
    await desk.get(CURVE, compute, instants=[LONG_AGO])
    assert compute.calls == 2


async def test_what_redis_forgot_is_not_mistaken_for_what_comes_after(
    redis_server: RedisServer, link: RedisLink
) -> None:
    desk, compute = keeping(link), Computing()
    await desk.get(CURVE, compute, instants=[LONG_AGO])
    redis_server.kill()
    await asyncio.sleep(0.01)
    redis_server.start()

    async def is_forgotten() -> bool:
        return (await desk.get(CURVE, compute, instants=[LONG_AGO])).body == b"answer 2"

    await until(is_forgotten, seconds=10)


async def test_all_that_is_kept_stays_within_its_bound_and_what_ends_first_makes_room(
    link: RedisLink,
) -> None:
    answers: SharedAnswers = RedisAnswers(link, most_bytes=10_000)
    revision = (await answers.find("first", own=None)).revision
    for number in range(100):
        await answers.keep(f"{number}", bytes(1_000), revision=revision, seconds=60 + number)
    kept = [number for number in range(100) if (await answers.find(f"{number}", own=None)).body]
    assert kept == list(range(90, 100))
    keys = await link.ask(lambda client: client.keys("tradesense:answer:*"))
    assert len([key for key in keys if not key.endswith(b":lease")]) == 10
    await answers.keep("too large", bytes(10_001), revision=revision, seconds=60)
    assert (await answers.find("too large", own=None)).body is None
    # The same name anew counts once.
    for _ in range(100):
        await answers.keep("99", bytes(1_000), revision=revision, seconds=600)
    assert int(await link.ask(lambda client: client.get("tradesense:answers:bytes"))) == 10_000


async def test_a_claim_ends_by_itself_where_its_holder_died(link: RedisLink) -> None:
    answers = RedisAnswers(link)
    assert (await answers.find("orphan", own=None)).claimed
    assert not (await answers.find("orphan", own=None)).claimed
    left = await link.ask(lambda client: client.pttl("tradesense:answer:orphan:lease"))
    assert timedelta(0) < timedelta(milliseconds=left) <= timedelta(seconds=5)


async def test_out_of_reach_it_says_so(redis_server: RedisServer, link: RedisLink) -> None:
    redis_server.kill()
    with pytest.raises(Unavailable):
        await RedisAnswers(link).find("anything", own=None)
