"""The shapes of the options answers, with the unit of every field. Big answers are written as bytes by the
service; these models declare them, and a test holds the two equal."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

ModelName = Literal[
    "black76",
    "black_scholes_merton",
    "bachelier",
    "bjerksund_stensland_2002",
    "barone_adesi_whaley",
    "binomial",
]
DeltaKindName = Literal["forward", "spot", "premium_adjusted"]
FitStatus = Literal["ok", "too_few_quotes", "no_time_left", "not_arbitrage_free"]
RowStatus = Literal["ok", "no_quote", "crossed", "wide", "below_intrinsic", "no_solution", "expired"]
CellStatus = Literal[
    "ok",
    "below_intrinsic",
    "above_maximum",
    "no_solution",
    "expired",
    "invalid",
    "no_quote",
    "crossed",
    "wide",
]
FeedStatus = Literal["live", "delayed", "stale", "closed"]

_PRICE = "in `price_currency` (coin for an inverse option)"
_GREEK = "of the value in `currency`"


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Metric(StrEnum):
    """What a heatmap shows."""

    IV = "iv"
    DELTA = "delta"
    GAMMA = "gamma"
    VEGA = "vega"
    THETA = "theta"
    OI = "oi"
    VOLUME = "volume"
    CHANGE = "change"


class HeatmapSide(StrEnum):
    """Which option of a strike a heatmap shows."""

    OTM = "otm"
    CALL = "call"
    PUT = "put"


class SurfaceModel(StrEnum):
    """How a surface is made."""

    RAW = "raw"
    SVI = "svi"


class StoredExpiryItem(_Answer):
    """One expiry that has not passed."""

    expiry: date = Field(description="Expiry date, the exchange's own.", examples=["2020-03-20"])
    expires_at: datetime = Field(description="Last moment of value.", examples=["2020-03-20T13:30:00Z"])
    dte: int = Field(description="Calendar days from `as_of`, on the exchange's calendar.", examples=[74])
    contracts: int = Field(description="Options listed.", examples=[104])
    newest_ts: datetime = Field(description="Time of the newest row.", examples=["2020-01-06T20:59:00Z"])


class UnderlyingItem(_Answer):
    """One family of options: those whose symbols begin with `underlying`."""

    underlying: str = Field(description="The options' root, as used in the paths.", examples=["ES"])
    source: str = Field(description="Where the data comes from.", examples=["lean"])
    sources: list[str] = Field(description="Every source that has data by then.", examples=[["lean"]])
    exchange: str | None = Field(description="Where the options trade.", examples=["CME"])
    currency: str | None = Field(description="Currency of strikes and Greeks.", examples=["USD"])
    multiplier: float | None = Field(description="Currency per 1.00 of price.", examples=[50.0])
    exercise: str | None = Field(description="`european` or `american`.", examples=["american"])
    inverse: bool = Field(description="Whether prices are in coin.", examples=[False])
    as_of: datetime = Field(description="The instant this entry is for.", examples=["2020-01-06T20:59:00Z"])
    newest_ts: datetime = Field(description="Time of the newest row.", examples=["2020-01-06T20:59:00Z"])
    oldest_ts: datetime = Field(description="Time of the oldest row.", examples=["2020-01-05T23:01:00Z"])
    status: FeedStatus = Field(
        description="How fresh the data was when asked for: up to 90 s `live`, to 20 min `delayed`, then "
        "`stale`; `closed` outside trading hours.",
        examples=["closed"],
    )
    atm_expiry: date | None = Field(
        description="The expiry that `atm_iv` is of: the first with more than a day to go.",
        examples=["2020-03-20"],
    )
    atm_iv: float | None = Field(description="Volatility at the forward, per year.", examples=[0.121])
    forward: float | None = Field(description="Forward of `atm_expiry`, in `currency`.", examples=[3234.125])
    expiries: list[StoredExpiryItem] = Field(description="Those that have not passed, soonest first.")


class UnderlyingsAnswer(_Answer):
    """The families of options with stored data."""

    as_of: datetime = Field(description="The instant asked for, or now.", examples=["2020-01-06T21:00:00Z"])
    items: list[UnderlyingItem] = Field(description="By root.")
    next_cursor: str | None = Field(
        description="Give it as `cursor` to get the next page; null on the last one.", examples=[None]
    )


class OptionSide(_Answer):
    """One option of the chain. What cannot be computed is null, and `status` says why."""

    symbol: str = Field(description="Canonical symbol.", examples=["ES-2020-03-20-3230-C"])
    bid: float | None = Field(description=f"Best bid {_PRICE}.", examples=[73.25])
    ask: float | None = Field(description=f"Best ask {_PRICE}.", examples=[74.25])
    last: float | None = Field(description=f"Last trade {_PRICE}.", examples=[73.5])
    mark: float | None = Field(description=f"Price behind `iv` and the Greeks, {_PRICE}.", examples=[73.75])
    mark_quote: float | None = Field(description="The mark in `currency`.", examples=[73.75])
    mark_source: Literal["venue", "mid", "last"] | None = Field(
        description="Where the mark comes from: the venue's own mark or settlement, the middle of bid and "
        "ask, or the last trade where a venue gives no quotes.",
        examples=["mid"],
    )
    volume: float | None = Field(description="Contracts traded today.", examples=[120.0])
    open_interest: float | None = Field(description="Open contracts.", examples=[1543.0])
    iv_bid: float | None = Field(description="Volatility at the bid, a fraction per year.", examples=[0.119])
    iv_ask: float | None = Field(description="Volatility at the ask, a fraction per year.", examples=[0.1205])
    iv: float | None = Field(description="Volatility at the mark, a fraction per year.", examples=[0.1198])
    delta: float | None = Field(
        description=f"Per 1.00 of what `delta_kind` names, {_GREEK}.", examples=[0.52]
    )
    gamma: float | None = Field(description=f"Per 1.00 squared, {_GREEK}.", examples=[0.0021])
    vega: float | None = Field(description=f"Per volatility point (0.01), {_GREEK}.", examples=[5.8])
    theta: float | None = Field(description=f"Per calendar day, {_GREEK}.", examples=[-0.47])
    rho: float | None = Field(description=f"Per 0.01 of the rate, {_GREEK}.", examples=[-0.15])
    status: RowStatus = Field(description="Why there are numbers, or none.", examples=["ok"])
    quote_age_ms: int = Field(description="Milliseconds from the quote to `as_of`.", examples=[0])
    ts: datetime = Field(description="Time of the quote, UTC.", examples=["2020-01-06T15:00:00Z"])


class ChainRow(_Answer):
    """One strike: the call and the put side by side; null where one is not listed or has no row."""

    strike: float = Field(description="Strike in `currency`.", examples=[3230.0])
    call: OptionSide | None
    put: OptionSide | None


class Provenance(_Answer):
    """Where the numbers of one expiry come from."""

    expiry: date = Field(description="Expiry date, the exchange's own.", examples=["2020-03-20"])
    expires_at: datetime = Field(description="Last moment of value.", examples=["2020-03-20T13:30:00Z"])
    dte: int = Field(description="Calendar days from `as_of`, on the exchange's calendar.", examples=[74])
    expiry_years: float = Field(
        description="Time to `expires_at` in years by `day_count`, to the second.", examples=[0.2024]
    )
    underlying_symbol: str | None = Field(description="What the options settle to.", examples=["ES-2020-03"])
    spot: float | None = Field(description="Index or share price, in `currency`.", examples=[3246.28])
    forward: float | None = Field(description="Forward of this expiry, in `currency`.", examples=[3234.125])
    forward_source: Literal["future", "parity", "spot_carry"] | None = Field(
        description="`future`: the underlying future's fresh two-sided quote or the venue's own forward; "
        "`parity`: put-call parity; `spot_carry`: spot grown at the rate, without yield.",
        examples=["future"],
    )
    parity_forward: float | None = Field(
        description="What put-call parity says, whichever forward is used.", examples=[3234.06]
    )
    parity_pairs: int = Field(description="Pairs of call and put in the parity fit.", examples=[38])
    parity_residual: float | None = Field(description="Misfit of parity, in price units.", examples=[0.12])
    rate: float = Field(description="Discount rate per year, continuously compounded.", examples=[0.04])
    rate_source: Literal["parity", "assumed", "convention"] = Field(
        description="`parity`: implied by the quotes; `assumed`: a setting; `convention`: 0, as coin venues.",
        examples=["assumed"],
    )
    dividend_yield: float | None = Field(
        description="Yield per year that carries spot to the forward.", examples=[0.018]
    )
    day_count: Literal["ACT/365F"] = Field(description="How time is counted.", examples=["ACT/365F"])
    as_of: datetime = Field(description="The instant of all numbers.", examples=["2020-01-06T15:00:00Z"])
    model: ModelName = Field(description="Pricing model.", examples=["bjerksund_stensland_2002"])
    delta_kind: DeltaKindName = Field(description="What delta is per 1.00 of.", examples=["forward"])


class OfOneRoot(_Answer):
    """What all answers about one root begin with."""

    underlying: str = Field(description="The options' root.", examples=["ES"])
    source: str = Field(description="Where the data comes from.", examples=["lean"])
    currency: str | None = Field(description="Currency of strikes, forward and Greeks.", examples=["USD"])
    price_currency: str | None = Field(
        description="Unit of option prices: `currency`, or the coin of an inverse option.", examples=["USD"]
    )
    multiplier: float | None = Field(description="Currency per 1.00 of price.", examples=[50.0])
    units: dict[str, str] = Field(
        description="The unit of every number.", examples=[{"vega": "per volatility point (0.01)"}]
    )


class ChainAnswer(OfOneRoot, Provenance):
    """The chain of one expiry, calls and puts mirrored around the strikes."""

    status: FeedStatus = Field(
        description="How fresh the data was when asked for: up to 90 s `live`, to 20 min `delayed`, then "
        "`stale`; `closed` outside trading hours.",
        examples=["closed"],
    )
    newest_ts: datetime = Field(description="Time of the newest quote.", examples=["2020-01-06T15:00:00Z"])
    atm_strike: float | None = Field(description="Listed strike nearest to the forward.", examples=[3235.0])
    atm_iv: float | None = Field(description="Volatility at the forward, per year.", examples=[0.1201])
    rows: list[ChainRow] = Field(description="By strike, lowest first.")


class HeatmapAnswer(OfOneRoot):
    """A strike × expiry matrix."""

    as_of: datetime = Field(description="The instant of all numbers.", examples=["2020-01-06T15:00:00Z"])
    compared_with: datetime | None = Field(
        description="The earlier instant, for `change`.", examples=["2020-01-05T15:00:00Z"]
    )
    metric: Metric
    unit: str = Field(description="The unit of `values`.", examples=["fraction per year"])
    side: HeatmapSide
    strikes: list[float] = Field(description="One per row of `values`.", examples=[[3200.0, 3250.0]])
    expiries: list[Provenance] = Field(description="One per column of `values`.")
    values: list[list[float | None]] = Field(
        description="`values[strike][expiry]`.", examples=[[[0.13], [0.12]]]
    )


class SmilePoint(_Answer):
    """One quoted option of a smile."""

    x: float | None = Field(description="Position on the axis asked for.", examples=[0.012])
    symbol: str = Field(description="Canonical symbol.", examples=["ES-2020-03-20-3270-C"])
    strike: float = Field(description="Strike in `currency`.", examples=[3270.0])
    right: Literal["C", "P"] = Field(description="Call or put.", examples=["C"])
    log_moneyness: float = Field(description="ln(strike / forward).", examples=[0.0112])
    delta: float | None = Field(
        description="Undiscounted forward delta of the call of this strike, 1 to 0.", examples=[0.41]
    )
    iv: float = Field(description="At the mark, a fraction per year.", examples=[0.115])
    iv_bid: float | None = Field(description="At the bid.", examples=[0.114])
    iv_ask: float | None = Field(description="At the ask.", examples=[0.116])
    status: RowStatus = Field(description="`ok` or `wide`.", examples=["ok"])
    quote_age_ms: int = Field(description="Milliseconds from the quote to `as_of`.", examples=[0])


class FitPoint(_Answer):
    """One point of a fitted curve."""

    x: float | None = Field(description="Position on the axis asked for.", examples=[0.012])
    strike: float = Field(description="Strike in `currency`.", examples=[3272.6])
    log_moneyness: float = Field(description="ln(strike / forward).", examples=[0.012])
    delta: float | None = Field(description="Undiscounted forward delta of the call.", examples=[0.4])
    iv: float = Field(description="A fraction per year.", examples=[0.1148])


class RejectedQuote(_Answer):
    """An out-of-the-money option that has no place in the smile."""

    symbol: str = Field(description="Canonical symbol.", examples=["ES-2020-03-20-4200-C"])
    expiry: date = Field(description="Expiry date.", examples=["2020-03-20"])
    strike: float = Field(description="Strike in `currency`.", examples=[4200.0])
    right: Literal["C", "P"] = Field(description="Call or put.", examples=["C"])
    status: RowStatus = Field(description="Why.", examples=["no_quote"])


class MissingPoint(RejectedQuote):
    """An out-of-the-money option that has no place in one smile, and how old what is known of it is."""

    quote_age_ms: int = Field(description="Milliseconds from the row to `as_of`.", examples=[0])


class Smile(Provenance):
    """The smile of one expiry at one instant."""

    atm_iv: float | None = Field(description="Volatility at the forward, per year.", examples=[0.1201])
    points: list[SmilePoint] = Field(description="Out-of-the-money options with a volatility, by strike.")
    fit_method: Literal["local_quadratic", "svi"] = Field(
        description="`local_quadratic`: local quadratic regression of volatility on log-moneyness, weighted "
        "by nearness and by the inverse of the half-spread; `svi`: one SVI slice fitted to this expiry by "
        "itself, each quote weighted by the inverse of its half-spread.",
        examples=["local_quadratic"],
    )
    fit_status: FitStatus = Field(
        description="`ok`, or why there is no curve: fewer than 5 quotes, for `svi` fewer than 6 strikes "
        "(`too_few_quotes`), the expiry has passed (`no_time_left`), no slice near the quotes is free of "
        "butterflies (`not_arbitrage_free`).",
        examples=["ok"],
    )
    fit_rmse: float | None = Field(
        description="Root mean square misfit in volatility over the points.", examples=[0.0007]
    )
    fit_parameters: dict[str, float] | None = Field(
        description="For `svi` the raw a, b, rho, m, sigma of total variance at log-moneyness; else null.",
        examples=[None],
    )
    butterfly_arbitrage: bool | None = Field(
        description="Whether calls priced by the curve at the points of `fit` are not convex in strike "
        "somewhere; null without a curve.",
        examples=[False],
    )
    fit: list[FitPoint] = Field(description="Empty where there is no curve.")
    rejected: list[MissingPoint] = Field(description="Out-of-the-money options without a place in the smile.")


class SmileAnswer(OfOneRoot):
    """Smiles of several expiries or instants, to be laid over each other."""

    x: Literal["strike", "log_moneyness", "delta"] = Field(description="The axis.", examples=["strike"])
    smiles: list[Smile]


class SurfaceExpiry(Provenance):
    """One expiry of the surface."""

    atm_iv: float | None = Field(description="Volatility at the forward, per year.", examples=[0.1201])
    quotes_used: int = Field(description="Options behind this slice.", examples=[61])
    parameters: dict[str, float] | None = Field(
        description="Of the fitted model: for `svi` the raw a, b, rho, m, sigma of total variance at "
        "log-moneyness; null for `raw`, and where nothing could be fitted.",
        examples=[None],
    )
    fit_error: float | None = Field(
        description="Root mean square misfit in volatility; null for `raw`, which goes through every quote.",
        examples=[None],
    )
    fit_status: FitStatus | None = Field(
        description="`ok`, or why there is no fitted slice: fewer than 6 strikes with a volatility "
        "(`too_few_quotes`), the expiry has passed (`no_time_left`), no slice near the quotes is free of "
        "butterflies (`not_arbitrage_free`); null for `raw`.",
        examples=[None],
    )
    butterfly_arbitrage: bool | None = Field(
        description="For `raw`, whether mark prices of the quotes used are not convex in strike somewhere "
        "beyond their half-spreads, null with fewer than 3; for `svi`, whether the slice's g(k) is negative "
        "somewhere: such a slice is not given.",
        examples=[False],
    )
    calendar_arbitrage: bool | None = Field(
        description="Whether total variance is somewhere below that of the expiry before, at equal "
        "log-moneyness; null for the first. A fitted slice is kept above the one before where that is "
        "quoted, if a free slice near the quotes permits it.",
        examples=[None],
    )


class SurfaceAnswer(OfOneRoot):
    """The volatility surface: a grid over log-moneyness and expiry."""

    as_of: datetime = Field(description="The instant of all numbers.", examples=["2020-01-06T15:00:00Z"])
    surface_model: SurfaceModel
    log_moneyness: list[float] = Field(description="One per column of `iv`.", examples=[[-0.1, 0.0, 0.1]])
    expiries: list[SurfaceExpiry] = Field(description="One per row of `iv`, soonest first.")
    iv: list[list[float | None]] = Field(
        description="`iv[expiry][log_moneyness]`, a fraction per year; `raw` is linear in total variance "
        "between quotes; null outside them.",
        examples=[[[0.16, 0.12, 0.11]]],
    )
    rejected: list[RejectedQuote] = Field(description="Quotes not used.")


Number = float | None
Column = Annotated[list[Number] | Number, Field(description="One value per row, or one for all.")]
Right = str | None
Rights = Annotated[list[Right] | Right, Field(description="One value per row, or one for all.")]
ForwardModelName = Literal["black76", "bachelier"]
SpotModelName = Literal["black_scholes_merton", "bjerksund_stensland_2002", "barone_adesi_whaley", "binomial"]


class _Columns(_Answer):
    right: Rights = Field(description="`C` or `P`; another text is `invalid`.", examples=[["C", "P"]])
    strike: Column = Field(examples=[[95, 105]])
    expiry_years: Column = Field(description="Years to expiry.", examples=[[0.25, 0.25]])
    rate: Column = Field(default=0, description="Per year, continuous; 0 where left out.", examples=[[0.03]])


class _OnForward(_Columns):
    forward: Column = Field(description="Forward price.", examples=[[100, 100]])


class _OnSpot(_Columns):
    spot: Column = Field(description="Spot price.", examples=[[100, 100]])
    dividend_yield: Column = Field(
        default=0,
        description="Per year, continuous; 0 where left out. An option on a future: `spot` is the future's "
        "price, `dividend_yield` the rate.",
        examples=[[0.0]],
    )


class _WithVol(BaseModel):
    vol: Column = Field(
        description="Fraction per year; for `bachelier` price units per square root of a year.",
        examples=[[0.2, 0.25]],
    )


class _WithPrice(BaseModel):
    price: Column = Field(description="Option price.", examples=[[6.9, 7.6]])


class ForwardGreeksColumns(_OnForward, _WithVol):
    """Columns of equal length, or one value for all rows."""


class SpotGreeksColumns(_OnSpot, _WithVol):
    """Columns of equal length, or one value for all rows."""


class ForwardVolColumns(_OnForward, _WithPrice):
    """Columns of equal length, or one value for all rows."""


class SpotVolColumns(_OnSpot, _WithPrice):
    """Columns of equal length, or one value for all rows."""


class ForwardGreeksRequest(_Answer):
    """Up to 50,000 rows and 8 MiB."""

    model: ForwardModelName = Field(description="Pricing model on the forward.", examples=["black76"])
    columns: ForwardGreeksColumns


class SpotGreeksRequest(_Answer):
    """Up to 50,000 rows (2,000 with `binomial`) and 8 MiB."""

    model: SpotModelName = Field(description="Pricing model on spot.", examples=["black_scholes_merton"])
    columns: SpotGreeksColumns


class ForwardVolRequest(_Answer):
    """Up to 50,000 rows and 8 MiB."""

    model: ForwardModelName = Field(description="Pricing model on the forward.", examples=["black76"])
    columns: ForwardVolColumns


class SpotVolRequest(_Answer):
    """Up to 50,000 rows (2,000 with `binomial`) and 8 MiB."""

    model: SpotModelName = Field(description="Pricing model on spot.", examples=["black_scholes_merton"])
    columns: SpotVolColumns


class GreeksOut(_Answer):
    """One value per row; null where `status` is not `ok`."""

    price: list[float | None] = Field(description="In the unit of the forward or spot.", examples=[[6.9]])
    delta: list[float | None] = Field(description="Per 1.00 of the forward or spot.", examples=[[0.7]])
    gamma: list[float | None] = Field(description="Per 1.00 squared.", examples=[[0.034]])
    vega: list[float | None] = Field(description="Per volatility point (0.01).", examples=[[0.17]])
    theta: list[float | None] = Field(description="Per calendar day.", examples=[[-0.018]])
    rho: list[float | None] = Field(description="Per 0.01 of the rate.", examples=[[-0.017]])
    status: list[CellStatus] = Field(examples=[["ok"]])


class GreeksAnswer(_Answer):
    """Price and Greeks, in the order of the rows."""

    model: ModelName = Field(description="Pricing model.", examples=["black76"])
    units: dict[str, str] = Field(examples=[{"vega": "per volatility point (0.01)"}])
    columns: GreeksOut


class ImpliedVolOut(_Answer):
    """One value per row; null where `status` is not `ok`."""

    iv: list[float | None] = Field(description="Fraction per year.", examples=[[0.2]])
    status: list[CellStatus] = Field(examples=[["ok"]])


class ImpliedVolAnswer(_Answer):
    """Implied volatilities, in the order of the rows."""

    model: ModelName = Field(description="Pricing model.", examples=["black76"])
    units: dict[str, str] = Field(examples=[{"iv": "fraction per year"}])
    columns: ImpliedVolOut
