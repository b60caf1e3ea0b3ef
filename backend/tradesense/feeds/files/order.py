"""Rules about the order of rows: a venue writes its rows in one order, a damaged copy does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import Flags

Lines = npt.NDArray[np.int64]


class Ascending:
    """Refuses a file whose key goes back from one row to the next, across blocks too.

    Keys are compared column by column, the first the most significant. With `strict` no two
    neighbours may be equal.
    """

    def __init__(self, what: str, *, strict: bool = False) -> None:
        self._what = what
        self._strict = strict
        self._last: list[npt.NDArray[Any]] | None = None

    def check(self, keys: Sequence[npt.NDArray[Any]], lines: Lines, keep: Flags) -> None:
        """Look at one block's kept rows. Raises `FileRefused` at the first row out of order."""
        kept = [np.asarray(key)[keep] for key in keys]
        numbers = lines[keep]
        if not len(numbers):
            return
        if self._last is not None:
            kept = [np.concatenate([last, key]) for last, key in zip(self._last, kept, strict=True)]
            numbers = np.concatenate([numbers[:1], numbers])
        self._last = [key[-1:] for key in kept]
        wrong = np.zeros(len(numbers) - 1, dtype=np.bool_)
        equal = np.ones(len(numbers) - 1, dtype=np.bool_)
        for key in kept:
            wrong |= equal & (key[1:] < key[:-1])
            equal &= key[1:] == key[:-1]
        if wrong.any():
            line = int(numbers[1:][int(wrong.argmax())])
            raise FileRefused(f"the rows are out of order: {self._what} goes back", line=line)
        if self._strict and equal.any():
            line = int(numbers[1:][int(equal.argmax())])
            raise FileRefused(f"two rows have one key: {self._what} stands still", line=line)


class Grouped:
    """Refuses a file in which a group of rows, once left, begins again."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._done: set[str] = set()
        self._current: str | None = None

    def check(self, groups: npt.NDArray[np.str_], lines: Lines, keep: Flags) -> Lines:
        """Return each row's group number, counted in order of appearance, 0 where it is not kept.

        Raises `FileRefused` where a group is taken up again.
        """
        numbers = np.zeros(len(groups), dtype=np.int64)
        where = np.flatnonzero(keep)
        if not len(where):
            return numbers
        kept = groups[where]
        first = np.append(True, kept[1:] != kept[:-1])
        for start in np.flatnonzero(first).tolist():
            self._begin(str(kept[start]), int(lines[where[start]]), started=start > 0)
        count = len(self._done) + 1
        numbers[where] = np.cumsum(first) + count - int(first.sum())
        return numbers

    def _begin(self, group: str, line: int, *, started: bool) -> None:
        if group == self._current and not started:
            return
        if group in self._done:
            raise FileRefused(f"the rows are out of order: {self._what} {group} begins twice", line=line)
        if self._current is not None:
            self._done.add(self._current)
        self._current = group


class Presence:
    """Refuses a file in which a column that carries the prices is empty from first to last row."""

    def __init__(self, *names: str) -> None:
        self._missing = dict.fromkeys(names, True)
        self._rows = 0

    def see(self, **columns: npt.NDArray[np.float64]) -> None:
        """Take note of one block's values, NaN meaning none."""
        for name, values in columns.items():
            self._rows += len(values)
            if self._missing[name] and not np.isnan(values).all():
                self._missing[name] = False

    def check(self) -> None:
        """Raise `FileRefused` where a column never held a value although rows were read."""
        empty = [name for name, missing in self._missing.items() if missing]
        if empty and self._rows:
            raise FileRefused(f"the file has no usable price: {', '.join(empty)} is empty in every row")
