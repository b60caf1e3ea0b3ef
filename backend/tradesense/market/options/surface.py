"""Smiles and surfaces as plain values; pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.market.options.schemas import SurfaceModel
from tradesense.market.options.smile import (
    Curve,
    SmileAxis,
    SmileFit,
    call_delta,
    fit_curve,
    fit_svi_curve,
    has_butterfly,
    precision_of,
    rejected_rows,
    smile_rows,
)
from tradesense.market.options.tabulation import words_of
from tradesense.market.options.valuation import STATUS_WORDS
from tradesense.market.options.views import ValuedChain, atm_iv_of, head_of, root_head
from tradesense.quant.svi import total_variance
from tradesense.quant.svi_fit import Earlier, SviFit, fit_svi

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

GRID_POINTS = 61
_DENSITY_AT_THE_MONEY = 3.0
# The grid spans the log-moneyness that nine tenths of the quotes used lie in.
_GRID_QUANTILES = (0.05, 0.95)
# Total variance may fall by this much, relatively, before it counts as arbitrage.
_CALENDAR_TOLERANCE = 1e-3


def smile_values(chain: ValuedChain, index: int, axis: SmileAxis, fit: SmileFit) -> dict[str, Any]:
    """Return points and fitted curve of one expiry, and the quotes that have no place among the points."""
    columns, values = chain.loaded.columns, chain.values
    expiry = values.expiries[index]
    rows = smile_rows(columns, values, index)
    strike, iv = columns.strike[rows], values.iv[rows]
    fit_to = fit_svi_curve if fit is SmileFit.SVI else fit_curve
    curve = fit_to(expiry.forward, expiry.expiry_years, strike, iv, values.iv_bid[rows], values.iv_ask[rows])
    k = np.log(strike / expiry.forward)
    delta = call_delta(expiry.forward, strike, iv, expiry.expiry_years)
    names = (
        "x",
        "symbol",
        "strike",
        "right",
        "log_moneyness",
        "delta",
        "iv",
        "iv_bid",
        "iv_ask",
        "status",
        "quote_age_ms",
    )
    cells = (
        _axis(axis, strike, k, delta),
        chain.loaded.rows["symbol"].take(rows).to_pylist(),
        strike.tolist(),
        ["C" if call else "P" for call in columns.is_call[rows].tolist()],
        k.tolist(),
        delta.tolist(),
        iv.tolist(),
        values.iv_bid[rows].tolist(),
        values.iv_ask[rows].tolist(),
        words_of(values.status[rows], STATUS_WORDS).to_pylist(),
        values.quote_age_ms[rows].tolist(),
    )
    return {
        **head_of(chain, index),
        "atm_iv": atm_iv_of(chain, index),
        "points": [dict(zip(names, point, strict=True)) for point in zip(*cells, strict=True)],
        "fit_method": fit,
        "fit_status": curve.status,
        "fit_rmse": curve.rmse,
        "fit_parameters": asdict(curve.svi) if curve.svi else None,
        "butterfly_arbitrage": has_butterfly(expiry.forward, expiry.expiry_years, curve),
        "fit": _fit_points(curve, axis),
        "rejected": _missing(chain, rejected_rows(columns, values, index)),
    }


def _axis(axis: SmileAxis, strike: Floats, k: Floats, delta: Floats) -> list[float]:
    chosen = {SmileAxis.STRIKE: strike, SmileAxis.LOG_MONEYNESS: k, SmileAxis.DELTA: delta}[axis]
    return [float(each) for each in chosen]


def _fit_points(curve: Curve, axis: SmileAxis) -> list[dict[str, float]]:
    x = _axis(axis, curve.strike, curve.log_moneyness, curve.delta)
    names = ("x", "strike", "log_moneyness", "delta", "iv")
    cells = (x, curve.strike.tolist(), curve.log_moneyness.tolist(), curve.delta.tolist(), curve.iv.tolist())
    return [dict(zip(names, point, strict=True)) for point in zip(*cells, strict=True)]


def raw_surface(chain: ValuedChain) -> dict[str, Any]:
    """Return the surface through the quotes themselves, linear in total variance between them."""
    grid, used, moneyness = _quoted(chain)
    expiries = chain.values.expiries
    variance = np.stack(
        [
            _interpolate(grid, k, chain.values.iv[rows] ** 2 * expiry.expiry_years)
            for expiry, rows, k in zip(expiries, used, moneyness, strict=True)
        ]
    )
    slices = [
        {
            "parameters": None,
            "fit_error": None,
            "fit_status": None,
            "butterfly_arbitrage": _has_butterfly(chain, rows),
            "calendar_arbitrage": _falls(variance[index - 1], variance[index]) if index else None,
        }
        for index, rows in enumerate(used)
    ]
    return _surface(chain, SurfaceModel.RAW, grid, used, slices, variance)


def svi_surface(chain: ValuedChain) -> dict[str, Any]:
    """Return a surface of SVI slices, each drawn between the outermost quotes it is fitted to.

    No slice allows a butterfly; none falls below the one before it where that is quoted, if it can be helped.
    """
    grid, used, moneyness = _quoted(chain)
    slices: list[dict[str, Any]] = []
    variance = np.full((len(used), grid.size), np.nan)
    earlier: Earlier | None = None
    for index, (rows, k) in enumerate(zip(used, moneyness, strict=True)):
        fit = _fitted(chain, index, rows, k, earlier)
        slices.append(_fit_fields(fit))
        if fit.svi is None:
            continue
        low, high = float(k.min()), float(k.max())
        within = (grid >= low) & (grid <= high)
        variance[index, within] = total_variance(grid[within], fit.svi)
        earlier = Earlier(fit.svi, low, high)
    return _surface(chain, SurfaceModel.SVI, grid, used, slices, variance)


def _quoted(chain: ValuedChain) -> tuple[Floats, list[Rows], list[Floats]]:
    """The grid of log-moneyness, and of each expiry the rows that make its smile and where they lie."""
    columns, expiries = chain.loaded.columns, chain.values.expiries
    used = [smile_rows(columns, chain.values, index) for index in range(len(expiries))]
    moneyness = [np.log(columns.strike[rows] / expiries[index].forward) for index, rows in enumerate(used)]
    return _grid(moneyness), used, moneyness


def _fitted(chain: ValuedChain, index: int, rows: Rows, k: Floats, earlier: Earlier | None) -> SviFit:
    values = chain.values
    weight = precision_of(values.iv_bid[rows], values.iv_ask[rows])
    return fit_svi(k, values.iv[rows], values.expiries[index].expiry_years, weight=weight, earlier=earlier)


def _fit_fields(fit: SviFit) -> dict[str, Any]:
    known = fit.svi is not None
    return {
        "parameters": asdict(fit.svi) if fit.svi else None,
        "fit_error": fit.rmse if known else None,
        "fit_status": fit.status,
        "butterfly_arbitrage": False if known else None,
        "calendar_arbitrage": fit.falls_below_earlier,
    }


def _surface(
    chain: ValuedChain,
    model: SurfaceModel,
    grid: Floats,
    used: list[Rows],
    slices: list[dict[str, Any]],
    variance: Floats,
) -> dict[str, Any]:
    years = np.asarray([expiry.expiry_years for expiry in chain.values.expiries])
    expiries = [
        {
            **head_of(chain, index),
            "atm_iv": atm_iv_of(chain, index),
            "quotes_used": int(used[index].size),
            **fields,
        }
        for index, fields in enumerate(slices)
    ]
    return {
        **root_head(chain.loaded.data),
        "as_of": chain.loaded.data.as_of,
        "surface_model": model,
        "log_moneyness": grid,
        "expiries": expiries,
        "iv": np.sqrt(variance / np.where(years > 0.0, years, np.nan)[:, None]),
        "rejected": _rejected(chain, _all_rejected(chain)),
    }


def surface_table(answer: dict[str, Any]) -> pa.Table:
    """Return a surface's grid as rows of expiry, log-moneyness, strike and volatility."""
    grid, iv = answer["log_moneyness"], answer["iv"]
    heads = answer["expiries"]
    forward = np.asarray([head["forward"] for head in heads])
    flat = iv.reshape(-1)
    return pa.table(
        {
            "expiry": pa.array(np.repeat([np.datetime64(head["expiry"]) for head in heads], grid.size)),
            "expiry_years": np.repeat([head["expiry_years"] for head in heads], grid.size),
            "forward": np.repeat(forward, grid.size),
            "log_moneyness": np.tile(grid, len(heads)),
            "strike": (forward[:, None] * np.exp(grid)[None, :]).reshape(-1),
            "iv": pa.array(flat, mask=np.isnan(flat)),
        }
    )


