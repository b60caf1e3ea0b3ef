"""Cash dividends by the escrowed model: the dividends are taken out of the spot, the rest is Black-Scholes.

References
----------
Hull, J. C., "Options, Futures, and Other Derivatives", 9th ed. (2014), section 15.12, example 15.9.
"""

from __future__ import annotations

import numpy as np

from tradesense.quant.values import ArrayLike, Floats


def escrowed_spot(
    spot: ArrayLike,
    dividend_years: ArrayLike,
    dividend_cash: ArrayLike,
    expiry_years: ArrayLike,
    rate: ArrayLike = 0.0,
) -> Floats:
    """Return the spot less the present value of the cash dividends paid before expiry.

    Parameters
    ----------
    spot, expiry_years, rate : float64, broadcasting to one shape; rate continuous per year, default 0.
    dividend_years, dividend_cash : float64, shape (d,): when each is paid, in years, and how much, in the
    spot's
        unit. One paid after an option's expiry, or not after now, does not count.

    Returns
    -------
    float64 of the broadcast shape, to be used as `underlying` of `black_scholes_merton`. Never below 0.

    Examples
    --------
    >>> round(float(escrowed_spot(40.0, [1 / 6, 5 / 12], [0.5, 0.5], 0.5, 0.09)), 4)
    39.0258
    """
    s, t, r = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (spot, expiry_years, rate))
    )
    when = np.asarray(dividend_years, dtype=np.float64)
    cash = np.asarray(dividend_cash, dtype=np.float64)
    due = (when > 0.0) & (when <= t[..., None])
    present = np.where(due, cash * np.exp(-r[..., None] * when), 0.0).sum(axis=-1)
    return np.asarray(np.maximum(s - present, 0.0))
