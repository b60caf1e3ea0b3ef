"""Strike filters, lists of dates, and the volatility at the money."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import numpy as np
import pytest

from tradesense.market.options.errors import InvalidDates, InvalidStrikes
from tradesense.market.options.rules import (
    DATES_PATTERN,
    INSTANTS_PATTERN,
    STRIKES_PATTERN,
    atm_index,
    atm_iv,
    is_out_of_the_money,
    parse_dates,
    parse_instants,
    parse_strikes,
    wanted_strikes,
)

STRIKES = np.array([80.0, 90.0, 95.0, 100.0, 105.0, 110.0, 120.0])
CALL_DELTA = np.array([0.97, 0.85, 0.7, 0.52, 0.33, 0.18, 0.04])
PUT_DELTA = CALL_DELTA - 1.0


def kept(text: str, forward: float = 101.0) -> list[float]:
    wanted = wanted_strikes(parse_strikes(text), STRIKES, forward, CALL_DELTA, PUT_DELTA)
    return STRIKES[wanted].tolist()


def test_all_keeps_every_strike() -> None:
    assert kept("all") == STRIKES.tolist()


def test_atm_keeps_the_nearest_strike_and_as_many_on_either_side() -> None:
    assert kept("atm:2") == [90.0, 95.0, 100.0, 105.0, 110.0]


def test_atm_at_the_edge_keeps_what_there_is() -> None:
    assert kept("atm:2", forward=79.0) == [80.0, 90.0, 95.0]


def test_percent_is_a_share_of_the_forward_with_its_ends() -> None:
    assert kept("pct:0.1", forward=100.0) == [90.0, 95.0, 100.0, 105.0, 110.0]


def test_delta_band_takes_a_strike_for_either_side() -> None:
    assert kept("delta:0.25..0.35") == [95.0, 105.0]


def test_delta_band_may_be_written_backwards() -> None:
    assert kept("delta:0.9..0.1") == kept("delta:0.1..0.9")


def test_unknown_deltas_are_in_no_band() -> None:
    unknown = np.full(STRIKES.shape, np.nan)
    assert not wanted_strikes(parse_strikes("delta:0..1"), STRIKES, 100.0, unknown, unknown).any()


@pytest.mark.parametrize("text", ["atm:5", "pct:0.2"])
def test_without_a_forward_nothing_is_near_it(text: str) -> None:
    assert kept(text, forward=float("nan")) == []


@pytest.mark.parametrize(
    "text", ["", "atm", "atm:-1", "atm:1.5", "pct:x", "delta:0.1", "ALL", "all;drop", "pct:1e9"]
)
def test_other_words_are_refused(text: str) -> None:
    assert re.fullmatch(STRIKES_PATTERN, text) is None
    with pytest.raises(InvalidStrikes):
        parse_strikes(text)


@pytest.mark.parametrize("text", ["all", "atm:10", "pct:0.1", "delta:0.1..0.9"])
def test_the_declared_pattern_and_the_reader_agree(text: str) -> None:
    assert re.fullmatch(STRIKES_PATTERN, text)
    parse_strikes(text)


def test_atm_index_needs_strikes_and_a_forward() -> None:
    assert atm_index(STRIKES, 103.0) == 4
    assert atm_index(STRIKES, float("nan")) is None
    assert atm_index(np.array([]), 100.0) is None


def test_atm_iv_is_linear_in_log_strike_and_averages_call_and_put() -> None:
    strike = np.array([100.0, 100.0, 110.0])
    iv = np.array([0.20, 0.22, 0.25])
    forward = float(np.sqrt(100.0 * 110.0))
    assert atm_iv(strike, iv, forward) == pytest.approx((0.21 + 0.25) / 2, abs=1e-12)


def test_atm_iv_beyond_the_strikes_is_unknown() -> None:
    assert np.isnan(atm_iv(np.array([100.0, 110.0]), np.array([0.2, 0.2]), 120.0))
    assert np.isnan(atm_iv(np.array([100.0]), np.array([np.nan]), 100.0))


def test_at_the_forward_call_and_put_are_both_out_of_the_money() -> None:
    strike = np.array([90.0, 90.0, 100.0, 100.0, 110.0, 110.0])
    is_call = np.array([True, False] * 3)
    expected = [False, True, True, True, True, False]
    assert is_out_of_the_money(strike, is_call, np.full(6, 100.0)).tolist() == expected


def test_dates_come_once_and_in_order_given() -> None:
    assert parse_dates("2026-06-19,2026-03-20,2026-06-19") == [date(2026, 6, 19), date(2026, 3, 20)]


def test_a_date_to_compare_with_is_its_end_in_utc() -> None:
    assert parse_instants("2026-03-20,2026-03-20T10:00:00+02:00") == [
        datetime(2026, 3, 20, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 3, 20, 8, tzinfo=UTC),
    ]


@pytest.mark.parametrize("text", ["2026-02-30", "20260320", "2026-03-20T10:00:00", "soon"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidDates):
        parse_instants(text)


def test_the_declared_patterns_of_dates_take_lists() -> None:
    assert re.fullmatch(DATES_PATTERN, "2026-03-20,2026-06-19")
    assert re.fullmatch(INSTANTS_PATTERN, "2026-03-20,2026-06-19T10:00:00Z")
    assert re.fullmatch(DATES_PATTERN, "2026-13-20") is None
