"""The shape of the analytics answer, with the unit of every field. What cannot be computed is null, and
`reasons` beside it says why; a test holds what the service writes equal to these models."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tradesense.market.options.gamma_exposure import GexSign, GexUnit
from tradesense.market.options.schemas import FeedStatus, OfOneRoot, Provenance

Reason = Literal[
    "first_expiry",
    "total_variance_falls",
    "no_forward",
    "no_vol_at_the_money",
    "no_quote_at_that_delta",
    "no_quotes",
    "no_open_interest",
    "no_calls_open",
    "no_calls_traded",
    "no_multiplier",
    "expired",
    "one_sign",
    "no_change_of_sign",
    "too_few_days",
    "not_asked",
    "no_expiries_around_30_days",
    "all_days_equal",
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FormulaText(_Part):
    """The definition of one number."""

    formula: str = Field(examples=["open interest of puts / open interest of calls"])
    meaning: str = Field(examples=["Open puts for each open call."])
    source: str = Field(description="Who published it, or who else states it so.", examples=["Cboe"])


class StrikeColumns(_Part):
    """One value per strike in each list; open interest and volume 0 where nobody reports any."""

    strike: list[float] = Field(description="In `currency`, lowest first.", examples=[[3200.0, 3250.0]])
    call_oi: list[float] = Field(description="Open calls, contracts.", examples=[[1543.0, 980.0]])
    put_oi: list[float] = Field(description="Open puts, contracts.", examples=[[2100.0, 1310.0]])
    call_volume: list[float] = Field(description="Calls traded today, contracts.", examples=[[120.0, 80.0]])
    put_volume: list[float] = Field(description="Puts traded today, contracts.", examples=[[90.0, 200.0]])
    call_gex: list[float | None] = Field(
        description="Gamma exposure of the calls, in `gamma_exposure.unit_words`.", examples=[[1.2e6, 0.9e6]]
    )
    put_gex: list[float | None] = Field(
        description="Gamma exposure of the puts, with its sign.", examples=[[-1.4e6, -0.8e6]]
    )


class PainColumns(StrikeColumns):
    """The strikes of one expiry, with what holders would receive if the underlying ended at each."""

    call_pain: list[float | None] = Field(
        description="What holders of calls would receive, `currency`.", examples=[[0.0, 3.1e6]]
    )
    put_pain: list[float | None] = Field(
        description="What holders of puts would receive, `currency`.", examples=[[4.2e6, 0.0]]
    )


class Interest(_Part):
    """Open interest, volume and their ratios, of one expiry or of all."""

    call_oi: float = Field(description="Open calls, contracts.", examples=[21_400.0])
    put_oi: float = Field(description="Open puts, contracts.", examples=[30_100.0])
    call_volume: float = Field(description="Calls traded today.", examples=[1_400.0])
    put_volume: float = Field(description="Puts traded today.", examples=[1_900.0])
    put_call_oi: float | None = Field(description="Open puts per open call.", examples=[1.41])
    put_call_volume: float | None = Field(description="Puts traded per call traded.", examples=[1.36])
    gex: float | None = Field(description="Gamma exposure, in its own unit.", examples=[-2.5e8])


class ExpiryAnalytics(Provenance, Interest):
    """One expiry: a point of the term structure, its skew, its open interest."""

    atm_iv: float | None = Field(description="Volatility at the forward, per year.", examples=[0.1201])
    forward_vol: float | None = Field(
        description="Volatility between the expiry before and this one, per year; null for the first.",
        examples=[0.1312],
    )
    call_iv_25d: float | None = Field(description="Volatility of the 25-delta call.", examples=[0.111])
    put_iv_25d: float | None = Field(description="Volatility of the 25-delta put.", examples=[0.142])
    call_strike_25d: float | None = Field(description="Its strike, in `currency`.", examples=[3330.0])
    put_strike_25d: float | None = Field(description="Its strike, in `currency`.", examples=[3120.0])
    risk_reversal_25d: float | None = Field(description="Call less put volatility.", examples=[-0.031])
    butterfly_25d: float | None = Field(description="Mean of both less `atm_iv`.", examples=[0.0065])
    expected_move: float | None = Field(
        description="One standard deviation by expiry, in `currency` per unit.", examples=[176.2]
    )
    expected_low: float | None = Field(description="Forward less `expected_move`.", examples=[3057.9])
    expected_high: float | None = Field(description="Forward plus `expected_move`.", examples=[3410.3])
    straddle: float | None = Field(
        description="Mark of call plus put at `straddle_strike`, in `currency`.", examples=[141.5]
    )
    straddle_strike: float | None = Field(description="Listed strike nearest to it.", examples=[3235.0])
    max_pain: float | None = Field(
        description="Strike at which holders would receive least at expiry.", examples=[3200.0]
    )
    quotes_used: int = Field(description="Options behind skew and volatility.", examples=[61])
    quote_age_ms: int | None = Field(description="Median age of those quotes.", examples=[850])
    reasons: dict[str, Reason] = Field(
        description="For each null above why it is null.", examples=[{"forward_vol": "first_expiry"}]
    )
    strikes: PainColumns


class GammaExposure(_Part):
    """Gamma exposure over all expiries of the answer, and the convention behind it."""

    sign: GexSign
    unit: GexUnit
    formula: str = Field(description="The formula and its assumption, in words.")
    unit_words: str = Field(description="What one unit is.", examples=["USD to trade for each 1 % move"])
    total: float | None = Field(description="Over all strikes and expiries.", examples=[-2.5e8])
    call_wall: float | None = Field(
        description="Strike with the greatest exposure of calls.", examples=[3300.0]
    )
    put_wall: float | None = Field(
        description="Strike with the greatest exposure of puts.", examples=[3100.0]
    )
    zero_gamma: float | None = Field(
        description="Price of the front forward at which the total changes sign.", examples=[3190.4]
    )
    reasons: dict[str, Reason] = Field(examples=[{"zero_gamma": "one_sign"}])


class IvDay(_Part):
    """The 30-day volatility at the end of one stored day."""

    day: date = Field(description="UTC.", examples=["2020-01-05"])
    iv: float = Field(description="A fraction per year.", examples=[0.118])


class IvRank(_Part):
    """Where the 30-day volatility stands among the stored days."""

    iv_30d: float | None = Field(description="Volatility at the money at 30 days.", examples=[0.121])
    rank: float | None = Field(description="0 at the lowest of the days, 1 at the highest.", examples=[0.42])
    percentile: float | None = Field(description="Share of the days that were lower.", examples=[0.55])
    low: float | None = Field(description="Lowest of the days and now.", examples=[0.101])
    high: float | None = Field(description="Highest of the days and now.", examples=[0.148])
    days_asked: int = Field(description="Days looked back.", examples=[60])
    days: list[IvDay] = Field(description="The days that have one, oldest first.")
    reasons: dict[str, Reason] = Field(examples=[{"rank": "too_few_days"}])


class AnalyticsAnswer(OfOneRoot):
    """What the chains of one root say together."""

    as_of: datetime = Field(description="The instant of all numbers.", examples=["2020-01-06T15:00:00Z"])
    newest_ts: datetime = Field(description="Time of the newest quote.", examples=["2020-01-06T15:00:00Z"])
    status: FeedStatus = Field(description="How fresh the data was when asked for.", examples=["closed"])
    delta_convention: str = Field(description="What the 25 of 25-delta counts.")
    formulas: dict[str, FormulaText] = Field(description="The definition of each number, by its field.")
    expiries: list[ExpiryAnalytics] = Field(description="The term structure, soonest first.")
    total: Interest = Field(description="Over all expiries of the answer.")
    by_strike: StrikeColumns = Field(description="Summed over all expiries of the answer.")
    gamma_exposure: GammaExposure
    iv_rank: IvRank
