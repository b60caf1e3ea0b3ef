"""Which strikes and dates a caller wants, and what stands at the money: pure choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tradesense.market.options.errors import InvalidDates, InvalidStrikes
from tradesense.web.query import split_list

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_NUMBER = r"\d{1,4}(?:\.\d{1,6})?"
_FORM = re.compile(rf"all|atm:(\d{{1,4}})|pct:({_NUMBER})|delta:({_NUMBER})\.\.({_NUMBER})")
_DATE = r"(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME = r"T[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-][01]\d:[0-5]\d)"
_LAST_SECOND = time(23, 59, 59, tzinfo=UTC)
MOST_LISTED = 12
DATES_PATTERN = rf"^{_DATE}(?:,{_DATE}){{0,{MOST_LISTED - 1}}}$"
INSTANTS_PATTERN = rf"^{_DATE}(?:{_TIME})?(?:,{_DATE}(?:{_TIME})?){{0,{MOST_LISTED - 1}}}$"
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
    lower, higher = sorted((float(low), float(high)))
    return StrikeFilter(StrikeRule.DELTA, lower, higher)


def parse_dates(text: str) -> list[date]:
    """Read a comma list of ISO dates; raise `InvalidDates` for anything else.

    >>> parse_dates("2026-03-20,2026-06-19")
    [datetime.date(2026, 3, 20), datetime.date(2026, 6, 19)]
    """
    try:
        return [date.fromisoformat(part) for part in _parts(text, "query.expiry")]
    except ValueError:
        raise InvalidDates("Write ISO dates with commas between.", field="query.expiry") from None


def parse_instants(text: str) -> list[datetime]:
    """Read a comma list of ISO dates (their last second in UTC) and RFC 3339 instants with an offset.

    Raises `InvalidDates` for anything else.
    """
    try:
        return [_instant(part) for part in _parts(text, "query.compare")]
    except ValueError:
        raise InvalidDates("Write ISO dates or RFC 3339 instants.", field="query.compare") from None


def _parts(text: str, field: str) -> list[str]:
    return split_list(text, most=MOST_LISTED, field=field.removeprefix("query."))


def _instant(text: str) -> datetime:
    if len(text) == len("2026-03-20"):
        return datetime.combine(date.fromisoformat(text), _LAST_SECOND)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("without an offset")
    return instant.astimezone(UTC)


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
