"""Pure work on the rows of a continuous series: stitching, cropping, resampling, shifting prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.market.futures.rolls import (
    NOT_HELD,
    Adjust,
    Floats,
    Places,
    Roll,
    Shift,
    shifts_of,
    stitched_rolls,
)
from tradesense.market.futures.rolls_panel import DailyPanel
from tradesense.market.tables import BarInterval

if TYPE_CHECKING:
    Column = pa.ChunkedArray[Any]
    Values = pa.Array[Any]

_DECIMALS = 11
"""Takes away the noise of added gaps, which is some 1e-12, and nothing else."""

_PRICES = ("open", "high", "low", "close")
_NUMBERS = (*_PRICES, "volume", "open_interest", "unadjusted_close")
_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("ts", pa.timestamp("us")),
    ("contract", pa.string()),
    *((name, pa.float64()) for name in _NUMBERS),
]
SCHEMA = pa.schema(_COLUMNS)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time one contract is held, and how its prices are shifted; `None` where they can't be."""

    symbol: str
    start: datetime | None
    end: datetime | None
    shift: Shift | None


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open range, and how many rows of it are wanted: the first, or the last without a start."""

    start: datetime | None
    end: datetime
    limit: int

    def crop(self, rows: pa.Table) -> tuple[pa.Table, bool]:
        """Return the wanted rows of some in order of time, and whether the limit left any out."""
        inside = before(since(rows, self.start), self.end)
        extra = max(0, inside.num_rows - self.limit)
        return inside.slice(0 if self.start is not None else extra, self.limit), extra > 0


def since(rows: pa.Table, start: datetime | None) -> pa.Table:
    """Return the rows from an instant on, of rows in order of time."""
    return rows if start is None else rows.slice(_place(rows, start))


def before(rows: pa.Table, end: datetime) -> pa.Table:
    """Return the rows before an instant, of rows in order of time."""
    return rows.slice(0, _place(rows, end))


def stitch(stored: pa.Table, adjust: Adjust) -> tuple[pa.Table, list[Roll]]:
    """Return a source's own series, adjusted, and its rolls; rows without a price are left out."""
    stamps = stored["ts"].to_numpy().astype("datetime64[us]")
    held: list[Any] = stored["price_contract"].to_pylist()
    following: list[Any] = stored["forward_contract"].to_pylist()
    price = _floats(stored["price"])
    rolls = stitched_rolls(stamps, held, price, _floats(stored["forward"]), following)
    shifts = shifts_of(rolls, adjust)
    starts = np.array([_stamp(roll.at) for roll in rolls if roll.at is not None], dtype="datetime64[us]")
    stretch = np.searchsorted(starts, stamps, side="right")
    adjusted = _shift_each(price, stretch, shifts)
    nothing = pa.nulls(stored.num_rows, pa.float64())
    rows = pa.table(
        [
            stored["ts"],
            stored["price_contract"],
            *([nothing] * 3),
            _column(adjusted),
            *([nothing] * 2),
            _column(price),
        ],
        schema=SCHEMA,
    )
    return rows.filter(pa.array(np.isfinite(price))), rolls


def resample(rows: pa.Table, interval: BarInterval) -> pa.Table:
    """Return bars of a series of single prices; the contract and the raw close are those of the last one."""
    if rows.num_rows == 0:
        return rows
    length = np.timedelta64(interval.length // timedelta(microseconds=1), "us")
    stamps = rows["ts"].to_numpy().astype("datetime64[us]")
    buckets = stamps - (stamps - np.datetime64(0, "us")) % length
    firsts = np.flatnonzero(np.append(True, buckets[1:] != buckets[:-1]))
    lasts = np.append(firsts[1:], len(buckets)) - 1
    close = _floats(rows["close"])
    last = rows.take(pa.array(lasts))
    return pa.table(
        [
            pa.array(buckets[firsts]),
            last["contract"],
            _column(close[firsts]),
            _column(np.maximum.reduceat(close, firsts)),
            _column(np.minimum.reduceat(close, firsts)),
            last["close"],
            last["volume"],
            last["open_interest"],
            last["unadjusted_close"],
        ],
        schema=SCHEMA,
    )


def daily_rows(
    daily: DailyPanel, held: Places, rolls: Sequence[Roll], shifts: Sequence[Shift | None]
) -> pa.Table:
    """Return the daily row of the contract held on each trade date; none on a day it has no price."""
    close = daily.fields["close"]
    columns = np.where(held == NOT_HELD, 0, held)
    places = np.flatnonzero((held != NOT_HELD) & np.isfinite(close[np.arange(len(held)), columns]))
    columns = columns[places]
    days = np.array(daily.panel.days, dtype="datetime64[D]")
    stretch = np.searchsorted(
        np.array([roll.day for roll in rolls], dtype="datetime64[D]"), days[places], side="right"
    )
    picked = {name: values[places, columns] for name, values in daily.fields.items()}
    prices = [_shift_each(picked[name], stretch, shifts) for name in _PRICES]
    return pa.table(
        [
            pa.array(days[places].astype("datetime64[us]")),
            pa.array([daily.panel.symbols[column] for column in columns.tolist()], pa.string()),
            *(_column(values) for values in prices),
            _column(picked["volume"]),
            _column(picked["open_interest"]),
            _column(picked["close"]),
        ],
        schema=SCHEMA,
    )


def stretches_of(
    daily: DailyPanel, held: Places, rolls: Sequence[Roll], shifts: Sequence[Shift | None]
) -> list[Stretch]:
    """Return the stretches between rolls that know their instants, oldest first."""
    ever_held = held[held != NOT_HELD]
    if ever_held.size == 0:
        return []
    names = [daily.panel.symbols[int(ever_held[0])], *(roll.target for roll in rolls)]
    instants = [None, *(roll.at for roll in rolls), None]
    return [
        Stretch(name, instants[place], instants[place + 1], shifts[place]) for place, name in enumerate(names)
    ]


def shifted(rows: pa.Table, stretch: Stretch) -> pa.Table:
    """Return the bars of one contract as rows of the series."""
    whole = np.zeros(rows.num_rows, dtype=np.int64)
    prices = [_column(_shift_each(_floats(rows[name]), whole, [stretch.shift])) for name in _PRICES]
    names = pa.array([stretch.symbol] * rows.num_rows, pa.string())
    rest = [rows["volume"], rows["open_interest"], rows["close"]]
    return pa.table([rows["ts"], names, *prices, *rest], schema=SCHEMA)


def _shift_each(
    values: Floats, stretch: npt.NDArray[np.intp] | Places, shifts: Sequence[Shift | None]
) -> Floats:
    nan = float("nan")
    add = np.array([shift.add if shift else nan for shift in shifts])
    factor = np.array([shift.factor if shift else nan for shift in shifts])
    adjusted = np.round(values * factor[stretch] + add[stretch], _DECIMALS)
    untouched = (add[stretch] == 0) & (factor[stretch] == 1)
    return np.where(untouched, values, adjusted)


def _place(rows: pa.Table, instant: datetime) -> int:
    return int(np.searchsorted(rows["ts"].to_numpy().astype("datetime64[us]"), _stamp(instant)))


def _stamp(instant: datetime) -> np.datetime64:
    return np.datetime64(instant.astimezone(UTC).replace(tzinfo=None), "us")


def _floats(column: Column) -> Floats:
    return column.to_numpy().astype(np.float64)


def _column(values: Floats) -> Values:
    return pa.array(values, pa.float64(), from_pandas=True)
