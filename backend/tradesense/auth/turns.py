"""Lets few do something at once, and sends everybody home when it is seen that it leads nowhere."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from tradesense.base.errors import Unavailable

_IN_VAIN_SECONDS: Final = 1.0


class Turns:
    """A queue in front of the database, first come first served.

    Where somebody held a turn for over a second and got `Unavailable`, the database hangs: whoever waits is
    told so too. Otherwise they would find out one after the other, each only when their own time is up.
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Hold one of the turns. Raises `Unavailable` where the wait for it became pointless."""
        await self._begin()
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            yield
        except Unavailable as error:
            if loop.time() - began >= _IN_VAIN_SECONDS:
                self._send_home(error)
            raise
        finally:
            self._pass_on()

    async def _begin(self) -> None:
        if self._free > 0:
            self._free -= 1
            return
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            await waiting
        except asyncio.CancelledError:
            if not waiting.cancelled() and waiting.exception() is None:
                # The turn came in the moment in which it was no longer wanted.
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(None)
                return
        self._free += 1

    def _send_home(self, reason: Unavailable) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_exception(Unavailable(reason.detail, code=reason.code))
        self._waiting.clear()
