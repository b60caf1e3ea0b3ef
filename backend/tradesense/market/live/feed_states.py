"""How each feed is doing: what it said last, how much of it could be so, and whether it is silent.

`live`: it is heard, and what it says is new. `delayed`: it is heard, but what it says is old when it comes.
`closed`: the sessions of all it lists are over, so that silence is as it should be. `stale`: it is cut off,
or silent while it should not be. Silence is counted on a clock that nobody sets; times that are shown are
those of the ticks.
"""

from __future__ import annotations

import math
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

import numpy as np

from tradesense.base.clock import Clock
from tradesense.instruments import Instrument
from tradesense.market.futures.rules import LIVE_WITHIN
from tradesense.market.live.instants import instant_of
from tradesense.market.live.intake import Taken
from tradesense.market.live.quotes import FeedStatus

MOST_FEEDS: Final = 64
_RATE_SECONDS = 10.0
_CALENDAR_SECONDS = 1.0
_UNHEARD: Final = "nothing was heard yet"

IsOpen = Callable[[str, str], bool | None]
"""Tells of a source and a root whether it trades now; `None` where that is not known."""


class FeedKind(StrEnum):
    """Where a feed's prices come from."""

    SIMULATED = "simulated"
    VENUE = "venue"
    PUSH = "push"
    REPLAY = "replay"


@dataclass(frozen=True, slots=True)
class FeedTerms:
    """What is known of a feed before it says anything; `feed` is also the source of its rows.

    `address` is where it connects to, if anywhere; `switchable` feeds can be put on and off while we run.
    """

    feed: str
    name: str
    kind: FeedKind
    stale_after_seconds: float
    address: str | None = None
    switchable: bool = False


class _Feed:
    def __init__(self, terms: FeedTerms, *, enabled: bool, now: float) -> None:
        self.terms = terms
        self.enabled = enabled
        self.heard_at = now
        self.reason: str | None = _UNHEARD if enabled else None
        self.last_tick_us: int | None = None
        self.quoted_at: float | None = None
        self.lag = timedelta()
        self.listed: dict[str, str] = {}
        self.over: tuple[float, bool] = (-math.inf, False)
        self.refused: Counter[str] = Counter()
        self.fault: str | None = None
        self.rates: deque[tuple[float, int]] = deque(maxlen=10_000)

    def status(self, now: float, is_open: IsOpen | None) -> FeedStatus:
        is_cut_off = self.reason not in (None, _UNHEARD)
        if not self.enabled or is_cut_off:
            return FeedStatus.STALE
        if is_open is not None and self._is_over(now, is_open):
            return FeedStatus.CLOSED
        if self.reason is not None or self._is_past(self.heard_at, now):
            return FeedStatus.STALE
        return FeedStatus.DELAYED if self._is_late(now) else FeedStatus.LIVE

    def _is_past(self, then: float, now: float) -> bool:
        return now - then > self.terms.stale_after_seconds

    def _is_late(self, now: float) -> bool:
        """Whether quotes come, and are old when they do; those of a replay are old by nature."""
        if self.terms.kind is FeedKind.REPLAY or self.quoted_at is None:
            return False
        return self.lag > LIVE_WITHIN and not self._is_past(self.quoted_at, now)

    def _is_over(self, now: float, is_open: IsOpen) -> bool:
        """Whether nothing that is listed trades, by the calendars; looked up once a second."""
        if now - self.over[0] >= _CALENDAR_SECONDS or not self.listed:
            roots = set(self.listed.values())
            over = bool(roots) and all(is_open(self.terms.feed, root) is False for root in roots)
            self.over = (now, over)
        return self.over[1]

    def words(self, status: FeedStatus) -> str | None:
        """Say why it is not live; `None` where it is."""
        if status is FeedStatus.CLOSED:
            return "its exchanges are closed"
        if status is FeedStatus.DELAYED:
            return f"its quotes come {self.lag // timedelta(minutes=1)} min late"
        is_silent = status is FeedStatus.STALE and self.enabled and self.reason is None
        return "nothing is heard at the moment" if is_silent else self.reason

    def quotes_per_second(self, now: float) -> float:
        while self.rates and now - self.rates[0][0] > _RATE_SECONDS:
            self.rates.popleft()
        return round(sum(count for _, count in self.rates) / _RATE_SECONDS, 1)


