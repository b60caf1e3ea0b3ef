"""Opens a DuckDB file as `market` in a locked-down engine, and tells what its errors mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from tradesense.base.errors import Conflict, Unavailable

# The store folds the log into the file itself, after a write is acknowledged: a fold that fails in the
# middle of a commit would leave the writer in doubt.
_NEVER: Final = "1TB"
_NO_ROOM: Final = ("No space left", "Disk quota exceeded", "File too large")
_MACHINE_FAULTS: Final = (
    *_NO_ROOM,
    "Input/output error",
    "fsync failed",
    "Permission denied",
    "Read-only file system",
    "Too many open files",
    "Cannot allocate",
)
_HELD: Final = ("lock on file", "already attached", "file handle conflict")


class StoreInUse(Conflict):
    """Another process owns the file; `holder` is its process id, where the engine told it."""

    code = "store_in_use"

    def __init__(self, path: Path, holder: int | None) -> None:
        who = f"process {holder}" if holder else "another process"
        super().__init__(f"The market store {path} is in use by {who}; one process owns it at a time.")
        self.holder = holder


class StoreUnavailable(Unavailable):
    """The file can't be used right now; the store is on its way to open it again."""

    code = "store_unavailable"


class StoreUnreadable(Unavailable):
    """The file itself can't be opened, with its log or without."""

    code = "store_unreadable"


@dataclass(frozen=True, slots=True)
class Engine:
    """What an engine is opened with."""

    path: Path
    memory_limit: str
    threads: int

    @property
    def log_path(self) -> Path:
        """The write-ahead log beside the file."""
        return self.path.with_name(self.path.name + ".wal")

    def open(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to a new engine with the file attached as `market`.

        After that nothing outside the file can be reached from SQL: no other file, no extension, no change
        of configuration. Raises `StoreInUse` and what the engine raises.
        """
        engine = engine_in_memory(
            {
                "memory_limit": self.memory_limit,
                "threads": self.threads,
                "temp_directory": str(self.path.with_name(self.path.name + ".spill")),
                "checkpoint_threshold": _NEVER,
                "python_enable_replacements": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "allow_community_extensions": False,
            }
        )
        try:
            quoted = str(self.path).replace("'", "''")
            engine.execute(f"ATTACH '{quoted}' AS market")
            engine.execute("SET enable_external_access = false")
            engine.execute("SET lock_configuration = true")
        except duckdb.Error as error:
            engine.close()
            text = str(error)
            if any(words in text for words in _HELD):
                holder = re.search(r"PID (\d+)", text)
                raise StoreInUse(self.path, int(holder[1]) if holder else None) from error
            raise
        return engine


def engine_in_memory(config: dict[str, bool | float | int | list[str] | str]) -> duckdb.DuckDBPyConnection:
    """Return a new, empty engine that was opened with `config` and draws no progress bar.

    Started as `python -c` a program looks like somebody's prompt to the engine: on its first connection it
    then draws one on the standard output after two seconds.
    """
    engine = duckdb.connect(":memory:", config=config)
    engine.execute("SET enable_progress_bar = false")
    return engine


def is_lost(error: duckdb.Error) -> bool:
    """Tell whether an engine that raised this is of no more use."""
    return isinstance(error, duckdb.FatalException | duckdb.InternalException) or (
        "has been invalidated" in str(error)
    )


def is_want_of_room(error: duckdb.Error) -> bool:
    """Tell whether the disk, or what this user may take of it, was full."""
    return any(words in str(error) for words in _NO_ROOM)


def is_machine_fault(error: duckdb.Error) -> bool:
    """Tell whether the machine failed, not what is written in a file."""
    return any(words in str(error) for words in _MACHINE_FAULTS)
