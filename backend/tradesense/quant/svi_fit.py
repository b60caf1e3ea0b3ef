"""Fits Gatheral's SVI slice to one expiry's quotes, without butterfly or calendar arbitrage.

The starting points come from the quasi-explicit method: for a given (m, sigma) the total variance is linear
in three numbers, so a grid of pairs is one batch of 3 x 3 systems. From the best of them a bounded
least-squares search follows, in volatility, with a robust loss and penalties where g(k) < 0 or where the
variance falls below that of the expiry before. What penalties leave undone is mended exactly: the slice is
raised a little, or repaired as published, whichever stays nearer to the quotes.

References
----------
Gatheral, J. and Jacquier, A., "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14 (2014),
59-71: g(k) 2.1, calendar spreads lemma 2.1, repair section 5.1.
De Marco, S. and Martini, C., "Quasi-explicit calibration of Gatheral's SVI model", Zeliade Systems (2009).
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy.optimize import least_squares

from tradesense.quant.svi import (
    RawSvi,
    density_factor,
    implied_vol,
    is_butterfly_free,
    optimal_repair,
    to_jump_wings,
    to_raw,
    total_variance,
)
from tradesense.quant.values import ArrayLike, Floats

FEWEST_POINTS: Final = 6
MOST_POINTS: Final = 1000
FitStatus = Literal["ok", "too_few_quotes", "no_time_left", "not_arbitrage_free"]

_STARTS: Final = 2
_MOST_EVALUATIONS: Final = 80
_PENALTIES: Final = (30.0, 3000.0, 100_000.0)
_LEAST_SIGMA: Final = 1e-4
_LEAST_VARIANCE: Final = 1e-10
_MOST_RHO: Final = 0.9999
# g is kept this far above zero while searching.
_DENSITY_MARGIN: Final = 2e-4
# A misfit beyond this share of the usual volatility counts linearly, no longer by its square.
_ROBUST_SHARE: Final = 0.01
_CALENDAR_POINTS: Final = 41
# Where g is looked at: evenly as far as twice the quotes reach, then ever more widely. Between two places of
# a coarser grid g dips below zero on real quotes.
_NEAR_POINTS: Final = 301
_WING_POINTS: Final = 40
_DOUBLINGS: Final = 60
_HALVINGS: Final = 30


@dataclass(frozen=True, slots=True)
class SviFit:
    """A slice, or why there is none; `rmse` is unweighted, in volatility, over the points given."""

    svi: RawSvi | None
    status: FitStatus
    rmse: float
    points: int
    falls_below_earlier: bool | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The slice of the expiry before, and the log-moneyness it is quoted between."""

    svi: RawSvi
    low: float
    high: float

    def grid(self) -> Floats:
        return np.asarray(np.linspace(self.low, self.high, _CALENDAR_POINTS))


@dataclass(frozen=True, slots=True)
class _Task:
    """What the search needs to know; arrays of shape (n,) and of the penalties' grids."""

    k: Floats
    iv: Floats
    weight: Floats
    t: float
    scale: float
    density_at: Floats
    calendar_at: Floats
    floor: Floats


def fit_svi(
    k: ArrayLike, iv: ArrayLike, t: float, *, weight: ArrayLike | None = None, earlier: Earlier | None = None
) -> SviFit:
    """Fit one expiry.

    Parameters
    ----------
    k, iv : shape (n,); log-moneyness ln(K / F) and Black volatility, a fraction per year. Points that are not
        finite are left out; of more than `MOST_POINTS`, evenly many are taken.
    t : years to expiry; nothing is fitted for t <= 0.
    weight : shape (n,), > 0; how much a point's misfit in volatility counts; all alike by default.
    earlier : where the total variance may not fall below.

    Returns
    -------
    A slice with g(k) >= 0 (to 1e-5) on |k| <= 5 and wings within Roger Lee's bound, from at least
    `FEWEST_POINTS` distinct strikes. `falls_below_earlier` says whether it still falls below the
    earlier slice where that is quoted: then the quotes themselves do, and no arbitrage-free slice
    near them was found.

    Examples
    --------
    >>> k = np.linspace(-0.3, 0.3, 21)
    >>> fit = fit_svi(k, implied_vol(k, RawSvi(0.02, 0.1, 0.0, -0.3, 0.2), 0.5), 0.5)
    >>> fit.status, round(fit.rmse, 6)
    ('ok', 0.0)
    """
    k, iv, weight = _columns(k, iv, weight)
    if not t > 0.0:
        return SviFit(None, "no_time_left", math.nan, k.size, None)
    if np.unique(k).size < FEWEST_POINTS:
        return SviFit(None, "too_few_quotes", math.nan, k.size, None)
    task = _task(k, iv, weight, t, earlier)
    svi = _search(task)
    if svi is None:
        return SviFit(None, "not_arbitrage_free", math.nan, k.size, None)
    if earlier is not None:
        svi = _lifted(svi, earlier)
    falls = None if earlier is None else _gap(svi, earlier) > 1e-3 * _least_of(earlier)
    rmse = float(np.sqrt(np.mean(np.square(implied_vol(k, svi, t) - iv))))
    return SviFit(svi, "ok", rmse, k.size, falls)


