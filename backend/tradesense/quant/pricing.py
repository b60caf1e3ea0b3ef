"""The two calls everybody uses: model name and columns in, columns out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Final

import numpy as np

from tradesense.quant import american, bachelier, black, implied
from tradesense.quant.columns import Column, Shape, common_shape, spread
from tradesense.quant.parity import parity_forward
from tradesense.quant.values import AMERICAN_MODELS, EUROPEAN_MODELS, MODELS, ArrayLike, Codes, Floats, Greeks

_MIN_SHARE: Final = {"american": 16, "european": 4096}
_SECOND_STEP: Final = 1e-3
_ON_FORWARD: Final = ("black76", "bachelier")


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
    """Return prices and Greeks of options under `model`.

    Parameters
    ----------
    model : one of `MODELS`.
    is_call : bool, True for a call, False for a put.
    underlying : forward for `black76` and `bachelier`, spot otherwise; >= 0 (`bachelier`: any finite number).
    strike : same unit as `underlying`; >= 0 (`bachelier`: any finite number).
    expiry_years : years to expiry, >= 0; a negative time is an expired option (NaN, `Status.EXPIRED`).
    vol : fraction per square root of a year, >= 0 (`bachelier`: price units per square root of a year).
    rate : continuously compounded, per year; default 0. May be negative.
    dividend_yield : continuously compounded, per year; default 0. Ignored by `black76` and `bachelier`; an
        option on a future under the other models has `dividend_yield` = `rate`.
    second_order : also return vanna, charm and vomma.
    threads : share the columns among this many threads; default 1. The result does not depend on it.

    All arrays broadcast against each other; dtype float64 (`is_call` bool).

    Returns
    -------
    Greeks : columns of the broadcast shape in the units of `tradesense.quant.values`. Where `status` is not
    `Status.OK` the numbers are NaN.

    Raises
    ------
    ValueError : unknown model, or shapes that do not broadcast.

    Notes
    -----
    Limits: at zero time or zero vol the European models give the discounted intrinsic value and its Greeks
    (exactly at the money: delta one half, gamma NaN); American models give the best certain exercise value.
    Deep wings: an out-of-the-money European price keeps its relative accuracy down to 1e-300.
    American theta is the derivative by time with everything else held; zero where exercise is due at once.

    References
    ----------
    See the kernels: `black`, `bachelier`, `bjerksund_stensland`, `barone_adesi_whaley`, `lattice`.

    Examples
    --------
    >>> greeks = price_and_greeks("black76", is_call=True, underlying=100.0, strike=[95.0, 105.0],
    ...                           expiry_years=0.25, vol=[0.2, 0.25], rate=0.03)
    >>> greeks.price.round(4).tolist(), greeks.delta.round(4).tolist()
    ([6.8366, 2.9694], [0.7079, 0.3687])
    """
    _check(model)
    values = (underlying, strike, expiry_years, vol, rate, dividend_yield)
    shape, columns = _columns(is_call, values, model)
    out = np.empty((6, columns[0].size))
    status = np.empty(columns[0].size, dtype=np.int8)
    price, delta, gamma, vega, theta, rho = out
    outputs = (price, delta, gamma, vega, theta, rho, status)
    _share(_GREEKS[model], (*_inputs(model, columns), *outputs), threads, model)
    if len(shape) != 1:
        price, delta, gamma, vega, theta, rho = out.reshape(6, *shape)
        status = status.reshape(shape)
    if not second_order:
        return Greeks(price, delta, gamma, vega, theta, rho, status)
    more = _second_order(model, columns, shape, threads)
    return Greeks(price, delta, gamma, vega, theta, rho, status, *more)


def price(
    model: str,
    *,
    is_call: ArrayLike,
    underlying: ArrayLike,
    strike: ArrayLike,
    expiry_years: ArrayLike,
    vol: ArrayLike,
    rate: ArrayLike = 0.0,
    dividend_yield: ArrayLike = 0.0,
    threads: int = 1,
) -> tuple[Floats, Codes]:
    """Return prices and statuses alone, which under an American model is less work.

    Parameters, raises and limits are those of `price_and_greeks`.

    Returns
    -------
    price : float64 of the broadcast shape, NaN unless the status is OK.
    status : int8 codes of `Status`.

    Examples
    --------
    >>> worth, status = price("barone_adesi_whaley", is_call=False, underlying=100.0, strike=100.0,
    ...                       expiry_years=0.5, vol=0.35, rate=0.1, dividend_yield=0.1)
    >>> round(float(worth), 3), int(status)
    (9.51, 0)
    """
    _check(model)
    values = (underlying, strike, expiry_years, vol, rate, dividend_yield)
    shape, columns = _columns(is_call, values, model)
    if model in EUROPEAN_MODELS:
        greeks = price_and_greeks(
            model,
            is_call=columns[0],
            underlying=columns[1],
            strike=columns[2],
            expiry_years=columns[3],
            vol=columns[4],
            rate=columns[5],
            dividend_yield=columns[6],
            threads=threads,
        )
        return greeks.price.reshape(shape), greeks.status.reshape(shape)
    worth = np.empty(columns[0].size)
    status = np.empty(columns[0].size, dtype=np.int8)
    _share(_American(model, american.american_prices), (*columns, worth, status), threads, model)
    return worth.reshape(shape), status.reshape(shape)


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
    """Return the volatility that gives `price` back, and a `Status` code per element.

    Parameters
    ----------
    price : present value of the option in the unit of `underlying`; NaN means that there is no quote.
    Others : as in `price_and_greeks`.

    Returns
    -------
    iv : float64 of the broadcast shape, NaN unless the status is OK.
    status : int8 codes of `Status`: `NO_QUOTE` (price NaN), `BELOW_INTRINSIC` (at or below the value without
        vol, so no positive vol gives it), `ABOVE_MAXIMUM` (at or above what infinite vol gives), `EXPIRED`
        (no time left), `INVALID` (a number that makes no sense), `NO_SOLUTION`.

    Raises
    ------
    ValueError : unknown model, or shapes that do not broadcast.

    Notes
    -----
    European models: |error| <= max(1e-12, 300 eps price / vega), on the wings too. American models: the price
    function is solved to the last digits; where its vol hardly matters, so does the answer.

    References
    ----------
    See `implied`.

    Examples
    --------
    >>> from tradesense.quant import STATUS_WORDS
    >>> iv, status = implied_vol("black76", is_call=[True, True], price=[6.836596, 4.9], underlying=100.0,
    ...                          strike=95.0, expiry_years=0.25, rate=0.03)
    >>> iv.round(6).tolist(), [STATUS_WORDS[code] for code in status]
    ([0.2, nan], ['ok', 'below_intrinsic'])
    """
    _check(model)
    values = (underlying, strike, expiry_years, price, rate, dividend_yield)
    shape, columns = _columns(is_call, values, model)
    call, spot, strikes, years, prices, rates, yields = columns
    iv = np.empty(call.size)
    status = np.empty(call.size, dtype=np.int8)
    tail = (spot, strikes, years, rates) if model in _ON_FORWARD else (spot, strikes, years, rates, yields)
    _share(_IMPLIED[model], (call, prices, *tail, iv, status), threads, model)
    return iv.reshape(shape), status.reshape(shape)


def warm() -> None:
    """Compile, or load from the cache, every kernel that the calls above need.

    Takes some half a minute where nothing is cached yet, about a second where all is; call it beside the
    start of a program, before the first request that needs the kernels.
    """
    for model in MODELS:
        common: dict[str, Any] = {
            "is_call": [True, False],
            "underlying": 100.0,
            "strike": 101.0,
            "expiry_years": 0.5,
        }
        rates: dict[str, Any] = {"rate": 0.03, "dividend_yield": 0.01}
        vol = 20.0 if model == "bachelier" else 0.2
        greeks = price_and_greeks(model, vol=vol, second_order=model in EUROPEAN_MODELS, **common, **rates)
        price(model, vol=vol, **common, **rates)
        implied_vol(model, price=greeks.price, **common, **rates)
    strikes = np.array([95.0, 100.0, 105.0])
    for rate in (None, 0.0):
        parity_forward(
            strikes, strikes - 90.0, strikes - 89.0, strikes - 90.0, strikes - 89.0, 0.5, rate=rate
        )


def _check(model: str) -> None:
    if model not in MODELS:
        raise ValueError(f"unknown model {model!r}; known: {', '.join(MODELS)}")


def _columns(is_call: ArrayLike, values: tuple[ArrayLike, ...], model: str) -> tuple[Shape, list[Column]]:
    """Return the common shape and the columns; a model on a forward gets its rate as the yield it ignores."""
    arrays: list[Column] = [np.asarray(is_call, dtype=np.bool_)]
    arrays += [np.asarray(value, dtype=np.float64) for value in values]
    shape = common_shape(arrays)
    if model in _ON_FORWARD:
        columns = [spread(array, shape) for array in arrays[:-1]]
        return shape, [*columns, columns[-1]]
    return shape, [spread(array, shape) for array in arrays]


def _inputs(model: str, columns: list[Column]) -> tuple[Column, ...]:
    return tuple(columns[:-1]) if model in _ON_FORWARD else tuple(columns)


class _American:
    """A kernel of `american` with its model's code as the first argument."""

    def __init__(self, model: str, kernel: Callable[..., None]) -> None:
        self._code = american.MODEL_CODES[model]
        self._kernel = kernel

    def __call__(self, *columns: Column) -> None:
        self._kernel(self._code, *columns)


