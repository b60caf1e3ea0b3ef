"""Run every benchmark of this folder, print one table, write it to `results/`.

`python -m tests.benchmarks [NAME...]` runs the named modules only. Absolute figures drift with the machine;
the ratios were measured in one run. Nothing here passes or fails by the clock: the exit code is 0.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import os
import pkgutil
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

# One core a measurement, unless a benchmark says otherwise.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from tests import benchmarks  # noqa: E402  (the thread limits above must come before NumPy is imported)
from tests.benchmarks.rows import Row  # noqa: E402

RESULTS = Path(__file__).resolve().parent / "results"


def found(wanted: list[str]) -> dict[str, Callable[[], list[Row]]]:
    """Return the modules that have a `run`, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    names = [name for name in names if not name.startswith(("_", "peer_")) and (not wanted or name in wanted)]
    modules = {name: importlib.import_module(f"tests.benchmarks.{name}") for name in names}
    return {name: module.run for name, module in modules.items() if hasattr(module, "run")}


def number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def print_table(rows: list[Row]) -> None:
    head = ("", "what", "ours", "unit", "peer", "its", "ratio", "must", "holds", "note")
    holds = {True: "PASS", False: "FAIL", None: ""}
    lines = [head]
    for row in rows:
        ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
        lines.append(
            (
                row.section,
                row.name,
                number(row.ours),
                row.unit,
                row.peer_name,
                number(row.peer),
                ratio,
                row.must,
                holds[row.holds],
                row.note,
            )
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def write_json(rows: list[Row], names: list[str]) -> Path:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / "latest.json"
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "benchmarks": names,
        "rows": [dataclasses.asdict(row) for row in rows],
    }
    path.write_text(json.dumps(document, indent=2) + "\n")
    return path


def main() -> None:
    runs = found(sys.argv[1:])
    rows: list[Row] = []
    for name, run in runs.items():
        print(f"measuring {name} ...", flush=True)
        rows += run()
    print_table(rows)
    bound = [row for row in rows if row.holds is not None]
    kept = sum(bool(row.holds) for row in bound)
    print(f"\n{kept} of {len(bound)} Musts hold; written to {write_json(rows, list(runs))}")


if __name__ == "__main__":
    main()
