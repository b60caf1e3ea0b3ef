"""Answers kept for as long as they are right, and computed once for callers who ask together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest

from tradesense.base.answers import PastChanges
from tradesense.base.clock import FixedClock
from tradesense.web.kept_answers import Answer, KeptAnswers, name_of

NOW = datetime(2026, 3, 20, 15, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3)
CHAIN = ("chain", "ES")


class Counting:
    """Counts how often an answer is computed; waits until it is released."""

    def __init__(self) -> None:
        self.calls = 0
        self.begun = asyncio.Event()
        self.release = asyncio.Event()

    async def __call__(self) -> Answer:
        self.calls += 1
        mine = self.calls
        self.begun.set()
        await self.release.wait()
        return Answer.of(b"answer %d" % mine)


@pytest.fixture
def compute() -> Counting:
    counting = Counting()
    counting.release.set()
    return counting


def kept_answers(**options: object) -> tuple[KeptAnswers, FixedClock, PastChanges]:
    clock, past = FixedClock(NOW), PastChanges()
    return KeptAnswers(clock, past, **options), clock, past  # type: ignore[arg-type]


async def test_an_answer_about_the_settled_past_is_kept_until_that_past_changes(compute: Counting) -> None:
    kept, clock, past = kept_answers(present_seconds=0.0)
    first = await kept.get(CHAIN, compute, instants=[LONG_AGO])
    clock.move_to(NOW + timedelta(minutes=9))
    assert await kept.get(CHAIN, compute, instants=[LONG_AGO]) is first
    past.note()
    second = await kept.get(CHAIN, compute, instants=[LONG_AGO])
    assert (first.body, second.body) == (b"answer 1", b"answer 2")
    assert first.etag != second.etag


@pytest.mark.parametrize(
    "instants", [[None], [NOW - timedelta(minutes=9)], [LONG_AGO, NOW], [LONG_AGO, None]], ids=str
)
async def test_what_may_still_grow_is_kept_for_a_moment_only(
    compute: Counting, instants: list[datetime | None]
) -> None:
    kept, clock, _ = kept_answers(present_seconds=0.5)
    await kept.get(CHAIN, compute, instants=instants)
    await kept.get(CHAIN, compute, instants=instants)
    assert compute.calls == 1
    clock.move_to(NOW + timedelta(seconds=0.5))
    await kept.get(CHAIN, compute, instants=instants)
    assert compute.calls == 2


async def test_a_clock_that_goes_back_keeps_nothing_of_what_was_ahead(compute: Counting) -> None:
    kept, clock, _ = kept_answers()
    await kept.get(CHAIN, compute, instants=[None])
    clock.move_to(NOW - timedelta(seconds=1))
    await kept.get(CHAIN, compute, instants=[None])
    assert compute.calls == 2


async def test_who_asks_after_a_change_never_gets_what_was_begun_before_it() -> None:
    kept, _, past = kept_answers()
    compute = Counting()
    before = asyncio.create_task(kept.get(CHAIN, compute, instants=[LONG_AGO]))
    await compute.begun.wait()
    past.note()
    after = asyncio.create_task(kept.get(CHAIN, compute, instants=[LONG_AGO]))
    await asyncio.sleep(0)
    compute.release.set()
    assert ((await before).body, (await after).body) == (b"answer 1", b"answer 2")
    assert (await kept.get(CHAIN, compute, instants=[LONG_AGO])).body == b"answer 2"


async def test_callers_who_ask_together_share_one_computation() -> None:
    kept, _, _ = kept_answers()
    compute = Counting()
    asking = [asyncio.create_task(kept.get(CHAIN, compute, instants=[None])) for _ in range(5)]
    await asyncio.sleep(0)
    compute.release.set()
    assert {answer.body for answer in await asyncio.gather(*asking)} == {b"answer 1"}
    assert (kept.counts.computed, kept.counts.joined, kept.counts.found) == (1, 4, 0)


async def test_a_failure_is_shared_by_who_waited_for_it_and_not_kept() -> None:
    kept, _, _ = kept_answers()
    tries = 0

    async def fail_once() -> Answer:
        nonlocal tries
        tries += 1
        await asyncio.sleep(0)
        if tries == 1:
            raise LookupError("not there")
        return Answer.of(b"there")

    outcomes = await asyncio.gather(
        *(kept.get(CHAIN, fail_once, instants=[None]) for _ in range(50)), return_exceptions=True
    )
    assert {type(each) for each in outcomes} == {LookupError}
    assert tries == 1
    assert (await kept.get(CHAIN, fail_once, instants=[None])).body == b"there"


async def test_a_caller_who_leaves_does_not_take_the_answer_from_others() -> None:
    kept, _, _ = kept_answers()
    compute = Counting()
    first = asyncio.create_task(kept.get(CHAIN, compute, instants=[None]))
    await asyncio.sleep(0)
    second = asyncio.create_task(kept.get(CHAIN, compute, instants=[None]))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    compute.release.set()
    assert (await second).body == b"answer 1"


async def test_what_nobody_waits_for_any_more_is_given_up() -> None:
    kept, _, _ = kept_answers()
    compute = Counting()
    leaving = asyncio.create_task(kept.get(CHAIN, compute, instants=[None]))
    await asyncio.sleep(0)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    compute.release.set()
    assert (await kept.get(CHAIN, compute, instants=[None])).body == b"answer 2"


async def test_no_more_is_kept_than_allowed_and_what_was_not_asked_for_longest_goes_first() -> None:
    kept, _, _ = kept_answers(most_bytes=20)
    calls: list[str] = []

    def computing(name: str) -> Callable[[], Awaitable[Answer]]:
        async def compute() -> Answer:
            calls.append(name)
            return Answer.of(b"12345678")

        return compute

    for name in ("a", "b", "a", "c", "a", "b"):
        await kept.get((name,), computing(name), instants=[LONG_AGO])
    assert calls == ["a", "b", "c", "b"]


async def test_terms_are_a_part_of_every_question(compute: Counting) -> None:
    rate = 0.04
    kept, _, _ = kept_answers(terms=lambda: (rate,))
    await kept.get(CHAIN, compute, instants=[LONG_AGO])
    rate = 0.05
    assert (await kept.get(CHAIN, compute, instants=[LONG_AGO])).body == b"answer 2"


async def test_what_follows_from_validators_alone_outlives_changes_of_the_past(compute: Counting) -> None:
    kept, _, past = kept_answers()
    await kept.made_of(("sliced", '"etag"'), compute)
    past.note()
    await kept.made_of(("sliced", '"etag"'), compute)
    assert compute.calls == 1


class Side(StrEnum):
    CALL = "call"


class Axis(StrEnum):
    CALL = "call"


@dataclass(frozen=True)
class Asked:
    root: str
    as_of: datetime | None


def test_questions_that_differ_have_names_that_differ() -> None:
    questions: list[tuple[object, ...]] = [
        ("a", "b"),
        ("a,b",),
        ("a", ("b",)),
        (("a", "b"),),
        ("1",),
        (1,),
        (1.0,),
        (True,),
        (None,),
        ("None",),
        ("call",),
        (Side.CALL,),
        (Axis.CALL,),
        (date(2026, 3, 20),),
        (datetime(2026, 3, 20, tzinfo=UTC),),
        (Asked("ES", None),),
        (Asked("ES", NOW),),
    ]
    assert len({name_of(each) for each in questions}) == len(questions)


def test_the_same_instant_has_one_name_however_it_was_written() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-5)))
    assert name_of((Asked("ES", NOW),)) == name_of((Asked("ES", elsewhere),))


@pytest.mark.parametrize(
    "value",
    [object(), {"a": 1}, {1, 2}, b"bytes", ("fine", object())],
    ids=["an object", "a dict", "a set", "bytes", "within"],
)
def test_nothing_is_kept_under_an_object_that_is_no_plain_value(value: object) -> None:
    with pytest.raises(TypeError, match="can't be kept under"):
        name_of((value,))
