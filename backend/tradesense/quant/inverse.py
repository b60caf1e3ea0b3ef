"""Inverse (coin-settled) options: premium and payoff are in the underlying itself.

An inverse call pays max(S - K, 0) / S coins, worth max(S - K, 0) in the quote currency: in the quote currency
it is an ordinary option, and its coin price is that value over the underlying. So Black-76 with the expiry's
forward serves, and the coin price is Black's price / forward (the venues' mark price, at rate 0).

References
----------
Alexander, C., Chen, D. and Imeraj, A., "Crypto quanto and inverse options", Mathematical Finance 33 (2023),
1005-1043, section 2.
Wystup, U., "FX Options and Structured Products", 2nd ed. (2017), section 1.4.6 (premium-adjusted delta).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tradesense.quant.pricing import price_and_greeks
from tradesense.quant.values import ArrayLike, Codes, Floats


@dataclass(frozen=True, slots=True)
class CoinGreeks:
    """Price and Greeks of an inverse option as coin venues state them.

    `price_coin` in coin, `price_quote` in the quote currency; `delta` is Black's delta per 1.00 of the
    forward (Deribit's), `delta_premium_adjusted` = delta - price_coin (OKX's); gamma per 1.00 squared;
    `vega`, `theta`, `rho` in the quote currency (per point, per calendar day, per 0.01 of rate), `vega_coin`
    and `theta_coin` the same over the forward.
    """

    price_coin: Floats
    price_quote: Floats
    delta: Floats
    delta_premium_adjusted: Floats
    gamma: Floats
    vega: Floats
    theta: Floats
    rho: Floats
    vega_coin: Floats
    theta_coin: Floats
    status: Codes


def coin_price(price_quote: ArrayLike, forward: ArrayLike) -> Floats:
    """Return a price in the quote currency as coins: price / forward, NaN where the forward is not positive.

    Examples
    --------
    >>> float(coin_price(1500.0, 60_000.0))
    0.025
    """
    underlying = np.asarray(forward, dtype=np.float64)
    return np.asarray(price_quote, dtype=np.float64) / np.where(underlying > 0.0, underlying, np.nan)


def premium_adjusted_delta(delta: ArrayLike, price_coin: ArrayLike) -> Floats:
    """Return the hedge in coins of a holder whose premium was paid in coins: delta - price_coin.

    Examples
    --------
    >>> float(premium_adjusted_delta(0.5, 0.025))
    0.475
    """
    return np.asarray(np.asarray(delta, dtype=np.float64) - np.asarray(price_coin, dtype=np.float64))


def coin_greeks(
    *,
    is_call: ArrayLike,
    forward: ArrayLike,
    strike: ArrayLike,
    expiry_years: ArrayLike,
    vol: ArrayLike,
    rate: ArrayLike = 0.0,
) -> CoinGreeks:
    """Return price and Greeks of inverse options under Black-76.

    Parameters
    ----------
    is_call, forward, strike, expiry_years, vol, rate : as in `price_and_greeks("black76", ...)`; `forward` is
    the
        expiry's own forward in the quote currency, `rate` (default 0, as the venues take it) discounts.

    Returns
    -------
    CoinGreeks : columns of the broadcast shape.

    Raises
    ------
    ValueError : shapes that do not broadcast.

    Examples
    --------
    >>> g = coin_greeks(is_call=True, forward=60_000.0, strike=60_000.0, expiry_years=30 / 365, vol=0.6)
    >>> round(float(g.price_coin), 6), round(float(g.delta_premium_adjusted), 6)
    (0.068539, 0.46573)
    """
    greeks = price_and_greeks(
        "black76",
        is_call=is_call,
        underlying=forward,
        strike=strike,
        expiry_years=expiry_years,
        vol=vol,
        rate=rate,
    )
    coins = coin_price(greeks.price, forward)
    return CoinGreeks(
        price_coin=coins,
        price_quote=greeks.price,
        delta=greeks.delta,
        delta_premium_adjusted=premium_adjusted_delta(greeks.delta, coins),
        gamma=greeks.gamma,
        vega=greeks.vega,
        theta=greeks.theta,
        rho=greeks.rho,
        vega_coin=coin_price(greeks.vega, forward),
        theta_coin=coin_price(greeks.theta, forward),
        status=greeks.status,
    )
