"""Keeps encoded answers, and lets callers who ask the same at once share one computation.

An answer about the settled past is kept until that past changes, one about the present for a moment. Where
several processes answer they keep them together (`base.answers.SharedAnswers`), with a copy in each; while
that is out of reach, each goes by its own copies, of two seconds at most.

A question is a tuple of plain values and says all that the answer depends on. It never holds who asks:
only what every caller may see is kept.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from hashlib import blake2b
from typing import Annotated, Final, NamedTuple, cast

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from tradesense.base.answers import SETTLED_AFTER, PastChanges, SharedAnswers
from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.web.etag import cached_response, etag_of
from tradesense.web.formats import MEDIA_TYPES, Format

SETTLED_SECONDS: Final = 600.0
PRESENT_SECONDS: Final = 0.5
SHARED_PRESENT_SECONDS: Final = 2.0
"""Among several processes a query costs more, and each would ask it."""

_UNTOLD: Final = -1
"""The revision of what was computed while nobody could tell it."""

_UNTOLD_SECONDS: Final = 2.0
_LONGEST_WAIT_SECONDS: Final = 5.0
_LOOK_AGAIN_SECONDS: Final = 0.025
_MOST_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """An encoded answer and its validator."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> Answer:
        """Wrap bytes and hash them once."""
        return cls(body, etag_of(body))


Question = tuple[object, ...]
Compute = Callable[[], Awaitable[Answer]]


@dataclass(slots=True)
class Counts:
    """What became of questions; only ever counted up."""

    found: int = 0
    joined: int = 0
    computed: int = 0


class _Copy(NamedTuple):
    """An answer of a revision; how long it is kept is measured, and by the clock: either may be at fault."""

    answer: Answer
    revision: int
    made_at: float
    told_at: datetime
    seconds: float


@dataclass(slots=True)
class _Running:
    """One computation and how many wait for it."""

    task: asyncio.Task[Answer]
    waiting: int = 0


