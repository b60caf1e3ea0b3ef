"""Runs the embedded program with fifty clients for an hour and tells what stayed and what grew.

`python -m tests.soak [SECONDS] [CLIENTS] [SEED]`; it ends with 1 where a figure grows, a client failed or
something of one is left behind. It leaves no process and no file.
"""

from __future__ import annotations

import asyncio
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.fixtures.app import RunningApp, start_app, stop_app
from tests.soak.flatness import HEAD, Bound, Verdict, judge
from tests.soak.looks import look
from tests.soak.visitors import Crowd, Visits

LOOK_EVERY_SECONDS = 10.0
LONGEST_START_SECONDS = 300.0
"""It may run beside other work, which is no reason to give up an hour."""
BOUNDS = [
    Bound("descriptors", absolute=5),
    Bound("threads", absolute=2),
    Bound("memory, MiB", absolute=10, share=0.05),
    Bound("processes", absolute=2),
    Bound("tasks", absolute=5),
    Bound("database connections", absolute=1),
    Bound("stream topics", absolute=3),
]
GONE_WITHIN_SECONDS = 30.0
"""So soon after the last client went nothing of any of them may be left."""
OF_CLIENTS = ("stream clients", "stream subscriptions", "database connections")
TELL_EVERY_LOOKS = 30


@dataclass(frozen=True)
class Outcome:
    verdicts: list[Verdict]
    visits: Visits
    left: list[str]
    """What of the clients was still there when they had been gone for a while."""

    @property
    def is_well(self) -> bool:
        is_flat = all(each.is_flat for each in self.verdicts)
        return is_flat and bool(self.visits.frames) and not self.visits.failures and not self.left

    def lines(self) -> list[str]:
        visits = self.visits
        return [
            HEAD,
            *(verdict.line() for verdict in self.verdicts),
            f"visits: {dict(visits.done)}; {visits.frames:,} frames, {visits.answers:,} answers",
            f"failures: {dict(visits.failures) or 'none'}; left behind: {self.left or 'nothing'}",
        ]


def main(arguments: list[str]) -> int:
    given = [int(each) for each in arguments]
    standard = (3600, 50, random.SystemRandom().getrandbits(32))
    seconds, clients, seed = [*given, *standard[len(given) :]]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does, leaving nothing behind
    _say(f"{clients} clients for {seconds} s, seed {seed}")
    with tempfile.TemporaryDirectory() as folder:
        running = start_app(Path(folder), longest_seconds=LONGEST_START_SECONDS)
        try:
            outcome = asyncio.run(_soak(running, seconds, clients, seed))
        finally:
            code = stop_app(running)
    _say(*outcome.lines(), f"exit code {code}")
    return 0 if outcome.is_well and code == 0 else 1


async def _soak(running: RunningApp, seconds: int, clients: int, seed: int) -> Outcome:
    crowd = Crowd(running.url, seed)
    await crowd.prepare()
    started = time.monotonic()
    at: list[float] = []
    looks: list[dict[str, float]] = []

    def is_over() -> bool:
        return time.monotonic() - started >= seconds

    async def watch() -> None:
        while not is_over():
            at.append(time.monotonic() - started)
            looks.append(await asyncio.to_thread(look, running.process.pid, running.url))
            if len(looks) % TELL_EVERY_LOOKS == 1:
                _say(
                    f"{at[-1]:>6.0f} s  "
                    + "  ".join(f"{name} {told:.0f}" for name, told in looks[-1].items())
                )
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    await asyncio.gather(watch(), crowd.come_and_go(clients, is_over))
    verdicts = [judge(bound, at, [each[bound.figure] for each in looks]) for bound in BOUNDS]
    return Outcome(verdicts, crowd.visits, await _left_behind(running))


async def _left_behind(running: RunningApp) -> list[str]:
    deadline = time.monotonic() + GONE_WITHIN_SECONDS
    while True:
        seen = await asyncio.to_thread(look, running.process.pid, running.url)
        left = [f"{name} {seen[name]:.0f}" for name in OF_CLIENTS if seen[name]]
        if not left or time.monotonic() > deadline:
            return left
        await asyncio.sleep(1)


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
