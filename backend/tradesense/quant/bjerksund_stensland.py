"""Bjerksund and Stensland's closed forms for American calls: flat boundary (1993), two flat pieces (2002).

Both are lower bounds: the value of following a simple exercise rule. The bivariate normal of the 2002 form is
needed at one correlation only, sqrt(t1 / T) = sqrt((sqrt 5 - 1) / 2), so Plackett's integral over the angle
has constant nodes and one evaluation is a short loop of exponentials that LLVM vectorises.

References
----------
Bjerksund, P. and Stensland, G., "Closed-form approximation of American options", Scandinavian Journal of
Management 9 (1993), S87-S99; "Closed form valuation of American options", NHH discussion paper 2002/09.
Haug, E. G., "The Complete Guide to Option Pricing Formulas", 2nd ed. (2007), sections 3.1.3 and 3.1.4.
Genz, A., "Numerical computation of rectangular bivariate and trivariate normal and t probabilities",
Statistics and Computing 14 (2004), 251-260, equation 3.
"""

from __future__ import annotations

import math

import numpy as np

from tradesense.quant.special import exp, inlined, inlined_sum, kernel, normal_cdf

_SPLIT = 0.5 * (math.sqrt(5.0) - 1.0)
_CORRELATION = math.sqrt(_SPLIT)
_NODES = 16
_angle, _weight = np.polynomial.legendre.leggauss(_NODES)
_angle = 0.5 * math.asin(_CORRELATION) * (_angle + 1.0)
_ANGLE_WEIGHT = 0.5 * math.asin(_CORRELATION) * _weight / (2.0 * math.pi)
_SQUARES = -0.5 / np.cos(_angle) ** 2
_PRODUCT = np.sin(_angle) / np.cos(_angle) ** 2


@inlined_sum
def _plackett(squares: float, product: float) -> float:
    total = 0.0
    for i in range(_NODES):
        total += _ANGLE_WEIGHT[i] * exp(squares * _SQUARES[i] + product * _PRODUCT[i])
    return total


@inlined
def _joint(h: float, k: float, n_h: float, n_k: float) -> float:
    return n_h * n_k + _plackett(h * h + k * k, h * k)


@inlined
def _joint_opposed(h: float, k: float, n_h: float, n_k: float) -> float:
    return n_h * n_k - _plackett(h * h + k * k, -h * k)


@inlined
def _powered(log_factor: float, probability: float) -> float:
    return exp(log_factor) * probability if probability > 0.0 else 0.0


@kernel
def boundaries(k: float, v: float, r: float, q: float) -> tuple[float, float, float, float]:
    """Return beta, the boundary at expiry, the perpetual one, and the drift b = r - q."""
    b = r - q
    ratio = b / (v * v)
    root = math.sqrt(max((ratio - 0.5) ** 2 + 2.0 * r / (v * v), 0.0))
    # (1/2 - ratio) + root cancels for small vol; the conjugate form does not.
    beta = 2.0 * r / (v * v) / (root + (ratio - 0.5)) if ratio > 0.5 else (0.5 - ratio) + root
    perpetual = k * beta / (beta - 1.0) if beta > 1.0 else math.inf
    at_expiry = max(k, r / q * k)
    return beta, at_expiry, max(perpetual, at_expiry), b


@inlined
def _phi(
    log_s: float,
    t: float,
    gamma: float,
    log_h: float,
    log_i: float,
    r: float,
    b: float,
    v: float,
    scale: float,
) -> float:
    """Return exp(-scale) times Haug's phi, every power taken in logarithms."""
    variance = v * v
    drift = b + (gamma - 0.5) * variance
    lam = -r + gamma * b + 0.5 * gamma * (gamma - 1.0) * variance
    kappa = 2.0 * b / variance + 2.0 * gamma - 1.0
    s = v * math.sqrt(t)
    d = -(log_s - log_h + drift * t) / s
    level = lam * t + gamma * log_s - scale
    other = level + kappa * (log_i - log_s)
    return _powered(level, normal_cdf(d)) - _powered(other, normal_cdf(d - 2.0 * (log_i - log_s) / s))


