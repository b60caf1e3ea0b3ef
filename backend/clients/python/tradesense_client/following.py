"""What one topic is known to be, from frame to frame; holds the newest state and a few notices, no queue."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final

from tradesense_client.errors import StreamRefused
from tradesense_client.events import Event, Gap, Status, Update
from tradesense_client.folding import DoesNotFit, lay

NOTICES_KEPT: Final = 16
RESYNC_AGAIN_SECONDS: Final = 5.0


class Following:
    """One topic. A reader that is slow misses states between, never the newest one.

    `take` returns whether the server has to be asked for a snapshot.
    """

    def __init__(self, topic: str, max_hz: float | None, monotonic: Callable[[], float]) -> None:
        self.topic = topic
        self.max_hz = max_hz
        self._monotonic = monotonic
        self._newest: Update | None = None
        self._told_seq: int | None = None
        self._is_told = True
        self._is_whole = False
        self._asked_at = float("-inf")
        self._notices: deque[Gap | Status] = deque(maxlen=NOTICES_KEPT)
        self._failure: Exception | None = None
        self._arrived = asyncio.Event()

    def take(self, frame: Mapping[str, Any]) -> bool:
        """Take a frame of this topic."""
        kind = frame.get("kind")
        if kind == "snapshot":
            self._keep(frame, frame["data"])
            self._is_whole = True
        elif kind == "delta":
            return self._take_delta(frame)
        elif kind == "status":
            data = frame.get("data") or {}
            self._notice(Status(self.topic, str(data.get("state", "")), str(data.get("detail", ""))))
        elif kind == "gap":
            return self._lost("the server has no more of what was between")
        return False

    def cut(self, reason: str) -> None:
        """Note that something is missing: what comes next has to be a snapshot."""
        if self._told_seq is not None and self._is_whole:
            self._notice(Gap(self.topic, self._told_seq, reason))
        self._is_whole = False
        self._is_told = True
        self._asked_at = float("-inf")

    def asked(self) -> None:
        """Note that the server was asked for a snapshot just now."""
        self._asked_at = self._monotonic()

    def fail(self, error: Exception) -> None:
        """End it: the reader is told, after what it has not read yet."""
        self._failure = error
        self._arrived.set()

    async def events(self) -> AsyncIterator[Event]:
        """Yield notices in order and then the newest state, whenever there is something new."""
        while True:
            while self._notices:
                yield self._notices.popleft()
            if not self._is_told and self._newest is not None:
                self._is_told = True
                self._told_seq = self._newest.seq
                yield self._newest
            elif not self._notices:
                if self._failure is not None:
                    raise self._failure
                self._arrived.clear()
                await self._arrived.wait()

    def _take_delta(self, frame: Mapping[str, Any]) -> bool:
        newest = self._newest
        if newest is not None and frame["seq"] <= newest.seq:
            return False
        if newest is None or not self._is_whole:
            return self._ask()
        if frame["prev"] != newest.seq:
            return self._lost("a step is missing")
        try:
            self._keep(frame, lay(self.topic, newest.data, frame["data"]))
        except DoesNotFit:
            return self._lost("a step does not fit")
        return False

    def _lost(self, reason: str) -> bool:
        self.cut(reason)
        return self._ask()

    def _ask(self) -> bool:
        if self._monotonic() - self._asked_at < RESYNC_AGAIN_SECONDS:
            return False
        self.asked()
        return True

    def _keep(self, frame: Mapping[str, Any], data: dict[str, Any]) -> None:
        self._newest = Update(self.topic, frame["seq"], str(frame.get("ts", "")), data)
        self._is_told = False
        self._arrived.set()

    def _notice(self, notice: Gap | Status) -> None:
        self._notices.append(notice)
        self._arrived.set()


def refusal(error: Any) -> StreamRefused:
    """Return the exception for the `error` of a reply."""
    known = error if isinstance(error, dict) else {}
    return StreamRefused(str(known.get("code", "error")), str(known.get("detail", "")))
