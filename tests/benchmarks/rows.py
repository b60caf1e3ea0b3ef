"""One measured line of the benchmark table.

A benchmark is a module of this folder with a function `run() -> list[Row]`; `python -m tests.benchmarks`
finds it by that function, prints every row and writes them to `results/`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, the peer measured in the same run, their ratio, and whether a Must holds.

    `ours` and `peer` are in `unit`; `ratio` is peer / ours (above 1: we are faster) unless `must` says
    otherwise in words; `holds` is None where no Must is stated for this line or the peer is missing.
    """

    section: str
    name: str
    unit: str
    ours: float
    peer_name: str = ""
    peer: float | None = None
    ratio: float | None = None
    must: str = ""
    holds: bool | None = None
    note: str = ""