class FeedStates:
    """Follows the intake (`intake.Follower`); asked by who shows how feeds are doing.

    A source that nobody declared is not followed: its rows are of the store, not of a feed.
    """

    def __init__(
        self,
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        is_open: IsOpen | None = None,
    ) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._is_open = is_open
        self._feeds: dict[str, _Feed] = {}

    def declare(self, terms: FeedTerms, *, enabled: bool) -> None:
        """Know a feed from now on; said again, only its terms change. At most 64 are known."""
        known = self._feeds.get(terms.feed)
        if known is not None:
            known.terms = terms
        elif len(self._feeds) < MOST_FEEDS:
            self._feeds[terms.feed] = _Feed(terms, enabled=enabled, now=self._monotonic())

    def switched(self, feed: str, *, enabled: bool) -> None:
        """Say that a feed was put on or off."""
        known = self._feeds[feed]
        known.enabled = enabled
        known.heard_at = self._monotonic()
        known.reason = _UNHEARD if enabled else None

    def set_fault(self, feed: str, fault: str | None) -> None:
        """Say which fault is practised on a feed."""
        self._feeds[feed].fault = fault

    def terms_of(self, feed: str) -> FeedTerms | None:
        """Return what is known of a feed beforehand."""
        known = self._feeds.get(feed)
        return known.terms if known else None

    def is_enabled(self, feed: str) -> bool:
        """Tell whether a feed is on."""
        known = self._feeds.get(feed)
        return known is not None and known.enabled

    def enabled(self) -> list[str]:
        """Return the feeds that are on."""
        return [feed for feed, known in self._feeds.items() if known.enabled]

    def state_of(self, source: str) -> FeedStatus | None:
        """Return how the feed behind a source is doing; `None` where there is none."""
        known = self._feeds.get(source)
        return None if known is None else known.status(self._monotonic(), self._is_open)

    def is_well(self, feed: str) -> bool:
        """Tell whether a feed is on and says something, or need not say anything."""
        return self.state_of(feed) not in (None, FeedStatus.STALE)

    def document(self) -> dict[str, Any]:
        """Return what topic `system:feeds` and `GET /feeds` say."""
        now = self._monotonic()
        return {"items": [_item(known, now, self._is_open) for known in self._feeds.values()]}

    def listed(self, source: str, instruments: Sequence[Instrument]) -> None:
        if known := self._feeds.get(source):
            known.listed.update((each.symbol, each.root) for each in instruments)

    def gone(self, source: str, symbols: Sequence[str]) -> None:
        if known := self._feeds.get(source):
            for symbol in symbols:
                known.listed.pop(symbol, None)

    def taken(self, taken: Taken) -> None:
        known = self._feeds.get(taken.batch.source)
        if known is None:
            return
        known.refused.update(taken.refused)
        count = int(np.count_nonzero(taken.kept))
        if not count:
            return
        self.heard(taken.batch.source)
        known.rates.append((known.heard_at, count))
        newest = int(taken.batch.ts_us[taken.kept].max())
        known.last_tick_us = newest if known.last_tick_us is None else max(known.last_tick_us, newest)
        known.quoted_at = known.heard_at
        known.lag = self._clock.now() - instant_of(known.last_tick_us)

    def heard(self, source: str) -> None:
        if known := self._feeds.get(source):
            known.heard_at = self._monotonic()
            known.reason = None

    def lost(self, source: str, reason: str) -> None:
        # Hanging up is what one that was put off does last.
        if (known := self._feeds.get(source)) and known.enabled:
            known.reason = reason


def _item(known: _Feed, now: float, is_open: IsOpen | None) -> dict[str, Any]:
    terms, status = known.terms, known.status(now, is_open)
    at = known.last_tick_us
    return {
        "feed": terms.feed,
        "name": terms.name,
        "kind": terms.kind.value,
        "enabled": known.enabled,
        "switchable": terms.switchable,
        "state": status.value if known.enabled else "off",
        "last_tick_ts": None if at is None else instant_of(at),
        "reason": known.words(status),
        "address": terms.address,
        "instruments": len(known.listed),
        "quotes_per_second": known.quotes_per_second(now),
        "rejected": dict(known.refused),
        "fault": known.fault,
    }
