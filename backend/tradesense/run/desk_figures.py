"""What operators are told of tasks, of the feeds and of the connections to the database of people."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tradesense.infra.database import Database
from tradesense.market.live.feed_states import FeedStates
from tradesense.web.metrics import Figure


def feed_figures(feeds: FeedStates) -> Sequence[Figure]:
    """Return the figures of the feeds that run here."""

    def silent() -> int:
        return sum(not feeds.is_well(feed) for feed in feeds.enabled())

    return (
        Figure("feeds_on", "Feeds that are on.", lambda: len(feeds.enabled())),
        Figure("feeds_silent", "Feeds that are on, should say something, and do not.", silent),
    )


def desk_figures(database: Database) -> Sequence[Figure]:
    """Return the figures of tasks and of the database's connections."""
    return (
        Figure("asyncio_tasks", "Tasks of the event loop.", lambda: len(asyncio.all_tasks())),
        Figure(
            "database_connections_in_use",
            "Connections to the database of people that are lent out.",
            lambda: database.connections_in_use,
        ),
        Figure(
            "database_connections_most",
            "Connections to the database of people that may be open at once.",
            lambda: database.most_connections,
        ),
    )
