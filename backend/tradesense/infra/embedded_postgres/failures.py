"""Why our own server can't be had."""

from __future__ import annotations

from pathlib import Path

from tradesense.base.errors import Conflict, Unavailable


class PostgresInUse(Conflict):
    """Another program runs the server of this folder; `holder` is its process id."""

    code = "database_in_use"

    def __init__(self, folder: Path, holder: int | None) -> None:
        who = f"process {holder}" if holder else "another process"
        super().__init__(f"The database {folder} is in use by {who}; one process owns it at a time.")
        self.holder = holder


class PostgresFailed(Unavailable):
    """The server could not be made or started; the detail says what to do about it."""

    code = "database_failed"