class KeptAnswers:
    """Answers by question, of at most `most_bytes` in all, those asked for longest ago out first.

    `terms` tells what every answer depends on besides its question, as the assumed rate. A failure is never
    kept; who waited for it shares it. Belongs to one event loop.
    """

    def __init__(
        self,
        clock: Clock,
        changes: PastChanges,
        *,
        terms: Callable[[], Question] = tuple,
        shared: SharedAnswers | None = None,
        present_seconds: float | None = None,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        self.counts = Counts()
        self._clock = clock
        self._changes = changes
        self._terms = terms
        self._shared = shared
        default = PRESENT_SECONDS if shared is None else SHARED_PRESENT_SECONDS
        self._present_seconds = default if present_seconds is None else present_seconds
        self._most_bytes = most_bytes
        self._copies: OrderedDict[Question, _Copy] = OrderedDict()
        self._bytes = 0
        self._running: dict[tuple[Question, int], _Running] = {}

    async def get(
        self, question: Question, compute: Compute, *, instants: Sequence[datetime | None]
    ) -> Answer:
        """Return the answer to a question about these instants, `None` being the present.

        Raises what `compute` raises.
        """
        seconds = self._seconds(instants)
        whole = (*question, *self._terms())
        if self._shared is not None:
            return await self._ask(self._shared, whole, compute, seconds)
        revision = self._changes.count
        copy = self._copy(whole)
        if copy is not None and copy.revision == revision:
            return self._found(copy.answer)
        return await self._join(whole, revision, lambda: self._compute(whole, revision, compute, seconds))

    async def made_of(self, question: Question, compute: Compute) -> Answer:
        """Return what follows from the question alone, as from the validators of other answers."""
        copy = self._copy(question)
        if copy is not None:
            return self._found(copy.answer)
        return await self._join(question, 0, lambda: self._compute(question, 0, compute, SETTLED_SECONDS))

    def _seconds(self, instants: Sequence[datetime | None]) -> float:
        settled = self._clock.now() - SETTLED_AFTER
        if all(at is not None and at <= settled for at in instants):
            return SETTLED_SECONDS
        return self._present_seconds

    def _found(self, answer: Answer) -> Answer:
        self.counts.found += 1
        return answer

    async def _join(self, question: Question, revision: int, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """Wait for the one computation of a question, of this revision: who has just changed the past must
        not get what was begun before. It ends early only where everybody has left."""
        key = (question, revision)
        running = self._running.get(key)
        if running is None:
            running = self._running[key] = _Running(asyncio.ensure_future(work()))
        else:
            self.counts.joined += 1
        running.waiting += 1
        try:
            return await asyncio.shield(running.task)
        finally:
            running.waiting -= 1
            if running.task.done() or not running.waiting:
                running.task.cancel()
                if self._running.get(key) is running:
                    del self._running[key]

    async def _compute(self, question: Question, revision: int, compute: Compute, seconds: float) -> Answer:
        self.counts.computed += 1
        answer = await compute()
        self._keep(question, answer, revision, seconds)
        return answer

    async def _ask(
        self, shared: SharedAnswers, question: Question, compute: Compute, seconds: float
    ) -> Answer:
        """Ask until it is there, or ours to compute; beyond five seconds it is computed anyway."""
        name, until = name_of(question), time.monotonic() + _LONGEST_WAIT_SECONDS
        while True:
            copy = self._copy(question)
            try:
                found = await shared.find(name, own=None if copy is None else copy.revision)
            except Unavailable:
                return await self._alone(question, compute, seconds)
            if found.is_own and copy is not None:
                return self._found(copy.answer)
            if found.body is not None:
                answer = Answer.of(found.body)
                self._keep(question, answer, found.revision, found.seconds_left)
                return self._found(answer)
            revision = found.revision
            if found.claimed or (question, revision) in self._running or time.monotonic() > until:
                work = partial(self._share, shared, name, question, revision, compute, seconds)
                return await self._join(question, revision, work)
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _share(
        self,
        shared: SharedAnswers,
        name: str,
        question: Question,
        revision: int,
        compute: Compute,
        seconds: float,
    ) -> Answer:
        try:
            answer = await self._compute(question, revision, compute, seconds)
        except BaseException:
            with suppress(Unavailable):  # the claim ends by itself
                await shared.release(name)
            raise
        with suppress(Unavailable):  # then each process computes it
            await shared.keep(name, answer.body, revision=revision, seconds=seconds)
        return answer

    async def _alone(self, question: Question, compute: Compute, seconds: float) -> Answer:
        """Answer while nobody can say whether the past has changed."""
        copy = self._copy(question)
        if copy is not None and time.monotonic() - copy.made_at < _UNTOLD_SECONDS:
            return self._found(copy.answer)
        return await self._join(
            question,
            _UNTOLD,
            lambda: self._compute(question, _UNTOLD, compute, min(seconds, _UNTOLD_SECONDS)),
        )

    def _copy(self, question: Question) -> _Copy | None:
        copy = self._copies.get(question)
        if copy is None:
            return None
        age, told = time.monotonic() - copy.made_at, (self._clock.now() - copy.told_at).total_seconds()
        if age >= copy.seconds or not 0 <= told < copy.seconds:
            self._drop(question)
            return None
        self._copies.move_to_end(question)
        return copy

    def _keep(self, question: Question, answer: Answer, revision: int, seconds: float) -> None:
        newer = self._copies.get(question)
        if len(answer.body) > self._most_bytes or (newer is not None and _UNTOLD < revision < newer.revision):
            return
        self._drop(question)
        self._copies[question] = _Copy(answer, revision, time.monotonic(), self._clock.now(), seconds)
        self._bytes += len(answer.body)
        while self._bytes > self._most_bytes:
            self._drop(next(iter(self._copies)))

    def _drop(self, question: Question) -> None:
        copy = self._copies.pop(question, None)
        if copy is not None:
            self._bytes -= len(copy.answer.body)


def name_of(question: Question) -> str:
    """Return a hash of a question, the same in every process that runs the same program.

    Raises `TypeError` for anything but plain values: what an object is written as may differ, or be the same
    for two of them.
    """
    return blake2b(_written(question).encode(), digest_size=20).hexdigest()


def _written(value: object) -> str:
    match value:
        case None | bool():
            return repr(value)
        case Enum():
            return f"{type(value).__name__}.{value.name}"
        case str() | int() | float():
            return f"{type(value).__name__}:{value!r}"
        case datetime():
            return f"at:{value.astimezone(UTC).isoformat()}"
        case date():
            return f"day:{value.isoformat()}"
        case tuple() | list():
            return f"({','.join(map(_written, value))})"
    if is_dataclass(value) and not isinstance(value, type):
        inner = (_written(getattr(value, each.name)) for each in fields(value))
        return f"{type(value).__name__}({','.join(inner)})"
    raise TypeError(f"an answer can't be kept under a {type(value).__name__}")


async def kept_answers(request: Request) -> KeptAnswers:
    """Return what `run` put into the request's state as `kept`."""
    return cast("KeptAnswers", request.state.kept)


Kept = Annotated[KeptAnswers, Depends(kept_answers)]
"""Take it in a route: `kept: Kept`."""


def answer_with(
    request: Request,
    answer: Answer,
    format_: Format = Format.JSON,
    file_name: str = "tradesense",
    *,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with kept bytes, or 304 where the caller has them already."""
    named = (
        {}
        if format_ is Format.JSON
        else {"Content-Disposition": f'attachment; filename="{file_name}.{format_}"'}
    )
    return cached_response(
        request, answer.body, MEDIA_TYPES[format_], etag=answer.etag, headers={**named, **(headers or {})}
    )
