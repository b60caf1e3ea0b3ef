"""What is asked of a strategy and what is answered, with the unit of every number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tradesense.web.query import FiniteNumber, Instant, SourceName, Symbol

MOST_LEGS = 20
MOST_PRICES = 401
MOST_DAYS = 21

PriceWord = Literal["mark", "market", "bid", "ask"]
LegStatus = Literal[
    "ok",
    "no_quote",
    "crossed",
    "wide",
    "below_intrinsic",
    "no_solution",
    "expired",
    "not_listed",
    "no_specification",
    "no_forward",
    "no_volatility",
    "no_price",
]
_AT_REFERENCE = "per 1.00 of the reference price"


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LegIn(_Body):
    """One leg: a listed contract and how many of it."""

    symbol: Symbol
    quantity: int = Field(
        ge=-100_000, le=100_000, description="Contracts: above zero bought, below sold; not 0.", examples=[1]
    )
    price: Annotated[FiniteNumber, Field(ge=-1e9, le=1e9)] | PriceWord = Field(
        default="mark",
        description="Traded at, in the contract's own unit of price (coin for an inverse option), "
        "or `mark`, `bid`, `ask`, or `market` (bought at the ask, sold at the bid).",
        examples=[2.31],
    )


class GridIn(_Body):
    """Which prices and days the profit is told for."""

    prices: int = Field(default=121, ge=3, le=MOST_PRICES, description="How many prices.")
    low: Annotated[FiniteNumber, Field(gt=0, le=1e12)] | None = Field(
        default=None, description="Lowest reference price; by default what volatility and strikes suggest."
    )
    high: Annotated[FiniteNumber, Field(gt=0, le=1e12)] | None = Field(
        default=None, description="Highest reference price."
    )
    days: list[Annotated[FiniteNumber, Field(ge=0, le=36_500)]] | None = Field(
        default=None,
        max_length=MOST_DAYS,
        description="Days from the start, cut off at the horizon; by default 8 even steps to it.",
        examples=[[0, 7, 14]],
    )


class StrategyQuestion(_Body):
    """What a strategy is worth, and under which changes to the market."""

    legs: list[LegIn] = Field(min_length=1, max_length=MOST_LEGS)
    as_of: Instant | None = Field(
        default=None, description="Answer as of this instant; without it, the newest state."
    )
    source: SourceName | None = Field(default=None, description="Only data of this source.")
    price_shift: Annotated[FiniteNumber, Field(ge=-0.95, le=20)] = Field(
        default=0.0, description="Change of the reference price, a fraction: 0.05 is 5 % up.", examples=[0.05]
    )
    iv_shift: Annotated[FiniteNumber, Field(ge=-5, le=5)] = Field(
        default=0.0, description="Added to every volatility: 0.02 is two points up.", examples=[0.02]
    )
    days_forward: Annotated[FiniteNumber, Field(ge=0, le=36_500)] = Field(
        default=0.0, description="Days that pass before `now` is told; cut off at the horizon.", examples=[7]
    )
    grid: GridIn = Field(default_factory=GridIn)


class Reference(_Body):
    """The one price that stands for the market."""

    symbol: str | None = Field(
        description="What it is the price of; null for a forward.", examples=["CL-2027-01"]
    )
    kind: Literal["future", "spot", "forward"] = Field(description="What it is.", examples=["future"])
    price: float = Field(description="In `currency`, as it is.", examples=[87.0])
    shifted: float = Field(description="With `price_shift`.", examples=[91.35])


class Horizon(_Body):
    """The first expiry of any leg: the payoff is told for that moment."""

    expiry: date | None = Field(description="Its date, the exchange's own.", examples=["2026-12-16"])
    at: datetime = Field(description="Its instant, UTC.", examples=["2026-12-16T19:30:00Z"])
    days: float = Field(description="Days from `as_of`, with fraction.", examples=[23.42])
    later_legs: bool = Field(
        description="Whether a leg lives on after it; it is then valued by its model.", examples=[False]
    )


class GreekNumbers(_Body):
    """Greeks of the whole."""

    delta: float = Field(description=_AT_REFERENCE.capitalize() + ".", examples=[0.12])
    gamma: float = Field(description=f"Change of delta {_AT_REFERENCE}.", examples=[-0.01])
    vega: float = Field(description="Per volatility point (0.01) of every leg.", examples=[-0.05])
    theta: float = Field(description="Per calendar day.", examples=[0.03])
    rho: float = Field(description="Per 0.01 of the rate.", examples=[0.001])


class StrategyGreeks(_Body):
    """Greeks in money, and in the contract's unit of price."""

    money: GreekNumbers = Field(description="In `currency`, of all contracts.")
    contract: GreekNumbers = Field(description="`money` over `multiplier`: as the chain tells them of one.")


