"""Inverse (coin-settled) options: the premium is paid in the underlying itself."""

from __future__ import annotations

from dataclasses import dataclass

from tradesense.quant.values import ArrayLike, Codes, Floats


@dataclass(frozen=True, slots=True)
class CoinGreeks:
    """Price and Greeks of an inverse option as coin venues state them.

    `price_coin` in coin, `price_quote` in the quote currency; `delta` is Black's forward delta (Deribit),
    `delta_premium_adjusted` = delta - price_coin (OKX); gamma per 1.00 squared; `vega`, `theta`, `rho` in the
    quote currency (per point, per day, per 0.01) and `vega_coin`, `theta_coin` in coin.
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
    """Return a quote-currency price in coin: price / forward."""
    raise NotImplementedError


def premium_adjusted_delta(delta: ArrayLike, price_coin: ArrayLike) -> Floats:
    """Return delta - price_coin."""
    raise NotImplementedError


def coin_greeks(
    *, is_call: ArrayLike, forward: ArrayLike, strike: ArrayLike, expiry_years: ArrayLike, vol: ArrayLike, rate: ArrayLike = 0.0
) -> CoinGreeks:
    """Value inverse options with Black-76."""
    raise NotImplementedError
