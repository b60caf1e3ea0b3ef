"""The simulated market as a feed: a supervised loop that writes what is due, off the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.feeds.simulated.recording import SimulatedRecording
from tradesense.market import Table

_log = logging.getLogger(__name__)
_LONGEST_PAUSE_SECONDS = 60.0
_SHORT_PAUSE_SECONDS = 0.05


class SimulatedFeed:
    """Beats every `beat_seconds` until cancelled; a beat that fails is logged, counted and tried again later.

    `last_tick` is the instant of the newest beat on record, `failures` how many beats have failed in
    a row, `last_error` why the last one did.
    """

    name = "simulated"

    def __init__(
        self,
        recording: SimulatedRecording,
        clock: Clock,
        *,
        beat_seconds: float = 2.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        is_cut_off: Callable[[], bool] = lambda: False,
    ) -> None:
        self._recording = recording
        self._clock = clock
        self._beat_seconds = beat_seconds
        self._sleep = sleep
        self._is_cut_off = is_cut_off
        self.last_tick: datetime | None = None
        self.failures = 0
        self.last_error: str | None = None
        self._writing: asyncio.Future[dict[Table, int]] | None = None
        self._has_past = False

    async def run(self) -> None:
        """Write live, and beside it what is missing of the past. Cancelling lets the running write finish."""
        while True:
            if not self._is_cut_off():
                await self._beat()
            await self._sleep(self._pause())

    async def _beat(self) -> None:
        # One that was stopped in the middle of a long write, and started again, may not write twice at once.
        if self._writing is not None and not self._writing.done():
            await asyncio.wait([self._writing])
        now = self._clock.now()
        writing = asyncio.ensure_future(asyncio.to_thread(self._recording.beat, now))
        self._writing = writing
        writing.add_done_callback(_hear)
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            await asyncio.wait([writing])
            raise
        except Unavailable as reason:
            self.failures += 1
            self.last_error = reason.code
            _log.warning("a beat could not be recorded", extra={"reason": reason.code})
        except Exception as error:
            self.failures += 1
            self.last_error = type(error).__name__
            _log.exception("a beat of the simulated market failed", extra={"failures": self.failures})
        else:
            self.last_tick, self.failures, self.last_error = now, 0, None
            if not self._has_past and not self._recording.is_behind:
                self._has_past = True
                _log.info("the simulated past is written")

    def _pause(self) -> float:
        if self.failures:
            return min(self._beat_seconds * 2.0**self.failures, _LONGEST_PAUSE_SECONDS)
        if self._recording.is_behind:
            return _SHORT_PAUSE_SECONDS
        passed = self._clock.now().timestamp() % self._beat_seconds
        return self._beat_seconds - passed


def _hear(writing: asyncio.Future[dict[Table, int]]) -> None:
    # One that nobody waits for any more may end when the store is closed already.
    if not writing.cancelled():
        writing.exception()
