"""Tells operators when the machine's clock was set: in the log, beside readiness, in `/metrics`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tradesense.base.skew import SkewWatch
from tradesense.base.tasks import supervise
from tradesense.run.wiring import Parts
from tradesense.web.metrics import Figure


@asynccontextmanager
async def watch_clock(parts: Parts) -> AsyncIterator[SkewWatch]:
    """Watch the clock of a program's parts while the block runs."""
    watch = SkewWatch(parts.clock)
    parts.readiness.add_alarm("clock_was_set", lambda: watch.has_jumped_lately)
    parts.figures.extend(
        (
            Figure("clock_jumps", "Times the clock was set by more than 2 s.", lambda: watch.jumps, True),
            Figure("clock_last_jump_seconds", "Seconds it was last set by.", lambda: watch.last_jump_seconds),
        )
    )
    async with supervise("clock watch", watch.run):
        yield watch
