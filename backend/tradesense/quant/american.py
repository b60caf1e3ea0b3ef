"""Columns of American options: value, Greeks and implied vol under each of the three models.

Greeks of the two closed forms are fourth-order central differences of the value with steps fitted to the
curvature (spot: a fiftieth of a deviation); against analytic Greeks they agree to about 1e-8 relative. The
tree's delta, gamma and theta come from its nodes.
"""

from __future__ import annotations

import math

import numpy as np

from tradesense.quant import bjerksund_stensland, exercise
from tradesense.quant.barone_adesi_whaley import value as whaley_value
from tradesense.quant.black import cell_status
from tradesense.quant.lattice import SCRATCH, tree
from tradesense.quant.special import kernel
from tradesense.quant.values import Codes, Flags, Floats, Status

BJERKSUND, WHALEY, LATTICE = 0, 1, 2
MODEL_CODES = {
    "bjerksund_stensland_2002": BJERKSUND,
    "barone_adesi_whaley": WHALEY,
    "binomial": LATTICE,
}
_OK = int(Status.OK)
_NO_QUOTE = int(Status.NO_QUOTE)
_BELOW_INTRINSIC = int(Status.BELOW_INTRINSIC)
_ABOVE_MAXIMUM = int(Status.ABOVE_MAXIMUM)
_NO_SOLUTION = int(Status.NO_SOLUTION)
_EXPIRED = int(Status.EXPIRED)
_PER_POINT = 0.01
_PER_DAY = 1.0 / 365.0
_MAX_VOL = 64.0
_ITERATIONS = 100

_call_2002 = bjerksund_stensland.call_2002
_call_case = exercise.call_case
_certain_call = exercise.certain_call
_european = exercise.european
_LIMIT = exercise.LIMIT
_NEVER_EARLY = exercise.NEVER_EARLY
_TWO_BOUNDARIES = exercise.TWO_BOUNDARIES


@kernel
def american_value(
    model: int, sign: float, s: float, k: float, t: float, v: float, r: float, q: float, scratch: Floats
) -> float:
    """Return one option's value, never below its European or its exercise value."""
    case = _call_case(s, k, t, v, r, q) if sign > 0.0 else _call_case(k, s, t, v, q, r)
    if case == _LIMIT:
        return _certain_call(s, k, t, r, q) if sign > 0.0 else _certain_call(k, s, t, q, r)
    floor = max(_european(sign, s, k, t, v, r, q), sign * (s - k))
    if case == _NEVER_EARLY:
        return floor
    if model == LATTICE or case == _TWO_BOUNDARIES:
        worth, _, _ = tree(sign, s, k, t, v, r, q, scratch)
    elif model == WHALEY:
        worth = whaley_value(sign, s, k, t, v, r, q)
    elif sign > 0.0:
        worth = _call_2002(s, k, t, v, r, q, scratch)
    else:
        worth = _call_2002(k, s, t, v, q, r, scratch)
    return max(floor, worth) if worth == worth else floor


@kernel
def _slope(below2: float, below: float, above: float, above2: float, h: float) -> float:
    return (below2 - above2 + 8.0 * (above - below)) / (12.0 * h)


