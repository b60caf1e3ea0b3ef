"""Has every process forget at once what one of them revoked: a session, a key, a person.

Each would ask the database again within a second all the same; what is lost here costs no more than that.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC
from typing import Final, Literal, Protocol
from uuid import UUID

from tradesense.base.clock import Clock
from tradesense.base.live import Bus, Step
from tradesense.base.tasks import supervise

FORGOTTEN: Final = "callers:forgotten"
_MOST_UNSAID: Final = 1_000

What = Literal["user", "credential"]


class Forgets(Protocol):
    """Remembers callers, and forgets them when told: see `auth.recognise`."""

    def forget_user_here(self, user_id: object) -> None: ...

    def forget_credential_here(self, credential_id: object) -> None: ...


class Forgetting:
    """Tells the other processes, and hears them. Of more than a thousand that wait the oldest are lost."""

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self._unsaid: deque[tuple[What, UUID]] = deque(maxlen=_MOST_UNSAID)
        self._is_unsaid = asyncio.Event()
        self._seq = 0

    def tell(self, what: What, which: object) -> None:
        """Have it told; does not wait."""
        self._unsaid.append((what, UUID(str(which))))
        self._is_unsaid.set()

    @asynccontextmanager
    async def running(self, callers: Forgets) -> AsyncIterator[None]:
        """Tell and hear while the block runs."""

        async def hear() -> None:
            async with self._bus.subscribe(FORGOTTEN) as steps:
                async for step in steps:
                    _heed(callers, step)

        async with AsyncExitStack() as stack:
            await stack.enter_async_context(supervise("forgetting: told", self._say))
            await stack.enter_async_context(supervise("forgetting: heard", hear))
            yield

    async def _say(self) -> None:
        while True:
            await self._is_unsaid.wait()
            self._is_unsaid.clear()
            while self._unsaid:
                what, which = self._unsaid.popleft()
                now = self._clock.now().astimezone(UTC)
                before, self._seq = self._seq, max(self._seq + 1, int(now.timestamp() * 1000))
                body = json.dumps({what: str(which)}).encode()
                await self._bus.publish(Step(FORGOTTEN, self._seq, before, body, now.isoformat()))


def _heed(callers: Forgets, step: Step) -> None:
    try:
        ((what, text),) = json.loads(step.body or b"{}").items()
        which = UUID(text)
    except (ValueError, AttributeError, TypeError):
        return
    if what == "user":
        callers.forget_user_here(which)
    elif what == "credential":
        callers.forget_credential_here(which)
