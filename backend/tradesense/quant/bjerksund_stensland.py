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
from tradesense.quant.values import Floats

SPLIT = 0.5 * (math.sqrt(5.0) - 1.0)
CORRELATION = math.sqrt(SPLIT)
_NODES = 10
_angle, _weight = np.polynomial.legendre.leggauss(_NODES)
_angle = 0.5 * math.asin(CORRELATION) * (_angle + 1.0)
_ANGLE_WEIGHT = 0.5 * math.asin(CORRELATION) * _weight / (2.0 * math.pi)
_SQUARES = -0.5 / np.cos(_angle) ** 2
_PRODUCT = np.sin(_angle) / np.cos(_angle) ** 2

# How `work` is laid out: first and second points of the bivariate terms, points of the single ones, ...
TERMS = 20
SINGLE_TERMS = 12
SINGLES = 2 * TERMS
POINTS = SINGLES + SINGLE_TERMS
POWERS = POINTS
WEIGHTS = POWERS + TERMS + SINGLE_TERMS
SQUARE = WEIGHTS + TERMS + SINGLE_TERMS
CROSS = SQUARE + TERMS + SINGLE_TERMS
JOINT = CROSS + TERMS
WORK = JOINT + TERMS
_STEEP = 20.0
NOISE = 1e-13
FLAT, STEPPED, EXERCISED = 1, 2, 3


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
def _psi_terms(
    at: int,
    weight: float,
    gamma: float,
    log_h: float,
    scale: float,
    c: tuple[float, float, float, float, float, float, float],
    work: Floats,
) -> None:
    """Lay out the four terms of weight exp(-scale) psi: bivariate points, exponents, weights."""
    ls, l1, l2, t, r, b, v = c
    variance = v * v
    drift = b + (gamma - 0.5) * variance
    kappa = 2.0 * b / variance + 2.0 * gamma - 1.0
    split = SPLIT * t
    inverse1, inverse = 1.0 / (v * math.sqrt(split)), 1.0 / (v * math.sqrt(t))
    m1, mt = drift * split, drift * t
    work[at] = -(ls - l1 + m1) * inverse1
    work[at + 1] = -(2.0 * l2 - ls - l1 + m1) * inverse1
    work[at + 2] = -(ls - l1 - m1) * inverse1
    work[at + 3] = -(2.0 * l2 - ls - l1 - m1) * inverse1
    second = at + TERMS
    work[second] = -(ls - log_h + mt) * inverse
    work[second + 1] = -(2.0 * l2 - ls - log_h + mt) * inverse
    work[second + 2] = -(2.0 * l1 - ls - log_h + mt) * inverse
    work[second + 3] = -(ls + 2.0 * (l1 - l2) - log_h + mt) * inverse
    level = (-r + gamma * b + 0.5 * gamma * (gamma - 1.0) * variance) * t + gamma * ls - scale
    power = at + POWERS
    work[power] = level
    work[power + 1] = level + kappa * (l2 - ls)
    work[power + 2] = level + kappa * (l1 - ls)
    work[power + 3] = level + kappa * (l1 - l2)
    share = at + WEIGHTS
    work[share] = work[share + 3] = weight
    work[share + 1] = work[share + 2] = -weight


@inlined
def _phi_terms(
    at: int,
    weight: float,
    gamma: float,
    log_h: float,
    scale: float,
    c: tuple[float, float, float, float, float, float, float],
    work: Floats,
) -> None:
    """Lay out the two terms of weight exp(-scale) phi at the split time; `at` counts from the first phi."""
    ls, _, l2, t, r, b, v = c
    variance = v * v
    split = SPLIT * t
    inverse = 1.0 / (v * math.sqrt(split))
    drift = b + (gamma - 0.5) * variance
    kappa = 2.0 * b / variance + 2.0 * gamma - 1.0
    d = -(ls - log_h + drift * split) * inverse
    level = (-r + gamma * b + 0.5 * gamma * (gamma - 1.0) * variance) * split + gamma * ls - scale
    work[SINGLES + at] = d
    work[SINGLES + at + 1] = d - 2.0 * (l2 - ls) * inverse
    work[POWERS + TERMS + at] = level
    work[POWERS + TERMS + at + 1] = level + kappa * (l2 - ls)
    work[WEIGHTS + TERMS + at] = weight
    work[WEIGHTS + TERMS + at + 1] = -weight


