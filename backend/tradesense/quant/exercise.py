"""What every American model shares: the European floor, the limits, and when waiting is always better.

A put is valued as the call with spot and strike, rate and yield swapped (McDonald and Schroder), so the
models know calls only. Cases a formula cannot take are settled here, before it is asked:

* no time: intrinsic value; no (or vanishing) vol: the best moment of a certain future;
* call with dividend_yield <= 0 and rate >= dividend_yield: never exercised early, the European value;
* call with rate < dividend_yield <= 0: two exercise boundaries, which the approximations do not know; the
  lattice values it.

References
----------
McDonald, R. and Schroder, M., "A parity result for American options", Journal of Computational Finance 1
(1998), 5-13.
Andersen, L. and Lake, M., "Fast American option pricing: the double-boundary case", Wilmott 2021, section 2.
"""

from __future__ import annotations

import math

from tradesense.quant.black import forward_parts
from tradesense.quant.special import inlined, kernel

NEVER_EARLY = 1
TWO_BOUNDARIES = 2
LIMIT = 3
ORDINARY = 0
VANISHING_VOL = 1e-5
VANISHING_DEVIATION = 1e-9


@inlined
def european(sign: float, s: float, k: float, t: float, v: float, r: float, q: float) -> float:
    discount = math.exp(-r * t)
    worth, _, _, _, _, _ = forward_parts(sign > 0.0, s * math.exp((r - q) * t), k, math.sqrt(t), v)
    return discount * worth


@kernel
def european_greeks(
    sign: float, s: float, k: float, t: float, v: float, r: float, q: float
) -> tuple[float, float, float, float, float, float]:
    """Return value and derivatives by spot, by spot twice, by vol, by time and by rate; t, v > 0."""
    root = math.sqrt(t)
    discount, carry = math.exp(-r * t), math.exp(-q * t)
    worth, n1, n2, density, deviation, _ = forward_parts(sign > 0.0, s * (carry / discount), k, root, v)
    dense = discount * density
    exposure, cash = sign * carry * n1, sign * k * discount * n2
    by_time = r * cash - q * s * exposure + 0.5 * dense * v / root
    return discount * worth, exposure, dense / (s * s * deviation), dense * root, by_time, t * cash


@kernel
def certain_call(s: float, k: float, t: float, r: float, q: float) -> float:
    """Return the best discounted exercise value of a spot that grows at r - q without any chance in it."""
    best = max(s - k, 0.0)
    if t <= 0.0:
        return best
    best = max(best, s * math.exp(-q * t) - k * math.exp(-r * t))
    if r != q and s > 0.0 and k > 0.0 and r * q > 0.0:
        moment = math.log(q * s / (r * k)) / (q - r)
        if 0.0 < moment < t:
            best = max(best, s * math.exp(-q * moment) - k * math.exp(-r * moment))
    return best


@inlined
def call_case(s: float, k: float, t: float, v: float, r: float, q: float) -> int:
    if t <= 0.0 or s <= 0.0 or k <= 0.0 or v < VANISHING_VOL or v * math.sqrt(t) < VANISHING_DEVIATION:
        return LIMIT
    if q <= 0.0:
        return NEVER_EARLY if r >= q else TWO_BOUNDARIES
    return ORDINARY
