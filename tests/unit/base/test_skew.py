"""A clock that was set is noticed, one that only goes is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tradesense.base.clock import FixedClock
from tradesense.base.skew import SkewWatch

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Times:
    """A clock on the wall and one that only passes, moved together or apart."""

    def __init__(self) -> None:
        self.wall = FixedClock(NOON)
        self.passed = 1000.0
        self.watch = SkewWatch(self.wall, passed=lambda: self.passed)

    def pass_by(self, seconds: float, *, wall: float | None = None) -> float:
        self.passed += seconds
        self.wall.move_to(self.wall.now() + timedelta(seconds=seconds if wall is None else wall))
        return self.watch.look()


@pytest.fixture
def times() -> Times:
    return Times()


def test_time_that_passes_is_no_jump(times: Times) -> None:
    assert [times.pass_by(seconds) for seconds in (0.0, 5.0, 3600.0, 86_400.0)] == [0.0] * 4
    assert (times.watch.jumps, times.watch.has_jumped_lately) == (0, False)


@pytest.mark.parametrize("jump", [3600.0, -3600.0, -86_400.0, 2.5, -2.5])
def test_a_clock_that_was_set_is_noticed_once_and_by_how_much(
    times: Times, jump: float, caplog: pytest.LogCaptureFixture
) -> None:
    assert times.pass_by(5.0, wall=5.0 + jump) == pytest.approx(jump)
    assert times.pass_by(5.0) == 0.0
    assert (times.watch.jumps, times.watch.has_jumped_lately) == (1, True)
    assert times.watch.last_jump_seconds == pytest.approx(jump)
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [
        ("ERROR", "the clock was set")
    ]


def test_a_clock_that_is_slewed_is_left_in_peace(times: Times) -> None:
    assert [times.pass_by(5.0, wall=5.0 + 1.9), times.pass_by(5.0, wall=5.0 - 1.9)] == [0.0, 0.0]


def test_the_alarm_ends_after_a_quarter_of_an_hour_whatever_the_clock_says(times: Times) -> None:
    times.pass_by(5.0, wall=-86_400.0)
    times.pass_by(890.0)
    assert times.watch.has_jumped_lately
    times.pass_by(20.0)
    assert not times.watch.has_jumped_lately
