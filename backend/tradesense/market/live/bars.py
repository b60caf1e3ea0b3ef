"""Bars from quotes: each a sum over its ticks that comes out the same in whatever order they are added.

The price of a tick is the middle of its two sides where they are in order, else its last trade, else the
venue's mark; a tick without any makes no bar. Volume is what a venue's count of the day grew by since the
bar before, or the count itself where it began anew. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tradesense.market.live.quotes import Floats, Ints
from tradesense.market.tables import BarInterval

GRACE_US: Final = 5_000_000
"""A bar closes so long after its end; what comes later changes it no more."""

LIVE_INTERVALS: Final = (BarInterval.SECOND, BarInterval.MINUTE)

Key = tuple[int, int]
"""Time and number of a tick."""

Known = tuple[Key, float] | None
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `start_us` is its start in microseconds since 1970, None what nobody told."""

    symbol: str
    start_us: int
    open: float
    high: float
    low: float
    close: float
    volume: float | None
    open_interest: float | None


@dataclass(frozen=True, slots=True)
class Ticks:
    """Ticks of one source as columns of shape (n,); NaN is "not known"."""

    symbols: Sequence[str]
    ts_us: Ints
    seq: Ints
    price: Floats
    volume: Floats
    open_interest: Floats


@dataclass(slots=True)
class _Sum:
    """What is known of one bar so far; first and last are by (ts, seq), so that ticks may come twice."""

    first: Key
    last: Key
    open: float
    high: float
    low: float
    close: float
    first_count: Known
    last_count: Known
    interest: Known

    def add(self, other: _Sum) -> None:
        if other.first < self.first:
            self.first, self.open = other.first, other.open
        if other.last > self.last:
            self.last, self.close = other.last, other.close
        self.high, self.low = max(self.high, other.high), min(self.low, other.low)
        self.first_count = _earlier(self.first_count, other.first_count)
        self.last_count = _later(self.last_count, other.last_count)
        self.interest = _later(self.interest, other.interest)


def price_of(bid: Floats, ask: Floats, last: Floats, mark: Floats) -> Floats:
    """Return the price of each tick that bars are made of; arrays of shape (n,), NaN where there is none."""
    middle = np.where(bid <= ask, np.round(0.5 * (bid + ask), 10), np.nan)
    return np.where(np.isnan(middle), np.where(np.isnan(last), mark, last), middle)


class BarBuilder:
    """The bars of one interval of one source that are still open."""

    def __init__(self, interval: BarInterval, *, grace_us: int = GRACE_US) -> None:
        self._length_us = int(interval.length.total_seconds() * 1_000_000)
        self._grace_us = grace_us
        self._open: dict[str, dict[int, _Sum]] = {}
        self._counts: dict[str, float] = {}
        self._closed_until_us = 0
        self.too_late = 0

    def add(self, ticks: Ticks) -> None:
        """Take ticks; those of bars that are closed are counted in `too_late` and left out."""
        for symbol, start_us, part in _sums(ticks, self._length_us):
            if start_us + self._length_us <= self._closed_until_us:
                self.too_late += 1
                continue
            sums = self._open.setdefault(symbol, {})
            if start_us in sums:
                sums[start_us].add(part)
            else:
                sums[start_us] = part

    def close(self, now_us: int) -> list[Bar]:
        """Return, by start and symbol, the bars that ended longer than the grace before `now_us`."""
        until = (now_us - self._grace_us) // self._length_us * self._length_us
        self._closed_until_us = max(self._closed_until_us, until)
        ended = self._closed_until_us - self._length_us
        due = sorted((start, name) for name, sums in self._open.items() for start in sums if start <= ended)
        return [self._finish(symbol, start) for start, symbol in due]

    def forming(self, symbol: str) -> list[Bar]:
        """Return the bars of a symbol that are not closed yet, oldest first."""
        count = self._counts.get(symbol)
        bars = []
        for start, known in sorted(self._open.get(symbol, {}).items()):
            bar, count = _bar(symbol, start, known, count)
            bars.append(bar)
        return bars

    def _finish(self, symbol: str, start_us: int) -> Bar:
        known = self._open[symbol].pop(start_us)
        if not self._open[symbol]:
            del self._open[symbol]
        bar, count = _bar(symbol, start_us, known, self._counts.get(symbol))
        if count is not None:
            self._counts[symbol] = count
        return bar


