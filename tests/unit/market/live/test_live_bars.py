"""Bars are built once for all who want them, and none is lost to who looks now and then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tradesense.base.clock import FixedClock
from tradesense.instruments import Instrument, Kind, Right
from tradesense.market.live.bars import Bar
from tradesense.market.live.bars_view import BarsView
from tradesense.market.live.book import Book
from tradesense.market.live.instants import instant_of, microseconds_of
from tradesense.market.live.intake import LiveIntake
from tradesense.market.live.live_bars import LiveBars
from tradesense.market.live.quotes import QuoteBatch
from tradesense.market.live.views import RootKey, Wanted
from tradesense.market.tables import BarInterval

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
SYMBOL, OTHER, OPTION = "CL-2026-04", "CL-2026-05", "CL-2026-04-17-75-C"
KEY = RootKey("venue", "CL")


def future(symbol: str) -> Instrument:
    return Instrument("venue", symbol, "", Kind.FUTURE, "CL", expiry=date(2026, 4, 20))


class Desk:
    """An intake with bars behind it, which a view shows and a taker hears."""

    def __init__(self) -> None:
        self.clock = FixedClock(NOON)
        self.bars = LiveBars(self.clock)
        self.book = Book()
        self.intake = LiveIntake(self.book, self.clock, [self.bars])
        self.view = BarsView(self.bars)
        self.taken: list[tuple[str, BarInterval, Bar]] = []
        self.bars.hand_to(self.take)
        option = Instrument(
            "venue", OPTION, "", Kind.OPTION, "CL", date(2026, 4, 17), strike=75.0, right=Right.CALL
        )
        self.intake.listed("venue", [future(SYMBOL), future(OTHER), option])

    def take(self, source: str, interval: BarInterval, bars: Sequence[Bar]) -> None:
        self.taken.extend((source, interval, bar) for bar in bars)

    def quote(self, price: float, symbol: str = SYMBOL, *, ago: float = 0.0) -> None:
        ts = np.array([microseconds_of(self.clock.now() - timedelta(seconds=ago))], np.int64)
        self.intake.quoted(
            QuoteBatch("venue", [symbol], ts, np.zeros(1, np.int64), {"last": np.array([price])})
        )

    def wait(self, seconds: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(seconds=seconds))

    def shown(self, interval: str = "1s", wanted: Wanted = None) -> dict[str, list[float]]:
        """Look as a beat does; return the closes of each contract's bars."""
        quotes = self.book.copy(KEY)
        assert quotes is not None
        make = self.view.prepare(quotes, self.clock.now(), None, wanted)
        assert make is not None
        return {
            each.data["symbol"]: [item["close"] for item in each.data["items"]]
            for each in make()
            if each.data["interval"] == interval
        }


def test_bars_that_close_between_two_beats_are_all_shown() -> None:
    desk = Desk()
    seen: dict[float, None] = {}
    for second in range(40):
        desk.quote(70.0 + second)
        desk.wait(1)
        if second % 10 == 9:
            seen.update(dict.fromkeys(desk.shown()[SYMBOL]))
    assert list(seen) == [70.0 + second for second in range(40)]


def test_after_a_quiet_time_the_last_bar_is_shown_and_no_older_one() -> None:
    desk = Desk()
    for second in range(10):
        desk.quote(70.0 + second)
        desk.wait(1)
    desk.wait(60)
    desk.shown()
    desk.wait(60)
    assert desk.shown() == {SYMBOL: [79.0]}


def test_what_is_shown_is_bounded_however_many_bars_close_at_once() -> None:
    desk = Desk()
    for second in range(300):
        desk.quote(70.0, ago=300.0 - second)
    desk.wait(10)
    assert len(desk.shown()[SYMBOL]) <= 64


def test_a_bar_that_closed_is_handed_out_once_and_as_it_was_shown() -> None:
    desk = Desk()
    desk.quote(70.0)
    desk.quote(71.0)
    desk.wait(70)
    for _ in range(3):
        desk.bars.close()
    assert [(source, interval) for source, interval, _ in desk.taken] == [
        ("venue", BarInterval.SECOND),
        ("venue", BarInterval.MINUTE),
    ]
    for _, interval, bar in desk.taken:
        assert instant_of(bar.start_us) == NOON
        assert desk.bars.newest("venue", SYMBOL, interval) == [bar]


def test_bars_close_although_nobody_looks() -> None:
    desk = Desk()
    for second in range(20):
        desk.quote(70.0 + second)
        desk.wait(1)
    assert len([1 for _, interval, _ in desk.taken if interval is BarInterval.SECOND]) == 14


def test_only_what_is_wanted_is_made_and_options_have_no_bars() -> None:
    desk = Desk()
    for symbol in (SYMBOL, OTHER, OPTION):
        desk.quote(70.0, symbol)
    assert set(desk.shown()) == {SYMBOL, OTHER}
    assert desk.shown(wanted={f"bars:{OTHER}:1s"}) == {OTHER: [70.0]}
    assert desk.shown("1m", wanted={f"bars:{OTHER}:1s"}) == {}


def test_what_is_gone_is_shown_no_more() -> None:
    desk = Desk()
    desk.quote(70.0)
    desk.quote(70.0, OTHER)
    desk.intake.gone("venue", [SYMBOL])
    desk.wait(10)
    assert set(desk.shown()) == {OTHER}
    assert desk.bars.newest("venue", SYMBOL, BarInterval.SECOND) == []
    assert desk.bars.newest("nobody", SYMBOL, BarInterval.SECOND) == []


def test_where_the_clock_is_set_back_bars_go_on() -> None:
    desk = Desk()
    desk.quote(70.0)
    desk.wait(30)
    desk.bars.close()
    desk.clock.move_to(NOON + timedelta(seconds=10))
    desk.quote(71.0)
    assert desk.shown()[SYMBOL][0] == 70.0
