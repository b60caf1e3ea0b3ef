"""Missing days joined to gaps."""

from __future__ import annotations

from datetime import date

from tradesense.market.futures.depth_answers import gaps_of


def day(number: int) -> date:
    return date(2024, 3, number)


def test_missing_days_are_one_gap_until_a_day_with_a_row_lies_between():
    held = frozenset({day(1), day(6), day(8)})
    gaps = gaps_of([day(4), day(5), day(7)], held)
    assert [(gap.first, gap.last, gap.days) for gap in gaps] == [(day(4), day(5), 2), (day(7), day(7), 1)]


def test_nothing_missing_is_no_gap():
    assert gaps_of([], frozenset({day(1)})) == []
