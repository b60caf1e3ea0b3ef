"""Day counts, coin options, delta conventions, smiles: the small conventions, by their identities."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba.core.dispatcher import Dispatcher

from tradesense import quant
from tradesense.quant import coin_greeks, coin_price, daycount, premium_adjusted_delta
from tradesense.quant.deltas import KINDS, delta_from_strike, strike_from_delta
from tradesense.quant.dividends import escrowed_spot
from tradesense.quant.sabr import lognormal_vol
from tradesense.quant.svi import RawSvi, is_butterfly_free, to_jump_wings, to_raw, total_variance


def test_a_second_is_not_lost_in_either_unit() -> None:
    start = 1_700_000_000
    for unit, scale in (("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)):
        years = daycount.expiry_years(start * scale, (start + 1) * scale, unit=unit)
        assert years * 365 * 86_400 == pytest.approx(1.0, rel=1e-12)


def test_conventions_differ_as_their_names_say() -> None:
    now, then = np.datetime64("2024-01-01T00:00:00", "us"), np.datetime64("2025-01-01T00:00:00", "us")
    assert daycount.expiry_years(now, then) == pytest.approx(366 / 365)
    assert daycount.expiry_years(now, then, convention="ACT/360") == pytest.approx(366 / 360)
    assert daycount.expiry_years(now, then, convention="ACT/ACT") == pytest.approx(1.0)


def test_act_act_splits_a_period_at_the_turn_of_the_year() -> None:
    start, end = np.datetime64("2023-12-01"), np.datetime64("2024-03-01")
    years = daycount.expiry_years(start, end, convention="ACT/ACT")
    assert years == pytest.approx(31 / 365 + 60 / 366, abs=1e-12)


def test_a_missing_instant_is_nan_and_an_unknown_convention_an_error() -> None:
    stamps = np.array(["2024-01-01", "NaT"], dtype="datetime64[us]")
    years = daycount.expiry_years(stamps, np.datetime64("2024-07-01", "us"))
    assert np.isnan(years).tolist() == [False, True]
    with pytest.raises(ValueError, match="day count"):
        daycount.expiry_years(0, 1, convention="30/360")
    with pytest.raises(ValueError, match="unit"):
        daycount.expiry_years(0, 1, unit="h")


def test_coin_greeks_are_blacks_over_the_forward_and_parity_holds_in_coins() -> None:
    strike = np.array([40_000.0, 60_000.0, 90_000.0])
    g = coin_greeks(is_call=[[True], [False]], forward=60_000.0, strike=strike, expiry_years=0.1, vol=0.6)
    assert g.price_coin * 60_000.0 == pytest.approx(g.price_quote)
    assert g.price_coin[0] - g.price_coin[1] == pytest.approx(1.0 - strike / 60_000.0, abs=1e-15)
    gap = g.delta_premium_adjusted[0] - g.delta_premium_adjusted[1]
    assert gap == pytest.approx(strike / 60_000.0, abs=1e-15)
    assert g.vega_coin * 60_000.0 == pytest.approx(g.vega)


def test_premium_adjusted_delta_is_the_hedge_in_coins() -> None:
    """Holding coin value V(F) / F, the coin delta is F d(V / F) / dF = delta - V / F."""
    h = 1e-3
    mid, up, down = (
        coin_greeks(is_call=True, forward=60_000.0 + x, strike=65_000.0, expiry_years=0.2, vol=0.7)
        for x in (0.0, h, -h)
    )
    slope = 60_000.0 * (up.price_coin - down.price_coin) / (2 * h)
    assert slope == pytest.approx(float(mid.delta_premium_adjusted), abs=1e-6)
    assert premium_adjusted_delta(mid.delta, mid.price_coin) == mid.delta_premium_adjusted


def test_a_coin_price_without_a_forward_is_nan() -> None:
    assert np.isnan(coin_price([1.0, 1.0], [0.0, math.nan])).all()


@pytest.mark.parametrize("kind", KINDS)
@given(st.booleans(), st.floats(-1.5, 3.0), st.floats(0.05, 0.6))
def test_strike_and_delta_are_inverse(kind, is_call, x, w) -> None:
    forward = 1.1 * 0.98 / 0.99
    peak_free = x if not (is_call and kind.endswith("adjusted")) else abs(x)
    strike = forward * math.exp(peak_free * w)
    common = {"spot": 1.1, "deviation": w, "domestic_discount": 0.99, "foreign_discount": 0.98}
    delta = float(delta_from_strike(kind, is_call=is_call, strike=strike, **common))
    again = strike_from_delta(kind, is_call=is_call, delta=delta, **common)
    assert again == pytest.approx(strike, rel=1e-8)


def test_a_delta_nobody_has_gives_no_strike() -> None:
    common = {"spot": 1.0, "deviation": 0.2, "domestic_discount": 1.0, "foreign_discount": 1.0}
    assert math.isnan(strike_from_delta("forward", is_call=True, delta=1.2, **common))
    assert math.isnan(strike_from_delta("forward_premium_adjusted", is_call=True, delta=0.99, **common))
    assert math.isnan(strike_from_delta("forward_premium_adjusted", is_call=True, delta=-0.2, **common))
    with pytest.raises(ValueError, match="unknown delta"):
        strike_from_delta("sideways", is_call=True, delta=0.5, **common)


def test_dividends_after_expiry_or_in_the_past_do_not_count() -> None:
    assert escrowed_spot(100.0, [-0.1, 0.0, 0.6], [5.0, 5.0, 5.0], 0.5, 0.03) == 100.0
    assert escrowed_spot([100.0, 100.0], [0.5], [10.0], [0.4, 0.6]).tolist() == [100.0, 90.0]


def test_jump_wings_and_raw_parameters_are_inverse() -> None:
    for raw in (
        RawSvi(-0.041, 0.1331, 0.3586, 0.306, 0.4153),
        RawSvi(0.01, 0.2, -0.1, -0.5, 0.2),
        RawSvi(0.02, 0.1, 0.0, 0.1, 0.3),
    ):
        again = to_raw(to_jump_wings(raw, 0.7))
        k = np.linspace(-1.0, 1.0, 21)
        assert total_variance(k, again) == pytest.approx(total_variance(k, raw), abs=1e-12)
    with pytest.raises(ValueError, match="sigma"):
        to_raw(to_jump_wings(RawSvi(0.02, 0.1, 0.0, 0.0, 0.3), 0.7))
    assert is_butterfly_free(RawSvi(0.02, 0.1, 0.0, 0.0, 0.3))
    assert not is_butterfly_free(RawSvi(0.02, 1.5, 0.0, 0.5, 0.3))


def test_sabr_is_continuous_at_the_money_and_nan_outside_its_domain() -> None:
    common = {"expiry_years": 1.0, "alpha": 0.3, "beta": 0.6, "nu": 0.4, "rho": -0.3}
    vols = lognormal_vol(forward=1.0, strike=[1 - 1e-7, 1.0, 1 + 1e-7, 1 + 1e-4], **common)
    assert np.ptp(vols[:3]) < 1e-6
    assert abs(vols[3] - vols[1]) < 1e-4
    assert np.isnan(lognormal_vol(forward=[-1.0, 1.0], strike=[1.0, 0.0], **common)).all()


def test_the_face_exports_what_it_says_and_every_model_is_known() -> None:
    assert all(hasattr(quant, name) for name in quant.__all__)
    assert quant.MODELS == quant.EUROPEAN_MODELS + quant.AMERICAN_MODELS
    assert len(quant.MODELS) == 6


def compiled_signatures() -> dict[str, int]:
    """Return how many argument types each kernel of the room has been compiled for."""
    rooms = (module for name, module in sys.modules.items() if name.startswith("tradesense.quant."))
    kernels = (value for module in rooms for value in vars(module).values() if isinstance(value, Dispatcher))
    return {str(kernel.py_func): len(kernel.signatures) for kernel in kernels}


def test_after_the_warm_up_no_call_compiles_anything() -> None:
    quant.warm()
    before = compiled_signatures()
    strike = np.linspace(80.0, 120.0, 9)
    strike.flags.writeable = False
    wide = np.linspace(0.1, 0.5, 18)[::2]
    for model in quant.MODELS:
        vol = wide * 100.0 if model == "bachelier" else wide
        sides = {"is_call": strike > 100.0, "underlying": 100, "strike": strike, "expiry_years": wide}
        rates = {"rate": np.float32(0.02), "dividend_yield": 0.01}
        greeks = quant.price_and_greeks(model, vol=vol, second_order=True, threads=2, **sides, **rates)
        quant.price(model, vol=vol, **sides, **rates)
        quant.implied_vol(model, price=np.stack([greeks.price] * 3), **sides, **rates)
    for rate in (None, 0.02):
        ask, bid = np.full(9, 12.0), np.full(9, 11.0)
        bid.flags.writeable = False
        quant.parity_forward(strike, bid, ask, bid, ask, np.float64(0.5), rate=rate)
    assert compiled_signatures() == before
