"""Deribit as a feed: gathers what the client hears for a tenth of a second and hands it in as columns."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from tradesense.base.clock import Clock
from tradesense.feeds.deribit.client import CURRENCIES, Connect, DeribitClient, Sleep, open_socket
from tradesense.feeds.deribit.session import Endpoint
from tradesense.feeds.files.deribit_messages import MarketState
from tradesense.feeds.files.namer import Namer
from tradesense.instruments import Instrument
from tradesense.market import OPTION_COLUMNS, Intake, QuoteBatch

SOURCE: Final = "deribit"
GATHER_SECONDS: Final = 0.1
MOST_GATHERED: Final = 4_000
_HEARD_EVERY_SECONDS = 1.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Values = Mapping[str, float | None]


@dataclass(slots=True)
class _Said:
    ts_us: int
    seq: int
    values: Values


class DeribitFeed:
    """Follows Deribit until cancelled and tells the intake.

    Every tick of a future, perpetual or index is handed in; of an option the newest in each tenth of a
    second. What says the same as the tick before, at the same time, is dropped: so nothing is recorded
    twice after a new connection either.
    """

    def __init__(
        self,
        intake: Intake,
        namer: Namer,
        clock: Clock,
        *,
        url: str,
        currencies: Sequence[str] = CURRENCIES,
        connect: Connect = open_socket,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._intake = intake
        self.address = url
        self._client = DeribitClient(
            Endpoint(url), namer, clock, self, currencies=currencies, connect=connect, sleep=sleep
        )
        self._last: dict[str, _Said] = {}
        self._options: dict[str, _Said] = {}
        self._others: list[tuple[str, _Said]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._heard_at = -_HEARD_EVERY_SECONDS

    @property
    def rejected(self) -> Mapping[str, int]:
        """How many messages could not be understood, by reason."""
        return self._client.bad_messages

    async def run(self) -> None:
        """Follow the venue until cancelled; what was gathered by then is still handed in."""
        try:
            await self._client.run()
        finally:
            self._hand_in()

    def connecting(self) -> None:
        """Nothing to tell: the feed is lost until something is heard."""

    def heard(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._heard_at >= _HEARD_EVERY_SECONDS:
            self._heard_at = now
            self._intake.heard(SOURCE)

    def listed(self, instruments: list[Instrument]) -> None:
        self._intake.listed(SOURCE, instruments)

    def gone(self, symbol: str) -> None:
        self._hand_in()
        self._last.pop(symbol, None)
        self._intake.gone(SOURCE, [symbol])

    def quoted(self, instrument: Instrument, state: MarketState) -> None:
        said = self._number(instrument.symbol, state)
        if said is None:
            return
        if instrument.strike is not None:
            self._options[instrument.symbol] = said
        else:
            self._others.append((instrument.symbol, said))
        if len(self._options) + len(self._others) >= MOST_GATHERED:
            self._hand_in()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._hand_in)

    def lost(self, reason: str) -> None:
        self._hand_in()
        self._heard_at = -_HEARD_EVERY_SECONDS
        self._intake.lost(SOURCE, reason)

    def _number(self, symbol: str, state: MarketState) -> _Said | None:
        """Number several states of one time; return None for one that was said already."""
        ts_us = (state.at - _EPOCH) // _MICROSECOND
        seq = 0
        last = self._last.get(symbol)
        if last is not None and last.ts_us == ts_us:
            if last.values == state.values:
                return None
            seq = last.seq + 1
        said = self._last[symbol] = _Said(ts_us, seq, state.values)
        return said

    def _hand_in(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        gathered = [*self._others, *self._options.items()]
        self._others, self._options = [], {}
        if gathered:
            self._intake.quoted(batch_of(gathered))


def batch_of(gathered: Sequence[tuple[str, _Said]]) -> QuoteBatch:
    """Turn what was gathered into columns; those nobody fills are left out."""
    said = [each for _, each in gathered]
    columns = {}
    for name in OPTION_COLUMNS:
        column = np.array([each.values.get(name) for each in said], dtype=np.float64)
        if name == "mark":
            # What is worth next to nothing is marked at 0.0: no price, and no reason to refuse the others.
            column[column <= 0.0] = np.nan
        if not np.isnan(column).all():
            columns[name] = column
    return QuoteBatch(
        source=SOURCE,
        symbols=[symbol for symbol, _ in gathered],
        ts_us=np.array([each.ts_us for each in said], dtype=np.int64),
        seq=np.array([each.seq for each in said], dtype=np.int64),
        columns=columns,
    )
