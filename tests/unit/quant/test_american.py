"""American exercise: bounds, symmetry, agreement of the three models with each other and with QuantLib."""

from __future__ import annotations

import math

import numpy as np
import pytest
import QuantLib as ql
from hypothesis import given, settings
from hypothesis import strategies as st

from tradesense.quant import AMERICAN_MODELS, implied_vol, price, price_and_greeks

CLOSED_FORMS = ("bjerksund_stensland_2002", "barone_adesi_whaley")


def chain(seed: int, n: int, low_rate: float = 0.0):
    rng = np.random.default_rng(seed)
    return {
        "is_call": rng.random(n) < 0.5,
        "underlying": 100.0,
        "strike": rng.uniform(75.0, 130.0, n),
        "expiry_years": rng.integers(5, 700, n) / 365.0,
        "vol": rng.uniform(0.1, 0.6, n),
        "rate": rng.uniform(low_rate, 0.08, n),
        "dividend_yield": rng.uniform(low_rate, 0.08, n),
    }


def quantlib_price(engine, is_call, spot, strike, years, vol, rate, dividend_yield) -> float:
    today = ql.Date(2, 1, 2024)
    ql.Settings.instance().evaluationDate = today
    day_count = ql.Actual365Fixed()

    def flat(level: float) -> ql.YieldTermStructureHandle:
        return ql.YieldTermStructureHandle(ql.FlatForward(today, float(level), day_count))

    surface = ql.BlackConstantVol(today, ql.NullCalendar(), float(vol), day_count)
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(float(spot))),
        flat(dividend_yield),
        flat(rate),
        ql.BlackVolTermStructureHandle(surface),
    )
    payoff = ql.PlainVanillaPayoff(ql.Option.Call if is_call else ql.Option.Put, float(strike))
    option = ql.VanillaOption(payoff, ql.AmericanExercise(today, today + round(years * 365)))
    option.setPricingEngine(engine(process))
    return option.NPV()


def peer_prices(engine, c) -> np.ndarray:
    names = ("is_call", "strike", "expiry_years", "vol", "rate", "dividend_yield")
    rows = zip(*(c[name] for name in names), strict=True)
    return np.array([quantlib_price(engine, row[0], c["underlying"], *row[1:]) for row in rows])


def test_whaley_is_quantlibs_whaley() -> None:
    c = chain(2, 60, low_rate=0.005)
    ours = price_and_greeks("barone_adesi_whaley", **c).price
    assert ours == pytest.approx(peer_prices(ql.BaroneAdesiWhaleyApproximationEngine, c), abs=1e-4)


def test_lattice_is_close_to_the_exact_american_price_and_closed_forms_to_their_known_error() -> None:
    c = chain(4, 60, low_rate=0.005)
    exact = peer_prices(ql.QdFpAmericanEngine, c)
    assert np.abs(price_and_greeks("binomial", **c).price - exact).max() < 0.01
    bjerksund = price_and_greeks("bjerksund_stensland_2002", **c).price
    assert (bjerksund <= exact + 1e-6).all()
    assert np.abs(bjerksund - exact).max() < 0.5
    assert np.median(np.abs(bjerksund - exact)) < 0.05
    assert np.median(np.abs(price_and_greeks("barone_adesi_whaley", **c).price - exact)) < 0.05


@pytest.mark.parametrize("model", AMERICAN_MODELS)
@settings(max_examples=40)
@given(
    st.booleans(),
    st.floats(40.0, 250.0),
    st.floats(0.005, 3.0),
    st.floats(0.03, 1.5),
    st.floats(-0.03, 0.15),
    st.floats(-0.03, 0.15),
)
def test_american_price_is_at_least_european_and_intrinsic_and_at_most_its_cap(
    model, is_call, strike, t, v, r, q
) -> None:
    inputs = {
        "is_call": is_call,
        "underlying": 100.0,
        "strike": strike,
        "expiry_years": t,
        "vol": v,
        "rate": r,
        "dividend_yield": q,
    }
    american = price_and_greeks(model, **inputs)
    european = price_and_greeks("black_scholes_merton", **inputs).price
    assert american.status == 0
    assert american.price >= european - 1e-12 * strike
    assert american.price >= max(100.0 - strike if is_call else strike - 100.0, 0.0) - 1e-12 * strike
    cap = 100.0 * math.exp(max(-q, 0.0) * t) if is_call else strike * math.exp(max(-r, 0.0) * t)
    assert american.price <= cap * (1.0 + 1e-12)


