"""The parity fit in plain NumPy, statement by statement, to hold the kernels of `robust` against."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from tradesense.quant.values import ArrayLike, Floats, ParityFit

NEAR: Final = 0.1
FEWEST_NEAR: Final = 8
WIDEST_SPREAD: Final = 0.25
MAX_RATE: Final = 0.25
MIN_RATE: Final = 0.0
_BISQUARE: Final = 4.685
_ROUNDS: Final = 20


def parity_forward(
    strike: ArrayLike,
    call_bid: ArrayLike,
    call_ask: ArrayLike,
    put_bid: ArrayLike,
    put_ask: ArrayLike,
    expiry_years: float,
    *,
    rate: float | None = None,
) -> ParityFit:
    """Return the forward (and, without `rate`, the discount factor) that one expiry's quotes imply."""
    columns = [np.asarray(column, dtype=np.float64).reshape(-1) for column in (strike, call_bid, call_ask)]
    columns += [np.asarray(column, dtype=np.float64).reshape(-1) for column in (put_bid, put_ask)]
    if len({column.size for column in columns}) != 1:
        raise ValueError("the columns of a parity fit must have one length")
    k, gap, noise = _pairs(*columns)
    given = math.exp(-rate * expiry_years) if rate is not None else None
    if k.size == 0 or not expiry_years > 0.0:
        return ParityFit(math.nan, math.nan, math.nan, 0, math.nan, False)
    guess = given if given is not None else 1.0
    near = _near(k, noise, _first_forward(k, gap, guess))
    k, gap, noise = k[near], gap[near], noise[near]
    if given is None and k.size >= 3:
        forward, discount, used, residual = _fit_line(k, gap, noise)
        fitted = -math.log(discount) / expiry_years if discount > 0.0 else math.nan
        if MIN_RATE <= fitted <= MAX_RATE:
            return ParityFit(forward, discount, fitted, used, residual, True)
        held = min(max(fitted, 0.0), MAX_RATE) if math.isfinite(fitted) else 0.0
        given = math.exp(-held * expiry_years)
    held_discount = given if given is not None else 1.0
    forward, used, residual = _fit_forward(k, gap, noise, held_discount)
    return ParityFit(forward, held_discount, -math.log(held_discount) / expiry_years, used, residual, False)


def _pairs(k: Floats, cb: Floats, ca: Floats, pb: Floats, pa: Floats) -> tuple[Floats, Floats, Floats]:
    """Return strike, C - P and half its spread of the pairs quoted sanely on both sides."""
    with np.errstate(invalid="ignore"):
        sane = np.isfinite(k) & (cb > 0.0) & (pb > 0.0) & (ca >= cb) & (pa >= pb)
        sane &= np.isfinite(ca) & np.isfinite(pa)
    k, cb, ca, pb, pa = k[sane], cb[sane], ca[sane], pb[sane], pa[sane]
    order = np.argsort(k, kind="stable")
    gap = 0.5 * (cb + ca - pb - pa)
    noise = 0.5 * (ca - cb + pa - pb)
    return k[order], gap[order], noise[order]


def _first_forward(k: Floats, gap: Floats, discount: float) -> float:
    """Return the median of the forwards of the pairs whose call and put are nearest in price."""
    forwards = k + gap / discount
    closest = np.argsort(np.abs(gap), kind="stable")[:FEWEST_NEAR]
    return float(np.median(forwards[closest]))


def _near(k: Floats, noise: Floats, forward: float) -> npt.NDArray[np.bool_]:
    """Return which pairs are close to the money and not absurdly wide; the closest where those are few."""
    distance = np.abs(k - forward)
    near = distance <= NEAR * abs(forward)
    typical = float(np.median(noise[near])) if near.any() else float(np.median(noise))
    tight = noise <= max(4.0 * typical, WIDEST_SPREAD * 1e-3 * abs(forward))
    chosen = near & tight
    if np.count_nonzero(chosen) >= FEWEST_NEAR:
        return chosen
    closest = np.argsort(distance + 10.0 * noise, kind="stable")[: min(FEWEST_NEAR, k.size)]
    chosen = np.zeros(k.size, dtype=np.bool_)
    chosen[closest] = True
    return chosen


def _quote_weights(noise: Floats) -> Floats:
    floor = max(float(np.median(noise)), 1e-12) * 0.25
    return 1.0 / np.square(np.maximum(noise, floor))


def _bisquare(residual: Floats, noise: Floats) -> Floats:
    spread = 1.4826 * float(np.median(np.abs(residual)))
    scale = max(spread, 0.1 * float(np.median(noise)), 1e-12)
    u = residual / (_BISQUARE * scale)
    return np.where(np.abs(u) < 1.0, np.square(1.0 - np.square(u)), 0.0)


def _fit_line(k: Floats, gap: Floats, noise: Floats) -> tuple[float, float, int, float]:
    base = _quote_weights(noise)
    center = float(np.median(k))
    x = k - center
    slope, level = _theil_sen(x, gap)
    weights = base
    for _ in range(_ROUNDS):
        weights = base * _bisquare(gap - level - slope * x, noise)
        mean = float(np.average(x, weights=weights))
        mean_gap = float(np.average(gap, weights=weights))
        variance = float(np.sum(weights * np.square(x - mean)))
        if variance <= 0.0:
            break
        before = slope
        slope = float(np.sum(weights * (x - mean) * (gap - mean_gap))) / variance
        level = mean_gap - slope * mean
        if abs(slope - before) <= 1e-14:
            break
    discount = -slope
    forward = center + level / discount if discount > 0.0 else math.nan
    return forward, discount, int(np.count_nonzero(weights)), _rms(gap - level - slope * x, weights)


def _theil_sen(x: Floats, y: Floats) -> tuple[float, float]:
    """Return slope and level of the line through the medians: up to 29 % of wild pairs do not move it."""
    i, j = np.triu_indices(x.size, k=1)
    apart = x[i] != x[j]
    slopes = (y[j] - y[i])[apart] / (x[j] - x[i])[apart]
    slope = float(np.median(slopes)) if slopes.size else -1.0
    return slope, float(np.median(y - slope * x))


def _fit_forward(k: Floats, gap: Floats, noise: Floats, discount: float) -> tuple[float, int, float]:
    base = _quote_weights(noise)
    forwards = k + gap / discount
    forward = float(np.median(forwards))
    weights = base
    for _ in range(_ROUNDS):
        weights = base * _bisquare(discount * (forwards - forward), noise)
        before = forward
        forward = float(np.average(forwards, weights=weights))
        if abs(forward - before) <= 1e-14 * abs(forward):
            break
    return forward, int(np.count_nonzero(weights)), _rms(discount * (forwards - forward), weights)


def _rms(residual: Floats, weights: Floats) -> float:
    return math.sqrt(float(np.average(np.square(residual), weights=weights)))
