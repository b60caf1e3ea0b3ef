"""The loop that writes the simulated market: supervised, and clean when it is stopped."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from tradesense.base.clock import FixedClock
from tradesense.feeds.simulated import SimulatedFeed

NOW = datetime(2026, 11, 20, 12, 0, 1, tzinfo=UTC)


class Recording:
    """Stands for the store's side: fails as often as it is told, or waits until it is let go."""

    def __init__(self, failures: int = 0, hold: threading.Event | None = None) -> None:
        self.beats = 0
        self.finished = 0
        self.is_behind = False
        self.started = threading.Event()
        self._failures = failures
        self._hold = hold

    def beat(self, now: datetime) -> dict[object, int]:
        self.beats += 1
        self.started.set()
        if self._hold is not None:
            assert self._hold.wait(10.0)
        if self.beats <= self._failures:
            raise OSError("disk full")
        self.finished += 1
        return {}


class Stop(Exception):
    """Ends the endless loop from its own sleep."""


def feed_of(recording: Recording, sleeps: list[float], most: int) -> SimulatedFeed:
    async def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        if len(sleeps) >= most:
            raise Stop

    return SimulatedFeed(recording, FixedClock(NOW), sleep=sleep)  # type: ignore[arg-type]


async def test_a_failing_beat_is_counted_waited_out_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    recording, sleeps = Recording(failures=3), []
    feed = feed_of(recording, sleeps, 4)

    with pytest.raises(Stop):
        await feed.run()

    assert sleeps[:3] == [4.0, 8.0, 16.0], "each wait is longer than the one before"
    assert sleeps[3] == pytest.approx(1.0), "the fourth beat went well: on to the next whole beat"
    assert recording.finished == 1
    assert (feed.failures, feed.last_error, feed.last_tick) == (0, None, NOW)
    assert len(caplog.records) == 3


async def test_waits_have_a_limit() -> None:
    sleeps: list[float] = []
    feed = feed_of(Recording(failures=50), sleeps, 12)

    with pytest.raises(Stop):
        await feed.run()

    assert max(sleeps) == 60.0
    assert feed.failures == 12
    assert feed.last_error == "OSError"


async def test_a_missing_past_is_written_without_long_waits() -> None:
    recording, sleeps = Recording(), []
    recording.is_behind = True
    feed = feed_of(recording, sleeps, 3)

    with pytest.raises(Stop):
        await feed.run()

    assert max(sleeps) < 0.2


async def test_stopping_lets_the_running_write_finish() -> None:
    hold = threading.Event()
    recording = Recording(hold=hold)
    running = asyncio.create_task(feed_of(recording, [], 99).run())
    await asyncio.to_thread(recording.started.wait, 10.0)

    running.cancel()
    await asyncio.sleep(0)
    assert not running.done()
    hold.set()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert recording.finished == 1


async def test_started_again_in_the_middle_of_a_write_it_does_not_write_twice_at_once() -> None:
    hold = threading.Event()
    recording = Recording(hold=hold)
    feed = feed_of(recording, [], 1)
    first = asyncio.create_task(feed.run())
    await asyncio.to_thread(recording.started.wait, 10.0)
    for _ in range(2):
        first.cancel()
        await asyncio.sleep(0)
    await asyncio.wait({first})

    second = asyncio.create_task(feed.run())
    for _ in range(20):
        await asyncio.sleep(0)
    assert recording.beats == 1, "the write of before is waited for"
    hold.set()
    with pytest.raises(Stop):
        await second

    assert recording.finished == 2


async def test_while_it_is_cut_off_nothing_is_written_and_then_it_goes_on() -> None:
    recording, said = Recording(), [True, True, False, False]

    async def sleep(_: float) -> None:
        if not said:
            raise Stop

    feed = SimulatedFeed(
        recording,  # type: ignore[arg-type]
        FixedClock(NOW),
        sleep=sleep,
        is_cut_off=lambda: said.pop(0),
    )
    with pytest.raises(Stop):
        await feed.run()

    assert recording.beats == 2
