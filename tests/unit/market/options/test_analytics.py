"""What is read off chains, against numbers worked out by hand."""

from __future__ import annotations

from math import exp, log, pi, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from tests.unit.market.options.chains import black76
from tradesense.market.options.analytics import (
    expected_move,
    forward_vols,
    max_pain,
    put_call_ratio,
    rank_of,
    skew_of,
    vol_at_delta,
    vol_at_maturity,
)

NAN = float("nan")


def test_variance_between_two_expiries_is_what_the_later_has_more() -> None:
    # 0.20^2 x 0.25 = 0.0100 and 0.22^2 x 0.50 = 0.0242: 0.0142 over a quarter of a year is 0.2383^2.
    between = forward_vols(np.array([0.20, 0.22]), np.array([0.25, 0.50]))
    assert np.isnan(between[0])
    assert between[1] == pytest.approx(sqrt(0.0142 / 0.25))


def test_falling_total_variance_and_unknown_volatility_have_no_forward_volatility() -> None:
    assert np.isnan(forward_vols(np.array([0.40, 0.10]), np.array([0.25, 0.50]))).all()
    assert np.isnan(forward_vols(np.array([NAN, 0.2, 0.2]), np.array([0.1, 0.2, 0.3]))).tolist() == [
        True,
        True,
        False,
    ]
    assert forward_vols(np.array([]), np.array([])).size == 0


def test_skew_of_a_smile_straight_in_delta_is_read_back() -> None:
    forward, years = 100.0, 0.25
    wanted_deltas = np.linspace(0.05, 0.95, 19)
    iv = 0.20 + 0.08 * (wanted_deltas - 0.5)
    # N(d1) = delta: ln(F / K) = d1 v sqrt(T) - v^2 T / 2.
    d1 = np.array([NormalDist().inv_cdf(each) for each in wanted_deltas])
    strike = forward * np.exp(-(d1 * iv * sqrt(years) - 0.5 * iv**2 * years))
    order = np.argsort(strike)
    skew = skew_of(forward, years, strike[order], iv[order], 0.20)
    assert skew.call_iv == pytest.approx(0.18)
    assert skew.put_iv == pytest.approx(0.22)
    assert skew.risk_reversal == pytest.approx(-0.04)
    assert skew.butterfly == pytest.approx(0.0, abs=1e-12)
    at = wanted_deltas.tolist().index(pytest.approx(0.25))
    assert skew.call_strike == pytest.approx(strike[at])


def test_no_quote_beyond_the_wing_gives_no_skew() -> None:
    skew = skew_of(100.0, 0.25, np.array([99.0, 100.0, 101.0]), np.full(3, 0.2), 0.2)
    assert np.isnan([skew.call_iv, skew.risk_reversal, skew.butterfly]).all()
    assert np.isnan(skew_of(NAN, 0.25, np.array([100.0]), np.array([0.2]), 0.2).call_iv)


def test_two_quotes_of_one_delta_count_as_their_mean() -> None:
    assert vol_at_delta(np.array([0.25, 0.25]), np.array([0.2, 0.3]), 0.25) == pytest.approx(0.25)
    assert np.isnan(vol_at_delta(np.array([NAN]), np.array([0.2]), 0.25))


def test_pain_is_least_where_the_holders_of_both_would_receive_least() -> None:
    strike = np.array([90.0, 100.0, 110.0])
    calls, puts = np.array([10.0, 20.0, 30.0]), np.array([40.0, 20.0, 5.0])
    pain = max_pain(strike, calls, puts, 50.0)
    # At 90: puts 20x10 + 5x20 = 300. At 100: calls 10x10, puts 5x10. At 110: calls 10x20 + 20x10 = 400.
    assert pain.calls.tolist() == [0.0, 50.0 * 100.0, 50.0 * 400.0]
    assert pain.puts.tolist() == [50.0 * 300.0, 50.0 * 50.0, 0.0]
    assert pain.strike == 100.0


def test_pain_without_multiplier_has_a_strike_and_without_interest_none() -> None:
    strike = np.array([90.0, 100.0])
    known = max_pain(strike, np.array([0.0, 5.0]), np.array([5.0, 0.0]), NAN)
    assert known.strike == 90.0
    assert np.isnan(known.calls).all()
    assert np.isnan(max_pain(strike, np.zeros(2), np.zeros(2), 1.0).strike)
    assert np.isnan(max_pain(np.empty(0), np.empty(0), np.empty(0), 1.0).strike)


def test_ratio_of_puts_to_calls_needs_calls() -> None:
    assert put_call_ratio(200.0, 150.0) == 0.75
    assert np.isnan(put_call_ratio(0.0, 150.0))


def test_expected_move_is_one_deviation_and_the_straddle_four_fifths_of_it() -> None:
    years, vol = 30 / 365, 0.16
    call, put = (black76(is_call, 4_000.0, 4_000.0, years, vol, 0.0) for is_call in (True, False))
    found = expected_move(
        4_000.0,
        years,
        vol,
        np.array([3_900.0, 4_000.0]),
        np.array([NAN, call]),
        np.array([NAN, put]),
    )
    assert found.move == pytest.approx(4_000.0 * 0.16 * sqrt(30 / 365))
    assert found.straddle_strike == 4_000.0
    assert found.straddle / found.move == pytest.approx(sqrt(2.0 / pi), rel=1e-3)


def test_move_of_what_has_expired_or_has_no_forward_is_unknown() -> None:
    assert np.isnan(expected_move(100.0, -0.1, 0.2, np.array([100.0]), np.array([1.0]), np.array([1.0])).move)
    nothing = expected_move(NAN, 0.1, 0.2, np.array([100.0]), np.array([1.0]), np.array([1.0]))
    assert np.isnan([nothing.move, nothing.straddle]).all()


def test_volatility_at_thirty_days_lies_between_its_neighbours_in_variance() -> None:
    iv, years = np.array([0.10, 0.30]), np.array([20 / 365, 40 / 365])
    between = 0.5 * (0.01 * 20 + 0.09 * 40) / 30
    assert vol_at_maturity(iv, years) == pytest.approx(sqrt(between))
    assert np.isnan(vol_at_maturity(iv, np.array([40 / 365, 60 / 365])))
    assert np.isnan(vol_at_maturity(np.array([NAN]), np.array([0.1])))


def test_rank_and_percentile_count_differently() -> None:
    history = np.array([0.10] * 15 + [0.30] * 5)
    found = rank_of(0.15, history)
    assert found.rank == pytest.approx(0.25)
    assert found.percentile == pytest.approx(0.75)
    assert rank_of(0.50, history).rank == 1.0, "a new high is part of its own range"
    assert np.isnan(rank_of(0.15, history[:19]).rank)
    flat = rank_of(0.10, np.full(20, 0.10))
    assert np.isnan(flat.rank)
    assert flat.percentile == 0.0


def test_25_delta_strike_of_a_flat_smile_is_the_closed_form() -> None:
    strike = np.linspace(80.0, 120.0, 401)
    found = skew_of(100.0, 0.25, strike, np.full(strike.shape, 0.2), 0.2)
    deviation = 0.2 * sqrt(0.25)
    d1 = NormalDist().inv_cdf(0.25)
    assert log(found.call_strike / 100.0) == pytest.approx(-d1 * deviation + 0.5 * deviation**2, abs=1e-6)
    assert found.put_strike == pytest.approx(100.0 * exp(d1 * deviation + 0.5 * deviation**2), rel=1e-6)
