"""From stored columns to forward, rate, implied volatility and Greeks: pure arithmetic on arrays.

Knows neither the store nor HTTP. `value_chain` takes the options of one root, of one or of many expiries, and
makes one vectorised call per model. Prices come in the instrument's own unit; an inverse option's coin price
is turned into the quote currency with the forward of its expiry (price x forward), and its Greeks are of that
quote-currency value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tradesense import quant
from tradesense.market.options.forwards import (
    YEAR_SECONDS,
    Carry,
    ExpiryTerms,
    ForwardSource,
    RateSource,
    carry_of,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

__all__ = [
    "DAY_COUNT",
    "ChainColumns",
    "ChainValues",
    "DeltaKind",
    "ExpiryTerms",
    "ExpiryValues",
    "ForwardSource",
    "MarkSource",
    "Model",
    "RateSource",
    "Status",
    "value_chain",
]

DAY_COUNT = "ACT/365F"

# A quote is wide when its spread is more than half its middle and more than three ticks.
_WIDE_SHARE = 0.5
_WIDE_TICKS = 3.0


class Model(StrEnum):
    """The pricing models, by the names callers use."""

    BLACK76 = "black76"
    BLACK_SCHOLES_MERTON = "black_scholes_merton"
    BACHELIER = "bachelier"
    BJERKSUND_STENSLAND_2002 = "bjerksund_stensland_2002"
    BARONE_ADESI_WHALEY = "barone_adesi_whaley"
    BINOMIAL = "binomial"

    @property
    def on_forward(self) -> bool:
        """Whether the model's underlying is the forward; the others take spot and dividend yield."""
        return self in (Model.BLACK76, Model.BACHELIER)


class DeltaKind(StrEnum):
    """Per 1.00 of what the delta is, and whether the premium is taken off."""

    FORWARD = "forward"
    SPOT = "spot"
    PREMIUM_ADJUSTED = "premium_adjusted"


class MarkSource(StrEnum):
    """Where the price behind `iv` and the Greeks comes from."""

    VENUE = "venue"
    MID = "mid"
    LAST = "last"


class Status(StrEnum):
    """Why a row has numbers, or has none. The order is that of the codes in `ChainValues.status`."""

    OK = "ok"
    NO_QUOTE = "no_quote"
    CROSSED = "crossed"
    WIDE = "wide"
    BELOW_INTRINSIC = "below_intrinsic"
    NO_SOLUTION = "no_solution"
    EXPIRED = "expired"


STATUS_WORDS: tuple[str, ...] = tuple(status.value for status in Status)
MARK_SOURCES: tuple[str | None, ...] = (None, *(source.value for source in MarkSource))
_CODE = {status: code for code, status in enumerate(Status)}
_MARK_CODE = {source: code + 1 for code, source in enumerate(MarkSource)}


@dataclass(frozen=True, slots=True)
class ChainColumns:
    """The latest row of each option of one root; every array has shape (n,), NaN where a value is missing.

    `expiry_index` points into `expiries`; `ts_us` is the row's time in microseconds since 1970 UTC;
    `venue_underlying` is the venue's own underlying price, a forward where `venue_is_forward` and the spot
    elsewhere. `tick` is the options' smallest price step, NaN where unknown.
    """

    expiries: tuple[ExpiryTerms, ...]
    expiry_index: Ints
    strike: Floats
    is_call: Bools
    bid: Floats
    ask: Floats
    mark: Floats
    last: Floats
    ts_us: Ints
    venue_underlying: Floats
    venue_is_forward: Bools
    tick: float = float("nan")


@dataclass(frozen=True, slots=True)
class ExpiryValues:
    """What every option of one expiry shares. `forward` is NaN where none could be found."""

    terms: ExpiryTerms
    expiry_years: float
    forward: float
    forward_source: ForwardSource | None
    rate: float
    rate_source: RateSource
    spot: float
    dividend_yield: float
    parity_forward: float
    parity_pairs: int
    parity_residual: float
    model: Model
    delta_kind: DeltaKind


