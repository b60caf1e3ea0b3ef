"""How feeds are seen to be doing: live, silent, cut off, off; what they said and what could not be so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tradesense.base.clock import FixedClock
from tradesense.instruments import Instrument, Kind
from tradesense.market import FeedStatus, QuoteBatch
from tradesense.market.live.book import Book
from tradesense.market.live.feed_states import MOST_FEEDS, FeedKind, FeedStates, FeedTerms
from tradesense.market.live.intake import LiveIntake

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
NOON_US = int(NOON.timestamp()) * 1_000_000
ADDRESS = "wss://venue.example/ws"
VENUE = FeedTerms("deribit", "Deribit", FeedKind.VENUE, 20.0, address=ADDRESS, switchable=True)
PUSHED = FeedTerms("push", "Pushed", FeedKind.PUSH, 60.0)


class Watch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def states(watch: Watch) -> FeedStates:
    states = FeedStates(FixedClock(NOON), watch)
    states.declare(VENUE, enabled=True)
    states.declare(PUSHED, enabled=True)
    return states


@pytest.fixture
def intake(states: FeedStates) -> LiveIntake:
    intake = LiveIntake(Book(), FixedClock(NOON), [states])
    for source in ("deribit", "lean"):
        intake.listed(source, [Instrument(source, "BTC-PERP", "BTC-PERPETUAL", Kind.PERPETUAL, "BTC")])
    return intake


def quotes(*marks: float, source: str = "deribit", at_us: int = NOON_US) -> QuoteBatch:
    """Return one quote of the perpetual for each mark, a microsecond apart."""
    count = len(marks)
    return QuoteBatch(
        source,
        ["BTC-PERP"] * count,
        at_us + np.arange(count, dtype=np.int64),
        np.zeros(count, np.int64),
        {"mark": np.array(marks)},
    )


def seen(states: FeedStates, feed: str = "deribit") -> dict[str, Any]:
    return next(each for each in states.document()["items"] if each["feed"] == feed)


def test_a_feed_that_said_nothing_yet_is_not_called_live(states: FeedStates) -> None:
    assert states.state_of("deribit") is FeedStatus.STALE
    assert seen(states) == {
        "feed": "deribit",
        "name": "Deribit",
        "kind": "venue",
        "enabled": True,
        "switchable": True,
        "state": "stale",
        "last_tick_ts": None,
        "reason": "nothing was heard yet",
        "address": ADDRESS,
        "instruments": 0,
        "quotes_per_second": 0.0,
        "rejected": {},
        "fault": None,
    }


def test_a_quote_makes_a_feed_live_and_silence_beyond_its_measure_stale(
    states: FeedStates, intake: LiveIntake, watch: Watch
) -> None:
    intake.quoted(quotes(50_000.0))
    assert (seen(states)["state"], seen(states)["reason"]) == ("live", None)
    watch.seconds += 20.0
    assert seen(states)["state"] == "live", "as long as it may be silent"

    watch.seconds += 0.1
    assert (seen(states)["state"], seen(states)["last_tick_ts"]) == ("stale", NOON)
    assert states.state_of("deribit") is FeedStatus.STALE
    assert seen(states)["reason"]

    intake.quoted(quotes(50_001.0, at_us=NOON_US + 1))
    assert (seen(states)["state"], seen(states)["reason"]) == ("live", None)


def test_a_sign_of_life_without_quotes_keeps_a_feed_live(
    states: FeedStates, intake: LiveIntake, watch: Watch
) -> None:
    intake.quoted(quotes(50_000.0))
    for _ in range(3):
        watch.seconds += 15.0
        intake.heard("deribit")

    assert seen(states)["state"] == "live"
    assert seen(states)["last_tick_ts"] == NOON, "a sign of life is no tick"


@pytest.mark.parametrize("mark", [np.nan, np.inf, 0.0])
def test_nonsense_alone_is_no_sign_of_life(
    states: FeedStates, intake: LiveIntake, watch: Watch, mark: float
) -> None:
    intake.quoted(quotes(50_000.0))
    watch.seconds += 21.0
    intake.quoted(quotes(mark, at_us=NOON_US + 1))

    assert seen(states)["state"] == "stale"
    assert sum(seen(states)["rejected"].values()) == 1


def test_refused_quotes_are_counted_by_reason(states: FeedStates, intake: LiveIntake) -> None:
    intake.quoted(quotes(50_000.0, np.nan, np.inf, np.inf))
    intake.quoted(quotes(1.0, at_us=NOON_US + 60_000_000))

    assert seen(states)["rejected"] == {
        "no price at all": 1,
        "a number that is none": 2,
        "a time in the future": 1,
    }
    assert seen(states)["last_tick_ts"] == NOON


def test_quotes_a_second_are_those_of_the_last_ten_and_each_counts_once(
    states: FeedStates, intake: LiveIntake, watch: Watch
) -> None:
    for quarter in range(120):
        watch.seconds += 0.25
        batch = quotes(50_000.0 + quarter, at_us=NOON_US - 30_000_000 + quarter * 250_000)
        intake.quoted(batch)
        intake.quoted(batch)
    assert seen(states)["quotes_per_second"] == pytest.approx(4.0, abs=0.15)

    watch.seconds += 5.0
    assert seen(states)["quotes_per_second"] == pytest.approx(2.0, abs=0.15)
    watch.seconds += 6.0
    assert seen(states)["quotes_per_second"] == 0.0


def test_a_lost_line_is_stale_at_once_with_its_reason_until_something_is_heard(
    states: FeedStates, intake: LiveIntake
) -> None:
    intake.quoted(quotes(50_000.0))
    intake.lost("deribit", "the venue closed the connection (1006)")
    assert (seen(states)["state"], seen(states)["reason"]) == (
        "stale",
        "the venue closed the connection (1006)",
    )

    intake.heard("deribit")
    assert (seen(states)["state"], seen(states)["reason"]) == ("live", None)


def test_feeds_do_not_touch_each_other(states: FeedStates, intake: LiveIntake) -> None:
    intake.quoted(quotes(50_000.0))
    intake.lost("push", "nobody sends")

    assert states.is_well("deribit")
    assert not states.is_well("push")


def test_what_was_off_is_not_live_when_it_comes_back_before_it_said_anything(
    states: FeedStates, intake: LiveIntake
) -> None:
    intake.quoted(quotes(50_000.0))
    states.switched("deribit", enabled=False)
    assert (seen(states)["state"], seen(states)["enabled"], seen(states)["reason"]) == ("off", False, None)
    assert states.state_of("deribit") is FeedStatus.STALE, "its prices are nobody's any more"
    assert states.enabled() == ["push"]

    intake.heard("deribit")
    intake.lost("deribit", "hung up")
    assert (seen(states)["state"], seen(states)["reason"]) == ("off", None), "last words change nothing"

    states.switched("deribit", enabled=True)
    assert (seen(states)["state"], seen(states)["reason"]) == ("stale", "nothing was heard yet")


def test_instruments_are_counted_as_they_come_and_go(states: FeedStates, intake: LiveIntake) -> None:
    coin = [Instrument("deribit", f"BTC-{n}", f"BTC-{n}", Kind.PERPETUAL, "BTC") for n in range(3)]
    intake.listed("deribit", coin)
    intake.listed("deribit", coin[:1])
    assert seen(states)["instruments"] == 4

    intake.gone("deribit", ["BTC-0", "never there"])
    assert seen(states)["instruments"] == 3


def test_a_source_that_is_no_feed_is_not_followed(states: FeedStates, intake: LiveIntake) -> None:
    intake.quoted(quotes(1.0, source="lean"))
    intake.lost("lean", "no matter")

    assert states.state_of("lean") is None
    assert [each["feed"] for each in states.document()["items"]] == ["deribit", "push"]


def test_declared_again_a_feed_keeps_how_it_is_doing(states: FeedStates, intake: LiveIntake) -> None:
    intake.quoted(quotes(50_000.0))
    states.declare(FeedTerms("deribit", "Another name", FeedKind.VENUE, 5.0), enabled=False)

    assert (seen(states)["name"], seen(states)["state"]) == ("Another name", "live")


def test_no_more_feeds_are_known_than_a_list_can_show(states: FeedStates) -> None:
    for number in range(2 * MOST_FEEDS):
        states.declare(FeedTerms(f"replay-{number}", "Replay", FeedKind.REPLAY, 60.0), enabled=True)

    assert len(states.document()["items"]) == MOST_FEEDS


def test_a_clock_that_is_set_back_makes_nobody_stale(states: FeedStates, watch: Watch) -> None:
    clock = FixedClock(NOON)
    intake = LiveIntake(Book(), clock, [states])
    intake.listed("deribit", [Instrument("deribit", "BTC-PERP", "BTC-PERPETUAL", Kind.PERPETUAL, "BTC")])
    intake.quoted(quotes(50_000.0))
    clock.move_to(NOON - timedelta(hours=1))
    watch.seconds += 1.0

    assert seen(states)["state"] == "live"


class Exchanges:
    """Which roots trade; what is not named is not known."""

    def __init__(self, **open_: bool) -> None:
        self.open = open_
        self.looks = 0

    def __call__(self, source: str, root: str) -> bool | None:
        self.looks += 1
        return self.open.get(root)


@pytest.fixture
def exchanges() -> Exchanges:
    return Exchanges(ES=True, CL=True)


@pytest.fixture
def desk(watch: Watch, exchanges: Exchanges) -> tuple[FeedStates, LiveIntake]:
    states = FeedStates(FixedClock(NOON), watch, is_open=exchanges)
    states.declare(PUSHED, enabled=True)
    intake = LiveIntake(Book(), FixedClock(NOON), [states])
    intake.listed(
        "push", [Instrument("push", f"{root}-2026-12", "", Kind.FUTURE, root) for root in EXCHANGES]
    )
    return states, intake


EXCHANGES = ("ES", "CL")


def future_quote(ago: timedelta = timedelta()) -> QuoteBatch:
    at_us = NOON_US - ago // timedelta(microseconds=1)
    return QuoteBatch(
        "push", ["ES-2026-12"], np.array([at_us]), np.zeros(1, np.int64), {"last": np.array([5_000.0])}
    )


def test_where_every_session_is_over_a_silent_feed_is_closed_and_not_stale(
    desk: tuple[FeedStates, LiveIntake], exchanges: Exchanges, watch: Watch
) -> None:
    states, intake = desk
    intake.quoted(future_quote())
    exchanges.open = {"ES": False, "CL": True}
    watch.seconds += 61.0
    assert seen(states, "push")["state"] == "stale", "crude trades: it should say something"

    exchanges.open = {"ES": False, "CL": False}
    watch.seconds += 1.0
    assert (seen(states, "push")["state"], seen(states, "push")["reason"]) == (
        "closed",
        "its exchanges are closed",
    )
    assert states.state_of("push") is FeedStatus.CLOSED
    assert states.is_well("push")

    exchanges.open = {"ES": True, "CL": False}
    watch.seconds += 1.0
    assert seen(states, "push")["state"] == "stale", "they opened, and nothing came yet"
    intake.quoted(future_quote(-timedelta(seconds=1)))
    assert seen(states, "push")["state"] == "live"


def test_a_feed_that_was_never_heard_is_closed_while_its_exchanges_are(
    desk: tuple[FeedStates, LiveIntake], exchanges: Exchanges
) -> None:
    states, _ = desk
    exchanges.open = {"ES": False, "CL": False}
    assert seen(states, "push")["state"] == "closed"


def test_a_line_that_is_cut_is_stale_whatever_the_hour(
    desk: tuple[FeedStates, LiveIntake], exchanges: Exchanges
) -> None:
    states, intake = desk
    exchanges.open = {"ES": False, "CL": False}
    intake.lost("push", "the line broke")
    assert (seen(states, "push")["state"], seen(states, "push")["reason"]) == ("stale", "the line broke")
    intake.heard("push")
    assert seen(states, "push")["state"] == "closed"
    states.switched("push", enabled=False)
    assert seen(states, "push")["state"] == "off"
    assert states.state_of("push") is FeedStatus.STALE


def test_whose_hours_are_not_known_is_never_closed(
    desk: tuple[FeedStates, LiveIntake], exchanges: Exchanges, watch: Watch
) -> None:
    states, intake = desk
    exchanges.open = {"ES": False}
    intake.quoted(future_quote())
    assert seen(states, "push")["state"] == "live"
    watch.seconds += 61.0
    assert seen(states, "push")["state"] == "stale"


def test_quotes_that_are_old_when_they_come_make_a_feed_delayed(
    desk: tuple[FeedStates, LiveIntake], watch: Watch
) -> None:
    states, intake = desk
    intake.quoted(future_quote(timedelta(minutes=15)))
    assert (seen(states, "push")["state"], seen(states, "push")["reason"]) == (
        "delayed",
        "its quotes come 15 min late",
    )
    assert states.is_well("push")
    intake.quoted(future_quote(timedelta(seconds=30)))
    assert (seen(states, "push")["state"], seen(states, "push")["reason"]) == ("live", None)
    intake.quoted(future_quote(timedelta(minutes=10)))
    assert seen(states, "push")["state"] == "live", "an old row after new ones is a late one, no delay"

    watch.seconds += 61.0
    assert seen(states, "push")["state"] == "stale", "a delayed feed can fall silent too"


def test_a_quiet_feed_that_lives_is_not_delayed_by_its_last_quote(
    desk: tuple[FeedStates, LiveIntake], watch: Watch
) -> None:
    states, intake = desk
    intake.quoted(future_quote(timedelta(minutes=15)))
    for _ in range(3):
        watch.seconds += 30.0
        intake.heard("push")
    assert seen(states, "push")["state"] == "live"


def test_the_day_that_a_replay_plays_does_not_make_it_delayed(watch: Watch) -> None:
    states = FeedStates(FixedClock(NOON), watch)
    states.declare(FeedTerms("push", "Replay", FeedKind.REPLAY, 6.0), enabled=True)
    intake = LiveIntake(Book(), FixedClock(NOON), [states])
    intake.listed("push", [Instrument("push", "ES-2026-12", "", Kind.FUTURE, "ES")])
    intake.quoted(future_quote(timedelta(days=900)))
    assert seen(states, "push")["state"] == "live"


def test_calendars_are_looked_up_once_a_second(
    desk: tuple[FeedStates, LiveIntake], exchanges: Exchanges, watch: Watch
) -> None:
    states, _ = desk
    for _ in range(50):
        states.state_of("push")
        states.document()
    assert exchanges.looks == 1, "the first that trades is enough"
    watch.seconds += 1.0
    states.state_of("push")
    assert exchanges.looks == 2
