"""Greeks of Bjerksund and Stensland's 2002 form by differentiating it, the triggers included.

Every term of the form is a weight times exp(power) times a normal or bivariate normal probability. Its slopes
by power and by the probability's points are taken once, in vector loops; a sensitivity to time, vol or a rate
is then their scalar product with the tangents of powers and points. Powers and points are straight lines in
ln(spot), which gives gamma from the same slopes. The derivative of the bivariate normal by a point is the
density there times the conditional probability of the other point.
"""

from __future__ import annotations

import math

from tradesense.quant.bjerksund_stensland import (
    CORRELATION,
    NOISE,
    POINTS,
    POWERS,
    SINGLE_TERMS,
    SINGLES,
    SPLIT,
    SQUARE,
    STEPPED,
    TERMS,
    WEIGHTS,
    WORK,
    lay_out,
    sum_of_terms,
)
from tradesense.quant.special import exp, inlined, kernel, normal_cdf, normal_pdf
from tradesense.quant.values import Floats

_RHO = CORRELATION
_ACROSS = math.sqrt(1.0 - SPLIT)
_POINT = WORK
_SLOPE = _POINT + POINTS
_BOTH = _SLOPE + POINTS
GREEKS_WORK = _BOTH + TERMS
_TRIPLE = tuple[float, float, float]
_Parts = tuple[float, float, float, float, float, float, float]
_Tangents = tuple[float, float, float, float, float, float]


@kernel
def _slopes(work: Floats) -> None:
    """Fill the slopes of each term by its points, from the points kept and the powers laid out."""
    for j in range(TERMS):
        h, k = work[_POINT + j], work[_POINT + TERMS + j]
        rho = -_RHO if j & 2 else _RHO
        weight = work[WEIGHTS + j] * exp(work[POWERS + j])
        toward_k = (k - rho * h) / _ACROSS
        dense = weight * normal_pdf(h)
        work[_SLOPE + j] = dense * normal_cdf(toward_k)
        work[_SLOPE + TERMS + j] = weight * normal_pdf(k) * normal_cdf((h - rho * k) / _ACROSS)
        work[_BOTH + j] = dense * normal_pdf(toward_k) / _ACROSS
    for j in range(SINGLE_TERMS):
        weight = work[WEIGHTS + TERMS + j] * exp(work[POWERS + TERMS + j])
        work[_SLOPE + SINGLES + j] = weight * normal_pdf(work[_POINT + SINGLES + j])


@inlined
def _by_spot(at: int, gamma: float, c: _Parts, work: Floats) -> tuple[float, float]:
    """Return the first two derivatives by ln(spot) of the four bivariate terms from `at`."""
    _, _, _, t, _, b, v = c
    inverse1, inverse = 1.0 / (v * math.sqrt(SPLIT * t)), 1.0 / (v * math.sqrt(t))
    bent = gamma - (2.0 * b / (v * v) + 2.0 * gamma - 1.0)
    first, second = 0.0, 0.0
    for n in range(4):
        j = at + n
        a = bent if n == 1 or n == 2 else gamma
        dh = inverse1 if n & 1 else -inverse1
        dk = inverse if n == 1 or n == 2 else -inverse
        rho = -_RHO if n & 2 else _RHO
        term, by_h, by_k = work[SQUARE + j], work[_SLOPE + j], work[_SLOPE + TERMS + j]
        both = work[_BOTH + j]
        along = by_h * dh + by_k * dk
        first += a * term + along
        second += a * a * term + 2.0 * a * along + 2.0 * both * dh * dk
        second -= (work[_POINT + j] * by_h + rho * both) * dh * dh
        second -= (work[_POINT + TERMS + j] * by_k + rho * both) * dk * dk
    return first, second


@inlined
def _single_by_spot(at: int, gamma: float, c: _Parts, work: Floats) -> tuple[float, float]:
    _, _, _, t, _, b, v = c
    inverse = 1.0 / (v * math.sqrt(SPLIT * t))
    bent = gamma - (2.0 * b / (v * v) + 2.0 * gamma - 1.0)
    first, second = 0.0, 0.0
    for n in range(2):
        a = bent if n else gamma
        step = inverse if n else -inverse
        term, slope = work[SQUARE + TERMS + at + n], work[_SLOPE + SINGLES + at + n]
        point = work[_POINT + SINGLES + at + n]
        first += a * term + slope * step
        second += a * a * term + 2.0 * a * slope * step - point * slope * step * step
    return first, second


