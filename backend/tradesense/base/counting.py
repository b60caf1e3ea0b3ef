"""Events counted in sliding windows, and values handed on once: what several processes do together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

Key = Sequence[object]
"""Whom a window belongs to: what kind of budget, and whose."""


class Counted(NamedTuple):
    """Whether an event fits, how many there are in the window now, how many seconds ago the oldest was."""

    fits: bool
    events: int
    age_seconds: float


class SharedWindows(Protocol):
    """Windows of one length that several processes count in."""

    async def count(self, key: Key, limit: int) -> Counted:
        """Write an event down unless that makes more than `limit` in the window.

        Raises `Unavailable`, after a bounded wait.
        """
        ...


class SharedOnce(Protocol):
    """Short values that one process leaves and any one takes, once."""

    async def leave(self, name: str, value: bytes, *, ttl_seconds: float) -> None:
        """Leave a value for so long.

        Raises `Unavailable`, after a bounded wait; the value may be there all the same.
        """
        ...

    async def take(self, name: str) -> bytes | None:
        """Return a value and remove it, at once; `None` where it was taken, is over or never was.

        Raises `Unavailable`, after a bounded wait.
        """
        ...
