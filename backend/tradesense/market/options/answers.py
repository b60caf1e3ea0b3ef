"""Keeps encoded answers for a moment, and lets callers who ask the same at once share one computation."""

from __future__ import annotations

import time
from asyncio import Future, get_running_loop, wait
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from tradesense.web.etag import etag_of


@dataclass(frozen=True, slots=True)
class Answer:
    """An encoded answer and its validator."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> Answer:
        """Wrap bytes and hash them once."""
        return cls(body, etag_of(body))


class KeptAnswers:
    """The newest answer per question, for `keep_seconds`; at most `most_bytes` in all, oldest out first.

    A failure is never kept. Belongs to one event loop.
    """

    def __init__(self, *, keep_seconds: float = 0.5, most_bytes: int = 64 * 1024 * 1024) -> None:
        self._keep_seconds = keep_seconds
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, tuple[float, Answer]] = OrderedDict()
        self._bytes = 0
        self._running: dict[Hashable, Future[Answer]] = {}

    async def get(self, question: Hashable, compute: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the kept answer, the one being computed, or a new one."""
        kept = self._kept.get(question)
        if kept is not None and time.monotonic() - kept[0] < self._keep_seconds:
            return kept[1]
        running = self._running.get(question)
        if running is not None:
            shared = await _outcome(running)
            if shared is not None:
                return shared
        return await self._compute(question, compute)

    async def _compute(self, question: Hashable, compute: Callable[[], Awaitable[Answer]]) -> Answer:
        promise: Future[Answer] = get_running_loop().create_future()
        self._running[question] = promise
        try:
            answer = await compute()
        except BaseException:
            promise.cancel()
            raise
        else:
            promise.set_result(answer)
            self._keep(question, answer)
            return answer
        finally:
            if self._running.get(question) is promise:
                del self._running[question]

    def _keep(self, question: Hashable, answer: Answer) -> None:
        old = self._kept.pop(question, None)
        self._bytes += len(answer.body) - (len(old[1].body) if old else 0)
        self._kept[question] = (time.monotonic(), answer)
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._bytes -= len(dropped.body)


async def _outcome(running: Future[Answer]) -> Answer | None:
    """The other caller's answer, or None where it failed and everybody asks for themselves."""
    await wait((running,))
    return None if running.cancelled() else running.result()
