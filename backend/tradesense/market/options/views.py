"""What the options desk shows of a valued chain: heads, heatmaps, smiles, surfaces as plain values; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.market.options.loading import LoadedChain, RootData
from tradesense.market.options.rules import StrikeFilter, StrikeRule, atm_index, atm_iv, wanted_strikes
from tradesense.market.options.schemas import FeedStatus, HeatmapSide, Metric
from tradesense.market.options.tabulation import UNITS, chain_table, expiry_head, plain_sides
from tradesense.market.options.valuation import ChainValues, Status

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

# As for futures: minute data is a minute old when it is newest, free quotes come fifteen minutes late.
_LIVE = timedelta(seconds=90)
_DELAYED = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class ValuedChain:
    """Stored rows, their columns and their values, all in one order."""

    loaded: LoadedChain
    values: ChainValues

    def rows_of(self, index: int) -> Rows:
        """Return the rows of one expiry, sorted by strike, call before put."""
        return np.flatnonzero(self.loaded.columns.expiry_index == index)


def feed_status(data: RootData, *, is_open: bool | None) -> FeedStatus:
    """Name how fresh data was when asked for; `closed` is the exchange's doing, `stale` is not."""
    age = data.asked_at - data.newest_ts
    if is_open is False:
        return "closed"
    if age > _DELAYED:
        return "stale"
    return "live" if age <= _LIVE else "delayed"


def root_head(data: RootData) -> dict[str, Any]:
    """Return what all answers about one root begin with."""
    terms = data.any_terms
    currency = terms.currency if terms else None
    coin = terms is not None and terms.inverse
    return {
        "underlying": data.root,
        "source": data.source,
        "currency": currency,
        "price_currency": data.root if coin else currency,
        "multiplier": terms.multiplier if terms else None,
        "units": dict(UNITS),
    }


def kept_rows(chain: ValuedChain, index: int, strikes: StrikeFilter) -> Rows:
    """Return the rows of one expiry that a strike filter wants."""
    rows = chain.rows_of(index)
    if strikes.rule is StrikeRule.ALL:
        return rows
    columns, values = chain.loaded.columns, chain.values
    listed, place = np.unique(columns.strike[rows], return_inverse=True)
    deltas = np.full((2, listed.size), np.nan)
    deltas[np.where(columns.is_call[rows], 0, 1), place] = values.delta[rows]
    wanted = wanted_strikes(strikes, listed, values.expiries[index].forward, deltas[0], deltas[1])
    return rows[wanted[place]]


def head_of(chain: ValuedChain, index: int) -> dict[str, Any]:
    """Return the provenance of one expiry."""
    expiry, data = chain.values.expiries[index], chain.loaded.data
    return expiry_head(expiry, data.as_of, data.days_to(expiry.terms.expiry))


def atm_iv_of(chain: ValuedChain, index: int) -> float:
    """Return the volatility at the forward of one expiry, NaN where there is none."""
    rows = chain.rows_of(index)
    status = chain.values.status[rows]
    iv = np.where((status == _OK) | (status == _WIDE), chain.values.iv[rows], np.nan)
    return atm_iv(chain.loaded.columns.strike[rows], iv, chain.values.expiries[index].forward)


_OK, _WIDE = list(Status).index(Status.OK), list(Status).index(Status.WIDE)


def chain_head(chain: ValuedChain, index: int, status: FeedStatus) -> dict[str, Any]:
    """Return what the chain of one expiry begins with."""
    data = chain.loaded.data
    listed = np.unique(chain.loaded.columns.strike[chain.rows_of(index)])
    nearest = atm_index(listed, chain.values.expiries[index].forward)
    return {
        **root_head(data),
        **head_of(chain, index),
        "status": status,
        "newest_ts": data.newest_ts,
        "atm_strike": None if nearest is None else float(listed[nearest]),
        "atm_iv": atm_iv_of(chain, index),
    }


def chain_json(chain: ValuedChain, strikes: StrikeFilter, status: FeedStatus) -> dict[str, Any]:
    """Return the JSON answer of the first expiry of a chain."""
    return chain_documents(chain, status, indices=(0,), strikes=strikes)[0]


