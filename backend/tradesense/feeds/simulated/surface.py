"""The simulated volatility surface: total variance the price path implies, bent into a smile. Pure.

The variance of a future over an option's life follows from the two paths that move it, so a near
future is livelier than a far one (Samuelson) and variance grows with time. The smile is the surface
SVI of Gatheral and Jacquier with the power-law curvature `wings / sqrt(theta * (1 + theta))`, which
holds no butterfly arbitrage while `wings * (1 + |skew|) <= 2`.

References: J. Gatheral, A. Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance
14 (2014), theorem 4.2 and equation 4.5.
"""

from __future__ import annotations

import numpy as np

from tradesense.feeds.simulated.noise import Floats
from tradesense.feeds.simulated.profiles import ChainProfile, Profile

_MOOD_FADES = 2.0
_MOOD_MOST = 0.7


def path_variance(profile: Profile, option_years: Floats, future_years: Floats) -> Floats:
    """Return the variance of the log price of futures over their options' lives; shapes as given."""
    long = profile.long_vol**2 * option_years
    if profile.short_is_carry:
        gone = np.maximum(future_years - option_years, 0.0)
        return np.asarray(long + profile.short_vol**2 * (future_years**3 - gone**3) / 3.0)
    twice = 2.0 * profile.decay
    ends = np.exp(-twice * np.maximum(future_years - option_years, 0.0)) - np.exp(-twice * future_years)
    return np.asarray(long + profile.short_vol**2 * ends / twice, np.float64)


def mood(chain: ChainProfile, price_path: float, vol_path: float) -> float:
    """Return how nervous the market is: the log of a factor on short volatility, within ±0.7."""
    raw = chain.vol_of_vol * vol_path - chain.leverage * price_path
    return float(_MOOD_MOST * np.tanh(raw / _MOOD_MOST))


def at_the_money_variance(
    profile: Profile, chain: ChainProfile, option_years: Floats, future_years: Floats, mood_now: float
) -> Floats:
    """Return total implied variance at the money; the mood of the day fades with time."""
    reach = _MOOD_FADES * option_years
    fading = -np.expm1(-reach) / np.maximum(reach, 1e-12)
    base = path_variance(profile, option_years, future_years)
    return base * chain.premium**2 * np.exp(2.0 * mood_now * fading)


def smile_vol(chain: ChainProfile, log_moneyness: Floats, variance: Floats, option_years: Floats) -> Floats:
    """Return implied volatility at `log(strike / forward)` for total at-the-money variance."""
    curvature = chain.wings / np.sqrt(variance * (1.0 + variance))
    bent = curvature * log_moneyness + chain.skew
    total = (
        0.5
        * variance
        * (1.0 + chain.skew * curvature * log_moneyness + np.sqrt(bent**2 + 1.0 - chain.skew**2))
    )
    return np.sqrt(total / option_years)
