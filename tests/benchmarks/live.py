"""Row C: a whole beat of live state, 20,000 European options revalued: copied, valued, written, compared."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tests.benchmarks.rows import Row
from tests.benchmarks.timing import medians
from tradesense import quant
from tradesense.base.clock import FixedClock
from tradesense.infra.live_memory import MemoryBus, MemoryCache
from tradesense.instruments import Exercise, Instrument, Kind, Right, load_specs, option_symbol
from tradesense.market import QuoteBatch
from tradesense.market.live.book import Book
from tradesense.market.live.encoding import tell
from tradesense.market.live.options_view import OptionsView
from tradesense.market.live.pipeline import Pipeline
from tradesense.market.live.views import RootKey

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY = RootKey("bench", "SPX")
EXPIRIES, STRIKES = 40, 250
ROUNDS = 7


@dataclass
class Options:
    """20,000 options on one forward, priced with Black-76 around it."""

    instruments: list[Instrument]
    symbols: list[str]
    strike: np.ndarray
    years: np.ndarray
    is_call: np.ndarray

    def batch(self, at: datetime, forward: float, every: int = 1) -> QuoteBatch:
        """Quote every so manieth option at an instant."""
        found = quant.price_and_greeks(
            "black76",
            is_call=self.is_call,
            underlying=np.full(self.strike.size, forward),
            strike=self.strike,
            expiry_years=self.years,
            vol=0.2 + 0.1 * np.log(self.strike / forward) ** 2,
            rate=0.04,
        )
        price = found.price[::every]
        return QuoteBatch(
            KEY.source,
            self.symbols[::every],
            np.full(price.size, int(at.timestamp() * 1e6)),
            np.zeros(price.size, np.int64),
            {
                "bid": np.maximum(np.floor(price * 20) / 20, 0.05),
                "ask": np.ceil(price * 20) / 20 + 0.05,
                "underlying_price": np.full(price.size, forward),
            },
        )


def options(expiries: int = EXPIRIES, strikes: int = STRIKES) -> Options:
    instruments: list[Instrument] = []
    for number in range(expiries):
        expiry = date(2026, 12, 1) + timedelta(days=7 * number)
        ends = datetime(expiry.year, expiry.month, expiry.day, 21, tzinfo=UTC)
        for place in range(strikes):
            strike = 5_000.0 + 10.0 * place
            instruments += [
                Instrument(
                    source=KEY.source,
                    symbol=option_symbol(KEY.root, expiry, strike, right),
                    source_symbol="",
                    kind=Kind.OPTION,
                    root=KEY.root,
                    underlying=None,
                    expiry=expiry,
                    expires_at=ends,
                    strike=strike,
                    right=right,
                    exercise=Exercise.EUROPEAN,
                    multiplier=100.0,
                    tick=0.05,
                    currency="USD",
                )
                for right in Right
            ]
    years = [(each.expires_at - START) / timedelta(days=365) for each in instruments]
    return Options(
        instruments,
        [each.symbol for each in instruments],
        np.array([each.strike for each in instruments]),
        np.array(years),
        np.array([each.right is Right.CALL for each in instruments]),
    )


class Beat:
    """A pipeline over one root; each call quotes `every` so manieth option anew and beats once."""

    def __init__(self, market: Options, every: int) -> None:
        self._market, self._every = market, every
        self._clock, self.book = FixedClock(START), Book()
        self.book.list_instruments(KEY.source, market.instruments)
        self.view = OptionsView(load_specs(), self.book, assumed_rate=0.04)
        self.cache = MemoryCache()
        self.pipeline = Pipeline(self.book, [self.view], self.cache, MemoryBus(), self._clock)
        self._runner = asyncio.Runner()
        self._turn = 0
        self.book.apply(market.batch(START, 6_200.0))
        self._runner.run(self.pipeline.beat())

    def quote(self) -> datetime:
        self._turn += 1
        at = START + timedelta(seconds=self._turn)
        self._clock.move_to(at)
        forward = 6_200.0 + (self._turn % 7) if self._every == 1 else 6_200.0
        self.book.apply(self._market.batch(at, forward, self._every))
        return at

    def __call__(self) -> float:
        self.quote()
        before = time.process_time()
        self._runner.run(self.pipeline.beat())
        return time.process_time() - before

    def parts(self) -> dict[str, float]:
        """Return the seconds of each part of one beat, done by hand."""
        at = self.quote()
        marks = [time.process_time()]
        copied = self.book.copy(KEY)
        assert copied is not None
        marks.append(time.process_time())
        documents = self.view.prepare(copied, at, None)()
        marks.append(time.process_time())
        told = self.pipeline._told
        for document in documents:
            tell(document, (f"{document.topic}@{KEY.source}", document.topic), told, 2**52)
        marks.append(time.process_time())
        names = ("copy", "value and document", "compare and encode")
        return {
            name: after - before for name, before, after in zip(names, marks[:-1], marks[1:], strict=True)
        }

    def close(self) -> None:
        self._runner.close()


def run() -> list[Row]:
    quant.warm()
    market = options()
    whole, few = Beat(market, 1), Beat(market, 20)
    seconds = medians({"whole": whole, "few": few}, ROUNDS)
    parts = [whole.parts() for _ in range(ROUNDS)]
    split = ", ".join(
        f"{name} {1000 * float(np.median([each[name] for each in parts])):.0f}" for name in parts[0]
    )
    whole.close()
    few.close()
    assert seconds["whole"] is not None
    assert seconds["few"] is not None
    return [
        Row("C", "20,000 options, all quoted, one beat", "ms CPU", 1000 * seconds["whole"], note=split),
        Row("C", "the same, one in 20 quoted", "ms CPU", 1000 * seconds["few"]),
    ]
