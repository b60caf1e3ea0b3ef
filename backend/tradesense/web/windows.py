"""Counts events in sliding windows: in this process, or also where several processes count together."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Final

from tradesense.base.clock import Clock
from tradesense.base.counting import Counted, Key, SharedWindows
from tradesense.base.errors import Unavailable

_MOST_KEYS: Final = 20_000


class SlidingWindows:
    """Windows of one length, in this process, by the program's clock. Nothing here waits, so that no two
    requests mix.

    Who has been quiet for a whole window is forgotten, and of the others the one asked for longest ago when
    there are more than `most_keys`.
    """

    def __init__(self, clock: Clock, *, seconds: float, most_keys: int = _MOST_KEYS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most_keys = most_keys
        self._windows: OrderedDict[Key, deque[float]] = OrderedDict()

    def count(self, key: Key, limit: int) -> Counted:
        """Write an event down unless that makes more than `limit` in the window."""
        now, window = self._look(key)
        fits = len(window) < limit
        if fits:
            window.append(now)
        return Counted(fits, len(window), now - window[0] if window else 0.0)

    def look(self, key: Key, limit: int) -> Counted:
        """Tell whether an event would fit, without writing it down."""
        now, window = self._look(key)
        return Counted(len(window) < limit, len(window), now - window[0] if window else 0.0)

    def __len__(self) -> int:
        return len(self._windows)

    def _look(self, key: Key) -> tuple[float, deque[float]]:
        now = self._clock.now().timestamp()
        window = self._window(key, now)
        self._forget_the_quiet(now - self._seconds)
        return now, window

    def _window(self, key: Key, now: float) -> deque[float]:
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


async def count_together(own: SlidingWindows, shared: SharedWindows | None, key: Key, limit: int) -> Counted:
    """Count in the shared windows, and alone for as long as they are away.

    What was let through here is written down here as well, so that windows which are lost, or forget, give
    nobody a second budget in this process; who has used theirs up here costs no question.
    """
    if shared is None:
        return own.count(key, limit)
    here = own.look(key, limit)
    if not here.fits:
        return here
    try:
        counted = await shared.count(key, limit)
    except Unavailable:
        return own.count(key, limit)
    if counted.fits:
        own.count(key, limit)
    return counted
