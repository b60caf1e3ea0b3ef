"""Prices of futures from a product's two paths: pure arithmetic.

Within a day the coefficients run straight from the day's start to its end, so that a day of minutes
is one matrix product and one instant inside it gives the same price.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tradesense.feeds.simulated.noise import DAY_US, YEAR_US, Floats
from tradesense.feeds.simulated.profiles import Profile


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Log price = base + share * base_step + long * long path + (short + share * short_step) * short path.

    `share` is how much of the day has passed, from 0 to 1. Shape (n,) each, one per contract.
    """

    base: Floats
    base_step: Floats
    long: Floats
    short: Floats
    short_step: Floats

    def log_price(self, share: float, long_path: float, short_path: float) -> Floats:
        """Return log prices at one instant, shape (n,)."""
        moving = (self.short + share * self.short_step) * short_path
        return self.base + share * self.base_step + self.long * long_path + moving

    def log_price_over(self, shares: Floats, long_path: Floats, short_path: Floats) -> Floats:
        """Return log prices over instants of one day, shape (instants, n)."""
        moving = (self.short + shares[:, None] * self.short_step) * short_path[:, None]
        return self.base + shares[:, None] * self.base_step + self.long * long_path[:, None] + moving


def coefficients(profile: Profile, day: int, expires_us: Floats, delivery_months: Floats) -> Coefficients:
    """Return the coefficients of contracts over one day (its number since 1970)."""
    start_base, start_short = _at(profile, day * DAY_US, expires_us, delivery_months)
    end_base, end_short = _at(profile, (day + 1) * DAY_US, expires_us, delivery_months)
    return Coefficients(
        base=start_base,
        base_step=end_base - start_base,
        long=np.full(expires_us.shape, profile.long_vol),
        short=start_short,
        short_step=end_short - start_short,
    )


def prices_at(
    profile: Profile,
    at_us: Floats,
    expires_us: float,
    delivery_month: float,
    long_path: Floats,
    short_path: Floats,
) -> Floats:
    """Return one contract's prices at instants that start days; arrays of shape (instants,)."""
    base, short = _at(profile, at_us, np.array(expires_us), np.array(delivery_month))
    return np.asarray(np.exp(base + profile.long_vol * long_path + short * short_path))


def _at(
    profile: Profile, at_us: int | Floats, expires_us: Floats, delivery_months: Floats
) -> tuple[Floats, Floats]:
    years = np.maximum(expires_us - at_us, 0.0) / YEAR_US
    dying = np.exp(-profile.decay * years)
    angle = 2.0 * np.pi * (delivery_months - profile.season_peak_month) / 12.0
    season = profile.season * np.cos(angle)
    base = np.log(profile.level) + profile.carry * years + profile.tilt * (1.0 - dying) + season
    short = profile.short_vol * (years if profile.short_is_carry else dying)
    return base, short
