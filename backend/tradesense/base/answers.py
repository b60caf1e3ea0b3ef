"""The ports of kept answers: whether the stored past has changed, and a place to keep them in together.

An answer about the past stays right until rows of that past are added, mended or thinned out. Whoever does
that counts it here; an answer remembers the count it was computed under, and is of no use under another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, NamedTuple, Protocol

SETTLED_AFTER: Final = timedelta(minutes=10)
"""What is older is written to only by who says so: live rows are on record long before."""


class PastChanges:
    """Counts how often settled rows changed; safe to call from many threads."""

    def __init__(self) -> None:
        self._count = 0
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    @property
    def count(self) -> int:
        """How often; it only grows."""
        return self._count

    def note(self) -> None:
        """Count a change that is on the disk, and tell whoever listens before this returns."""
        with self._lock:
            self._count += 1
        for tell in tuple(self._listeners):
            tell()

    @contextmanager
    def told_to(self, listener: Callable[[], None]) -> Iterator[None]:
        """Have every change told while the block runs, in the thread that made it."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)


class Found(NamedTuple):
    """What is kept under a name at the moment.

    Without a `body` the asker's own is still good (`is_own`), or nothing is kept; then the first to ask has
    `claimed` to compute it, and the others ask again in a moment.
    """

    revision: int
    body: bytes | None = None
    seconds_left: float = 0.0
    is_own: bool = False
    claimed: bool = False


class SharedAnswers(Protocol):
    """Answers by name, each of a revision. Every method raises `Unavailable` where they are out of reach."""

    async def find(self, name: str, *, own: int | None) -> Found:
        """Return what is kept of the present revision; `own` is the revision of the copy the asker has."""
        ...

    async def keep(self, name: str, body: bytes, *, revision: int, seconds: float) -> None:
        """Keep what was computed for so long, unless the revision is another by now; gives up the claim."""
        ...

    async def release(self, name: str) -> None:
        """Give up the claim: it could not be computed."""
        ...

    async def changed(self) -> None:
        """Begin a new revision: nothing kept before is found again."""
        ...
