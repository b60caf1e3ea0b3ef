"""Cuts what was recorded into steps of time and hands them in as they were."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.base.clock import FixedClock
from tradesense.market import (
    OPTION_COLUMNS,
    Intake,
    QuoteBatch,
    Reader,
    Recorded,
    fetch_recorded_instruments,
    fetch_recorded_parts,
)

MOST_ROWS_A_PART: Final = 50_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Step:
    """Rows of some time that are told together: all of each instant that is in it, never a part."""

    ts_us: Ints
    seq: Ints
    symbols: Sequence[str]
    columns: dict[str, npt.NDArray[np.float64]]

    @property
    def last_us(self) -> int:
        return int(self.ts_us[-1])

    def batch(self, source: str, ts_us: Ints | None = None) -> QuoteBatch:
        """Return the rows as a source says them, at their own times unless others are given."""
        times = self.ts_us if ts_us is None else ts_us
        return QuoteBatch(source, self.symbols, times, self.seq, self.columns)


async def steps(
    reader: Reader, recorded: Recorded, *, longest_us: int = 0, most_rows: int = MOST_ROWS_A_PART
) -> AsyncIterator[Step]:
    """Yield what was recorded, by time; a step holds one instant, or all within `longest_us` of its first.

    The store is read `most_rows` at a time; where those end in the midst of a step, it is held back.
    """
    held: pa.Table | None = None
    async for part in fetch_recorded_parts(reader, recorded, most_rows=most_rows):
        rows = part if held is None else pa.concat_tables([held, part])
        *complete, last = _cut(rows, longest_us)
        held = rows.slice(rows.num_rows - last.ts_us.size)
        for step in complete:
            yield step
    if held is not None:
        yield _step(held, _times(held))


async def play_as_it_was(
    reader: Reader, intake: Intake, recorded: Recorded, clock: FixedClock
) -> AsyncIterator[datetime]:
    """Hand in everything under its own source and time, with the clock moved along; yield each instant told.

    For comparisons with what the store says `as_of` that instant.
    """
    clock.move_to(recorded.start)
    intake.listed(recorded.source, await fetch_recorded_instruments(reader, recorded))
    async for step in steps(reader, recorded):
        at = instant(step.last_us)
        clock.move_to(at)
        intake.quoted(step.batch(recorded.source))
        yield at


def instant(us: int) -> datetime:
    """Return microseconds since 1970 as an aware time."""
    return EPOCH + us * MICROSECOND


def _cut(rows: pa.Table, longest_us: int) -> list[Step]:
    times = _times(rows)
    made = []
    start = 0
    while start < times.size:
        end = int(np.searchsorted(times, times[start] + longest_us, side="right"))
        made.append(_step(rows.slice(start, end - start), times[start:end]))
        start = end
    return made


def _step(rows: pa.Table, times: Ints) -> Step:
    columns: dict[str, npt.NDArray[np.float64]] = {}
    for name in OPTION_COLUMNS:
        column: pa.ChunkedArray[Any] = rows[name]
        if column.null_count < rows.num_rows:
            columns[name] = column.to_numpy().astype(np.float64)
    symbols = cast("list[str]", rows["symbol"].to_pylist())
    return Step(times, rows["seq"].to_numpy().astype(np.int64), symbols, columns)


def _times(rows: pa.Table) -> Ints:
    return rows["ts"].cast(pa.timestamp("us")).cast(pa.int64()).to_numpy().astype(np.int64)