@dataclass(frozen=True, slots=True)
class ChainValues:
    """The valued chain; arrays of shape (n,) in the order of the columns, NaN where there is no number.

    `mark` is in the instrument's own unit, `mark_quote` in the quote currency. Greeks are in the units of
    `quant`, of the quote-currency value. `status` holds codes into `STATUS_WORDS`, `mark_source` codes into
    `MARK_SOURCES`.
    """

    expiries: tuple[ExpiryValues, ...]
    mark: Floats
    mark_source: Codes
    mark_quote: Floats
    iv_bid: Floats
    iv_ask: Floats
    iv: Floats
    delta: Floats
    gamma: Floats
    vega: Floats
    theta: Floats
    rho: Floats
    status: Codes
    quote_age_ms: Ints


def value_chain(
    columns: ChainColumns,
    *,
    as_of_us: int,
    assumed_rate: float,
    model: Model | None = None,
    delta_kind: DeltaKind | None = None,
    mark_only: bool = False,
) -> ChainValues:
    """Value every row at `as_of_us` (microseconds since 1970 UTC).

    Per expiry: the forward from the underlying future, the venue, put-call parity or spot and carry, in this
    order; the rate from parity where it is sane, else `assumed_rate` (annual, continuous). `model` overrides
    the choice by exercise style; `delta_kind` overrides spot delta for options on an index or a share and
    forward delta elsewhere. `mark_only` leaves out the volatilities of bid and ask (NaN), which spares two
    thirds of the solving.
    """
    quotes = _clean_quotes(columns)
    expiries = tuple(
        _expiry_values(columns, quotes, i, as_of_us, assumed_rate, model, delta_kind)
        for i in range(len(columns.expiries))
    )
    rows = _Rows.spread(columns, expiries)
    ivs, solver = _implied_vols(rows, quotes, mark_only)
    greeks = _greeks(rows, ivs.mark)
    status = _statuses(columns, quotes, rows, ivs, solver)
    blank = np.isin(status, (_CODE[Status.EXPIRED],))
    delta, gamma = _in_kind(rows, greeks.delta, greeks.gamma, quotes.mark * rows.unit_value)
    return ChainValues(
        expiries=expiries,
        mark=quotes.mark,
        mark_source=quotes.mark_source,
        mark_quote=quotes.mark * rows.unit_value,
        iv_bid=_blanked(ivs.bid, blank),
        iv_ask=_blanked(ivs.ask, blank),
        iv=_blanked(ivs.mark, blank),
        delta=_blanked(delta, blank),
        gamma=_blanked(gamma, blank),
        vega=_blanked(greeks.vega, blank),
        theta=_blanked(greeks.theta, blank),
        rho=_blanked(greeks.rho, blank),
        status=status,
        # A venue's clock may be a little ahead of ours; no quote is younger than new.
        quote_age_ms=np.maximum(as_of_us - columns.ts_us, 0) // 1000,
    )


@dataclass(frozen=True, slots=True)
class _Quotes:
    bid: Floats
    ask: Floats
    mark: Floats
    mark_source: Codes
    crossed: Bools


@dataclass(frozen=True, slots=True)
class _Vols:
    bid: Floats
    ask: Floats
    mark: Floats


def _clean_quotes(columns: ChainColumns) -> _Quotes:
    """A price of zero or less is none; the mark is the venue's, the middle, or a quoteless venue's last."""
    bid = np.where(columns.bid > 0.0, columns.bid, np.nan)
    ask = np.where(columns.ask > 0.0, columns.ask, np.nan)
    crossed = bid > ask
    middle = np.where(crossed, np.nan, 0.5 * (bid + ask))
    venue = np.where(columns.mark > 0.0, columns.mark, np.nan)
    quoteless = np.isnan(bid).all() and np.isnan(ask).all() and np.isnan(venue).all()
    last = np.where((columns.last > 0.0) & quoteless, columns.last, np.nan)
    mark = np.where(np.isnan(venue), np.where(np.isnan(middle), last, middle), venue)
    source = np.select(
        [~np.isnan(venue), ~np.isnan(middle), ~np.isnan(last)],
        [_MARK_CODE[MarkSource.VENUE], _MARK_CODE[MarkSource.MID], _MARK_CODE[MarkSource.LAST]],
        default=0,
    ).astype(np.int8)
    return _Quotes(bid, ask, mark, source, crossed)


