"""The ports of live state: the cache that holds the newest whole, the bus that says what changed.

The cache is the truth and the bus is the notice: a message lost on the bus costs freshness, never
correctness, for `seq` shows the hole and the cache fills it. Both carry bytes and know no domain.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Whole:
    """A topic's newest state: `seq` grows by steps of any size, `body` is JSON, `ts` when it was so.

    `ts` is written as RFC 3339 in UTC.
    """

    seq: int
    body: bytes
    ts: str


@dataclass(frozen=True, slots=True)
class Step:
    """How a topic got from `prev` to `seq`; `body` is JSON, to be laid over the state of `prev`.

    `body` is `None` where the change is as large as the whole: read the cache then. `ts` is the whole's.
    """

    topic: str
    seq: int
    prev: int
    body: bytes | None
    ts: str


class Cache(Protocol):
    """Newest states by topic. What nobody renews for `ttl_seconds` is gone."""

    async def put(self, topic: str, whole: Whole, *, ttl_seconds: float) -> bool:
        """Keep a state unless a newer one is there; tell whether it was kept."""
        ...

    async def get(self, topic: str) -> Whole | None:
        """Return a topic's newest state."""
        ...


class Subscription(Protocol):
    """What one reader hears of one topic, oldest first."""

    def __aiter__(self) -> AsyncIterator[Step]: ...


class Bus(Protocol):
    """Tells steps to whoever listens at the moment."""

    async def publish(self, step: Step) -> None:
        """Tell a step to every reader of its topic; never waits for a slow one."""
        ...

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[Subscription]:
        """Listen to a topic while the block runs, from the moment it is entered.

        A reader that falls behind by more than the bus keeps for it loses the oldest steps; the next
        one's `prev` shows it.
        """
        ...
