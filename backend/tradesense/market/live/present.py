"""Answers of the desks about the present, out of the cache that the beat fills: see `market.present`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple, TypeVar

import orjson

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.live import RENEW_SECONDS, WANTED_SECONDS, Cache, Demand, Whole
from tradesense.market.live.topics import (
    board_topic,
    chain_topic,
    curve_topic,
    expiries_topic,
    of_source,
    quotes_topic,
    surface_topic,
)
from tradesense.market.present import PresentAnswer
from tradesense.web.etag import etag_of

TOLD_WITHIN: Final = timedelta(seconds=30)
"""What was not said again for so long is no longer the present: then nobody beats."""

LONGEST_WAIT_SECONDS: Final = 1.0
"""So long, at most, who reads what nobody read before waits for the next beat."""

_MOST_KEPT = 4_096
_RENEW_EVERY = timedelta(seconds=RENEW_SECONDS)
Kept = TypeVar("Kept")


class _Said(NamedTuple):
    """When a topic was asked for last, and the number of that wish."""

    at: datetime
    number: int


class _Expiries(NamedTuple):
    """The expiries of a root as told with a number, each with when it ends."""

    seq: int
    ends: list[tuple[date, datetime]]


class LivePresent:
    """Reads wholes by topic; keeps their validators, so that bytes are hashed once.

    What nobody reads is not made at each beat. Who is the first to read it asks for it, and waits for the
    beat that heeds this; after a second the answer is what there is, with its true time.
    """

    def __init__(self, cache: Cache, clock: Clock, demand: Demand | None = None) -> None:
        self._cache = cache
        self._clock = clock
        self._demand = demand
        self._said: dict[str, _Said] = {}
        self._made = 0
        self._etags: dict[str, PresentAnswer] = {}
        self._expiries: dict[str, _Expiries] = {}

    async def board(self, root: str, source: str | None) -> PresentAnswer | None:
        return await self._read(_named(board_topic(root), source))

    async def curve(self, root: str, source: str | None) -> PresentAnswer | None:
        return await self._read(_named(curve_topic(root), source))

    async def quotes(self, symbols: Sequence[str], source: str | None) -> Mapping[str, PresentAnswer]:
        names = {symbol: _named(quotes_topic(symbol), source) for symbol in symbols}
        await self._freshen(list(names.values()))
        found = await asyncio.gather(*(self._find(name) for name in names.values()))
        return {symbol: each for symbol, each in zip(names, found, strict=True) if each is not None}

    async def chain(self, underlying: str, expiry: date | None, source: str | None) -> PresentAnswer | None:
        still_open = await self._open_expiries(underlying, source, [] if expiry is None else [expiry])
        if not still_open or (expiry is not None and expiry not in still_open):
            return None
        return await self._read(_named(chain_topic(underlying, expiry or still_open[0]), source))

    async def chains(
        self, underlying: str, source: str | None, expiries: Sequence[date]
    ) -> Sequence[PresentAnswer]:
        still_open = await self._open_expiries(underlying, source, expiries)
        if not set(expiries) <= set(still_open):
            return []
        names = [
            _named(chain_topic(underlying, each), source)
            for each in still_open
            if not expiries or each in expiries
        ]
        await self._freshen(names)
        found = [await self._find(name) for name in names]
        told = [each for each in found if each is not None]
        return told if len(told) == len(found) else []

    async def surface(self, underlying: str, source: str | None) -> PresentAnswer | None:
        return await self._read(_named(surface_topic(underlying), source))

    async def _open_expiries(self, underlying: str, source: str | None, asked: Sequence[date]) -> list[date]:
        """Return the expiries with a chain; those asked for are freshened with the list, in one wait."""
        name = _named(expiries_topic(underlying), source)
        known = await self._whole(name)
        if known is None:
            return []
        likely = asked or self._still_open(name, known)[:1]
        await self._freshen([name, *(_named(chain_topic(underlying, each), source) for each in likely)])
        return self._still_open(name, await self._whole(name) or known)

    def _still_open(self, name: str, known: Whole) -> list[date]:
        now = self._clock.now()
        kept = self._expiries.get(name)
        if kept is None or kept.seq != known.seq:
            items: list[dict[str, Any]] = orjson.loads(known.body)["items"]
            ends = [
                (date.fromisoformat(item["expiry"]), datetime.fromisoformat(item["expires_at"]))
                for item in items
            ]
            kept = _Expiries(known.seq, ends)
            _keep(self._expiries, name, kept)
        return [expiry for expiry, ends_at in kept.ends if ends_at > now]

    async def _read(self, name: str) -> PresentAnswer | None:
        await self._freshen([name])
        return await self._find(name)

    async def _find(self, name: str) -> PresentAnswer | None:
        whole = await self._whole(name)
        if whole is None:
            return None
        kept = self._etags.get(name)
        if kept is None or kept.seq != whole.seq:
            kept = PresentAnswer(whole.seq, whole.body, etag_of(whole.body))
            _keep(self._etags, name, kept)
        return kept

    async def _freshen(self, names: Sequence[str]) -> None:
        """Have these be of the newest beat and kept so for who asks again; waits where they were not."""
        if self._demand is None:
            return
        now = self._clock.now()
        unsaid = [name for name in names if not self._was_said(name, now)]
        # What nobody tells of is not waited for.
        wholes = await asyncio.gather(*map(self._whole, unsaid))
        told = [name for name, whole in zip(unsaid, wholes, strict=True) if whole is not None]
        if told:
            number = await self._demand.want(told, ttl_seconds=WANTED_SECONDS)
            for name in told:
                _keep(self._said, name, _Said(now, number))
        number = max((self._said[name].number for name in names if name in self._said), default=0)
        if number > self._made:
            await self._demand.made(number, within_seconds=LONGEST_WAIT_SECONDS)
            # Waited for once: where nobody beats, the next reader need not.
            self._made = max(self._made, number)

    def _was_said(self, name: str, now: datetime) -> bool:
        said = self._said.get(name)
        return said is not None and timedelta() <= now - said.at < _RENEW_EVERY

    async def _whole(self, name: str) -> Whole | None:
        try:
            whole = await self._cache.get(name)
        except Unavailable:
            return None
        if whole is None or self._clock.now() - datetime.fromisoformat(whole.ts) > TOLD_WITHIN:
            return None
        return whole


def _keep(kept: dict[str, Kept], name: str, value: Kept) -> None:
    """Keep it as the newest; beyond 4,096 the oldest makes room."""
    kept.pop(name, None)
    kept[name] = value
    if len(kept) > _MOST_KEPT:
        del kept[next(iter(kept))]


def _named(topic: str, source: str | None) -> str:
    return topic if source is None else of_source(topic, source)
