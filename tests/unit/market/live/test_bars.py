"""Bars from quotes against a naive count, in whatever order the ticks come."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from tests.fixtures.bars import bars_of
from tradesense.market.live.bars import Bar, BarBuilder, Ticks, price_of
from tradesense.market.tables import BarInterval

SECOND_US = 1_000_000
NAN = float("nan")


@dataclass(frozen=True)
class Tick:
    symbol: str
    ts_us: int
    seq: int
    price: float
    volume: float = NAN
    interest: float = NAN


def columns(ticks: Sequence[Tick]) -> Ticks:
    return Ticks(
        [tick.symbol for tick in ticks],
        np.array([tick.ts_us for tick in ticks], np.int64),
        np.array([tick.seq for tick in ticks], np.int64),
        np.array([tick.price for tick in ticks]),
        np.array([tick.volume for tick in ticks]),
        np.array([tick.interest for tick in ticks]),
    )


def naive(ticks: Sequence[Tick], length_us: int) -> list[Bar]:
    """One bar after the other, one tick after the other."""
    bars = []
    counts: dict[str, float] = {}
    priced = {(t.symbol, t.ts_us, t.seq): t for t in ticks if not math.isnan(t.price)}
    groups: dict[tuple[int, str], list[Tick]] = {}
    for key in sorted(priced, key=lambda key: (key[1], key[2])):
        tick = priced[key]
        groups.setdefault((tick.ts_us // length_us * length_us, tick.symbol), []).append(tick)
    for (start, symbol), mine in sorted(groups.items()):
        prices = [tick.price for tick in mine]
        known = [tick.volume for tick in mine if not math.isnan(tick.volume)]
        interest = [tick.interest for tick in mine if not math.isnan(tick.interest)]
        volume = None
        if known:
            since = counts.get(symbol, known[0])
            volume = known[-1] - since if known[-1] >= since else known[-1]
            counts[symbol] = known[-1]
        bars.append(
            Bar(
                symbol,
                start,
                prices[0],
                max(prices),
                min(prices),
                prices[-1],
                volume,
                interest[-1] if interest else None,
            )
        )
    return bars


def some_ticks(seed: int, count: int = 400) -> list[Tick]:
    chance = random.Random(seed)
    return [
        Tick(
            chance.choice(["CL-2026-03", "ES-2026-03"]),
            chance.randrange(0, 90 * SECOND_US, 10_000),
            number,
            NAN if chance.random() < 0.1 else round(chance.uniform(50, 60), 2),
            NAN if chance.random() < 0.3 else float(number),
            NAN if chance.random() < 0.5 else float(chance.randrange(1000)),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("interval", [BarInterval.SECOND, BarInterval.MINUTE])
def test_they_are_what_a_naive_count_finds(seed: int, interval: BarInterval) -> None:
    ticks = some_ticks(seed)
    assert bars_of(columns(ticks), interval) == naive(ticks, int(interval.length.total_seconds()) * SECOND_US)


@pytest.mark.parametrize("seed", range(20))
def test_order_repetition_and_pieces_change_nothing(seed: int) -> None:
    ticks = some_ticks(seed)
    chance = random.Random(seed)
    shuffled = [*ticks, *chance.sample(ticks, 50)]
    chance.shuffle(shuffled)
    builder = BarBuilder(BarInterval.SECOND)
    for start in range(0, len(shuffled), 37):
        builder.add(columns(shuffled[start : start + 37]))
    assert builder.close(200 * SECOND_US) == bars_of(columns(ticks), BarInterval.SECOND)
    assert builder.too_late == 0


def test_a_bar_closes_after_its_grace_and_what_is_later_is_counted() -> None:
    builder = BarBuilder(BarInterval.SECOND, grace_us=5 * SECOND_US)
    builder.add(columns([Tick("CL-2026-03", 100, 0, 50.0)]))
    assert builder.close(SECOND_US + 5 * SECOND_US - 1) == []
    builder.add(columns([Tick("CL-2026-03", 50, 0, 49.0)]))
    (bar,) = builder.close(SECOND_US + 5 * SECOND_US)
    assert (bar.open, bar.close) == (49.0, 50.0)
    builder.add(columns([Tick("CL-2026-03", 60, 0, 48.0)]))
    assert builder.too_late == 1
    assert builder.close(100 * SECOND_US) == []


def test_what_is_still_forming_can_be_seen() -> None:
    builder = BarBuilder(BarInterval.MINUTE)
    builder.add(columns([Tick("CL-2026-03", 100, 0, 50.0), Tick("CL-2026-03", 200, 0, 51.0)]))
    (bar,) = builder.forming("CL-2026-03")
    assert (bar.open, bar.high, bar.close) == (50.0, 51.0, 51.0)
    assert builder.forming("ES-2026-03") == []


def test_a_count_that_begins_anew_is_the_volume() -> None:
    day = 86_400 * SECOND_US
    ticks = [Tick("CL", day - 1, 0, 50.0, volume=900.0), Tick("CL", day + 1, 0, 50.0, volume=30.0)]
    assert [bar.volume for bar in bars_of(columns(ticks), BarInterval.SECOND)] == [0.0, 30.0]


def test_the_price_is_the_middle_then_the_trade_then_the_mark() -> None:
    bid, ask = np.array([1.0, 3.0, NAN, NAN, NAN]), np.array([2.0, 2.0, 2.0, NAN, NAN])
    last, mark = np.array([9.0, 9.0, NAN, NAN, NAN]), np.array([8.0, 8.0, 8.0, 8.0, NAN])
    assert np.array_equal(price_of(bid, ask, last, mark), np.array([1.5, 9.0, 8.0, 8.0, NAN]), equal_nan=True)
