"""The newest bars of each contract as they form, of whatever feeds say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from tradesense.instruments import Instrument, Kind
from tradesense.market.live.bars import LIVE_INTERVALS, Bar, BarBuilder, Ticks, price_of
from tradesense.market.live.instants import instant_of, microseconds_of
from tradesense.market.live.intake import Taken
from tradesense.market.live.quotes import FeedStatus
from tradesense.market.live.topics import bars_topic
from tradesense.market.live.views import Document, Make, RootQuotes, Wanted
from tradesense.market.tables import BarInterval


class _Source:
    def __init__(self) -> None:
        self.symbols: set[str] = set()
        self.builders = {interval: BarBuilder(interval) for interval in LIVE_INTERVALS}
        self.closed: dict[tuple[BarInterval, str], Bar] = {}


class BarsView:
    """Follows the intake (`intake.Follower`); a `views.View`. Options have no bars."""

    def __init__(self) -> None:
        self._sources: dict[str, _Source] = {}

    def listed(self, source: str, instruments: Sequence[Instrument]) -> None:
        known = self._sources.setdefault(source, _Source())
        known.symbols.update(each.symbol for each in instruments if each.kind is not Kind.OPTION)

    def gone(self, source: str, symbols: Sequence[str]) -> None:
        known = self._sources.get(source)
        if known is not None:
            known.symbols.difference_update(symbols)
            for interval in LIVE_INTERVALS:
                for symbol in symbols:
                    known.closed.pop((interval, symbol), None)

    def taken(self, taken: Taken) -> None:
        known = self._sources.get(taken.batch.source)
        if known is None:
            return
        batch, symbols = taken.batch, taken.batch.symbols
        rows = [row for row in np.flatnonzero(taken.kept).tolist() if symbols[row] in known.symbols]
        if not rows:
            return
        at, missing = np.array(rows, np.intp), np.full(len(rows), np.nan)
        given = {name: column[at] for name, column in batch.columns.items()}
        bid, ask, last, mark, volume, interest = (
            given.get(name, missing) for name in ("bid", "ask", "last", "mark", "volume", "open_interest")
        )
        ticks = Ticks(
            [symbols[row] for row in rows],
            batch.ts_us[at],
            batch.seq[at],
            price_of(bid, ask, last, mark),
            volume,
            interest,
        )
        for builder in known.builders.values():
            builder.add(ticks)

    def heard(self, source: str) -> None:
        """No bar comes of it."""

    def lost(self, source: str, reason: str) -> None:
        """No bar comes of it."""

    def prepare(
        self,
        quotes: RootQuotes,
        at: datetime,
        feed: FeedStatus | None,  # noqa: ARG002 - a view's
        wanted: Wanted = None,
    ) -> Make | None:
        """Return what makes the documents of each contract that has a bar."""
        known = self._sources.get(quotes.key.source)
        if known is None:
            return list
        for interval, builder in known.builders.items():
            for bar in builder.close(microseconds_of(at)):
                known.closed[interval, bar.symbol] = bar
        made = [
            (each.symbol, interval, _bars(known, interval, each.symbol))
            for each in quotes.instruments
            if each.symbol in known.symbols
            for interval in LIVE_INTERVALS
            if wanted is None or bars_topic(each.symbol, interval.value) in wanted
        ]
        return lambda: [_document(symbol, interval, bars, at) for symbol, interval, bars in made if bars]


def _bars(known: _Source, interval: BarInterval, symbol: str) -> list[Bar]:
    closed = known.closed.get((interval, symbol))
    forming = known.builders[interval].forming(symbol)
    return forming if closed is None else [closed, *forming]


def _document(symbol: str, interval: BarInterval, bars: Sequence[Bar], at: datetime) -> Document:
    data: dict[str, Any] = {
        "symbol": symbol,
        "interval": interval.value,
        "items": [
            {
                "ts": instant_of(bar.start_us),
                "open": bar.open,
                "high": bar.high,
                "low": bar.low,
                "close": bar.close,
                "volume": bar.volume,
                "open_interest": bar.open_interest,
            }
            for bar in bars
        ],
    }
    return Document(bars_topic(symbol, interval.value), at, data, keyed=None)
