"""What is known of the venue during one conversation: its instruments, and the newest time of each.

Takes messages as they came, tells the listener what they mean, counts by reason what cannot be so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from tradesense.base.clock import Clock
from tradesense.base.errors import AppError
from tradesense.feeds.files.deribit_messages import MarketState, build_instrument, parse_state
from tradesense.feeds.files.namer import Namer
from tradesense.instruments import Instrument, Kind

MOST_AHEAD: Final = timedelta(seconds=5)
MOST_INSTRUMENTS: Final = 20_000
_GONE = frozenset({"closed", "settled", "delivered", "archivized"})
_NEW = frozenset({"created", "started"})
_LATEST_MS = 32_000_000_000_000


class Listener(Protocol):
    """Who is told. Called on the event loop: must not block."""

    def connecting(self) -> None:
        """An attempt begins."""
        ...

    def heard(self) -> None:
        """The venue said something of its protocol, be it a heartbeat."""
        ...

    def listed(self, instruments: list[Instrument]) -> None:
        """These can be traded."""
        ...

    def gone(self, symbol: str) -> None:
        """This is traded no more."""
        ...

    def quoted(self, instrument: Instrument, state: MarketState) -> None:
        """This is the state of one market now; an index has its price as `last`."""
        ...

    def lost(self, reason: str) -> None:
        """The venue is not there, or not any more; another attempt follows by itself."""
        ...


class KnownMarket:
    """Turns the venue's messages into instruments and states.

    Times are told in our clock: where the venue's differs by more than 5 s, the difference is taken off.
    """

    def __init__(
        self, namer: Namer, clock: Clock, listener: Listener, count_bad: Callable[[str], None]
    ) -> None:
        self._namer = namer
        self._clock = clock
        self._listener = listener
        self._count_bad = count_bad
        self._known: dict[str, Instrument] = {}
        self._former: dict[str, Instrument] = {}
        self._newest: dict[str, datetime] = {}
        self._at_start: dict[str, datetime] = {}
        self._skew = timedelta()

    def begin(self) -> None:
        """Forget what the conversation before said; what is not listed again is gone."""
        self._former.update(self._known)
        self._known.clear()
        self._newest.clear()
        self._at_start.clear()

    def compare_clocks(self, theirs: Any) -> timedelta:
        """Take the venue's time; return by how much it is ahead where that matters, else nothing."""
        self._skew = timedelta()
        if not isinstance(theirs, int) or not 0 < theirs < _LATEST_MS:
            self._count_bad("a time that is none")
            return self._skew
        ahead = datetime.fromtimestamp(theirs / 1000, UTC) - self._clock.now()
        if abs(ahead) > MOST_AHEAD:
            self._skew = timedelta(seconds=round(ahead.total_seconds()))
        return self._skew

    def list_index(self, currency: str) -> None:
        """List the index of a coin, where the specifications know of one."""
        try:
            index = self._namer.plain(currency, f"{currency.lower()}_usd")
        except AppError:
            return
        self._keep([index])

    def take_instruments(self, rows: Any) -> list[Instrument]:
        """Return those of a list that were not known yet."""
        if not isinstance(rows, list):
            self._count_bad("a list that is none")
            return []
        made = [each for each in map(self._instrument, rows) if each is not None]
        self._keep(made)
        return made

    def listing_done(self) -> None:
        """Everything is listed: say what was before and is no more."""
        for name, instrument in self._former.items():
            if name not in self._known:
                self._listener.gone(instrument.symbol)
        self._former.clear()

    def take_summaries(self, rows: Any) -> None:
        """Take a list of all markets at one moment, the reply's: no Greeks, but at once."""
        if not isinstance(rows, list):
            self._count_bad("a list that is none")
            return
        for row in rows:
            found = self._state(row if isinstance(row, dict) else {})
            if found is not None:
                instrument, state = found
                self._at_start[instrument.symbol] = state.at
                self._listener.quoted(instrument, state)

    def take_ticker(self, data: Mapping[str, Any]) -> None:
        """Take the state of one market."""
        found = self._state(data)
        if found is None:
            return
        instrument, state = found
        # The first ticker says what holds since some time before; the summary was asked for in between.
        at_start = self._at_start.pop(instrument.symbol, None)
        if at_start is not None and state.at < at_start:
            state = replace(state, at=at_start)
        if state.at < self._newest.get(instrument.symbol, state.at):
            self._count_bad("a ticker older than the one before")
        elif data.get("state") in _GONE:
            self._drop(instrument)
        else:
            self._newest[instrument.symbol] = state.at
            self._listener.quoted(instrument, state)

    def take_index(self, data: Mapping[str, Any]) -> None:
        """Take the price of an index."""
        self.take_ticker(
            {
                "instrument_name": data.get("index_name"),
                "timestamp": data.get("timestamp"),
                "last_price": data.get("price"),
            }
        )

    def take_change(self, data: Mapping[str, Any]) -> bool:
        """Take a change of an instrument; tell whether it is one that is not known yet."""
        name, state = data.get("instrument_name"), data.get("state")
        if not isinstance(name, str):
            self._count_bad("a change of nothing")
            return False
        known = self._known.get(name)
        if known is not None and state in _GONE:
            self._drop(known)
        return known is None and state in _NEW

    def channels(self) -> list[str]:
        """Return the channels of the prices of everything known."""
        return [channel_of(each) for each in self._known.values()]

    def _instrument(self, row: Any) -> Instrument | None:
        data: Mapping[str, Any] = row if isinstance(row, dict) else {}
        if data.get("instrument_name") in self._known:
            return None
        if len(self._known) >= MOST_INSTRUMENTS:
            self._count_bad("more instruments than are followed")
            return None
        try:
            return build_instrument(self._namer, data)
        except (AppError, ValueError, OverflowError):
            self._count_bad("an instrument that cannot be so")
            return None

    def _keep(self, made: list[Instrument]) -> None:
        self._known.update((each.source_symbol, each) for each in made)
        if made:
            self._listener.listed(made)

    def _state(self, data: Mapping[str, Any]) -> tuple[Instrument, MarketState] | None:
        instrument = self._known.get(str(data.get("instrument_name")))
        if instrument is None:
            self._count_bad("a ticker of nothing listed")
            return None
        try:
            state = parse_state(data)
        except (ValueError, OverflowError):
            self._count_bad("a ticker that cannot be so")
            return None
        state = replace(state, at=state.at - self._skew)
        if state.at > self._clock.now() + MOST_AHEAD:
            self._count_bad("a ticker of the future")
            return None
        return instrument, state

    def _drop(self, instrument: Instrument) -> None:
        self._known.pop(instrument.source_symbol, None)
        self._newest.pop(instrument.symbol, None)
        self._listener.gone(instrument.symbol)


def channel_of(instrument: Instrument) -> str:
    """Return the channel of its price: 100 ms is the shortest without an account, 2 s for options."""
    if instrument.kind is Kind.INDEX:
        return f"deribit_price_index.{instrument.source_symbol}"
    cadence = "agg2" if instrument.strike is not None else "100ms"
    return f"ticker.{instrument.source_symbol}.{cadence}"
