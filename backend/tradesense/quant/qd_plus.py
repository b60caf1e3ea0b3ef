"""Li's QD+ approximation: the exercise boundary of an American put, and the value that it implies.

The boundary at each time to expiry solves one equation; the value is the European one plus the integral of
what exercising below that boundary earns, with the boundary interpolated at eight Chebyshev points. Slow and
accurate (about 1e-3 of the strike): for checks and for drawing the boundary, not for chains.

References
----------
Li, M., "Analytical approximations for the critical stock prices of American options: a performance
comparison", Review of Derivatives Research 13 (2010), 75-99, equations 31-36. Andersen, L., Lake, M. and
Offengenden, D., "High performance American option pricing", Journal of Computational Finance 20 (2016),
39-87: the integral, its change of variables and the interpolation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.integrate import quad
from scipy.interpolate import BarycentricInterpolator
from scipy.optimize import brentq
from scipy.special import ndtr

from tradesense.quant.exercise import certain_call, european
from tradesense.quant.special import INV_SQRT_2PI
from tradesense.quant.values import Floats

_POINTS: Final = 8
_EPSILON: Final = 2.220446049250313e-16
_STEPS: Final = 50


@dataclass(frozen=True, slots=True)
class _Equation:
    """The QD+ equation at one time to expiry; its root in the spot is the boundary."""

    k: float
    tau: float
    v: float
    r: float
    q: float

    def parts(self, s: float) -> tuple[float, float, float]:
        """Return the left side and its first two derivatives by the spot."""
        r, q, tau, variance = self.r, self.q, self.tau, self.v**2
        root = self.v * math.sqrt(tau)
        dr, dq = math.exp(-r * tau), math.exp(-q * tau)
        omega = 2.0 * (r - q) / variance
        per_rate = 1.0 / tau if r == 0.0 else r / -math.expm1(-r * tau)
        bend = math.sqrt((omega - 1.0) ** 2 + 8.0 * per_rate / variance)
        lam = 0.5 * (-(omega - 1.0) - bend)
        pull = 2.0 * lam + omega - 1.0
        alpha = 2.0 * dr / (variance * pull)
        beta = alpha * (per_rate + 2.0 * per_rate**2 / (variance * bend * pull)) - lam
        dp = math.log(s * dq / (self.k * dr)) / root + 0.5 * root
        dm = dp - root
        below, worth = float(ndtr(-dp)), float(ndtr(-dm))
        bell = INV_SQRT_2PI * math.exp(-0.5 * dp * dp)
        put = dr * self.k * worth - s * dq * below
        theta = r * self.k * dr * worth - q * s * dq * below - variance * s / (2.0 * root) * dq * bell
        charm = -dq * (bell * ((r - q) / root - dm / (2.0 * tau)) + q * below)
        gamma = bell * dq / (root * s)
        colour = gamma * (q + (r - q) * dp / root + (1.0 - dp * dm) / (2.0 * tau))
        rest = 1.0 - dq * below
        value = rest * s - beta * (self.k - s - put) + alpha * theta / dr
        slope = rest + dq / root * bell + beta * rest + alpha / dr * charm
        second = dq * bell / (s * root) * (1.0 - dp / root) + beta * gamma + alpha / dr * colour
        return value, slope, second


def boundary_at_expiry(strike: float, rate: float, dividend_yield: float) -> float:
    """Return the spot below which a put is exercised just before expiry."""
    return strike * min(1.0, rate / dividend_yield if dividend_yield > 0.0 else 1.0)


def exercise_boundary(
    *, strike: float, tau: float, vol: float, rate: float, dividend_yield: float = 0.0
) -> float:
    """Return the spot at or below which an American put is exercised, `tau` years before expiry.

    Parameters
    ----------
    strike : > 0. tau : years, >= 0. vol : fraction, > 0. rate : > 0. dividend_yield : >= 0, default 0;
    scalars.

    Returns
    -------
    float in the unit of the strike; a call's boundary is strike**2 over the put's with rate and yield
    swapped.

    Raises
    ------
    ValueError : an argument outside its domain.

    Examples
    --------
    >>> round(exercise_boundary(strike=120.0, tau=1.0, vol=0.25, rate=0.1, dividend_yield=0.03), 9)
    94.497938031
    """
    if not (strike > 0.0 and vol > 0.0 and rate > 0.0 and dividend_yield >= 0.0 and tau >= 0.0):
        raise ValueError("the boundary needs strike, vol and rate > 0, dividend_yield and tau >= 0")
    start = boundary_at_expiry(strike, rate, dividend_yield)
    if tau < _EPSILON:
        return start
    equation = _Equation(strike, tau, vol, rate, dividend_yield)
    least = 1e4 * _EPSILON * 0.5 * start
    s = start
    for _ in range(_STEPS):
        value, slope, second = equation.parts(s)
        step = value / slope / (1.0 - 0.5 * value * second / slope**2)
        nearer = max(least, s - step)
        if abs(nearer - s) <= 4.0 * _EPSILON * s:
            return nearer
        s = nearer
    return float(brentq(lambda x: equation.parts(x)[0], least, start, xtol=1e-15, rtol=1e-15))


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
    """Return the QD+ value of an American option; scalars, units as in `price_and_greeks`.

    An expired contract (no time left) is worth nothing here: what it paid was paid at expiry.

    Raises
    ------
    ValueError : a negative rate or yield for which early exercise matters: QD+ does not know that case.

    Examples
    --------
    >>> round(american_price(is_call=False, spot=100.0, strike=120.0, expiry_years=10.0, vol=0.25, rate=0.1,
    ...                      dividend_yield=0.03), 6)
    22.973833
    """
    s, k, r, q = (strike, spot, dividend_yield, rate) if is_call else (spot, strike, rate, dividend_yield)
    t = expiry_years
    if t <= 0.0 or k <= 0.0:
        return 0.0
    if vol <= 0.0 or s <= 0.0:
        return certain_call(k, s, t, q, r)
    floor = european(-1.0, s, k, t, vol, r, q)
    if r <= 0.0 and r <= q:
        return floor
    if r < 0.0 or q < 0.0:
        raise ValueError("QD+ knows early exercise under rates and yields >= 0 only")
    return floor + max(0.0, _premium(s, k, t, vol, r, q))


def _premium(s: float, k: float, t: float, v: float, r: float, q: float) -> float:
    start = boundary_at_expiry(k, r, q)
    nodes = -np.cos(np.pi * np.arange(_POINTS) / (_POINTS - 1))
    times = 0.25 * t * np.square(1.0 + nodes)
    bounds = [exercise_boundary(strike=k, tau=float(x), vol=v, rate=r, dividend_yield=q) for x in times]
    curve = BarycentricInterpolator(nodes, np.square(np.log(np.array(bounds) / start)))

    def earning(z: float) -> float:
        passed = z * z
        place: Floats = curve(2.0 * math.sqrt(max(0.0, t - passed) / t) - 1.0)
        bound = start * math.exp(-math.sqrt(max(0.0, float(place))))
        dr, dq, root = math.exp(-r * passed), math.exp(-q * passed), v * z
        if root < _EPSILON or bound < _EPSILON:
            return 0.0
        dp = math.log(s * dq / (bound * dr)) / root + 0.5 * root
        return 2.0 * z * float(r * k * dr * ndtr(root - dp) - q * s * dq * ndtr(-dp))

    return float(quad(earning, 0.0, math.sqrt(t), epsabs=1e-11, epsrel=1e-11, limit=500)[0])
