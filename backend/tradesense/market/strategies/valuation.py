"""What the legs of a strategy are worth at other prices and later days: pure arithmetic on arrays.

Knows neither the store nor HTTP. Values come per leg in the quote currency per unit of the underlying; money
is that times the signed quantity and the multiplier of the contract's specification.

Conventions, stated once:

* One number stands for the market: the **reference price**, the spot where options are on a spot, else the
  forward of the nearest expiry. Forwards of other expiries, and futures among the legs, move by the same
  amount (the spread between them stays), to no less than zero where an option is on them; of options on a
  spot the forward is spot x exp((rate - yield) x time left).
* Each leg keeps its own volatility when the price moves (sticky strike). A shift is added to it.
* The **horizon** is the first expiry of any leg. Options that end there are worth what exercise gives; later
  ones are valued with the time they have left.
* A premium paid in coin (inverse options) is counted in the quote currency at today's forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tradesense import quant

Floats = npt.NDArray[np.float64]

# Below this a volatility is none: a shift takes it no further down.
LEAST_VOL = 0.001
_NO_TIME = 1e-9


@dataclass(frozen=True, slots=True)
class OptionTerms:
    """What an option leg adds: `years` from the start to its expiry; `vol`, `rate`, `dividend_yield` a year.

    `on_spot` says that the reference price is the spot of the option's underlying.
    """

    is_call: bool
    strike: float
    years: float
    vol: float
    rate: float
    dividend_yield: float
    model: str
    on_spot: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg that can be valued.

    `quantity` is signed; `multiplier` is money per 1.00 of value; `entry` the price it was traded at, in the
    quote currency; `offset` is the leg's own forward, or the future's price, less the reference price.
    """

    quantity: int
    multiplier: float
    entry: float
    offset: float
    option: OptionTerms | None = None

    @property
    def scale(self) -> float:
        """Money per 1.00 of value for all its contracts, signed."""
        return self.quantity * self.multiplier

    @property
    def up_slope(self) -> float:
        """Money per 1.00 of the reference price where that is very high: of calls and futures, not of puts.

        A call of a later expiry counts in full, as it does when it expires.
        """
        return self.scale if self.option is None or self.option.is_call else 0.0


def leg_values(leg: Leg, prices: Floats, elapsed_years: Floats | float, vol_shift: float = 0.0) -> Floats:
    """Return what one unit of a leg is worth at reference `prices`, `elapsed_years` after the start.

    Both broadcast; a time past the expiry counts as the expiry.
    """
    option = leg.option
    if option is None:
        shape = np.broadcast_shapes(np.shape(prices), np.shape(elapsed_years))
        return np.broadcast_to(prices + leg.offset, shape)
    years = np.maximum(option.years - np.asarray(elapsed_years, dtype=np.float64), 0.0)
    ends = years < _NO_TIME
    underlying, dividend_yield = _underlying(leg, option, prices, years)
    side = 1.0 if option.is_call else -1.0
    intrinsic = np.maximum(side * (_forward(leg, option, prices, years) - option.strike), 0.0)
    if bool(np.all(ends)):
        return intrinsic
    worth, _ = quant.price(
        option.model,
        is_call=option.is_call,
        underlying=underlying,
        strike=option.strike,
        expiry_years=years,
        vol=max(option.vol + vol_shift, LEAST_VOL),
        rate=option.rate,
        dividend_yield=dividend_yield,
    )
    return np.where(ends, intrinsic, worth)


def strategy_money(
    legs: Sequence[Leg], prices: Floats, elapsed_years: Floats | float, vol_shift: float = 0.0
) -> Floats:
    """Return profit (above zero) or loss in money at reference `prices`, `elapsed_years` after the start."""
    shape = np.broadcast_shapes(np.shape(prices), np.shape(elapsed_years))
    total = np.zeros(shape)
    for leg in legs:
        total += leg.scale * (leg_values(leg, prices, elapsed_years, vol_shift) - leg.entry)
    return total


@dataclass(frozen=True, slots=True)
class LegGreeks:
    """Value and Greeks of one unit of a leg in the units of `quant`, per 1.00 of its own underlying, which is
    per 1.00 of the reference price, too."""

    value: float
    delta: float
    gamma: float
    vega: float
    theta: float
    rho: float


def leg_greeks(leg: Leg, price: float, elapsed_years: float, vol_shift: float = 0.0) -> LegGreeks:
    """Return value and Greeks of one unit of a leg at one reference price and time."""
    option = leg.option
    if option is None:
        return LegGreeks(price + leg.offset, 1.0, 0.0, 0.0, 0.0, 0.0)
    years = max(option.years - elapsed_years, 0.0)
    at = np.asarray(price, dtype=np.float64)
    underlying, dividend_yield = _underlying(leg, option, at, np.asarray(years))
    found = quant.price_and_greeks(
        option.model,
        is_call=option.is_call,
        underlying=underlying,
        strike=option.strike,
        expiry_years=years,
        vol=max(option.vol + vol_shift, LEAST_VOL),
        rate=option.rate,
        dividend_yield=dividend_yield,
    )
    # Of an option on a spot all Greeks are told per 1.00 of spot, whichever price the model takes.
    turned = float(underlying) / price if option.on_spot else 1.0
    return LegGreeks(
        value=float(found.price),
        delta=float(found.delta) * turned,
        gamma=float(found.gamma) * turned**2,
        vega=float(found.vega),
        theta=float(found.theta),
        rho=float(found.rho),
    )


def _forward(leg: Leg, option: OptionTerms, prices: Floats, years: Floats) -> Floats:
    if option.on_spot:
        return np.asarray(prices * np.exp((option.rate - option.dividend_yield) * years))
    return np.maximum(prices + leg.offset, 0.0)


def _underlying(leg: Leg, option: OptionTerms, prices: Floats, years: Floats) -> tuple[Floats, float]:
    """The price and yield the model takes: an option on a forward has the rate as its yield."""
    if option.on_spot and option.model not in ("black76", "bachelier"):
        return prices, option.dividend_yield
    return _forward(leg, option, prices, years), option.rate
