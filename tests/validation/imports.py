"""Imports the market-data folder into a store, twice, and says what became of every file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.data_folder import data_folder
from tests.integration.test_import_data import OPEN_INTEREST, WHOLE
from tests.validation.table import Table
from tradesense.feeds.files import FileReport, FileStatus, import_files
from tradesense.instruments import load_specs
from tradesense.market import Recorder

_EXPECTED = {name: read for name, (read, _) in {**WHOLE, **OPEN_INTEREST}.items()}


@dataclass(frozen=True)
class FileResult:
    """One file's first and second import; `expected` is how many rows the folder's description gives it."""

    name: str
    first: FileReport
    second: FileReport
    expected: int | None

    @property
    def holds(self) -> bool:
        """Whether the file was imported whole where it should be, and the second import added nothing."""
        if self.second.rows_stored:
            return False
        if self.expected is None:
            return self.first.rows_rejected <= 1
        kept = self.first.rows_stored + self.first.rows_present + self.first.rows_ignored
        whole = self.first.status is FileStatus.IMPORTED and self.first.rows_read == kept
        return whole and self.first.rows_read == self.expected


def import_twice(
    files: Sequence[str] | None, recorder: Recorder, *, progress: Callable[[str], None]
) -> list[FileResult]:
    """Import the named files of the folder, or all of it, and import them again."""
    folder = data_folder()
    paths = [folder] if files is None else [folder / name for name in files]
    specs = load_specs()
    first = import_files(paths, recorder, specs, on_report=lambda report: progress(_name(report)))
    second = import_files(paths, recorder, specs, on_report=lambda report: progress(_name(report)))
    return [
        FileResult(_name(one), one, two, _EXPECTED.get(_name(one)))
        for one, two in zip(first, second, strict=True)
    ]


def missing_files() -> list[str]:
    """Name the files the folder should hold and does not."""
    return [name for name in _EXPECTED if not (data_folder() / name).exists()]


def imports_table(results: Sequence[FileResult]) -> Table:
    """Return the table of the files an importer took."""
    table = Table(("file", "format", "read", "stored", "kept before", "rejected", "again", "seconds", ""))
    for each in results:
        if each.first.status is FileStatus.IMPORTED:
            report = each.first
            table.add(
                each.name,
                report.format or "",
                report.rows_read,
                report.rows_stored,
                report.rows_present,
                report.rows_rejected,
                each.second.rows_stored,
                report.seconds,
                "ok" if each.holds else "MISSED",
            )
    return table


def passed_over_table(results: Sequence[FileResult]) -> Table:
    """Return how many files were refused or skipped, by reason."""
    reasons: dict[str, list[str]] = {}
    for each in results:
        if each.first.status is not FileStatus.IMPORTED:
            reason = f"{each.first.status.value}: {each.first.reason}"
            reasons.setdefault(reason, []).append(each.name)
    table = Table(("files", "first of them", "what was said"))
    for reason, names in sorted(reasons.items()):
        table.add(len(names), names[0], reason)
    return table


def _name(report: FileReport) -> str:
    return Path(report.path).relative_to(data_folder()).as_posix()
