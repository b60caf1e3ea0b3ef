"""Simulated bars and settlements: the same paths as the quotes, by the minute and by the day.

A bar's open and close are the price at its ends. Between two minutes the path's reach is drawn once
per product and minute, and daily bars take it over, so a day's high is the highest of its minutes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tradesense.feeds.simulated import activity
from tradesense.feeds.simulated.market import SimulatedMarket, on_grid
from tradesense.feeds.simulated.noise import MINUTE_US, YEAR_US, Floats, channel_key, path_by_minute, uniform
from tradesense.feeds.simulated.profiles import Profile
from tradesense.instruments import Instrument

MINUTES_A_DAY = 1_440
_MINUTE_SPREAD = float(np.sqrt(MINUTE_US / YEAR_US))


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of one product and one span within a day: arrays of shape (bars, instruments).

    `alive` is false where a contract had ended. `open_interest` is the instrument's at the end of the
    span's day, `starts_us` each bar's start.
    """

    instruments: tuple[Instrument, ...]
    starts_us: np.ndarray[tuple[int], np.dtype[np.int64]]
    alive: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats
    open_interest: Floats


@dataclass(frozen=True, slots=True)
class Paths:
    """A product's two paths at whole minutes, and how far prices reached within each minute."""

    first_minute: int
    long: Floats
    short: Floats
    up: Floats
    down: Floats

    def cut(self, minute: int, count: int) -> Paths:
        """Return `count` minutes from `minute` on."""
        start = minute - self.first_minute
        ends = slice(start, start + count + 1)
        inside = slice(start, start + count)
        return Paths(minute, self.long[ends], self.short[ends], self.up[inside], self.down[inside])


def paths_of(market: SimulatedMarket, profile: Profile, first_minute: int, count: int) -> Paths:
    """Return a product's paths over `count` minutes, both ends included."""
    minutes = np.arange(first_minute, first_minute + count)
    reach = 0.5 * _MINUTE_SPREAD
    return Paths(
        first_minute,
        path_by_minute(market.path_key(profile, "long"), first_minute, count + 1),
        path_by_minute(market.path_key(profile, "short"), first_minute, count + 1),
        reach * uniform(channel_key(market.seed, f"{profile.root}/up"), minutes) ** 2,
        reach * uniform(channel_key(market.seed, f"{profile.root}/down"), minutes) ** 2,
    )


def minute_bars(
    market: SimulatedMarket, profile: Profile, paths: Paths, first_minute: int, count: int
) -> Bars:
    """Return the one-minute bars of `count` minutes of one day."""
    day, minute_of_day = divmod(first_minute, MINUTES_A_DAY)
    assert minute_of_day + count <= MINUTES_A_DAY, "minute bars are made within one day"
    board = market.board(profile, day)
    edges, up, down, volatility = _edges(market, profile, paths, first_minute, count)
    starts = (first_minute + np.arange(count)) * MINUTE_US
    passed = activity.traded_by_minute(market.seed, profile.root, day)[
        minute_of_day : minute_of_day + count + 1
    ]
    traded = np.floor(np.outer(passed, board.day_volumes))
    opens, closes = edges[:-1], edges[1:]
    ticks = board.ticks

    def shown(logs: Floats) -> Floats:
        return on_grid(np.round(np.exp(logs) / ticks), ticks)

    return Bars(
        instruments=board.instruments,
        starts_us=starts,
        alive=starts[:, None] < board.expires_us,
        open=shown(opens),
        high=shown(np.maximum(opens, closes) + up[:, None] * volatility),
        low=shown(np.minimum(opens, closes) - down[:, None] * volatility),
        close=shown(closes),
        volume=np.diff(traded, axis=0),
        open_interest=_evening_interest(market, profile, day),
    )


def day_bars(market: SimulatedMarket, profile: Profile, paths: Paths, day: int) -> Bars:
    """Return one day's bars, shape (1, instruments); a contract's last day stops at its end."""
    board = market.board(profile, day)
    first_minute = day * MINUTES_A_DAY
    edges, up, down, volatility = _edges(market, profile, paths, first_minute, MINUTES_A_DAY)
    start_us = first_minute * MINUTE_US
    opens, closes = edges[:-1], edges[1:]
    above = np.maximum(opens, closes) + up[:, None] * volatility
    below = np.minimum(opens, closes) - down[:, None] * volatility
    minutes = np.minimum(np.ceil((board.expires_us - start_us) / MINUTE_US), MINUTES_A_DAY).astype(np.int64)
    traded = np.ones(minutes.size)
    for i in np.flatnonzero(minutes < MINUTES_A_DAY):
        above[minutes[i] :, i], below[minutes[i] :, i] = -np.inf, np.inf
        traded[i] = activity.traded_by_minute(market.seed, profile.root, day)[minutes[i]]
    ticks = board.ticks

    def shown(logs: Floats) -> Floats:
        return on_grid(np.round(np.exp(logs) / ticks), ticks)[None, :]

    return Bars(
        instruments=board.instruments,
        starts_us=np.array([start_us]),
        alive=np.ones((1, minutes.size), bool),
        open=shown(edges[0]),
        high=shown(above.max(axis=0)),
        low=shown(below.min(axis=0)),
        close=shown(edges[minutes, np.arange(minutes.size)]),
        volume=np.floor(traded * board.day_volumes)[None, :],
        open_interest=_evening_interest(market, profile, day),
    )


def _evening_interest(market: SimulatedMarket, profile: Profile, day: int) -> Floats:
    """Return open interest at the end of a day for the instruments listed at its start."""
    tomorrow = market.board(profile, day + 1)
    known = {
        each.symbol: held for each, held in zip(tomorrow.instruments, tomorrow.open_interests, strict=True)
    }
    return np.array([known.get(each.symbol, 0.0) for each in market.board(profile, day).instruments])


def _edges(
    market: SimulatedMarket, profile: Profile, paths: Paths, first_minute: int, count: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return log prices at the minutes' edges, the reach up and down within each, and volatilities."""
    day, minute_of_day = divmod(first_minute, MINUTES_A_DAY)
    board = market.board(profile, day)
    span = paths.cut(first_minute, count)
    shares = (minute_of_day + np.arange(count + 1)) / MINUTES_A_DAY
    edges = board.coefficients.log_price_over(shares, span.long, span.short)
    volatility = np.hypot(profile.long_vol, board.coefficients.short * (not profile.short_is_carry))
    return edges, span.up, span.down, volatility