class ExtremeOut(_Body):
    """The most that can be won, or lost, at the horizon."""

    amount: float | None = Field(
        description="In `currency`, signed: a loss is below zero; null where nothing limits it.",
        examples=[-690.0],
    )
    unlimited: bool = Field(description="Whether it grows on and on as the price rises.", examples=[False])
    at: float | None = Field(description="A reference price where it is reached.", examples=[80.0])


class Band(_Body):
    """Prices between which the market ends with a given probability."""

    probability: float = Field(examples=[0.6827])
    low: float = Field(examples=[81.1])
    high: float = Field(examples=[92.6])


class Probability(_Body):
    """How likely the strategy ends above zero at the horizon, costs of trading left out."""

    of_profit: float = Field(description="A fraction of 1.", examples=[0.61])
    law: Literal["lognormal"] = Field(description="How the price at the horizon is distributed.")
    forward: float = Field(description="Its mean, in `currency`.", examples=[87.0])
    vol: float = Field(description="Its volatility, a fraction per year, shift included.", examples=[0.32])
    vol_source: Literal["atm"] = Field(description="`atm`: the volatility at the forward of that expiry.")
    years: float = Field(description="Time to the horizon.", examples=[0.064])
    bands: list[Band] = Field(description="One and two standard deviations.")


class Now(_Body):
    """The whole at `as_of` with the changes asked for: shifted price and volatility, days later."""

    at: datetime = Field(description="The instant it is for, UTC.", examples=["2026-11-30T15:00:00Z"])
    value: float = Field(
        description="What closing it at model value brings, in `currency`, without futures.", examples=[310.0]
    )
    pnl: float = Field(description="Profit or loss by then, in `currency`.", examples=[12.5])
    greeks: StrategyGreeks


class Grid(_Body):
    """Profit and loss in `currency` by price and day."""

    prices: list[float] = Field(description="Reference prices, rising.", examples=[[80.0, 85.0, 90.0]])
    days: list[float] = Field(description="Days from `as_of`, rising.", examples=[[0.0, 10.0]])
    pnl: list[list[float]] = Field(
        description="`pnl[day][price]`, volatility shift included.", examples=[[[-60.0, 2.0, 50.0]]]
    )
    at_horizon: list[float] = Field(description="At the horizon, by price.", examples=[[-90.0, 0.0, 110.0]])