def chain_documents(
    chain: ValuedChain, status: FeedStatus, *, indices: Sequence[int], strikes: StrikeFilter
) -> list[dict[str, Any]]:
    """Return the JSON answers of several expiries of a chain."""
    sides = plain_sides(chain.loaded.rows, chain.loaded.columns, chain.values)
    return [
        {**chain_head(chain, index, status), "rows": sides.mirrored(kept_rows(chain, index, strikes))}
        for index in indices
    ]


def sliced_chain(document: dict[str, Any], strikes: StrikeFilter) -> dict[str, Any]:
    """Return a chain's JSON answer with the strikes that a filter wants."""
    rows = document["rows"]
    listed = np.array([row["strike"] for row in rows], np.float64)
    forward = np.nan if document["forward"] is None else document["forward"]
    call, put = (
        np.array([row[side]["delta"] if row[side] else None for row in rows], np.float64)
        for side in ("call", "put")
    )
    wanted = wanted_strikes(strikes, listed, forward, call, put).tolist()
    return {**document, "rows": [row for row, is_wanted in zip(rows, wanted, strict=True) if is_wanted]}


def chain_rows(
    chain: ValuedChain, strikes: StrikeFilter, status: FeedStatus
) -> tuple[dict[str, Any], pa.Table]:
    """Return the head and the table of the first expiry of a chain."""
    table = chain_table(chain.loaded.rows, chain.values, kept_rows(chain, 0, strikes))
    return chain_head(chain, 0, status), table


_METRIC_UNITS = {
    Metric.IV: UNITS["iv"],
    Metric.CHANGE: "fraction per year",
    Metric.OI: "contracts",
    Metric.VOLUME: "contracts",
    Metric.DELTA: UNITS["delta"],
    Metric.GAMMA: UNITS["gamma"],
    Metric.VEGA: UNITS["vega"],
    Metric.THETA: UNITS["theta"],
}


def heatmap_answer(
    chain: ValuedChain,
    earlier: ValuedChain | None,
    metric: Metric,
    side: HeatmapSide,
    strikes: StrikeFilter,
) -> dict[str, Any]:
    """Return a strike × expiry matrix; `earlier` is the chain that `change` compares with."""
    picked = [kept_rows(chain, index, strikes) for index in range(len(chain.values.expiries))]
    column = _metric_column(chain, earlier, metric)
    listed = np.unique(chain.loaded.columns.strike[np.concatenate(picked)])
    matrix = np.full((listed.size, len(picked)), np.nan)
    for index, rows in enumerate(picked):
        _fill(matrix[:, index], listed, chain, index, rows, column, metric, side)
    return {
        **root_head(chain.loaded.data),
        "as_of": chain.loaded.data.as_of,
        "compared_with": earlier.loaded.data.as_of if earlier else None,
        "metric": metric,
        "unit": _METRIC_UNITS[metric],
        "side": side,
        "strikes": listed,
        "expiries": [head_of(chain, index) for index in range(len(picked))],
        "values": matrix,
    }


def _metric_column(chain: ValuedChain, earlier: ValuedChain | None, metric: Metric) -> Floats:
    match metric:
        case Metric.OI:
            return stored_column(chain, "open_interest")
        case Metric.VOLUME:
            return stored_column(chain, "volume")
        case Metric.CHANGE:
            return _change(chain, earlier)
        case _:
            return np.asarray(getattr(chain.values, metric.value), dtype=np.float64)


def stored_column(chain: ValuedChain, name: str) -> Floats:
    """Return a stored number of every option, NaN where none is stored."""
    return np.asarray(chain.loaded.rows[name].cast(pa.float64()).to_numpy(), dtype=np.float64)


def _change(chain: ValuedChain, earlier: ValuedChain | None) -> Floats:
    if earlier is None:
        return np.full(chain.values.iv.shape, np.nan)
    before = dict(zip(earlier.loaded.rows["symbol"].to_pylist(), earlier.values.iv.tolist(), strict=True))
    was = [before.get(symbol, np.nan) for symbol in chain.loaded.rows["symbol"].to_pylist()]
    return chain.values.iv - np.asarray(was, dtype=np.float64)