@pytest.mark.parametrize("model", AMERICAN_MODELS)
def test_call_without_yield_is_the_european_call_with_its_greeks(model: str) -> None:
    c = chain(5, 40, low_rate=0.01) | {"is_call": True, "dividend_yield": 0.0}
    ours, european = price_and_greeks(model, **c), price_and_greeks("black_scholes_merton", **c)
    assert ours.price == pytest.approx(european.price, abs=1e-12)
    for name, tolerance in (("delta", 1e-7), ("gamma", 1e-6), ("theta", 1e-6)):
        assert getattr(ours, name) == pytest.approx(getattr(european, name), abs=tolerance), name
    for name in ("vega", "rho"):
        assert getattr(ours, name) == pytest.approx(getattr(european, name), abs=1e-5), name


@pytest.mark.parametrize("model", CLOSED_FORMS)
def test_greeks_of_the_closed_forms_are_those_of_the_lattice_nearly(model: str) -> None:
    c = chain(6, 80, low_rate=0.01) | {"expiry_years": 0.4}
    ours, tree = price_and_greeks(model, **c), price_and_greeks("binomial", **c)
    assert np.abs(ours.delta - tree.delta).max() < 0.02
    assert np.median(np.abs(ours.gamma - tree.gamma)) < 5e-4
    assert np.median(np.abs(ours.vega - tree.vega)) < 5e-3
    assert np.median(np.abs(ours.theta - tree.theta)) < 2e-3
    assert np.median(np.abs(ours.rho - tree.rho)) < 2e-2


@pytest.mark.parametrize("model", AMERICAN_MODELS)
def test_where_exercise_is_due_the_option_moves_with_the_spot(model: str) -> None:
    g = price_and_greeks(
        model,
        is_call=[True, False],
        underlying=[300.0, 30.0],
        strike=100.0,
        expiry_years=1.0,
        vol=0.2,
        rate=0.05,
        dividend_yield=0.05,
    )
    assert g.price == pytest.approx([200.0, 70.0], abs=1e-12)
    assert g.delta == pytest.approx([1.0, -1.0], abs=1e-9)
    assert g.gamma == pytest.approx([0.0, 0.0], abs=1e-9)
    assert g.theta == pytest.approx([0.0, 0.0], abs=1e-9)
    assert g.vega == pytest.approx([0.0, 0.0], abs=1e-9)


@pytest.mark.parametrize("model", AMERICAN_MODELS)
def test_without_vol_the_best_moment_is_taken(model: str) -> None:
    g = price_and_greeks(
        model,
        is_call=False,
        underlying=100.0,
        strike=120.0,
        expiry_years=[40.0, 1.0, 0.0],
        vol=0.0,
        rate=[0.01, 0.05, 0.05],
        dividend_yield=[0.5, 0.01, 0.0],
    )
    moment = math.log(0.01 * 120.0 / (0.5 * 100.0)) / (0.01 - 0.5)
    best = 120.0 * math.exp(-0.01 * moment) - 100.0 * math.exp(-0.5 * moment)
    assert g.price == pytest.approx([best, 20.0, 20.0], abs=1e-10)
    assert not g.status.any()


