"""Hashes and checks passwords: away from the event loop, few at a time, and always at the same cost."""

from __future__ import annotations

import asyncio
import math
import os
import re
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Final, NamedTuple, TypeVar

import bcrypt
from passlib.context import CryptContext

from tradesense.auth.errors import HashersBusy

LONGEST_QUEUE_SECONDS: Final = 2.5
"""By the pace of now: whoever would wait longer is sent away before anything is asked for them."""
LONGEST_WAIT_SECONDS: Final = 4.0
"""Whatever the pace becomes; what is left of five seconds is for the hash itself and the answer."""
_SECONDS_AT_COST_12: Final = 0.3
_NICENESS: Final = 5
_LOWEST_PRIORITY: Final = 19
_BCRYPT_TAKES_BYTES: Final = 72
_COST: Final = re.compile(r"(?:r=|\$2[abxy]\$)(\d\d?)")

Result = TypeVar("Result")


class Verdict(NamedTuple):
    """Whether the password is right, and a better hash to keep in place of one of another scheme or cost."""

    is_right: bool
    better_hash: str | None = None


def normalise(password: str) -> str:
    """Return the form that is hashed: NFC, so that it does not matter which keyboard typed an accent.

    >>> normalise("e\\u0301") == "\\u00e9"
    True
    """
    return unicodedata.normalize("NFC", password)


class Place(NamedTuple):
    """A place in the queue, and until when the hash has to have begun, by the loop's clock."""

    until: float


class PasswordHasher:
    """A small pool of threads of low priority, one processor left free; a long queue takes nobody more."""

    def __init__(self, rounds: int, *, workers: int | None = None) -> None:
        self._rounds = rounds
        self._context = CryptContext(
            schemes=["bcrypt_sha256", "bcrypt"],
            deprecated=["bcrypt"],
            bcrypt_sha256__rounds=rounds,
            bcrypt__rounds=rounds,
        )
        self._workers = workers or max(1, (os.cpu_count() or 1) - 1)
        self._seconds_each = _SECONDS_AT_COST_12 * 2.0 ** (rounds - 12)
        self._under_way = 0
        self._pool = ThreadPoolExecutor(self._workers, "hasher", initializer=_step_back)

    @contextmanager
    def place(self) -> Iterator[Place]:
        """Hold a place in the queue, taken before the database is asked. Raises `HashersBusy` at once."""
        wait = self._under_way / self._workers * self._seconds_each
        if wait > LONGEST_QUEUE_SECONDS:
            raise HashersBusy(retry_after_seconds=math.ceil(wait))
        self._under_way += 1
        try:
            yield Place(asyncio.get_running_loop().time() + LONGEST_WAIT_SECONDS)
        finally:
            self._under_way -= 1

    async def hash(self, password: str) -> str:
        """Return a hash to keep. Raises `HashersBusy`."""
        return await self._run(partial(self._hash, normalise(password)))

    async def verify(self, password: str, stored: str | None, place: Place | None = None) -> Verdict:
        """Tell whether a password is the one behind a hash. Raises `HashersBusy`, with a `place` only late.

        `None` is for an account that doesn't exist: it takes as long as a wrong password, and so does a hash
        of a lower cost.
        """
        return await self._run(partial(self._verify, normalise(password), stored), place)

    def close(self) -> None:
        """End the threads; what has not begun is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def _run(self, work: Callable[[], Result], place: Place | None = None) -> Result:
        with nullcontext(place) if place else self.place() as held:
            job = self._pool.submit(_timed, work)
            try:
                answer = asyncio.wrap_future(job)
                left = held.until - asyncio.get_running_loop().time()
                await asyncio.wait({answer}, timeout=max(left, 0))
                # The machine may be slower than it was: what has not begun by now is not begun any more.
                if job.cancel():
                    raise HashersBusy(retry_after_seconds=math.ceil(LONGEST_WAIT_SECONDS))
                result, seconds = await answer
            finally:
                job.cancel()
        self._seconds_each += (seconds - self._seconds_each) / 4
        return result

    def _hash(self, text: str) -> str:
        hashed: str = self._context.hash(text)
        return hashed

    def _verify(self, text: str, stored: str | None) -> Verdict:
        scheme = self._context.identify(stored) if stored else None
        if stored is None or scheme is None:
            self._work_through(0)
            return Verdict(False)
        try:
            # Plain bcrypt never saw more than this of a password.
            secret = text.encode()[:_BCRYPT_TAKES_BYTES] if scheme == "bcrypt" else text.encode()
            is_right = self._context.verify(secret, stored)
        except ValueError:  # no hash after all, or a NUL where bcrypt takes none
            self._work_through(0)
            return Verdict(False)
        if not is_right:
            self._work_through(_cost_of(stored))
            return Verdict(False)
        return Verdict(True, self._hash(text) if self._context.needs_update(stored) else None)

    def _work_through(self, done: int) -> None:
        """Take as long as our cost n takes beyond a hash of cost m = `done`: 2^m + ... + 2^(n-1)."""
        costs = range(done, self._rounds) if done else (self._rounds,)
        for cost in costs:
            bcrypt.hashpw(b"nobody's password", bcrypt.gensalt(cost))


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _cost_of(stored: str) -> int:
    found = _COST.search(stored)
    return int(found[1]) if found else 0


def _step_back() -> None:
    # On Linux a thread has a priority of its own: requests that only read go first.
    if sys.platform == "linux":
        thread = threading.get_native_id()
        own = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, min(own + _NICENESS, _LOWEST_PRIORITY))
