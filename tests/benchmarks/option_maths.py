"""Rows A: option maths on one core, against a bare SIMD loop, NumPy, QuantLib and two libraries."""

from __future__ import annotations

import math
import tempfile
import time
from pathlib import Path

import numpy as np
import QuantLib as ql
from numba import njit
from scipy.special import ndtr

from tests.benchmarks.rows import Row
from tests.benchmarks.timing import Peer, medians, timed
from tradesense import quant
from tradesense.quant.special import INV_SQRT_2PI, exp, log_ratio, mills

HERE = Path(__file__).resolve().parent
PEER_PYTHON = HERE.parent.parent / ".venv-peers" / "bin" / "python"
N = 100_000
QUANTLIB_N = 2_000
SNAPSHOT = 20_000
AMERICANS = 20_000
ROUNDS = 9


@njit(error_model="numpy", fastmath={"contract"})
def bare_simd_greeks(sign, f, k, t, v, r, price, delta, gamma, vega, theta, rho):
    """Black-76 with nothing around it: no status, no limits, no floors; what a hand-tuned loop costs."""
    for i in range(f.size):
        root = math.sqrt(t[i])
        s = v[i] * root
        df = exp(-r[i] * t[i])
        d1 = log_ratio(f[i], k[i]) / s + 0.5 * s
        d2 = d1 - s
        bell = exp(-0.5 * d1 * d1)
        tail1, tail2 = mills(abs(d1)) * bell, mills(abs(d2)) * bell * (f[i] / k[i])
        n1, n2 = (1.0 - tail1 if d1 > 0.0 else tail1), (1.0 - tail2 if d2 > 0.0 else tail2)
        low = 0.5 - 0.5 * sign[i]
        density = df * f[i] * INV_SQRT_2PI * bell
        worth = df * (f[i] * (n1 - low) - k[i] * (n2 - low))
        price[i] = worth
        delta[i] = df * (n1 - low)
        gamma[i] = density / (f[i] * f[i] * s)
        vega[i] = 0.01 * density * root
        theta[i] = (r[i] * worth - 0.5 * density * v[i] / root) * (1.0 / 365.0)
        rho[i] = -0.01 * t[i] * worth


def numpy_greeks(sign, f, k, t, v, r):
    root = np.sqrt(t)
    s = v * root
    df = np.exp(-r * t)
    d1 = np.log(f / k) / s + 0.5 * s
    d2 = d1 - s
    density = df * f * np.exp(-0.5 * d1 * d1) * INV_SQRT_2PI
    n1 = ndtr(sign * d1)
    price = df * sign * (f * n1 - k * ndtr(sign * d2))
    theta = (r * price - 0.5 * density * v / root) / 365.0
    return price, sign * df * n1, density / (f * f * s), 0.01 * density * root, theta, -0.01 * t * price


def quantlib_greeks(columns, n: int) -> None:
    is_call, f, k, t, v, r = (column[:n].tolist() for column in columns)
    for i in range(n):
        kind = ql.Option.Call if is_call[i] else ql.Option.Put
        calculator = ql.BlackCalculator(
            ql.PlainVanillaPayoff(kind, k[i]), f[i], v[i] * math.sqrt(t[i]), math.exp(-r[i] * t[i])
        )
        calculator.value()
        calculator.deltaForward()
        calculator.gammaForward()
        calculator.vega(t[i])
        calculator.theta(f[i], t[i])
        calculator.rho(t[i])


def sample(n: int = N) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(20260101)
    c = {
        "is_call": rng.random(n) < 0.5,
        "forward": rng.normal(100.0, 1.0, n),
        "strike": rng.uniform(50.0, 200.0, n),
        "years": rng.uniform(1 / 365, 2.0, n),
        "vol": rng.uniform(0.05, 1.5, n),
        "rate": rng.uniform(0.0, 0.05, n),
        "zero": np.zeros(n),
    }
    prices = quant.price_and_greeks("black76", **named(c), vol=c["vol"]).price
    c["price"] = prices
    c["undiscounted"] = prices * np.exp(c["rate"] * c["years"])
    return c


