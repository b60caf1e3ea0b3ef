"""What put-call parity says about one expiry: the forward and the discount factor, in spite of bad quotes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tradesense.quant.values import ArrayLike, Floats, ParityFit


def parity_forward(
    strike: ArrayLike,
    call_bid: ArrayLike,
    call_ask: ArrayLike,
    put_bid: ArrayLike,
    put_ask: ArrayLike,
    expiry_years: float,
    *,
    rate: float | None = None,
) -> ParityFit:
    """Fit C - P = D (F - K) to the quotes of one expiry."""
    raise NotImplementedError
