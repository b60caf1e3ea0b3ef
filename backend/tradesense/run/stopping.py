"""The end of the program, within bounds: what hangs in a thread, as on a dead disk, nothing else can stop."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import Final

LONGEST_STOP_SECONDS: Final = 60.0

_log = logging.getLogger("tradesense.run")


class Stopping:
    """Ends the process where it still runs so long after it began to stop. Nothing acknowledged is lost."""

    def __init__(
        self, seconds: float = LONGEST_STOP_SECONDS, *, end: Callable[[int], object] = os._exit
    ) -> None:
        self._seconds = seconds
        self._end = end
        self._timer: threading.Timer | None = None

    def begin(self) -> None:
        """Count from now; said again, it changes nothing."""
        if self._timer is None:
            self._timer = threading.Timer(self._seconds, self._give_up)
            self._timer.daemon = True
            self._timer.start()

    def over(self) -> None:
        """Everything has ended by itself."""
        if self._timer is not None:
            self._timer.cancel()

    def _give_up(self) -> None:
        _log.critical("stopping takes too long: the program ends as it is", extra={"seconds": self._seconds})
        logging.shutdown()
        self._end(1)
