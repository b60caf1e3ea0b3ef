"""Kernels for implied volatility: a rational guess, two Householder steps on ln(price), branch-free.

In units of sqrt(F K) the out-of-the-money price is b(x, s) with x = |ln(F / K)| and s = vol sqrt(t). For
small s it is a Bachelier price at distance x, and y = x / s is a function of b / x alone, so one rational in
sqrt(ln(1 + x / b)) (ours: relative error 3e-6 from at the money to b = 1e-300) gives the guess. Two steps of
third order then reach double precision for s < 2.5. The few cells whose second step was not yet small (prices
near their cap) go to a bracketed solver, which works on ln(cap - b) in the upper half.

Prices are compared in logarithms and b is the product of a Gaussian and a difference of Mills' ratios, so the
wings, down to b = 1e-300, cost and err no more than the middle.

References
----------
Jaeckel, P., "Let's be rational", Wilmott 75 (2015), 40-53: normalised coordinates, the third-order
Householder step, objectives in logarithms. Jaeckel, P., "Implied normal volatility", Wilmott 90 (2017),
52-54: the Bachelier price inverted by a rational.
"""

from __future__ import annotations

import math

from tradesense.quant.special import INV_SQRT_2PI, exp, inlined, kernel, log_of, log_ratio, mills
from tradesense.quant.values import Codes, Flag, Flags, Floats, Status

_OK = int(Status.OK)
_NO_QUOTE = int(Status.NO_QUOTE)
_BELOW_INTRINSIC = int(Status.BELOW_INTRINSIC)
_ABOVE_MAXIMUM = int(Status.ABOVE_MAXIMUM)
_NO_SOLUTION = int(Status.NO_SOLUTION)
_EXPIRED = int(Status.EXPIRED)
_INVALID = int(Status.INVALID)
_SMALLEST = 1e-300
_LARGEST_STEP = 3e-4
_MAX_DEVIATION = 76.0
_ITERATIONS = 300


@inlined
def bachelier_distance(x: float, b: float) -> float:
    """Return y = x / s of the Bachelier price b at distance x, with relative error 3e-6."""
    total = x + b
    ratio = total / b
    logarithm = log_of(total, b, ratio)
    w = math.sqrt(logarithm)
    p = 0.002139804836220096
    p = p * w + 0.0021535642051294223
    p = p * w + 0.006856570865329864
    p = p * w + 0.0598037138854145
    p = p * w - 0.07339391963739997
    p = p * w + 0.3989409839803345
    q = 0.001512857380004141
    q = q * w + 0.0015810090520782237
    q = q * w + 0.013677789474604187
    q = q * w + 0.013869216383789606
    q = q * w + 0.1510590222648434
    q = q * w - 0.18412203299687388
    q = q * w + 1.0
    return logarithm * p / q


@inlined
def _step(x: float, s: float, b: float) -> float:
    """Return the third-order Householder change of s for ln(price) = ln(b)."""
    inverse = 1.0 / s
    h = x * inverse
    half = 0.5 * s
    hi = half - h
    lo = half + h
    above = max(hi, 0.0)
    near = mills(abs(hi))
    far = mills(lo)
    # Below zero the price is a difference of ratios; above, it is the cap less their sum.
    gap = exp(0.5 * above * above) - near - far if hi > 0.0 else near - far
    error = log_ratio(gap, b) - 0.5 * (h * h + half * half)
    slope = INV_SQRT_2PI / gap
    bend = h * h * inverse - 0.25 * s
    newton = -error / slope
    second = bend - slope
    third = bend * bend - 3.0 * h * h * inverse * inverse - 0.25 - 3.0 * slope * bend + 2.0 * slope * slope
    return newton * (1.0 + 0.5 * second * newton) / (1.0 + newton * (second + third * newton * (1.0 / 6.0)))


@inlined
def _deviation(x: float, b: float) -> tuple[float, float]:
    """Return s and the size of the last step relative to it."""
    near = max(x, 1e-9 * b)
    y = bachelier_distance(near, b)
    s = near / y
    y2 = y * y
    s += s * s * s * (0.0416666666666667 + y2 / (12.0 * y2 + 24.0)) / (1.0 + y2)
    s += _step(x, s, b)
    last = _step(x, s, b)
    s += last
    return s, abs(last) / s


