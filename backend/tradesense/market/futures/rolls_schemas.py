"""The answers of the continuous series and of the roll monitor: names, units, examples."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from tradesense.market.futures.rolls import Adjust, Roll, RollRule
from tradesense.market.futures.schemas import AsOfField, SymbolField
from tradesense.market.tables import BarInterval

Day = date
"""A field may be named `date`, which would hide the type of that name."""


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ContinuousRow(_Answer):
    """One bar, or one price at the source's own time, of the contract held then."""

    ts: datetime = Field(
        description="Start of the bar, UTC; midnight of the trade date for a daily one; the source's own "
        "time for a series rolled by its source.",
        examples=["2013-10-07T00:00:00Z"],
    )
    contract: SymbolField
    open: float | None = Field(description="Adjusted.", examples=[1310.0])
    high: float | None = Field(description="Adjusted.", examples=[1330.2])
    low: float | None = Field(description="Adjusted.", examples=[1308.1])
    close: float | None = Field(
        description="Adjusted; null behind a roll that cannot be bridged.", examples=[1325.3]
    )
    volume: float | None = Field(description="Contracts traded.", examples=[121373])
    open_interest: float | None = Field(description="Open contracts.", examples=[231234])
    unadjusted_close: float | None = Field(
        description="The contract's own close, as it traded.", examples=[1325.3]
    )


class RollEntry(_Answer):
    """One roll of the series."""

    date: Day = Field(description="The first trade date of the new contract.", examples=["2013-11-27"])
    ts: datetime = Field(
        description="The first moment of the new contract; no price before it is of it.",
        examples=["2013-11-26T22:15:00Z"],
    )
    from_: str = Field(alias="from", description="The contract left.", examples=["GC-2013-12"])
    to: str = Field(description="The contract gone on to.", examples=["GC-2014-02"])
    reason: Literal["calendar", "volume", "oi", "expiry", "source"] = Field(
        description="The rule, or `expiry` where the contract ended before the rule asked for a roll.",
        examples=["volume"],
    )
    priced_at: datetime | None = Field(
        description="The moment both prices are of, before the roll; null where they share none.",
        examples=["2013-11-26T22:15:00Z"],
    )
    from_price: float | None = Field(examples=[1241.4])
    to_price: float | None = Field(examples=[1241.8])
    gap: float | None = Field(description="`to_price` − `from_price`.", examples=[0.4])
    factor: float | None = Field(description="`to_price` / `from_price`.", examples=[1.000322])
    status: Literal["ok", "no_overlap", "not_positive"] = Field(
        description="`no_overlap`: no price of one day; `not_positive`: no factor.", examples=["ok"]
    )

    @classmethod
    def of(cls, roll: Roll) -> RollEntry:
        gap, factor = roll.gap, roll.factor
        return cls.model_validate(
            {
                "date": roll.day,
                "ts": roll.at,
                "from": roll.source,
                "to": roll.target,
                "reason": roll.reason.value,
                "priced_at": roll.priced_at,
                "from_price": roll.source_price,
                "to_price": roll.target_price,
                "gap": None if gap is None else round(gap, 10),
                "factor": factor,
                "status": roll.status.value,
            }
        )


_TIME = pa.timestamp("us", tz="UTC")
_ROLL_FIELDS: list[pa.Field[Any]] = [
    pa.field("date", pa.date32()),
    pa.field("ts", _TIME),
    pa.field("from", pa.string()),
    pa.field("to", pa.string()),
    pa.field("reason", pa.string()),
    pa.field("priced_at", _TIME),
    pa.field("from_price", pa.float64()),
    pa.field("to_price", pa.float64()),
    pa.field("gap", pa.float64()),
    pa.field("factor", pa.float64()),
    pa.field("status", pa.string()),
]
ROLL_COLUMNS = pa.schema(_ROLL_FIELDS)
"""The columns of a roll table, which are `RollEntry`'s."""


class RollsAnswer(_Answer):
    """The roll table of a continuous series."""

    root: str = Field(examples=["GC"])
    source: str = Field(examples=["lean"])
    rank: int = Field(examples=[1])
    roll: RollRule
    as_of: AsOfField
    items: list[RollEntry] = Field(description="Every roll up to `as_of`, oldest first.")
    next_cursor: None = None


