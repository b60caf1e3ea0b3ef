"""What a bus keeps for one reader: the newest 64 steps, oldest first."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import Final

from tradesense.base.live import Step

STEPS_KEPT: Final = 64


class Reader:
    """Loses the oldest steps where nobody reads; the next one's `prev` shows it."""

    def __init__(self) -> None:
        self._steps: deque[Step] = deque(maxlen=STEPS_KEPT)
        self._arrived = asyncio.Event()

    def take(self, step: Step) -> None:
        self._steps.append(step)
        self._arrived.set()

    async def __aiter__(self) -> AsyncIterator[Step]:
        while True:
            while self._steps:
                yield self._steps.popleft()
            self._arrived.clear()
            await self._arrived.wait()
