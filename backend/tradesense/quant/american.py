"""Columns of American options: value, Greeks and implied vol under each of the three models.

Greeks of the two closed forms are their derivatives, by formula. The tree's delta and gamma come from its
nodes, theta from the differential equation, vega and rho from central differences (steps of 2 % of the vol
and of 0.002 of rate). What remains - no vol, or the 1993 form in the place of the 2002 one - is differenced
to fourth order.

Implied vol starts from the European one, which is a little too high, and follows secants inside a bracket:
some four values an option; where these do not settle, Ridders' method does.
"""

from __future__ import annotations

import math

import numpy as np

from tradesense.quant import bjerksund_stensland, exercise
from tradesense.quant.barone_adesi_whaley import greeks as whaley_greeks
from tradesense.quant.barone_adesi_whaley import value as whaley_value
from tradesense.quant.bjerksund_greeks import call_greeks_2002
from tradesense.quant.black import cell_status
from tradesense.quant.implied import cell_vol
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
_SECANTS = 12
_VOL_STEP = 0.02
_RATE_STEP = 2e-3
_SETTLED = 1e-8
_Greeks = tuple[float, float, float, float, float, float]

_call_2002 = bjerksund_stensland.call_2002
_call_case = exercise.call_case
_certain_call = exercise.certain_call
_european = exercise.european
_european_greeks = exercise.european_greeks
_FLAT = bjerksund_stensland.FLAT
_EXERCISED = bjerksund_stensland.EXERCISED
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
def _differences(
    model: int, sign: float, s: float, k: float, t: float, v: float, r: float, q: float, scratch: Floats
) -> _Greeks:
    """Return value and derivatives by spot, by spot twice, by vol, by time and by rate, as differences.

    A row of `points` holds the values 2 h below, h below, h above and 2 h above in one direction.
    """
    f = american_value
    worth = f(model, sign, s, k, t, v, r, q, scratch)
    points = np.zeros((4, 4))
    h = (s * min(max(0.02 * v * math.sqrt(t), 1e-5), 0.02), 1e-3 * v, 1e-3 * t, 1e-4)
    for n in range(4):
        step = n - 2.0 if n < 2 else n - 1.0
        ds, dv, dt, dr = step * h[0], step * h[1], step * h[2], step * h[3]
        points[0, n] = f(model, sign, s + ds, k, t, v, r, q, scratch)
        points[1, n] = f(model, sign, s, k, t, v + dv, r, q, scratch) if v > 0.0 else worth
        points[2, n] = f(model, sign, s, k, t + dt, v, r, q, scratch) if t > 0.0 else worth
        points[3, n] = f(model, sign, s, k, t, v, r + dr, q, scratch)
    by = np.zeros(4)
    for n in range(4):
        rise = points[n, 0] - points[n, 3] + 8.0 * (points[n, 2] - points[n, 1])
        by[n] = rise / (12.0 * h[n]) if h[n] > 0.0 else (math.nan if n == 0 else 0.0)
    near, far = points[0, 1] + points[0, 2], points[0, 0] + points[0, 3]
    gamma = max((16.0 * near - far - 30.0 * worth) / (12.0 * h[0] * h[0]), 0.0) if s > 0.0 else math.nan
    return worth, by[0], gamma, by[1], by[2], by[3]


@kernel
def _tree_greeks(
    sign: float, s: float, k: float, t: float, v: float, r: float, q: float, scratch: Floats
) -> _Greeks:
    """Return value and derivatives of the tree; NaN where it does not stand."""
    f = american_value
    worth, delta, gamma = tree(sign, s, k, t, v, r, q, scratch)
    h = _VOL_STEP * v
    above = f(LATTICE, sign, s, k, t, v + h, r, q, scratch)
    below = f(LATTICE, sign, s, k, t, v - h, r, q, scratch)
    dearer = f(LATTICE, sign, s, k, t, v, r + _RATE_STEP, q, scratch)
    cheaper = f(LATTICE, sign, s, k, t, v, r - _RATE_STEP, q, scratch)
    held = worth > sign * (s - k) + 1e-10 * (s + k)
    growth = (r - q) * s * delta + 0.5 * v * v * s * s * gamma - r * worth if held else 0.0
    rho = (dearer - cheaper) / (2.0 * _RATE_STEP)
    return worth, delta, gamma, (above - below) / (2.0 * h), growth, rho


