"""The words of this room: model names, the status of a cell, and the values that calls answer with.

Conventions shared by the whole room, stated once:

* Arguments are scalars or arrays; they broadcast against each other by NumPy's rules, are read as float64
  (`is_call` as bool), and every output has the broadcast shape (0-d for scalars only).
* `underlying` is the forward for `black76` and `bachelier`, the spot price for every other model.
* `expiry_years` is in years; `vol` is a fraction per square root of a year (for `bachelier`: price units per
  square root of a year); `rate` and `dividend_yield` are continuously compounded fractions per year.
* Greeks come in the contract's units: delta per 1.00 of the underlying, gamma per 1.00 squared, vega per
  volatility point (0.01; for `bachelier` 0.01 price units), theta per calendar day (year / 365), rho per 0.01
  of rate with the underlying and the dividend yield held; vanna is delta per point, charm delta per calendar
  day, vomma vega per point.
* A bad cell is data: NaN with its `Status`. A bad call (shapes, an unknown model) is `ValueError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Flag = bool | np.bool_
ArrayLike = npt.ArrayLike

EUROPEAN_MODELS: Final = ("black76", "black_scholes_merton", "bachelier")
AMERICAN_MODELS: Final = ("bjerksund_stensland_2002", "barone_adesi_whaley", "binomial")
MODELS: Final = EUROPEAN_MODELS + AMERICAN_MODELS

DAYS_PER_YEAR: Final = 365.0
POINT: Final = 0.01


class Status(IntEnum):
    """How a cell fared; `word` is what the API prints."""

    OK = 0
    NO_QUOTE = 1
    CROSSED = 2
    WIDE = 3
    BELOW_INTRINSIC = 4
    ABOVE_MAXIMUM = 5
    NO_SOLUTION = 6
    EXPIRED = 7
    INVALID = 8

    @property
    def word(self) -> str:
        return self.name.lower()


STATUS_WORDS: Final = tuple(status.word for status in Status)


@dataclass(frozen=True, slots=True)
class Greeks:
    """Columns of one valuation, all of the broadcast shape; the second-order ones only where asked for."""

    price: Floats
    delta: Floats
    gamma: Floats
    vega: Floats
    theta: Floats
    rho: Floats
    status: Codes
    vanna: Floats | None = None
    charm: Floats | None = None
    vomma: Floats | None = None


@dataclass(frozen=True, slots=True)
class ParityFit:
    """What put-call parity says about one expiry.

    `forward`, `discount_factor` and `rate` (continuous, per year) are NaN where fewer pairs than needed were
    usable. `residual` is the weighted root mean square of (C - P) - D (F - K) over the pairs used, in price
    units. `rate_fitted` is False where the rate was given or where the fitted one was not believable and
    the discount factor was therefore held at its bound.
    """

    forward: float
    discount_factor: float
    rate: float
    pairs_used: int
    residual: float
    rate_fitted: bool
