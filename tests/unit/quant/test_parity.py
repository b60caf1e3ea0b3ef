"""The parity forward: exact on clean quotes, unmoved by wild ones, honest where there is little to go by."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.quant import parity_oracle
from tradesense.quant import parity_forward, price_and_greeks


def quotes(forward=4000.0, rate=0.05, t=0.25, n=41, half_spread=0.5, seed=0):
    rng = np.random.default_rng(seed)
    strike = np.linspace(0.8, 1.2, n) * 4000.0
    price = price_and_greeks(
        "black76",
        is_call=[[True], [False]],
        underlying=forward,
        strike=strike,
        expiry_years=t,
        vol=0.2,
        rate=rate,
    ).price
    mid = price + rng.uniform(-0.4, 0.4, price.shape) * half_spread
    return [strike, mid[0] - half_spread, mid[0] + half_spread, mid[1] - half_spread, mid[1] + half_spread]


@given(st.floats(3800.0, 4200.0), st.floats(0.002, 0.15), st.floats(0.02, 2.0))
def test_clean_quotes_give_forward_and_rate_back(forward, rate, t) -> None:
    strike, cb, ca, pb, pa = quotes(forward, rate, t, half_spread=0.0)
    fit = parity_forward(strike, cb - 1e-6, ca + 1e-6, pb - 1e-6, pa + 1e-6, t)
    assert fit.forward == pytest.approx(forward, abs=1e-5)
    assert fit.discount_factor == pytest.approx(math.exp(-rate * t), abs=1e-7)
    assert fit.rate_fitted


def test_noise_of_the_spread_moves_the_forward_by_a_fraction_of_it() -> None:
    fit = parity_forward(*quotes(), 0.25)
    assert fit.forward == pytest.approx(4000.0, abs=0.25)
    assert fit.pairs_used > 15
    assert 0.0 < fit.residual < 0.5


def test_a_quarter_of_wild_pairs_does_not_move_the_forward() -> None:
    strike, cb, ca, pb, pa = quotes()
    wild = np.arange(2, strike.size, 4)
    cb[wild] += 60.0
    ca[wild] += 60.0
    given_rate = parity_forward(strike, cb, ca, pb, pa, 0.25, rate=0.05)
    assert given_rate.forward == pytest.approx(4000.0, abs=0.3)
    assert given_rate.rate == pytest.approx(0.05)
    assert not given_rate.rate_fitted
    fitted = parity_forward(strike, cb, ca, pb, pa, 0.25)
    assert fitted.forward == pytest.approx(4000.0, abs=0.5)


def test_unusable_pairs_are_left_out() -> None:
    strike, cb, ca, pb, pa = quotes()
    cb[:5] = np.nan
    pb[5:9] = 0.0
    ca[9] = cb[9] - 1.0
    fit = parity_forward(strike, cb, ca, pb, pa, 0.25, rate=0.05)
    assert fit.forward == pytest.approx(4000.0, abs=0.3)


def test_a_slope_above_one_is_not_believed() -> None:
    strike, cb, ca, pb, pa = quotes(half_spread=0.01)
    tilt = 0.02 * (strike - 4000.0)
    fit = parity_forward(strike, cb - tilt, ca - tilt, pb, pa, 0.25)
    assert not fit.rate_fitted
    assert fit.discount_factor == 1.0
    assert fit.forward == pytest.approx(4000.0, abs=1.0)


def test_no_pair_gives_nan_and_says_so() -> None:
    nothing = np.full(3, np.nan)
    fit = parity_forward([1.0, 2.0, 3.0], nothing, nothing, nothing, nothing, 0.5)
    assert fit.pairs_used == 0
    assert math.isnan(fit.forward)
    assert parity_forward([], [], [], [], [], 0.5).pairs_used == 0


def test_one_pair_is_enough_with_a_given_rate() -> None:
    fit = parity_forward([100.0], [4.9], [5.1], [3.9], [4.1], 0.5, rate=0.02)
    assert fit.forward == pytest.approx(100.0 + 1.0 * math.exp(0.01))
    assert fit.pairs_used == 1


def test_columns_of_different_length_are_a_value_error() -> None:
    with pytest.raises(ValueError, match="one length"):
        parity_forward([1.0, 2.0], [1.0], [1.0], [1.0], [1.0], 0.5)


@settings(max_examples=150)
@given(
    st.integers(0, 10_000),
    st.integers(1, 400),
    st.floats(-0.05, 0.3),
    st.floats(-4.0, 1.0),
    st.booleans(),
    st.booleans(),
)
def test_the_fit_is_that_of_the_plain_formulas_on_damaged_quotes(
    seed, n, rate, spread, repeated, given_rate
) -> None:
    rng = np.random.default_rng(seed)
    columns = quotes(rng.uniform(3500.0, 4500.0), rate, 0.25, n, half_spread=10.0**spread, seed=seed)
    for column in columns[1:]:
        hit = rng.random(n) < 0.05
        column[hit] = rng.choice([np.nan, 0.0, 50.0, np.inf], hit.sum())
    if repeated:
        columns[0] = np.round(columns[0], -2)
    held = 0.04 if given_rate else None
    ours = parity_forward(*columns, 0.25, rate=held)
    plain = parity_oracle.parity_forward(*columns, 0.25, rate=held)
    assert ours.pairs_used == plain.pairs_used
    assert ours.rate_fitted == plain.rate_fitted
    assert ours.forward == pytest.approx(plain.forward, rel=1e-12, nan_ok=True)
    assert ours.discount_factor == pytest.approx(plain.discount_factor, rel=1e-12, nan_ok=True)
    assert ours.residual == pytest.approx(plain.residual, rel=1e-6, abs=1e-9, nan_ok=True)