@kernel
def _bjerksund_greeks(
    sign: float, s: float, k: float, t: float, v: float, r: float, q: float, scratch: Floats
) -> _Greeks:
    """Return value and derivatives of the 2002 form; NaN where the 1993 form takes its place."""
    if sign > 0.0:
        form, c, by, bend, vega, growth, rho = call_greeks_2002(s, k, t, v, r, q, True, scratch)
        unit, delta = k, k * by / s
    else:
        form, c, by, bend, vega, growth, rho = call_greeks_2002(k, s, t, v, q, r, False, scratch)
        unit, delta = s, c - by
    if form == _FLAT:
        return math.nan, math.nan, math.nan, math.nan, math.nan, math.nan
    if form == _EXERCISED:
        return sign * (s - k), sign, 0.0, 0.0, 0.0, 0.0
    return unit * c, delta, unit * (bend - by) / (s * s), unit * vega, unit * growth, unit * rho


@kernel
def _greeks(
    model: int, sign: float, s: float, k: float, t: float, v: float, r: float, q: float, scratch: Floats
) -> _Greeks:
    """Return value and derivatives by spot, by spot twice, by vol, by time and by rate."""
    case = _call_case(s, k, t, v, r, q) if sign > 0.0 else _call_case(k, s, t, v, q, r)
    if case == _LIMIT:
        return _differences(model, sign, s, k, t, v, r, q, scratch)
    european = _european_greeks(sign, s, k, t, v, r, q)
    if case == _NEVER_EARLY:
        return european
    if model == LATTICE or case == _TWO_BOUNDARIES:
        found = _tree_greeks(sign, s, k, t, v, r, q, scratch)
    elif model == WHALEY:
        found = whaley_greeks(sign, s, k, t, v, r, q)
    else:
        found = _bjerksund_greeks(sign, s, k, t, v, r, q, scratch)
    worth, exercised = found[0], sign * (s - k)
    if worth != worth:
        return _differences(model, sign, s, k, t, v, r, q, scratch)
    if worth > max(european[0], exercised):
        return found
    return european if european[0] > exercised else (exercised, sign, 0.0, 0.0, 0.0, 0.0)


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
        worth, by_spot, bend, by_vol, by_time, by_rate = _greeks(model, sign, s, k, t, v, r, q, scratch)
        price[i] = worth
        delta[i] = by_spot
        gamma[i] = bend
        vega[i] = _PER_POINT * by_vol
        theta[i] = -_PER_DAY * by_time
        rho[i] = _PER_POINT * by_rate


@kernel
def _solve(
    model: int, sign: float, target: float, s: float, k: float, t: float, r: float, q: float, scratch: Floats
) -> float:
    """Return the vol that gives `target`, by secants from the European vol; NaN where none does."""
    discount = math.exp(-r * t)
    at, code = cell_vol(sign > 0.0, target, s * math.exp((r - q) * t), k, t, discount, r + q)
    if code != _OK:
        return _bracketed(model, sign, target, s, k, t, r, q, scratch)
    off = american_value(model, sign, s, k, t, at, r, q, scratch) - target
    _, _, _, slope, _, _ = _european_greeks(sign, s, k, t, at, r, q)
    low, high = 0.0, math.inf
    for _ in range(_SECANTS):
        if off == 0.0:
            return at
        low, high = (at, high) if off < 0.0 else (low, at)
        step = -off / slope if slope > 0.0 else math.nan
        if not low < at + step < high:
            step = (0.5 * (low + high) if high < math.inf else 2.0 * at) - at
        elif abs(step) <= _SETTLED * at:
            return at + step
        before, at = off, at + step
        off = american_value(model, sign, s, k, t, at, r, q, scratch) - target
        slope = (off - before) / step
    return _bracketed(model, sign, target, s, k, t, r, q, scratch)


@kernel
def _bracketed(
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
