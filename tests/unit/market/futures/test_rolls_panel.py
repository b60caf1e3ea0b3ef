from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from tradesense.instruments import load_specs
from tradesense.market.futures.rolls_panel import (
    fill_cells,
    hold_until,
    session_start,
    spans_to_build,
    trade_date_of,
)
from tradesense.market.futures.series import days_of
from tradesense.market.history.continuous import DailySpan, FutureRow
from tradesense.market.tables import BarInterval

SPECS = load_specs()
CL, ES = SPECS.get("CL"), SPECS.get("ES")


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2024, 3, day, hour, tzinfo=UTC)


def row(root: str, year: int, month: int) -> FutureRow:
    made = SPECS.future(root, year, month, source="x", source_symbol="x")
    return FutureRow(made.symbol, made.expiry, made.first_notice, made.last_trade)


@pytest.mark.parametrize(
    ("root", "month", "roll_days", "day"),
    [
        ("ES", 3, 0, date(2024, 3, 15)),
        ("ES", 3, 5, date(2024, 3, 8)),
        ("CL", 3, 0, date(2024, 2, 20)),  # notice comes after the last trade
        ("GC", 4, 0, date(2024, 3, 27)),  # notice on the 28th comes first
        ("GC", 4, 5, date(2024, 3, 20)),
    ],
)
def test_contract_is_held_until_its_end_or_the_day_before_notice(root, month, roll_days, day):
    assert hold_until(row(root, 2024, month), SPECS.get(root), roll_days) == day


def test_without_a_specification_days_of_the_calendar_are_held_back():
    future = FutureRow("X-2024-03", date(2024, 3, 15), None, None)
    assert hold_until(future, None, 5) == date(2024, 3, 10)


def test_trade_date_begins_with_the_close_of_the_one_before():
    assert session_start(ES, date(2024, 3, 18)) == at(15, 21)
    assert trade_date_of(ES, at(15, 22)) == date(2024, 3, 18)
    assert trade_date_of(None, at(15, 22)) == date(2024, 3, 15)


def test_simulated_market_has_days_of_utc():
    assert days_of(ES, "simulated") is None
    assert session_start(None, date(2024, 3, 16)) == at(16)
    assert days_of(ES, "lean") is ES


def test_first_table_that_knows_a_cell_wins_and_prices_stay_together():
    days = [date(2024, 3, 1), date(2024, 3, 4)]
    bars = pa.table(
        {
            "symbol": ["A", "B"],
            "day": pa.array([days[0], days[0]]),
            "open": [9.0, None],
            "high": [11.0, None],
            "low": [8.0, None],
            "close": [10.0, None],
            "volume": [5.0, 6.0],
            "open_interest": [None, 7.0],
        },
    )
    settled = pa.table(
        {
            "symbol": ["A", "B", "A"],
            "day": pa.array([days[0], days[0], days[1]]),
            "close": [10.5, 20.5, 11.5],
            "volume": [50.0, 60.0, 70.0],
            "open_interest": [1.0, 2.0, 3.0],
        }
    )
    known, fields = fill_cells(
        ["A", "B"], [settled.select(["symbol", "day", "open_interest"]), bars, settled]
    )
    assert known == days
    np.testing.assert_array_equal(fields["close"], [[10.0, 20.5], [11.5, np.nan]])
    np.testing.assert_array_equal(fields["high"], [[11.0, np.nan], [np.nan, np.nan]])
    np.testing.assert_array_equal(fields["volume"], [[5.0, 6.0], [70.0, np.nan]])
    np.testing.assert_array_equal(fields["open_interest"], [[1.0, 2.0], [3.0, np.nan]])


def test_days_are_built_only_where_no_daily_bar_can_be():
    minute = BarInterval.MINUTE
    spans = [
        DailySpan("A", (at(4), at(8)), (minute, at(6), at(12)), None),
        DailySpan("B", None, (minute, at(1), at(2)), (at(1), at(2))),
        DailySpan("C", None, None, (at(3), at(5))),
    ]
    found = spans_to_build(spans, at(1), at(20))
    builds = {(kind, tuple(names)): (first, last) for kind, names, first, last in found}
    assert builds == {
        (minute, ("A",)): (at(9), at(12)),
        (minute, ("B",)): (at(1), at(2)),
        (None, ("C",)): (at(3), at(5)),
    }


def test_nothing_after_the_instant_is_built():
    spans = [DailySpan("A", (at(4), at(8)), (BarInterval.MINUTE, at(1), at(12)), None)]
    (before, after) = spans_to_build(spans, at(1), at(6, 12))
    assert before[2:] == (at(1), at(3))
    assert after[2:] == (at(5, 12), at(6, 12))
