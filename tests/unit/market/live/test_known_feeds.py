"""What a process answers about feeds that another one runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tradesense.base.clock import FixedClock
from tradesense.base.errors import Unavailable
from tradesense.base.live import Whole
from tradesense.infra.live_memory import MemoryCache
from tradesense.market.live.known_feeds import ToldFeeds
from tradesense.market.live.topics import FEEDS

NOW = datetime(2026, 3, 20, 14, 30, tzinfo=UTC)


async def told(*items: tuple[str, bool, str], ago: float = 0.0) -> ToldFeeds:
    cache = MemoryCache()
    document = {
        "items": [{"feed": kind, "kind": kind, "enabled": on, "state": state} for kind, on, state in items]
    }
    ts = (NOW - timedelta(seconds=ago)).isoformat()
    await cache.put(FEEDS, Whole(1, json.dumps(document).encode(), ts), ttl_seconds=60)
    return ToldFeeds(cache, FixedClock(NOW))


async def test_what_was_told_last_is_answered() -> None:
    feeds = await told(("venue", True, "live"), ago=14)
    assert [each["state"] for each in (await feeds.document())["items"]] == ["live"]
    await feeds.check()


async def test_what_was_told_long_ago_or_never_is_not() -> None:
    for feeds in (await told(("venue", True, "live"), ago=16), ToldFeeds(MemoryCache(), FixedClock(NOW))):
        with pytest.raises(Unavailable):
            await feeds.document()
        with pytest.raises(Unavailable):
            await feeds.check()


@pytest.mark.parametrize(
    ("items", "is_well"),
    [
        ([("venue", True, "stale"), ("simulated", True, "live")], True),
        ([("venue", True, "stale"), ("simulated", False, "off")], False),
        ([("venue", False, "off")], True),
        ([("replay", True, "stale")], True),
        ([], True),
    ],
)
async def test_it_is_well_unless_all_that_are_on_are_silent(
    items: list[tuple[str, bool, str]], is_well: bool
) -> None:
    feeds = await told(*items)
    if is_well:
        await feeds.check()
    else:
        with pytest.raises(Unavailable):
            await feeds.check()
