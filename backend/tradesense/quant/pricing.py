"""The two calls everybody uses: model name and columns in, columns out."""

from __future__ import annotations

from tradesense.quant.values import ArrayLike, Codes, Floats, Greeks


def price_and_greeks(
    model: str,
    *,
    is_call: ArrayLike,
    underlying: ArrayLike,
    strike: ArrayLike,
    expiry_years: ArrayLike,
    vol: ArrayLike,
    rate: ArrayLike = 0.0,
    dividend_yield: ArrayLike = 0.0,
    second_order: bool = False,
    threads: int = 1,
) -> Greeks:
    """Return prices and Greeks of options under `model`."""
    raise NotImplementedError


def implied_vol(
    model: str,
    *,
    is_call: ArrayLike,
    price: ArrayLike,
    underlying: ArrayLike,
    strike: ArrayLike,
    expiry_years: ArrayLike,
    rate: ArrayLike = 0.0,
    dividend_yield: ArrayLike = 0.0,
    threads: int = 1,
) -> tuple[Floats, Codes]:
    """Return the volatility that gives `price` back, and a `Status` code per element."""
    raise NotImplementedError


def warm() -> None:
    """Compile, or load from the cache, every kernel that the calls above need."""
    raise NotImplementedError