@inlined
def _along(
    at: int,
    gamma: float,
    d_gamma: float,
    d_log_h: float,
    d_scale: float,
    c: _Parts,
    d: _Tangents,
    work: Floats,
) -> float:
    """Return the change of the four bivariate terms from `at` along the tangents, their weight held."""
    ls, l1, l2, t, r, b, v = c
    d1, d2, dt, dr, db, dv = d
    variance, d_variance = v * v, 2.0 * v * dv
    drift = b + (gamma - 0.5) * variance
    d_drift = db + d_gamma * variance + (gamma - 0.5) * d_variance
    m1 = SPLIT * (d_drift * t + drift * dt)
    mt = d_drift * t + drift * dt
    shrink = -dv / v - 0.5 * dt / t
    inverse1, inverse = 1.0 / (v * math.sqrt(SPLIT * t)), 1.0 / (v * math.sqrt(t))
    kappa = 2.0 * b / variance + 2.0 * gamma - 1.0
    d_kappa = 2.0 * (db - b * d_variance / variance) / variance + 2.0 * d_gamma
    lam = -r + gamma * b + 0.5 * gamma * (gamma - 1.0) * variance
    d_lam = -dr + d_gamma * b + gamma * db + (gamma - 0.5) * d_gamma * variance
    d_lam += 0.5 * gamma * (gamma - 1.0) * d_variance
    level = d_lam * t + lam * dt + d_gamma * ls - d_scale
    h = (m1 - d1, 2.0 * d2 - d1 + m1, -d1 - m1, 2.0 * d2 - d1 - m1)
    k = (mt - d_log_h, 2.0 * d2 - d_log_h + mt, 2.0 * d1 - d_log_h + mt, 2.0 * (d1 - d2) - d_log_h + mt)
    bend1, bend2 = d_kappa * (l1 - ls) + kappa * d1, d_kappa * (l2 - ls) + kappa * d2
    powers = (level, level + bend2, level + bend1, level + bend1 - bend2)
    total: float = 0.0
    for n in range(4):
        j = at + n
        total += work[SQUARE + j] * powers[n]
        total += work[_SLOPE + j] * (work[_POINT + j] * shrink - inverse1 * h[n])
        total += work[_SLOPE + TERMS + j] * (work[_POINT + TERMS + j] * shrink - inverse * k[n])
    return total


@inlined
def _single_along(
    at: int,
    gamma: float,
    d_gamma: float,
    d_log_h: float,
    d_scale: float,
    c: _Parts,
    d: _Tangents,
    work: Floats,
) -> float:
    """Return the change of the two single terms from `at` along the tangents, their weight held."""
    ls, _, l2, t, r, b, v = c
    _, d2, dt, dr, db, dv = d
    variance, d_variance = v * v, 2.0 * v * dv
    drift = b + (gamma - 0.5) * variance
    d_drift = db + d_gamma * variance + (gamma - 0.5) * d_variance
    m1 = SPLIT * (d_drift * t + drift * dt)
    shrink = -dv / v - 0.5 * dt / t
    inverse = 1.0 / (v * math.sqrt(SPLIT * t))
    kappa = 2.0 * b / variance + 2.0 * gamma - 1.0
    d_kappa = 2.0 * (db - b * d_variance / variance) / variance + 2.0 * d_gamma
    lam = -r + gamma * b + 0.5 * gamma * (gamma - 1.0) * variance
    d_lam = -dr + d_gamma * b + gamma * db + (gamma - 0.5) * d_gamma * variance
    d_lam += 0.5 * gamma * (gamma - 1.0) * d_variance
    level = SPLIT * (d_lam * t + lam * dt) + d_gamma * ls - d_scale
    first, second = TERMS + at, SINGLES + at
    total: float = work[SQUARE + first] * level
    total += work[SQUARE + first + 1] * (level + d_kappa * (l2 - ls) + kappa * d2)
    total += work[_SLOPE + second] * (work[_POINT + second] * shrink - inverse * (m1 - d_log_h))
    moved = work[_POINT + second + 1] * shrink - inverse * (m1 - d_log_h + 2.0 * d2)
    total += work[_SLOPE + second + 1] * moved
    return total


@inlined
def _trigger(
    after: float, d_after: float, share: float, e: _TRIPLE, d: _TRIPLE, rates: tuple[float, float]
) -> float:
    """Return the tangent of a trigger; `e` = boundary at expiry, width, vol; `after` = its time."""
    start, width, v = e
    d_start, d_width, dv = d
    b, db = rates
    unit = 1.0 / (width * start)
    root = math.sqrt(after)
    power = -(b * after + 2.0 * v * root) * unit
    if power >= 0.0:
        return d_start
    d_power = -(db * after + b * d_after + 2.0 * dv * root + v * d_after / root) * unit
    d_power -= power * (d_width / width + d_start / start)
    return d_start + d_width * (1.0 - share) - width * share * d_power