def _expiry_values(
    columns: ChainColumns,
    quotes: _Quotes,
    index: int,
    as_of_us: int,
    assumed_rate: float,
    model: Model | None,
    delta_kind: DeltaKind | None,
) -> ExpiryValues:
    terms = columns.expiries[index]
    mine = columns.expiry_index == index
    years = (terms.expires_at_us - as_of_us) / 1e6 / YEAR_SECONDS
    carry: Carry = carry_of(
        terms,
        years,
        assumed_rate,
        strike=columns.strike[mine],
        is_call=columns.is_call[mine],
        bid=quotes.bid[mine],
        ask=quotes.ask[mine],
        mark=quotes.mark[mine],
        ts_us=columns.ts_us[mine],
        venue_underlying=columns.venue_underlying[mine],
        venue_is_forward=columns.venue_is_forward[mine],
    )
    chosen = model or default_model(terms)
    return ExpiryValues(
        terms=terms,
        expiry_years=years,
        forward=carry.forward,
        forward_source=carry.forward_source,
        rate=carry.rate,
        rate_source=carry.rate_source,
        spot=carry.spot,
        dividend_yield=carry.dividend_yield,
        parity_forward=carry.parity_forward,
        parity_pairs=carry.parity_pairs,
        parity_residual=carry.parity_residual,
        model=chosen,
        delta_kind=delta_kind or _default_delta_kind(terms, carry),
    )


def default_model(terms: ExpiryTerms) -> Model:
    """Return the model of an exercise style: Bjerksund-Stensland 2002 for American, Black-76 for European."""
    return Model.BJERKSUND_STENSLAND_2002 if terms.american else Model.BLACK76


def _default_delta_kind(terms: ExpiryTerms, carry: Carry) -> DeltaKind:
    of_spot = terms.on_spot and not terms.inverse and np.isfinite(carry.spot)
    return DeltaKind.SPOT if of_spot else DeltaKind.FORWARD


@dataclass(frozen=True, slots=True)
class _Rows:
    """Each row's share of its expiry's values, and the columns the models take."""

    is_call: Bools
    strike: Floats
    years: Floats
    rate: Floats
    forward: Floats
    underlying: Floats
    dividend_yield: Floats
    per_forward: Floats  # d(forward) / d(the model's underlying), for turning deltas
    spot_share: Floats  # d(forward) / d(spot)
    unit_value: Floats  # quote currency per unit of price
    model: npt.NDArray[np.object_]
    delta_kind: npt.NDArray[np.object_]

    @classmethod
    def spread(cls, columns: ChainColumns, expiries: tuple[ExpiryValues, ...]) -> _Rows:
        at = columns.expiry_index

        def per_row(values: list[float]) -> Floats:
            return np.asarray(values, dtype=np.float64)[at]

        underlyings = [_model_underlying(values) for values in expiries]
        return cls(
            is_call=columns.is_call,
            strike=columns.strike,
            years=per_row([values.expiry_years for values in expiries]),
            rate=per_row([values.rate for values in expiries]),
            forward=per_row([values.forward for values in expiries]),
            underlying=per_row([price for price, _ in underlyings]),
            dividend_yield=per_row([dividend for _, dividend in underlyings]),
            per_forward=per_row(
                [values.forward / price for values, (price, _) in zip(expiries, underlyings, strict=True)]
            ),
            spot_share=per_row([values.forward / values.spot for values in expiries]),
            unit_value=per_row([values.forward if values.terms.inverse else 1.0 for values in expiries]),
            model=np.asarray([values.model for values in expiries], dtype=object)[at],
            delta_kind=np.asarray([values.delta_kind for values in expiries], dtype=object)[at],
        )


def _model_underlying(values: ExpiryValues) -> tuple[float, float]:
    """The underlying and dividend yield a model takes: an option on a forward has the rate as its yield."""
    if values.model.on_forward:
        return values.forward, 0.0
    if values.terms.on_spot and np.isfinite(values.spot):
        return values.spot, values.dividend_yield
    return values.forward, values.rate


