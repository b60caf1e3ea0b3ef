"""The simulated market as quotes of this moment, told every second; see `faults` for what can go wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import numpy as np

from tradesense.base.clock import Clock
from tradesense.feeds.simulated.chains import ChainQuotes
from tradesense.feeds.simulated.faults import Fault, Faults
from tradesense.feeds.simulated.listing import SOURCE
from tradesense.feeds.simulated.market import FutureQuotes, MarketState, SimulatedMarket
from tradesense.feeds.simulated.noise import Floats
from tradesense.instruments import Instrument
from tradesense.market import QUOTE_COLUMNS, Intake, QuoteBatch

TICK_SECONDS: Final = 1.0


class SimulatedTicks:
    """Tells the intake what is listed and quoted, once a second, whatever happens to the record.

    `faults` may be set at any time and take effect with the next tick.
    """

    def __init__(
        self,
        market: SimulatedMarket,
        intake: Intake,
        clock: Clock,
        *,
        tick_seconds: float = TICK_SECONDS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._market = market
        self._intake = intake
        self._clock = clock
        self._tick_seconds = tick_seconds
        self._sleep = sleep
        self._listed: dict[str, Instrument] = {}
        self._symbols: list[str] = []
        self.faults = Faults(seed=market.seed)

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            await self.tick()
            await self._sleep(self._tick_seconds - self._clock.now().timestamp() % self._tick_seconds)

    async def tick(self) -> None:
        """Say once what is quoted now."""
        if self.faults.fault is Fault.DISCONNECT:
            self._intake.lost(SOURCE, "the line to the simulated market is cut (a practice fault)")
            return
        if self.faults.fault is Fault.STALE:
            return
        state = await asyncio.to_thread(self._market.state_at, self._clock.now())
        self._tell_listing(state)
        for batch in self.faults.spoil(self._batch(state)):
            self._intake.quoted(batch)

    def _tell_listing(self, state: MarketState) -> None:
        listed = {each.symbol: each for part in _parts(state) for each in part.instruments}
        if listed.keys() == self._listed.keys():
            return
        gone = [symbol for symbol in self._listed if symbol not in listed]
        new = [each for symbol, each in listed.items() if symbol not in self._listed]
        self._listed = listed
        if gone:
            self._intake.gone(SOURCE, gone)
        if new:
            self._intake.listed(SOURCE, new)

    def _batch(self, state: MarketState) -> QuoteBatch:
        parts = _parts(state)
        symbols = [each.symbol for part in parts for each in part.instruments]
        if symbols != self._symbols:
            self._symbols = symbols
        columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in QUOTE_COLUMNS}
        columns["underlying_price"] = np.concatenate([_forward(part) for part in parts])
        columns["venue_iv"] = np.concatenate([_iv(part) for part in parts])
        return QuoteBatch(
            source=SOURCE,
            symbols=self._symbols,
            ts_us=np.full(len(symbols), state.at_us, np.int64),
            seq=np.zeros(len(symbols), np.int64),
            columns=columns,
        )


def _parts(state: MarketState) -> Sequence[FutureQuotes | ChainQuotes]:
    return [*state.futures.values(), *(chain for chains in state.options.values() for chain in chains)]


def _forward(part: FutureQuotes | ChainQuotes) -> Floats:
    value = part.forward if isinstance(part, ChainQuotes) else np.nan
    return np.full(len(part.instruments), value)


def _iv(part: FutureQuotes | ChainQuotes) -> Floats:
    return part.iv if isinstance(part, ChainQuotes) else np.full(len(part.instruments), np.nan)
