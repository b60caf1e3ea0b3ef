"""Kernels for Black-76 and Black-Scholes-Merton: one branch-free pass over columns, which LLVM vectorises.

With m = min(F, K), M = max(F, K), x = ln(M / m), s = vol sqrt(t), hi = -x/s + s/2 and lo = -x/s - s/2, the
undiscounted time value of call and put alike is m N(hi) - M N(lo); the common factor m exp(-hi^2 / 2) turns
it into a difference of two Mills' ratios. So one evaluation serves calls and puts, no price is negative, and
an out-of-the-money price keeps its relative accuracy on the wing.

Limits: zero time or zero vol gives the discounted intrinsic value and its Greeks; exactly at the money there,
delta is one half and the infinite gamma (and, at zero time, theta) is NaN. F = 0 or K = 0 is valued as a
limit.

References
----------
Black, F., "The pricing of commodity contracts", Journal of Financial Economics 3 (1976), 167-179.
Haug, E. G., "The Complete Guide to Option Pricing Formulas", 2nd ed. (2007), sections 1.1 and 2.1-2.6.
"""

from __future__ import annotations

import math

from tradesense.quant.special import INV_SQRT_2PI, exp, inlined, kernel, log_of, log_ratio, two_mills
from tradesense.quant.values import Codes, Flag, Flags, Floats, Status

_OK = int(Status.OK)
_EXPIRED = int(Status.EXPIRED)
_INVALID = int(Status.INVALID)
_FLOOR_S = 1e-100
_FLOOR_PRICE = 1e-150
_PER_POINT = 0.01
_PER_DAY = 1.0 / 365.0


@inlined
def cell_status(underlying: float, strike: float, years: float, vol: float, rest: float) -> int:
    """Return the status of a cell's inputs; `rest` is any sum of the others that must be finite."""
    total = underlying + strike + years + vol + rest
    finite = total - total == 0.0
    sane = finite and underlying >= 0.0 and strike >= 0.0 and vol >= 0.0
    return _INVALID if not sane else (_EXPIRED if years < 0.0 else _OK)


@inlined
def forward_parts(
    is_call: Flag, forward: float, strike: float, root: float, vol: float
) -> tuple[float, float, float, float, float, float]:
    """Return value (undiscounted), N(cp d1), N(cp d2), F n(d1), s floored, and NaN at an exact kink or 0."""
    s = vol * root
    floored = max(s, _FLOOR_S)
    low = min(forward, strike)
    high = max(forward, strike)
    above_zero, top = max(low, _FLOOR_PRICE), max(high, _FLOOR_PRICE)
    share = above_zero / top
    x = abs(log_of(above_zero, top, share))
    h = x * (1.0 / floored)
    hi = 0.5 * floored - h
    lo = -0.5 * floored - h
    bell = exp(-0.5 * hi * hi)
    weighted = low * bell
    mills_hi, mills_lo = two_mills(abs(hi), -lo)
    tail_hi = mills_hi * bell
    tail_lo = mills_lo * bell * share
    above = hi > 0.0
    time_value = low - weighted * (mills_hi + mills_lo) if above else weighted * (mills_hi - mills_lo)
    p_hi = 1.0 - tail_hi if above else tail_hi
    q_hi = tail_hi if above else 1.0 - tail_hi
    q_lo = 1.0 - tail_lo
    below = forward < strike
    n1 = (p_hi if below else q_lo) if is_call else (q_hi if below else tail_lo)
    n2 = (tail_lo if below else q_hi) if is_call else (q_lo if below else p_hi)
    gap = forward - strike if is_call else strike - forward
    value = max(time_value, 0.0) + max(gap, 0.0)
    kink = math.nan if s + x < _FLOOR_S else 0.0
    return value, n1, n2, INV_SQRT_2PI * weighted, floored, kink


