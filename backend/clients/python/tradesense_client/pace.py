"""Keeps what is sent below what the server takes: 100 messages a minute, signs of life included."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

MOST_MESSAGES: Final = 90
_A_MINUTE: Final = 60.0


class Pace:
    """Of one connection: lets 90 messages through at once, and then one and a half a second."""

    def __init__(self, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._left = float(MOST_MESSAGES)
        self._at = monotonic()

    async def wait(self) -> None:
        """Return when one more may be sent, and count it."""
        now = self._monotonic()
        self._left = min(self._left + (now - self._at) * MOST_MESSAGES / _A_MINUTE, float(MOST_MESSAGES))
        self._at = now
        self._left -= 1.0
        if self._left < 0.0:
            await self._sleep(-self._left * _A_MINUTE / MOST_MESSAGES)
