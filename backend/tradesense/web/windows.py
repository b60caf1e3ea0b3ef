"""Counts events in sliding windows, in this process: the storage of `limits` that a single process needs.

The one that comes with `limits` keeps every list it ever made sorted by threads of its own, has no bound and
reads the machine's clock. This one keeps what is inside a window, forgets who has been quiet for one, and
of the quietest when there are too many.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Final

from limits.aio.storage import MemoryStorage

from tradesense.base.clock import Clock

_MOST_KEYS: Final = 20_000


class SlidingWindows(MemoryStorage):
    """Moving windows by the given clock. Nothing here waits, so that no two requests mix."""

    STORAGE_SCHEME = None  # type: ignore[assignment]  # made by hand, never looked up by an address

    def __init__(self, clock: Clock, *, most_keys: int = _MOST_KEYS) -> None:
        super().__init__()
        self._clock = clock
        self._most_keys = most_keys
        self._windows: OrderedDict[str, deque[float]] = OrderedDict()

    def count(self, key: str, limit: int, expiry: int, amount: int = 1) -> tuple[bool, int, float]:
        """Write `amount` events down unless that makes more than `limit` in the last `expiry` seconds.

        Returns whether it did, how many are in the window now, and how long ago the oldest of them was.
        """
        now = self.now()
        window = self._window(key, now - expiry, now)
        self._forget_the_quiet(now - expiry)
        fits = len(window) + amount <= limit
        if fits:
            window.extend([now] * amount)
        return fits, len(window), now - window[0] if window else 0.0

    async def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Do as `count`, for the library's own strategies."""
        return self.count(key, limit, expiry, amount)[0]

    async def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002 - the interface has it
        """Return when the oldest event of the window was, and how many are in it."""
        now = self.now()
        window = self._windows.get(key)
        while window and window[0] <= now - expiry:
            window.popleft()
        return (window[0], len(window)) if window else (now, 0)

    def now(self) -> float:
        """Return the present second, by the clock of this storage."""
        return self._clock.now().timestamp()

    def __len__(self) -> int:
        return len(self._windows)

    def _window(self, key: str, since: float, now: float) -> deque[float]:
        window = self._windows.setdefault(key, deque())
        self._windows.move_to_end(key)
        if window and window[-1] > now:
            window.clear()  # the clock was set back; what lies ahead would shut its owner out until then
        while window and window[0] <= since:
            window.popleft()
        return window

    def _forget_the_quiet(self, since: float) -> None:
        # The one asked for longest ago stands first. One that never got an event in is quiet too.
        while len(self._windows) > 1:
            key, window = next(iter(self._windows.items()))
            if window and window[-1] > since and len(self._windows) <= self._most_keys:
                return
            del self._windows[key]
