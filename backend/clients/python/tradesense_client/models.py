"""What the API answers, as types for checkers; plain dictionaries at run time.

Written by `make_models.py` from the API's own description: don't edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Bar(TypedDict):
    ts: str
    open: float | None
    high: float | None
    low: float | None
    close: float | None
    volume: float | None
    open_interest: float | None


BarInterval = Literal["1s", "1m", "5m", "15m", "30m", "1h", "1d"]


class BarsAnswer(TypedDict):
    symbol: str
    source: str
    interval: BarInterval
    built_from: Literal["1s", "1m", "5m", "15m", "1h", "1d", "quotes"]
    as_of: str
    truncated: bool
    items: list[Bar]
    next_cursor: NotRequired[None]


class ChainAnswer(TypedDict):
    expiry: str
    expires_at: str
    dte: int
    expiry_years: float
    underlying_symbol: str | None
    spot: float | None
    forward: float | None
    forward_source: Literal["future", "parity", "spot_carry"] | None
    parity_forward: float | None
    parity_pairs: int
    parity_residual: float | None
    rate: float
    rate_source: Literal["parity", "assumed", "convention"]
    dividend_yield: float | None
    day_count: Literal["ACT/365F"]
    as_of: str
    model: Literal[
        "black76",
        "black_scholes_merton",
        "bachelier",
        "bjerksund_stensland_2002",
        "barone_adesi_whaley",
        "binomial",
    ]
    delta_kind: Literal["forward", "spot", "premium_adjusted"]
    underlying: str
    source: str
    currency: str | None
    price_currency: str | None
    multiplier: float | None
    units: dict[str, str]
    status: Literal["live", "delayed", "stale", "closed"]
    newest_ts: str
    atm_strike: float | None
    atm_iv: float | None
    rows: list[ChainRow]


class ChainRow(TypedDict):
    strike: float
    call: OptionSide | None
    put: OptionSide | None


class Curve(TypedDict):
    as_of: str
    source: str
    status: Literal["live", "delayed", "stale", "closed"]
    reference: CurveReference | None
    shape: Literal["contango", "backwardation", "flat"] | None
    shape_pct: float | None
    shape_pct_annualised: float | None
    points: list[CurvePoint]


class CurveAnswer(TypedDict):
    as_of: str
    source: str
    status: Literal["live", "delayed", "stale", "closed"]
    reference: CurveReference | None
    shape: Literal["contango", "backwardation", "flat"] | None
    shape_pct: float | None
    shape_pct_annualised: float | None
    points: list[CurvePoint]
    root: str
    currency: str | None
    compare: list[Curve]


class CurvePoint(TypedDict):
    symbol: str
    expiry: str | None
    expires_at: str | None
    expiry_years: float | None
    price: float | None
    price_kind: Literal["mid", "mark", "last", "settlement"] | None
    bid: float | None
    ask: float | None
    volume: float | None
    open_interest: float | None
    basis: float | None
    basis_pct: float | None
    basis_annualised: float | None
    roll_yield_annualised: float | None
    ts: str | None
    quote_age_ms: int | None
    status: Literal["ok", "no_quote", "crossed", "wide", "expired"]


class CurveReference(TypedDict):
    symbol: str
    kind: Literal["spot", "perpetual", "front"]
    price: float


Exercise = Literal["european", "american"]


class Feed(TypedDict):
    feed: str
    name: str
    kind: FeedKind
    enabled: bool
    switchable: bool
    state: Literal["live", "delayed", "stale", "closed", "off"]
    last_tick_ts: str | None
    reason: str | None
    address: str | None
    instruments: int
    quotes_per_second: float
    rejected: dict[str, int]
    fault: Literal["stale", "gap", "duplicate", "out_of_order", "crossed", "garbage", "disconnect"] | None


FeedKind = Literal["simulated", "venue", "push", "replay"]


class FuturesContract(TypedDict):
    symbol: str
    source_symbol: str
    kind: Literal["future", "perpetual"]
    expiry: str | None
    expires_at: str | None
    days_to_expiry: float | None
    first_notice: str | None
    last_trade: str | None
    quote: FuturesQuote


class FuturesProduct(TypedDict):
    root: str
    name: str | None
    sector: str | None
    exchange: str | None
    currency: str | None
    multiplier: float | None
    tick: float | None
    time_zone: str | None
    source: str
    sources: list[str]
    first_ts: str
    last_ts: str
    status: Literal["live", "delayed", "stale", "closed"]
    contract_count: int
    front: FuturesContract | None


class FuturesProductDetail(TypedDict):
    root: str
    name: str | None
    sector: str | None
    exchange: str | None
    currency: str | None
    multiplier: float | None
    tick: float | None
    time_zone: str | None
    source: str
    sources: list[str]
    first_ts: str
    last_ts: str
    status: Literal["live", "delayed", "stale", "closed"]
    contract_count: int
    front: FuturesContract | None
    as_of: str
    contracts: list[FuturesContract]


class FuturesQuote(TypedDict):
    symbol: str
    source: str | None
    bid: float | None
    ask: float | None
    bid_size: float | None
    ask_size: float | None
    last: float | None
    last_ts: str | None
    price: float | None
    price_kind: Literal["mid", "mark", "last", "settlement"] | None
    previous: float | None
    previous_kind: Literal["settlement", "last", "mid"] | None
    change: float | None
    change_pct: float | None
    volume: float | None
    open_interest: float | None
    ts: str | None
    quote_age_ms: int | None
    status: Literal["ok", "no_quote", "crossed", "wide", "expired"]


class InstrumentItem(TypedDict):
    symbol: str
    source: str
    source_symbol: str
    kind: Kind
    root: str
    underlying: str | None
    expiry: str | None
    expires_at: str | None
    first_notice: str | None
    last_trade: str | None
    strike: float | None
    right: Right | None
    exercise: Exercise | None
    settlement: Settlement | None
    multiplier: float | None
    tick: float | None
    currency: str | None
    exchange: str | None
    time_zone: str | None
    inverse: bool


Kind = Literal["future", "option", "perpetual", "index", "equity"]


class OptionSide(TypedDict):
    symbol: str
    bid: float | None
    ask: float | None
    last: float | None
    mark: float | None
    mark_quote: float | None
    mark_source: Literal["venue", "mid", "last"] | None
    volume: float | None
    open_interest: float | None
    iv_bid: float | None
    iv_ask: float | None
    iv: float | None
    delta: float | None
    gamma: float | None
    vega: float | None
    theta: float | None
    rho: float | None
    status: Literal["ok", "no_quote", "crossed", "wide", "below_intrinsic", "no_solution", "expired"]
    quote_age_ms: int
    ts: str


class QuotesAnswer(TypedDict):
    as_of: str
    items: list[FuturesQuote]


Right = Literal["C", "P"]


Settlement = Literal["cash", "physical"]


class StoredExpiryItem(TypedDict):
    expiry: str
    expires_at: str
    dte: int
    contracts: int
    newest_ts: str


class UnderlyingItem(TypedDict):
    underlying: str
    source: str
    sources: list[str]
    exchange: str | None
    currency: str | None
    multiplier: float | None
    exercise: str | None
    inverse: bool
    as_of: str
    newest_ts: str
    oldest_ts: str
    status: Literal["live", "delayed", "stale", "closed"]
    atm_expiry: str | None
    atm_iv: float | None
    forward: float | None
    expiries: list[StoredExpiryItem]
