"""Counts events in sliding windows, in this process: bounded, by the program's clock, one pass an event."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable
from typing import Final

from tradesense.base.clock import Clock

_MOST_KEYS: Final = 20_000


class SlidingWindows:
    """Windows of one length. Nothing here waits, so that no two requests mix.

    Who has been quiet for a whole window is forgotten, and of the others the one asked for longest ago when
    there are more than `most_keys`.
    """

    def __init__(self, clock: Clock, *, seconds: float, most_keys: int = _MOST_KEYS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most_keys = most_keys
        self._windows: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def count(self, key: Hashable, limit: int) -> tuple[bool, int, float]:
        """Write an event down unless that makes more than `limit` in the window.

        Returns whether it did, how many are in the window now, and how many seconds ago the oldest was.
        """
        now = self._clock.now().timestamp()
        window = self._window(key, now)
        self._forget_the_quiet(now - self._seconds)
        fits = len(window) < limit
        if fits:
            window.append(now)
        return fits, len(window), now - window[0] if window else 0.0

    def __len__(self) -> int:
        return len(self._windows)

    def _window(self, key: Hashable, now: float) -> deque[float]:
        window = self._windows.get(key)
        if window is None:
            window = self._windows[key] = deque()
            return window
        self._windows.move_to_end(key)
        if window and window[-1] > now:
            window.clear()  # the clock was set back; what lies ahead would shut its owner out until then
        while window and window[0] <= now - self._seconds:
            window.popleft()
        return window

    def _forget_the_quiet(self, since: float) -> None:
        # The one asked for longest ago stands first. One that never got an event in is quiet too.
        while len(self._windows) > 1:
            key, window = next(iter(self._windows.items()))
            if window and window[-1] > since and len(self._windows) <= self._most_keys:
                return
            del self._windows[key]
