"""What put-call parity says about one expiry: the forward and the discount factor, in spite of bad quotes.

For European options C - P = D (F - K) exactly, so the mids of call and put lie on a straight line in K whose
slope is -D and whose zero is F. Real quotes hold stale, wide and wrong pairs, so the line is found in two
stages: a median says where the forward is, then pairs near it enter a weighted regression whose weights fall
with the spread and, by Tukey's bisquare, with the distance from the line (at a stated number of robust
deviations a pair counts nothing).

References
----------
Stoll, H. R., "The relationship between put and call option prices", Journal of Finance 24 (1969), 801-824.
For the fits see `robust`.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from tradesense.quant.robust import fit_forward, fit_line, median
from tradesense.quant.values import ArrayLike, Floats, ParityFit

NEAR: Final = 0.1
FEWEST_NEAR: Final = 8
WIDEST_SPREAD: Final = 0.25
MAX_RATE: Final = 0.25
MIN_RATE: Final = 0.0


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
    """Return the forward (and, without `rate`, the discount factor) that one expiry's quotes imply.

    Parameters
    ----------
    strike, call_bid, call_ask, put_bid, put_ask : float64, shape (n,), one row a strike in any order, in the
        underlying's unit. A pair counts only with four finite quotes, bid > 0 and ask >= bid on both sides.
    expiry_years : time to expiry, > 0.
    rate : continuous rate per year. Given: only the forward is fitted, with D = exp(-rate t). None (default):
        both are. A fitted rate below 0 (a discount factor above 1) or above 25 % a year is noise, not a rate:
        the forward is fitted again with that bound, and `rate_fitted` is False. Pass the rate of a currency
        whose rates are negative.

    Returns
    -------
    ParityFit : NaN numbers and `pairs_used` 0 where no pair is usable.

    Raises
    ------
    ValueError : the columns differ in length.

    Notes
    -----
    Exact for European exercise. For American options the early-exercise premium bends the line; close to the
    money and with a given rate the forward stays within a fraction of the spread.

    Examples
    --------
    >>> k = np.array([90.0, 95.0, 100.0, 105.0, 110.0])
    >>> gap = 0.98 * (101.0 - k)
    >>> c, p = np.maximum(gap, 0) + 3.0, np.maximum(-gap, 0) + 3.0
    >>> fit = parity_forward(k, c - 0.1, c + 0.1, p - 0.1, p + 0.1, 0.5)
    >>> round(fit.forward, 6), round(fit.discount_factor, 6), fit.pairs_used
    (101.0, 0.98, 5)
    """
    columns = [np.asarray(column, dtype=np.float64).reshape(-1) for column in (strike, call_bid, call_ask)]
    columns += [np.asarray(column, dtype=np.float64).reshape(-1) for column in (put_bid, put_ask)]
    if len({column.size for column in columns}) != 1:
        raise ValueError("the columns of a parity fit must have one length")
    k, gap, noise = _pairs(*columns)
    given = math.exp(-rate * expiry_years) if rate is not None else None
    if k.size == 0 or not expiry_years > 0.0:
        return ParityFit(math.nan, math.nan, math.nan, 0, math.nan, False)
    guess = given if given is not None else 1.0
    k, gap, noise = _near(k, gap, noise, guess)
    if given is None and k.size >= 3:
        forward, discount, used, residual = fit_line(k, gap, noise)
        fitted = -math.log(discount) / expiry_years if discount > 0.0 else math.nan
        if MIN_RATE <= fitted <= MAX_RATE:
            return ParityFit(forward, discount, fitted, used, residual, True)
        held = min(max(fitted, 0.0), MAX_RATE) if math.isfinite(fitted) else 0.0
        given = math.exp(-held * expiry_years)
    held_discount = given if given is not None else 1.0
    forward, used, residual = fit_forward(k, gap, noise, held_discount)
    return ParityFit(forward, held_discount, -math.log(held_discount) / expiry_years, used, residual, False)


def _pairs(k: Floats, cb: Floats, ca: Floats, pb: Floats, pa: Floats) -> tuple[Floats, Floats, Floats]:
    """Return strike, C - P and half its spread of the pairs quoted sanely on both sides, by strike."""
    with np.errstate(invalid="ignore"):
        sane = np.isfinite(k) & (cb > 0.0) & (pb > 0.0) & (ca >= cb) & (pa >= pb)
        sane &= np.isfinite(ca) & np.isfinite(pa)
    at = np.flatnonzero(sane)
    at = at[np.argsort(k[at], kind="stable")]
    k, cb, ca, pb, pa = k[at], cb[at], ca[at], pb[at], pa[at]
    return k, 0.5 * (cb + ca - pb - pa), 0.5 * (ca - cb + pa - pb)


def _near(k: Floats, gap: Floats, noise: Floats, discount: float) -> tuple[Floats, Floats, Floats]:
    """Return the pairs close to the money and not absurdly wide; the closest where those are few.

    The money is the median of the forwards of the pairs whose call and put are nearest in price.
    """
    forwards = np.sort((k + gap / discount)[_closest(np.abs(gap))])
    half = forwards.size // 2
    forward = float(forwards[half] + forwards[~half]) * 0.5
    distance = np.abs(k - forward)
    near = distance <= NEAR * abs(forward)
    around = noise[near] if near.any() else noise
    typical = median(around, around.size, np.empty(around.size))
    chosen = near & (noise <= max(4.0 * typical, WIDEST_SPREAD * 1e-3 * abs(forward)))
    at = np.flatnonzero(chosen)
    if at.size < FEWEST_NEAR:
        at = np.sort(_closest(distance + 10.0 * noise))
    return k[at], gap[at], noise[at]


def _closest(distance: Floats) -> npt.NDArray[np.intp]:
    return np.argsort(distance, kind="stable")[:FEWEST_NEAR]
