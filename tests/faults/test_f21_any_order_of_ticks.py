"""F21: what the book and the bars say depends on the set of good ticks alone: a thousand seeds of shuffled,
repeated, dropped and garbled ticks against an oracle that looks at one tick after the other."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from tests.fixtures.bars import bars_of
from tradesense.base.clock import FixedClock
from tradesense.instruments import Instrument, Kind, Right
from tradesense.market.live.bars import BarBuilder, Ticks, price_of
from tradesense.market.live.book import Book
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.intake import LiveIntake, Taken
from tradesense.market.live.quotes import QuoteBatch
from tradesense.market.live.views import RootKey
from tradesense.market.tables import BarInterval

NOW = datetime(2026, 3, 20, 14, 30, tzinfo=UTC)
NOW_US = microseconds_of(NOW)
NAN = float("nan")
FUTURES = ("CL-2026-04", "CL-2026-05")
OPTIONS = ("CL-2026-04-17-75-C", "CL-2026-04-17-75-P")
COLUMNS = ("bid", "ask", "bid_size", "last", "volume")


@dataclass(frozen=True)
class Tick:
    symbol: str
    ts_us: int
    seq: int
    bid: float
    ask: float
    bid_size: float
    last: float
    volume: float


def listed() -> list[Instrument]:
    futures = [Instrument("x", symbol, symbol, Kind.FUTURE, "CL") for symbol in FUTURES]
    options = [
        Instrument("x", symbol, symbol, Kind.OPTION, "CL", strike=75.0, right=Right(symbol[-1]))
        for symbol in OPTIONS
    ]
    return [*futures, *options]


def some_ticks(chance: random.Random) -> list[Tick]:
    def price() -> float:
        return NAN if chance.random() < 0.15 else round(chance.uniform(0.5, 9.5), 2)

    keys = {
        (chance.choice((*FUTURES, *OPTIONS)), NOW_US - chance.randrange(20) * 250_000, chance.randrange(3))
        for _ in range(30)
    }
    ticks = [
        Tick(*key, bid=price(), ask=price(), bid_size=float(chance.randrange(9)), last=price(), volume=1.0)
        for key in sorted(keys)
    ]
    return [each for each in ticks if not all(math.isnan(value) for value in (each.bid, each.ask, each.last))]


def garbled(tick: Tick, chance: random.Random) -> Tick:
    return chance.choice(
        (
            replace(tick, bid=math.inf),
            replace(tick, last=-math.inf),
            replace(tick, bid_size=-1.0),
            replace(tick, ts_us=NOW_US + 5_000_001),
            replace(tick, ts_us=0),
            replace(tick, symbol="CL-2099-01"),
            replace(tick, bid=NAN, ask=NAN, last=NAN),
            replace(tick, symbol=OPTIONS[0], bid=0.0),
            replace(tick, symbol=OPTIONS[1], ask=-1.0),
        )
    )


def batch_of(ticks: list[Tick]) -> QuoteBatch:
    return QuoteBatch(
        "x",
        [tick.symbol for tick in ticks],
        np.array([tick.ts_us for tick in ticks], np.int64),
        np.array([tick.seq for tick in ticks], np.int64),
        {name: np.array([getattr(tick, name) for tick in ticks]) for name in COLUMNS},
    )


def arriving(good: list[Tick], chance: random.Random) -> list[QuoteBatch]:
    """The good ticks as a bad line brings them, in batches of any size."""
    arrived = [*good, *chance.sample(good, len(good) // 3)]
    arrived += [garbled(tick, chance) for tick in chance.sample(good, len(good) // 4)]
    chance.shuffle(arrived)
    batches = []
    while arrived:
        size = chance.randint(1, 16)
        batches.append(batch_of(arrived[:size]))
        arrived = arrived[size:]
    return batches


def newest(ticks: list[Tick]) -> dict[str, Tick]:
    found: dict[str, Tick] = {}
    for tick in ticks:
        known = found.get(tick.symbol)
        if known is None or (tick.ts_us, tick.seq) > (known.ts_us, known.seq):
            found[tick.symbol] = tick
    return found


class Kept:
    """Follows the intake and builds bars of what it keeps."""

    def __init__(self) -> None:
        self.bars = BarBuilder(BarInterval.SECOND)
        self.refused = 0

    def taken(self, taken: Taken) -> None:
        self.refused += sum(taken.refused.values())
        rows = np.flatnonzero(taken.kept)
        columns = {name: column[rows] for name, column in taken.batch.columns.items()}
        missing = np.full(rows.size, NAN)
        self.bars.add(
            Ticks(
                [taken.batch.symbols[row] for row in rows.tolist()],
                taken.batch.ts_us[rows],
                taken.batch.seq[rows],
                price_of(columns["bid"], columns["ask"], columns["last"], missing),
                columns["volume"],
                missing,
            )
        )

    def listed(self, source: str, instruments: object) -> None: ...

    def gone(self, source: str, symbols: object) -> None: ...

    def heard(self, source: str) -> None: ...

    def lost(self, source: str, reason: str) -> None: ...


def seen(book: Book) -> dict[str, tuple[float, ...]]:
    quotes = book.copy(RootKey("x", "CL"))
    assert quotes is not None
    return {
        instrument.symbol: (
            float(quotes.ts_us[place]),
            float(quotes.seq[place]),
            *(float(quotes.columns[name][place]) for name in COLUMNS),
        )
        for place, instrument in enumerate(quotes.instruments)
        if quotes.ts_us[place]
    }


def two_sided(book: Book) -> dict[str, tuple[float, float]]:
    quotes = book.copy(RootKey("x", "CL"))
    assert quotes is not None
    two = quotes.two_sided
    return {
        instrument.symbol: (float(two.bid[place]), float(two.ask[place]))
        for place, instrument in enumerate(quotes.instruments)
        if two.ts_us[place]
    }


@pytest.mark.parametrize("hundred", range(10))
def test_f21_the_book_and_the_bars_are_a_function_of_the_set_of_good_ticks(hundred: int) -> None:
    for seed in range(hundred * 100, hundred * 100 + 100):
        chance = random.Random(seed)
        ticks = some_ticks(chance)
        good = [tick for tick in ticks if chance.random() > 0.1]
        book, kept = Book(), Kept()
        intake = LiveIntake(book, FixedClock(NOW), [kept])
        intake.listed("x", listed())
        for batch in arriving(good, chance):
            intake.quoted(batch)
        expected = newest(good)
        assert seen(book).keys() == expected.keys(), seed
        for symbol, found in seen(book).items():
            tick = expected[symbol]
            wanted = (tick.ts_us, tick.seq, *(getattr(tick, name) for name in COLUMNS))
            assert np.array_equal(found, wanted, equal_nan=True), (seed, symbol)
        complete = newest([tick for tick in good if tick.bid <= tick.ask])
        assert two_sided(book) == {name: (tick.bid, tick.ask) for name, tick in complete.items()}, seed
        assert kept.refused == len(good) // 4, seed
        columns = batch_of(good)
        price = price_of(
            columns.columns["bid"], columns.columns["ask"], columns.columns["last"], np.full(len(good), NAN)
        )
        missing = np.full(len(good), NAN)
        bars = bars_of(
            Ticks(columns.symbols, columns.ts_us, columns.seq, price, columns.columns["volume"], missing),
            BarInterval.SECOND,
        )
        assert kept.bars.close(NOW_US + 60_000_000) == bars, seed
