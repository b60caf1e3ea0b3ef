"""A recorded day as a feed of its own source, as if it happened now: times and terms moved, prices not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from tradesense.base.clock import Clock
from tradesense.feeds.replay.steps import EPOCH, MICROSECOND, Step, instant, steps
from tradesense.feeds.replay.wish import ReplayWish
from tradesense.instruments import Instrument
from tradesense.market import Intake, Reader, Recorded, fetch_recorded_instruments

SOURCE: Final = "replay"
STEP_SECONDS: Final = 0.05
_HEARD_EVERY_SECONDS = 1.0


class ReplayFeed:
    """Plays a day once, `speed` times as fast as it was.

    The first recorded instant happens now, and every contract ends as long after it as it did then;
    symbols stay what they were. Failing to read, it may be run again and goes on where it was.
    """

    def __init__(
        self,
        reader: Reader,
        intake: Intake,
        clock: Clock,
        wish: ReplayWish,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._reader = reader
        self._intake = intake
        self._clock = clock
        self._speed = wish.speed
        self._sleep = sleep
        self._rest = Recorded.of_day(wish.source, wish.day, wish.roots)
        self._first_us: int | None = None
        self._began_us = 0
        self.address = f"{wish.source} {wish.day.isoformat()} at {wish.speed:g}x"

    async def run(self) -> None:
        """Play what is left and return."""
        longest_us = int(STEP_SECONDS * self._speed * 1e6)
        async for step in steps(self._reader, self._rest, longest_us=longest_us):
            if self._first_us is None:
                listed = await fetch_recorded_instruments(self._reader, self._rest)
                self._begin(int(step.ts_us[0]), listed)
            await self._tell(step)
            self._rest = replace(self._rest, start=instant(step.last_us + 1))
        played = "the recording has been played to its end"
        self._intake.lost(SOURCE, played if self._first_us is not None else "nothing is recorded of that day")

    def _begin(self, first_us: int, listed: list[Instrument]) -> None:
        now = self._clock.now()
        self._first_us, self._began_us = first_us, (now - EPOCH) // MICROSECOND
        ago = now - instant(first_us)
        self._intake.listed(SOURCE, [_moved(each, ago) for each in listed])

    async def _tell(self, step: Step) -> None:
        assert self._first_us is not None
        passed = (step.ts_us - self._first_us) / self._speed
        told_us = self._began_us + np.rint(passed).astype(np.int64)
        await self._wait_until(instant(int(told_us[-1])))
        self._intake.quoted(step.batch(SOURCE, told_us))

    async def _wait_until(self, due: datetime) -> None:
        while (left := (due - self._clock.now()).total_seconds()) > 0:
            self._intake.heard(SOURCE)
            await self._sleep(min(left, _HEARD_EVERY_SECONDS))
        await asyncio.sleep(0)


def _moved(instrument: Instrument, ago: timedelta) -> Instrument:
    """Return the instrument with its dates as long after now as they were after the first instant."""
    days = ago
    expires_at = instrument.expires_at
    if expires_at is not None:
        expires_at += ago
        days = expires_at.date() - (expires_at - ago).date()
    return replace(
        instrument,
        source=SOURCE,
        expires_at=expires_at,
        expiry=None if instrument.expiry is None else instrument.expiry + days,
        first_notice=None if instrument.first_notice is None else instrument.first_notice + days,
        last_trade=None if instrument.last_trade is None else instrument.last_trade + days,
    )
