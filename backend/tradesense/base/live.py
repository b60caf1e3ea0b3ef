"""The ports of live state: the cache holds the newest whole, the bus says what changed, demand what is read.

The cache is the truth and the bus is the notice: a message lost on the bus costs freshness, never
correctness, for `seq` shows the hole and the cache fills it. Both carry bytes and know no domain.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

WANTED_SECONDS: Final = 15.0
"""So long after it was read last a topic is kept as fresh as a beat."""

RENEW_SECONDS: Final = 5.0
"""So often who goes on reading says so."""

MOST_WANTED: Final = 5_000
"""So many topics are kept as fresh as a beat; of more, those read longest ago are not."""


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


class Interest(NamedTuple):
    """What somebody reads, and the number of the wish that came last."""

    topics: frozenset[str]
    number: int


class Demand(Protocol):
    """Which topics are read at the moment, told by their readers to who makes them. It carries names only.

    Wishes are numbered as they come, so that a reader of what nobody read before can wait until it was
    made anew. Bounded: beyond `MOST_WANTED` topics the one that ends first makes room.
    """

    async def want(self, topics: Collection[str], *, ttl_seconds: float) -> int:
        """Say that these are read, for so long from now; never shortens what was said before.

        Returns a number for `made`: what was made with regard to it has all of these as they are now or
        newer. It is 0 where the maker cannot be told.
        """
        ...

    async def wanted(self) -> Interest | None:
        """Return what somebody reads; `None` where that cannot be known: then everything may be."""
        ...

    async def asked(self, made: int, *, within_seconds: float) -> None:
        """Be the maker who pauses, all wishes up to a number fulfilled: return at the next new one.

        Returns at the latest after so long.
        """
        ...

    async def made(self, number: int, *, within_seconds: float) -> bool:
        """Wait until a wish is fulfilled and tell whether it is; at once where no maker pauses."""
        ...
