"""Compiles the option maths, or loads it from its cache, beside the start: no request waits for it."""

from __future__ import annotations

import logging
import threading
import time

_log = logging.getLogger("tradesense.run.warm_up")


def start_warm_up() -> threading.Thread:
    """Start the work in a thread that does not keep the process alive."""
    thread = threading.Thread(target=_warm, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    from tradesense import quant

    started = time.perf_counter()
    try:
        quant.warm()
    except Exception:  # the first request compiles then; the start must not fail for it
        _log.exception("the option maths could not be warmed up")
        return
    _log.info("the option maths is warm", extra={"seconds": round(time.perf_counter() - started, 3)})
