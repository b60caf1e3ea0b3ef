"""Hands on which products the feeds made known to the processes that answer: they price by the same terms."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC
from functools import partial
from typing import Final

from pydantic import TypeAdapter, ValidationError

from tradesense.base.clock import Clock
from tradesense.base.live import Cache, Whole
from tradesense.base.tasks import supervise
from tradesense.instruments import ContractSpec, SpecBook

LEARNED: Final = "specs:learned"
_EVERY_SECONDS: Final = 2.0
_TTL_SECONDS: Final = 3600.0
_MOST: Final = 2_000
_SPECS: Final = TypeAdapter(list[ContractSpec])

_log = logging.getLogger("tradesense.run")


class Telling:
    """Tells what a book has learned since this was made; at most two thousand products."""

    def __init__(self, book: SpecBook, cache: Cache, clock: Clock) -> None:
        self._book = book
        self._cache = cache
        self._clock = clock
        self._known = {(each.root, each.sources): each for each in book.all()}
        self._seq = 0

    async def look(self) -> None:
        """Tell all of it; what Redis forgot is there again then."""
        now = self._clock.now().astimezone(UTC)
        self._seq = max(self._seq + 1, int(now.timestamp() * 1000))
        body = _SPECS.dump_json(list(self._learned()))
        await self._cache.put(LEARNED, Whole(self._seq, body, now.isoformat()), ttl_seconds=_TTL_SECONDS)

    def _learned(self) -> Sequence[ContractSpec]:
        found = [each for each in self._book.all() if self._known.get((each.root, each.sources)) != each]
        return found[:_MOST]


async def learn(book: SpecBook, cache: Cache) -> None:
    """Declare in a book what was told last and it does not know yet."""
    whole = await cache.get(LEARNED)
    if whole is None:
        return
    try:
        told = _SPECS.validate_json(whole.body)
    except ValidationError:
        _log.error("products of the feeds can't be read: do all processes run the same release?")
        return
    known = {(each.root, each.sources): each for each in book.all()}
    for spec in told[:_MOST]:
        if known.get((spec.root, spec.sources)) != spec:
            book.declare(spec)


@asynccontextmanager
async def telling_specs(book: SpecBook, cache: Cache, clock: Clock) -> AsyncIterator[None]:
    """Tell every two seconds, while the block runs, what a book learns."""
    telling = Telling(book, cache, clock)

    async def tell() -> None:
        while True:
            await telling.look()
            await asyncio.sleep(_EVERY_SECONDS)

    async with supervise("learned products", tell):
        yield


@asynccontextmanager
async def learning_specs(book: SpecBook, cache: Cache) -> AsyncIterator[None]:
    """Learn every two seconds, from before the block is entered, what is told."""
    ask = partial(learn, book, cache)
    await ask()

    async def hear() -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            await ask()

    async with supervise("learned products", hear):
        yield
