"""Option maths on arrays: prices, Greeks, implied volatility, parity forwards; no I/O, no clock, no log.

Conventions (units, broadcasting, bad cells) are stated once in `tradesense.quant.values`.
"""

from __future__ import annotations

from tradesense.quant import daycount
from tradesense.quant.inverse import CoinGreeks, coin_greeks, coin_price, premium_adjusted_delta
from tradesense.quant.parity import parity_forward
from tradesense.quant.pricing import implied_vol, price, price_and_greeks, warm
from tradesense.quant.values import (
    AMERICAN_MODELS,
    EUROPEAN_MODELS,
    MODELS,
    STATUS_WORDS,
    Greeks,
    ParityFit,
    Status,
)

__all__ = [
    "AMERICAN_MODELS",
    "EUROPEAN_MODELS",
    "MODELS",
    "STATUS_WORDS",
    "CoinGreeks",
    "Greeks",
    "ParityFit",
    "Status",
    "coin_greeks",
    "coin_price",
    "daycount",
    "implied_vol",
    "parity_forward",
    "premium_adjusted_delta",
    "price",
    "price_and_greeks",
    "warm",
]
