"""The curve through a smile, and which options make it."""

from __future__ import annotations

import numpy as np

from tests.unit.market.options.chains import AS_OF, NAN, chain, microseconds, quoted
from tradesense.market.options.smile import call_delta, fit_curve, rejected_rows, smile_rows
from tradesense.market.options.valuation import value_chain

FORWARD, YEARS = 100.0, 0.25
K = np.linspace(-0.3, 0.3, 31)
STRIKE = FORWARD * np.exp(K)
PARABOLA = 0.2 - 0.15 * K + 0.8 * K**2


def flat(half: float) -> np.ndarray:
    return np.full(K.shape, half)


def test_a_parabola_is_fitted_exactly_whatever_the_spreads() -> None:
    half = np.where(np.arange(K.size) % 3 == 0, 0.05, 0.003)
    curve = fit_curve(FORWARD, YEARS, STRIKE, PARABOLA, PARABOLA - half, PARABOLA + half)
    x = curve.log_moneyness
    np.testing.assert_allclose(curve.iv, 0.2 - 0.15 * x + 0.8 * x**2, atol=1e-7)
    assert curve.rmse < 1e-7
    np.testing.assert_allclose(curve.strike, FORWARD * np.exp(x))


def test_the_curve_ends_where_the_quotes_end() -> None:
    curve = fit_curve(FORWARD, YEARS, STRIKE, PARABOLA, PARABOLA - 0.01, PARABOLA + 0.01)
    np.testing.assert_allclose(curve.log_moneyness[[0, -1]], K[[0, -1]], rtol=1e-12)


def test_a_wide_quote_moves_the_curve_less_than_a_tight_one() -> None:
    def pull(half_of_outlier: float) -> float:
        iv, half = PARABOLA.copy(), flat(0.003)
        iv[15] += 0.05
        half[15] = half_of_outlier
        curve = fit_curve(FORWARD, YEARS, STRIKE, iv, iv - half, iv + half)
        return float(np.interp(0.0, curve.log_moneyness, curve.iv)) - 0.2

    assert 0.0 < pull(0.1) < 0.2 * pull(0.003)


def test_one_sided_quotes_still_count() -> None:
    curve = fit_curve(FORWARD, YEARS, STRIKE, PARABOLA, np.full(K.shape, NAN), PARABOLA + 0.01)
    assert np.isfinite(curve.iv).all()


def test_four_points_make_no_curve() -> None:
    curve = fit_curve(FORWARD, YEARS, STRIKE[:4], PARABOLA[:4], PARABOLA[:4], PARABOLA[:4])
    assert curve.iv.size == 0
    assert np.isnan(curve.rmse)


def test_repeated_strikes_do_not_break_the_fit() -> None:
    strike = np.repeat(STRIKE, 2)
    iv = np.repeat(PARABOLA, 2)
    assert np.isfinite(fit_curve(FORWARD, YEARS, strike, iv, iv - 0.01, iv + 0.01).iv).all()


def test_the_delta_axis_falls_from_one_to_zero() -> None:
    delta = call_delta(FORWARD, STRIKE, PARABOLA, YEARS)
    assert (np.diff(delta) < 0.0).all()
    assert 0.0 < delta[-1] < delta[0] < 1.0


def test_a_smile_is_made_of_out_of_the_money_options_and_the_rest_of_them_is_rejected() -> None:
    columns = chain([*quoted(101.0), (130.0, True, NAN, 0.05)])
    values = value_chain(columns, as_of_us=microseconds(AS_OF), assumed_rate=0.03)
    rows = smile_rows(columns, values, 0)
    strikes, calls = columns.strike[rows], columns.is_call[rows]
    assert strikes.tolist() == sorted(strikes.tolist())
    assert (calls == (strikes > 101.0)).all()
    assert columns.strike[rejected_rows(columns, values, 0)].tolist() == [130.0]


def test_without_a_forward_there_is_no_smile() -> None:
    calls = [row for row in quoted(101.0) if row[1]]
    columns = chain(calls)
    values = value_chain(columns, as_of_us=microseconds(AS_OF), assumed_rate=0.03)
    assert smile_rows(columns, values, 0).size == 0
    nothing = np.empty(0)
    assert call_delta(NAN, nothing, nothing, 0.1).size == 0
    assert fit_curve(NAN, 0.1, nothing, nothing, nothing, nothing).iv.size == 0
