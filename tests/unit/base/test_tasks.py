"""Supervised loops: a failure is seen and survived, an end is an end, leaving waits."""

from __future__ import annotations

import asyncio
import logging

import pytest

from tradesense.base import tasks
from tradesense.base.errors import Unavailable
from tradesense.base.tasks import seen_through, supervise


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(tasks, "_LONGEST_PAUSE_SECONDS", 0.002)


async def test_a_loop_that_fails_is_logged_and_started_again(caplog: pytest.LogCaptureFixture) -> None:
    recovered = asyncio.Event()
    runs = 0

    async def loop() -> None:
        nonlocal runs
        runs += 1
        if runs < 4:
            raise ValueError("broken feed")
        recovered.set()
        await asyncio.Event().wait()

    with caplog.at_level(logging.ERROR):
        async with supervise("feed", loop) as state, asyncio.timeout(10):
            await recovered.wait()
            assert state.runs
            assert state.failures == 3
    assert [record.getMessage() for record in caplog.records] == ["loop failed"] * 3
    assert not state.runs


async def test_a_cancellation_that_nobody_asked_for_does_not_end_a_loop(
    caplog: pytest.LogCaptureFixture,
) -> None:
    recovered = asyncio.Event()
    runs = 0

    async def loop() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise asyncio.CancelledError  # as from a library whose own time was over
        recovered.set()
        await asyncio.Event().wait()

    async with supervise("beat", loop) as state, asyncio.timeout(10):
        await recovered.wait()
        assert (state.runs, state.failures) == (True, 1)
    assert [record.getMessage() for record in caplog.records] == ["loop was cancelled by nobody"]
    assert not state.runs


async def test_a_loop_that_waits_for_a_part_says_so_in_a_line(caplog: pytest.LogCaptureFixture) -> None:
    recovered = asyncio.Event()
    runs = 0

    async def loop() -> None:
        nonlocal runs
        runs += 1
        if runs < 3:
            raise Unavailable("not now", code="database_unavailable")
        recovered.set()

    with caplog.at_level(logging.INFO):
        async with supervise("mail", loop), asyncio.timeout(10):
            await recovered.wait()
    assert [record.getMessage() for record in caplog.records] == ["loop waits"] * 2
    assert not any(record.exc_info for record in caplog.records)


async def test_a_loop_that_returns_is_done() -> None:
    runs = 0
    ended = asyncio.Event()

    async def once() -> None:
        nonlocal runs
        runs += 1
        ended.set()

    async with supervise("once", once) as state:
        await ended.wait()
        for _ in range(10):
            await asyncio.sleep(0.001)
    assert runs == 1
    assert not state.runs
    assert state.failures == 0


async def test_leaving_cancels_the_loop_and_waits_for_its_last_act() -> None:
    acts: list[str] = []
    started = asyncio.Event()

    async def loop() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            acts.append("closed")

    async with supervise("loop", loop):
        await started.wait()
    assert acts == ["closed"]


async def test_leaving_asks_again_where_a_cancellation_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_HEARD_SECONDS", 0.001)
    lost = 0
    started = asyncio.Event()

    async def loop() -> None:
        nonlocal lost
        while True:
            started.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost += 1
                if lost > 2:
                    raise

    async with asyncio.timeout(10), supervise("loop", loop):
        await started.wait()
    assert lost == 3


async def test_work_that_is_seen_through_ends_before_who_was_told_to_stop() -> None:
    going_on, ended = asyncio.Event(), []

    async def work() -> None:
        await going_on.wait()
        ended.append(1)

    waiting = asyncio.create_task(seen_through(work()))
    for _ in range(3):
        await asyncio.sleep(0)
        waiting.cancel()
    await asyncio.sleep(0)
    assert not waiting.done()
    going_on.set()
    await asyncio.wait({waiting})
    assert waiting.cancelled()
    assert ended == [1]


async def test_who_was_told_to_stop_waits_no_longer_than_their_patience(
    caplog: pytest.LogCaptureFixture,
) -> None:
    going_on, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await going_on.wait()
        ended.set()
        raise ValueError("nobody hears this")

    waiting = asyncio.create_task(seen_through(work(), patience_seconds=0.05))
    await asyncio.sleep(0)
    waiting.cancel()
    async with asyncio.timeout(20):
        await asyncio.wait({waiting})
    assert waiting.cancelled()
    assert "work does not end" in caplog.text
    going_on.set()
    async with asyncio.timeout(20):
        await ended.wait()


async def test_patience_counts_from_when_they_were_told_to_stop() -> None:
    going_on = asyncio.Event()

    async def work() -> int:
        await going_on.wait()
        return 7

    waiting = asyncio.create_task(seen_through(work(), patience_seconds=0.0))
    done, _ = await asyncio.wait({waiting}, timeout=0.1)
    assert not done
    going_on.set()
    assert await waiting == 7


async def test_what_comes_of_work_that_is_seen_through_comes_to_who_waits() -> None:
    async def work(fails: bool) -> int:
        if fails:
            raise ValueError("no")
        return 7

    assert await seen_through(work(fails=False)) == 7
    with pytest.raises(ValueError, match="no"):
        await seen_through(work(fails=True))
