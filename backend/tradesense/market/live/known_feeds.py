"""How the feeds are doing, as whoever answers for them knows: by running them, or by what is told of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import orjson

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.live import Cache
from tradesense.market.live.feed_states import FeedKind, FeedStates
from tradesense.market.live.quotes import FeedStatus
from tradesense.market.live.topics import FEEDS

TOLD_WITHIN: Final = timedelta(seconds=15)
"""It is told every five seconds: after so long nobody tells of feeds any more."""


class KnownFeeds(Protocol):
    """Answers `GET /feeds`."""

    async def document(self) -> dict[str, Any]:
        """Return what topic `system:feeds` says. Raises `Unavailable` where nobody tells of the feeds."""
        ...


class OwnFeeds:
    """The feeds of this process."""

    def __init__(self, states: FeedStates) -> None:
        self._states = states

    async def document(self) -> dict[str, Any]:
        return self._states.document()


class ToldFeeds:
    """The feeds of another process, by the newest that it told."""

    def __init__(self, cache: Cache, clock: Clock) -> None:
        self._cache = cache
        self._clock = clock

    async def document(self) -> dict[str, Any]:
        whole = await self._cache.get(FEEDS)
        if whole is None or self._clock.now() - datetime.fromisoformat(whole.ts) > TOLD_WITHIN:
            raise Unavailable("Nothing is heard of the feeds at the moment.", code="feeds_unheard")
        document: dict[str, Any] = orjson.loads(whole.body)
        return document

    async def check(self) -> None:
        """Raise `Unavailable` where nobody tells of feeds, or all that are on are silent."""
        items = (await self.document())["items"]
        running = [each for each in items if each["enabled"] and each["kind"] != FeedKind.REPLAY]
        if running and all(each["state"] == FeedStatus.STALE for each in running):
            raise Unavailable("Every feed is silent.")
