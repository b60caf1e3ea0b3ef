"""Which strikes a caller wants, which options make a smile, and what stands at the money: pure choices on arrays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tradesense.market.options.errors import InvalidStrikes

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_NUMBER = r"\d{1,4}(?:\.\d{1,6})?"
_FORM = re.compile(rf"all|atm:(\d{{1,4}})|pct:({_NUMBER})|delta:({_NUMBER})\.\.({_NUMBER})")
STRIKES_PATTERN = rf"^(all|atm:\d{{1,4}}|pct:{_NUMBER}|delta:{_NUMBER}\.\.{_NUMBER})$"


class StrikeRule(StrEnum):
    """How strikes are chosen."""

    ALL = "all"
    ATM = "atm"
    PCT = "pct"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class StrikeFilter:
    """A rule and its bounds: `low` is the count or the share for `atm` and `pct`."""

    rule: StrikeRule = StrikeRule.ALL
    low: float = 0.0
    high: float = 0.0


def parse_strikes(text: str) -> StrikeFilter:
    """Read `all`, `atm:10`, `pct:0.1` or `delta:0.1..0.9`; raise `InvalidStrikes` for anything else.

    >>> parse_strikes("atm:10")
    StrikeFilter(rule=<StrikeRule.ATM: 'atm'>, low=10.0, high=0.0)
    """
    form = _FORM.fullmatch(text)
    if form is None:
        raise InvalidStrikes("Write all, atm:10, pct:0.1 or delta:0.1..0.9.", field="query.strikes")
    count, share, low, high = form.groups()
    if count is not None:
        return StrikeFilter(StrikeRule.ATM, float(count))
    if share is not None:
        return StrikeFilter(StrikeRule.PCT, float(share))
    if low is None:
        return StrikeFilter()
    if not float(low) < float(high) <= 1.0:
        raise InvalidStrikes("A delta band goes from a lower to a higher value, up to 1.", field="query.strikes")
    return StrikeFilter(StrikeRule.DELTA, float(low), float(high))


def wanted_strikes(
    rule: StrikeFilter, strikes: Floats, forward: float, call_delta: Floats, put_delta: Floats
) -> Bools:
    """Tell for each of the sorted `strikes` whether the filter wants it; deltas are NaN where unknown.

    `atm:n` keeps the strike nearest to the forward and n on either side; `pct:p` those within p of the
    forward; `delta:a..b` those where the absolute delta of call or put lies in the band. Without a forward,
    `atm` and `pct` keep none.
    """
    match rule.rule:
        case StrikeRule.ALL:
            return np.ones(strikes.size, dtype=np.bool_)
        case StrikeRule.ATM:
            kept = np.zeros(strikes.size, dtype=np.bool_)
            nearest = atm_index(strikes, forward)
            if nearest is not None:
                kept[max(0, nearest - int(rule.low)) : nearest + int(rule.low) + 1] = True
            return kept
        case StrikeRule.PCT:
            return np.asarray(np.abs(strikes - forward) <= rule.low * forward)
        case StrikeRule.DELTA:
            sides = np.abs(np.stack([call_delta, put_delta]))
            return np.asarray(((sides >= rule.low) & (sides <= rule.high)).any(axis=0))


def atm_index(strikes: Floats, forward: float) -> int | None:
    """Return where the strike nearest to the forward stands, or None without strikes or forward."""
    if not strikes.size or not np.isfinite(forward):
        return None
    return int(np.argmin(np.abs(strikes - forward)))


def is_out_of_the_money(strike: Floats, is_call: Bools, forward: Floats) -> Bools:
    """Tell which options are out of the money; at the forward itself both are."""
    return np.where(is_call, strike >= forward, strike <= forward)


def atm_iv(strike: Floats, iv: Floats, forward: float) -> float:
    """Return the volatility at the forward: linear in log-strike between the nearest strikes on either side.

    Of several options of one strike the mean counts. NaN where the forward is outside the strikes.
    """
    usable = np.isfinite(iv) & (strike > 0.0)
    if not usable.any() or not forward > 0.0:
        return float("nan")
    strikes, inverse = np.unique(strike[usable], return_inverse=True)
    means = np.bincount(inverse, weights=iv[usable]) / np.bincount(inverse)
    return float(np.interp(np.log(forward), np.log(strikes), means, left=np.nan, right=np.nan))
