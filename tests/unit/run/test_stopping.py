"""A program that is told to stop ends, whatever hangs in it; one that ends by itself is left alone."""

from __future__ import annotations

import logging
import threading

import pytest

from tradesense.run.stopping import Stopping


class End:
    def __init__(self) -> None:
        self.code: int | None = None
        self.came = threading.Event()

    def __call__(self, code: int) -> None:
        self.code = code
        self.came.set()


@pytest.fixture(autouse=True)
def log_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "shutdown", lambda: None)


def test_what_does_not_stop_in_time_is_ended_and_said(caplog: pytest.LogCaptureFixture) -> None:
    end = End()
    stopping = Stopping(0.01, end=end)
    stopping.begin()
    assert end.came.wait(20)
    assert end.code == 1
    assert "takes too long" in caplog.text


def test_what_stops_by_itself_is_not_ended() -> None:
    end = End()
    stopping = Stopping(0.2, end=end)
    stopping.begin()
    stopping.over()
    assert not end.came.wait(0.4)


def test_before_it_is_told_to_stop_a_program_runs_as_long_as_it_likes() -> None:
    end = End()
    Stopping(0.0, end=end).over()
    assert not end.came.wait(0.05)
