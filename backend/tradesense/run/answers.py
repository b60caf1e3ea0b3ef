"""Puts kept answers together, and tells every process when the past they are about has changed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import TimeoutError as NotInTime
from contextlib import asynccontextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from tradesense.base.answers import PastChanges, SharedAnswers
from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.tasks import supervise
from tradesense.instruments import SpecBook
from tradesense.run.settings import Settings
from tradesense.web.kept_answers import KeptAnswers
from tradesense.web.metrics import Figure

_TOLD_WITHIN_SECONDS: Final = 0.5
_TELL_AGAIN_SECONDS: Final = 0.5


def build_kept(
    settings: Settings, clock: Clock, past: PastChanges, specs: SpecBook, shared: SharedAnswers | None
) -> KeptAnswers:
    """Return what routes keep their answers in: of this program, this assumed rate and these products."""
    program, rate = program_digest(), settings.assumed_rate
    return KeptAnswers(clock, past, terms=lambda: (program, rate, specs.fingerprint), shared=shared)


@cache
def program_digest() -> str:
    """Return a hash of the program's sources: another release may answer otherwise, beside this one."""
    digest = blake2b(digest_size=16)
    root = Path(__file__).parent.parent
    for file in sorted(root.rglob("*.py")):
        digest.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return digest.hexdigest()


def answer_figures(kept: KeptAnswers) -> Sequence[Figure]:
    """Return what becomes of questions about the market."""
    counts = kept.counts
    return (
        Figure("answers_found", "Answers that were kept.", lambda: counts.found, True),
        Figure("answers_joined", "Answers that another caller waited for.", lambda: counts.joined, True),
        Figure("answers_computed", "Answers that were computed.", lambda: counts.computed, True),
    )


@asynccontextmanager
async def telling_changes(past: PastChanges, answers: SharedAnswers) -> AsyncIterator[None]:
    """Tell each change of the past, before whoever made it goes on, while the block runs.

    One that could not be told is told when it can be. The first is told at once: who wrote before may have
    ended before it could tell.
    """
    telling = _Telling(answers)
    with past.told_to(telling.tell_and_wait):
        async with supervise("changes of the past", telling.run):
            yield


class _Telling:
    def __init__(self, answers: SharedAnswers) -> None:
        self._answers = answers
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._untold = asyncio.Event()
        self._untold.set()

    async def run(self) -> None:
        while True:
            await self._untold.wait()
            if not await self._tell():
                await asyncio.sleep(_TELL_AGAIN_SECONDS)

    def tell_and_wait(self) -> None:
        """Tell from the thread of a writer; half a second is waited for it."""
        if threading.get_ident() == self._thread:
            # Nobody can wait for the loop here; it is told as soon as it runs again.
            self._untold.set()
            return
        telling = asyncio.run_coroutine_threadsafe(self._tell(), self._loop)
        with suppress(NotInTime):
            telling.result(_TOLD_WITHIN_SECONDS)

    async def _tell(self) -> bool:
        self._untold.clear()
        try:
            await self._answers.changed()
        except Unavailable:
            self._untold.set()
            return False
        return True
