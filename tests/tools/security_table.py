"""Runs the tests of the security bar and prints, row by row, what holds, what doesn't and what waits.

A row is what its tests say: `test_r07_...` speaks for row R7, in whichever of these places it stands.
Nothing here can make a row hold. `make security` runs it; it ends with 1 where a row fails or has no test.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import pytest

_VERDICTS: Final = ("holds", "waits", "FAILS", "NO TEST")
_PLACES: Final = (
    "tests/security",
    "tests/architecture",
    "tests/integration/edge/test_edge.py",
    "tests/e2e/test_every_page.py",
    "tests/faults/test_f5_limits_over_redis.py",
)
_ROW: Final = re.compile(r"test_r(\d+)_")
ASKED: Final = [*range(1, 96)]
WAITS: Final = {
    77: "exports of one's own trades: there are none to keep yet",
    78: "imports of one's own trades: as 77",
}
"""Rows, or parts of rows, about what is not there yet."""


@dataclass
class Row:
    """What the tests of one row said; a test that set-up or tear-down broke has failed."""

    number: int
    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)

    @property
    def verdict(self) -> str:
        if self.failed:
            return "FAILS"
        if self.passed:
            return "holds"
        return "waits" if self.number in WAITS else "NO TEST"

    @property
    def remark(self) -> str:
        remarks = []
        if self.failed:
            remarks.append("; ".join(sorted(name.rpartition("::")[2] for name in self.failed)))
        if self.skipped:
            remarks.append(f"{len(self.skipped)} skipped")
        if not self.failed and self.number in WAITS:
            remarks.append(WAITS[self.number])
        return "; ".join(remarks)

    @property
    def is_well(self) -> bool:
        return self.verdict in ("holds", "waits")


class RowsOfTests:
    """A plugin that hears of each test's end and keeps it by row."""

    def __init__(self) -> None:
        self.rows: defaultdict[int, Row] = defaultdict(lambda: Row(0))
        self.unclaimed_failures: list[str] = []

    def row(self, number: int) -> Row:
        self.rows[number].number = number
        return self.rows[number]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        found = _ROW.search(report.nodeid.rpartition("::")[2])
        if found is None:
            if report.failed:
                self.unclaimed_failures.append(report.nodeid)
            return
        row = self.row(int(found[1]))
        if report.failed:
            row.failed.add(report.nodeid)
        elif report.skipped:
            row.skipped.add(report.nodeid)
        elif report.when == "call":
            row.passed.add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.unclaimed_failures.append(report.nodeid)


def main(arguments: list[str]) -> int:
    """Run the tests, print the table, and return 0 where every row asked for holds or waits."""
    heard = RowsOfTests()
    code = pytest.main([*_PLACES, "-q", "--no-header", *arguments], plugins=[heard])
    wanted = [heard.row(number) for number in ASKED]
    others = [heard.rows[number] for number in sorted(set(heard.rows) - set(ASKED))]
    lines = ["", "Row    Tests  Verdict  Remark"]
    lines += [_line(row) for row in [*wanted, *others]]
    lines += [f"failed outside any row: {name}" for name in heard.unclaimed_failures]
    counts = [f"{sum(row.verdict == verdict for row in wanted)} {verdict}" for verdict in _VERDICTS]
    lines += ["", f"Of {len(wanted)} rows asked for: {', '.join(counts)}.", ""]
    sys.stdout.write("\n".join(lines))
    well = all(row.is_well for row in [*wanted, *others]) and not heard.unclaimed_failures
    return 0 if well and code == pytest.ExitCode.OK else 1


def _line(row: Row) -> str:
    count = len(row.passed | row.failed)
    return f"R{row.number:<5} {count:>5}  {row.verdict:<7}  {row.remark}".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
