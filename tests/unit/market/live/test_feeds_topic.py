"""What is told of the feeds: a whole first, then what changed, and a word every five seconds all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from tradesense.base.clock import FixedClock
from tradesense.base.live import Step
from tradesense.infra.live_memory import MemoryBus, MemoryCache
from tradesense.market.live.feed_states import FeedKind, FeedStates, FeedTerms
from tradesense.market.live.feeds_topic import FeedsTopic
from tradesense.market.live.overlay import lay_over

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
TOPIC = "system:feeds"


class Telling:
    """Feeds of a made-up desk, told of whenever a test looks; everything told is kept."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.clock = FixedClock(NOON)
        self.states = FeedStates(self.clock, lambda: self.seconds)
        for number in range(6):
            self.states.declare(
                FeedTerms(f"venue-{number}", "A venue", FeedKind.VENUE, 20.0, "wss://venue.example"),
                enabled=True,
            )
        self.cache = MemoryCache(lambda: self.seconds)
        self.steps: list[Step] = []
        self.topic = FeedsTopic(
            self.states, self.cache, _Kept(self.steps.append), self.clock, monotonic=lambda: self.seconds
        )

    async def look(self, seconds: float = 1.0, *, clock_seconds: float | None = None) -> int:
        """Let time pass, look, and return how many steps were told."""
        self.seconds += seconds
        passed = seconds if clock_seconds is None else clock_seconds
        self.clock.move_to(self.clock.now() + timedelta(seconds=passed))
        before = len(self.steps)
        await self.topic.look()
        return len(self.steps) - before

    async def whole(self) -> Any:
        kept = await self.cache.get(TOPIC)
        assert kept is not None
        return orjson.loads(kept.body)


class _Kept(MemoryBus):
    def __init__(self, keep: Callable[[Step], None]) -> None:
        super().__init__()
        self._keep = keep

    async def publish(self, step: Step) -> None:
        self._keep(step)


@pytest.fixture
def telling() -> Telling:
    return Telling()


async def test_the_first_look_tells_the_whole(telling: Telling) -> None:
    assert await telling.look() == 1

    assert (telling.steps[0].topic, telling.steps[0].prev, telling.steps[0].body) == (TOPIC, 0, None)
    items = (await telling.whole())["items"]
    assert [each["feed"] for each in items] == [f"venue-{number}" for number in range(6)]


async def test_a_change_is_told_at_the_next_look_as_that_change_alone(telling: Telling) -> None:
    await telling.look()
    first = await telling.whole()
    telling.states.lost("venue-3", "the line is cut")
    assert await telling.look() == 1

    step = telling.steps[-1]
    assert (step.prev, step.seq > step.prev) == (telling.steps[0].seq, True)
    assert orjson.loads(step.body or b"") == {"items": [{"feed": "venue-3", "reason": "the line is cut"}]}
    laid = lay_over(first, orjson.loads(step.body or b""), keyed={"items": "feed"})
    assert laid == await telling.whole()


async def test_what_does_not_change_is_said_again_every_five_seconds(telling: Telling) -> None:
    await telling.look()

    assert [await telling.look() for _ in range(10)] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


async def test_a_clock_set_back_leaves_it_neither_silent_nor_repeating_numbers(telling: Telling) -> None:
    await telling.look()
    await telling.look(clock_seconds=-86_400.0)
    for _ in range(60):
        await telling.look(clock_seconds=0.0)

    numbers = [step.seq for step in telling.steps]
    assert len(numbers) == 1 + 12
    assert numbers == sorted(set(numbers))
    assert (await telling.whole())["items"], "it has not run out in the cache"


async def test_a_feed_that_comes_later_is_told_with_the_whole(telling: Telling) -> None:
    await telling.look()
    telling.states.declare(FeedTerms("push", "Pushed", FeedKind.PUSH, 60.0), enabled=True)
    await telling.look()

    assert telling.steps[-1].body is None
    assert (await telling.whole())["items"][-1]["feed"] == "push"
