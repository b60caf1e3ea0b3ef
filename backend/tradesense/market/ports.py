"""What the market asks of a machine: a database that answers SQL and takes columns."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol

import pyarrow as pa

from tradesense.base.answers import PastChanges


class StoreTransaction(Protocol):
    """Statements that become visible together when the block ends well, or not at all."""

    def register(self, name: str, rows: pa.Table) -> None:
        """Make columns readable under `name` until the transaction ends."""
        ...

    def execute(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run one statement with bound `$name` values and return its rows."""
        ...


class MarketStore(Protocol):
    """The attached database `market`. Methods block: call them off the event loop."""

    @property
    def past(self) -> PastChanges:
        """What counts how often settled rows changed; whoever changes them notes it."""
        ...

    def query(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, deadline_seconds: float
    ) -> pa.Table:
        """Run one reading statement with bound `$name` values.

        Raises `Unavailable` (code `query_timeout`) after the deadline; the query is interrupted
        and its thread is free again.
        """
        ...

    def transaction(self) -> AbstractContextManager[StoreTransaction]:
        """Open an atomic write; one at a time, later callers wait their turn.

        A block that ended well is on the disk. Raises `Unavailable` where it is not: `store_unavailable`, or
        `disk_full`; the store mends itself where it can, and the write can be tried again.
        """
        ...

    def check_room(self) -> None:
        """Raise `Unavailable` (code `disk_full`) where there is too little room for more rows."""
        ...
