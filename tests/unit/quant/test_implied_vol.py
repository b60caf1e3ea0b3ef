"""Implied volatility: there and back on the whole plane, and a status where there is no way back."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.quant import AMERICAN_MODELS, MODELS, Status, implied_vol, price_and_greeks

EPS = float(np.finfo(float).eps)


def allowed(price: np.ndarray, vega_per_point: np.ndarray) -> np.ndarray:
    """Return what performance.md allows: max(1e-12, 300 eps price / vega)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.maximum(1e-12, 300.0 * EPS * price / (100.0 * vega_per_point))


@pytest.mark.parametrize("model", ["black76", "black_scholes_merton"])
def test_vol_comes_back_within_the_conditioning_of_its_price(model: str) -> None:
    rng = np.random.default_rng(7)
    n = 200_000
    inputs = {
        "is_call": rng.random(n) < 0.5,
        "underlying": rng.normal(100.0, 1.0, n),
        "strike": rng.uniform(50.0, 200.0, n),
        "expiry_years": rng.uniform(1 / 365, 2.0, n),
        "rate": rng.uniform(0.0, 0.05, n),
        "dividend_yield": 0.02,
    }
    vol = rng.uniform(0.05, 1.5, n)
    g = price_and_greeks(model, vol=vol, **inputs)
    iv, status = implied_vol(model, price=g.price, **inputs)
    error = np.abs(iv - vol)
    # What a price that is mostly intrinsic has lost to rounding, no solver finds again.
    lost = (status != Status.OK) & (g.vega * 100.0 * vol < 1e3 * EPS * np.maximum(g.price, 1.0))
    limit = allowed(g.price, g.vega)
    assert ((error <= limit) | lost).all(), float(np.nanmax(error / limit))
    assert set(status.tolist()) <= {Status.OK, Status.BELOW_INTRINSIC}


def test_wings_down_to_1e_200_of_the_forward_come_back() -> None:
    rng = np.random.default_rng(3)
    n = 50_000
    s = 10.0 ** rng.uniform(-2.0, 0.6, n)
    x = np.minimum(s * rng.uniform(0.0, 29.8, n), 25.0)
    sides = {
        "is_call": rng.random(n) < 0.5,
        "underlying": 1.0,
        "expiry_years": 1.0,
    }
    strike = np.exp(np.where(sides["is_call"], x, -x))
    g = price_and_greeks("black76", strike=strike, vol=s, **sides)
    assert g.price.min() < 1e-190
    iv, status = implied_vol("black76", price=g.price, strike=strike, **sides)
    assert not status.any()
    assert np.abs(iv - s).max() <= 1e-12 * max(1.0, s.max())
    back = price_and_greeks("black76", strike=strike, vol=iv, **sides).price
    assert np.abs(np.log(back / g.price)).max() < 1e-10


def test_far_wing_agrees_with_fifty_digits() -> None:
    mpmath.mp.dps = 50
    for h, s in ((10.0, 0.05), (25.0, 0.2), (29.0, 1.0)):
        k, w = mpmath.exp(mpmath.mpf(h) * s), mpmath.mpf(s)
        d1 = -mpmath.log(k) / w + w / 2
        price = float(mpmath.ncdf(d1) - k * mpmath.ncdf(d1 - w))
        iv, _ = implied_vol(
            "black76", is_call=True, price=price, underlying=1.0, strike=float(k), expiry_years=1.0
        )
        assert iv == pytest.approx(s, rel=1e-13)


def test_prices_close_to_their_cap_come_back_too() -> None:
    vol = np.array([2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0])
    for strike in (0.2, 1.0, 5.0):
        sides = {"is_call": strike >= 1.0, "underlying": 1.0, "strike": strike, "expiry_years": 1.0}
        g = price_and_greeks("black76", vol=vol, **sides)
        iv, status = implied_vol("black76", price=g.price, **sides)
        assert not status.any()
        assert (np.abs(iv - vol) <= allowed(g.price, g.vega)).all()


@given(
    st.floats(0.2, 5.0),
    st.floats(1e-3, 6.0),
    st.floats(0.0, 8.0),
    st.booleans(),
    st.floats(-0.05, 0.1),
)
def test_any_out_of_the_money_price_comes_back(forward, s, h, is_call, rate) -> None:
    strike = forward * math.exp((1 if is_call else -1) * min(h * s, 20.0))
    sides = {"is_call": is_call, "underlying": forward, "strike": strike, "expiry_years": 0.7, "rate": rate}
    g = price_and_greeks("black76", vol=s, **sides)
    iv, status = implied_vol("black76", price=g.price, **sides)
    assert status == Status.OK
    assert abs(iv - s) <= allowed(g.price, g.vega)


