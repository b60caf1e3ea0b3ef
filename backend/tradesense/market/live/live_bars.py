"""The bars of everything that is quoted now, built once for whoever shows them and whoever keeps them.

Options have no bars. A bar that closed is handed to every taker at once and shown for a while longer, so
that who looks now and then misses none.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from tradesense.base.clock import Clock
from tradesense.instruments import Instrument, Kind
from tradesense.market.live.bars import LIVE_INTERVALS, Bar, BarBuilder, Ticks, price_of
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.intake import Taken
from tradesense.market.tables import BarInterval

SHOWN_US: Final = 15_000_000
"""A bar is shown so long after it closed: longer than the slowest of the stream's readers looks away."""

_MOST_SHOWN: Final = 64
_SECOND_US = 1_000_000

Taker = Callable[[str, BarInterval, Sequence[Bar]], None]
"""Is given a source, an interval and the bars that closed, by start and symbol; called on the event loop."""

_Closed = deque[tuple[int, Bar]]


class _Source:
    def __init__(self) -> None:
        self.symbols: set[str] = set()
        self.builders = {interval: BarBuilder(interval) for interval in LIVE_INTERVALS}
        self.closed: defaultdict[tuple[BarInterval, str], _Closed] = defaultdict(
            lambda: deque(maxlen=_MOST_SHOWN)
        )


class LiveBars:
    """Follows the intake (`intake.Follower`). Bars close at quotes, and where somebody calls `close`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._takers: list[Taker] = []
        self._sources: dict[str, _Source] = {}
        self._closed_us = 0

    def hand_to(self, taker: Taker) -> None:
        """Give every bar that closes from now on to one more."""
        self._takers.append(taker)

    def newest(self, source: str, symbol: str, interval: BarInterval) -> list[Bar]:
        """Return a contract's bars, oldest first: what closed of late, one at least, and what is open."""
        known = self._sources.get(source)
        if known is None or symbol not in known.symbols:
            return []
        closed = known.closed.get((interval, symbol), ())
        shown = [bar for closed_us, bar in closed if self._closed_us - closed_us <= SHOWN_US]
        return [*(shown or [bar for _, bar in closed][-1:]), *known.builders[interval].forming(symbol)]

    def close(self) -> None:
        """Close what has ended."""
        self._closed_us = microseconds_of(self._clock.now())
        for source, known in self._sources.items():
            for interval, builder in known.builders.items():
                bars = builder.close(self._closed_us)
                if not bars:
                    continue
                for bar in bars:
                    if bar.symbol in known.symbols:
                        known.closed[interval, bar.symbol].append((self._closed_us, bar))
                for take in self._takers:
                    take(source, interval, bars)

    def listed(self, source: str, instruments: Sequence[Instrument]) -> None:
        known = self._sources.setdefault(source, _Source())
        known.symbols.update(each.symbol for each in instruments if each.kind is not Kind.OPTION)

    def gone(self, source: str, symbols: Sequence[str]) -> None:
        known = self._sources.get(source)
        if known is None:
            return
        known.symbols.difference_update(symbols)
        for interval in LIVE_INTERVALS:
            for symbol in symbols:
                known.closed.pop((interval, symbol), None)

    def taken(self, taken: Taken) -> None:
        known = self._sources.get(taken.batch.source)
        if known is None:
            return
        ticks = _ticks_of(taken, known.symbols)
        if ticks is None:
            return
        for builder in known.builders.values():
            builder.add(ticks)
        if not 0 <= microseconds_of(self._clock.now()) - self._closed_us < _SECOND_US:
            # Whether anybody looks or not: bars that stay open would be without bound.
            self.close()

    def heard(self, source: str) -> None:
        """No bar comes of it."""

    def lost(self, source: str, reason: str) -> None:
        """No bar comes of it."""


def _ticks_of(taken: Taken, symbols: set[str]) -> Ticks | None:
    batch = taken.batch
    rows = [row for row in np.flatnonzero(taken.kept).tolist() if batch.symbols[row] in symbols]
    if not rows:
        return None
    at, missing = np.array(rows, np.intp), np.full(len(rows), np.nan)
    bid, ask, last, mark, volume, interest = (
        batch.columns[name][at] if name in batch.columns else missing
        for name in ("bid", "ask", "last", "mark", "volume", "open_interest")
    )
    return Ticks(
        [batch.symbols[row] for row in rows],
        batch.ts_us[at],
        batch.seq[at],
        price_of(bid, ask, last, mark),
        volume,
        interest,
    )
