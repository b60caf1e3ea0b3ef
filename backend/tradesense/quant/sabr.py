"""Hagan's lognormal implied vol of the SABR model.

References
----------
Hagan, P., Kumar, D., Lesniewski, A. and Woodward, D., "Managing smile risk", Wilmott (September 2002),
84-108, equation 2.17a (its denominator's series included).
"""

from __future__ import annotations

import numpy as np

from tradesense.quant.values import ArrayLike, Floats

_SMALL = 1e-6


def lognormal_vol(
    *,
    forward: ArrayLike,
    strike: ArrayLike,
    expiry_years: ArrayLike,
    alpha: ArrayLike,
    beta: ArrayLike,
    nu: ArrayLike,
    rho: ArrayLike,
) -> Floats:
    """Return the Black vol of a SABR smile.

    Parameters
    ----------
    forward, strike : > 0, one unit.
    expiry_years : years, >= 0.
    alpha : initial vol of the forward, in units of forward**(1 - beta) per square root of a year, > 0.
    beta : exponent, 0 .. 1. nu : vol of vol, >= 0. rho : correlation, -1 < rho < 1.

    All float64; they broadcast.

    Returns
    -------
    float64 fractions of the broadcast shape; NaN where an argument is outside its domain. At the money the
    limit of z / x(z), 1, is taken by its series.

    Examples
    --------
    >>> vol = lognormal_vol(forward=0.039, strike=0.03, expiry_years=1.0, alpha=0.3, beta=0.6, nu=0.02,
    ...                     rho=0.01)
    >>> round(float(vol), 12)
    1.167258373215
    """
    f, k, t, a, b, n, r = (
        np.asarray(value, dtype=np.float64) for value in (forward, strike, expiry_years, alpha, beta, nu, rho)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        log_ratio = np.log(f / k)
        power = np.power(f * k, 0.5 * (1.0 - b))
        wings = np.square((1.0 - b) * log_ratio)
        series = 1.0 + wings / 24.0 + np.square(wings) / 1920.0
        z = n / a * power * log_ratio
        drift = (
            np.square((1.0 - b) * a / power) / 24.0
            + 0.25 * r * b * n * a / power
            + (2.0 - 3.0 * np.square(r)) * np.square(n) / 24.0
        )
        vol = a / (power * series) * _stretch(z, r) * (1.0 + drift * t)
        sane = (f > 0.0) & (k > 0.0) & (a > 0.0) & (np.abs(r) < 1.0) & (n >= 0.0) & (t >= 0.0)
    return np.asarray(np.where(sane, vol, np.nan))


def _stretch(z: Floats, rho: Floats) -> Floats:
    """Return z / x(z), by its series where z is small."""
    near = np.abs(z) < _SMALL
    safe = np.where(near, 1.0, z)
    chi = np.log((np.sqrt(1.0 - 2.0 * rho * safe + np.square(safe)) + safe - rho) / (1.0 - rho))
    return np.asarray(np.where(near, 1.0 - 0.5 * rho * z, safe / chi))
