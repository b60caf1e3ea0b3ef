"""Turns: few at once, in their order, and nobody waits for what was found to hang."""

from __future__ import annotations

import asyncio

import pytest

from tradesense.auth import turns
from tradesense.auth.turns import Turns
from tradesense.base.errors import Unavailable


class Crowd:
    """People who take a turn, stay until the gate opens, and leave as `outcome` says."""

    def __init__(self, at_once: int) -> None:
        self.turns = Turns(at_once)
        self.gate = asyncio.Event()
        self.outcome: Exception | None = None
        self.inside: list[int] = []
        self.most = 0

    async def take(self, number: int) -> int:
        async with self.turns.turn():
            self.inside.append(number)
            self.most = max(self.most, len(self.inside))
            try:
                await self.gate.wait()
                await asyncio.sleep(0)
                if self.outcome is not None:
                    raise self.outcome
            finally:
                self.inside.remove(number)
        return number

    async def come(self, many: int) -> list[asyncio.Task[int]]:
        tasks = [asyncio.create_task(self.take(number)) for number in range(many)]
        for _ in range(3):
            await asyncio.sleep(0)
        return tasks


async def test_few_are_inside_at_once_and_all_get_their_turn() -> None:
    crowd = Crowd(3)
    tasks = await crowd.come(20)
    assert crowd.inside == [0, 1, 2]
    crowd.gate.set()
    assert await asyncio.gather(*tasks) == list(range(20))
    assert crowd.most == 3


async def test_who_hangs_sends_home_who_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "_IN_VAIN_SECONDS", 0.0)
    crowd = Crowd(2)
    tasks = await crowd.come(10)
    crowd.outcome = Unavailable("It hangs.", code="database_unavailable")
    crowd.gate.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [error.code for error in found if isinstance(error, Unavailable)] == ["database_unavailable"] * 10
    assert crowd.most == 2
    crowd.outcome = None
    assert await asyncio.gather(*(await crowd.come(4))) == [0, 1, 2, 3]
    assert crowd.most == 2


async def test_a_failure_that_came_at_once_says_nothing_about_the_others() -> None:
    crowd = Crowd(1)
    tasks = await crowd.come(2)
    crowd.outcome = Unavailable("No connection is left.", code="database_unavailable")
    crowd.gate.set()
    with pytest.raises(Unavailable):
        await tasks[0]
    crowd.outcome = None
    assert await tasks[1] == 1


@pytest.mark.parametrize("is_passed_on", [False, True])
async def test_who_goes_away_takes_no_turn_along(is_passed_on: bool) -> None:
    crowd = Crowd(1)
    first, second, third = await crowd.come(3)
    crowd.gate.set()
    if is_passed_on:
        await first
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    assert await first == 0
    assert await third == 2
    assert await asyncio.gather(*(await crowd.come(1))) == [0]
