"""Black-76, Black-Scholes-Merton and Bachelier: the kernels against the plain formulas, and the limits."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.quant import oracle
from tradesense.quant import EUROPEAN_MODELS, MODELS, Status, price_and_greeks

FIELDS = ("price", "delta", "gamma", "vega", "theta", "rho", "vanna", "charm", "vomma")
positive = st.floats(0.5, 2000.0)
years = st.floats(1e-4, 5.0)
vols = st.floats(0.02, 3.0)
rates = st.floats(-0.05, 0.2)
near = st.floats(60.0, 160.0)


def columns(seed: int = 1, n: int = 5000):
    rng = np.random.default_rng(seed)
    return {
        "is_call": rng.random(n) < 0.5,
        "underlying": rng.normal(100.0, 3.0, n),
        "strike": rng.uniform(50.0, 200.0, n),
        "expiry_years": rng.uniform(1 / 365, 2.0, n),
        "vol": rng.uniform(0.05, 1.5, n),
        "rate": rng.uniform(-0.02, 0.1, n),
        "dividend_yield": rng.uniform(-0.02, 0.1, n),
    }


def expected(model: str, c):
    first = (c["is_call"], c["underlying"], c["strike"], c["expiry_years"], c["vol"], c["rate"])
    if model == "black_scholes_merton":
        return oracle.black_scholes_merton(*first, c["dividend_yield"])
    return oracle.black76(*first) if model == "black76" else oracle.bachelier(*first)


@pytest.mark.parametrize("model", EUROPEAN_MODELS)
def test_kernel_agrees_with_the_plain_formulas(model: str) -> None:
    c = columns()
    if model == "bachelier":
        c["vol"] = c["vol"] * 100.0
    greeks = price_and_greeks(model, second_order=True, **c)
    assert not greeks.status.any()
    for name, wanted in zip(FIELDS, expected(model, c), strict=True):
        scale = max(1.0, float(np.abs(wanted).max()))
        assert np.abs(getattr(greeks, name) - wanted).max() < 2e-13 * scale, name


def test_threads_give_the_same_numbers() -> None:
    c = columns(n=20_000)
    one, two = price_and_greeks("black76", **c), price_and_greeks("black76", threads=2, **c)
    assert all(np.array_equal(getattr(one, name), getattr(two, name)) for name in FIELDS[:6])


def test_price_on_the_wing_keeps_its_relative_accuracy_down_to_1e_200() -> None:
    mpmath.mp.dps = 60
    for h in (1.0, 5.0, 12.0, 20.0, 29.5):
        for s in (0.01, 0.1, 0.5):
            forward, strike = 100.0, 100.0 * math.exp(h * s)
            price = float(
                price_and_greeks(
                    "black76", is_call=True, underlying=forward, strike=strike, expiry_years=1.0, vol=s
                ).price
            )
            f, k, w = mpmath.mpf(forward), mpmath.mpf(strike), mpmath.mpf(s)
            d1 = mpmath.log(f / k) / w + w / 2
            exact = f * mpmath.ncdf(d1) - k * mpmath.ncdf(d1 - w)
            # exp(-d^2 / 2) carries the rounding of d^2 / 2; the difference of ratios that of 1 / s.
            assert abs(price / exact - 1) < 4e-16 * (h * h + 40.0 / s), (h, s)


@given(positive, positive, years, vols, rates, rates)
def test_call_less_put_is_the_discounted_gap(s, k, t, v, r, q) -> None:
    g = price_and_greeks(
        "black_scholes_merton",
        is_call=[True, False],
        underlying=s,
        strike=k,
        expiry_years=t,
        vol=v,
        rate=r,
        dividend_yield=q,
    )
    gap = s * math.exp(-q * t) - k * math.exp(-r * t)
    tolerance = 1e-13 * (s + k) * math.exp(0.05 * t)
    assert g.price[0] - g.price[1] == pytest.approx(gap, abs=tolerance)
    assert g.delta[0] - g.delta[1] == pytest.approx(math.exp(-q * t), rel=1e-12)
    assert g.gamma[0] == pytest.approx(g.gamma[1], rel=1e-12)
    assert g.vega[0] == pytest.approx(g.vega[1], rel=1e-12)


@given(positive, positive, years, vols, rates)
def test_price_lies_between_intrinsic_and_cap_and_grows_with_vol(f, k, t, v, r) -> None:
    g = price_and_greeks(
        "black76",
        is_call=[True, True, False, False],
        underlying=f,
        strike=k,
        expiry_years=t,
        vol=[v, v * 1.01, v, v * 1.01],
        rate=r,
    )
    df = math.exp(-r * t)
    slack = 1.0 + 1e-14
    assert df * max(f - k, 0.0) <= g.price[0] * slack
    assert g.price[0] <= df * f * slack
    assert df * max(k - f, 0.0) <= g.price[2] * slack
    assert g.price[2] <= df * k * slack
    assert g.price[0] <= g.price[1] * slack
    assert g.price[2] <= g.price[3] * slack
    assert 0.0 <= g.delta[0] <= df * slack
    assert -df * slack <= g.delta[2] <= 0.0
    assert (g.gamma >= 0.0).all()


@settings(max_examples=60)
@given(near, near, st.floats(0.02, 3.0), st.floats(0.05, 1.0), rates, rates)
def test_greeks_are_the_differences_of_the_price(s, k, t, v, r, q) -> None:
    assume(abs(math.log(s / k)) < 4.0 * v * math.sqrt(t))

    def at(**change):
        inputs = {"underlying": s, "expiry_years": t, "vol": v, "rate": r} | change
        return price_and_greeks(
            "black_scholes_merton", is_call=True, strike=k, dividend_yield=q, second_order=True, **inputs
        )

    g = at()
    h = 1e-4 * s * v * math.sqrt(t)
    up, down = at(underlying=s + h), at(underlying=s - h)
    assert (up.price - down.price) / (2 * h) == pytest.approx(float(g.delta), abs=1e-6)
    assert (up.delta - down.delta) / (2 * h) == pytest.approx(float(g.gamma), rel=1e-5, abs=1e-7)
    dv = 1e-4 * v
    up, down = at(vol=v + dv), at(vol=v - dv)
    assert (up.price - down.price) / (200 * dv) == pytest.approx(float(g.vega), rel=1e-5, abs=1e-7)
    assert (up.delta - down.delta) / (200 * dv) == pytest.approx(float(g.vanna), rel=1e-5, abs=1e-7)
    assert (up.vega - down.vega) / (200 * dv) == pytest.approx(float(g.vomma), rel=1e-5, abs=1e-7)
    dt = 1e-4 * t
    up, down = at(expiry_years=t + dt), at(expiry_years=t - dt)
    assert -(up.price - down.price) / (730 * dt) == pytest.approx(float(g.theta), rel=1e-5, abs=1e-7)
    assert -(up.delta - down.delta) / (730 * dt) == pytest.approx(float(g.charm), rel=1e-5, abs=1e-7)
    up, down = at(rate=r + 1e-5), at(rate=r - 1e-5)
    assert (up.price - down.price) / 2e-3 == pytest.approx(float(g.rho), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("model", ["black76", "black_scholes_merton", "bachelier"])
@pytest.mark.parametrize(("t", "v"), [(0.0, 0.2), (0.5, 0.0), (0.0, 0.0)])
def test_without_time_or_vol_price_is_discounted_intrinsic(model: str, t: float, v: float) -> None:
    g = price_and_greeks(
        model,
        is_call=[True, False, True, False],
        underlying=100.0,
        strike=[90.0, 110.0, 110.0, 90.0],
        expiry_years=t,
        vol=v,
        rate=0.03,
        dividend_yield=0.03,
    )
    df = math.exp(-0.03 * t)
    assert g.price == pytest.approx([10 * df, 10 * df, 0.0, 0.0], abs=1e-13)
    assert g.delta == pytest.approx([df, -df, 0.0, 0.0], abs=1e-15)
    assert not g.gamma.any()
    assert not g.vega.any()
    assert not g.status.any()
    assert np.isfinite(g.theta).all()


def test_put_at_zero_expiry_is_intrinsic() -> None:
    g = price_and_greeks("black76", is_call=False, underlying=95.0, strike=100.0, expiry_years=0.0, vol=0.2)
    assert g.price == 5.0
    assert g.delta == -1.0


def test_exactly_at_the_money_at_expiry_gamma_is_not_a_number_and_price_is_zero() -> None:
    g = price_and_greeks("black76", is_call=True, underlying=100.0, strike=100.0, expiry_years=0.0, vol=0.2)
    assert g.price == 0.0
    assert g.delta == pytest.approx(0.5, abs=1e-15)
    assert math.isnan(g.gamma)
    assert math.isnan(g.theta)


@pytest.mark.parametrize("model", MODELS)
def test_a_bad_cell_is_nan_with_its_status_and_harms_no_neighbour(model: str) -> None:
    nan, inf = math.nan, math.inf
    g = price_and_greeks(
        model,
        is_call=True,
        underlying=[100.0, nan, 100.0, 100.0, 100.0, inf, 100.0],
        strike=[100.0, 100.0, inf, 100.0, 100.0, 100.0, 100.0],
        expiry_years=[0.5, 0.5, 0.5, -0.01, 0.5, 0.5, 0.5],
        vol=[0.2, 0.2, 0.2, 0.2, -0.2, 0.2, nan],
        rate=0.01,
    )
    bad = Status.INVALID
    assert g.status.tolist() == [Status.OK, bad, bad, Status.EXPIRED, bad, bad, bad]
    for name in FIELDS[:6]:
        assert math.isfinite(getattr(g, name)[0]), name
        assert np.isnan(getattr(g, name)[1:]).all(), name


@pytest.mark.parametrize("model", MODELS)
def test_shapes_broadcast_and_scalars_give_zero_dimensions(model: str) -> None:
    common = {"is_call": True, "underlying": 100.0, "vol": 0.2, "rate": 0.01}
    assert price_and_greeks(model, strike=90.0, expiry_years=0.5, **common).price.shape == ()
    grid = price_and_greeks(
        model, strike=[[90.0], [100.0], [110.0]], expiry_years=[0.5, 1.0], second_order=True, **common
    )
    assert grid.price.shape == grid.status.shape == grid.vanna.shape == (3, 2)
    assert grid.price[1, 1] == price_and_greeks(model, strike=100.0, expiry_years=1.0, **common).price
    assert price_and_greeks(model, strike=[], expiry_years=0.5, **common).price.shape == (0,)


def test_strided_and_integer_columns_are_taken() -> None:
    strikes = np.arange(180, 220)[::2]
    g = price_and_greeks("black76", is_call=True, underlying=200, strike=strikes, expiry_years=1, vol=0.2)
    wanted = oracle.black76(True, 200.0, strikes.astype(float), 1.0, 0.2, 0.0)[0]
    assert g.price == pytest.approx(wanted, rel=1e-13)


def test_an_unknown_model_and_clashing_shapes_are_value_errors() -> None:
    common = {"is_call": True, "underlying": 100.0, "expiry_years": 0.5, "vol": 0.2}
    with pytest.raises(ValueError, match="unknown model"):
        price_and_greeks("heston", strike=100.0, **common)
    with pytest.raises(ValueError, match="shape"):
        price_and_greeks("black76", strike=[1.0, 2.0], rate=[0.0, 0.0, 0.0], **common)


def test_bachelier_takes_negative_forwards_and_strikes() -> None:
    g = price_and_greeks(
        "bachelier", is_call=[True, False], underlying=-37.63, strike=-30.0, expiry_years=0.1, vol=60.0
    )
    assert not g.status.any()
    assert g.price[1] - g.price[0] == pytest.approx(7.63, abs=1e-12)


def test_zero_forward_or_strike_is_valued_as_a_limit() -> None:
    g = price_and_greeks(
        "black_scholes_merton",
        is_call=[True, False, True, False],
        underlying=[0.0, 0.0, 100.0, 100.0],
        strike=[100.0, 100.0, 0.0, 0.0],
        expiry_years=1.0,
        vol=0.3,
        rate=0.05,
    )
    assert g.price == pytest.approx([0.0, 100.0 * math.exp(-0.05), 100.0, 0.0], abs=1e-12)
    assert not g.status.any()
