"""The beat: copies what changed, has views make documents of it, tells what became different in them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import anyio
import anyio.to_thread

from tradesense.base.clock import Clock
from tradesense.base.live import Bus, Cache, Demand, Step, Whole
from tradesense.market.history.sources import NOT_REAL
from tradesense.market.live.encoding import Told, tell
from tradesense.market.live.quotes import FeedStatus
from tradesense.market.live.topics import of_source
from tradesense.market.live.views import (
    Document,
    FeedStates,
    Make,
    QuoteBook,
    RootKey,
    RootQuotes,
    View,
    Wanted,
)
from tradesense.market.live.watched import Watched

_log = logging.getLogger(__name__)

TIME_PASSES: Final = timedelta(seconds=10)
"""So often all of a root is told, read or not, quoted or not: its days run out all the same."""

TTL_SECONDS: Final = 120.0
LEAST_PAUSE_SECONDS: Final = 0.05
"""Between the end of a beat and the next, whoever asks for it."""

LONGEST_BEAT_SECONDS: Final = 30.0
"""Longer than any beat has work to do: what takes so long waits for something that does not come."""

_TOLD_AT_ONCE = 64
_TIDY_EVERY = 200


@dataclass(slots=True)
class PipelineCounts:
    """What the pipeline did since it was made."""

    beats: int = 0
    failures: int = 0
    steps: int = 0
    snapshots: int = 0
    last_seconds: float = 0.0
    longest_seconds: float = 0.0


@dataclass(slots=True)
class _Root:
    """What is known of one root between beats."""

    made_at: datetime
    feed: FeedStatus | None
    instruments: Sequence[object] = ()
    ends: Sequence[datetime] = ()
    is_quoted: bool = False


class Pipeline:
    """Beats until cancelled. A root whose view fails is logged, counted and tried again at the next beat.

    With a `demand` only what is read is made at each beat, all else every ten seconds; who asks for what
    nobody read before has the next beat come at once.
    """

    def __init__(
        self,
        book: QuoteBook,
        views: Sequence[View],
        cache: Cache,
        bus: Bus,
        clock: Clock,
        *,
        feeds: FeedStates | None = None,
        demand: Demand | None = None,
        beat_ms: int = 500,
        ttl_seconds: float = TTL_SECONDS,
    ) -> None:
        self.counts = PipelineCounts()
        self._book = book
        self._views = views
        self._cache = cache
        self._bus = bus
        self._clock = clock
        self._feeds = feeds
        self._demand = demand
        self._watched = Watched(None)
        self._heeded = 0
        self._behind: set[RootKey] = set()
        self._beat_seconds = beat_ms / 1000
        self._ttl_seconds = ttl_seconds
        self._roots: dict[RootKey, _Root] = {}
        self._again: set[RootKey] = set()
        self._told: dict[str, Told] = {}
        self._failures: dict[RootKey, int] = {}
        self._seq = 0
        # One at a time: beside the answers of the API the machine has little to spare.
        self._thread = anyio.CapacityLimiter(1)

    async def run(self) -> None:
        """Beat at the pace asked for; one that took longer is followed by the next at once.

        Raises `TimeoutError` for one that does not end, to be run again.
        """
        while True:
            async with asyncio.timeout(LONGEST_BEAT_SECONDS):
                began = time.monotonic()
                await self.beat()
                self.counts.last_seconds = time.monotonic() - began
                self.counts.longest_seconds = max(self.counts.longest_seconds, self.counts.last_seconds)
                await self._pause(max(LEAST_PAUSE_SECONDS, self._beat_seconds - self.counts.last_seconds))

    async def _pause(self, seconds: float) -> None:
        """Wait for the next beat's time, or until somebody asks for what nobody read before."""
        began = time.monotonic()
        if self._demand is not None:
            await self._demand.asked(self._heeded, within_seconds=seconds)
            seconds = LEAST_PAUSE_SECONDS
        await asyncio.sleep(max(0.0, seconds - (time.monotonic() - began)))

    async def beat(self) -> None:
        """Make and tell everything that changed since the last beat."""
        at = self._clock.now().astimezone(UTC)
        due = await self._due(at)
        self._again = set()
        # Of all topics that change together a reader learns by one number.
        self._seq = max(self._seq + 1, int(at.timestamp() * 1000))
        # All are copied before the first is made: which source answers for a root holds for the whole beat.
        copies = [quotes for key in sorted(due) if (quotes := self._copy(key, at, due)) is not None]
        for quotes in copies:
            try:
                await self._make(quotes, at, due[quotes.key])
            except Exception:
                self._failed(quotes.key)
        self._failures = {key: self._failures[key] for key in self._again & self._failures.keys()}
        self.counts.beats += 1
        if self.counts.beats % _TIDY_EVERY == 0:
            self._forget_old(at)

    async def _due(self, at: datetime) -> dict[RootKey, Wanted]:
        """Return what is to be made: of some roots all, of others what is read of them."""
        before = self._watched
        interest = await self._demand.wanted() if self._demand is not None else None
        if interest is not None:
            self._heeded = interest.number
        topics = interest.topics if interest is not None else None
        if topics != before.topics:
            self._watched = Watched(topics)
        changed = set(self._book.take_changed())
        self._behind |= changed
        whole = self._again | {key for key, root in self._roots.items() if self._is_due(key, root, at)}
        whole |= {key for key in changed if key not in self._roots or not self._roots[key].is_quoted}
        if self._watched.topics is None:
            whole |= self._behind
        due: dict[RootKey, Wanted] = dict.fromkeys(whole)
        for key in self._watched.keys_among(self._behind - whole):
            mine = self._watched.topics_of(key, is_default=self._is_default(key))
            # What is read from now on may have changed while nobody looked.
            if mine and (key in changed or not mine <= before.topics_of(key, is_default=True)):
                due[key] = mine
        return due

    def _is_due(self, key: RootKey, root: _Root, at: datetime) -> bool:
        ended = any(root.made_at < end <= at for end in root.ends)
        return ended or not timedelta() <= at - root.made_at < TIME_PASSES or self._feed_of(key) != root.feed

    def _copy(self, key: RootKey, at: datetime, due: dict[RootKey, Wanted]) -> RootQuotes | None:
        quotes = self._book.copy(key)
        if quotes is None:
            self._roots.pop(key, None)
            self._behind.discard(key)
            return None
        if due[key] is not None and self._roots[key].instruments is not quotes.instruments:
            due[key] = None
        if due[key] is None:
            self._behind.discard(key)
            self._note(quotes, at, self._feed_of(key))
        return quotes

    async def _make(self, quotes: RootQuotes, at: datetime, wanted: Wanted) -> None:
        key = quotes.key
        makes = self._prepare(quotes, at, self._roots[key].feed, wanted)
        is_default = self._is_default(key)
        told, seq = self._told, self._seq

        def work() -> list[tuple[Step, Whole]]:
            steps: list[tuple[Step, Whole]] = []
            for document in self._documents(key, makes):
                for step, whole, now in tell(document, _names(document.topic, key, is_default), told, seq):
                    # Here rather than on the loop: letting go of the document before takes its time.
                    told[step.topic] = now
                    steps.append((step, whole))
            return steps

        steps = await anyio.to_thread.run_sync(work, limiter=self._thread)
        for start in range(0, len(steps), _TOLD_AT_ONCE):
            await asyncio.gather(*(self._tell(*each) for each in steps[start : start + _TOLD_AT_ONCE]))

    def _prepare(
        self, quotes: RootQuotes, at: datetime, feed: FeedStatus | None, wanted: Wanted
    ) -> list[Make]:
        makes = []
        for view in self._views:
            try:
                make = view.prepare(quotes, at, feed, wanted)
            except Exception:
                self._failed(quotes.key)
                continue
            if make is None:
                self._again.add(quotes.key)
            else:
                makes.append(make)
        return makes

    def _documents(self, key: RootKey, makes: Sequence[Make]) -> Iterable[Document]:
        """What one view cannot make does not keep the others from theirs."""
        for make in makes:
            try:
                documents = make()
            except Exception:
                self._failed(key)
            else:
                yield from documents

    def _failed(self, key: RootKey) -> None:
        """Count and log the exception being handled, and try the root again at the next beat."""
        self.counts.failures += 1
        self._again.add(key)
        failed = self._failures[key] = self._failures.get(key, 0) + 1
        # The first time in a row, the second, the fourth and so on: it is tried twice a second.
        if failed & (failed - 1) == 0:
            extra = {"source": key.source, "root": key.root, "failures": failed}
            _log.exception("a live view failed", extra=extra)

    def _note(self, quotes: RootQuotes, at: datetime, feed: FeedStatus | None) -> None:
        known = self._roots.get(quotes.key)
        if known is None or known.instruments is not quotes.instruments:
            ends = {each.expires_at for each in quotes.instruments if each.expires_at is not None}
            known = _Root(at, feed, quotes.instruments, sorted(ends))
            self._roots[quotes.key] = known
        known.made_at, known.feed = at, feed
        known.is_quoted = bool(quotes.ts_us.any())

    def _feed_of(self, key: RootKey) -> FeedStatus | None:
        return self._feeds.state_of(key.source) if self._feeds else None

    def _is_default(self, key: RootKey) -> bool:
        """Whether this source answers for the root where none is named: a real one with quotes first."""

        def rank(each: RootKey) -> tuple[bool, bool, int, str]:
            return self._is_off(each), not self._roots[each].is_quoted, *_by_reality(each)

        return key == min((each for each in self._roots if each.root == key.root), key=rank)

    def _is_off(self, key: RootKey) -> bool:
        feeds = self._feeds
        return (
            feeds is not None and feeds.state_of(key.source) is not None and not feeds.is_enabled(key.source)
        )

    def _forget_old(self, at: datetime) -> None:
        """Forget topics that nothing was told of for as long as the cache keeps them."""
        oldest = int((at.timestamp() - self._ttl_seconds) * 1000)
        self._told = {topic: told for topic, told in self._told.items() if told.seq >= oldest}

    async def _tell(self, step: Step, whole: Whole) -> None:
        await self._cache.put(step.topic, whole, ttl_seconds=self._ttl_seconds)
        await self._bus.publish(step)
        self.counts.steps += 1
        self.counts.snapshots += step.body is None


def _by_reality(key: RootKey) -> tuple[int, str]:
    return NOT_REAL.index(key.source) + 1 if key.source in NOT_REAL else 0, key.source


def _names(topic: str, key: RootKey, is_default: bool) -> Collection[str]:
    own = of_source(topic, key.source)
    return (own, topic) if is_default else (own,)
