"""What became of a file: the report a person reads and a program parses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class FileStatus(StrEnum):
    """`imported`: its rows are in the store; `refused`: none are; `skipped`: not a data file."""

    IMPORTED = "imported"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class FileReport:
    """The outcome of one file.

    `rows_read` = `rows_stored` + `rows_present` + `rows_rejected` + `rows_ignored` for an imported
    file. `rejections` lists the first lines with their reasons, `rejected_by_reason` counts all.
    """

    path: str
    status: FileStatus
    format: str | None = None
    reason: str | None = None
    line: int | None = None
    rows_read: int = 0
    rows_stored: int = 0
    rows_present: int = 0
    rows_rejected: int = 0
    rows_ignored: int = 0
    rejections: tuple[tuple[int, str], ...] = ()
    rejected_by_reason: Mapping[str, int] = field(default_factory=dict)
    ignored_by_reason: Mapping[str, int] = field(default_factory=dict)
    tables_added: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> FileReport:
        """Rebuild a report from `to_json`'s values."""
        plain = dict(values)
        plain["status"] = FileStatus(plain["status"])
        plain["rejections"] = tuple((int(line), str(reason)) for line, reason in plain["rejections"])
        return cls(**plain)

    def lines(self) -> list[str]:
        """Return the report as lines for a terminal."""
        head = f"{self.path}: {self.status.value}"
        if self.format is not None:
            head += f" ({self.format})"
        if self.status is not FileStatus.IMPORTED:
            where = f" at line {self.line:,}" if self.line is not None else ""
            text = [f"{head}{where}: {self.reason}"]
        else:
            text = [
                f"{head}: {self.rows_read:,} rows read, {self.rows_stored:,} stored, "
                f"{self.rows_present:,} already there, {self.rows_rejected:,} rejected, "
                f"{self.rows_ignored:,} not kept; {self.seconds:.2f} s"
            ]
        text += [f"    line {line:,}: {reason}" for line, reason in self.rejections]
        if self.rows_rejected > len(self.rejections):
            text += [f"    {count:,} rejected: {why}" for why, count in self.rejected_by_reason.items()]
        text += [f"    {count:,} not kept: {why}" for why, count in self.ignored_by_reason.items()]
        return text
