"""Collects the instruments a file names, each built once, and gives their canonical symbols by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tradesense.base.errors import AppError
from tradesense.feeds.files.arrow import compute as pc
from tradesense.feeds.files.columns import Columns, Strings
from tradesense.instruments import Instrument
from tradesense.market import instrument_rows

Build = Callable[[str], Instrument]


@dataclass(frozen=True, slots=True)
class Listed:
    """Per row: the instrument's symbol, or null where it could not be told; with its other words."""

    symbol: Strings
    instruments: list[Instrument | None]
    indices: Strings

    def column(self, values: Callable[[Instrument], object], kind: pa.DataType) -> Strings:
        """Return one word of each row's instrument."""
        distinct = [None if each is None else values(each) for each in self.instruments]
        return pa.array(distinct, kind).take(self.indices)


class Listing:
    """The instruments of one file. An instrument that can't be built rejects the lines that name it."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._known: dict[str, Instrument | str] = {}

    def find(self, key: str) -> Instrument | str:
        """Return the instrument of a key, or the reason why there is none."""
        found = self._known.get(key)
        if found is None:
            try:
                found = self._build(key)
            except AppError as error:
                found = error.detail
            except (ValueError, OverflowError) as error:
                found = f"{key!r} names no instrument ({error})"
            self._known[key] = found
        return found

    def rows(self, keys: Strings, columns: Columns) -> Listed:
        """Look up one block's keys; lines still kept whose instrument is unknown are rejected."""
        encoded = pc.dictionary_encode(pc.if_else(pa.array(columns.keep), keys, pa.scalar(None, pa.string())))
        found = [self.find(key) for key in encoded.dictionary.to_pylist()]
        indices = encoded.indices.fill_null(len(found))
        where = indices.to_numpy(zero_copy_only=False)
        for reason in dict.fromkeys(each for each in found if isinstance(each, str)):
            bad = np.array([each == reason for each in found] + [False], dtype=np.bool_)
            columns.reject(bad[where], reason)
        instruments = [None if isinstance(each, str) else each for each in found] + [None]
        symbols = pa.array([None if each is None else each.symbol for each in instruments], pa.string())
        return Listed(symbols.take(indices), instruments, indices)

    def table(self) -> pa.Table:
        """Return every instrument found so far as rows of the store."""
        return instrument_rows([each for each in self._known.values() if isinstance(each, Instrument)])
