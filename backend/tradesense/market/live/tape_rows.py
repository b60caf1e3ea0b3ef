"""What the tape keeps until it is written, and how it becomes rows of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from tradesense.instruments import Instrument
from tradesense.market.live.bars import Bar
from tradesense.market.live.quotes import OPTION_COLUMNS, QUOTE_COLUMNS, Floats, Ints
from tradesense.market.tables import SCHEMAS, BarInterval, Table

_UNDERLYING: Final = OPTION_COLUMNS.index("underlying_price")


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes of one source as columns of shape (n,), in any order."""

    symbols: list[str]
    ts_us: Ints
    seq: Ints
    columns: Mapping[str, Floats]

    def newest(self) -> Quotes:
        """Return the newest of each contract."""
        numbers: dict[str, int] = {}
        codes = np.array([numbers.setdefault(symbol, len(numbers)) for symbol in self.symbols], np.intp)
        order = np.lexsort((self.seq, self.ts_us, codes))
        at = order[np.append(codes[order][1:] != codes[order][:-1], True)]
        return Quotes(
            [self.symbols[row] for row in at.tolist()],
            self.ts_us[at],
            self.seq[at],
            {name: column[at] for name, column in self.columns.items()},
        )


class OptionQuote(NamedTuple):
    """One quote of an option; `values` are those of `OPTION_COLUMNS`."""

    instrument: Instrument
    ts_us: int
    seq: int
    values: tuple[float, ...]


def joined(parts: Sequence[Quotes]) -> Quotes:
    """Return several pieces as one."""
    return Quotes(
        [symbol for part in parts for symbol in part.symbols],
        np.concatenate([part.ts_us for part in parts]),
        np.concatenate([part.seq for part in parts]),
        {name: np.concatenate([part.columns[name] for part in parts]) for name in QUOTE_COLUMNS},
    )


def quote_table(source: str, quotes: Quotes) -> pa.Table:
    """Return rows of `quotes`."""
    return _rows(
        Table.QUOTES,
        {
            "source": pa.repeat(source, len(quotes.symbols)),
            "symbol": quotes.symbols,
            "ts": _times(quotes.ts_us),
            "seq": quotes.seq,
            **{name: _numbers(column) for name, column in quotes.columns.items()},
        },
    )


def option_table(source: str, options: Sequence[OptionQuote]) -> pa.Table:
    """Return rows of `option_snapshots`."""
    values = np.array([each.values for each in options]).reshape(len(options), len(OPTION_COLUMNS))
    instruments = [each.instrument for each in options]
    expiries: list[date | None] = [each.expiry for each in instruments]
    return _rows(
        Table.OPTION_SNAPSHOTS,
        {
            "source": pa.repeat(source, len(options)),
            "root": [each.root for each in instruments],
            "expiry": expiries,
            "symbol": [each.symbol for each in instruments],
            "strike": [each.strike for each in instruments],
            "right": [each.right for each in instruments],
            "ts": _times(np.array([each.ts_us for each in options], np.int64)),
            "seq": [each.seq for each in options],
            "underlying_kind": [_kind_of(each) for each in options],
            **{name: _numbers(values[:, place]) for place, name in enumerate(OPTION_COLUMNS)},
        },
    )


def bar_table(source: str, interval: BarInterval, bars: Sequence[Bar]) -> pa.Table:
    """Return rows of `bars`."""
    return _rows(
        Table.BARS,
        {
            "source": pa.repeat(source, len(bars)),
            "symbol": [each.symbol for each in bars],
            "interval": pa.repeat(interval.value, len(bars)),
            "ts": _times(np.array([each.start_us for each in bars], np.int64)),
            **{
                name: [getattr(each, name) for each in bars]
                for name in ("open", "high", "low", "close", "volume", "open_interest")
            },
        },
    )


def _rows(table: Table, columns: Mapping[str, Any]) -> pa.Table:
    schema = pa.schema([field for field in SCHEMAS[table] if field.name in columns])
    return pa.table(dict(columns), schema=schema)


def _times(at_us: Ints) -> pa.Array[Any]:
    return pa.array(at_us, pa.int64()).cast(pa.timestamp("us"))


def _numbers(values: Floats) -> pa.Array[Any]:
    return pa.array(values, pa.float64(), from_pandas=True)


def _kind_of(option: OptionQuote) -> str | None:
    return "forward" if np.isfinite(option.values[_UNDERLYING]) else None
