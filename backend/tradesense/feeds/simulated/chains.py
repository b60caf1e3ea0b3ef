"""Quotes of simulated option chains: volatility from the surface, price from the desk's models, then a book.

Half the spread is a function of the price alone, with a slope below one: bids and asks then fall and
rise with the strike as fair prices do, and put-call parity holds inside the spread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tradesense import quant
from tradesense.feeds.simulated import activity
from tradesense.feeds.simulated.curve import Coefficients, coefficients
from tradesense.feeds.simulated.listing import Exchange, Series, ladder_bounds
from tradesense.feeds.simulated.noise import DAY_US, YEAR_US, Floats, Hashes
from tradesense.feeds.simulated.profiles import Profile
from tradesense.feeds.simulated.surface import at_the_money_variance, mood, smile_vol
from tradesense.instruments import Exercise, Instrument

RATE = 0.04
"""The simulated world's one interest rate, annual, continuous."""

_BEAT_US = 10_000_000
_SHORTEST_YEARS = 60.0 / (365.0 * 86_400.0)


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant of one product: microseconds since 1970 and where its paths stand."""

    at_us: int
    long_path: float
    short_path: float
    mood_path: float


@dataclass(frozen=True, slots=True)
class ChainBoard:
    """What one series lists over one day; arrays are parallel to `instruments`."""

    series: Series
    instruments: tuple[Instrument, ...]
    keys: Hashes
    strikes: Floats
    is_call: Floats
    tick: float
    american: bool
    inverse: bool
    forward_curve: Coefficients
    open_interests: Floats
    day_volumes: Floats


@dataclass(frozen=True, slots=True)
class ChainQuotes:
    """Quotes of one series; arrays are parallel to `instruments`. A side nobody bids on is NaN.

    `iv` is the volatility the prices come from, `forward` what they are priced on.
    """

    series: Series
    instruments: tuple[Instrument, ...]
    forward: float
    strikes: Floats
    is_call: Floats
    bid: Floats
    ask: Floats
    bid_size: Floats
    ask_size: Floats
    last: Floats
    mark: Floats
    volume: Floats
    open_interest: Floats
    iv: Floats


def build_board(
    exchange: Exchange,
    profile: Profile,
    day: int,
    seed: int,
    references: Callable[[Series], Floats],
) -> tuple[ChainBoard, ...]:
    """Return the boards of every series listed on a day.

    `references` gives what a series' underlying stood at on each midnight since it was listed, the
    day's own last.
    """
    assert profile.chain is not None
    listed = exchange.series_on(profile, day)
    if not listed:
        return ()
    start = day * DAY_US
    weights = activity.series_weights(np.array([(each.expires_us - start) / DAY_US for each in listed]))
    return tuple(
        _board(exchange, profile, series, day, seed, references(series), float(weight))
        for series, weight in zip(listed, weights, strict=True)
    )


def _board(
    exchange: Exchange,
    profile: Profile,
    series: Series,
    day: int,
    seed: int,
    references: Floats,
    weight: float,
) -> ChainBoard:
    chain = profile.chain
    assert chain is not None
    lead_days = (series.expires_us - series.listed_us) / DAY_US
    bounds = ladder_bounds(chain, lead_days, float(references.min()), float(references.max()))
    ladder = exchange.ladder_of(series, *bounds, chain.strike_step, seed)
    strikes, is_call, keys = ladder.strikes, ladder.is_call, ladder.keys
    reference = float(references[-1])
    years = np.array([(series.expires_us - day * DAY_US) / YEAR_US])
    future_years = np.array([(series.future_expires_us - day * DAY_US) / YEAR_US])
    deviation = float(np.sqrt(at_the_money_variance(profile, chain, years, future_years, 0.0))[0])
    distance = np.log(strikes / reference) / max(deviation, 1e-6)
    held = activity.option_open_interests(chain, strikes, is_call, distance, weight, keys)
    first = ladder.instruments[0]
    return ChainBoard(
        series=series,
        instruments=ladder.instruments,
        keys=keys,
        strikes=strikes,
        is_call=is_call,
        tick=first.tick or 0.01,
        american=first.exercise is Exercise.AMERICAN,
        inverse=first.inverse,
        forward_curve=coefficients(
            profile,
            day,
            np.array([float(series.future_expires_us)]),
            np.array([float(series.delivery_month)]),
        ),
        open_interests=held,
        day_volumes=activity.option_day_volumes(held, distance, keys, day),
    )


def quote_chain(profile: Profile, board: ChainBoard, moment: Moment, seed: int) -> ChainQuotes:
    """Return the quotes of one series at one instant before its expiry."""
    chain = profile.chain
    assert chain is not None
    day = moment.at_us // DAY_US
    share = (moment.at_us - day * DAY_US) / DAY_US
    curve = board.forward_curve
    forward = float(np.exp(curve.log_price(share, moment.long_path, moment.short_path))[0])
    years = np.array([max((board.series.expires_us - moment.at_us) / YEAR_US, _SHORTEST_YEARS)])
    future_years = np.array([max((board.series.future_expires_us - moment.at_us) / YEAR_US, years[0])])
    nerves = mood(chain, profile.long_vol * moment.long_path, moment.mood_path)
    variance = at_the_money_variance(profile, chain, years, future_years, nerves)
    vol = smile_vol(chain, np.log(board.strikes / forward), variance, years)
    price = _fair_prices(board, forward, float(years[0]), vol)
    half = 0.35 * board.tick + 0.008 * price
    bid = np.floor((price - half) / board.tick)
    ask = np.maximum(np.ceil((price + half) / board.tick), 1.0)
    beat = moment.at_us // _BEAT_US
    typical = np.minimum(2.0 + np.sqrt(board.open_interests) / 4.0, 250.0)
    bid_size, ask_size = activity.book_sizes(board.keys, typical, beat)
    traded = np.floor(board.day_volumes * activity.traded_by(seed, profile.root, moment.at_us))
    nearest = np.clip(np.round(price / board.tick), np.maximum(bid, 1.0), ask)
    has_bid = bid > 0.0
    return ChainQuotes(
        series=board.series,
        instruments=board.instruments,
        forward=forward,
        strikes=board.strikes,
        is_call=board.is_call,
        bid=np.where(has_bid, np.round(bid * board.tick, 9), np.nan),
        ask=np.round(ask * board.tick, 9),
        bid_size=np.where(has_bid, bid_size, np.nan),
        ask_size=ask_size,
        last=np.where(traded > 0.0, np.round(nearest * board.tick, 9), np.nan),
        mark=price,
        volume=traded,
        open_interest=board.open_interests,
        iv=vol,
    )


def _fair_prices(board: ChainBoard, forward: float, years: float, vol: Floats) -> Floats:
    if board.inverse:
        model, rate, carry = "black76", 0.0, 0.0
    elif board.american:
        model, rate, carry = "bjerksund_stensland_2002", RATE, RATE
    else:
        model, rate, carry = "black76", RATE, 0.0
    price, _ = quant.price(
        model,
        is_call=board.is_call > 0.0,
        underlying=forward,
        strike=board.strikes,
        expiry_years=years,
        vol=vol,
        rate=rate,
        dividend_yield=carry,
    )
    return price / forward if board.inverse else price
