"""Notices a clock that was set: wall time that moved more, or less, than time has passed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

from tradesense.base.clock import Clock

_TOLERANCE_SECONDS: Final = 2.0
_REMEMBERED_SECONDS: Final = 900.0

_log = logging.getLogger("tradesense.clock")


class SkewWatch:
    """Compares the clock with one that only passes; `jumps` counts how often they parted.

    A machine that slept is noticed too: its wall clock went on alone. A clock that is slewed, as time
    services do, stays within the tolerance.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        tolerance_seconds: float = _TOLERANCE_SECONDS,
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._tolerance_seconds = tolerance_seconds
        self._passed = passed
        self._wall, self._mark = clock.now(), passed()
        self._noticed_at = float("-inf")
        self.jumps = 0
        self.last_jump_seconds = 0.0

    def look(self) -> float:
        """Return by how many seconds the clock was set since the last look; 0 within the tolerance."""
        wall, mark = self._clock.now(), self._passed()
        jump = (wall - self._wall).total_seconds() - (mark - self._mark)
        self._wall, self._mark = wall, mark
        if abs(jump) <= self._tolerance_seconds:
            return 0.0
        self._noticed_at = mark
        self.jumps += 1
        self.last_jump_seconds = jump
        _log.error("the clock was set", extra={"by_seconds": round(jump, 3), "jumps": self.jumps})
        return jump

    @property
    def has_jumped_lately(self) -> bool:
        """Whether the clock was set within the last quarter of an hour, by the clock that only passes."""
        return self._passed() - self._noticed_at < _REMEMBERED_SECONDS

    async def run(self, on_jump: Callable[[float], None], *, every_seconds: float = 5.0) -> None:
        """Look again and again, and hand on by how many seconds the clock was set; ends with its task."""
        while True:
            await asyncio.sleep(every_seconds)
            jump = self.look()
            if jump:
                on_jump(jump)
