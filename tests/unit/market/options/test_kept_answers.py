"""Answers kept for a moment, and computed once for callers who ask together."""

from __future__ import annotations

import asyncio

import pytest

from tradesense.market.options.answers import Answer, KeptAnswers


class Counting:
    """Counts how often an answer is computed; waits until it is released."""

    def __init__(self) -> None:
        self.calls = 0
        self.release = asyncio.Event()

    async def __call__(self) -> Answer:
        self.calls += 1
        await self.release.wait()
        return Answer.of(b"answer %d" % self.calls)


async def test_callers_who_ask_together_share_one_computation() -> None:
    kept, compute = KeptAnswers(), Counting()
    asking = [asyncio.create_task(kept.get("chain", compute)) for _ in range(5)]
    await asyncio.sleep(0)
    compute.release.set()
    assert {answer.body for answer in await asyncio.gather(*asking)} == {b"answer 1"}
    assert compute.calls == 1


async def test_an_answer_is_computed_anew_once_its_time_is_over() -> None:
    kept, compute = KeptAnswers(keep_seconds=0.0), Counting()
    compute.release.set()
    first = await kept.get("chain", compute)
    second = await kept.get("chain", compute)
    assert (first.body, second.body) == (b"answer 1", b"answer 2")
    assert first.etag != second.etag


async def test_a_failure_is_not_kept_and_others_ask_for_themselves() -> None:
    kept = KeptAnswers()
    tries = 0

    async def fail_once() -> Answer:
        nonlocal tries
        tries += 1
        mine = tries
        await asyncio.sleep(0)
        if mine == 1:
            raise LookupError("not there")
        return Answer.of(b"there")

    outcomes = await asyncio.gather(
        kept.get("chain", fail_once), kept.get("chain", fail_once), return_exceptions=True
    )
    assert isinstance(outcomes[0], LookupError)
    assert isinstance(outcomes[1], Answer)
    assert (await kept.get("chain", fail_once)).body == b"there"
    assert tries == 2


async def test_a_caller_who_leaves_does_not_take_the_answer_from_others() -> None:
    kept, compute = KeptAnswers(), Counting()
    first = asyncio.create_task(kept.get("chain", compute))
    await asyncio.sleep(0)
    second = asyncio.create_task(kept.get("chain", compute))
    await asyncio.sleep(0)
    first.cancel()
    compute.release.set()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert (await second).body == b"answer 2"


async def test_no_more_is_kept_than_allowed() -> None:
    kept = KeptAnswers(keep_seconds=60.0, most_bytes=10)
    calls: list[str] = []

    def computing(name: str) -> object:
        async def compute() -> Answer:
            calls.append(name)
            return Answer.of(b"12345678")

        return compute

    for name in ("a", "b", "b", "a"):
        await kept.get(name, computing(name))  # type: ignore[arg-type]
    assert calls == ["a", "b", "a"]
