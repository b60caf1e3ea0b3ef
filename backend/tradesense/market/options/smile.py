"""The smile of one expiry: the options that make it, and a curve through them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tradesense import quant
from tradesense.market.options.rules import is_out_of_the_money
from tradesense.market.options.valuation import STATUS_WORDS, ChainColumns, ChainValues, Status
from tradesense.quant.svi import RawSvi, total_variance
from tradesense.quant.svi_fit import FitStatus, fit_svi

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

_CURVE_POINTS = 61
_FEWEST_FIT_POINTS = 5
# The neighbourhood of a local fit: this share of the points, but no fewer than the count.
_SPAN_SHARE = 0.35
_SPAN_POINTS = 7
# A half-spread below this, in volatility, says no more about a quote's precision.
_FINEST_HALF_SPREAD = 0.002
# Slopes of call prices lie between -1 and 0; this much of a fall is rounding.
_SLOPE_TOLERANCE = 1e-9


class SmileAxis(StrEnum):
    """What a smile is drawn against."""

    STRIKE = "strike"
    LOG_MONEYNESS = "log_moneyness"
    DELTA = "delta"


class SmileFit(StrEnum):
    """How the curve of a smile is made."""

    LOCAL_QUADRATIC = "local_quadratic"
    SVI = "svi"


@dataclass(frozen=True, slots=True)
class Curve:
    """A fitted smile: one array each, shape (m,); empty where `status` says why there is none.

    `rmse` is the misfit in volatility over the quotes, NaN without a curve; `svi` is what an SVI
    curve is made of.
    """

    strike: Floats
    log_moneyness: Floats
    delta: Floats
    iv: Floats
    rmse: float
    status: FitStatus = "ok"
    svi: RawSvi | None = None


def smile_rows(columns: ChainColumns, values: ChainValues, index: int) -> Rows:
    """Return the rows of one expiry that make its smile, by strike: out of the money, with a volatility."""
    forward = np.full(columns.strike.shape, values.expiries[index].forward)
    usable = np.isin(values.status, _CODES_WITH_VOL) & np.isfinite(values.iv) & (columns.strike > 0.0)
    mine = (columns.expiry_index == index) & usable
    rows = np.flatnonzero(mine & is_out_of_the_money(columns.strike, columns.is_call, forward))
    return rows[np.lexsort((columns.is_call[rows], columns.strike[rows]))]


def rejected_rows(columns: ChainColumns, values: ChainValues, index: int) -> Rows:
    """Return the rows of one expiry that are out of the money and yet have no place in the smile."""
    forward = np.full(columns.strike.shape, values.expiries[index].forward)
    mine = (columns.expiry_index == index) & is_out_of_the_money(columns.strike, columns.is_call, forward)
    mine[smile_rows(columns, values, index)] = False
    return np.flatnonzero(mine)


_CODES_WITH_VOL = [STATUS_WORDS.index(Status.OK), STATUS_WORDS.index(Status.WIDE)]


def call_delta(forward: float, strike: Floats, iv: Floats, expiry_years: float) -> Floats:
    """Return the undiscounted forward delta of the call of each strike: the delta axis, from 1 down to 0."""
    found = quant.price_and_greeks(
        "black76",
        is_call=np.ones(strike.shape, dtype=np.bool_),
        underlying=forward,
        strike=strike,
        expiry_years=expiry_years,
        vol=iv,
    )
    return np.asarray(found.delta)


def fit_curve(
    forward: float, expiry_years: float, strike: Floats, iv: Floats, iv_bid: Floats, iv_ask: Floats
) -> Curve:
    """Fit a curve by local quadratic regression of volatility on log-moneyness.

    Each point of the curve is the value of a parabola fitted to its nearest neighbours, weighted by nearness
    (tricube) and by the inverse of the half-spread in volatility. The curve ends where the quotes end.
    """
    if strike.size < _FEWEST_FIT_POINTS or not forward > 0.0:
        return _no_curve("too_few_quotes")
    k = np.log(strike / forward)
    weight = precision_of(iv_bid, iv_ask)
    grid = np.linspace(k[0], k[-1], _CURVE_POINTS)
    fitted = _local_quadratic(k, iv, weight, grid)
    error = _local_quadratic(k, iv, weight, k) - iv
    return _curve(forward, expiry_years, grid, fitted, float(np.sqrt(np.mean(error**2))))


def fit_svi_curve(
    forward: float, expiry_years: float, strike: Floats, iv: Floats, iv_bid: Floats, iv_ask: Floats
) -> Curve:
    """Fit one SVI slice (`quant.svi_fit`) to an expiry by itself, weighted by the inverse of the half-spread.

    A fitted surface also keeps its expiries apart, so that its slices may lie a little above these.
    """
    if not strike.size or not forward > 0.0:
        return _no_curve("too_few_quotes")
    k = np.log(strike / forward)
    fit = fit_svi(k, iv, expiry_years, weight=precision_of(iv_bid, iv_ask))
    if fit.svi is None:
        return _no_curve(fit.status)
    grid = np.linspace(k[0], k[-1], _CURVE_POINTS)
    fitted = np.sqrt(total_variance(grid, fit.svi) / expiry_years)
    return _curve(forward, expiry_years, grid, fitted, fit.rmse, fit.svi)


def _no_curve(status: FitStatus) -> Curve:
    nothing = np.empty(0)
    return Curve(nothing, nothing, nothing, nothing, float("nan"), status)


def _curve(
    forward: float, expiry_years: float, grid: Floats, iv: Floats, rmse: float, svi: RawSvi | None = None
) -> Curve:
    strike = forward * np.exp(grid)
    return Curve(strike, grid, call_delta(forward, strike, iv, expiry_years), iv, rmse, svi=svi)


def has_butterfly(forward: float, expiry_years: float, curve: Curve) -> bool | None:
    """Tell whether calls priced by a curve at its points are not convex in strike somewhere.

    Of three neighbouring strikes the middle one then costs more than the two others, mixed to its strike.
    None without a curve.
    """
    if not curve.strike.size:
        return None
    price = quant.price_and_greeks(
        "black76",
        is_call=np.ones(curve.strike.shape, dtype=np.bool_),
        underlying=forward,
        strike=curve.strike,
        expiry_years=expiry_years,
        vol=curve.iv,
    ).price
    slope = np.diff(price) / np.diff(curve.strike)
    return bool(np.any(np.diff(slope) < -_SLOPE_TOLERANCE))


def precision_of(iv_bid: Floats, iv_ask: Floats) -> Floats:
    """Return the weight of each quote, shape (n,): the inverse of its half-spread in volatility."""
    half = 0.5 * (iv_ask - iv_bid)
    known = np.isfinite(half) & (half > 0.0)
    usual = float(np.median(half[known])) if known.any() else 1.0
    return 1.0 / np.maximum(np.where(known, half, 2.0 * usual), _FINEST_HALF_SPREAD)


def _local_quadratic(k: Floats, iv: Floats, weight: Floats, at: Floats) -> Floats:
    neighbours = min(k.size, max(_SPAN_POINTS, int(np.ceil(_SPAN_SHARE * k.size))))
    distance = np.abs(at[:, None] - k[None, :])
    reach = np.partition(distance, neighbours - 1, axis=1)[:, neighbours - 1] * 1.0001 + 1e-12
    nearness = np.clip(1.0 - (distance / reach[:, None]) ** 3, 0.0, None) ** 3
    weights = nearness * weight[None, :]
    x = (k[None, :] - at[:, None]) / reach[:, None]
    powers = np.stack([np.ones_like(x), x, x * x])
    gram = np.einsum("apk,bpk,pk->pab", powers, powers, weights)
    right = np.einsum("apk,pk,k->pa", powers, weights, iv)
    ridge = 1e-9 * np.trace(gram, axis1=1, axis2=2)[:, None, None] * np.diag([0.0, 1.0, 1.0])
    solved = np.linalg.solve(gram + ridge, right[..., None])
    return np.asarray(solved[:, 0, 0])