_GREEKS: Final[dict[str, Callable[..., None]]] = {
    "black76": black.black76_greeks,
    "black_scholes_merton": black.bsm_greeks,
    "bachelier": bachelier.bachelier_greeks,
    **{model: _American(model, american.american_greeks) for model in AMERICAN_MODELS},
}
_IMPLIED: Final[dict[str, Callable[..., None]]] = {
    "black76": implied.black76_implied,
    "black_scholes_merton": implied.bsm_implied,
    "bachelier": bachelier.bachelier_implied,
    **{model: _American(model, american.american_implied) for model in AMERICAN_MODELS},
}


def _share(kernel: Callable[..., None], columns: tuple[Column, ...], threads: int, model: str) -> None:
    """Run `kernel` over the columns, cut into one stretch a thread where they are long; it frees the GIL."""
    if threads < 2:
        kernel(*columns)
        return
    size = columns[0].size
    least = _MIN_SHARE["european" if model in EUROPEAN_MODELS else "american"]
    parts = min(threads, size // least)
    if parts < 2:
        kernel(*columns)
        return
    edges = [size * part // parts for part in range(parts + 1)]
    with ThreadPoolExecutor(parts) as pool:
        jobs = [
            pool.submit(kernel, *(column[start:end] for column in columns)) for start, end in pairwise(edges)
        ]
        for job in jobs:
            job.result()


def _second_order(
    model: str, columns: list[Column], shape: Shape, threads: int
) -> tuple[Floats, Floats, Floats]:
    call, underlying, strike, years, vol, rate, dividend_yield = columns
    out = np.empty((3, call.size))
    if model == "bachelier":
        _share(bachelier.bachelier_second_order, (*columns[:-1], *out), threads, model)
    elif model in EUROPEAN_MODELS:
        carry = rate if model == "black76" else dividend_yield
        _share(black.second_order, (call, underlying, strike, years, vol, rate, carry, *out), threads, model)
    else:
        out[:] = _differences(model, columns, threads)
    return out[0].reshape(shape), out[1].reshape(shape), out[2].reshape(shape)


def _differences(model: str, columns: list[Column], threads: int) -> tuple[Floats, Floats, Floats]:
    """Return vanna, charm and vomma of an American model as central differences of delta and vega."""
    call, underlying, strike, years, vol, rate, dividend_yield = columns

    def shifted(vols: Floats, times: Floats) -> Greeks:
        return price_and_greeks(
            model,
            is_call=call,
            underlying=underlying,
            strike=strike,
            expiry_years=times,
            vol=vols,
            rate=rate,
            dividend_yield=dividend_yield,
            threads=threads,
        )

    dv = np.maximum(_SECOND_STEP, 0.01 * vol)
    dt = 0.01 * years
    with np.errstate(invalid="ignore", divide="ignore"):
        up, down = shifted(vol + dv, years), shifted(np.maximum(vol - dv, 0.0), years)
        points = (vol + dv - np.maximum(vol - dv, 0.0)) * 100.0
        vanna = (up.delta - down.delta) / points
        vomma = (up.vega - down.vega) / points
        later, sooner = shifted(vol, years + dt), shifted(vol, years - dt)
        charm = (sooner.delta - later.delta) / (2.0 * dt * 365.0)
    return vanna, charm, vomma
