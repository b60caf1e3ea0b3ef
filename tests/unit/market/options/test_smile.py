"""The curve through a smile, and which options make it."""

from __future__ import annotations

import numpy as np

from tests.unit.market.options.chains import AS_OF, NAN, chain, microseconds, quoted
from tradesense.market.options.smile import (
    Curve,
    call_delta,
    fit_curve,
    fit_svi_curve,
    has_butterfly,
    rejected_rows,
    smile_rows,
)
from tradesense.market.options.valuation import value_chain
from tradesense.quant.svi import RawSvi, total_variance

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


def test_an_svi_curve_goes_through_the_slice_its_quotes_lie_on() -> None:
    slice_ = RawSvi(0.002, 0.05, 0.02, -0.4, 0.1)
    iv = np.sqrt(total_variance(K, slice_) / YEARS)
    curve = fit_svi_curve(FORWARD, YEARS, STRIKE, iv, iv - 0.005, iv + 0.005)
    np.testing.assert_allclose(
        curve.iv, np.sqrt(total_variance(curve.log_moneyness, slice_) / YEARS), atol=1e-5
    )
    np.testing.assert_allclose(curve.log_moneyness[[0, -1]], K[[0, -1]], rtol=1e-12)
    assert curve.svi is not None
    assert curve.status == "ok"
    assert curve.rmse < 1e-5
    assert has_butterfly(FORWARD, YEARS, curve) is False


def test_where_no_slice_can_be_fitted_the_curve_says_why() -> None:
    few = fit_svi_curve(FORWARD, YEARS, STRIKE[:5], PARABOLA[:5], PARABOLA[:5], PARABOLA[:5])
    late = fit_svi_curve(FORWARD, 0.0, STRIKE, PARABOLA, PARABOLA, PARABOLA)
    assert (few.status, late.status) == ("too_few_quotes", "no_time_left")
    assert few.iv.size == late.iv.size == 0
    assert has_butterfly(FORWARD, YEARS, few) is None


def test_a_curve_with_a_hump_allows_a_butterfly_and_a_flat_one_does_not() -> None:
    hump = 0.2 + 0.15 * np.exp(-np.square(K / 0.03))
    for iv, found in ((hump, True), (np.full(K.shape, 0.2), False)):
        assert has_butterfly(FORWARD, YEARS, Curve(STRIKE, K, K, iv, 0.0)) is found