@kernel
def call_1993(s: float, k: float, t: float, v: float, r: float, q: float) -> float:
    """Return the 1993 value of an American call with q > 0; the caller has settled the limits."""
    beta, at_expiry, perpetual, b = boundaries(k, v, r, q)
    if not perpetual > at_expiry or math.isinf(perpetual):
        trigger = at_expiry
    else:
        h = -(b * t + 2.0 * v * math.sqrt(t)) * at_expiry / (perpetual - at_expiry)
        trigger = at_expiry + (perpetual - at_expiry) * -math.expm1(min(h, 0.0))
    if s >= trigger:
        return s - k
    ls, li, lk = math.log(s), math.log(trigger), math.log(k)
    alpha = (trigger - k) * (math.exp(beta * (ls - li)) - _phi(ls, t, beta, li, li, r, b, v, beta * li))
    linear = _phi(ls, t, 1.0, li, li, r, b, v, 0.0) - _phi(ls, t, 1.0, lk, li, r, b, v, 0.0)
    constant = _phi(ls, t, 0.0, li, li, r, b, v, 0.0) - _phi(ls, t, 0.0, lk, li, r, b, v, 0.0)
    return alpha + linear - k * constant


@inlined
def _psi_pair(
    ls: float,
    t: float,
    gamma: float,
    lh: float,
    l2: float,
    l1: float,
    r: float,
    b: float,
    v: float,
    scale: float,
) -> float:
    """Return exp(-scale) times Haug's psi at the split time."""
    variance = v * v
    drift = b + (gamma - 0.5) * variance
    lam = -r + gamma * b + 0.5 * gamma * (gamma - 1.0) * variance
    kappa = 2.0 * b / variance + 2.0 * gamma - 1.0
    split = _SPLIT * t
    s1 = v * math.sqrt(split)
    st = v * math.sqrt(t)
    m1 = drift * split
    mt = drift * t
    e1 = -(ls - l1 + m1) / s1
    e2 = -(2.0 * l2 - ls - l1 + m1) / s1
    e3 = -(ls - l1 - m1) / s1
    e4 = -(2.0 * l2 - ls - l1 - m1) / s1
    f1 = -(ls - lh + mt) / st
    f2 = -(2.0 * l2 - ls - lh + mt) / st
    f3 = -(2.0 * l1 - ls - lh + mt) / st
    f4 = -(ls + 2.0 * (l1 - l2) - lh + mt) / st
    level = lam * t + gamma * ls - scale
    j1 = _joint(e1, f1, normal_cdf(e1), normal_cdf(f1))
    j2 = _joint(e2, f2, normal_cdf(e2), normal_cdf(f2))
    j3 = _joint_opposed(e3, f3, normal_cdf(e3), normal_cdf(f3))
    j4 = _joint_opposed(e4, f4, normal_cdf(e4), normal_cdf(f4))
    return (
        _powered(level, j1)
        - _powered(level + kappa * (l2 - ls), j2)
        - _powered(level + kappa * (l1 - ls), j3)
        + _powered(level + kappa * (l1 - l2), j4)
    )


@kernel
def call_2002(s: float, k: float, t: float, v: float, r: float, q: float) -> float:
    """Return the 2002 value of an American call with q > 0; the caller has settled the limits."""
    beta, at_expiry, perpetual, b = boundaries(k, v, r, q)
    width = perpetual - at_expiry
    if not width > 0.0 or math.isinf(perpetual):
        return call_1993(s, k, t, v, r, q)
    split = _SPLIT * t
    unit = k * k / (width * at_expiry)
    x1 = at_expiry + width * -math.expm1(min(-(b * split + 2.0 * v * math.sqrt(split)) * unit, 0.0))
    x2 = at_expiry + width * -math.expm1(min(-(b * t + 2.0 * v * math.sqrt(t)) * unit, 0.0))
    if s >= x2:
        return s - k
    ls, l1, l2, lk = math.log(s), math.log(x1), math.log(x2), math.log(k)
    far = (x2 - k) * (math.exp(beta * (ls - l2)) - _phi(ls, split, beta, l2, l2, r, b, v, beta * l2))
    near = (x1 - k) * (
        _phi(ls, split, beta, l1, l2, r, b, v, beta * l1)
        - _psi_pair(ls, t, beta, l1, l2, l1, r, b, v, beta * l1)
    )
    linear = (
        _phi(ls, split, 1.0, l2, l2, r, b, v, 0.0)
        - _phi(ls, split, 1.0, l1, l2, r, b, v, 0.0)
        + _psi_pair(ls, t, 1.0, l1, l2, l1, r, b, v, 0.0)
        - _psi_pair(ls, t, 1.0, lk, l2, l1, r, b, v, 0.0)
    )
    constant = (
        _phi(ls, split, 0.0, l2, l2, r, b, v, 0.0)
        - _phi(ls, split, 0.0, l1, l2, r, b, v, 0.0)
        + _psi_pair(ls, t, 0.0, l1, l2, l1, r, b, v, 0.0)
        - _psi_pair(ls, t, 0.0, lk, l2, l1, r, b, v, 0.0)
    )
    return far + near + linear - k * constant