@inlined_sum
def sum_of_terms(work: Floats) -> tuple[float, float]:
    """Return the sum of all terms and of their sizes, in short loops, which LLVM vectorises."""
    for j in range(TERMS):
        h, k = work[j], work[TERMS + j]
        opposed = -1.0 if j & 2 else 1.0
        work[SQUARE + j] = h * h + k * k
        work[CROSS + j] = opposed * h * k
        work[JOINT + j] = 0.0
    for i in range(_NODES):
        weight, square, product = _ANGLE_WEIGHT[i], _SQUARES[i], _PRODUCT[i]
        for j in range(TERMS):
            work[JOINT + j] += weight * exp(work[SQUARE + j] * square + work[CROSS + j] * product)
    for j in range(POINTS):
        work[j] = normal_cdf(work[j])
    for j in range(TERMS):
        opposed = -1.0 if j & 2 else 1.0
        work[SQUARE + j] = max(work[j] * work[TERMS + j] + opposed * work[JOINT + j], 0.0)
    for j in range(SINGLE_TERMS):
        work[SQUARE + TERMS + j] = work[SINGLES + j]
    total, size = 0.0, 0.0
    for j in range(TERMS + SINGLE_TERMS):
        term = work[WEIGHTS + j] * exp(work[POWERS + j]) * work[SQUARE + j]
        work[SQUARE + j] = term
        total += term
        size += abs(term)
    return total, size


@kernel
def lay_out(
    s: float, k: float, t: float, v: float, r: float, q: float, work: Floats
) -> tuple[int, float, float, float]:
    """Fill `work` with the terms of the 2002 form; return which form answers, beta and both log triggers.

    Prices are in units of the strike: logarithms are taken of ratios.
    """
    beta, at_expiry, perpetual, b = boundaries(k, v, r, q)
    width = perpetual - at_expiry
    if not width > 0.0 or math.isinf(perpetual):
        return FLAT, beta, 0.0, 0.0
    split = SPLIT * t
    unit = k * k / (width * at_expiry)
    x1 = at_expiry + width * -math.expm1(min(-(b * split + 2.0 * v * math.sqrt(split)) * unit, 0.0))
    x2 = at_expiry + width * -math.expm1(min(-(b * t + 2.0 * v * math.sqrt(t)) * unit, 0.0))
    if s >= x2:
        return EXERCISED, beta, 0.0, 0.0
    ls, l1, l2 = math.log(s / k), math.log(x1 / k), math.log(x2 / k)
    gain1, gain2 = x1 / k - 1.0, x2 / k - 1.0
    c = (ls, l1, l2, t, r, b, v)
    _phi_terms(0, -gain2, beta, l2, beta * l2, c, work)
    _phi_terms(2, gain1, beta, l1, beta * l1, c, work)
    _phi_terms(4, 1.0, 1.0, l2, 0.0, c, work)
    _phi_terms(6, -1.0, 1.0, l1, 0.0, c, work)
    _phi_terms(8, -1.0, 0.0, l2, 0.0, c, work)
    _phi_terms(10, 1.0, 0.0, l1, 0.0, c, work)
    _psi_terms(0, -gain1, beta, l1, beta * l1, c, work)
    _psi_terms(4, 1.0, 1.0, l1, 0.0, c, work)
    _psi_terms(8, -1.0, 1.0, 0.0, 0.0, c, work)
    _psi_terms(12, -1.0, 0.0, l1, 0.0, c, work)
    _psi_terms(16, 1.0, 0.0, 0.0, 0.0, c, work)
    steepest = 0.0
    for j in range(TERMS):
        steepest = max(steepest, work[POWERS + j])
    return (FLAT if steepest > _STEEP else STEPPED), beta, l1, l2


@kernel
def call_2002(s: float, k: float, t: float, v: float, r: float, q: float, work: Floats) -> float:
    """Return the 2002 value of an American call with q > 0; the caller has settled the limits.

    `work` holds at least `WORK` numbers. Where a power amplifies the bivariate normal's absolute error (small
    vol), the 1993 form, whose parts are accurate in relative terms, answers.
    """
    form, beta, _, l2 = lay_out(s, k, t, v, r, q, work)
    if form == EXERCISED:
        return s - k
    if form == FLAT:
        return call_1993(s, k, t, v, r, q)
    first = math.expm1(l2) * math.exp(beta * (math.log(s / k) - l2))
    rest, size = sum_of_terms(work)
    # Far out of the money the terms cancel to less than their rounding; the European floor says more then.
    return k * (first + rest) if first + rest > NOISE * (first + size) else 0.0