def named(c: dict[str, np.ndarray], n: int | None = None) -> dict[str, np.ndarray]:
    return {
        "is_call": c["is_call"][:n],
        "underlying": c["forward"][:n],
        "strike": c["strike"][:n],
        "expiry_years": c["years"][:n],
        "rate": c["rate"][:n],
    }


def run() -> list[Row]:
    quant.warm()
    c = sample()
    with tempfile.TemporaryDirectory() as folder:
        for name, column in c.items():
            np.save(Path(folder) / f"{name}.npy", column)
        with Peer(PEER_PYTHON, HERE / "peer_option_maths.py", folder) as peer:
            return [*greeks_rows(c, peer), *implied_rows(c, peer), snapshot_row(c), *american_rows(c)]


def row(name: str, unit: str, ours: float, peer_name: str, peer: float | None, least: float | None) -> Row:
    """Return a line whose ratio is peer / ours and whose Must is a least ratio."""
    ratio = peer / ours if peer is not None else None
    must = f">= {least:g} x" if least is not None else ""
    holds = ratio >= least if ratio is not None and least is not None else None
    note = "" if peer is not None else "peer not installed"
    return Row("A", name, unit, ours, peer_name, peer, ratio, must, holds, note)


def scaled(seconds: float | None, n: int) -> float | None:
    return None if seconds is None else seconds / n * 1e9


def greeks_rows(c: dict[str, np.ndarray], peer: Peer) -> list[Row]:
    sign = np.where(c["is_call"], 1.0, -1.0)
    plain = (sign, c["forward"], c["strike"], c["years"], c["vol"], c["rate"])
    out = np.empty((6, N))
    small = named(c, 100)
    ql_columns = (c["is_call"], *plain[1:])
    seconds = medians(
        {
            "ours": timed(lambda: quant.price_and_greeks("black76", **named(c), vol=c["vol"]), 3),
            "simd": timed(lambda: bare_simd_greeks(*plain, *out), 3),
            "numpy": timed(lambda: numpy_greeks(*plain)),
            "vollib": peer.job("vollib_greeks"),
            "quantlib": timed(lambda: quantlib_greeks(ql_columns, QUANTLIB_N)),
            "ours_100": timed(lambda: quant.price_and_greeks("black76", **small, vol=c["vol"][:100]), 100),
            "vollib_100": peer.job("vollib_greeks_100"),
            "two": timed(
                lambda: quant.price_and_greeks("black76", **named(c), vol=c["vol"], threads=2),
                3,
                time.perf_counter,
            ),
        },
        ROUNDS,
    )
    ours = scaled(seconds["ours"], N)
    simd = scaled(seconds["simd"], N)
    small_us = seconds["ours_100"]
    assert ours is not None
    assert simd is not None
    assert small_us is not None
    small_us *= 1e6
    two = scaled(seconds["two"], N)
    vollib_100 = seconds["vollib_100"]
    unit = "ns/option"
    holds = ours <= 1.5 * simd
    name = "Greeks, 100,000"
    bare = Row("A", name, unit, ours, "bare SIMD loop", simd, simd / ours, "<= 1.5 x its time", holds)
    return [
        bare,
        row("Greeks, 100,000", unit, ours, "NumPy + ndtr", scaled(seconds["numpy"], N), 4.0),
        row("Greeks, 100,000", unit, ours, "py_vollib_vectorized", scaled(seconds["vollib"], N), 80.0),
        row("Greeks, 100,000", unit, ours, "QuantLib loop", scaled(seconds["quantlib"], QUANTLIB_N), None),
        row("Greeks, 100,000, two threads (wall clock)", unit, two or math.nan, "one thread", ours, None),
        Row(
            "A",
            "Greeks, 100 options a call",
            "us/call",
            small_us,
            "py_vollib_vectorized",
            None if vollib_100 is None else vollib_100 * 1e6,
            None if vollib_100 is None else vollib_100 * 1e6 / small_us,
            "<= 30 us",
            small_us <= 30.0,
        ),
    ]


