"""Simulated quotes, bars and settlements as the columns the store takes, every row labelled `simulated`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from tradesense.feeds.simulated.bars import Bars
from tradesense.feeds.simulated.chains import ChainQuotes
from tradesense.feeds.simulated.listing import SOURCE, day_date
from tradesense.feeds.simulated.market import MarketState
from tradesense.feeds.simulated.noise import DAY_US, Floats
from tradesense.instruments import Instrument, Kind
from tradesense.market import SCHEMAS, Table

_BOOK = ("bid", "ask", "bid_size", "ask_size", "last", "mark", "volume", "open_interest")


def instrument_rows(instruments: Iterable[Instrument]) -> pa.Table:
    """Return rows of `instruments`."""
    listed = list(instruments)
    schema = SCHEMAS[Table.INSTRUMENTS]
    names = [field.name for field in fields(Instrument)]
    columns = {name: [_stored(getattr(each, name)) for each in listed] for name in names}
    return pa.table(columns, schema=schema)


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


def bar_rows(bars: Bars, interval: str) -> pa.Table:
    """Return rows of `bars` for every instrument alive at a bar's start; an index has no volume."""
    at, of = np.nonzero(bars.alive)
    traded = np.array([each.kind is not Kind.INDEX for each in bars.instruments])[of]
    symbols = np.array([each.symbol for each in bars.instruments], object)
    columns: dict[str, Any] = {
        "source": _same(SOURCE, at.size),
        "symbol": pa.array(symbols[of], pa.string()),
        "interval": _same(interval, at.size),
        "ts": _times(bars.starts_us[at]),
        "volume": _numbers(np.where(traded, bars.volume[at, of], np.nan)),
        "open_interest": _numbers(np.where(traded, bars.open_interest[of], np.nan)),
    }
    for name in ("open", "high", "low", "close"):
        columns[name] = _numbers(getattr(bars, name)[at, of])
    return _table(Table.BARS, columns)


def settlement_rows(bars: Bars, before: Bars) -> pa.Table:
    """Return rows of `settlements` of one day from its bars; the change counts from the day `before`."""
    held = {each.symbol: count for each, count in zip(before.instruments, before.open_interest, strict=True)}
    futures = [i for i, each in enumerate(bars.instruments) if each.kind is Kind.FUTURE]
    symbols = [bars.instruments[i].symbol for i in futures]
    change = [bars.open_interest[i] - held.get(bars.instruments[i].symbol, 0.0) for i in futures]
    day = int(bars.starts_us[0]) // DAY_US
    return _table(
        Table.SETTLEMENTS,
        {
            "source": _same(SOURCE, len(futures)),
            "symbol": pa.array(symbols, pa.string()),
            "trade_date": pa.array([day_date(day)] * len(futures), pa.date32()),
            "settlement": _numbers(bars.close[0, futures]),
            "open_interest": _numbers(bars.open_interest[futures]),
            "open_interest_change": _numbers(np.array(change, np.float64)),
            "volume": _numbers(bars.volume[0, futures]),
        },
    )


def _table(table: Table, columns: dict[str, Any]) -> pa.Table:
    schema = SCHEMAS[table]
    known = [field for field in schema if field.name in columns]
    return pa.table([columns[field.name] for field in known], schema=pa.schema(known))


def _stored(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _same(value: str, count: int) -> pa.Array[Any]:
    return pa.repeat(pa.scalar(value, pa.string()), count)


def _repeated(values: Sequence[object], counts: Sequence[int], kind: pa.DataType) -> pa.Array[Any]:
    places = np.repeat(np.arange(len(values)), counts)
    return pa.array(values, kind).take(pa.array(places))


def _numbers(values: Floats) -> pa.Array[Any]:
    return pa.array(values, pa.float64(), from_pandas=True)


def _times(at_us: np.ndarray[Any, np.dtype[np.int64]]) -> pa.Array[Any]:
    return pa.array(at_us, pa.int64()).cast(pa.timestamp("us"))


def _joined(chains: list[ChainQuotes], name: str) -> Floats:
    parts = [getattr(chain, name) for chain in chains]
    return np.concatenate(parts) if parts else np.empty(0)
