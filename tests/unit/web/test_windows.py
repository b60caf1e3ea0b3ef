"""Sliding windows: what counts, what is forgotten, and how much is ever kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tradesense.web.windows import SlidingWindows


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def test_an_event_counts_for_a_whole_window_wherever_a_minute_begins() -> None:
    watch = Watch()
    windows = SlidingWindows(watch, seconds=60)
    for _ in range(5):
        assert windows.count("a", 5)[0]
        watch.move(10)
    assert windows.count("a", 5) == (False, 5, 50.0)
    watch.move(10)
    assert windows.count("a", 5) == (True, 5, 50.0)
    assert not windows.count("a", 5)[0]


def test_what_was_refused_does_not_count() -> None:
    watch = Watch()
    windows = SlidingWindows(watch, seconds=60)
    assert [windows.count("a", 1)[0] for _ in range(9)] == [True] + [False] * 8
    watch.move(60)
    assert windows.count("a", 1)[0]


def test_keys_know_nothing_of_each_other() -> None:
    windows = SlidingWindows(Watch(), seconds=60)
    assert windows.count("a", 1)[0]
    assert windows.count("b", 1)[0]
    assert not windows.count("a", 1)[0]


def test_a_clock_set_back_shuts_nobody_out() -> None:
    watch = Watch()
    windows = SlidingWindows(watch, seconds=60)
    windows.count("a", 1)
    watch.move(-86_400)
    assert windows.count("a", 1)[0]
    assert not windows.count("a", 1)[0]


def test_who_has_been_quiet_is_forgotten() -> None:
    watch = Watch()
    windows = SlidingWindows(watch, seconds=60)
    for each in range(100):
        windows.count(each, 5)
    watch.move(61)
    windows.count("a", 5)
    assert len(windows) == 1


def test_no_more_keys_are_kept_than_agreed_and_the_busy_ones_stay() -> None:
    windows = SlidingWindows(Watch(), seconds=60, most_keys=50)
    for each in range(500):
        windows.count("busy", 10_000)
        windows.count(each, 5)
    assert len(windows) <= 50
    assert windows.count("busy", 10_000)[1] == 501