class LegOut(_Body):
    """One leg as it was understood, and where its numbers come from."""

    symbol: str = Field(examples=["CL-2026-12-16-90-C"])
    quantity: int = Field(examples=[-1])
    kind: Literal["option", "future", "perpetual", "index", "equity"] = Field(examples=["option"])
    right: Literal["C", "P"] | None = Field(examples=["C"])
    strike: float | None = Field(description="In `currency`.", examples=[90.0])
    expiry: date | None = Field(examples=["2026-12-16"])
    expires_at: datetime | None = Field(examples=["2026-12-16T19:30:00Z"])
    days: float | None = Field(description="Days from `as_of` to its end, with fraction.", examples=[23.42])
    underlying_symbol: str | None = Field(description="What it settles to.", examples=["CL-2027-01"])
    multiplier: float | None = Field(
        description="Money per 1.00 of price, by the contract's specification.", examples=[1000.0]
    )
    entry_price: float | None = Field(description="In its own unit of price.", examples=[1.72])
    entry_source: Literal["given", "mark", "bid", "ask"] = Field(examples=["mark"])
    cost: float | None = Field(
        description="Premium paid in `currency`, below zero where received; 0 for a future.",
        examples=[-1720.0],
    )
    bid: float | None = Field(description="In its own unit of price.", examples=[1.7])
    ask: float | None = Field(description="In its own unit of price.", examples=[1.75])
    mark: float | None = Field(description="In its own unit of price.", examples=[1.72])
    value: float | None = Field(
        description="One unit at the instant and changes of `now`, in `currency`.", examples=[1.72]
    )
    delta: float | None = Field(description="One unit, per 1.00 of its own underlying.", examples=[0.36])
    gamma: float | None = Field(description="One unit.", examples=[0.05])
    vega: float | None = Field(description="One unit, per volatility point.", examples=[0.08])
    theta: float | None = Field(description="One unit, per calendar day.", examples=[-0.05])
    rho: float | None = Field(description="One unit, per 0.01 of the rate.", examples=[0.02])
    iv: float | None = Field(description="Before the shift, a fraction per year.", examples=[0.31])
    iv_source: Literal["quote", "smile"] | None = Field(
        description="`quote`: of its own mark; `smile`: between the strikes beside it, for want of a mark.",
        examples=["quote"],
    )
    model: str | None = Field(examples=["bjerksund_stensland_2002"])
    forward: float | None = Field(description="Of its expiry, or a future's own price.", examples=[87.0])
    forward_source: str | None = Field(examples=["future"])
    rate: float | None = Field(description="Per year, continuous.", examples=[0.04])
    rate_source: str | None = Field(examples=["assumed"])
    dividend_yield: float | None = Field(description="Per year; of an option on a spot.", examples=[None])
    expiry_years: float | None = Field(examples=[0.0642])
    status: LegStatus = Field(description="Why there are numbers, or none.", examples=["ok"])
    quote_age_ms: int | None = Field(description="From the quote to `as_of`.", examples=[360])
    source: str | None = Field(description="Where its data comes from.", examples=["simulated"])


class StrategyAnswer(_Body):
    """A strategy in figures. Where one leg cannot be valued those of the whole are null, and its `status` and
    `complete` say so."""

    as_of: datetime = Field(description="The instant of all numbers.", examples=["2026-11-23T09:30:22Z"])
    underlying: str = Field(description="The root its options, or its futures, share.", examples=["CL"])
    currency: str | None = Field(description="Of all money.", examples=["USD"])
    price_currency: str | None = Field(description="Unit of option prices.", examples=["USD"])
    multiplier: float | None = Field(description="Of the first leg.", examples=[1000.0])
    complete: bool = Field(description="Whether every leg can be valued.", examples=[True])
    reference: Reference | None
    horizon: Horizon | None
    cost: float | None = Field(
        description="Premiums in `currency`: above zero paid, below received.", examples=[590.0]
    )
    break_evens: list[float] | None = Field(
        description="Reference prices of no profit and no loss at the horizon.", examples=[[80.59]]
    )
    exact: bool | None = Field(
        description="Whether break-evens and extremes are exact: every option ends at the horizon.",
        examples=[True],
    )
    max_profit: ExtremeOut | None
    max_loss: ExtremeOut | None
    probability: Probability | None = Field(description="Null where no volatility is known.")
    now: Now | None
    grid: Grid | None
    legs: list[LegOut]
    units: dict[str, str] = Field(examples=[{"vega": "per volatility point (0.01)"}])
