"""Every row of every published table within the table's own tolerance; a row nobody covers is a failure."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable

import numpy as np
import pytest

from tests.data_folder import market_data
from tradesense.quant import implied_vol, price_and_greeks
from tradesense.quant import svi as slices
from tradesense.quant.bjerksund_stensland import call_1993
from tradesense.quant.deltas import delta_from_strike, strike_from_delta
from tradesense.quant.dividends import escrowed_spot
from tradesense.quant.exercise import LIMIT, call_case, european
from tradesense.quant.ju_quadratic import american_price as ju_price
from tradesense.quant.qd_plus import american_price as qd_plus_price
from tradesense.quant.qd_plus import exercise_boundary
from tradesense.quant.sabr import lognormal_vol

Row = dict[str, str]
DELTA_KINDS = {
    "Spot": "spot",
    "Fwd": "forward",
    "PaSpot": "spot_premium_adjusted",
    "PaFwd": "forward_premium_adjusted",
}


def number(row: Row, *names: str) -> list[float]:
    return [float(row[name]) for name in names]


def is_call(row: Row) -> bool:
    return row["type"].upper() == "CALL"


def price(model: str, row: Row, underlying: float, strike: float, years: float, vol: float, **rates: float):
    greeks = price_and_greeks(
        model,
        is_call=is_call(row),
        underlying=underlying,
        strike=strike,
        expiry_years=years,
        vol=vol,
        **rates,
    )
    assert greeks.status == 0
    return greeks


def slope(f: Callable[[float], float], x: float, h: float) -> float:
    """Return f'(x) by eighth-order central differences."""
    weights = (4 / 5, -1 / 5, 4 / 105, -1 / 280)
    return sum(w * (f(x + n * h) - f(x - n * h)) for n, w in enumerate(weights, start=1)) / h


def bend(f: Callable[[float], float], x: float, h: float) -> float:
    """Return f''(x) by eighth-order central differences."""
    weights = (8 / 5, -1 / 5, 8 / 315, -1 / 560)
    total = sum(w * (f(x + n * h) + f(x - n * h)) for n, w in enumerate(weights, start=1))
    return (total - 205 / 72 * f(x)) / h**2


def american_1993(row: Row, s: float, k: float, t: float, v: float, r: float, q: float) -> float:
    if not is_call(row):
        s, k, r, q = k, s, q, r
    assert call_case(s, k, t, v, r, q) != LIMIT
    if q <= 0.0 <= r:
        return european(1.0, s, k, t, v, r, q)
    return max(call_1993(s, k, t, v, r, q), european(1.0, s, k, t, v, r, q), s - k)


def check_american_value(row: Row) -> list[float]:
    s, k, q, r, t, v = number(row, "spot", "strike", "q", "r", "t_effective", "vol")
    call = is_call(row)
    scalars = {
        "is_call": call,
        "spot": s,
        "strike": k,
        "expiry_years": t,
        "vol": v,
        "rate": r,
        "dividend_yield": q,
    }
    model = row["model"]
    if model == "BJERKSUND_STENSLAND_1993":
        return [american_1993(row, s, k, t, v, r, q)]
    if model == "JU_QUADRATIC":
        return [ju_price(**scalars)]
    if model == "QD_PLUS_APPROX_8_HALLEY" or row["note"].startswith("QuantLib convention"):
        return [qd_plus_price(**scalars)]
    rates = {"rate": r, "dividend_yield": q}
    if model == "BAW":
        return [float(price("barone_adesi_whaley", row, s, k, t, v, **rates).price)]
    if model == "AMERICAN_DEGENERATE_LIMIT":
        models = ("bjerksund_stensland_2002", "barone_adesi_whaley", "binomial")
        return [float(price(model, row, s, k, t, v, **rates).price) for model in models]
    raise AssertionError(f"no method for model {model}")


def american_values(row: Row) -> None:
    for value in check_american_value(row):
        assert value == pytest.approx(float(row["expected"]), abs=float(row["tolerance"]), rel=0)


def american_bjerksund_stensland_greeks(row: Row) -> None:
    assert row["model"] == "BJERKSUND_STENSLAND_1993"
    s, k, q, r, t, v = number(row, "spot", "strike", "q", "r", "t", "vol")
    methods: dict[str, Callable[[], float]] = {
        "npv": lambda: call_1993(s, k, t, v, r, q),
        "delta": lambda: slope(lambda x: call_1993(x, k, t, v, r, q), s, 1.0),
        "gamma": lambda: bend(lambda x: call_1993(x, k, t, v, r, q), s, 2.0),
        "strike_sensitivity": lambda: slope(lambda x: call_1993(s, x, t, v, r, q), k, 1.0),
        "dividend_rho": lambda: slope(lambda x: call_1993(s, k, t, v, r, x), q, 6e-4),
        "rho": lambda: slope(lambda x: call_1993(s, k, t, v, x, q), r, 6e-4),
        "vega": lambda: slope(lambda x: call_1993(s, k, t, x, r, q), v, 3e-3),
        "theta_per_year": lambda: -slope(lambda x: call_1993(s, k, x, v, r, q), t, 2e-2),
    }
    value = methods[row["greek"]]()
    assert value == pytest.approx(float(row["expected"]), abs=float(row["tolerance"]), rel=0)


