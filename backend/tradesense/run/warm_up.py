"""Compiles the option maths, or loads it from its cache, beside the start: no request waits for it."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from concurrent.futures import Future

_log = logging.getLogger("tradesense.run.warm_up")


class WarmUp:
    """The work, in a thread that does not keep the process alive: the first ever takes half a minute."""

    def __init__(self) -> None:
        self._done: Future[None] = Future()
        self._done.set_running_or_notify_cancel()  # a waiter that goes away does not cancel the work
        self._thread = threading.Thread(target=self._warm, name="warm-up", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    async def wait(self) -> None:
        """Return when the work has ended, well or not."""
        await asyncio.wrap_future(self._done)

    def _warm(self) -> None:
        from tradesense import quant

        started = time.perf_counter()
        try:
            quant.warm()
        except Exception:  # the first request compiles then; the start must not fail for it
            _log.exception("the option maths could not be warmed up")
        else:
            _log.info("the option maths is warm", extra={"seconds": round(time.perf_counter() - started, 3)})
        finally:
            self._done.set_result(None)