@kernel
def black76_greeks(
    is_call: Flags,
    forward: Floats,
    strike: Floats,
    years: Floats,
    vol: Floats,
    rate: Floats,
    price: Floats,
    delta: Floats,
    gamma: Floats,
    vega: Floats,
    theta: Floats,
    rho: Floats,
    status: Codes,
) -> None:
    for i in range(forward.size):
        f, k, t, v, r = forward[i], strike[i], years[i], vol[i], rate[i]
        discount = exp(-r * t) if cell_status(f, k, t, v, r) == _OK else math.nan
        root = math.sqrt(max(t, 0.0))
        value, n1, _, density, s, kink = forward_parts(is_call[i], f, k, root, v)
        worth = discount * value
        dense = discount * density
        positive = max(f, _FLOOR_PRICE)
        price[i] = worth
        delta[i] = (discount if is_call[i] else -discount) * n1
        per_deviation = dense * (1.0 / s)
        gamma[i] = per_deviation / (positive * positive) + kink
        vega[i] = _PER_POINT * dense * root
        decay = 0.5 * v * v * per_deviation + (kink if t <= 0.0 else 0.0)
        theta[i] = _PER_DAY * (r * worth - decay)
        rho[i] = -_PER_POINT * t * worth
    # Apart, for a byte stored among doubles costs the loop above its vectors.
    for i in range(forward.size):
        status[i] = cell_status(forward[i], strike[i], years[i], vol[i], rate[i])


@kernel
def bsm_greeks(
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
    for i in range(spot.size):
        u, k, t, v, r, q = spot[i], strike[i], years[i], vol[i], rate[i], dividend_yield[i]
        ok = cell_status(u, k, t, v, r + q) == _OK
        discount = exp(-r * t) if ok else math.nan
        carry = exp(-q * t)
        forward = u * (carry / discount)
        root = math.sqrt(max(t, 0.0))
        value, n1, n2, density, s, kink = forward_parts(is_call[i], forward, k, root, v)
        sign = 1.0 if is_call[i] else -1.0
        dense = discount * density
        exposure = sign * carry * n1
        cash = sign * k * discount * n2
        positive = max(u, _FLOOR_PRICE)
        price[i] = discount * value
        delta[i] = exposure if ok else math.nan
        per_deviation = dense * (1.0 / s)
        gamma[i] = per_deviation / (positive * positive) + kink
        vega[i] = _PER_POINT * dense * root
        decay = 0.5 * v * v * per_deviation + (kink if t <= 0.0 else 0.0)
        theta[i] = _PER_DAY * (q * u * exposure - r * cash - decay)
        rho[i] = _PER_POINT * t * cash
    for i in range(spot.size):
        status[i] = cell_status(spot[i], strike[i], years[i], vol[i], rate[i] + dividend_yield[i])


@kernel
def second_order(
    is_call: Flags,
    spot: Floats,
    strike: Floats,
    years: Floats,
    vol: Floats,
    rate: Floats,
    dividend_yield: Floats,
    vanna: Floats,
    charm: Floats,
    vomma: Floats,
) -> None:
    """Fill vanna, charm and vomma of Black-Scholes-Merton; Black-76 is the case dividend_yield = rate."""
    for i in range(spot.size):
        u, k, t, v, r, q = spot[i], strike[i], years[i], vol[i], rate[i], dividend_yield[i]
        ok = cell_status(u, k, t, v, r + q) == _OK
        discount = exp(-r * t) if ok else math.nan
        carry = exp(-q * t)
        forward = u * (carry / discount)
        root = math.sqrt(max(t, 0.0))
        _, n1, _, density, s, kink = forward_parts(is_call[i], forward, k, root, v)
        d1 = log_ratio(max(forward, _FLOOR_PRICE), max(k, _FLOOR_PRICE)) / s + 0.5 * s
        d2 = d1 - s
        sign = 1.0 if is_call[i] else -1.0
        bell = discount * density / max(u, _FLOOR_PRICE)
        positive_vol = max(v, _FLOOR_S)
        time = max(t, _FLOOR_S * _FLOOR_S)
        smooth = 1.0 + kink
        vanna[i] = -smooth * _PER_POINT * bell * d2 / positive_vol
        drift = bell * ((r - q) / s * root * root / time - 0.5 * d2 / time)
        charm[i] = smooth * _PER_DAY * (sign * q * carry * n1 - drift)
        vomma[i] = smooth * _PER_POINT * _PER_POINT * discount * density * root * d1 * d2 / positive_vol
