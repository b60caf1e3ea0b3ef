"""Kernels for Bachelier's normal model; `vol` is in price units per root of a year, prices may be negative.

Limits: zero time or zero vol gives the discounted intrinsic value; exactly at the money there delta is one
half and the infinite gamma (and, at zero time, theta) is NaN.

References
----------
Bachelier, L., "Theorie de la speculation" (1900).
Jaeckel, P., "Implied normal volatility", Wilmott 90 (2017), 52-54.
"""

from __future__ import annotations

import math

from tradesense.quant.implied import bachelier_distance
from tradesense.quant.special import INV_SQRT_2PI, SQRT_2PI, exp, inlined, kernel, log_ratio, mills
from tradesense.quant.values import Codes, Flag, Flags, Floats, Status

_OK = int(Status.OK)
_NO_QUOTE = int(Status.NO_QUOTE)
_BELOW_INTRINSIC = int(Status.BELOW_INTRINSIC)
_EXPIRED = int(Status.EXPIRED)
_INVALID = int(Status.INVALID)
_NO_SOLUTION = int(Status.NO_SOLUTION)
_FLOOR_S = 1e-100
_PER_POINT = 0.01
_PER_DAY = 1.0 / 365.0
_SMALLEST = 1e-300


@inlined
def _finite_status(forward: float, strike: float, years: float, rest: float, vol: float) -> int:
    total = forward + strike + years + rest + vol
    sane = total - total == 0.0 and vol >= 0.0
    return _INVALID if not sane else (_EXPIRED if years < 0.0 else _OK)


@inlined
def _normal_parts(
    is_call: Flag, gap: float, root: float, vol: float
) -> tuple[float, float, float, float, float]:
    """Return value, N(cp d), n(d), s floored, and NaN at an exact kink, else 0; undiscounted."""
    s = vol * root
    floored = max(s, _FLOOR_S)
    h = abs(gap) / floored
    bell = exp(-0.5 * h * h)
    ratio = mills(h)
    # h overflows to 1e100 without time or vol; there the time value is 0, not infinity minus infinity.
    time_value = floored * bell * max(INV_SQRT_2PI - h * ratio, 0.0) if bell > 0.0 else 0.0
    tail = ratio * bell
    toward = gap if is_call else -gap
    n = 1.0 - tail if toward > 0.0 else tail
    kink = math.nan if s + abs(gap) < _FLOOR_S else 0.0
    return time_value + max(toward, 0.0), n, INV_SQRT_2PI * bell, floored, kink


@kernel
def bachelier_greeks(
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
        discount = exp(-r * t) if _finite_status(f, k, t, r, v) == _OK else math.nan
        root = math.sqrt(max(t, 0.0))
        value, n, density, s, kink = _normal_parts(is_call[i], f - k, root, v)
        worth = discount * value
        dense = discount * density
        price[i] = worth
        delta[i] = (discount if is_call[i] else -discount) * n
        gamma[i] = dense / s + kink
        vega[i] = _PER_POINT * dense * root
        decay = 0.5 * dense * v / max(root, _FLOOR_S) + (kink if t <= 0.0 else 0.0)
        theta[i] = _PER_DAY * (r * worth - decay)
        rho[i] = -_PER_POINT * t * worth
    for i in range(forward.size):
        status[i] = _finite_status(forward[i], strike[i], years[i], rate[i], vol[i])


@kernel
def bachelier_second_order(
    is_call: Flags,
    forward: Floats,
    strike: Floats,
    years: Floats,
    vol: Floats,
    rate: Floats,
    vanna: Floats,
    charm: Floats,
    vomma: Floats,
) -> None:
    for i in range(forward.size):
        f, k, t, v, r = forward[i], strike[i], years[i], vol[i], rate[i]
        ok = _finite_status(f, k, t, r, v) == _OK
        discount = exp(-r * t) if ok else math.nan
        root = math.sqrt(max(t, 0.0))
        _, n, density, s, kink = _normal_parts(is_call[i], f - k, root, v)
        d = (f - k) / s
        smooth = discount + kink
        sign = 1.0 if is_call[i] else -1.0
        positive_vol = max(v, _FLOOR_S)
        vanna[i] = -_PER_POINT * smooth * density * d / positive_vol
        charm[i] = _PER_DAY * smooth * (sign * r * n + 0.5 * density * d / max(t, _FLOOR_S * _FLOOR_S))
        vomma[i] = _PER_POINT * _PER_POINT * smooth * density * root * d * d / positive_vol


@inlined
def _halley(x: float, s: float, b: float) -> float:
    """Return Halley's change of s for ln(b), b = s (n(h) - h N(-h)), h = x / s."""
    h = x / s
    u = INV_SQRT_2PI - h * mills(h)
    error = log_ratio(max(s * u, _SMALLEST), b) - 0.5 * h * h
    slope = INV_SQRT_2PI / (s * u)
    newton = -error / slope
    second = h * h / s - slope
    return newton / (1.0 + 0.5 * second * newton)


@kernel
def bachelier_implied(
    is_call: Flags,
    price: Floats,
    forward: Floats,
    strike: Floats,
    years: Floats,
    rate: Floats,
    iv: Floats,
    status: Codes,
) -> None:
    for i in range(forward.size):
        f, k, t, r = forward[i], strike[i], years[i], rate[i]
        gap = f - k if is_call[i] else k - f
        worth = price[i] / exp(-r * t) - max(gap, 0.0)
        code = _finite_status(f, k, t, r, 0.0)
        code = _BELOW_INTRINSIC if code == _OK and worth <= 0.0 else code
        code = _EXPIRED if t <= 0.0 and code != _INVALID else code
        code = _NO_QUOTE if price[i] != price[i] else code
        b = max(worth, _SMALLEST)
        x = abs(gap)
        near = max(x, 1e-9 * b)
        s = near / bachelier_distance(near, b) if x > 0.0 else SQRT_2PI * b
        s += _halley(x, s, b)
        s += _halley(x, s, b)
        code = _NO_SOLUTION if code == _OK and worth < _SMALLEST else code
        status[i] = code
        iv[i] = s / math.sqrt(t) if code == _OK else math.nan
