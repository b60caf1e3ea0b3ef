"""Opens a store whose write-ahead log is damaged: the log is set aside, and what it held is saved.

A log that was cut short is no damage: the engine takes what was committed. A byte that changed makes it
refuse the whole log, and a program that only tried again would never start. The damaged log is renamed,
never deleted and never written over, however many gather; up to the damage it is read again from a copy.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Final

import duckdb

from tradesense.base.clock import Clock
from tradesense.infra.market_store_engine import Engine, StoreUnreadable, is_machine_fault
from tradesense.infra.market_store_log import hides_commits

# While it folds its log, the engine keeps a second one, and a third where it was interrupted in that.
_COMPANIONS: Final = (".checkpoint", ".recovery")
_COPY_BYTES: Final = 1024 * 1024

_log = logging.getLogger("tradesense.infra")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A damaged log: where it is kept, and how many of its bytes, from the start, could be read again.

    None where the engine read as far as it could by itself.
    """

    kept_as: Path
    saved_bytes: int | None


def open_past_damage(engine: Engine, clock: Clock) -> tuple[duckdb.DuckDBPyConnection, SetAside | None]:
    """Open a store, setting a damaged log aside where it has one.

    Raises `StoreInUse`, and `StoreUnreadable` where the file can't be opened even without its log; the log
    is then back in its place.
    """
    hidden = _copy_of_log(engine, clock) if hides_commits(engine.log_path) else None
    try:
        opened = engine.open()
        if hidden is not None:
            _tell(hidden, "the engine dropped commits behind a damaged length")
        return opened, hidden
    except BaseException as error:
        if hidden is not None:
            hidden.kept_as.unlink()
        if not isinstance(error, duckdb.Error):
            raise
        if not _is_damaged_log(engine, error):
            raise _unreadable(engine, error) from error
    with _only_rescuer(engine.path.parent):
        # Another process may have been here meanwhile; then the store is its own now.
        try:
            return engine.open(), None
        except duckdb.Error as error:
            if not _is_damaged_log(engine, error):
                raise _unreadable(engine, error) from error
            return _open_without_damage(engine, error, clock)


def _is_damaged_log(engine: Engine, error: duckdb.Error) -> bool:
    is_short = isinstance(error, duckdb.OutOfMemoryException) or is_machine_fault(error)
    return engine.log_path.exists() and not is_short


def _unreadable(engine: Engine, error: duckdb.Error) -> StoreUnreadable:
    _log.error("market store can't be opened", extra={"file": str(engine.path), "error": str(error)})
    return StoreUnreadable(f"The market store {engine.path} can't be opened; the log says why.")


def _open_without_damage(
    engine: Engine, damage: duckdb.Error, clock: Clock
) -> tuple[duckdb.DuckDBPyConnection, SetAside]:
    moved = _move_logs(engine, clock)
    kept_as = moved[engine.log_path]
    found = re.search(r"entry at byte position (\d+)", str(damage))
    good_bytes = int(found[1]) if found and len(moved) == 1 else 0
    opened = _open_with_start_of(kept_as, good_bytes, engine) if good_bytes else None
    saved_bytes = good_bytes if opened else 0
    if opened is None:
        try:
            opened = engine.open()
        except duckdb.Error as error:
            for place, kept in moved.items():
                kept.rename(place)
            raise _unreadable(engine, error) from error
    set_aside = SetAside(kept_as, saved_bytes)
    _tell(set_aside, str(damage))
    return opened, set_aside


def _tell(set_aside: SetAside, damage: str) -> None:
    _log.error(
        "market store's log was damaged; it is set aside and the store opened without the rest of it",
        extra={"kept_as": str(set_aside.kept_as), "saved_bytes": set_aside.saved_bytes, "error": damage},
    )


def _copy_of_log(engine: Engine, clock: Clock) -> SetAside:
    """Keep a copy of a log that the engine is about to read, cut and write on."""
    kept_as = _free_name(engine.log_path, clock)
    _copy_start(engine.log_path, kept_as, engine.log_path.stat().st_size)
    return SetAside(kept_as, None)


def _move_logs(engine: Engine, clock: Clock) -> dict[Path, Path]:
    """Rename the log and its companions, and return where each went."""
    logs = [engine.log_path, *(Path(f"{engine.log_path}{ending}") for ending in _COMPANIONS)]
    moved = {}
    for place in (log for log in logs if log.exists()):
        moved[place] = place.rename(_free_name(place, clock))
    return moved


def _free_name(place: Path, clock: Clock) -> Path:
    """Return a name for a log to be kept under that nothing has yet."""
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept, number = Path(f"{place}.corrupt-{stamp}"), 1
    while kept.exists():
        number += 1
        kept = Path(f"{place}.corrupt-{stamp}-{number}")
    return kept


def _open_with_start_of(kept: Path, size: int, engine: Engine) -> duckdb.DuckDBPyConnection | None:
    """Open the store with the first bytes of a log in place; None, and no log in place, where it won't."""
    try:
        _copy_start(kept, engine.log_path, size)
        return engine.open()
    except (OSError, duckdb.Error) as error:
        _log.warning("what was before the damage can't be read again", extra={"error": str(error)})
        engine.log_path.unlink(missing_ok=True)
        return None


def _copy_start(source: Path, target: Path, size: int) -> None:
    with source.open("rb") as reader, target.open("xb") as writer:
        while size > 0 and (piece := reader.read(min(size, _COPY_BYTES))):
            writer.write(piece)
            size -= len(piece)
        writer.flush()
        os.fsync(writer.fileno())


@contextmanager
def _only_rescuer(folder: Path) -> Iterator[None]:
    """Keep other processes out of this while the block runs; nothing of it stays in the folder."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)
