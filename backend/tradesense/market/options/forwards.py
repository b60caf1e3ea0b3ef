"""The forward and the discount rate of one expiry, and where each comes from: pure arithmetic on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tradesense import quant

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

YEAR_SECONDS = 365.0 * 86_400.0

# A future's quote counts for options quoted at most this much later.
FRESH_SECONDS = 300.0
# A parity fit gives a rate only where discounting is visible against the bid-ask spread.
_SHORTEST_RATE_YEARS = 7.0 / 365.0
_FEWEST_RATE_PAIRS = 6
_LOWEST_RATE, _HIGHEST_RATE = -0.02, 0.15
# Early exercise bends parity away from the money, so American options give this many pairs at most. Where
# call and put cost the same the strike is the forward whatever the rate, so their slope is left free.
_AMERICAN_PAIRS = 20
_COIN_PAIRS = 9


class ForwardSource(StrEnum):
    """Where a forward comes from."""

    FUTURE = "future"
    PARITY = "parity"
    SPOT_CARRY = "spot_carry"


class RateSource(StrEnum):
    """Where a discount rate comes from."""

    PARITY = "parity"
    ASSUMED = "assumed"
    CONVENTION = "convention"


@dataclass(frozen=True, slots=True)
class ExpiryTerms:
    """What is known of one expiry besides its options.

    `on_spot` says that the options are on an index or a share rather than on a future. `future_*` is the
    quote of the underlying future, `future_age_seconds` how much older it is than the expiry's newest option
    quote; `spot` the last price of the index or share. NaN where unknown.
    """

    expiry: date
    expires_at_us: int
    american: bool = False
    inverse: bool = False
    on_spot: bool = False
    underlying: str | None = None
    future_bid: float = float("nan")
    future_ask: float = float("nan")
    future_age_seconds: float = float("nan")
    spot: float = float("nan")


@dataclass(frozen=True, slots=True)
class Carry:
    """The forward, the rate and the yield of one expiry; NaN where there is none."""

    forward: float
    forward_source: ForwardSource | None
    rate: float
    rate_source: RateSource
    spot: float
    dividend_yield: float
    parity_forward: float
    parity_pairs: int
    parity_residual: float


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Calls and puts of one strike side by side."""

    strike: Floats
    call_bid: Floats
    call_ask: Floats
    put_bid: Floats
    put_ask: Floats

    def gap(self) -> Floats:
        """Call minus put, of the middles."""
        return 0.5 * (self.call_bid + self.call_ask - self.put_bid - self.put_ask)

    def nearest_the_money(self, count: int) -> _Pairs:
        order = np.argsort(np.abs(self.gap()), kind="stable")[:count]
        order.sort()
        return _Pairs(
            self.strike[order],
            self.call_bid[order],
            self.call_ask[order],
            self.put_bid[order],
            self.put_ask[order],
        )


@dataclass(frozen=True, slots=True)
class _Parity:
    forward: float
    rate: float
    pairs: int
    residual: float
    rate_fitted: bool = False


_NO_PARITY = _Parity(float("nan"), float("nan"), 0, float("nan"))


def carry_of(
    terms: ExpiryTerms,
    expiry_years: float,
    assumed_rate: float,
    *,
    strike: Floats,
    is_call: Bools,
    bid: Floats,
    ask: Floats,
    mark: Floats,
    ts_us: Ints,
    venue_underlying: Floats,
    venue_is_forward: Bools,
) -> Carry:
    """Return forward, rate and yield of one expiry; the arrays are its options, shape (n,).

    The forward is the first of: the venue's own for this expiry, the middle of a fresh two-sided quote of the
    underlying future (both `future`), put-call parity, spot with the assumed rate and no yield.
    """
    venue_forward = _newest(venue_underlying, ts_us, venue_is_forward)
    spot = _newest(venue_underlying, ts_us, ~venue_is_forward)
    if np.isnan(spot) and terms.spot > 0.0:
        spot = terms.spot
    alive = expiry_years > 0.0
    # A coin venue's marks obey parity to the last digit; its quotes do so within their spread.
    sides = (mark, mark) if terms.inverse else (bid, ask)
    pairs = _pair(strike, is_call, *sides, mark) if alive else None
    rate, rate_source = assumed_rate, RateSource.ASSUMED
    if terms.inverse:
        rate, rate_source = 0.0, RateSource.CONVENTION
        parity = _coin_parity(pairs)
    else:
        parity = _free_parity(terms, pairs, expiry_years)
        if not terms.american and _is_sane(parity, expiry_years):
            rate, rate_source = parity.rate, RateSource.PARITY
        else:
            parity = _parity_at(terms, pairs, expiry_years, rate)
    forward, source = _first_forward(terms, venue_forward, parity, spot, rate, expiry_years)
    dividend_yield = (
        rate - np.log(forward / spot) / expiry_years if alive and spot > 0.0 < forward else np.nan
    )
    return Carry(
        forward=forward,
        forward_source=source,
        rate=rate,
        rate_source=rate_source,
        spot=spot,
        dividend_yield=float(dividend_yield),
        parity_forward=parity.forward,
        parity_pairs=parity.pairs,
        parity_residual=parity.residual,
    )