def _bar(symbol: str, start_us: int, known: _Sum, before: float | None) -> tuple[Bar, float | None]:
    """Return a bar, and the venue's count at its end; `before` is that at the end of the bar before."""
    volume, count = None, before
    if known.first_count is not None and known.last_count is not None:
        count = known.last_count[1]
        since = known.first_count[1] if before is None else before
        volume = count - since if count >= since else count
    interest = None if known.interest is None else known.interest[1]
    bar = Bar(symbol, start_us, known.open, known.high, known.low, known.close, volume, interest)
    return bar, count


def _sums(ticks: Ticks, length_us: int) -> Iterator[tuple[str, int, _Sum]]:
    """Sum up the ticks of each symbol and bar; yield symbol, start and sum."""
    priced = np.flatnonzero(np.isfinite(ticks.price))
    if not priced.size:
        return
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(symbol, len(numbers)) for symbol in ticks.symbols], np.intp)[priced]
    ts, seq = ticks.ts_us[priced], ticks.seq[priced]
    starts = ts // length_us * length_us
    order = np.lexsort((seq, ts, starts, codes))
    codes, starts, rows = codes[order], starts[order], priced[order]
    begins = np.flatnonzero(np.r_[True, (codes[1:] != codes[:-1]) | (starts[1:] != starts[:-1])])
    ends = np.append(begins[1:], rows.size) - 1
    price, keys = ticks.price[rows], _keys(ts[order], seq[order])
    counts, interest = ticks.volume[rows], ticks.open_interest[rows]
    # One call for all groups and lists from there: a call for each costs more than its sum.
    prices = zip(
        price[begins].tolist(),
        np.maximum.reduceat(price, begins).tolist(),
        np.minimum.reduceat(price, begins).tolist(),
        price[ends].tolist(),
        strict=True,
    )
    known = zip(
        _first_known(counts, begins, ends, keys),
        _last_known(counts, begins, ends, keys),
        _last_known(interest, begins, ends, keys),
        strict=True,
    )
    names = list(numbers)
    for begin, end, four, three in zip(begins.tolist(), ends.tolist(), prices, known, strict=True):
        yield names[codes[begin]], int(starts[begin]), _Sum(keys[begin], keys[end], *four, *three)


def _keys(ts_us: Ints, seq: Ints) -> list[Key]:
    return list(zip(ts_us.tolist(), seq.tolist(), strict=True))


def _first_known(values: Floats, begins: Places, ends: Places, keys: Sequence[Key]) -> list[Known]:
    known = np.flatnonzero(np.isfinite(values))
    at = np.append(known, values.size)[np.searchsorted(known, begins)]
    return _known(values, at, at <= ends, keys)


def _last_known(values: Floats, begins: Places, ends: Places, keys: Sequence[Key]) -> list[Known]:
    known = np.flatnonzero(np.isfinite(values))
    at = np.insert(known, 0, -1)[np.searchsorted(known, ends, side="right")]
    return _known(values, at, at >= begins, keys)


def _known(values: Floats, at: Places, is_one: npt.NDArray[np.bool_], keys: Sequence[Key]) -> list[Known]:
    found: list[Known] = [None] * at.size
    for place in np.flatnonzero(is_one).tolist():
        row = int(at[place])
        found[place] = (keys[row], float(values[row]))
    return found


def _earlier(one: Known, other: Known) -> Known:
    return min(_both(one, other), key=lambda known: known[0], default=None)


def _later(one: Known, other: Known) -> Known:
    return max(_both(one, other), key=lambda known: known[0], default=None)


def _both(*known: Known) -> Iterable[tuple[Key, float]]:
    return (each for each in known if each is not None)