def _columns(k: ArrayLike, iv: ArrayLike, weight: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    places = np.asarray(k, dtype=np.float64)
    vols = np.asarray(iv, dtype=np.float64)
    weights = np.ones_like(places) if weight is None else np.asarray(weight, dtype=np.float64)
    if places.ndim != 1 or places.shape != vols.shape or places.shape != weights.shape:
        raise ValueError("k, iv and weight must be columns of one length")
    usable = np.flatnonzero(
        np.isfinite(places) & np.isfinite(vols) & (vols > 0.0) & np.isfinite(weights) & (weights > 0.0)
    )
    if usable.size > MOST_POINTS:
        usable = usable[np.linspace(0, usable.size - 1, MOST_POINTS).astype(np.intp)]
    return places[usable], vols[usable], weights[usable]


def _task(k: Floats, iv: Floats, weight: Floats, t: float, earlier: Earlier | None) -> _Task:
    low, high = float(k.min()), float(k.max())
    reach = max(high, -low, 0.01)
    wings = np.geomspace(2.0 * reach, max(5.0, 3.0 * reach), _WING_POINTS)
    near = np.linspace(-2.0 * reach, 2.0 * reach, _NEAR_POINTS)
    calendar_at = np.empty(0) if earlier is None else earlier.grid()
    floor = np.empty(0) if earlier is None else np.sqrt(total_variance(calendar_at, earlier.svi) / t)
    return _Task(
        k=k,
        iv=iv,
        weight=weight / float(np.median(weight)),
        t=t,
        scale=max(_ROBUST_SHARE * float(np.median(iv)), 1e-4),
        density_at=np.concatenate([-wings[::-1], near, wings]),
        calendar_at=calendar_at,
        floor=floor,
    )


def _search(task: _Task) -> RawSvi | None:
    found: list[tuple[float, RawSvi]] = []
    for start in _starts(task):
        svi = _slice(start)
        for penalty in _PENALTIES:
            svi = _slice(_descend(task, _numbers(svi), penalty))
            if is_butterfly_free(svi):
                break
        found += [(_loss(task, free), free) for free in _made_free(svi, task.t)]
    return min(found, key=lambda each: each[0])[1] if found else None


def _descend(task: _Task, start: Floats, penalty: float) -> Floats:
    low = np.array([_LEAST_VARIANCE, 0.0, -_MOST_RHO, -2.0, _LEAST_SIGMA])
    high = np.array([4.0 * float(np.max(task.iv)) ** 2 * task.t, 4.0, _MOST_RHO, 2.0, 5.0])
    inside = np.clip(start, low + 1e-12, high - 1e-9)
    size = np.maximum(np.abs(inside), [1e-6, 1e-4, 0.1, 0.01, 1e-3])
    found = least_squares(
        lambda numbers: _residuals(task, numbers, penalty),
        inside,
        bounds=(low, high),
        x_scale=size,
        max_nfev=_MOST_EVALUATIONS,
        ftol=1e-10,
        xtol=1e-10,
        gtol=1e-12,
    )
    return np.asarray(found.x)


def _residuals(task: _Task, numbers: Floats, penalty: float) -> Floats:
    svi = _slice(numbers)
    vols = np.sqrt(np.maximum(total_variance(task.k, svi), _LEAST_VARIANCE) / task.t)
    misfit = task.weight * (vols - task.iv) / task.scale
    robust = np.sign(misfit) * np.sqrt(2.0 * (np.sqrt(1.0 + np.square(misfit)) - 1.0))
    density = np.maximum(0.0, _DENSITY_MARGIN - density_factor(task.density_at, svi))
    steep = max(0.0, svi.b * (1.0 + abs(svi.rho)) - 1.999)
    parts = [robust, penalty * np.minimum(density, 1e3), np.array([penalty * steep])]
    if task.calendar_at.size:
        there = np.sqrt(np.maximum(total_variance(task.calendar_at, svi), _LEAST_VARIANCE) / task.t)
        parts.append(math.sqrt(penalty) * np.maximum(0.0, task.floor - there) / task.scale)
    return np.concatenate(parts)


def _loss(task: _Task, svi: RawSvi) -> float:
    misfit = task.weight * (implied_vol(task.k, svi, task.t) - task.iv) / task.scale
    return float(np.sum(np.sqrt(1.0 + np.square(misfit)) - 1.0))


def _slice(numbers: Floats) -> RawSvi:
    """The search moves the least variance instead of a: so it is positive by its bound."""
    least, b, rho, m, sigma = (float(each) for each in numbers)
    return RawSvi(least - b * sigma * math.sqrt(1.0 - rho**2), b, m, rho, sigma)


def _numbers(svi: RawSvi) -> Floats:
    least = svi.a + svi.b * svi.sigma * math.sqrt(1.0 - svi.rho**2)
    return np.array([least, svi.b, svi.rho, svi.m, svi.sigma])


def _starts(task: _Task) -> list[Floats]:
    """The best of a grid over (m, sigma), where w = a + d y + c sqrt(y^2 + 1) with y = (k - m) / sigma."""
    w = np.square(task.iv) * task.t
    # A misfit in variance is 2 sigma t times that in volatility.
    weight = np.square(task.weight / (2.0 * task.iv * task.t))
    low, high = float(task.k.min()), float(task.k.max())
    width = max(high - low, 1e-3)
    m, sigma = np.meshgrid(np.linspace(low, high, 11), width * np.geomspace(0.02, 2.0, 9))
    y = (task.k[None, :] - m.reshape(-1, 1)) / sigma.reshape(-1, 1)
    powers = np.stack([np.ones_like(y), y, np.hypot(y, 1.0)], axis=1)
    gram = np.einsum("pak,pbk,k->pab", powers, powers, weight)
    right = np.einsum("pak,k,k->pa", powers, weight, w)
    ridge = 1e-10 * np.trace(gram, axis1=1, axis2=2)[:, None, None] * np.eye(3)
    a, d, c = np.linalg.solve(gram + ridge, right[..., None])[..., 0].T
    c = np.maximum(c, 1e-8)
    rho = np.clip(d / c, -0.99, 0.99)
    error = np.einsum("pk,k->p", np.square(_variances(powers, a, rho * c, c) - w), weight)
    error[~np.isfinite(error)] = np.inf
    best = np.argsort(error)[:_STARTS]
    least = np.maximum(a + c * np.sqrt(1.0 - np.square(rho)), 0.05 * float(w.min()))
    flat = (least, c / sigma.reshape(-1), rho, m.reshape(-1), sigma.reshape(-1))
    return [np.array([column[place] for column in flat]) for place in best]


def _variances(powers: Floats, a: Floats, d: Floats, c: Floats) -> Floats:
    return np.asarray(np.einsum("pak,ap->pk", powers, np.stack([a, d, c])))


def _made_free(svi: RawSvi, t: float) -> list[RawSvi]:
    """Return slices near this one without a butterfly: itself, or itself raised, and the published repair."""
    if is_butterfly_free(svi):
        return [svi]
    repaired = []
    with suppress(ValueError, ZeroDivisionError):
        repaired.append(to_raw(optimal_repair(to_jump_wings(svi, t))))
    return [each for each in (_raised(svi), *repaired) if is_butterfly_free(each)]


def _raised(svi: RawSvi) -> RawSvi:
    """Raise the whole slice by as little as leaves no butterfly.

    More variance with the same slopes takes from what is negative in g: in the limit g = 1 - w'^2 / 16 +
    w'' / 2, positive within Roger Lee's bound. Comes back still with a butterfly only outside of that.
    """

    def by(lift: float) -> RawSvi:
        return RawSvi(svi.a + lift, svi.b, svi.m, svi.rho, svi.sigma)

    enough = 1e-6 * abs(svi.a) + _LEAST_VARIANCE
    for _ in range(_DOUBLINGS):
        if is_butterfly_free(by(enough)):
            break
        enough *= 2.0
    short = 0.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (short + enough)
        short, enough = (short, middle) if is_butterfly_free(by(middle)) else (middle, enough)
    return by(enough)


def _lifted(svi: RawSvi, earlier: Earlier) -> RawSvi:
    """Lift the whole slice by what is missing to the earlier one, where that leaves it free of arbitrage."""
    gap = _gap(svi, earlier)
    lifted = RawSvi(svi.a + gap * (1.0 + 1e-9), svi.b, svi.m, svi.rho, svi.sigma)
    return lifted if gap > 0.0 and is_butterfly_free(lifted) else svi


def _gap(svi: RawSvi, earlier: Earlier) -> float:
    at = earlier.grid()
    return max(0.0, float(np.max(total_variance(at, earlier.svi) - total_variance(at, svi))))


def _least_of(earlier: Earlier) -> float:
    return float(np.min(total_variance(earlier.grid(), earlier.svi)))
