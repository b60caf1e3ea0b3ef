"""Answers of the desks about the present, out of the cache that the beat fills: see `market.present`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import orjson

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.live import Cache, Whole
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

_ETAGS_KEPT = 4_096


class LivePresent:
    """Reads wholes by topic; keeps their validators, so that bytes are hashed once."""

    def __init__(self, cache: Cache, clock: Clock) -> None:
        self._cache = cache
        self._clock = clock
        self._etags: dict[str, PresentAnswer] = {}

    async def board(self, root: str, source: str | None) -> PresentAnswer | None:
        return await self._read(board_topic(root), source)

    async def curve(self, root: str, source: str | None) -> PresentAnswer | None:
        return await self._read(curve_topic(root), source)

    async def quotes(self, symbols: Sequence[str], source: str | None) -> Mapping[str, PresentAnswer]:
        found = await asyncio.gather(*(self._read(quotes_topic(symbol), source) for symbol in symbols))
        return {symbol: each for symbol, each in zip(symbols, found, strict=True) if each is not None}

    async def chain(self, underlying: str, expiry: date | None, source: str | None) -> PresentAnswer | None:
        still_open = await self._open_expiries(underlying, source)
        if not still_open or (expiry is not None and expiry not in still_open):
            return None
        return await self._read(chain_topic(underlying, expiry or still_open[0]), source)

    async def chains(
        self, underlying: str, source: str | None, expiries: Sequence[date]
    ) -> Sequence[PresentAnswer]:
        still_open = await self._open_expiries(underlying, source)
        if not set(expiries) <= set(still_open):
            return []
        wanted = [each for each in still_open if not expiries or each in expiries]
        found = [await self._read(chain_topic(underlying, each), source) for each in wanted]
        told = [each for each in found if each is not None]
        return told if len(told) == len(found) else []

    async def surface(self, underlying: str, source: str | None) -> PresentAnswer | None:
        return await self._read(surface_topic(underlying), source)

    async def _open_expiries(self, underlying: str, source: str | None) -> list[date]:
        known = await self._whole(_named(expiries_topic(underlying), source))
        if known is None:
            return []
        now = self._clock.now()
        items: list[dict[str, Any]] = orjson.loads(known.body)["items"]
        return [
            date.fromisoformat(item["expiry"])
            for item in items
            if datetime.fromisoformat(item["expires_at"]) > now
        ]

    async def _read(self, topic: str, source: str | None) -> PresentAnswer | None:
        name = _named(topic, source)
        whole = await self._whole(name)
        if whole is None:
            return None
        kept = self._etags.get(name)
        if kept is None or kept.seq != whole.seq:
            kept = PresentAnswer(whole.seq, whole.body, etag_of(whole.body))
            self._etags.pop(name, None)
            self._etags[name] = kept
            if len(self._etags) > _ETAGS_KEPT:
                del self._etags[next(iter(self._etags))]
        return kept

    async def _whole(self, name: str) -> Whole | None:
        try:
            whole = await self._cache.get(name)
        except Unavailable:
            return None
        if whole is None or self._clock.now() - datetime.fromisoformat(whole.ts) > TOLD_WITHIN:
            return None
        return whole


def _named(topic: str, source: str | None) -> str:
    return topic if source is None else of_source(topic, source)