@kernel
def _vega_theta_rho(
    model: int, sign: float, s: float, k: float, t: float, v: float, r: float, q: float, scratch: Floats
) -> tuple[float, float, float]:
    """Return the derivatives by vol, by time to expiry and by rate."""
    f = american_value
    coarse = model == LATTICE
    h = (1e-2 if coarse else 1e-3) * v if v > 0.0 else 1e-6
    if v <= 0.0:
        vega = 0.0
    else:
        vega = _slope(
            f(model, sign, s, k, t, v - 2.0 * h, r, q, scratch),
            f(model, sign, s, k, t, v - h, r, q, scratch),
            f(model, sign, s, k, t, v + h, r, q, scratch),
            f(model, sign, s, k, t, v + 2.0 * h, r, q, scratch),
            h,
        )
    h = 1e-3 * t if t > 0.0 else 1.0
    if t <= 0.0 or coarse:
        growth = 0.0
    else:
        growth = _slope(
            f(model, sign, s, k, t - 2.0 * h, v, r, q, scratch),
            f(model, sign, s, k, t - h, v, r, q, scratch),
            f(model, sign, s, k, t + h, v, r, q, scratch),
            f(model, sign, s, k, t + 2.0 * h, v, r, q, scratch),
            h,
        )
    h = 1e-3 if coarse else 1e-4
    rho = _slope(
        f(model, sign, s, k, t, v, r - 2.0 * h, q, scratch),
        f(model, sign, s, k, t, v, r - h, q, scratch),
        f(model, sign, s, k, t, v, r + h, q, scratch),
        f(model, sign, s, k, t, v, r + 2.0 * h, q, scratch),
        h,
    )
    return vega, growth, rho


@kernel
def _delta_gamma(
    model: int,
    sign: float,
    s: float,
    k: float,
    t: float,
    v: float,
    r: float,
    q: float,
    worth: float,
    scratch: Floats,
) -> tuple[float, float]:
    f = american_value
    h = s * min(max(0.02 * v * math.sqrt(t), 1e-5), 0.02)
    if h <= 0.0:
        return math.nan, math.nan
    below2 = f(model, sign, s - 2.0 * h, k, t, v, r, q, scratch)
    below = f(model, sign, s - h, k, t, v, r, q, scratch)
    above = f(model, sign, s + h, k, t, v, r, q, scratch)
    above2 = f(model, sign, s + 2.0 * h, k, t, v, r, q, scratch)
    delta = _slope(below2, below, above, above2, h)
    gamma = (16.0 * (above + below) - above2 - below2 - 30.0 * worth) / (12.0 * h * h)
    return delta, max(gamma, 0.0)


@kernel
def american_prices(
    model: int,
    is_call: Flags,
    spot: Floats,
    strike: Floats,
    years: Floats,
    vol: Floats,
    rate: Floats,
    dividend_yield: Floats,
    price: Floats,
    status: Codes,
) -> None:
    scratch = np.empty(SCRATCH)
    for i in range(spot.size):
        s, k, t, v, r, q = spot[i], strike[i], years[i], vol[i], rate[i], dividend_yield[i]
        sign = 1.0 if is_call[i] else -1.0
        status[i] = cell_status(s, k, t, v, r + q)
        price[i] = american_value(model, sign, s, k, t, v, r, q, scratch) if status[i] == _OK else math.nan


@kernel
def american_greeks(
    model: int,
    is_call: Flags,
    spot: Floats,
    strike: Floats,
    years: Floats,
    vol: Floats,
    rate: Floats,
    dividend_yield: Floats,
    price: Floats,
    delta: Floats,
    gamma: Floats,
    vega: Floats,
    theta: Floats,
    rho: Floats,
    status: Codes,
) -> None:
    scratch = np.empty(SCRATCH)
    for i in range(spot.size):
        s, k, t, v, r, q = spot[i], strike[i], years[i], vol[i], rate[i], dividend_yield[i]
        sign = 1.0 if is_call[i] else -1.0
        status[i] = cell_status(s, k, t, v, r + q)
        if status[i] != _OK:
            price[i] = delta[i] = gamma[i] = vega[i] = theta[i] = rho[i] = math.nan
            continue
        worth = american_value(model, sign, s, k, t, v, r, q, scratch)
        price[i] = worth
        by_vol, by_time, by_rate = _vega_theta_rho(model, sign, s, k, t, v, r, q, scratch)
        delta[i], gamma[i] = _delta_gamma_of(model, sign, s, k, t, v, r, q, worth, scratch)
        if model == LATTICE:
            held = worth > sign * (s - k) + 1e-10 * (s + k)
            by_time = (r - q) * s * delta[i] + 0.5 * v * v * s * s * gamma[i] - r * worth if held else 0.0
        vega[i] = _PER_POINT * by_vol
        theta[i] = -_PER_DAY * by_time
        rho[i] = _PER_POINT * by_rate