def test_two_boundaries_under_negative_rates_are_left_to_the_lattice() -> None:
    inputs = {
        "is_call": False,
        "underlying": 100.0,
        "strike": 110.0,
        "expiry_years": 2.0,
        "vol": 0.1,
        "rate": -0.01,
        "dividend_yield": -0.03,
    }
    prices = [float(price_and_greeks(model, **inputs).price) for model in AMERICAN_MODELS]
    assert prices[0] == prices[1] == prices[2]
    assert prices[0] > float(price_and_greeks("black_scholes_merton", **inputs).price)


def test_futures_option_is_symmetric_in_call_and_put_at_the_money() -> None:
    for model in AMERICAN_MODELS:
        g = price_and_greeks(
            model,
            is_call=[True, False],
            underlying=75.0,
            strike=75.0,
            expiry_years=0.5,
            vol=0.35,
            rate=0.04,
            dividend_yield=0.04,
        )
        assert g.price[0] == pytest.approx(g.price[1], rel=1e-9), model


def test_second_order_greeks_are_those_of_the_european_where_exercise_never_pays() -> None:
    c = chain(8, 20, low_rate=0.01) | {"is_call": True, "dividend_yield": 0.0}
    ours = price_and_greeks("bjerksund_stensland_2002", second_order=True, **c)
    european = price_and_greeks("black_scholes_merton", second_order=True, **c)
    for name in ("vanna", "charm", "vomma"):
        assert getattr(ours, name) == pytest.approx(getattr(european, name), rel=2e-2, abs=2e-5), name


def value_of(model: str, c: dict[str, object]) -> np.ndarray:
    return price(model, **c)[0]


def fourth_order(model: str, c: dict[str, object], name: str, h: np.ndarray | float) -> np.ndarray:
    """Return the central difference of the price by one input, to fourth order."""
    at = [value_of(model, c | {name: np.asarray(c[name]) + n * h}) for n in (-2, -1, 1, 2)]
    return (at[0] - at[3] + 8.0 * (at[2] - at[1])) / (12.0 * h)


@pytest.mark.parametrize("model", CLOSED_FORMS)
@pytest.mark.parametrize("low_rate", [0.002, -0.02])
def test_greeks_of_the_closed_forms_are_the_derivatives_of_their_price(model: str, low_rate: float) -> None:
    c = chain(9, 600, low_rate)
    g = price_and_greeks(model, **c)
    h = 0.02 * c["vol"] * np.sqrt(c["expiry_years"]) * c["underlying"] / 4.0
    above, below = (value_of(model, c | {"underlying": 100.0 + d}) for d in (h, -h))
    wanted = {
        "delta": fourth_order(model, c, "underlying", h),
        "gamma": (above - 2.0 * g.price + below) / h**2,
        "vega": fourth_order(model, c, "vol", 1e-3 * c["vol"]) / 100.0,
        "theta": -fourth_order(model, c, "expiry_years", 1e-3 * c["expiry_years"]) / 365.0,
        "rho": fourth_order(model, c, "rate", 2e-5) / 100.0,
    }
    assert g.price == pytest.approx(value_of(model, c), abs=1e-11)
    # A difference over a kink (the trigger, rate = yield, rate = 0) is no derivative: two in 100 may be.
    limits = {"delta": 1e-7, "gamma": 1e-5, "vega": 1e-7, "theta": 1e-7, "rho": 1e-7}
    for name, limit in limits.items():
        error = np.abs(getattr(g, name) - wanted[name])
        assert np.quantile(error, 0.98) < limit, (name, np.sort(error)[-20:])


def test_american_vol_comes_back_where_the_price_depends_on_it() -> None:
    c = chain(10, 2000, low_rate=0.005)
    for model in CLOSED_FORMS:
        g = price_and_greeks(model, **c)
        iv, status = implied_vol(model, price=g.price, **{name: c[name] for name in c if name != "vol"})
        sharp = (status == 0) & (g.vega > 1e-3)
        assert sharp.sum() > 1500
        assert np.abs(iv - c["vol"])[sharp].max() < 1e-9