def _fill(
    target: Floats,
    listed: Floats,
    chain: ValuedChain,
    index: int,
    rows: Rows,
    column: Floats,
    metric: Metric,
    side: HeatmapSide,
) -> None:
    """Write one expiry's column. Counts add up over call and put; of the rest the side decides."""
    strike, is_call = chain.loaded.columns.strike[rows], chain.loaded.columns.is_call[rows]
    if side is HeatmapSide.OTM and metric in (Metric.OI, Metric.VOLUME):
        known = rows[np.isfinite(column[rows])]
        place = np.searchsorted(listed, chain.loaded.columns.strike[known])
        target[place] = 0.0
        np.add.at(target, place, column[known])
        return
    if side is HeatmapSide.OTM:
        wanted = is_call == (strike >= chain.values.expiries[index].forward)
    else:
        wanted = is_call == (side is HeatmapSide.CALL)
    target[np.searchsorted(listed, strike[wanted])] = column[rows[wanted]]


def heatmap_of_chains(
    chains: Sequence[dict[str, Any]], metric: Metric, side: HeatmapSide, strikes: StrikeFilter
) -> dict[str, Any]:
    """Return what `heatmap_answer` does, of the JSON answers of chains; any metric but `change`."""
    sliced = [sliced_chain(chain, strikes) for chain in chains]
    by_expiry = [np.array([row["strike"] for row in chain["rows"]], np.float64) for chain in sliced]
    listed = np.unique(np.concatenate(by_expiry))
    matrix = np.full((listed.size, len(sliced)), np.nan)
    for index, (chain, strike) in enumerate(zip(sliced, by_expiry, strict=True)):
        matrix[np.searchsorted(listed, strike), index] = _cells(chain, strike, metric, side)
    first = chains[0]
    return {
        **{name: first[name] for name in _ROOT_FIELDS},
        "as_of": first["as_of"],
        "compared_with": None,
        "metric": metric,
        "unit": _METRIC_UNITS[metric],
        "side": side,
        "strikes": listed,
        "expiries": [
            {name: value for name, value in chain.items() if name not in _ROOT_FIELDS + _CHAIN_FIELDS}
            for chain in sliced
        ],
        "values": matrix,
    }


_ROOT_FIELDS = ("underlying", "source", "currency", "price_currency", "multiplier", "units")
_CHAIN_FIELDS = ("status", "newest_ts", "atm_strike", "atm_iv", "rows")


def _cells(chain: dict[str, Any], strike: Floats, metric: Metric, side: HeatmapSide) -> Floats:
    name = "open_interest" if metric is Metric.OI else metric.value
    call, put = (
        np.array([row[right][name] if row[right] else None for row in chain["rows"]], np.float64)
        for right in ("call", "put")
    )
    if side is HeatmapSide.CALL:
        return call
    if side is HeatmapSide.PUT:
        return put
    if metric in (Metric.OI, Metric.VOLUME):
        both = np.nan_to_num(call) + np.nan_to_num(put)
        return np.where(np.isnan(call) & np.isnan(put), np.nan, both)
    forward = np.nan if chain["forward"] is None else chain["forward"]
    return np.where(strike >= forward, call, put)


def underlying_item(
    data: RootData, sources: Sequence[str], chain: ValuedChain | None, status: FeedStatus
) -> dict[str, Any]:
    """Return one entry of the list of underlyings; `chain` holds the expiry that the volatility is of."""
    terms = data.any_terms
    front = chain.values.expiries[0] if chain else None
    return {
        "underlying": data.root,
        "source": data.source,
        "sources": list(sources),
        "exchange": terms.exchange if terms else None,
        "currency": terms.currency if terms else None,
        "multiplier": terms.multiplier if terms else None,
        "exercise": terms.exercise if terms else None,
        "inverse": terms.inverse if terms else False,
        "as_of": data.as_of,
        "newest_ts": data.newest_ts,
        "oldest_ts": min(each.first_ts for each in data.expiries),
        "status": status,
        "atm_expiry": front.terms.expiry if front else None,
        "atm_iv": atm_iv_of(chain, 0) if chain else None,
        "forward": front.forward if front else None,
        "expiries": [
            {
                "expiry": each.expiry,
                "expires_at": data.expires_at(each.expiry),
                "dte": data.days_to(each.expiry),
                "contracts": data.terms[each.expiry].contracts if each.expiry in data.terms else 0,
                "newest_ts": min(each.last_ts, data.as_of),
            }
            for each in data.open_expiries()
        ],
    }
