"""Gatheral's SVI slice of total variance: raw and jump-wings parameters, the arbitrage test, the repairs.

Total variance of a slice at log-moneyness k = ln(K / F) is w(k) = a + b (rho (k - m) + sqrt((k - m)^2 +
sigma^2)).

References
----------
Gatheral, J. and Jacquier, A., "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14 (2014),
59-71: equations 3.1 (raw), 3.5 (jump wings), lemma 3.2 (back), 2.1 (g), section 5.1 (repair).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from tradesense.quant.values import ArrayLike, Floats

_GRID: Final = np.linspace(-5.0, 5.0, 2001)
# In units of sigma around m: there a slice bends, however sharply.
_BEND: Final = np.sinh(np.linspace(-7.6, 7.6, 305))
_MARGIN: Final = -1e-9
_HALVINGS: Final = 50


@dataclass(frozen=True, slots=True)
class RawSvi:
    """Raw parameters of one expiry; b >= 0, |rho| < 1, sigma > 0."""

    a: float
    b: float
    m: float
    rho: float
    sigma: float


@dataclass(frozen=True, slots=True)
class JumpWings:
    """Variance and skew at the money, slopes of the put and call wing, least variance; `t` in years."""

    v: float
    psi: float
    p: float
    c: float
    v_tilde: float
    t: float


def total_variance(k: ArrayLike, svi: RawSvi) -> Floats:
    """Return w(k), dimensionless, for log-moneyness `k` of any shape.

    Examples
    --------
    >>> round(float(total_variance(0.0, RawSvi(-0.041, 0.1331, 0.3586, 0.306, 0.4153))), 8)
    0.01742625
    """
    x = np.asarray(k, dtype=np.float64) - svi.m
    return np.asarray(svi.a + svi.b * (svi.rho * x + np.hypot(x, svi.sigma)))


def implied_vol(k: ArrayLike, svi: RawSvi, t: float) -> Floats:
    """Return the Black vol sqrt(w / t), a fraction; NaN where the variance is negative."""
    w = total_variance(k, svi)
    return np.sqrt(np.where(w >= 0.0, w, np.nan) / t)


def density_factor(k: ArrayLike, svi: RawSvi) -> Floats:
    """Return g(k); where it is negative the slice allows a butterfly arbitrage."""
    log_moneyness = np.asarray(k, dtype=np.float64)
    x = log_moneyness - svi.m
    root = np.hypot(x, svi.sigma)
    w = total_variance(k, svi)
    slope = svi.b * (svi.rho + x / root)
    bend = svi.b * svi.sigma**2 / root**3
    first = np.square(1.0 - log_moneyness * slope / (2.0 * w))
    return np.asarray(first - 0.25 * np.square(slope) * (1.0 / w + 0.25) + 0.5 * bend)


def is_butterfly_free(svi: RawSvi) -> bool:
    """Return whether w > 0 and g >= 0 on |k| <= 5 and neither wing is steeper than 2 (Roger Lee's bound)."""
    if svi.b * (1.0 + abs(svi.rho)) > 2.0:
        return False
    at = np.concatenate([_GRID, np.clip(svi.m + svi.sigma * _BEND, _GRID[0], _GRID[-1])])
    return bool(np.all(total_variance(at, svi) > 0.0) and np.all(density_factor(at, svi) >= _MARGIN))


def to_jump_wings(svi: RawSvi, t: float) -> JumpWings:
    """Return the jump-wings parameters of a raw slice that expires in `t` years."""
    root = math.hypot(svi.m, svi.sigma)
    w = svi.a + svi.b * (-svi.rho * svi.m + root)
    return JumpWings(
        v=w / t,
        psi=svi.b / (2.0 * math.sqrt(w)) * (svi.rho - svi.m / root),
        p=svi.b * (1.0 - svi.rho) / math.sqrt(w),
        c=svi.b * (1.0 + svi.rho) / math.sqrt(w),
        v_tilde=(svi.a + svi.b * svi.sigma * math.sqrt(1.0 - svi.rho**2)) / t,
        t=t,
    )


def to_raw(wings: JumpWings) -> RawSvi:
    """Return the raw parameters of a jump-wings slice.

    Raises
    ------
    ValueError : the parameters describe no convex smile (|beta| > 1 in lemma 3.2), or a symmetric one, whose
        sigma they leave open.
    """
    w = wings.v * wings.t
    root = math.sqrt(w)
    b = 0.5 * root * (wings.c + wings.p)
    rho = 1.0 - wings.p * root / b
    beta = rho - 2.0 * wings.psi * root / b
    if not abs(beta) <= 1.0:
        raise ValueError("these jump wings describe no convex smile")
    gap = (wings.v - wings.v_tilde) * wings.t
    if beta == rho == 0.0:
        raise ValueError("symmetric jump wings do not determine sigma")
    if beta == 0.0:
        sigma = gap / (b * (1.0 - math.sqrt(1.0 - rho**2)))
        return RawSvi(wings.v_tilde * wings.t - b * sigma * math.sqrt(1.0 - rho**2), b, 0.0, rho, sigma)
    alpha = math.copysign(math.sqrt(1.0 / beta**2 - 1.0), beta)
    shape = -rho + math.copysign(math.sqrt(1.0 + alpha**2), alpha) - alpha * math.sqrt(1.0 - rho**2)
    m = gap / (b * shape)
    sigma = alpha * m
    a = wings.v_tilde * wings.t - b * sigma * math.sqrt(1.0 - rho**2)
    return RawSvi(a, b, m, rho, sigma)


def guaranteed_repair(wings: JumpWings) -> JumpWings:
    """Return a slice with the same v, psi and p that is surely free of butterfly arbitrage."""
    c = wings.p + 2.0 * wings.psi
    v_tilde = wings.v * 4.0 * wings.p * c / (wings.p + c) ** 2
    return JumpWings(wings.v, wings.psi, wings.p, c, v_tilde, wings.t)


def optimal_repair(wings: JumpWings) -> JumpWings:
    """Return the arbitrage-free slice nearest to `wings` that keeps v, psi, p and, where it can, v_tilde.

    The call wing is flattened from c towards the guaranteed repair's c just until no butterfly arbitrage is
    left. (Section 5.1 searches with a penalty instead, and on its example stops further away, at c = 0.856
    where 0.921 is free.) Where no c does with the given v_tilde, the guaranteed repair comes back; an
    arbitrage-free slice comes back as it is.
    """
    if _is_free(wings):
        return wings
    safe = guaranteed_repair(wings)
    free, bound = 0.0, 1.0
    if not _is_free(_with_call_wing(wings, safe.c)):
        return safe
    for _ in range(_HALVINGS):
        middle = 0.5 * (free + bound)
        if _is_free(_with_call_wing(wings, safe.c + middle * (wings.c - safe.c))):
            free = middle
        else:
            bound = middle
    return _with_call_wing(wings, safe.c + free * (wings.c - safe.c))


def _with_call_wing(wings: JumpWings, c: float) -> JumpWings:
    return JumpWings(wings.v, wings.psi, wings.p, c, wings.v_tilde, wings.t)


def _is_free(wings: JumpWings) -> bool:
    raw = _raw_or_none(wings)
    return raw is not None and is_butterfly_free(raw)


def _raw_or_none(wings: JumpWings) -> RawSvi | None:
    try:
        return to_raw(wings)
    except ValueError:
        return None
