"""Tells operators when the machine's clock was set: in the log, beside readiness, in `/metrics`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from tradesense.base.skew import SkewWatch
from tradesense.base.tasks import supervise
from tradesense.market.live.screen import MOST_AHEAD_US
from tradesense.run.wiring import Parts
from tradesense.web.metrics import Figure


@asynccontextmanager
async def watch_clock(parts: Parts, *, every_seconds: float = 5.0) -> AsyncIterator[SkewWatch]:
    """Watch the clock of a program's parts while the block runs.

    When it is set back, live quotes of a time that has yet to come are forgotten; those that come now count.
    """
    watch = SkewWatch(parts.clock)
    parts.readiness.add_alarm("clock_was_set", lambda: watch.has_jumped_lately)
    parts.figures.extend(
        (
            Figure("clock_jumps", "Times the clock was set by more than 2 s.", lambda: watch.jumps, True),
            Figure("clock_last_jump_seconds", "Seconds it was last set by.", lambda: watch.last_jump_seconds),
        )
    )

    def on_jump(seconds: float) -> None:
        if seconds < 0:
            latest = parts.clock.now().timestamp() * 1_000_000 + MOST_AHEAD_US
            parts.live.book.forget_ahead(int(latest))

    async with supervise("clock watch", partial(watch.run, on_jump, every_seconds=every_seconds)):
        yield watch
