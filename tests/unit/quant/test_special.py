"""The kernels' own exp, log and Mills' ratio against fifty digits."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest

from tradesense.quant.special import exp, log_ratio, mills, normal_cdf

EPS = float(np.finfo(float).eps)


@pytest.fixture(autouse=True)
def fifty_digits():
    with mpmath.workdps(50):
        yield


def test_exp_is_within_two_units_in_the_last_place() -> None:
    for x in [*np.linspace(-700.0, 700.0, 301), *np.linspace(-1.0, 1.0, 101)]:
        assert abs(mpmath.mpf(exp(x)) / mpmath.exp(mpmath.mpf(x)) - 1) < 2 * EPS, x


def test_exp_beyond_its_range_is_zero_or_stays_and_keeps_nan() -> None:
    assert exp(-709.0) == exp(-math.inf) == 0.0
    assert exp(800.0) == exp(709.0) > 8e307
    assert math.isnan(exp(math.nan))


def test_log_ratio_keeps_its_relative_accuracy_next_to_one() -> None:
    rng = np.random.default_rng(2)
    for gap in 10.0 ** rng.uniform(-15.0, 2.5, 300):
        b = float(rng.uniform(0.1, 1000.0))
        a = b * (1.0 + gap)
        exact = mpmath.log(mpmath.mpf(a) / mpmath.mpf(b))
        if a != b:
            assert abs(mpmath.mpf(log_ratio(a, b)) / exact - 1) < 3 * EPS, (a, b)


def test_mills_ratio_is_within_six_units_in_the_last_place_everywhere() -> None:
    for z in [0.0, *np.geomspace(1e-6, 1e8, 300)]:
        x = mpmath.mpf(float(z))
        exact = (
            mpmath.erfc(x / mpmath.sqrt(2)) * mpmath.exp(x * x / 2) / 2
            if z < 40.0
            else (1 - x**-2 + 3 * x**-4 - 15 * x**-6 + 105 * x**-8 - 945 * x**-10) / x * mpmath.npdf(0)
        )
        assert abs(mpmath.mpf(mills(float(z))) / exact - 1) < 6 * EPS, z


def test_normal_cdf_keeps_its_digits_on_the_lower_wing() -> None:
    for x in np.linspace(-37.0, 8.0, 91):
        exact = mpmath.ncdf(mpmath.mpf(float(x)))
        assert abs(mpmath.mpf(normal_cdf(float(x))) / exact - 1) < EPS * (6 + x * x)
