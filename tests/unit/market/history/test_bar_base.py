from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tradesense.market import BarInterval
from tradesense.market.history.bars import BarBase, pick_base

T = datetime(2024, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)
QUOTES = BarBase(None, T, T + 5 * DAY)
SECONDS = BarBase(BarInterval.SECOND, T, T + 2 * DAY)
MINUTES = BarBase(BarInterval.MINUTE, T, T + 2 * DAY - timedelta(minutes=1))
DAYS = BarBase(BarInterval.DAY, T, T + 9 * DAY)
ALL = [QUOTES, SECONDS, MINUTES, DAYS]


def test_stored_bars_of_the_interval_are_taken():
    assert pick_base(ALL, BarInterval.DAY, None, T + 10 * DAY) is DAYS
    assert pick_base(ALL, BarInterval.MINUTE, None, T + 10 * DAY) is MINUTES


def test_of_finer_bars_that_reach_equally_far_the_coarsest_is_taken():
    assert pick_base(ALL, BarInterval.HOUR, None, T + 10 * DAY) is MINUTES


def test_bars_that_reach_further_win():
    longer = BarBase(BarInterval.SECOND, T, T + 4 * DAY)
    assert pick_base([MINUTES, longer], BarInterval.HOUR, None, T + 10 * DAY) is longer


def test_a_daily_bar_that_has_not_ended_does_not_hide_the_minutes():
    assert pick_base(ALL, BarInterval.DAY, None, T + DAY / 2) is MINUTES


def test_quotes_serve_where_no_bars_are_fine_enough():
    assert pick_base([QUOTES, DAYS], BarInterval.MINUTE, None, T + DAY) is QUOTES
    assert pick_base([DAYS], BarInterval.MINUTE, None, T + DAY) is None


def test_nothing_serves_before_the_first_row():
    assert pick_base(ALL, BarInterval.MINUTE, None, T) is None