class ContinuousAnswer(_Answer):
    """A continuous series and its roll table."""

    root: str = Field(examples=["GC"])
    source: str = Field(examples=["lean"])
    rank: int = Field(examples=[1])
    roll: RollRule
    adjust: Adjust
    roll_days: int | None = Field(
        description="Trading days held back from the end; null unless rolled by calendar.", examples=[5]
    )
    interval: BarInterval | None = Field(description="Null: at the source's own times.", examples=["1d"])
    as_of: AsOfField
    truncated: bool = Field(
        description="Whether `limit` left rows out: newer ones where `from` was given, else older ones.",
        examples=[False],
    )
    rolls: list[RollEntry] = Field(description="Every roll up to `as_of`, oldest first.")
    items: list[ContinuousRow] = Field(description="Oldest first.")
    next_cursor: None = None


class RollLeg(_Answer):
    """One of the two contracts between which positions move."""

    symbol: SymbolField
    expiry: Day
    first_notice: Day | None
    last_trade: Day | None
    days_to_expiry: float | None = Field(description="In days, to the second.", examples=[12.4])
    bid: float | None = Field(examples=[1325.1])
    ask: float | None = Field(examples=[1325.4])
    price: float | None = Field(description="The price that counts.", examples=[1325.25])
    volume: float | None = Field(description="In the session so far.", examples=[121373])
    open_interest: float | None = Field(description="As last published.", examples=[231234])


class RollCost(_Answer):
    """What going on to the next contract costs, from the quotes of the two."""

    spread: float | None = Field(
        description="Next minus front price; above zero in contango.", examples=[0.4]
    )
    spread_pct: float | None = Field(description="In percent of the front price.", examples=[0.03])
    spread_annualised: float | None = Field(
        description="(next / front − 1) per year between their expiries, a fraction.", examples=[0.0024]
    )
    long_roll: float | None = Field(
        description="Points a long position pays: next at the ask, front at the bid.", examples=[0.7]
    )
    short_roll: float | None = Field(
        description="Points a short position receives: next at the bid, front at the ask.", examples=[0.1]
    )
    slippage: float | None = Field(
        description="Points paid beyond the spread of the middles, each way.", examples=[0.3]
    )
    long_roll_money: float | None = Field(
        description="`long_roll` times the multiplier, per contract, in `currency`.", examples=[70.0]
    )
    currency: str | None = Field(examples=["USD"])


class MigrationRow(_Answer):
    """How trading and positions divided between the two contracts on one trade date."""

    date: Day
    front_volume: float | None
    next_volume: float | None
    volume_share: float | None = Field(
        description="The next contract's part of both, a fraction.", examples=[0.31]
    )
    front_open_interest: float | None
    next_open_interest: float | None
    open_interest_share: float | None = Field(
        description="The next contract's part of both, a fraction.", examples=[0.22]
    )


class RollMonitor(_Answer):
    """Where the roll from the front contract to the next one stands."""

    root: str = Field(examples=["GC"])
    source: str = Field(examples=["lean"])
    as_of: AsOfField
    trade_date: Day = Field(description="The trade date `as_of` belongs to.", examples=["2013-10-08"])
    front: RollLeg | None
    next: RollLeg | None
    roll_date: Day | None = Field(
        description="The first trade date of the next contract by calendar.", examples=["2013-11-22"]
    )
    roll_days: int = Field(description="Trading days held back from the end.", examples=[5])
    days_to_roll: int | None = Field(
        description="Calendar days to `roll_date`, negative once it has passed.", examples=[45]
    )
    trading_days_to_roll: int | None = Field(examples=[33])
    volume_crossed_on: Day | None = Field(
        description="Since when the next contract trades more than the front; null while it doesn't."
    )
    open_interest_crossed_on: Day | None = Field(
        description="Since when the next contract has more open interest; null while it hasn't."
    )
    cost: RollCost
    migration: list[MigrationRow] = Field(description="By trade date, oldest first.")
