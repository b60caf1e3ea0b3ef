from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tradesense.market.history import Coverage, pick_source

DAY = timedelta(days=1)
T = datetime(2024, 1, 10, tzinfo=UTC)
OLD = Coverage("lean", T - 10 * DAY, T - 8 * DAY)
REAL = Coverage("cboe", T - 2 * DAY, T)
SIMULATED = Coverage("simulated", T - 30 * DAY, T + 5 * DAY)


def test_live_takes_the_newest_data_even_if_simulated():
    assert pick_source([OLD, REAL, SIMULATED], None) == "simulated"


def test_live_takes_real_data_before_equally_new_simulated():
    same = Coverage("simulated", T - DAY, T)
    assert pick_source([same, REAL], None) == "cboe"


def test_inside_its_span_real_data_wins_over_simulated():
    assert pick_source([OLD, REAL, SIMULATED], T - DAY) == "cboe"
    assert pick_source([OLD, SIMULATED], T - 9 * DAY) == "lean"


def test_over_a_weekend_real_data_still_counts():
    assert pick_source([REAL, SIMULATED], T + 3 * DAY) == "cboe"


def test_long_after_its_span_simulated_data_answers():
    assert pick_source([OLD, SIMULATED], T + DAY) == "simulated"


def test_nothing_answers_before_anything_was_stored():
    assert pick_source([OLD, REAL], T - 11 * DAY) is None
    assert pick_source([], None) is None


def test_of_two_real_sources_the_one_with_the_later_row_by_then_answers():
    other = Coverage("nse", T - 5 * DAY, T - DAY)
    assert pick_source([REAL, other], T) == "cboe"
    assert pick_source([REAL, other], T - 3 * DAY) == "nse"