def american_put_boundary_qdplus(row: Row) -> None:
    k, r, q, v, tau = number(row, "strike", "r", "q", "vol", "tau")
    boundary = exercise_boundary(strike=k, tau=tau, vol=v, rate=r, dividend_yield=q)
    expected = float(row["put_exercise_boundary"])
    assert boundary == pytest.approx(expected, rel=float(row["tolerance"]), abs=0)


def black76_bachelier_values(row: Row) -> None:
    f, k, s, d, expected, tolerance = number(
        row, "forward", "strike", "total_stddev", "discount", "expected", "tolerance"
    )
    model = "black76" if row["model"] == "BLACK76" else "bachelier"
    if row["model"] == "BACHELIER_IMPLIED_VOL_ROUNDTRIP":
        iv, status = implied_vol(
            model,
            is_call=is_call(row),
            price=expected,
            underlying=f,
            strike=k,
            expiry_years=10.0,
            rate=-math.log(d) / 10.0,
        )
        assert status == 0
        assert iv == pytest.approx(0.01, abs=tolerance, rel=0)
    worth = price(model, row, f, k, 1.0, s, rate=-math.log(d)).price
    assert worth == pytest.approx(expected, abs=tolerance, rel=0)


def black76_strata_63(row: Row) -> None:
    f, k, t, v, d, expected, tolerance = number(
        row, "forward", "strike", "t", "vol", "discount", "expected_price", "rel_tolerance"
    )
    rate = -math.log(d) / t
    assert price("black76", row, f, k, t, v, rate=rate).price == pytest.approx(expected, rel=tolerance, abs=0)
    iv, status = implied_vol(
        "black76", is_call=is_call(row), price=expected, underlying=f, strike=k, expiry_years=t, rate=rate
    )
    assert status == 0
    # The table's own price is rounded: its conditioning bounds what any solver can give back.
    vega = float(price("black76", row, f, k, t, v, rate=rate).vega) * 100.0
    assert iv == pytest.approx(v, abs=max(1e-12, 300.0 * np.finfo(float).eps * expected / vega), rel=0)


def bsm_cost_of_carry_strata_dev(row: Row) -> None:
    s, k, t, v, r, q, expected, tolerance = number(
        row, "spot", "strike", "t", "vol", "r", "q", "expected_price", "rel_tolerance"
    )
    worth = price("black_scholes_merton", row, s, k, t, v, rate=r, dividend_yield=q).price
    assert worth == pytest.approx(expected, rel=tolerance, abs=0)


def delta_conventions_incl_premium_adjusted(row: Row) -> None:
    s, d, f, w, k, delta, tol_delta, tol_strike = number(
        row,
        "spot",
        "domestic_df",
        "foreign_df",
        "stddev",
        "strike",
        "delta",
        "tol_delta",
        "tol_strike",
    )
    kind = DELTA_KINDS[row["delta_kind"]]
    common = {"spot": s, "deviation": w, "domestic_discount": d, "foreign_discount": f}
    assert delta_from_strike(kind, is_call=is_call(row), strike=k, **common) == pytest.approx(
        delta, abs=tol_delta
    )
    assert strike_from_delta(kind, is_call=is_call(row), delta=delta, **common) == pytest.approx(
        k, abs=tol_strike
    )


def european_bsm_greeks(row: Row) -> None:
    s, k, q, r, t, v = number(row, "spot", "strike", "q", "r", "t_effective", "vol")
    g = price("black_scholes_merton", row, s, k, t, v, rate=r, dividend_yield=q)

    def by_yield(x: float) -> float:
        return float(price("black_scholes_merton", row, s, k, t, v, rate=r, dividend_yield=x).price)

    values = {
        "delta": float(g.delta),
        "elasticity": float(g.delta * s / g.price),
        "gamma": float(g.gamma),
        "vega": float(g.vega) * 100.0,
        "theta_per_year": float(g.theta) * 365.0,
        "theta_per_day": float(g.theta),
        "rho": float(g.rho) * 100.0,
        "dividend_rho": slope(by_yield, q, 1e-3),
    }
    assert values[row["greek"]] == pytest.approx(float(row["expected"]), abs=float(row["tolerance"]), rel=0)


