"""The documents of the newest bars of each contract, as they form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tradesense.market.live.bars import LIVE_INTERVALS, Bar
from tradesense.market.live.instants import instant_of
from tradesense.market.live.live_bars import LiveBars
from tradesense.market.live.quotes import FeedStatus
from tradesense.market.live.topics import bars_topic
from tradesense.market.live.views import Document, Make, RootQuotes, Wanted
from tradesense.market.tables import BarInterval


class BarsView:
    """A `views.View` of what is built elsewhere."""

    def __init__(self, bars: LiveBars) -> None:
        self._bars = bars

    def prepare(
        self,
        quotes: RootQuotes,
        at: datetime,
        feed: FeedStatus | None,  # noqa: ARG002 - a view's
        wanted: Wanted = None,
    ) -> Make | None:
        """Return what makes the documents of each contract that has a bar."""
        self._bars.close()
        made = [
            (each.symbol, interval, bars)
            for each in quotes.instruments
            for interval in LIVE_INTERVALS
            if wanted is None or bars_topic(each.symbol, interval.value) in wanted
            if (bars := self._bars.newest(quotes.key.source, each.symbol, interval))
        ]
        return lambda: [_document(symbol, interval, bars, at) for symbol, interval, bars in made]


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
