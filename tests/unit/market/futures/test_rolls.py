from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.market.futures.rolls import (
    NOT_HELD,
    Adjust,
    Panel,
    RollReason,
    RollRule,
    RollStatus,
    held_contracts,
    rank_behind,
    rolls_of,
    share_of,
    shifts_of,
    stitched_rolls,
)

NAN = float("nan")
FIRST = date(2024, 1, 1)


def panel_of(close, *, volume=None, interest=None, ends=None, hold=None) -> Panel:
    close = np.array(close, dtype=float)
    days, contracts = close.shape
    nothing = np.full(close.shape, NAN)
    ends = ends or [days - 1] * contracts
    return Panel(
        days=[FIRST + timedelta(days=day) for day in range(days)],
        symbols=[f"X-2024-{place + 1:02d}" for place in range(contracts)],
        hold_until=[FIRST + timedelta(days=day) for day in (hold or ends)],
        ends=[FIRST + timedelta(days=day) for day in ends],
        close=close,
        volume=nothing if volume is None else np.array(volume, dtype=float),
        open_interest=nothing if interest is None else np.array(interest, dtype=float),
    )


@st.composite
def panels(draw) -> Panel:
    days = draw(st.integers(1, 14))
    contracts = draw(st.integers(1, 4))
    ends = sorted(draw(st.lists(st.integers(0, days + 3), min_size=contracts, max_size=contracts)))
    figure = st.one_of(st.just(NAN), st.integers(0, 9).map(float))
    table = st.lists(st.lists(figure, min_size=contracts, max_size=contracts), min_size=days, max_size=days)
    price = st.one_of(st.just(NAN), st.integers(50, 150).map(float))
    prices = st.lists(st.lists(price, min_size=contracts, max_size=contracts), min_size=days, max_size=days)
    hold = [end - draw(st.integers(0, 2)) for end in ends]
    return panel_of(draw(prices), volume=draw(table), interest=draw(table), ends=ends, hold=hold)


RULES = st.sampled_from([RollRule.CALENDAR, RollRule.VOLUME, RollRule.OPEN_INTEREST])


@given(panels(), RULES, st.data())
def test_what_is_held_does_not_depend_on_what_comes_later(panel, rule, data):
    held, _ = held_contracts(panel, rule)
    row = data.draw(st.integers(0, len(panel.days) - 1))
    volume, interest, close = panel.volume.copy(), panel.open_interest.copy(), panel.close.copy()
    volume[row:], interest[row:], close[row + 1 :] = 999.0, 999.0, 1.0
    other = replace(panel, volume=volume, open_interest=interest, close=close)
    assert held_contracts(other, rule)[0][: row + 1].tolist() == held[: row + 1].tolist()


@given(panels(), RULES)
def test_series_never_goes_back_and_never_holds_an_ended_contract(panel, rule):
    held, _ = held_contracts(panel, rule)
    kept = [place for place in held.tolist() if place != NOT_HELD]
    assert kept == sorted(kept)
    for day, place in zip(panel.days, held.tolist(), strict=True):
        assert place == NOT_HELD or panel.ends[place] >= day


@given(panels(), RULES)
def test_rolls_are_priced_before_they_happen(panel, rule):
    held, reasons = held_contracts(panel, rule)
    for roll in rolls_of(panel, held, reasons):
        assert roll.priced_on is None or roll.priced_on < roll.day


def test_calendar_roll_comes_the_day_after_the_last_one_to_hold():
    panel = panel_of([[100, 101]] * 5, hold=[2, 4])
    held, reasons = held_contracts(panel, RollRule.CALENDAR)
    assert held.tolist() == [0, 0, 0, 1, 1]
    (roll,) = rolls_of(panel, held, reasons)
    assert (roll.day, roll.priced_on, roll.gap) == (FIRST + timedelta(days=3), FIRST + timedelta(days=2), 1.0)
    assert (roll.source, roll.target, roll.reason) == ("X-2024-01", "X-2024-02", RollReason.CALENDAR)


def test_volume_roll_comes_the_day_after_volume_crossed():
    panel = panel_of([[100, 101]] * 4, volume=[[9, 1], [5, 5], [4, 5], [9, 1]])
    held, reasons = held_contracts(panel, RollRule.VOLUME)
    assert held.tolist() == [0, 0, 0, 1]
    assert reasons[3] is RollReason.VOLUME


def test_open_interest_is_known_a_day_later_than_volume():
    panel = panel_of([[100, 101]] * 5, interest=[[9, 1], [4, 5], [1, 9], [1, 9], [1, 9]])
    assert held_contracts(panel, RollRule.OPEN_INTEREST)[0].tolist() == [0, 0, 0, 1, 1]


def test_volume_roll_skips_a_contract_nobody_trades():
    panel = panel_of([[100, 101, 102]] * 3, volume=[[9, 1, 8], [5, 1, 8], [1, 1, 8]])
    assert held_contracts(panel, RollRule.VOLUME)[0].tolist() == [0, 0, 2]


def test_later_contract_with_more_than_the_front_but_less_than_a_nearer_one_is_not_gone_to():
    panel = panel_of([[100, 101, 102]] * 3, volume=[[1, 9, 1], [9, 4, 5], [9, 4, 5]])
    assert held_contracts(panel, RollRule.VOLUME)[0].tolist() == [0, 1, 1]


def test_missing_figure_of_the_front_decides_nothing():
    panel = panel_of([[100, 101]] * 3, volume=[[9, 1], [NAN, 1], [9, 1]])
    assert held_contracts(panel, RollRule.VOLUME)[0].tolist() == [0, 0, 0]