def implied_rows(c: dict[str, np.ndarray], peer: Peer) -> list[Row]:
    seconds = medians(
        {
            "ours": timed(lambda: quant.implied_vol("black76", **named(c), price=c["price"])),
            "vollib": peer.job("vollib_iv"),
            "engine": peer.job("iv_engine_iv"),
        },
        ROUNDS,
    )
    ours = scaled(seconds["ours"], N)
    assert ours is not None
    unit = "ns/option"
    return [
        row("implied vol, 100,000", unit, ours, "py_vollib_vectorized", scaled(seconds["vollib"], N), 10.0),
        row("implied vol, 100,000", unit, ours, "iv_engine", scaled(seconds["engine"], N), 5.5),
        accuracy_row(),
    ]


def accuracy_row() -> Row:
    """Return the worst error of out-of-the-money vols, wings to 1e-200 included, over what is allowed."""
    rng = np.random.default_rng(5)
    s = 10.0 ** rng.uniform(-2.0, 0.5, N)
    call = rng.random(N) < 0.5
    x = np.minimum(s * rng.uniform(0.0, 29.5, N), 20.0)
    sides = {"is_call": call, "underlying": 1.0, "strike": np.exp(np.where(call, x, -x)), "expiry_years": 1.0}
    g = quant.price_and_greeks("black76", vol=s, **sides)
    iv, status = quant.implied_vol("black76", price=g.price, **sides)
    with np.errstate(divide="ignore", invalid="ignore"):
        allowed = np.maximum(1e-12, 300.0 * np.finfo(float).eps * g.price / (100.0 * g.vega))
    worst = float(np.max(np.where(status == 0, np.abs(iv - s) / allowed, np.inf)))
    error = float(np.nanmax(np.abs(iv - s)))
    note = f"least price {g.price.min():.0e} of the forward, worst error {error:.1e}"
    return Row(
        "A", "implied vol, worst error", "of allowed", worst, must="<= 1", holds=worst <= 1.0, note=note
    )


def snapshot_row(c: dict[str, np.ndarray]) -> Row:
    sides = named(c, SNAPSHOT)
    mark = c["price"][:SNAPSHOT]
    quotes = np.stack([0.99 * mark, 1.01 * mark, mark])

    def snapshot() -> None:
        iv, _ = quant.implied_vol("black76", price=quotes, **sides)
        quant.price_and_greeks("black76", vol=iv, **sides)

    seconds = medians({"ours": timed(snapshot)}, 15)["ours"]
    assert seconds is not None
    name = "snapshot: 20,000 options, IV and Greeks of bid, ask, mark"
    return Row("A", name, "ms", seconds * 1e3, must="<= 10 ms", holds=seconds <= 0.010)


def american_rows(c: dict[str, np.ndarray]) -> list[Row]:
    n = AMERICANS
    sides = named(c, n) | {"vol": c["vol"][:n], "dividend_yield": c["rate"][:n]}
    rows = []
    for model, count in (("bjerksund_stensland_2002", n), ("barone_adesi_whaley", n), ("binomial", 300)):
        few = {name: column[:count] for name, column in sides.items()}
        seconds = medians(
            {
                "price": timed(lambda model=model, few=few: quant.price(model, **few)),
                "greeks": timed(lambda model=model, few=few: quant.price_and_greeks(model, **few)),
            },
            3,
        )
        price, greeks = (scaled(seconds[name], count) for name in ("price", "greeks"))
        assert price is not None
        assert greeks is not None
        bound = model == "bjerksund_stensland_2002"
        note = f"with all Greeks {greeks / 1e3:.1f} us"
        rows.append(
            Row(
                "A",
                f"American price, {model}",
                "us/option",
                price / 1e3,
                must="<= 1 us" if bound else "",
                holds=price <= 1e3 if bound else None,
                note=note,
            )
        )
    return rows
