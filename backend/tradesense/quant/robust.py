"""Robust fits as kernels: medians by selection, a forward or a line by reweighted least squares.

References
----------
Huber, P. J. and Ronchetti, E. M., "Robust Statistics", 2nd ed. (2009), chapter 7 (iteratively reweighted
least squares, bisquare weights with c = 4.685). Sen, P. K., "Estimates of the regression coefficient based on
Kendall's tau", Journal of the American Statistical Association 63 (1968), 1379-1389. Floyd, R. W. and Rivest,
R. L., "Expected time bounds for selection", Communications of the ACM 18 (1975), 165-172 (a sample brackets
the rank sought).
"""

from __future__ import annotations

import math

import numpy as np

from tradesense.quant.special import kernel
from tradesense.quant.values import Floats

_BISQUARE = 4.685
_ROUNDS = 20
_SAMPLE = 127
_MARGIN = 12
_SMALL = 600


@kernel
def _partition(values: Floats, n: int, rank: int) -> float:
    """Return the value of that rank (from 0) among the first n by Hoare's selection; reorders them."""
    left, right = 0, n - 1
    while left < right:
        pivot = values[(left + right) >> 1]
        i, j = left, right
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if rank <= j:
            right = j
        elif rank >= i:
            left = i
        else:
            break
    return float(values[rank])


@kernel
def _smallest(values: Floats, n: int, rank: int) -> float:
    """Return the value of that rank among the first n, which are overwritten."""
    sample = np.empty(_SAMPLE)
    while n > _SMALL:
        for j in range(_SAMPLE):
            value, slot = values[j * n // _SAMPLE], j
            while slot > 0 and value < sample[slot - 1]:
                sample[slot] = sample[slot - 1]
                slot -= 1
            sample[slot] = value
        at = rank * _SAMPLE // n
        low, high = sample[max(at - _MARGIN, 0)], sample[min(at + _MARGIN, _SAMPLE - 1)]
        below, inside = 0, 0
        for j in range(n):
            below += values[j] < low
            inside += (values[j] >= low) & (values[j] <= high)
        if not below <= rank < below + inside or 2 * inside > n:
            break
        kept = 0
        for j in range(n):
            value = values[j]
            values[kept] = value
            kept += (value >= low) & (value <= high)
        n, rank = kept, rank - below
    return _partition(values, n, rank)


@kernel
def median(values: Floats, n: int, scratch: Floats) -> float:
    """Return the median of the first n numbers; `scratch` holds at least as many."""
    half = (n - 1) // 2
    for j in range(n):
        scratch[j] = values[j]
    lower = _smallest(scratch, n, half)
    if n & 1:
        return lower
    upper, up_to = math.inf, 0
    for j in range(n):
        value = values[j]
        up_to += value <= lower
        upper = min(upper, value) if value > lower else upper
    return lower if up_to > half + 1 else 0.5 * (lower + upper)


@kernel
def _quote_weights(noise: Floats, typical: float, base: Floats, weights: Floats) -> None:
    floor = max(typical, 1e-12) * 0.25
    for j in range(noise.size):
        wide = max(noise[j], floor)
        base[j] = weights[j] = 1.0 / (wide * wide)


@kernel
def _reweigh(residual: Floats, base: Floats, typical: float, weights: Floats, scratch: Floats) -> None:
    """Fill the bisquare weights times `base`; `residual` becomes its own size."""
    n = residual.size
    for j in range(n):
        residual[j] = abs(residual[j])
    scale = _BISQUARE * max(1.4826 * median(residual, n, scratch), 0.1 * typical, 1e-12)
    for j in range(n):
        u = residual[j] / scale
        weights[j] = base[j] * (1.0 - u * u) * (1.0 - u * u) if u < 1.0 else 0.0


@kernel
def _mean(values: Floats, weights: Floats) -> float:
    total, weight = 0.0, 0.0
    for j in range(values.size):
        total += weights[j] * values[j]
        weight += weights[j]
    return total / weight


@kernel
def _rms_and_used(residual: Floats, weights: Floats) -> tuple[float, int]:
    used = 0
    for j in range(residual.size):
        residual[j] *= residual[j]
        used += weights[j] != 0.0
    return math.sqrt(_mean(residual, weights)), used


@kernel
def _theil_sen(x: Floats, y: Floats) -> tuple[float, float]:
    """Return slope and level of the line through the medians: up to 29 % of wild pairs do not move it."""
    n = x.size
    slopes = np.empty(max(n * (n - 1) // 2, n))
    scratch = np.empty(slopes.size)
    count = 0
    for i in range(n):
        for j in range(i + 1, n):
            if x[i] != x[j]:
                slopes[count] = (y[j] - y[i]) / (x[j] - x[i])
                count += 1
    slope = median(slopes, count, scratch) if count else -1.0
    for i in range(n):
        slopes[i] = y[i] - slope * x[i]
    return slope, median(slopes, n, scratch)


@kernel
def fit_line(k: Floats, gap: Floats, noise: Floats) -> tuple[float, float, int, float]:
    """Return zero and falling slope of the line through the gaps, pairs that count, and the residual."""
    n = k.size
    scratch, residual, base, weights, x = np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    typical = median(noise, n, scratch)
    _quote_weights(noise, typical, base, weights)
    center = median(k, n, scratch)
    for j in range(n):
        x[j] = k[j] - center
    slope, level = _theil_sen(x, gap)
    for _ in range(_ROUNDS):
        for j in range(n):
            residual[j] = gap[j] - level - slope * x[j]
        _reweigh(residual, base, typical, weights, scratch)
        mean, mean_gap = _mean(x, weights), _mean(gap, weights)
        variance, covariance = 0.0, 0.0
        for j in range(n):
            off = weights[j] * (x[j] - mean)
            variance += off * (x[j] - mean)
            covariance += off * (gap[j] - mean_gap)
        if variance <= 0.0:
            break
        before = slope
        slope = covariance / variance
        level = mean_gap - slope * mean
        if abs(slope - before) <= 1e-14:
            break
    for j in range(n):
        residual[j] = gap[j] - level - slope * x[j]
    rms, used = _rms_and_used(residual, weights)
    return (center - level / slope if slope < 0.0 else math.nan), -slope, used, rms


@kernel
def fit_forward(k: Floats, gap: Floats, noise: Floats, discount: float) -> tuple[float, int, float]:
    """Return the zero of the line whose falling slope is `discount`, pairs that count, and the residual."""
    n = k.size
    scratch, residual, base, weights = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    forwards = np.empty(n)
    typical = median(noise, n, scratch)
    _quote_weights(noise, typical, base, weights)
    for j in range(n):
        forwards[j] = k[j] + gap[j] / discount
    forward = median(forwards, n, scratch)
    for _ in range(_ROUNDS):
        for j in range(n):
            residual[j] = discount * (forwards[j] - forward)
        _reweigh(residual, base, typical, weights, scratch)
        before = forward
        forward = _mean(forwards, weights)
        if abs(forward - before) <= 1e-14 * abs(forward):
            break
    for j in range(n):
        residual[j] = discount * (forwards[j] - forward)
    rms, used = _rms_and_used(residual, weights)
    return forward, used, rms
