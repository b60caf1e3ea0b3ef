"""Barone-Adesi and Whaley's quadratic approximation of American options, with its critical price.

Value = European + (S* - K - European at S*) (S / S*)^power, and S* is where that is greatest: so a
sensitivity needs no derivative of S*, only of the European value at S and S* and of the power (the envelope
theorem).

References
----------
Barone-Adesi, G. and Whaley, R. E., "Efficient analytic approximation of American option values", Journal of
Finance 42 (1987), 301-320, equations 20-25.
"""

from __future__ import annotations

import math

from tradesense.quant.exercise import european, european_greeks
from tradesense.quant.special import inlined, kernel, normal_cdf, normal_pdf

_ITERATIONS = 100
_TOLERANCE = 1e-13


@inlined
def _root(n: float, product: float, sign: float) -> float:
    """Return the root of x^2 + (n - 1) x = product that has the given sign, without cancellation."""
    root = math.sqrt((n - 1.0) ** 2 + 4.0 * product)
    if sign * (n - 1.0) > 0.0:
        return 2.0 * product / ((n - 1.0) + sign * root)
    return 0.5 * (sign * root - (n - 1.0))


@inlined
def exponent(sign: float, t: float, v: float, r: float, q: float) -> float:
    """Return q2 (call, sign 1) or q1 (put, sign -1), the power of the premium; rate 0 is taken as a limit."""
    variance = v * v
    product = 2.0 * r / variance / -math.expm1(-r * t) if r != 0.0 else 2.0 / (variance * t)
    return _root(2.0 * (r - q) / variance, product, sign)


@inlined
def _seed(sign: float, k: float, t: float, v: float, r: float, q: float) -> float:
    variance = v * v
    forever = _root(2.0 * (r - q) / variance, 2.0 * max(r, 0.0) / variance, sign)
    if sign > 0.0:
        perpetual = k / (1.0 - 1.0 / forever) if forever > 1.0 else 1e3 * k
    else:
        perpetual = k / (1.0 - 1.0 / forever) if forever < 0.0 else 0.0
    width = max(abs(perpetual - k), 1e-12 * k)
    h = -(sign * (r - q) * t + 2.0 * v * math.sqrt(t)) * k / width
    return k + (perpetual - k) * -math.expm1(min(h, 0.0))


@kernel
def critical_price(sign: float, k: float, t: float, v: float, r: float, q: float) -> float:
    """Return the spot beyond which the option is exercised, by Newton's method kept inside a bracket."""
    power = exponent(sign, t, v, r, q)
    s_root = v * math.sqrt(t)
    carry = math.exp(-q * t)
    guess = _seed(sign, k, t, v, r, q)
    low, high = (k, math.inf) if sign > 0.0 else (0.0, k)
    for _ in range(_ITERATIONS):
        d1 = (math.log(guess / k) + (r - q) * t) / s_root + 0.5 * s_root
        rest = 1.0 - carry * normal_cdf(sign * d1)
        excess = sign * (guess - k) - european(sign, guess, k, t, v, r, q) - sign * rest * guess / power
        if sign * excess < 0.0:
            low = max(low, guess)
        else:
            high = min(high, guess)
        slope = sign * rest * (1.0 - 1.0 / power) + carry * normal_pdf(d1) / (s_root * power)
        step = guess - excess / slope
        if not low < step < high:
            step = 2.0 * guess if math.isinf(high) else 0.5 * (low + high)
        if abs(step - guess) <= _TOLERANCE * guess:
            return step
        guess = step
    return guess


@kernel
def value(sign: float, s: float, k: float, t: float, v: float, r: float, q: float) -> float:
    """Return the value of an American call (sign 1) or put (-1); the caller has settled the limits."""
    critical = critical_price(sign, k, t, v, r, q)
    if sign * (s - critical) >= 0.0:
        return sign * (s - k)
    power = exponent(sign, t, v, r, q)
    s_root = v * math.sqrt(t)
    d1 = (math.log(critical / k) + (r - q) * t) / s_root + 0.5 * s_root
    premium = sign * critical / power * (1.0 - math.exp(-q * t) * normal_cdf(sign * d1))
    return european(sign, s, k, t, v, r, q) + premium * math.exp(power * math.log(s / critical))


@inlined
def _annuity(r: float, t: float) -> tuple[float, float, float]:
    """Return r / (1 - exp(-r t)) and its derivatives by r and by t."""
    x = r * t
    if abs(x) < 1e-4:
        by_r = 0.5 + x / 6.0
        return (1.0 + 0.5 * x + x * x / 12.0) / t, by_r, (x * x / 12.0 - 1.0) / (t * t)
    h, left = -math.expm1(-x), math.exp(-x)
    return r / h, (h - x * left) / (h * h), -r * r * left / (h * h)


@kernel
def greeks(
    sign: float, s: float, k: float, t: float, v: float, r: float, q: float
) -> tuple[float, float, float, float, float, float]:
    """Return value and derivatives by spot, by spot twice, by vol, by time and by rate; no limits."""
    critical = critical_price(sign, k, t, v, r, q)
    if sign * (s - critical) >= 0.0:
        return sign * (s - k), sign, 0.0, 0.0, 0.0, 0.0
    value0, delta, gamma, vega, growth, rho = european_greeks(sign, s, k, t, v, r, q)
    floor, _, _, vega_there, growth_there, rho_there = european_greeks(sign, critical, k, t, v, r, q)
    power = exponent(sign, t, v, r, q)
    variance = v * v
    n = 2.0 * (r - q) / variance
    annuity, by_r, by_t = _annuity(r, t)
    product = 2.0 * annuity / variance
    pull = 2.0 * power + n - 1.0
    power_by_vol = (-2.0 * product + 2.0 * n * power) / (v * pull)
    power_by_time = 2.0 * by_t / variance / pull
    power_by_rate = (2.0 * by_r - 2.0 * power) / variance / pull
    distance = math.log(s / critical)
    grown = math.exp(power * distance)
    premium = (sign * (critical - k) - floor) * grown
    return (
        value0 + premium,
        delta + power * premium / s,
        gamma + power * (power - 1.0) * premium / (s * s),
        vega - vega_there * grown + premium * distance * power_by_vol,
        growth - growth_there * grown + premium * distance * power_by_time,
        rho - rho_there * grown + premium * distance * power_by_rate,
    )
