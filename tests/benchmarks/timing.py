"""Interleaved timing: every round runs each contender once, so that a slow minute is slow for all."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

Contender = Callable[[], float | None]


def timed(
    function: Callable[[], object], repeats: int = 1, clock: Callable[[], float] = time.thread_time
) -> Contender:
    """Return a contender that gives the seconds of one call of `function`, by default processor seconds.

    Processor time, because on a shared machine the wall clock measures the neighbours.
    """

    def run() -> float:
        start = clock()
        for _ in range(repeats):
            function()
        return (clock() - start) / repeats

    return run


def medians(contenders: dict[str, Contender], rounds: int) -> dict[str, float | None]:
    """Return each contender's median seconds over interleaved rounds, after one unmeasured round."""
    seen: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, contender in contenders.items():
            seconds = contender()
            if turn and seconds is not None:
                seen[name].append(seconds)
    return {name: statistics.median(times) if times else None for name, times in seen.items()}


class Peer:
    """A script in an environment of its own that runs jobs by name and answers with seconds."""

    def __init__(self, python: Path, script: Path, *arguments: str) -> None:
        self.available = python.exists()
        self._process: subprocess.Popen[str] | None = None
        if self.available:
            self._process = subprocess.Popen(
                [python, script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            self.available = self._read() == "ready"

    def job(self, name: str) -> Contender:
        def run() -> float | None:
            if not self.available or self._process is None or self._process.stdin is None:
                return None
            self._process.stdin.write(name + "\n")
            self._process.stdin.flush()
            answer = self._read()
            return None if answer in ("missing", "") else float(answer)

        return run

    def _read(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Peer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process.wait(timeout=30)
            if self._process.stdout is not None:
                self._process.stdout.close()
