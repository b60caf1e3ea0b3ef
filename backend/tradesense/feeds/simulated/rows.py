"""Simulated quotes, bars and settlements as the columns the store takes, every row labelled `simulated`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from tradesense.feeds.simulated.bars import Bars
from tradesense.feeds.simulated.chains import ChainQuotes
from tradesense.feeds.simulated.listing import SOURCE, day_date
from tradesense.feeds.simulated.market import MarketState
from tradesense.feeds.simulated.noise import DAY_US, Floats
from tradesense.instruments import Kind
from tradesense.market import SCHEMAS, BarInterval, Table

_BOOK = ("bid", "ask", "bid_size", "ask_size", "last", "mark", "volume", "open_interest")


def quote_rows(state: MarketState) -> pa.Table:
    """Return rows of `quotes`: every future, index and perpetual at the state's instant."""
    books = list(state.futures.values())
    symbols = [each.symbol for book in books for each in book.instruments]
    columns: dict[str, Any] = {
        "source": _same(SOURCE, len(symbols)),
        "symbol": pa.array(symbols, pa.string()),
        "ts": _times(np.full(len(symbols), state.at_us)),
        "seq": pa.array(np.zeros(len(symbols), np.int64)),
    }
    for name in _BOOK:
        columns[name] = _numbers(np.concatenate([getattr(book, name) for book in books]))
    return _table(Table.QUOTES, columns)


def option_rows(state: MarketState) -> pa.Table:
    """Return rows of `option_snapshots`: every listed option at the state's instant."""
    chains = [chain for series in state.options.values() for chain in series]
    counts = [len(chain.instruments) for chain in chains]
    total = sum(counts)
    columns: dict[str, Any] = {
        "source": _same(SOURCE, total),
        "root": _repeated([chain.series.root for chain in chains], counts, pa.string()),
        "expiry": _repeated([chain.series.expiry for chain in chains], counts, pa.date32()),
        "symbol": pa.array([each.symbol for chain in chains for each in chain.instruments], pa.string()),
        "strike": _numbers(_joined(chains, "strikes")),
        "right": pa.array(np.where(_joined(chains, "is_call") > 0.0, "C", "P")),
        "ts": _times(np.full(total, state.at_us)),
        "seq": pa.array(np.zeros(total, np.int64)),
        "underlying_price": _numbers(np.repeat([chain.forward for chain in chains], counts)),
        "underlying_kind": _same("forward", total),
        "venue_iv": _numbers(_joined(chains, "iv")),
    }
    for name in _BOOK:
        columns[name] = _numbers(_joined(chains, name))
    return _table(Table.OPTION_SNAPSHOTS, columns)


def bar_rows(parts: Sequence[Bars], interval: BarInterval) -> pa.Table:
    """Return rows of `bars` for every instrument alive at a bar's start; an index has no volume."""
    places = [np.nonzero(bars.alive) for bars in parts]
    counts = [at.size for at, _ in places]

    def flat(name: str) -> Floats:
        return np.concatenate([getattr(bars, name)[at] for bars, at in zip(parts, places, strict=True)])

    def by_instrument(values: Callable[[Bars], Any]) -> Any:
        return np.concatenate([values(bars)[of] for bars, (_, of) in zip(parts, places, strict=True)])

    is_index = by_instrument(_is_index)
    starts = [bars.starts_us[at] for bars, (at, _) in zip(parts, places, strict=True)]
    columns: dict[str, Any] = {
        "source": _same(SOURCE, sum(counts)),
        "symbol": pa.array(by_instrument(_symbols), pa.string()),
        "interval": _same(interval.value, sum(counts)),
        "ts": _times(np.concatenate(starts)),
        "volume": _numbers(np.where(is_index, np.nan, flat("volume"))),
        "open_interest": _numbers(np.where(is_index, np.nan, by_instrument(lambda bars: bars.open_interest))),
    }
    for name in ("open", "high", "low", "close"):
        columns[name] = _numbers(flat(name))
    return _table(Table.BARS, columns)


def settlement_rows(days: Sequence[Bars]) -> pa.Table:
    """Return rows of `settlements` from daily bars; the first day is there for the second's change only."""
    rows: list[tuple[str, date, float, float, float, float]] = []
    for before, bars in pairwise(days):
        held = dict(zip(_symbols(before).tolist(), before.open_interest.tolist(), strict=True))
        on = day_date(int(bars.starts_us[0]) // DAY_US)
        numbers = zip(
            bars.close[0].tolist(), bars.open_interest.tolist(), bars.volume[0].tolist(), strict=True
        )
        for each, (close, interest, volume) in zip(bars.instruments, numbers, strict=True):
            if each.kind is Kind.FUTURE:
                change = interest - held.get(each.symbol, 0.0)
                rows.append((each.symbol, on, close, interest, change, volume))
    names = ("symbol", "trade_date", "settlement", "open_interest", "open_interest_change", "volume")
    columns: dict[str, Any] = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return _table(Table.SETTLEMENTS, {"source": _same(SOURCE, len(rows)), **columns})


def _symbols(bars: Bars) -> Any:
    return np.array([each.symbol for each in bars.instruments], object)


def _is_index(bars: Bars) -> Any:
    return np.array([each.kind is Kind.INDEX for each in bars.instruments])


def _table(table: Table, columns: dict[str, Any]) -> pa.Table:
    schema = SCHEMAS[table]
    known = [field for field in schema if field.name in columns]
    return pa.table([columns[field.name] for field in known], schema=pa.schema(known))


def _same(value: str, count: int) -> pa.Array[Any]:
    repeated: pa.Array[Any] = pa.array([value] * count, pa.string())
    return repeated


def _repeated(values: Sequence[object], counts: Sequence[int], kind: Any) -> pa.Array[Any]:
    flat = [value for value, count in zip(values, counts, strict=True) for _ in range(count)]
    repeated: pa.Array[Any] = pa.array(flat, kind)
    return repeated


def _numbers(values: Floats) -> pa.Array[Any]:
    return pa.array(values, pa.float64(), from_pandas=True)


def _times(at_us: np.ndarray[Any, np.dtype[np.int64]]) -> pa.Array[Any]:
    return pa.array(at_us, pa.int64()).cast(pa.timestamp("us"))


def _joined(chains: list[ChainQuotes], name: str) -> Floats:
    parts = [getattr(chain, name) for chain in chains]
    return np.concatenate(parts) if parts else np.empty(0)
