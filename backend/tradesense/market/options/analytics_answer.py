"""Builds the analytics answer from a valued chain; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.market.options.analytics import (
    FEWEST_RANK_DAYS,
    Pain,
    Skew,
    expected_move,
    forward_vols,
    max_pain,
    put_call_ratio,
    rank_of,
    skew_of,
    vol_at_maturity,
)
from tradesense.market.options.formulas import FORMULAS
from tradesense.market.options.gamma_exposure import Book, Convention, walls, zero_gamma
from tradesense.market.options.iv_history import DailyVol
from tradesense.market.options.schemas import FeedStatus
from tradesense.market.options.smile import smile_rows
from tradesense.market.options.valuation import DeltaKind
from tradesense.market.options.views import ValuedChain, atm_iv_of, head_of, root_head, stored_column

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Plain = dict[str, Any]

DELTA_CONVENTION = (
    "undiscounted forward delta N(d1) of the call of each strike at its own volatility: the 25-delta call at "
    "0.25, the 25-delta put at 0.75; out-of-the-money options, linear in delta between them"
)
NAN = float("nan")
_INTEREST = ("call_oi", "put_oi", "call_volume", "put_volume", "call_gex", "put_gex")


@dataclass(frozen=True, slots=True)
class _Sides:
    """What calls and puts add up to at each strike; each array of shape (n,)."""

    strike: Floats
    call_oi: Floats
    put_oi: Floats
    call_volume: Floats
    put_volume: Floats
    call_gex: Floats
    put_gex: Floats

    def columns(self) -> Plain:
        return {"strike": self.strike, **{name: getattr(self, name) for name in _INTEREST}}

    def interest(self) -> Plain:
        calls, puts = float(self.call_oi.sum()), float(self.put_oi.sum())
        bought, sold = float(self.call_volume.sum()), float(self.put_volume.sum())
        return {
            "call_oi": calls,
            "put_oi": puts,
            "call_volume": bought,
            "put_volume": sold,
            "put_call_oi": put_call_ratio(calls, puts),
            "put_call_volume": put_call_ratio(bought, sold),
            "gex": float(self.call_gex.sum() + self.put_gex.sum()),
        }


def analytics_answer(
    chain: ValuedChain,
    *,
    status: FeedStatus,
    convention: Convention,
    history: Sequence[DailyVol],
    days_asked: int,
) -> Plain:
    """Return the answer; `history` holds the 30-day volatilities of earlier days, oldest first."""
    data = chain.loaded.data
    book = _book(chain)
    exposure = book.exposure(convention)
    indices = range(len(chain.values.expiries))
    years = np.asarray([each.expiry_years for each in chain.values.expiries])
    atm = np.asarray([atm_iv_of(chain, index) for index in indices])
    between = forward_vols(atm, years)
    everything = _sides(chain, np.arange(book.strike.size), exposure)
    return {
        **root_head(data),
        "as_of": data.as_of,
        "newest_ts": data.newest_ts,
        "status": status,
        "delta_convention": DELTA_CONVENTION,
        "formulas": FORMULAS,
        "expiries": [
            _expiry(chain, index, atm[: index + 1], float(between[index]), exposure, book.multiplier)
            for index in indices
        ],
        "total": everything.interest(),
        "by_strike": everything.columns(),
        "gamma_exposure": _gamma_exposure(chain, book, convention, everything),
        "iv_rank": _iv_rank(vol_at_maturity(atm, years), history, days_asked),
    }


def analytics_table(answer: Mapping[str, Any]) -> pa.Table:
    """Return one row per expiry and strike: open interest, volume, exposure and pain."""
    expiries = answer["expiries"]
    names = ("strike", *_INTEREST, "call_pain", "put_pain")
    columns = {
        name: np.concatenate([each["strikes"][name] for each in expiries] or [np.empty(0)]) for name in names
    }
    counts = [len(each["strikes"]["strike"]) for each in expiries]
    dates = np.repeat(np.asarray([each["expiry"] for each in expiries], dtype="datetime64[D]"), counts)
    return pa.table(
        {
            "expiry": pa.array(dates),
            **{name: pa.array(column, mask=np.isnan(column)) for name, column in columns.items()},
        }
    )


def _book(chain: ValuedChain) -> Book:
    columns, values = chain.loaded.columns, chain.values
    at = columns.expiry_index
    prices = [
        each.spot if each.delta_kind is DeltaKind.SPOT and np.isfinite(each.spot) else each.forward
        for each in values.expiries
    ]
    terms = chain.loaded.data.any_terms
    multiplier = terms.multiplier if terms else None
    return Book(
        is_call=columns.is_call,
        strike=columns.strike,
        years=np.asarray([each.expiry_years for each in values.expiries])[at],
        vol=values.iv,
        price=np.asarray(prices, dtype=np.float64)[at],
        gamma=values.gamma,
        open_interest=stored_column(chain, "open_interest"),
        multiplier=NAN if multiplier is None else multiplier,
    )


def _sides(chain: ValuedChain, rows: Rows, exposure: Floats) -> _Sides:
    columns = chain.loaded.columns
    strike, place = np.unique(columns.strike[rows], return_inverse=True)
    is_call = columns.is_call[rows]

    def add_up(values: Floats) -> tuple[Floats, Floats]:
        numbers = np.nan_to_num(values[rows])
        calls = np.bincount(place[is_call], weights=numbers[is_call], minlength=strike.size)
        puts = np.bincount(place[~is_call], weights=numbers[~is_call], minlength=strike.size)
        return calls.astype(np.float64), puts.astype(np.float64)

    # An unknown multiplier leaves every exposure unknown; a single unknown gamma adds nothing.
    unknown = bool(exposure.size) and bool(np.isnan(exposure).all())
    call_gex, put_gex = add_up(exposure)
    blank = NAN if unknown else 0.0
    call_oi, put_oi = add_up(stored_column(chain, "open_interest"))
    call_volume, put_volume = add_up(stored_column(chain, "volume"))
    return _Sides(strike, call_oi, put_oi, call_volume, put_volume, call_gex + blank, put_gex + blank)


def _expiry(
    chain: ValuedChain, index: int, atms: Floats, between: float, exposure: Floats, multiplier: float
) -> Plain:
    atm = float(atms[-1])
    columns, values = chain.loaded.columns, chain.values
    expiry = values.expiries[index]
    sides = _sides(chain, chain.rows_of(index), exposure)
    used = smile_rows(columns, values, index)
    skew = skew_of(expiry.forward, expiry.expiry_years, columns.strike[used], values.iv[used], atm)
    move = expected_move(
        expiry.forward, expiry.expiry_years, atm, *_marks_by_strike(chain, chain.rows_of(index))
    )
    pain = max_pain(sides.strike, sides.call_oi, sides.put_oi, multiplier)
    answer = {
        **head_of(chain, index),
        **sides.interest(),
        "atm_iv": atm,
        "forward_vol": between,
        **_skew_fields(skew),
        "expected_move": move.move,
        "expected_low": expiry.forward - move.move,
        "expected_high": expiry.forward + move.move,
        "straddle": move.straddle,
        "straddle_strike": move.straddle_strike,
        "max_pain": pain.strike,
        "quotes_used": int(used.size),
        "quote_age_ms": int(np.median(values.quote_age_ms[used])) if used.size else None,
        "strikes": {**sides.columns(), **_pain_columns(pain)},
    }
    return {**answer, "reasons": _reasons(answer, atms)}


def _skew_fields(skew: Skew) -> Plain:
    return {
        "call_iv_25d": skew.call_iv,
        "put_iv_25d": skew.put_iv,
        "call_strike_25d": skew.call_strike,
        "put_strike_25d": skew.put_strike,
        "risk_reversal_25d": skew.risk_reversal,
        "butterfly_25d": skew.butterfly,
    }


def _pain_columns(pain: Pain) -> Plain:
    return {"call_pain": pain.calls, "put_pain": pain.puts}


def _marks_by_strike(chain: ValuedChain, rows: Rows) -> tuple[Floats, Floats, Floats]:
    columns = chain.loaded.columns
    strike, place = np.unique(columns.strike[rows], return_inverse=True)
    marks = np.full((2, strike.size), np.nan)
    marks[np.where(columns.is_call[rows], 0, 1), place] = chain.values.mark_quote[rows]
    return strike, marks[0], marks[1]


def _reasons(answer: Mapping[str, Any], atms: Floats) -> dict[str, str]:
    """Why each missing number is missing; `atms` are the volatilities of the expiries up to this one."""
    no_vol = "no_forward" if not np.isfinite(answer["forward"]) else "no_vol_at_the_money"
    if not answer["expiry_years"] > 0.0:
        no_vol = "expired"
    no_skew = "no_quote_at_that_delta" if answer["quotes_used"] else "no_quotes"
    no_forward_vol = "total_variance_falls" if np.isfinite(atms[-2:]).all() else "no_vol_at_the_money"
    causes = {
        "atm_iv": no_vol,
        "forward_vol": "first_expiry" if atms.size == 1 else no_forward_vol,
        "butterfly_25d": no_vol if not np.isfinite(answer["atm_iv"]) else no_skew,
        "expected_move": no_vol,
        "expected_low": no_vol,
        "expected_high": no_vol,
        "straddle": "no_quotes",
        "straddle_strike": "no_forward",
        "max_pain": "no_open_interest",
        "put_call_oi": "no_calls_open",
        "put_call_volume": "no_calls_traded",
        "gex": "no_multiplier",
        **dict.fromkeys(
            (
                "call_iv_25d",
                "put_iv_25d",
                "call_strike_25d",
                "put_strike_25d",
                "risk_reversal_25d",
            ),
            no_skew,
        ),
    }
    return {name: cause for name, cause in causes.items() if not np.isfinite(answer[name])}


def _gamma_exposure(chain: ValuedChain, book: Book, convention: Convention, sides: _Sides) -> Plain:
    price = float(book.price[0]) if book.price.size else NAN
    call_wall, put_wall = walls(sides.strike, sides.call_gex, sides.put_gex)
    one_sign = len(set(convention.signs(np.array([True, False])).tolist())) == 1
    flip = NAN if one_sign else zero_gamma(book, convention, price)
    reasons = {}
    unknown = not np.isfinite(book.multiplier)
    for name, value in (("call_wall", call_wall), ("put_wall", put_wall)):
        if not np.isfinite(value):
            reasons[name] = "no_multiplier" if unknown else "no_open_interest"
    if unknown:
        reasons["total"] = "no_multiplier"
    if not np.isfinite(flip):
        reasons["zero_gamma"] = "one_sign" if one_sign else "no_change_of_sign"
    return {
        "sign": convention.sign,
        "unit": convention.unit,
        "formula": convention.formula,
        "unit_words": convention.unit_words(root_head(chain.loaded.data)["currency"]),
        "total": float(sides.call_gex.sum() + sides.put_gex.sum()),
        "call_wall": call_wall,
        "put_wall": put_wall,
        "zero_gamma": flip,
        "reasons": reasons,
    }


def _iv_rank(current: float, history: Sequence[DailyVol], days_asked: int) -> Plain:
    rank = rank_of(current, np.asarray([each.iv for each in history]))
    reasons: dict[str, str] = {}
    if not np.isfinite(current):
        reasons["iv_30d"] = "no_expiries_around_30_days"
    for name in ("rank", "percentile", "low", "high"):
        if np.isfinite(getattr(rank, name)):
            continue
        few = "too_few_days" if len(history) < FEWEST_RANK_DAYS else "all_days_equal"
        reasons[name] = reasons.get("iv_30d", few) if days_asked else "not_asked"
    return {
        "iv_30d": current,
        "rank": rank.rank,
        "percentile": rank.percentile,
        "low": rank.low,
        "high": rank.high,
        "days_asked": days_asked,
        "days": [{"day": each.day, "iv": each.iv} for each in history],
        "reasons": reasons,
    }
