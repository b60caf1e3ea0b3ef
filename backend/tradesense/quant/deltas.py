"""The four delta conventions of currency and coin options, both ways: delta of a strike, strike of a delta.

`spot` and `forward` deltas hedge with the spot or the forward; the premium-adjusted ones take off the
premium, which is paid in the underlying. A premium-adjusted call delta is not monotonic in the strike: the
strike returned is the one on the falling side, as the market has it.

References
----------
Reiswich, D. and Wystup, U., "FX volatility smile construction", Wilmott 60 (2012), 58-69, sections 2.1-2.3.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from tradesense.quant.values import ArrayLike, Floats

KINDS: Final = ("spot", "forward", "spot_premium_adjusted", "forward_premium_adjusted")


def delta_from_strike(
    kind: str,
    *,
    is_call: ArrayLike,
    spot: ArrayLike,
    strike: ArrayLike,
    deviation: ArrayLike,
    domestic_discount: ArrayLike,
    foreign_discount: ArrayLike,
) -> Floats:
    """Return the delta of a strike.

    Parameters
    ----------
    kind : one of `KINDS`.
    is_call : bool. spot, strike : > 0, one unit. deviation : vol sqrt(t), > 0.
    domestic_discount, foreign_discount : discount factors of the quote currency and of the underlying; the
        forward is spot * foreign / domestic.

    All broadcast; float64.

    Returns
    -------
    float64 of the broadcast shape, negative for puts.

    Raises
    ------
    ValueError : unknown kind.

    Examples
    --------
    >>> d = delta_from_strike("forward", is_call=True, spot=100.0, strike=100.0, deviation=0.2,
    ...                       domestic_discount=1.0, foreign_discount=1.0)
    >>> round(float(d), 6)
    0.539828
    """
    _check(kind)
    sign = np.where(np.asarray(is_call, dtype=np.bool_), 1.0, -1.0)
    s, k, w = (np.asarray(value, dtype=np.float64) for value in (spot, strike, deviation))
    foreign = np.asarray(foreign_discount, dtype=np.float64)
    forward = s * foreign / np.asarray(domestic_discount, dtype=np.float64)
    adjusted = kind.endswith("premium_adjusted")
    d = np.log(forward / k) / w + (-0.5 * w if adjusted else 0.5 * w)
    weight = k / forward if adjusted else 1.0
    scale = foreign if kind.startswith("spot") else 1.0
    return np.asarray(sign * scale * weight * ndtr(sign * d))


def strike_from_delta(
    kind: str,
    *,
    is_call: bool,
    spot: float,
    delta: float,
    deviation: float,
    domestic_discount: float,
    foreign_discount: float,
) -> float:
    """Return the strike that has the given delta (scalars, as in `delta_from_strike`), NaN if none has.

    Examples
    --------
    >>> round(strike_from_delta("forward", is_call=True, spot=100.0, delta=0.539828, deviation=0.2,
    ...                         domestic_discount=1.0, foreign_discount=1.0), 3)
    100.0
    """
    _check(kind)
    sign = 1.0 if is_call else -1.0
    forward = spot * foreign_discount / domestic_discount
    level = sign * delta / (foreign_discount if kind.startswith("spot") else 1.0)
    w = deviation
    if not kind.endswith("premium_adjusted"):
        if not 0.0 < level < 1.0:
            return math.nan
        return forward * math.exp(-sign * w * float(ndtri(level)) + 0.5 * w * w)

    def excess(x: float) -> float:
        return math.exp(x) * float(ndtr(sign * (-x / w - 0.5 * w))) - level

    reach = 30.0 * w + w * w
    low = _peak(w) if is_call else -reach
    if level <= 0.0 or excess(low) * excess(reach) > 0.0:
        return math.nan
    return forward * math.exp(brentq(excess, low, reach, xtol=1e-15, rtol=1e-15))


def _peak(w: float) -> float:
    """Return ln(K / F) where the premium-adjusted call delta is greatest."""

    def slope(x: float) -> float:
        d = -x / w - 0.5 * w
        return w * float(ndtr(d)) - math.exp(-0.5 * d * d) / math.sqrt(2.0 * math.pi)

    return float(brentq(slope, -30.0 * w - w * w, 30.0 * w + w * w))


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"unknown delta {kind!r}; known: {', '.join(KINDS)}")
