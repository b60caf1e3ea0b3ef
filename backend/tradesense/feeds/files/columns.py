"""Turns string columns into checked values, remembering which lines failed and why.

A number is a plain finite number: `NaN` or `inf` written out is no value of any format read here,
so it rejects its line. Each line is rejected for the first reason found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.feeds.files.arrow import compute as pc
from tradesense.feeds.files.format import Rejected
from tradesense.feeds.files.text import RowBlock

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Strings: TypeAlias = "pa.Array[Any]"

_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$"
# Forms of times that can be read at once.
ISO_UTC = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?"
ISO_OFFSET = ISO_UTC + r"[+-]\d\d:?\d\d"
_NO_TIME = np.datetime64("NaT", "us")


class Columns:
    """The columns of one block: numbers as float64 with NaN for "no value", texts as Arrow strings."""

    def __init__(
        self, block: pa.Table, lines: npt.NDArray[np.int64], rejected: Sequence[Rejected] = ()
    ) -> None:
        self._table = block
        self.lines = lines
        self._earlier = tuple(rejected)
        self._bad: Flags = np.zeros(len(lines), dtype=np.bool_)
        self._reasons: list[Rejected] = []

    @classmethod
    def of(cls, block: RowBlock) -> Columns:
        """Start judging a block of text rows."""
        return cls(block.columns, block.lines, block.rejected)

    def __len__(self) -> int:
        return len(self.lines)

    def renamed(self, names: Mapping[str, str]) -> Columns:
        """Return the named columns under other names; the others are left out."""
        table = self._table.select(list(names)).rename_columns(list(names.values()))
        return Columns(table, self.lines, self._earlier)

    @property
    def rows_read(self) -> int:
        return len(self.lines) + sum(len(part.lines) for part in self._earlier)

    @property
    def keep(self) -> Flags:
        """Return which lines have passed every check so far."""
        return ~self._bad

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        return (*self._earlier, *self._reasons)

    def reject(self, where: Flags, reason: str) -> None:
        """Leave out the lines where `where` holds, unless they are out already."""
        fresh = where & ~self._bad
        if fresh.any():
            self._reasons.append(Rejected(reason, self.lines[fresh]))
            self._bad |= fresh

    def raw(self, name: str) -> Any:
        """Return a column as it stands in the file, in one chunk."""
        column = self._table.column(name)
        return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)

    def text(self, name: str, *, required: bool = True, one_of: Sequence[str] | None = None) -> Strings:
        """Return a text column; a missing or unexpected word rejects its line."""
        column = self.raw(name)
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        words: Strings = column.cast(pa.string())
        if required:
            self.reject(flags(pc.is_null(words)), f"{name} is empty")
        if one_of is not None:
            known = pc.or_(pc.is_in(words, value_set=pa.array(one_of, pa.string())), pc.is_null(words))
            self.reject(~flags(known), f"{name} is none of {', '.join(one_of)}")
        return words

    def number(
        self, name: str, *, required: bool = False, above: float | None = None, minimum: float | None = None
    ) -> Floats:
        """Return a number column with NaN for an empty cell; anything but a finite number rejects."""
        values = self._numbers(name)
        missing = np.isnan(values)
        if required:
            self.reject(missing, f"{name} is empty")
        with np.errstate(invalid="ignore"):
            if above is not None:
                self.reject(values <= above, f"{name} is not above {above:g}")
            if minimum is not None:
                self.reject(values < minimum, f"{name} is below {minimum:g}")
        return values

    def mapped(
        self, name: str, convert: Callable[[str], Any], what: str, *, required: bool = True
    ) -> tuple[list[Any], npt.NDArray[np.int64]]:
        """Return `convert` of each distinct text, and per line which one; the last stands for "none".

        A text for which `convert` raises `ValueError` rejects its lines.
        """
        encoded: Any = pc.dictionary_encode(self.text(name, required=required))
        values: list[Any] = []
        failed: list[bool] = []
        for text in encoded.dictionary.to_pylist():
            try:
                values.append(convert(text))
                failed.append(False)
            except (ValueError, OverflowError):
                values.append(None)
                failed.append(True)
        indices = encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False).astype(np.int64)
        self.reject(np.array([*failed, False], dtype=np.bool_)[indices], f"{name} is no {what}")
        return [*values, None], indices

    def dates(self, name: str, convert: Callable[[str], date], *, required: bool = True) -> Strings:
        """Return a column of dates, each distinct text parsed once."""
        values, indices = self.mapped(name, convert, "date", required=required)
        return taken(pa.array(values, pa.date32()), indices)

    def times(
        self,
        name: str,
        convert: Callable[[str], datetime],
        *,
        required: bool = True,
        zone: tzinfo = UTC,
        iso: str | None = None,
    ) -> npt.NDArray[np.datetime64]:
        """Return a column of naive UTC microseconds from a converter of aware times, or as it is typed.

        A typed column without a zone holds local times of `zone`. Where every cell has the form
        `iso` (a pattern of UTC times, or of times with an offset) all are read at once; that is
        quicker and says the same.
        """
        column = self.raw(name)
        if pa.types.is_timestamp(column.type):
            if required:
                self.reject(flags(pc.is_null(column)), f"{name} is empty")
            if column.type.tz is None and zone is not UTC:
                aware = pc.assume_timezone(column, str(zone), ambiguous="earliest", nonexistent="earliest")
                column = aware.cast(pa.timestamp("us", "UTC"), safe=False)
            plain = column.cast(pa.timestamp("us"), safe=False)
            return np.asarray(plain.to_numpy(zero_copy_only=False), dtype="datetime64[us]")
        at_once = self._iso_times(column, iso) if iso is not None else None
        if at_once is not None:
            return at_once
        values, indices = self.mapped(name, convert, "time", required=required)
        instants = [_NO_TIME if at is None else np.datetime64(_naive_utc(at), "us") for at in values]
        return np.array(instants, dtype="datetime64[us]")[indices]

    @staticmethod
    def _iso_times(column: Any, pattern: str) -> npt.NDArray[np.datetime64] | None:
        if not pc.all(pc.match_substring_regex(column, f"^{pattern}$")).as_py() or column.null_count:
            return None
        kind = pa.timestamp("us", "UTC") if "[+-]" in pattern or "Z" in pattern else pa.timestamp("us")
        try:
            plain = column.cast(kind).cast(pa.timestamp("us"))
        except pa.ArrowInvalid:
            return None
        return np.asarray(plain.to_numpy(zero_copy_only=False), dtype="datetime64[us]")

    def _numbers(self, name: str) -> Floats:
        column = self.raw(name)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = self._parsed(name, column)
        elif not (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)):
            column = column.cast(pa.float64())
        missing = flags(pc.is_null(column))
        values = np.array(
            column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64, copy=True
        )
        unreal = ~np.isfinite(values) & ~missing
        self.reject(unreal, f"{name} is no finite number")
        values[missing | unreal] = np.nan
        return values

    def _parsed(self, name: str, column: Any) -> Any:
        try:
            return pc.cast(column, pa.float64())
        except pa.ArrowInvalid:
            good = pc.match_substring_regex(column, _NUMBER)
            self.reject(~flags(pc.fill_null(good, True)), f"{name} is no number")
            return pc.cast(pc.if_else(good, column, pa.scalar(None, pa.string())), pa.float64())


def floats(values: Floats) -> Strings:
    """Return an Arrow column in which NaN has become null."""
    return pa.array(values, pa.float64(), from_pandas=True)


def instants(values: npt.NDArray[np.datetime64]) -> Strings:
    """Return an Arrow column of naive UTC microseconds."""
    return pa.array(values.astype("datetime64[us]"), pa.timestamp("us"))


def without_zero(values: Floats) -> Floats:
    """Return the values with NaN where a format writes 0 for "none"."""
    return np.where(values == 0.0, np.nan, values)


def _naive_utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def joined(*columns: Strings) -> Strings:
    """Return the texts of several columns joined by `|`; null where one is."""
    made: Strings = pc.binary_join_element_wise(*columns, "|")
    return made


def taken(values: Strings, indices: npt.NDArray[np.int64]) -> Strings:
    """Return the values at the indices."""
    return values.take(pa.array(indices, pa.int64()))


def as_text(column: Strings) -> npt.NDArray[np.str_]:
    """Return a text column as NumPy text, which compares; null as empty."""
    return np.array(column.fill_null("").to_pylist(), dtype=np.str_)


def differ(left: Strings, right: Strings) -> Flags:
    """Return where two columns hold different values; a null differs from nothing."""
    return flags(pc.fill_null(pc.not_equal(left, right), False))


def flags(column: Any) -> Flags:
    """Return a column of truths as NumPy."""
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.bool_)
