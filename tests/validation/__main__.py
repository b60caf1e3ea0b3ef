"""Imports every file of the market-data folder and compares our numbers with the venues' own.

Ends with 0 where every file is whole and every bar holds, 1 where one is missed, 2 without the folder.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.data_folder import data_folder
from tests.validation.comparisons import CHECKS, Check, Comparison, Place, comparisons_table
from tests.validation.imports import (
    FileResult,
    import_twice,
    imports_table,
    missing_files,
    passed_over_table,
)
from tradesense.base.clock import FixedClock
from tradesense.infra.market_store import DuckDBStore
from tradesense.market import Reader, Recorder, create_tables

# Later than every file of the folder, so that "now" finds all of them.
_NOW = FixedClock(datetime(2026, 11, 1, tzinfo=UTC))


def validate(
    folder: Path, files: Sequence[str] | None, checks: Sequence[Check], *, quick: bool = False
) -> tuple[list[FileResult], list[Comparison]]:
    """Import files into a new store in `folder` and run checks over it."""
    store = DuckDBStore(folder / "market.duckdb")
    try:
        create_tables(store)
        imported = import_twice(files, Recorder(store), progress=_say)
        place = Place(store, Reader(store, _NOW, deadline_seconds=60.0), quick)
        return imported, asyncio.run(_compare(place, checks))
    finally:
        store.close()


async def _compare(place: Place, checks: Sequence[Check]) -> list[Comparison]:
    found: list[Comparison] = []
    for check in checks:
        _say(f"comparing: {check.run.__name__}")
        found += await check.run(place)
    return found


def verdict(imported: Sequence[FileResult], compared: Sequence[Comparison]) -> list[str]:
    """Name every file that is not whole and every bar that does not hold."""
    files = [each.name for each in imported if not each.holds]
    bars = [f"{each.venue} {each.found.what}" for each in compared if not each.holds]
    return files + bars


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the validation and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.validation", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="look at fewer instants of the long comparisons")
    quick: bool = parser.parse_args(arguments).quick
    if not data_folder().is_dir():
        print("There is no market-data folder beside the project; name it in TRADESENSE_TEST_DATA.")
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tradesense-validation-") as folder:
        imported, compared = validate(Path(folder), None, CHECKS, quick=quick)
    print("Files imported from the market-data folder ('again': rows a second import added)\n")
    print(imports_table(imported))
    print("\nFiles no importer took\n")
    print(passed_over_table(imported))
    print("\nOur numbers against the venues' own (absolute differences)\n")
    print(comparisons_table(compared))
    missed = [f"{name}: not there" for name in missing_files()] + verdict(imported, compared)
    print(f"\n{len(imported)} files, {len(compared)} comparisons, {time.monotonic() - began:.0f} s.")
    print("Missed: " + "; ".join(missed) if missed else "Every file is whole and every bar holds.")
    return 1 if missed else 0


def _say(what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{what[:100]}")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
