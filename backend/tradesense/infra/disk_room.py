"""Watches the room on the disk that a file grows on, and says no before there is none left."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tradesense.base.errors import Unavailable

ENOUGH_BYTES: Final = 20 * 1024**3
"""However large the disk, so much free room is no reason to stop."""

_log = logging.getLogger("tradesense.infra")


class DiskFull(Unavailable):
    """There is too little room to keep more; what is kept can still be read."""

    code = "disk_full"
    retry_after_seconds = 30


class DiskRoom:
    """Refuses to let a folder's disk run full; `refused` counts how often it had to.

    Too little is less than `least_percent` of the disk and less than `enough_bytes`. With 0 percent nothing
    is ever refused.
    """

    def __init__(
        self,
        folder: Path,
        *,
        least_percent: float,
        enough_bytes: int = ENOUGH_BYTES,
        usage: Callable[[Path], tuple[int, int, int]] = shutil.disk_usage,
    ) -> None:
        self._folder = folder
        self._least_percent = least_percent
        self._enough_bytes = enough_bytes
        self._usage = usage
        self._was_short = False
        self.refused = 0

    @property
    def free_bytes(self) -> int:
        """How much may still be written there; 0 where the disk does not answer."""
        return self._ask()[1]

    def is_short(self) -> bool:
        """Tell whether there is too little room; each change of that is logged.

        A disk that does not answer is not short of room: whoever writes there is told what is wrong.
        """
        total, free = self._ask()
        short = free < self._enough_bytes and free * 100 < total * self._least_percent
        if short and not self._was_short:
            _log.error("disk is nearly full: nothing more is recorded", extra={"free_mb": free // 2**20})
        elif self._was_short and not short:
            _log.warning("disk has room again: recording goes on", extra={"free_mb": free // 2**20})
        self._was_short = short
        return short

    def _ask(self) -> tuple[int, int]:
        try:
            total, _, free = self._usage(self._folder)
        except OSError:
            return 0, 0
        return total, free

    def check(self) -> None:
        """Raise `DiskFull` where there is too little room."""
        if self.is_short():
            self.refused += 1
            raise DiskFull("The disk is nearly full: nothing more is recorded until there is room.")
