"""How much is traded and held, where and when: volume, open interest, book sizes. Pure."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from tradesense.feeds.simulated.noise import (
    DAY_US,
    MINUTE_US,
    Floats,
    Hashes,
    channel_key,
    normal,
    uniform,
)
from tradesense.feeds.simulated.profiles import ChainProfile, Profile

_BUSIEST_SHARE_OF_DAY = 0.625
_OPEN_INTEREST_LAGS = 1.5


def trading_shares(profile: Profile, days_left: Floats) -> Floats:
    """Return each contract's share of the product's volume; it leaves a contract before its end."""
    return _shares(profile, days_left, profile.roll_days, profile.roll_width)


def holding_shares(profile: Profile, days_left: Floats) -> Floats:
    """Return each contract's share of open interest, which follows the volume a little later."""
    lag = profile.roll_days - _OPEN_INTEREST_LAGS * profile.roll_width
    return _shares(profile, days_left, max(lag, 0.5), 1.5 * profile.roll_width)


def _shares(profile: Profile, days_left: Floats, roll_days: float, roll_width: float) -> Floats:
    if not days_left.size:
        return days_left
    # Shifted so that a contract and the next one are level at `roll_days` before its end.
    gap = float(days_left[-1] - days_left[0]) / max(days_left.size - 1, 1)
    odds = (days_left - roll_days) / roll_width - gap / profile.spacing_days
    still_here = 1.0 / (1.0 + np.exp(-np.clip(odds, -40.0, 40.0)))
    weight = np.exp(-days_left / profile.spacing_days) * still_here + 1e-9
    return np.asarray(weight / weight.sum())


def day_volumes(profile: Profile, seed: int, keys: Hashes, shares: Floats, day: int) -> Floats:
    """Return each contract's whole volume of one day, in contracts."""
    busy = float(np.exp(0.22 * normal(channel_key(seed, f"{profile.root}/busy"), day)))
    return np.floor(profile.daily_volume * busy * shares * np.exp(0.12 * normal(keys, day)))


def open_interests(profile: Profile, keys: Hashes, shares: Floats, day: int) -> Floats:
    """Return each contract's open interest at the end of a day, in contracts."""
    return np.floor(profile.open_interest * shares * (1.0 + 0.01 * normal(keys, -1 - day)))


@lru_cache(maxsize=64)
def traded_by_minute(seed: int, root: str, day: int) -> Floats:
    """Return the share of a day's volume traded before each of its minutes; 1,441 values from 0 to 1."""
    minutes = np.arange(1_440)
    middle = (minutes + 0.5) / 1_440
    daily_wave = 1.0 - 0.75 * np.cos(2.0 * np.pi * (middle - _BUSIEST_SHARE_OF_DAY + 0.5))
    drawn = uniform(channel_key(seed, f"{root}/minutes"), day * 1_440 + minutes)
    pace = daily_wave * (0.2 + 1.6 * drawn**2)
    passed = np.concatenate(([0.0], np.cumsum(pace)))
    return np.asarray(passed / passed[-1])


def traded_by(seed: int, root: str, at_us: int) -> float:
    """Return the share of its day's volume traded by an instant."""
    day, within = divmod(at_us, DAY_US)
    passed = traded_by_minute(seed, root, day)
    minute, rest = divmod(within, MINUTE_US)
    return float(passed[minute] + (passed[minute + 1] - passed[minute]) * rest / MINUTE_US)


def book_sizes(keys: Hashes, typical: Floats, beat: int) -> tuple[Floats, Floats]:
    """Return sizes at the bid and at the ask, at least 1."""
    bid = np.exp(0.6 * normal(keys, 2 * beat)) * typical
    ask = np.exp(0.6 * normal(keys, 2 * beat + 1)) * typical
    return np.floor(bid) + 1.0, np.floor(ask) + 1.0


def option_open_interests(
    chain: ChainProfile, strikes: Floats, is_call: Floats, distance: Floats, weight: float, keys: Hashes
) -> Floats:
    """Return open interest of one series: calls above the money, puts below, most at round strikes.

    `distance` is the strike's distance from the forward in standard deviations, `weight` the series' share.
    """
    centre = np.where(is_call > 0.0, 0.8, -0.8)
    shape = np.exp(-0.5 * ((distance - centre) / 1.1) ** 2) + 0.004
    steps = np.round(strikes / chain.strike_step)
    per_round = round(chain.round_step / chain.strike_step)
    attraction = 1.0 + 2.2 * (steps % per_round == 0) + 0.7 * (steps % 2 == 0)
    raw = shape * attraction * np.exp(0.35 * normal(keys, 0))
    side = np.where(is_call > 0.0, chain.call_share, 1.0 - chain.call_share)
    return np.asarray(np.floor(chain.open_interest * weight * side * 2.0 * raw / max(raw.sum(), 1e-12)))


def option_day_volumes(open_interest: Floats, distance: Floats, keys: Hashes, day: int) -> Floats:
    """Return each option's whole volume of one day: livelier near the money."""
    pace = 0.04 + 0.22 * np.exp(-0.5 * (distance / 0.9) ** 2)
    return np.floor(open_interest * pace * np.exp(0.7 * normal(keys, 1 + day)))


def series_weights(days_left: Floats) -> Floats:
    """Return each series' share of the product's options: the nearest months hold most."""
    weight = np.exp(-days_left / 55.0) * (1.0 - np.exp(-(days_left + 2.0) / 9.0)) + 0.02
    return np.asarray(weight / weight.sum())
