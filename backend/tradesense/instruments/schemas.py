"""The shapes the instrument routes answer with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from tradesense.instruments.values import Exercise, Instrument, Kind, Right, Settlement


class InstrumentItem(BaseModel):
    """One listed instrument of one source."""

    model_config = ConfigDict(from_attributes=True)

    symbol: str = Field(description="The canonical symbol.", examples=["ES-2020-03"])
    source: str = Field(examples=["lean"])
    source_symbol: str = Field(description="The venue's own name.", examples=["ESH20"])
    kind: Kind
    root: str = Field(examples=["ES"])
    underlying: str | None = Field(description="What an option delivers or settles to.", examples=[None])
    expiry: date | None = Field(description="The exchange's own date.", examples=["2020-03-20"])
    expires_at: datetime | None = Field(
        description="The last moment, in UTC.", examples=["2020-03-20T13:30:00Z"]
    )
    first_notice: date | None
    last_trade: date | None
    strike: float | None = Field(
        description="The strike, in the unit the underlying is quoted in.", examples=[None]
    )
    right: Right | None
    exercise: Exercise | None
    settlement: Settlement | None
    multiplier: float | None = Field(
        description="Currency per 1.00 of price and contract; for an inverse future its face value.",
        examples=[50.0],
    )
    tick: float | None = Field(description="The smallest step of the price.", examples=[0.25])
    currency: str | None = Field(examples=["USD"])
    exchange: str | None = Field(examples=["CME"])
    time_zone: str | None = Field(examples=["America/Chicago"])
    inverse: bool = Field(description="Settled in its own coin.")

    @classmethod
    def of(cls, instrument: Instrument) -> Self:
        return cls.model_validate(instrument)


class TradingWindow(BaseModel):
    """One stretch of a trading day, by the clock of `hours_zone`."""

    opens: str = Field(examples=["17:00"])
    closes: str = Field(examples=["16:00"])
    opens_day_before: bool


class Specification(BaseModel):
    """What the exchange states of the product; null where no specification is known for the root."""

    name: str = Field(examples=["E-mini S&P 500"])
    sector: str = Field(examples=["equity index"])
    exchange: str
    mic: str = Field(description="ISO 10383.", examples=["XCME"])
    currency: str
    time_zone: str
    price_note: str = Field(description="What a price of 1.00 means.", examples=["index points"])
    listed_months: str | None = Field(description="Month codes of the futures.", examples=["HMUZ"])
    expiry_rule: str | None = Field(
        description="The name of the rule of the last trading day.", examples=["third_friday"]
    )
    expiry_time: str | None = Field(examples=["08:30"])
    expiry_zone: str | None = Field(examples=["America/Chicago"])
    hours: list[TradingWindow] = Field(description="By the clock of `hours_zone`.")
    hours_zone: str = Field(description="Whose clock the hours are told by.", examples=["America/Chicago"])
    calendar: str = Field(description="Which days count as business days.", examples=["US_STOCKS"])
    calendar_known_until: date = Field(
        description="Beyond it holidays are not known and an expiry counted by rule may move."
    )


class InstrumentDetail(InstrumentItem):
    """One instrument with its full contract specification."""

    as_of: datetime
    expired: bool
    days_to_expiry: int | None = Field(
        description="Calendar days, by the exchange's own date.", examples=[39]
    )
    trading_days_to_expiry: int | None = Field(
        description="Null where the calendar does not reach.", examples=[27]
    )
    years_to_expiry: float | None = Field(description="To the second, in years of 365 days.")
    market_open: bool | None = Field(
        description="By trading hours at `as_of`; null where they are not known."
    )
    sources: list[str] = Field(description="Every source that lists this symbol, the default one first.")
    specification: Specification | None
