"""Ju and Zhong's modified quadratic approximation of American options, for comparison with the other two.

References
----------
Ju, N. and Zhong, R., "An approximate formula for pricing American options", Journal of Derivatives 7 (Winter
1999), 31-40, equations 10-19.
"""

from __future__ import annotations

import math

from scipy.special import ndtr

from tradesense.quant.barone_adesi_whaley import critical_price
from tradesense.quant.exercise import LIMIT, NEVER_EARLY, call_case, certain_call, european
from tradesense.quant.special import INV_SQRT_2PI


def american_price(
    *,
    is_call: bool,
    spot: float,
    strike: float,
    expiry_years: float,
    vol: float,
    rate: float,
    dividend_yield: float,
) -> float:
    """Return the modified quadratic value; scalars, units as in `price_and_greeks`; rate > 0.

    Raises
    ------
    ValueError : rate <= 0 where early exercise matters: the formula divides by it.

    Examples
    --------
    >>> round(american_price(is_call=False, spot=40.0, strike=40.0, expiry_years=1 / 12, vol=0.2, rate=0.0488,
    ...                      dividend_yield=0.0), 3)
    0.851
    """
    s, k, t, v, r, q = spot, strike, expiry_years, vol, rate, dividend_yield
    sign = 1.0 if is_call else -1.0
    swapped = (s, k, t, v, r, q) if is_call else (k, s, t, v, q, r)
    case = call_case(*swapped)
    if case == LIMIT:
        return certain_call(*swapped[:3], *swapped[4:])
    floor = european(sign, s, k, t, v, r, q)
    if case == NEVER_EARLY:
        return floor
    if r <= 0.0:
        raise ValueError("the modified quadratic approximation needs rate > 0")
    critical = critical_price(sign, k, t, v, r, q)
    if sign * (s - critical) >= 0.0:
        return sign * (s - k)
    return floor + _premium(sign, s, k, t, v, r, q, critical)


def _premium(
    sign: float, s: float, k: float, t: float, v: float, r: float, q: float, critical: float
) -> float:
    variance, root = v * v * t, v * math.sqrt(t)
    alpha, beta = 2.0 * r * t / variance, 2.0 * (r - q) * t / variance
    h = -math.expm1(-r * t)
    bend = math.sqrt((beta - 1.0) ** 2 + 4.0 * alpha / h)
    lam = 0.5 * (sign * bend - (beta - 1.0))
    by_h = -sign * alpha / (h * h * bend)
    pull = 2.0 * lam + beta - 1.0
    lead = sign * (critical - k) - european(sign, critical, k, t, v, r, q)
    forward = critical * math.exp((r - q) * t)
    d1 = math.log(forward / k) / root + 0.5 * root
    bell = INV_SQRT_2PI * math.exp(-0.5 * d1 * d1)
    decay = (
        forward * bell / (alpha * root)
        - sign * forward * float(ndtr(sign * d1)) * q / r
        + sign * k * float(ndtr(sign * (d1 - root)))
    )
    b = (1.0 - h) * alpha * by_h / (2.0 * pull)
    c = -(1.0 - h) * alpha / pull * (decay / lead + 1.0 / h + by_h / pull)
    x = math.log(s / critical)
    return lead * math.exp(lam * x) / (1.0 - x * (b * x + c))