@kernel
def _delta_gamma_of(
    model: int,
    sign: float,
    s: float,
    k: float,
    t: float,
    v: float,
    r: float,
    q: float,
    worth: float,
    scratch: Floats,
) -> tuple[float, float]:
    case = _call_case(s, k, t, v, r, q) if sign > 0.0 else _call_case(k, s, t, v, q, r)
    if model == LATTICE and case != _LIMIT and case != _NEVER_EARLY:
        _, delta, gamma = tree(sign, s, k, t, v, r, q, scratch)
        if delta == delta:
            return delta, gamma
    return _delta_gamma(model, sign, s, k, t, v, r, q, worth, scratch)


@kernel
def _solve(
    model: int, sign: float, target: float, s: float, k: float, t: float, r: float, q: float, scratch: Floats
) -> float:
    """Return the vol that gives `target`: Ridders' steps inside a bracket; NaN where none does."""
    low, at_low = 0.0, american_value(model, sign, s, k, t, 0.0, r, q, scratch) - target
    high = 0.25
    at_high = american_value(model, sign, s, k, t, high, r, q, scratch) - target
    while at_high < 0.0 and high < _MAX_VOL:
        low, at_low = high, at_high
        high *= 2.0
        at_high = american_value(model, sign, s, k, t, high, r, q, scratch) - target
    if at_high < 0.0 or at_low > 0.0:
        return math.nan
    for _ in range(_ITERATIONS):
        if at_high == 0.0:
            return high
        if high - low <= 1e-14 * high:
            break
        middle = 0.5 * (low + high)
        at_middle = american_value(model, sign, s, k, t, middle, r, q, scratch) - target
        # Ridders: an exponential through three values; its root never leaves the bracket.
        span = math.sqrt(at_middle * at_middle - at_low * at_high)
        guess = middle + (low - middle) * at_middle / span if span > 0.0 else middle
        at_guess = american_value(model, sign, s, k, t, guess, r, q, scratch) - target
        if at_guess == 0.0:
            return guess
        for x, y in ((middle, at_middle), (guess, at_guess)):
            if y <= 0.0 and x >= low:
                low, at_low = x, y
            if y >= 0.0 and x <= high:
                high, at_high = x, y
    return high if at_high < -at_low else low


@kernel
def american_implied(
    model: int,
    is_call: Flags,
    price: Floats,
    spot: Floats,
    strike: Floats,
    years: Floats,
    rate: Floats,
    dividend_yield: Floats,
    iv: Floats,
    status: Codes,
) -> None:
    scratch = np.empty(SCRATCH)
    for i in range(spot.size):
        s, k, t, r, q, target = spot[i], strike[i], years[i], rate[i], dividend_yield[i], price[i]
        sign = 1.0 if is_call[i] else -1.0
        iv[i] = math.nan
        status[i] = _NO_QUOTE if target != target else cell_status(s, k, t, 0.0, r + q)
        if status[i] != _OK:
            continue
        if t <= 0.0:
            status[i] = _EXPIRED
        elif target <= american_value(model, sign, s, k, t, 0.0, r, q, scratch):
            status[i] = _BELOW_INTRINSIC
        elif target >= _ceiling(sign, s, k, t, r, q):
            status[i] = _ABOVE_MAXIMUM
        else:
            iv[i] = _solve(model, sign, target, s, k, t, r, q, scratch)
            status[i] = _OK if iv[i] == iv[i] else _NO_SOLUTION


@kernel
def _ceiling(sign: float, s: float, k: float, t: float, r: float, q: float) -> float:
    """Return what no American option exceeds: spot (call) or strike (put), grown by a negative rate."""
    return s * math.exp(max(-q, 0.0) * t) if sign > 0.0 else k * math.exp(max(-r, 0.0) * t)
