"""Imports files: finds them, tells their format, stores each one whole or not at all, and reports.

A file is refused, and nothing of it stored, when its format is unknown, when it breaks a rule its
format never breaks, when it holds no row that can be kept, or when more than one line and more
than `Limits.rejected_share` of its lines have to be rejected.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tradesense.base.clock import Clock, SystemClock
from tradesense.base.errors import Invalid, NotFound, Unavailable
from tradesense.feeds.files.bounds import FileRefused, Limits, NotStored
from tradesense.feeds.files.format import Batch, Context, FileFormat, Options
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.registry import detect_format, is_companion
from tradesense.feeds.files.report import FileReport, FileStatus
from tradesense.instruments import SpecBook, parse_symbol
from tradesense.market import CommitReport, ImportedFile, Recorder, WriteTransaction

Progress = Callable[[Path, int, int], None]
"""Told while a file is read: which, how many of its bytes are read, how many it has."""


class ImportStopped(Unavailable):
    """The import ended early, between two files, because it was asked to."""

    code = "import_stopped"


def import_files(
    paths: Sequence[Path],
    recorder: Recorder,
    specs: SpecBook,
    *,
    options: Options | None = None,
    limits: Limits | None = None,
    clock: Clock | None = None,
    on_progress: Progress | None = None,
    on_report: Callable[[FileReport], None] | None = None,
    stopping: Callable[[], bool] | None = None,
) -> list[FileReport]:
    """Import files and folders (their files in the order of their paths) and return a report of each.

    Every file is its own atomic write: an imported file's rows are in the store when its report is
    made, a refused file leaves nothing. Rows already there are counted and left alone. Blocks; call
    it off the event loop. An unreadable or unknown file is a report, never an exception. Raises
    `ImportStopped` between two files once `stopping` says so, and `UnknownRoot` or `BadSymbol` for
    options that name no product.
    """
    context = Context(specs, options or Options(), limits or Limits())
    _declare_root(context)
    importer = FileImporter(recorder, context, clock or SystemClock(), on_progress)
    reports = []
    for path, named in find_files(paths):
        if stopping is not None and stopping():
            raise ImportStopped(f"the import was stopped before {path.name}")
        report = importer.import_file(path, named=named)
        if on_report is not None:
            on_report(report)
        reports.append(report)
    return reports


def _declare_root(context: Context) -> None:
    options = context.options
    root = options.root or (parse_symbol(options.symbol).root if options.symbol else None)
    if options.like is None or root is None or context.specs.find(root) is not None:
        return
    known = context.specs.get(options.like)
    context.specs.declare(known.model_copy(update={"root": root, "name": f"{root}, like {known.root}"}))


def find_files(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield every file, and whether it was named itself rather than found in a folder."""
    for path in paths:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
                if found.is_file() and not hidden:
                    yield found, False
        else:
            yield path, True


@dataclass(slots=True)
class _Tally:
    """What a file's batches add up to."""

    limits: Limits
    read: int = 0
    rejected: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    first: list[tuple[int, str]] = field(default_factory=list)

    def add(self, batch: Batch) -> None:
        self.read += batch.rows_read
        self.ignored.update(batch.ignored)
        for part in batch.rejected:
            self.rejected += len(part.lines)
            self.reasons[part.reason] += len(part.lines)
            listed = part.lines[: self.limits.rejections_listed].tolist()
            self.first += [(line, part.reason) for line in listed]
        self.first = sorted(self.first)[: self.limits.rejections_listed]

    def check(self) -> None:
        """Raise `FileRefused` where too little of the file is sound."""
        if self.read == 0:
            raise FileRefused("the file holds no rows")
        allowed = max(1, int(self.limits.rejected_share * self.read))
        if self.rejected > allowed or self.rejected == self.read:
            raise FileRefused(
                f"{self.rejected:,} of {self.read:,} rows are unusable, "
                f"more than {self.limits.rejected_share:.0%} (first: {self.first[0][1]})",
                line=self.first[0][0],
            )

    @property
    def holds_nothing(self) -> bool:
        """Tell whether all there is in the file is of a kind the store does not keep."""
        return self.read > 0 and self.ignored.total() == self.read

    def counts(self) -> dict[str, Any]:
        return {"rows_read": self.read, "rows_rejected": self.rejected, "rows_ignored": self.ignored.total()}