def _first_forward(
    terms: ExpiryTerms, venue_forward: float, parity: _Parity, spot: float, rate: float, expiry_years: float
) -> tuple[float, ForwardSource | None]:
    if np.isfinite(venue_forward):
        return venue_forward, ForwardSource.FUTURE
    two_sided = 0.0 < terms.future_bid <= terms.future_ask
    if two_sided and terms.future_age_seconds <= FRESH_SECONDS:
        return 0.5 * (terms.future_bid + terms.future_ask), ForwardSource.FUTURE
    if np.isfinite(parity.forward):
        return parity.forward, ForwardSource.PARITY
    if np.isfinite(spot):
        return float(spot * np.exp(rate * max(expiry_years, 0.0))), ForwardSource.SPOT_CARRY
    return float("nan"), None


def _newest(values: Floats, ts_us: Ints, among: Bools) -> float:
    """The median of the newest values, since one snapshot may carry several a few milliseconds apart."""
    usable = among & (values > 0.0)
    if not usable.any():
        return float("nan")
    newest = ts_us[usable].max()
    return float(np.median(values[usable & (ts_us == newest)]))


def _pair(strike: Floats, is_call: Bools, bid: Floats, ask: Floats, mark: Floats) -> _Pairs | None:
    """Pair two-sided quotes by strike; where the expiry has none at all, marks stand in for both sides."""
    two_sided = (bid <= ask) & np.isfinite(bid) & np.isfinite(ask)
    if not (two_sided & is_call).any() or not (two_sided & ~is_call).any():
        bid = ask = mark
        two_sided = np.isfinite(mark)
    calls = np.flatnonzero(two_sided & is_call)
    puts = np.flatnonzero(two_sided & ~is_call)
    strikes, of_call, of_put = np.intersect1d(strike[calls], strike[puts], return_indices=True)
    if not strikes.size:
        return None
    calls, puts = calls[of_call], puts[of_put]
    return _Pairs(strikes, bid[calls], ask[calls], bid[puts], ask[puts])


def _coin_parity(pairs: _Pairs | None) -> _Parity:
    """Parity in coin: call - put = 1 - strike / forward at every strike, whatever the rate."""
    if pairs is None:
        return _NO_PARITY
    near = pairs.nearest_the_money(_COIN_PAIRS)
    gap = near.gap()
    forwards = near.strike[gap < 1.0] / (1.0 - gap[gap < 1.0])
    if not forwards.size:
        return _NO_PARITY
    forward = float(np.median(forwards))
    residual = float(np.median(np.abs(forwards - forward)))
    return _Parity(forward, 0.0, int(forwards.size), residual)


def _free_parity(terms: ExpiryTerms, pairs: _Pairs | None, expiry_years: float) -> _Parity:
    """Forward and rate together; an American option's parity does not give a rate."""
    if pairs is None or terms.american or pairs.strike.size < _FEWEST_RATE_PAIRS:
        return _NO_PARITY
    return _fit(pairs, expiry_years, None)


def _parity_at(terms: ExpiryTerms, pairs: _Pairs | None, expiry_years: float, rate: float) -> _Parity:
    if pairs is None:
        return _NO_PARITY
    if terms.american:
        return _fit(pairs.nearest_the_money(_AMERICAN_PAIRS), expiry_years, None)
    return _fit(pairs, expiry_years, rate)


def _fit(pairs: _Pairs, expiry_years: float, rate: float | None) -> _Parity:
    fit = quant.parity_forward(
        pairs.strike,
        pairs.call_bid,
        pairs.call_ask,
        pairs.put_bid,
        pairs.put_ask,
        expiry_years,
        rate=rate,
    )
    forward = fit.forward if fit.pairs_used and fit.forward > 0.0 else float("nan")
    return _Parity(forward, fit.rate, fit.pairs_used, fit.residual, fit.rate_fitted)


def _is_sane(parity: _Parity, expiry_years: float) -> bool:
    return bool(
        expiry_years >= _SHORTEST_RATE_YEARS
        and parity.pairs >= _FEWEST_RATE_PAIRS
        and np.isfinite(parity.forward)
        and parity.rate_fitted
        and _LOWEST_RATE <= parity.rate <= _HIGHEST_RATE
    )