@kernel
def _sensitivity(
    c: _Parts, q: float, beta: float, first: float, dt: float, dv: float, dr: float, dq: float, work: Floats
) -> float:
    """Return the derivative of the form along (dt, dv, dr, dq), in units of the strike."""
    ls, l1, l2, t, r, b, v = c
    db, variance = dr - dq, v * v
    ratio, d_ratio = b / variance - 0.5, (db - 2.0 * b * dv / v) / variance
    root = math.sqrt(ratio * ratio + 2.0 * r / variance)
    lift = 2.0 * (dr - 2.0 * r * dv / v) / variance
    d_root = (ratio * d_ratio + 0.5 * lift) / root
    d_beta = (lift - beta * (d_root + d_ratio)) / (root + ratio) if ratio > 0.0 else d_root - d_ratio
    # At r = q, where every option on a future is, the boundary at expiry has a kink: the mean of both slopes.
    share = 1.0 if r > q else (0.5 if r == q else 0.0)
    start, d_start = max(1.0, r / q), share * (dr - r * dq / q) / q
    width = beta / (beta - 1.0) - start
    d_width = -d_beta / ((beta - 1.0) * (beta - 1.0)) - d_start
    x1, x2 = math.exp(l1), math.exp(l2)
    ends, d_ends = (start, width, v), (d_start, d_width, dv)
    dx1 = _trigger(SPLIT * t, SPLIT * dt, 1.0 - (x1 - start) / width, ends, d_ends, (b, db))
    dx2 = _trigger(t, dt, 1.0 - (x2 - start) / width, ends, d_ends, (b, db))
    d1, d2 = dx1 / x1, dx2 / x2
    d = (d1, d2, dt, dr, db, dv)
    scale1, scale2 = d_beta * l1 + beta * d1, d_beta * l2 + beta * d2
    pull1, pull2 = dx1 / max(x1 - 1.0, 1e-300), dx2 / max(x2 - 1.0, 1e-300)
    total: float = first * (pull2 + d_beta * (ls - l2) - beta * d2)
    at = SQUARE + TERMS
    total += pull2 * (work[at] + work[at + 1]) + pull1 * (work[at + 2] + work[at + 3])
    total += pull1 * (work[SQUARE] + work[SQUARE + 1] + work[SQUARE + 2] + work[SQUARE + 3])
    total += _single_along(0, beta, d_beta, d2, scale2, c, d, work)
    total += _single_along(2, beta, d_beta, d1, scale1, c, d, work)
    total += _along(0, beta, d_beta, d1, scale1, c, d, work)
    for n in range(2):
        gamma = 1.0 - n
        total += _single_along(4 + 4 * n, gamma, 0.0, d2, 0.0, c, d, work)
        total += _single_along(6 + 4 * n, gamma, 0.0, d1, 0.0, c, d, work)
        total += _along(4 + 8 * n, gamma, 0.0, d1, 0.0, c, d, work)
        total += _along(8 + 8 * n, gamma, 0.0, 0.0, 0.0, c, d, work)
    return total


@kernel
def call_greeks_2002(
    s: float, k: float, t: float, v: float, r: float, q: float, by_rate: bool, work: Floats
) -> tuple[int, float, float, float, float, float, float]:
    """Return the form that answers and, where that is `STEPPED`, the value and its derivatives over strike.

    By ln(spot), by it again, by vol, by time, by rate (`by_rate`) or yield. `work` holds `GREEKS_WORK`.
    """
    form, beta, l1, l2 = lay_out(s, k, t, v, r, q, work)
    if form != STEPPED:
        return form, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    ls = math.log(s / k)
    for j in range(POINTS):
        work[_POINT + j] = work[j]
    first = math.expm1(l2) * math.exp(beta * (ls - l2))
    rest, size = sum_of_terms(work)
    worth = first + rest
    if not worth > NOISE * (first + size):
        return STEPPED, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    _slopes(work)
    c = (ls, l1, l2, t, r, r - q, v)
    slope, bend = beta * first, beta * beta * first
    for n in range(SINGLE_TERMS // 2):
        gamma = beta if n < 2 else (1.0 if n < 4 else 0.0)
        one, two = _single_by_spot(2 * n, gamma, c, work)
        slope, bend = slope + one, bend + two
    for n in range(TERMS // 4):
        gamma = beta if n < 1 else (1.0 if n < 3 else 0.0)
        one, two = _by_spot(4 * n, gamma, c, work)
        slope, bend = slope + one, bend + two
    by_vol = _sensitivity(c, q, beta, first, 0.0, 1.0, 0.0, 0.0, work)
    by_time = _sensitivity(c, q, beta, first, 1.0, 0.0, 0.0, 0.0, work)
    rate, other = (1.0, 0.0) if by_rate else (0.0, 1.0)
    by_carry = _sensitivity(c, q, beta, first, 0.0, 0.0, rate, other, work)
    return STEPPED, worth, slope, bend, by_vol, by_time, by_carry