def test_bachelier_vol_comes_back_and_prices_again() -> None:
    rng = np.random.default_rng(5)
    n = 20_000
    sides = {
        "is_call": rng.random(n) < 0.5,
        "underlying": rng.normal(0.0, 50.0, n),
        "strike": rng.normal(0.0, 50.0, n),
        "expiry_years": rng.uniform(0.01, 3.0, n),
        "rate": 0.03,
    }
    vol = rng.uniform(5.0, 200.0, n)
    g = price_and_greeks("bachelier", vol=vol, **sides)
    iv, status = implied_vol("bachelier", price=g.price, **sides)
    otm = ((sides["underlying"] < sides["strike"]) == sides["is_call"]) & (g.price > 1e-290)
    assert not status[otm].any()
    assert np.abs(iv / vol - 1.0)[otm].max() < 1e-14
    conditioned = 300.0 * EPS * g.price / (100.0 * g.vega + 1e-300) + 1e-12 * vol
    assert (np.abs(iv - vol) <= conditioned)[status == 0].all()


@pytest.mark.parametrize("model", AMERICAN_MODELS)
def test_american_vol_gives_its_price_back(model: str) -> None:
    rng = np.random.default_rng(11)
    n = 120
    sides = {
        "is_call": rng.random(n) < 0.5,
        "underlying": 100.0,
        "strike": rng.uniform(75.0, 130.0, n),
        "expiry_years": rng.uniform(0.02, 2.0, n),
        "rate": rng.uniform(0.0, 0.08, n),
        "dividend_yield": rng.uniform(0.0, 0.08, n),
    }
    vol = rng.uniform(0.1, 0.9, n)
    g = price_and_greeks(model, vol=vol, **sides)
    iv, status = implied_vol(model, price=g.price, **sides)
    ok = status == Status.OK
    exercised = g.price <= np.abs(100.0 - sides["strike"]) * (1 + 1e-12)
    assert (ok | exercised).all()
    back = price_and_greeks(model, vol=np.where(ok, iv, 0.2), **sides).price
    assert np.abs(back - g.price)[ok].max() < 1e-9


@pytest.mark.parametrize("model", MODELS)
def test_each_way_of_failing_has_its_status(model: str) -> None:
    nan = math.nan
    price = [nan, 15.0, 14.9, 0.0, 5.0, 5.0, 5.0, -1.0]
    strike = [100.0, 85.0, 85.0, 110.0, 100.0, 100.0, nan, 100.0]
    years = [0.5, 0.5, 0.5, 0.5, 0.0, -1.0, 0.5, 0.5]
    iv, status = implied_vol(
        model, is_call=True, price=price, underlying=100.0, strike=strike, expiry_years=years
    )
    below, expired = Status.BELOW_INTRINSIC, Status.EXPIRED
    assert status.tolist() == [
        Status.NO_QUOTE,
        below,
        below,
        below,
        expired,
        expired,
        Status.INVALID,
        below,
    ]
    assert np.isnan(iv).all()


@pytest.mark.parametrize("model", [model for model in MODELS if model != "bachelier"])
def test_a_price_at_or_above_its_cap_is_above_maximum(model: str) -> None:
    _, status = implied_vol(
        model,
        is_call=[True, True, False, False],
        price=[100.0, 150.0, 95.0, 120.0],
        underlying=100.0,
        strike=95.0,
        expiry_years=0.5,
    )
    assert status.tolist() == [Status.ABOVE_MAXIMUM] * 4


def test_status_words_are_those_of_the_contract() -> None:
    assert [status.word for status in Status] == [
        "ok",
        "no_quote",
        "crossed",
        "wide",
        "below_intrinsic",
        "above_maximum",
        "no_solution",
        "expired",
        "invalid",
    ]


def test_no_floating_point_warning_leaks() -> None:
    with np.errstate(all="raise"):
        iv, status = implied_vol(
            "black76",
            is_call=True,
            price=[1e-320, math.inf, -math.inf, 1e300],
            underlying=100.0,
            strike=[1e10, 100.0, 100.0, 100.0],
            expiry_years=1e-9,
        )
    assert len(iv) == len(status) == 4
    assert np.isnan(iv[1:]).all()
