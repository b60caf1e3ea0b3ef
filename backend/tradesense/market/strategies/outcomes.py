"""Where a strategy breaks even, what it can win and lose, and how likely it ends above zero: pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import erf, exp, isfinite, log, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from tradesense.market.strategies.valuation import Leg, strategy_money

Floats = npt.NDArray[np.float64]
Money = Callable[[Floats], Floats]

# Less than this share of the largest amount involved is rounding, not money.
_ROUNDING = 1e-9
_SEARCHED = 401
_REFINEMENTS = 3
# Where an option outlives the horizon, prices within so many standard deviations are searched, and none
# further than this factor from the reference price.
_DEVIATIONS = 8.0
_FURTHEST = 8.0


@dataclass(frozen=True, slots=True)
class Extreme:
    """The most that can be won or lost: `amount` in money, `None` where nothing limits it; `at` its price."""

    amount: float | None
    at: float | None

    @property
    def unlimited(self) -> bool:
        return self.amount is None


@dataclass(frozen=True, slots=True)
class Shape:
    """Profit and loss at the horizon over all prices from zero up.

    `exact` where every option ends at the horizon, so that the payoff consists of straight lines; else the
    figures come from a search. `best` and `worst` are signed money. `up_slope` is money per 1.00 of the
    reference price at very high prices.
    """

    break_evens: tuple[float, ...]
    best: Extreme
    worst: Extreme
    up_slope: float
    exact: bool


def shape_at_horizon(legs: Sequence[Leg], horizon_years: float, reference: float, vol_shift: float) -> Shape:
    """Describe what the legs win or lose at the horizon as a function of the reference price."""
    options = [leg.option for leg in legs if leg.option is not None]
    strikes = sorted({option.strike for option in options})
    up_slope = sum(leg.up_slope for leg in legs)
    gross = sum(abs(leg.up_slope) for leg in legs)
    if abs(up_slope) <= _ROUNDING * gross:
        up_slope = 0.0

    def money(prices: Floats) -> Floats:
        return strategy_money(legs, prices, horizon_years, vol_shift)

    if all(option.years <= horizon_years + 1e-9 for option in options):
        corners = np.array([0.0, *(each for each in strikes if each > 0.0)])
        return shape_of_lines(corners, money(corners), up_slope)
    reach = max(option.vol * sqrt(option.years) for option in options)
    return _searched_shape(money, strikes, reference, min(_DEVIATIONS * reach, log(_FURTHEST)), up_slope)


def shape_of_lines(prices: Floats, amounts: Floats, up_slope: float) -> Shape:
    """Describe straight lines through the corners (rising `prices`, first 0), going on with `up_slope`.

    Break-evens are exact: each is where a line crosses zero. A stretch that lies on zero gives its ends.

    >>> shape_of_lines(np.array([0.0, 100.0]), np.array([-5.0, -5.0]), 1.0).break_evens
    (105.0,)
    """
    scale = max(float(np.abs(amounts).max()), abs(up_slope) * float(prices[-1]), 1e-300)
    levels = np.where(np.abs(amounts) <= _ROUNDING * scale, 0.0, amounts)
    found = [
        _crossing(prices[i], levels[i], prices[i + 1], levels[i + 1])
        for i in range(prices.size - 1)
        if levels[i] * levels[i + 1] < 0.0
    ]
    found += [float(prices[i]) for i in range(1, prices.size) if _touches(levels, i, up_slope)]
    if levels[-1] * up_slope < 0.0:
        found.append(float(prices[-1] - levels[-1] / up_slope))
    top, bottom = int(np.argmax(levels)), int(np.argmin(levels))
    return Shape(
        break_evens=tuple(sorted(found)),
        best=Extreme(None, None) if up_slope > 0.0 else Extreme(float(levels[top]), float(prices[top])),
        worst=Extreme(None, None)
        if up_slope < 0.0
        else Extreme(float(levels[bottom]), float(prices[bottom])),
        up_slope=up_slope,
        exact=True,
    )


def _crossing(left: float, low: float, right: float, high: float) -> float:
    return float(left + (right - left) * low / (low - high))


def _touches(levels: Floats, index: int, up_slope: float) -> bool:
    """A corner on zero counts where money is to be had or lost on either side of it."""
    if levels[index] != 0.0:
        return False
    after = levels[index + 1] if index + 1 < levels.size else up_slope
    return bool(levels[index - 1] != 0.0 or after != 0.0)


def _searched_shape(
    money: Money, strikes: Sequence[float], reference: float, reach: float, up_slope: float
) -> Shape:
    grid = reference * np.exp(np.linspace(-reach, reach, _SEARCHED))
    grid = np.unique(np.concatenate([grid, np.asarray(strikes)]))
    levels = money(grid)
    crossed = np.flatnonzero(np.sign(levels[:-1]) * np.sign(levels[1:]) < 0)
    top = _refined_extreme(money, grid, int(np.argmax(levels)), 1.0)
    bottom = _refined_extreme(money, grid, int(np.argmin(levels)), -1.0)
    return Shape(
        break_evens=tuple(_refined_root(money, grid[i], grid[i + 1]) for i in crossed),
        best=Extreme(None, None) if up_slope > 0.0 else top,
        worst=Extreme(None, None) if up_slope < 0.0 else bottom,
        up_slope=up_slope,
        exact=False,
    )


def _refined_root(money: Money, left: float, right: float) -> float:
    low, high = 0.0, 0.0
    for _ in range(_REFINEMENTS):
        grid = np.linspace(left, right, _SEARCHED)
        levels = money(grid)
        crossed = np.flatnonzero(np.sign(levels[:-1]) * np.sign(levels[1:]) <= 0)
        at = int(crossed[0]) if crossed.size else 0
        left, right, low, high = grid[at], grid[at + 1], levels[at], levels[at + 1]
    return float(left) if low == high else _crossing(left, low, right, high)


def _refined_extreme(money: Money, grid: Floats, at: int, side: float) -> Extreme:
    for _ in range(_REFINEMENTS):
        grid = np.linspace(grid[max(at - 1, 0)], grid[min(at + 1, grid.size - 1)], _SEARCHED)
        levels = money(grid)
        at = int(np.argmax(side * levels))
    return Extreme(float(levels[at]), float(grid[at]))


@dataclass(frozen=True, slots=True)
class Lognormal:
    """The price at a later time: its logarithm is normal with variance vol² x years and mean so that the
    expected price is `forward`.

    References
    ----------
    Black, F., "The pricing of commodity contracts", Journal of Financial Economics 3 (1976): the same law the
    price of an option is the expectation under. P(price > x) = N(d2), d2 = (ln(forward / x) - vol² years / 2)
    / (vol sqrt(years)): Hull, J., "Options, Futures, and Other Derivatives", 10th ed., chapters 15 and 18.
    """

    forward: float
    vol: float
    years: float

    @property
    def is_proper(self) -> bool:
        values = (self.forward, self.vol, self.years)
        return all(isfinite(value) and value > 0.0 for value in values)

    def below(self, price: float) -> float:
        """Return the probability of a price at or below `price`.

        >>> round(Lognormal(100.0, 0.2, 1.0).below(100.0), 4)
        0.5398
        """
        if price <= 0.0:
            return 0.0
        deviation = self.vol * sqrt(self.years)
        d2 = (log(self.forward / price) - 0.5 * deviation**2) / deviation
        return 0.5 * (1.0 - erf(d2 / sqrt(2.0)))

    def band(self, probability: float) -> tuple[float, float]:
        """Return the prices between which it ends with this probability, as likely above as below."""
        deviation = self.vol * sqrt(self.years)
        reach = NormalDist().inv_cdf(0.5 + 0.5 * probability) * deviation
        middle = log(self.forward) - 0.5 * deviation**2
        return exp(middle - reach), exp(middle + reach)


def probability_of_profit(shape: Shape, money: Money, law: Lognormal) -> float:
    """Return how likely the strategy ends above zero, from its break-evens and the law of the price."""
    edges = [0.0, *shape.break_evens, float("inf")]
    total = 0.0
    for left, right in pairwise(edges):
        inside = 0.5 * (left + right) if isfinite(right) else max(2.0 * left, 2.0 * law.forward)
        if right > left and float(money(np.array([inside]))[0]) > 0.0:
            total += (law.below(right) if isfinite(right) else 1.0) - law.below(left)
    return min(max(total, 0.0), 1.0)