def european_bsm_values(row: Row) -> None:
    s, k, q, r, t, v = number(row, "spot", "strike", "q", "r", "t_effective", "vol")
    worth = price("black_scholes_merton", row, s, k, t, v, rate=r, dividend_yield=q).price
    assert worth == pytest.approx(float(row["expected"]), abs=float(row["tolerance"]), rel=0)


def european_discrete_dividend(row: Row) -> None:
    s, k, r, q, t, v = number(row, "spot", "strike", "r", "q", "t", "vol")
    when, cash = number(row, "div1_t", "div2_t"), number(row, "div1", "div2")
    net = float(escrowed_spot(s, when, cash, t, r))
    worth = price("black_scholes_merton", row, net, k, t, v, rate=r, dividend_yield=q).price
    assert worth == pytest.approx(float(row["expected"]), abs=float(row["tolerance"]), rel=0)


def sabr_hagan_values(row: Row) -> None:
    f, k, t, a, b, n, rho = number(row, "forward", "strike", "t", "alpha", "beta", "nu", "rho")
    vol = lognormal_vol(forward=f, strike=k, expiry_years=t, alpha=a, beta=b, nu=n, rho=rho)
    assert vol == pytest.approx(float(row["expected_vol"]), abs=float(row["tolerance"]), rel=0)


def svi_jw_repair(row: Row) -> None:
    published = slices.JumpWings(*number(row, "v", "psi", "p", "c", "v_tilde", "t"))
    original = slices.JumpWings(0.01742625, -0.1752111, 0.6997381, 1.316798, 0.0116249, 1.0)
    if row["case"] == "VOGT original":
        assert not slices.is_butterfly_free(slices.to_raw(published))
        return
    assert slices.is_butterfly_free(slices.to_raw(published))
    if row["case"] == "VOGT guaranteed repair":
        repaired = slices.guaranteed_repair(original)
        assert repaired.c == pytest.approx(published.c, abs=2e-7)
        assert repaired.v_tilde == pytest.approx(published.v_tilde, abs=2e-7)
        return
    assert row["case"] == "VOGT optimal repair"
    repaired = slices.optimal_repair(original)
    assert slices.is_butterfly_free(slices.to_raw(repaired))
    # The table states a property, not the optimum; ours must be no further off than the published.
    assert published.c <= repaired.c < original.c
    assert repaired.v_tilde == published.v_tilde


def svi_values(row: Row) -> None:
    t, *raw = number(row, "t", "a", "b", "m", "rho", "sigma")
    svi = slices.RawSvi(*raw)
    wings = slices.to_jump_wings(svi, t)
    k = float(row["k"]) if row["k"] else math.nan
    values = {
        "v": wings.v,
        "psi": wings.psi,
        "p": wings.p,
        "c": wings.c,
        "v_tilde": wings.v_tilde,
        "total_variance": float(slices.total_variance(k, svi)),
        "implied_variance": float(slices.total_variance(k, svi)) / t,
        "implied_vol": float(slices.implied_vol(k, svi, t)),
        "g_function": float(slices.density_factor(k, svi)),
    }
    assert values[row["quantity"]] == pytest.approx(
        float(row["expected"]), abs=float(row["tolerance"]), rel=0
    )


TABLES: dict[str, tuple[int, Callable[[Row], None]]] = {
    "american_bjerksund_stensland_greeks": (8, american_bjerksund_stensland_greeks),
    "american_put_boundary_qdplus": (5, american_put_boundary_qdplus),
    "american_values": (126, american_values),
    "black76_bachelier_values": (26, black76_bachelier_values),
    "black76_strata_63": (63, black76_strata_63),
    "bsm_cost_of_carry_strata_dev": (221, bsm_cost_of_carry_strata_dev),
    "delta_conventions_incl_premium_adjusted": (14, delta_conventions_incl_premium_adjusted),
    "european_bsm_greeks": (11, european_bsm_greeks),
    "european_bsm_values": (43, european_bsm_values),
    "european_discrete_dividend": (1, european_discrete_dividend),
    "sabr_hagan_values": (31, sabr_hagan_values),
    "svi_jw_repair": (3, svi_jw_repair),
    "svi_values": (30, svi_values),
}


def test_every_reference_file_has_a_method() -> None:
    files = {path.stem for path in market_data("reference").glob("*.csv")}
    assert files == set(TABLES)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_row_of_the_table_holds_within_its_tolerance(table: str) -> None:
    count, check = TABLES[table]
    with market_data(f"reference/{table}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    failures = []
    for line, row in enumerate(rows, start=2):
        try:
            check(row)
        except (AssertionError, KeyError, ValueError) as failure:
            failures.append(f"line {line} {row}: {failure}")
    assert not failures, "\n".join(failures)