@inlined
def _status(
    price: float, forward: float, strike: float, years: float, rest: float, worth: float, cap: float
) -> int:
    total = forward + strike + years + rest
    sane = total - total == 0.0 and forward > 0.0 and strike > 0.0
    found = _BELOW_INTRINSIC if worth <= 0.0 else (_ABOVE_MAXIMUM if worth >= cap else _OK)
    dated = _EXPIRED if years <= 0.0 else found
    return _NO_QUOTE if price != price else (dated if sane else _INVALID)


@inlined
def cell_vol(
    is_call: Flag, price: float, forward: float, strike: float, years: float, discount: float, rest: float
) -> tuple[float, int]:
    low = min(forward, strike)
    high = max(forward, strike)
    gap = forward - strike if is_call else strike - forward
    worth = price / discount - max(gap, 0.0)
    code = _status(price, forward, strike, years, rest, worth, low)
    x = log_ratio(high, low)
    b = max(worth, _SMALLEST) / math.sqrt(low * high)
    s, last = _deviation(x, max(b, _SMALLEST))
    converged = last < _LARGEST_STEP and b > _SMALLEST
    code = _NO_SOLUTION if code == _OK and not converged else code
    iv = s / math.sqrt(years)
    return (iv if code == _OK else math.nan), code


@kernel
def black76_implied(
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
        t, r = years[i], rate[i]
        iv[i], status[i] = cell_vol(is_call[i], price[i], forward[i], strike[i], t, exp(-r * t), r)
    for i in range(forward.size):
        if status[i] == _NO_SOLUTION:
            discount = math.exp(-rate[i] * years[i])
            iv[i] = _rescue(is_call[i], price[i], forward[i], strike[i], years[i], discount)
            status[i] = _OK if iv[i] == iv[i] else _NO_SOLUTION


@kernel
def bsm_implied(
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
    for i in range(spot.size):
        t, r, q = years[i], rate[i], dividend_yield[i]
        discount = exp(-r * t)
        forward = spot[i] * (exp(-q * t) / discount)
        iv[i], status[i] = cell_vol(is_call[i], price[i], forward, strike[i], t, discount, r + q)
    for i in range(spot.size):
        if status[i] == _NO_SOLUTION:
            discount = math.exp(-rate[i] * years[i])
            forward = spot[i] * math.exp((rate[i] - dividend_yield[i]) * years[i])
            iv[i] = _rescue(is_call[i], price[i], forward, strike[i], years[i], discount)
            status[i] = _OK if iv[i] == iv[i] else _NO_SOLUTION


@kernel
def _log_error(x: float, s: float, target: float, upper: bool) -> tuple[float, float]:
    """Return ln(b / target) or, in the upper half, ln(target / (cap - b)), and the slope by s."""
    h = x / s
    half = 0.5 * s
    hi = half - h
    near, far = mills(abs(hi)), mills(half + h)
    scale = -0.5 * (h * h + half * half)
    if upper:
        rest = near + far if hi > 0.0 else math.exp(0.5 * hi * hi) - near + far
        return math.log(target) - scale - math.log(rest), INV_SQRT_2PI / rest
    gap = math.exp(0.5 * hi * hi) - near - far if hi > 0.0 else near - far
    if gap <= 0.0:
        return -math.inf, 1.0
    return scale + math.log(gap) - math.log(target), INV_SQRT_2PI / gap


@kernel
def _rescue(
    is_call: Flag, price: float, forward: float, strike: float, years: float, discount: float
) -> float:
    """Return the vol of a cell that two steps did not settle, by Newton inside a bracket; NaN if none."""
    low, high = min(forward, strike), max(forward, strike)
    worth = price / discount - max(forward - strike if is_call else strike - forward, 0.0)
    unit = math.sqrt(low) * math.sqrt(high)
    x = math.log(high / low)
    upper = worth > 0.5 * low
    target = (low - worth) / unit if upper else worth / unit
    if not target > 0.0:
        return math.nan
    left, right = 1e-12, _MAX_DEVIATION
    s = min(max(math.sqrt(2.0 * x), 0.1), 10.0)
    for _ in range(_ITERATIONS):
        error, slope = _log_error(x, s, target, upper)
        if error < 0.0:
            left = s
        else:
            right = s
        step = s - error / slope
        if not left < step < right:
            step = math.sqrt(left * right)
        if abs(step - s) <= 2e-16 * s or right - left <= 2e-16 * s:
            return step / math.sqrt(years) if s < 0.999 * _MAX_DEVIATION else math.nan
        s = step
    return math.nan
