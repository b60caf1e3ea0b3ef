"""Loops that must not die in silence: started, watched, started again after a failure, stopped cleanly."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from tradesense.base.errors import Unavailable

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0
_HEARD_SECONDS = 2.0

_log = logging.getLogger("tradesense.tasks")
Result = TypeVar("Result")


class Supervised:
    """What became of a loop: `runs` tells whether it is running now, `failures` how often it died."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.runs = False
        self.failures = 0
        self.is_to_end = False


@asynccontextmanager
async def supervise(name: str, start: Callable[[], Awaitable[None]]) -> AsyncIterator[Supervised]:
    """Run `start()` beside the block; a failure is logged and, after a growing pause, it is started again.

    The pause doubles from 0.5 s to 30 s, with jitter, and is short again after a minute without failure.
    A loop that ends for want of a part that does not answer is no error of its own, and said in one line.
    A cancellation that nobody asked for, which a library may let out after its own time was over, is a
    failure like any other. A loop that returns is done. Leaving the block cancels it, again where it did not
    hear, and waits for it.
    """
    state = Supervised(name)
    task = asyncio.create_task(_keep_running(state, start), name=name)
    try:
        yield state
    finally:
        state.is_to_end = True
        # A library may lose a cancellation: `asyncio.wait_for` does, where what it waits for ends just then.
        while not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=_HEARD_SECONDS)


async def _keep_running(state: Supervised, start: Callable[[], Awaitable[None]]) -> None:
    loop = asyncio.get_running_loop()
    pause = _FIRST_PAUSE_SECONDS
    while True:
        began = loop.time()
        state.runs = True
        try:
            await start()
            return
        except Unavailable as reason:
            state.failures += 1
            _log.warning("loop waits", extra={"loop": state.name, "reason": reason.code})
        except Exception:
            state.failures += 1
            _log.exception("loop failed", extra={"loop": state.name, "failures": state.failures})
        except asyncio.CancelledError:
            if state.is_to_end:
                raise
            state.failures += 1
            _log.exception("loop was cancelled by nobody", extra={"loop": state.name})
        finally:
            state.runs = False
        pause = _FIRST_PAUSE_SECONDS if loop.time() - began > _STEADY_SECONDS else pause
        await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret
        pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)


async def seen_through(work: Awaitable[Result], *, patience_seconds: float | None = None) -> Result:
    """Return what comes of work that must not stop halfway, such as a write in a thread.

    Who is told to stop meanwhile, however often, stops when the work has ended; what came of it is lost then.
    With `patience_seconds` they stop so long after at the latest, and the work goes on alone.
    """
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    until: float | None = None
    told_to_stop = False
    while not task.done():
        left = None if until is None else until - loop.time()
        if left is not None and left <= 0:
            _log.error("work does not end", extra={"seconds": patience_seconds})
            task.add_done_callback(_hear)
            raise asyncio.CancelledError
        try:
            await asyncio.wait([task], timeout=left)
        except asyncio.CancelledError:
            if not told_to_stop and patience_seconds is not None:
                until = loop.time() + patience_seconds
            told_to_stop = True
    if not told_to_stop:
        return task.result()
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.warning("work that was seen through failed", extra={"reason": type(error).__name__})
    raise asyncio.CancelledError


def _hear(task: asyncio.Future[Result]) -> None:
    # Nobody waits for it any more; asyncio would complain that nobody heard how it failed.
    if not task.cancelled():
        task.exception()
