"""The SVI fit: slices come back, noise is fitted as well as a generic optimiser does, without arbitrage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from tradesense.quant.svi import RawSvi, density_factor, implied_vol, is_butterfly_free, total_variance
from tradesense.quant.svi_fit import FEWEST_POINTS, MOST_POINTS, Earlier, fit_svi

# Gatheral and Jacquier (2014), example 3.1 after Vogt: its g(k) is negative from k = 0.64 to 1.26.
VOGT = RawSvi(-0.0410, 0.1331, 0.3586, 0.3060, 0.4153)
FREE = {
    "a year, steep": (RawSvi(0.01, 0.2, -0.1, -0.5, 0.2), 1.0),
    "half a year": (RawSvi(0.02, 0.1, 0.0, -0.3, 0.2), 0.5),
    "two weeks": (RawSvi(0.0005, 0.03, 0.01, -0.6, 0.03), 0.04),
    "a day": (RawSvi(5e-5, 0.004, 0.002, -0.2, 0.008), 1 / 365),
}
EVERYWHERE = np.linspace(-5.0, 5.0, 4001)


def places(svi: RawSvi, count: int = 41) -> np.ndarray:
    return svi.m + 8.0 * svi.sigma * np.linspace(-1.0, 1.0, count)


@pytest.mark.parametrize("name", FREE)
def test_an_exact_slice_comes_back(name: str) -> None:
    svi, t = FREE[name]
    assert is_butterfly_free(svi)
    k = places(svi)
    fit = fit_svi(k, implied_vol(k, svi, t), t)
    assert fit.status == "ok"
    assert fit.svi is not None
    assert fit.rmse < 1e-6
    np.testing.assert_allclose(total_variance(k, fit.svi), total_variance(k, svi), rtol=1e-5)


def test_the_published_slice_with_a_butterfly_is_fitted_by_one_without() -> None:
    k = np.linspace(-1.5, 1.5, 61)
    fit = fit_svi(k, implied_vol(k, VOGT, 1.0), 1.0)
    assert fit.svi is not None
    assert np.min(density_factor(k, VOGT)) < 0.0
    assert np.min(density_factor(EVERYWHERE, fit.svi)) >= -1e-5
    assert np.min(total_variance(EVERYWHERE, fit.svi)) > 0.0
    # As near as the paper's own repair, whose total variance is within 0.01 of what it repairs on this range.
    assert fit.rmse < 0.01


# As steep and as short as index options are: nearest to these quotes lies a slice that allows a butterfly.
BENT = {
    "four days": (RawSvi(-0.0017, 0.0237, -0.0209, -0.3056, 0.0784), 4 / 365, (-0.28, 0.04)),
    "two months": (RawSvi(-0.05, 0.138, 0.157, 0.264, 0.387), 47 / 365, (-0.8, 0.16)),
}


@pytest.mark.parametrize("name", BENT)
def test_quotes_that_pull_towards_a_butterfly_have_a_slice_near_them_without_one(name: str) -> None:
    svi, t, (low, high) = BENT[name]
    k = np.linspace(low, high, 100)
    fit = fit_svi(k, implied_vol(k, svi, t), t)
    assert not is_butterfly_free(svi)
    assert fit.status == "ok"
    assert fit.svi is not None
    assert is_butterfly_free(fit.svi)
    assert fit.rmse < 0.0025


@pytest.mark.parametrize("name", FREE)
def test_noise_is_fitted_as_well_as_a_generic_optimiser_fits_it(name: str) -> None:
    svi, t = FREE[name]
    k = places(svi, 61)
    noise = np.random.default_rng(7).standard_normal(k.size)
    iv = implied_vol(k, svi, t) * (1.0 + 0.003 * noise)

    def misfit(numbers: np.ndarray) -> float:
        a, b, m, rho, sigma = numbers
        w = a + b * (rho * (k - m) + np.sqrt((k - m) ** 2 + sigma**2))
        return float(np.mean((np.sqrt(np.maximum(w, 1e-12) / t) - iv) ** 2))

    true = np.array([svi.a, svi.b, svi.m, svi.rho, svi.sigma])
    options = {"maxiter": 4000, "maxfev": 4000, "xatol": 1e-10, "fatol": 1e-16}
    generic = minimize(misfit, true, method="Nelder-Mead", options=options)
    fit = fit_svi(k, iv, t)
    assert fit.status == "ok"
    # The loss is not quite the square: what is far off counts a little less.
    assert fit.rmse <= 1.05 * np.sqrt(generic.fun)


def test_one_wild_quote_hardly_moves_the_slice() -> None:
    svi, t = FREE["half a year"]
    k = places(svi)
    iv = implied_vol(k, svi, t)
    wild = iv.copy()
    wild[30] *= 2.0
    fit = fit_svi(k, wild, t)
    assert fit.svi is not None
    others = np.delete(np.arange(k.size), 30)
    assert np.max(np.abs(implied_vol(k[others], fit.svi, t) - iv[others])) < 0.01


def test_a_wide_quote_pulls_less_than_a_tight_one() -> None:
    svi, t = FREE["half a year"]
    k = places(svi)
    iv = implied_vol(k, svi, t)
    iv[20] *= 1.03
    pulls = []
    for wide in (1.0, 0.05):
        weight = np.ones_like(k)
        weight[20] = wide
        fit = fit_svi(k, iv, t, weight=weight)
        assert fit.svi is not None
        pulls.append(float(implied_vol(k[20], fit.svi, t) - implied_vol(k[20], svi, t)))
    assert pulls[1] < pulls[0]


def test_a_slice_is_kept_above_the_one_before() -> None:
    near, far = RawSvi(0.020, 0.1, 0.0, -0.3, 0.2), RawSvi(0.0198, 0.1, 0.0, -0.3, 0.2)
    k = places(near)
    earlier = Earlier(near, float(k[0]), float(k[-1]))
    alone = fit_svi(k, implied_vol(k, far, 0.6), 0.6)
    fit = fit_svi(k, implied_vol(k, far, 0.6), 0.6, earlier=earlier)
    assert alone.svi is not None
    assert fit.svi is not None
    assert np.min(total_variance(k, alone.svi) - total_variance(k, near)) < 0.0
    assert np.min(total_variance(k, fit.svi) - total_variance(k, near)) >= -1e-12
    assert fit.falls_below_earlier is False
    assert is_butterfly_free(fit.svi)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_quoted_the_slice_is_free_or_there_is_none(seed: int) -> None:
    random = np.random.default_rng(seed)
    k = np.sort(random.uniform(-0.5, 0.5, 25))
    fit = fit_svi(k, random.uniform(0.05, 1.5, k.size), float(random.uniform(0.01, 1.0)))
    assert (fit.svi is None) == (fit.status == "not_arbitrage_free")
    assert fit.svi is None or np.min(density_factor(EVERYWHERE, fit.svi)) >= -1e-5


def test_too_little_is_not_fitted_and_says_why() -> None:
    k = np.linspace(-0.1, 0.1, FEWEST_POINTS - 1)
    assert fit_svi(np.repeat(k, 3), np.full(3 * k.size, 0.2), 0.1).status == "too_few_quotes"
    assert fit_svi(np.linspace(-0.1, 0.1, 30), np.full(30, 0.2), 0.0).status == "no_time_left"
    assert fit_svi(np.linspace(-0.1, 0.1, 30), np.full(30, np.nan), 0.1).status == "too_few_quotes"


def test_points_are_bounded() -> None:
    k = np.linspace(-0.5, 0.5, 5 * MOST_POINTS)
    fit = fit_svi(k, np.full(k.size, 0.2), 0.5)
    assert (fit.points, fit.status) == (MOST_POINTS, "ok")
    assert fit.rmse < 1e-4


def test_columns_of_unequal_length_are_a_bad_call() -> None:
    with pytest.raises(ValueError, match="one length"):
        fit_svi([0.0, 0.1], [0.2], 0.1)