def _grid(moneyness: list[Floats]) -> Floats:
    every = np.concatenate(moneyness)
    if not every.size:
        return _spread_grid(0.1)
    low, high = np.quantile(every, _GRID_QUANTILES)
    widest = max(-float(low), float(high), 0.01)
    return _spread_grid(widest)


def _spread_grid(widest: float) -> Floats:
    """A symmetric grid, denser at the money, where short expiries have all their quotes."""
    u = np.linspace(-1.0, 1.0, GRID_POINTS)
    return np.asarray(widest * np.sinh(_DENSITY_AT_THE_MONEY * u) / np.sinh(_DENSITY_AT_THE_MONEY))


def _interpolate(grid: Floats, k: Floats, variance: Floats) -> Floats:
    if k.size < 2:
        return np.full(grid.shape, np.nan)
    nodes, place = np.unique(k, return_inverse=True)
    means = np.bincount(place, weights=variance) / np.bincount(place)
    return np.interp(grid, nodes, means, left=np.nan, right=np.nan)


def _falls(before: Floats, after: Floats) -> bool:
    return bool(np.any(after < before * (1.0 - _CALENDAR_TOLERANCE)))


def _has_butterfly(chain: ValuedChain, rows: Rows) -> bool | None:
    """Look for three neighbouring strikes of one right whose middle one is dear beyond all half-spreads."""
    columns, values = chain.loaded.columns, chain.values
    found: bool | None = None
    for right in (True, False):
        mine = rows[columns.is_call[rows] == right]
        if mine.size < 3:
            continue
        strike, price = columns.strike[mine], values.mark[mine]
        half = np.nan_to_num(0.5 * (columns.ask[mine] - columns.bid[mine]))
        left_share = (strike[2:] - strike[1:-1]) / (strike[2:] - strike[:-2])
        wings = left_share * price[:-2] + (1.0 - left_share) * price[2:]
        allowed = left_share * half[:-2] + (1.0 - left_share) * half[2:] + half[1:-1]
        found = bool(found) or bool(np.any(price[1:-1] - wings > np.maximum(allowed, 1e-9 * price[1:-1])))
    return found


def _all_rejected(chain: ValuedChain) -> Rows:
    columns, values = chain.loaded.columns, chain.values
    return np.concatenate([rejected_rows(columns, values, index) for index in range(len(values.expiries))])


def _rejected(chain: ValuedChain, rows: Rows) -> list[dict[str, Any]]:
    table = chain.loaded.rows.select(["symbol", "expiry", "strike", "right"]).take(rows)
    return table.append_column("status", words_of(chain.values.status[rows], STATUS_WORDS)).to_pylist()


def _missing(chain: ValuedChain, rows: Rows) -> list[dict[str, Any]]:
    ages = chain.values.quote_age_ms[rows].tolist()
    return [{**each, "quote_age_ms": age} for each, age in zip(_rejected(chain, rows), ages, strict=True)]
