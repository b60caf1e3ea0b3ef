"""Gamma exposure: what hedging the open options could move, by formulas that are named; pure.

Nobody knows who holds the open options. The sign is therefore an assumption, and the unit a choice; both are
the caller's, and the answer says in words which formula made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tradesense import quant

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NAN = float("nan")
# The prices looked at for the level without exposure: this share below and above the present one.
_FLIP_REACH = 0.25
_FLIP_POINTS = 101


class GexSign(StrEnum):
    """Who is assumed to hold what."""

    CALLS_MINUS_PUTS = "calls_minus_puts"
    PUTS_MINUS_CALLS = "puts_minus_calls"
    ALL_SHORT = "all_short"
    GROSS = "gross"


class GexUnit(StrEnum):
    """What the underlying is thought to move."""

    PERCENT = "percent"
    POINT = "point"
    DOLLAR_GAMMA = "dollar_gamma"


SIGN_WORDS = {
    GexSign.CALLS_MINUS_PUTS: "calls count positive and puts negative: dealers are assumed to be long the "
    "calls and short the puts",
    GexSign.PUTS_MINUS_CALLS: "puts count positive and calls negative: dealers are assumed to be short the "
    "calls and long the puts",
    GexSign.ALL_SHORT: "both count negative: dealers are assumed to be short every open option",
    GexSign.GROSS: "both count positive: nothing is assumed about who holds them",
}
_SIGNS = {
    GexSign.CALLS_MINUS_PUTS: (1.0, -1.0),
    GexSign.PUTS_MINUS_CALLS: (-1.0, 1.0),
    GexSign.ALL_SHORT: (-1.0, -1.0),
    GexSign.GROSS: (1.0, 1.0),
}
_FORMULAS = {
    GexUnit.PERCENT: "sum of sign x gamma x open interest x multiplier x S^2 x 0.01",
    GexUnit.POINT: "sum of sign x gamma x open interest x multiplier x S",
    GexUnit.DOLLAR_GAMMA: "sum of sign x gamma x open interest x multiplier x S^2",
}
_UNIT_WORDS = {
    GexUnit.PERCENT: "{} of underlying to trade for each 1 % it moves",
    GexUnit.POINT: "{} of underlying to trade for each 1.00 it moves",
    GexUnit.DOLLAR_GAMMA: "{}, gamma times the square of the price",
}


@dataclass(frozen=True, slots=True)
class Convention:
    """Sign and unit of a gamma exposure."""

    sign: GexSign = GexSign.CALLS_MINUS_PUTS
    unit: GexUnit = GexUnit.PERCENT

    @property
    def formula(self) -> str:
        """The formula in words, with the assumption behind the sign."""
        return (
            f"{_FORMULAS[self.unit]}; {SIGN_WORDS[self.sign]}; S is the forward of each expiry, or spot "
            "where `delta_kind` is spot"
        )

    def unit_words(self, currency: str | None) -> str:
        """What one unit of the exposure is."""
        return _UNIT_WORDS[self.unit].format(currency or "currency")

    def scale(self, price: Floats) -> Floats:
        """Return what gamma x open interest x multiplier is multiplied by, of any shape."""
        if self.unit is GexUnit.POINT:
            return price
        return price**2 * (0.01 if self.unit is GexUnit.PERCENT else 1.0)

    def signs(self, is_call: Bools) -> Floats:
        """Return the sign of each option."""
        call, put = _SIGNS[self.sign]
        return np.where(is_call, call, put)


@dataclass(frozen=True, slots=True)
class Book:
    """Open options, one per row, shape (n,). `price` is S of the formula, `vol` a fraction per year."""

    is_call: Bools
    strike: Floats
    years: Floats
    vol: Floats
    price: Floats
    gamma: Floats
    open_interest: Floats
    multiplier: float

    def exposure(self, convention: Convention) -> Floats:
        """Return each option's exposure; 0 where its gamma or its open interest is unknown."""
        size = np.nan_to_num(self.gamma * self.open_interest) * self.multiplier
        return np.asarray(convention.signs(self.is_call) * size * convention.scale(self.price))


def walls(strike: Floats, calls: Floats, puts: Floats) -> tuple[float, float]:
    """Return the strikes with the greatest exposure of calls and of puts, whatever its sign; NaN for none."""
    return _largest(strike, calls), _largest(strike, puts)


def _largest(strike: Floats, exposure: Floats) -> float:
    if not strike.size or not np.any(exposure != 0.0):
        return NAN
    return float(strike[int(np.argmax(np.abs(exposure)))])


def zero_gamma(book: Book, convention: Convention, price: float) -> float:
    """Return the price nearest to the present one at which the exposure changes its sign, NaN if none does.

    Prices up to a quarter away are tried; every expiry's underlying moves by the same share, each option
    keeps its volatility, and gamma is that of Black-76. Between two prices tried the exposure is linear.
    """
    known = np.isfinite(book.gamma * book.open_interest * book.vol) & (book.open_interest > 0.0)
    if not known.any() or not price > 0.0:
        return NAN
    share = np.linspace(1.0 - _FLIP_REACH, 1.0 + _FLIP_REACH, _FLIP_POINTS)
    moved = share[:, None] * book.price[known][None, :]
    found = quant.price_and_greeks(
        "black76",
        is_call=np.broadcast_to(book.is_call[known], moved.shape),
        underlying=moved,
        strike=np.broadcast_to(book.strike[known], moved.shape),
        expiry_years=np.broadcast_to(book.years[known], moved.shape),
        vol=np.broadcast_to(book.vol[known], moved.shape),
    )
    size = np.nan_to_num(np.asarray(found.gamma)) * book.open_interest[known]
    total = (convention.signs(book.is_call[known]) * size * convention.scale(moved)).sum(axis=1)
    return _nearest_crossing(share * price, total, price)


def _nearest_crossing(at: Floats, total: Floats, price: float) -> float:
    turns = np.flatnonzero(np.sign(total[:-1]) * np.sign(total[1:]) < 0.0)
    if not turns.size:
        return NAN
    left, right = total[turns], total[turns + 1]
    crossings = at[turns] + (at[turns + 1] - at[turns]) * left / (left - right)
    return float(crossings[int(np.argmin(np.abs(crossings - price)))])