def test_contract_that_ends_first_goes_over_to_the_one_with_most():
    panel = panel_of([[100, 101, 102]] * 3, volume=[[9, 1, 2]] * 3, ends=[0, 2, 2])
    held, reasons = held_contracts(panel, RollRule.VOLUME)
    assert held.tolist() == [0, 2, 2]
    assert reasons[1] is RollReason.EXPIRY


def test_contract_that_ends_without_any_figures_goes_over_to_the_next():
    panel = panel_of([[100, 101, 102]] * 3, ends=[0, 2, 2])
    assert held_contracts(panel, RollRule.OPEN_INTEREST)[0].tolist() == [0, 1, 1]


def test_higher_rank_is_the_contract_behind_the_front():
    panel = panel_of([[100, 101, 102]] * 3, hold=[0, 1, 2], ends=[0, 1, 2])
    front, _ = held_contracts(panel, RollRule.CALENDAR)
    assert rank_behind(panel, front, 2).tolist() == [1, 2, NOT_HELD]


def test_difference_adjustment_keeps_what_a_holder_gained():
    close = [[100, 110, NAN], [101, 112, 120], [NAN, 113, 119], [NAN, 111, 121], [NAN, NAN, 124]]
    panel = panel_of(close, hold=[1, 3, 4], ends=[1, 3, 4])
    held, reasons = held_contracts(panel, RollRule.CALENDAR)
    assert held.tolist() == [0, 0, 1, 1, 2]
    rolls = rolls_of(panel, held, reasons)
    assert [roll.gap for roll in rolls] == [11.0, 10.0]
    shifts = shifts_of(rolls, Adjust.DIFFERENCE)
    raw = np.array([100, 101, 113, 111, 124.0])
    adjusted = [float(shifts[place].apply(raw[row])) for row, place in enumerate([0, 0, 1, 1, 2])]
    # The holder of each contract gained 1, then 113 - 112, then -2, then 124 - 121.
    assert np.diff(adjusted).tolist() == [1.0, 1.0, -2.0, 3.0]
    assert adjusted[-1] == 124.0


def test_ratio_adjustment_keeps_the_returns_of_a_holder():
    panel = panel_of([[100, 110], [102, 112], [NAN, 115]], hold=[1, 2], ends=[1, 2])
    held, reasons = held_contracts(panel, RollRule.CALENDAR)
    rolls = rolls_of(panel, held, reasons)
    before, after = shifts_of(rolls, Adjust.RATIO)
    adjusted = [float(before.apply(np.float64(100))), float(before.apply(np.float64(102))), 115.0]
    assert adjusted[1] / adjusted[0] == pytest.approx(102 / 100)
    assert adjusted[2] / adjusted[1] == pytest.approx(115 / 112)
    assert (after.add, after.factor) == (0.0, 1.0)


def test_no_adjustment_shifts_nothing():
    panel = panel_of([[100, 110]] * 3, hold=[1, 2], ends=[1, 2])
    held, reasons = held_contracts(panel, RollRule.CALENDAR)
    shifts = shifts_of(rolls_of(panel, held, reasons), Adjust.NONE)
    assert [(shift.add, shift.factor) for shift in shifts] == [(0.0, 1.0)] * 2


def test_roll_without_a_common_price_leaves_nothing_to_adjust_before_it():
    panel = panel_of([[100, NAN], [101, NAN], [NAN, 115]], hold=[1, 2], ends=[1, 2])
    held, reasons = held_contracts(panel, RollRule.CALENDAR)
    (roll,) = rolls_of(panel, held, reasons)
    assert (roll.gap, roll.factor, roll.status) == (None, None, RollStatus.NO_OVERLAP)
    for adjust in (Adjust.DIFFERENCE, Adjust.RATIO):
        assert shifts_of([roll], adjust)[0] is None
    assert shifts_of([roll], Adjust.NONE)[0] is not None


def test_price_below_zero_has_a_gap_and_no_factor():
    panel = panel_of([[-37.63, 20.43], [NAN, 21]], hold=[0, 1], ends=[0, 1])
    held, reasons = held_contracts(panel, RollRule.CALENDAR)
    (roll,) = rolls_of(panel, held, reasons)
    assert roll.gap == pytest.approx(58.06)
    assert (roll.factor, roll.status) == (None, RollStatus.NOT_POSITIVE)
    assert shifts_of([roll], Adjust.RATIO)[0] is None


def test_stitched_series_rolls_where_its_contract_changes_by_the_row_before():
    times = np.array(["2024-01-01", "2024-01-02", "2024-01-03"], dtype="datetime64[us]")
    rolls = stitched_rolls(
        times, ["A", "A", "B"], np.array([10.0, 11.0, 13.0]), np.array([12.0, 12.5, 14.0]), ["B", "B", "C"]
    )
    (roll,) = rolls
    assert (roll.day, roll.priced_on, roll.gap) == (date(2024, 1, 3), date(2024, 1, 2), 1.5)


def test_stitched_roll_to_another_contract_than_named_has_no_price():
    times = np.array(["2024-01-01", "2024-01-02"], dtype="datetime64[us]")
    (roll,) = stitched_rolls(times, ["A", "C"], np.array([10.0, 11.0]), np.array([12.0, 12.5]), ["B", "D"])
    assert roll.status is RollStatus.NO_OVERLAP


@pytest.mark.parametrize(
    ("part", "rest", "share"), [(1, 3, 0.25), (0, 4, 0.0), (0, 0, None), (None, 1, None)]
)
def test_share_is_null_where_it_means_nothing(part, rest, share):
    assert share_of(part, rest) == share
