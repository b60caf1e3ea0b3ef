"""Runs every reading query of the market off the event loop, with a deadline, values bound.

SQL is written in this package only. Identifiers in it come from enums and constants of the
program; whatever a caller chose is bound as `$name`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

import anyio
import anyio.to_thread
import pyarrow as pa

from tradesense.base.clock import Clock
from tradesense.market.ports import MarketStore


class Reader:
    """The one reading door to the store.

    At most `most_threads` queries run at once, later ones wait their turn; a query that takes
    longer than `deadline_seconds` is interrupted and raises `Unavailable` (`query_timeout`).
    """

    def __init__(
        self, store: MarketStore, clock: Clock, *, most_threads: int = 4, deadline_seconds: float = 5.0
    ) -> None:
        self._store = store
        self._clock = clock
        self._threads = anyio.CapacityLimiter(most_threads)
        self._deadline_seconds = deadline_seconds

    async def fetch(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run one SELECT with bound `$name` values and return its rows.

        Aware times among the values are bound as the store's naive UTC.
        """
        bound = {name: _bindable(value) for name, value in (parameters or {}).items()}
        call = partial(self._store.query, sql, bound, deadline_seconds=self._deadline_seconds)
        return await anyio.to_thread.run_sync(call, limiter=self._threads)

    async def check(self) -> None:
        """Raise what `fetch` raises where the store does not answer."""
        await self.fetch("SELECT count(*) AS versions FROM market.store_version")

    def instant(self, as_of: datetime | None) -> datetime:
        """Return the instant an answer is for: `as_of`, or now; aware, in UTC."""
        return as_of.astimezone(UTC) if as_of is not None else self._clock.now()


def _bindable(value: object) -> object:
    if isinstance(value, datetime):
        return stored_time(value)
    return value


def stored_time(instant: datetime) -> datetime:
    """Return an aware instant in the store's form: naive UTC."""
    if instant.tzinfo is None:
        raise ValueError("a time that is asked for must be aware")
    return instant.astimezone(UTC).replace(tzinfo=None)


def aware_time(stored: datetime) -> datetime:
    """Return a stored naive UTC time as an aware one."""
    return stored.replace(tzinfo=UTC)
