"""What is read off a valued chain: forward volatility, skew, max pain, ratios, expected move, IV rank; pure.

Every function takes plain arrays and states its formula; `formulas` holds the same words for people, with
what was published about each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tradesense.market.options.smile import call_delta

Floats = npt.NDArray[np.float64]

NAN = float("nan")
WING_DELTA = 0.25
FEWEST_RANK_DAYS = 20
"""Fewer days than this tell nothing about where a volatility stands among them."""

MATURITY_YEARS = 30.0 / 365.0


@dataclass(frozen=True, slots=True)
class Skew:
    """Volatilities of the two wings and what they say; strikes in the quote currency, NaN where unknown."""

    call_iv: float = NAN
    put_iv: float = NAN
    call_strike: float = NAN
    put_strike: float = NAN
    risk_reversal: float = NAN
    butterfly: float = NAN


@dataclass(frozen=True, slots=True)
class Pain:
    """What holders of all open options would receive at expiry, per strike; shape (n,) like the strikes.

    `strike` is where they would receive least, NaN without open interest.
    """

    strike: float
    calls: Floats
    puts: Floats


@dataclass(frozen=True, slots=True)
class ExpectedMove:
    """One standard deviation by expiry and what the straddle at the money costs, in price units."""

    move: float
    straddle_strike: float
    straddle: float


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a volatility stands among those of earlier days: rank and percentile from 0 to 1."""

    rank: float
    percentile: float
    low: float
    high: float


def forward_vols(iv: Floats, years: Floats) -> Floats:
    """Return for each expiry the volatility between the expiry before and it: shape (n,), the first NaN.

    Total variance adds up, so the variance between T1 and T2 is (v2^2 T2 - v1^2 T1) / (T2 - T1). NaN where
    that is negative (a calendar arbitrage at the money) or a volatility is unknown.

    >>> forward_vols(np.array([0.2, 0.25]), np.array([0.5, 1.0])).round(6).tolist()
    [nan, 0.291548]
    """
    total = iv**2 * years
    out = np.full(iv.shape, NAN)
    if iv.size < 2:
        return out
    between, span = np.diff(total), np.diff(years)
    fine = np.isfinite(between) & (between >= 0.0) & (span > 0.0)
    out[1:][fine] = np.sqrt(between[fine] / span[fine])
    return out


def vol_at_delta(delta: Floats, iv: Floats, wanted: float) -> float:
    """Return the volatility at a call delta, linear between the quotes on either side; NaN outside them.

    >>> round(vol_at_delta(np.array([0.2, 0.4]), np.array([0.30, 0.26]), 0.25), 12)
    0.29
    """
    known = np.isfinite(delta) & np.isfinite(iv)
    if not known.any():
        return NAN
    nodes, place = np.unique(delta[known], return_inverse=True)
    means = np.bincount(place, weights=iv[known]) / np.bincount(place)
    return float(np.interp(wanted, nodes, means, left=NAN, right=NAN))


def skew_of(forward: float, years: float, strike: Floats, iv: Floats, atm_iv: float) -> Skew:
    """Return risk reversal and butterfly at 25 delta from one expiry's out-of-the-money options.

    Delta is the undiscounted forward delta N(d1) of the call of each strike at its own volatility: the call
    wing stands at 0.25, the put wing (put delta -0.25) at 0.75. RR = call - put; BF = mean of both - ATM.
    """
    if not forward > 0.0 or not years > 0.0 or not strike.size:
        return Skew()
    delta = call_delta(forward, strike, iv, years)
    call = vol_at_delta(delta, iv, WING_DELTA)
    put = vol_at_delta(delta, iv, 1.0 - WING_DELTA)
    return Skew(
        call_iv=call,
        put_iv=put,
        call_strike=vol_at_delta(delta, strike, WING_DELTA),
        put_strike=vol_at_delta(delta, strike, 1.0 - WING_DELTA),
        risk_reversal=call - put,
        butterfly=0.5 * (call + put) - atm_iv,
    )


def max_pain(strike: Floats, call_oi: Floats, put_oi: Floats, multiplier: float) -> Pain:
    """Return what all holders would receive if the underlying ended at each listed strike, and the least.

    Of an underlying at S they receive multiplier x sum of OI x max(S - K, 0) over calls and OI x
    max(K - S, 0) over puts. Of several least strikes the lowest counts. Open interest must not be NaN;
    without a multiplier (NaN) the strike is still known.

    >>> pain = max_pain(np.array([90.0, 100.0]), np.array([10.0, 5.0]), np.array([0.0, 20.0]), 1.0)
    >>> pain.strike, pain.calls.tolist(), pain.puts.tolist()
    (100.0, [0.0, 100.0], [200.0, 0.0])
    """
    above = np.maximum(strike[:, None] - strike[None, :], 0.0)
    calls, puts = above @ call_oi, above.T @ put_oi
    known = strike.size and call_oi.sum() + put_oi.sum() > 0.0
    least = float(strike[int(np.argmin(calls + puts))]) if known else NAN
    return Pain(least, multiplier * calls, multiplier * puts)


def put_call_ratio(calls: float, puts: float) -> float:
    """Return puts per call; NaN without calls."""
    return puts / calls if calls > 0.0 else NAN


def expected_move(
    forward: float, years: float, atm_iv: float, strike: Floats, call_price: Floats, put_price: Floats
) -> ExpectedMove:
    """Return F x ATM volatility x sqrt(T), and call plus put at the listed strike nearest to the forward."""
    move = forward * atm_iv * float(np.sqrt(years)) if years > 0.0 else NAN
    if not strike.size or not np.isfinite(forward):
        return ExpectedMove(move, NAN, NAN)
    nearest = int(np.argmin(np.abs(strike - forward)))
    return ExpectedMove(move, float(strike[nearest]), float(call_price[nearest] + put_price[nearest]))


def vol_at_maturity(iv: Floats, years: Floats, wanted: float = MATURITY_YEARS) -> float:
    """Return the volatility at a constant maturity, linear in total variance between the two expiries around
    it; NaN where they do not lie on either side.

    >>> round(vol_at_maturity(np.array([0.2, 0.2]), np.array([0.05, 0.15])), 12)
    0.2
    """
    known = np.isfinite(iv) & (years > 0.0)
    if not known.any():
        return NAN
    total = np.interp(wanted, years[known], iv[known] ** 2 * years[known], left=NAN, right=NAN)
    return float(np.sqrt(total / wanted))


def rank_of(current: float, history: Floats) -> Rank:
    """Return rank (current - low) / (high - low) and the share of earlier days below the current value.

    The range of the rank includes the current value, so that it stays within 0 and 1. NaN with fewer than
    `FEWEST_RANK_DAYS` days, or without a current value.

    >>> round(rank_of(0.3, np.linspace(0.2, 0.4, 21)).rank, 12)
    0.5
    """
    if history.size < FEWEST_RANK_DAYS or not np.isfinite(current):
        return Rank(NAN, NAN, NAN, NAN)
    low, high = min(current, float(history.min())), max(current, float(history.max()))
    rank = (current - low) / (high - low) if high > low else NAN
    return Rank(rank, float(np.mean(history < current)), low, high)