class FileImporter:
    """Imports one file after the other with the same settings."""

    def __init__(
        self, recorder: Recorder, context: Context, clock: Clock, on_progress: Progress | None = None
    ) -> None:
        self._recorder = recorder
        self._context = context
        self._clock = clock
        self._on_progress = on_progress

    def import_file(self, path: Path, *, named: bool = True) -> FileReport:
        """Import one file; see `import_files`. A file found in a folder may be none to import."""
        started = time.perf_counter()
        tally = _Tally(self._context.limits)
        found: FileFormat | None = None
        try:
            if not named and is_companion(path):
                return FileReport(str(path), FileStatus.SKIPPED, reason="it goes with other files")
            file = self._open(path)
            found = detect_format(file, self._context.options)
            commit = self._store(file, found, tally)
            if tally.holds_nothing:
                reason = "; ".join(f"{count:,} {why}" for why, count in tally.ignored.items())
                return FileReport(str(path), FileStatus.SKIPPED, found.name, f"nothing to keep: {reason}")
        except (Invalid, NotFound) as refused:
            passed_over = isinstance(refused, NotStored) and not named
            return FileReport(
                str(path),
                FileStatus.SKIPPED if passed_over else FileStatus.REFUSED,
                found.name if found else None,
                refused.detail,
                refused.line if isinstance(refused, FileRefused) else None,
                rejections=tuple(tally.first),
                rejected_by_reason=dict(tally.reasons),
                seconds=time.perf_counter() - started,
                **tally.counts(),
            )
        return FileReport(
            str(path),
            FileStatus.IMPORTED,
            found.name,
            rows_stored=commit.lines_stored,
            rows_present=commit.lines_duplicate,
            rejections=tuple(tally.first),
            rejected_by_reason=dict(tally.reasons),
            ignored_by_reason=dict(tally.ignored),
            tables_added={table.value: count.added for table, count in commit.tables.items() if count.added},
            seconds=time.perf_counter() - started,
            **tally.counts(),
        )

    def _open(self, path: Path) -> SourceFile:
        try:
            if not path.is_file():
                raise FileRefused(
                    "there is no such file" if not path.exists() else "it is not a regular file"
                )
            size = path.stat().st_size
            progress = self._on_progress
            file = SourceFile(
                path,
                self._context.limits,
                None if progress is None else lambda consumed: progress(path, min(consumed, size), size),
            )
            if not file.head:
                raise FileRefused("the file is empty")
        except OSError as error:
            raise FileRefused(f"the file cannot be read ({error.strerror})") from None
        return file

    def _store(self, file: SourceFile, found: FileFormat, tally: _Tally) -> CommitReport:
        with self._recorder.transaction() as write:
            try:
                for batch in found.parse(file, self._context):
                    tally.add(batch)
                    self._stage(write, batch)
            except OSError as error:
                raise FileRefused(f"the file cannot be read ({error.strerror})") from None
            tally.check()
            if tally.holds_nothing:
                return CommitReport({}, 0, 0)
            write.record_import(
                ImportedFile(
                    file_name=file.path.name,
                    sha256=_fingerprint(file.path),
                    format=found.name,
                    source=self._context.options.source,
                    rows_read=tally.read,
                    rows_rejected=tally.rejected,
                    imported_at=self._clock.now(),
                )
            )
            return write.commit()

    @staticmethod
    def _stage(write: WriteTransaction, batch: Batch) -> None:
        for table, rows in batch.tables.items():
            if rows.num_rows:
                write.stage(table, rows)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
