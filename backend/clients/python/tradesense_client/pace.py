"""Keeps what is sent below what the server takes: 100 messages a minute."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

MOST_MESSAGES: Final = 80
SPAN_SECONDS: Final = 60.0


class Pace:
    """Lets 80 messages through in any 60 seconds; the next one waits."""

    def __init__(self, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._sent: deque[float] = deque(maxlen=MOST_MESSAGES)

    async def wait(self) -> None:
        """Return when one more may be sent, and count it."""
        if len(self._sent) == MOST_MESSAGES:
            left = self._sent[0] + SPAN_SECONDS - self._monotonic()
            if left > 0:
                await self._sleep(left)
        self._sent.append(self._monotonic())
