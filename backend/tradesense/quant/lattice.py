"""Leisen and Reimer's binomial tree for American options, begun two steps early: its nodes give Greeks.

An extended tree reaches the present with three nodes, the middle one at the spot: delta and gamma are the
slopes through them, and theta follows from the differential equation while the option is held.

References
----------
Leisen, D. and Reimer, M., "Binomial models for option valuation: examining and improving convergence",
Applied Mathematical Finance 3 (1996), 319-346, Peizer-Pratt method 2. Pelsser, A. and Vorst, T., "The
binomial model and the Greeks", Journal of Derivatives 1 (1994), 45-49.
"""

from __future__ import annotations

import math

from tradesense.quant.special import inlined, kernel
from tradesense.quant.values import Floats

STEPS = 301
SCRATCH = 2 * (STEPS + 3)
_EDGE = 1e-12


@inlined
def _peizer_pratt(z: float) -> float:
    n = float(STEPS)
    ratio = z / (n + 1.0 / 3.0 + 0.1 / (n + 1.0))
    half = 0.5 * math.sqrt(-math.expm1(-ratio * ratio * (n + 1.0 / 6.0)))
    return 0.5 + (half if z >= 0.0 else -half)


@kernel
def tree(
    sign: float, s: float, k: float, t: float, v: float, r: float, q: float, scratch: Floats
) -> tuple[float, float, float]:
    """Return price, delta and gamma, or NaN where the odds leave doubles; the limits are settled."""
    root = v * math.sqrt(t)
    d1 = (math.log(s / k) + (r - q) * t) / root + 0.5 * root
    odds = _peizer_pratt(d1 - root)
    if not _EDGE < odds < 1.0 - _EDGE:
        return math.nan, math.nan, math.nan
    dt = t / STEPS
    growth = math.exp((r - q) * dt)
    up = growth * _peizer_pratt(d1) / odds
    down = (growth - odds * up) / (1.0 - odds)
    spots = scratch[: STEPS + 3]
    worth = scratch[STEPS + 3 :]
    spots[0] = s * math.exp((STEPS + 1) * math.log(down) - math.log(up))
    for j in range(1, STEPS + 3):
        spots[j] = spots[j - 1] * (up / down)
    for j in range(STEPS + 3):
        worth[j] = max(sign * (spots[j] - k), 0.0)
    discount = math.exp(-r * dt)
    rise, fall, back = discount * odds, discount * (1.0 - odds), 1.0 / down
    for size in range(STEPS + 2, 2, -1):
        for j in range(size):
            spots[j] *= back
            worth[j] = max(rise * worth[j + 1] + fall * worth[j], sign * (spots[j] - k))
    below, above = s * down / up, s * up / down
    slope_up = (worth[2] - worth[1]) / (above - s)
    slope_down = (worth[1] - worth[0]) / (s - below)
    weight = (s - below) / (above - below)
    delta = weight * slope_up + (1.0 - weight) * slope_down
    return worth[1], delta, 2.0 * (slope_up - slope_down) / (above - below)