def _groups(rows: _Rows) -> list[tuple[Model, npt.NDArray[np.intp]]]:
    models = set(rows.model.tolist())
    if len(models) == 1:
        return [(models.pop(), np.arange(rows.strike.size))]
    return [(model, np.flatnonzero(rows.model == model)) for model in sorted(models)]


def _implied_vols(rows: _Rows, quotes: _Quotes, mark_only: bool) -> tuple[_Vols, Codes]:
    """Solve mark, bid and ask in one call per model; the statuses are the mark's."""
    sides = [quotes.mark] if mark_only else [quotes.mark, quotes.bid, quotes.ask]
    count = rows.strike.size
    vols = np.full((3, count), np.nan)
    codes = np.zeros(count, dtype=np.int8)
    for model, at in _groups(rows):
        prices = np.stack([side[at] for side in sides]) * rows.unit_value[at]
        solved, status = quant.implied_vol(
            model.value,
            is_call=np.tile(rows.is_call[at], len(sides)),
            price=prices.reshape(-1),
            underlying=np.tile(rows.underlying[at], len(sides)),
            strike=np.tile(rows.strike[at], len(sides)),
            expiry_years=np.tile(rows.years[at], len(sides)),
            rate=np.tile(rows.rate[at], len(sides)),
            dividend_yield=np.tile(rows.dividend_yield[at], len(sides)),
        )
        vols[: len(sides), at] = solved.reshape(len(sides), -1)
        codes[at] = status.reshape(len(sides), -1)[0]
    mark, bid, ask = vols
    return _Vols(bid, ask, mark), codes


@dataclass(frozen=True, slots=True)
class _Greeks:
    delta: Floats
    gamma: Floats
    vega: Floats
    theta: Floats
    rho: Floats


def _greeks(rows: _Rows, vol: Floats) -> _Greeks:
    out = np.full((5, rows.strike.size), np.nan)
    for model, at in _groups(rows):
        found = quant.price_and_greeks(
            model.value,
            is_call=rows.is_call[at],
            underlying=rows.underlying[at],
            strike=rows.strike[at],
            expiry_years=rows.years[at],
            vol=vol[at],
            rate=rows.rate[at],
            dividend_yield=rows.dividend_yield[at],
        )
        out[:, at] = (found.delta, found.gamma, found.vega, found.theta, found.rho)
    return _Greeks(*out)


def _in_kind(rows: _Rows, delta: Floats, gamma: Floats, value: Floats) -> tuple[Floats, Floats]:
    """Turn the model's own delta and gamma into those of the kind asked for, by the chain rule."""
    of_forward = delta / rows.per_forward
    gamma_of_forward = gamma / rows.per_forward**2
    spot = rows.delta_kind == DeltaKind.SPOT
    adjusted = rows.delta_kind == DeltaKind.PREMIUM_ADJUSTED
    turned = np.where(spot, of_forward * rows.spot_share, of_forward)
    turned_gamma = np.where(spot, gamma_of_forward * rows.spot_share**2, gamma_of_forward)
    return np.where(adjusted, turned - value / rows.forward, turned), turned_gamma


def _statuses(columns: ChainColumns, quotes: _Quotes, rows: _Rows, ivs: _Vols, solver: Codes) -> Codes:
    spread = quotes.ask - quotes.bid
    middle = 0.5 * (quotes.bid + quotes.ask)
    ticks = 0.0 if np.isnan(columns.tick) else _WIDE_TICKS * columns.tick
    wide = (spread > _WIDE_SHARE * middle) & (spread > ticks)
    rules = (
        (~(rows.years > 0.0), Status.EXPIRED),
        (quotes.crossed, Status.CROSSED),
        (np.isnan(quotes.mark), Status.NO_QUOTE),
        (solver == quant.Status.BELOW_INTRINSIC, Status.BELOW_INTRINSIC),
        (np.isnan(ivs.mark), Status.NO_SOLUTION),
        (wide, Status.WIDE),
    )
    codes = np.full(columns.strike.shape, _CODE[Status.OK], dtype=np.int8)
    for holds, status in reversed(rules):
        codes[holds] = _CODE[status]
    return codes


def _blanked(values: Floats, where: Bools) -> Floats:
    return np.where(where, np.nan, values)
