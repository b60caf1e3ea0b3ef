"""The answers of the futures endpoints: names, units, examples."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tradesense.market.tables import BarInterval
from tradesense.web.query import Instant


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


QuoteStatusWord = Literal["ok", "no_quote", "crossed", "wide", "expired"]
MarketStatusWord = Literal["live", "delayed", "stale", "closed"]
PriceKindWord = Literal["mid", "mark", "last", "settlement"]
ShapeWord = Literal["contango", "backwardation", "flat"]

_PRICE = "in the contract's own unit of price"
SymbolField = Annotated[str, Field(description="The canonical symbol.", examples=["GC-2013-12"])]
SourceField = Annotated[
    str | None, Field(description="Where the data came from; null without data.", examples=["lean"])
]
AsOfField = Annotated[
    datetime,
    Field(description="The instant the answer is for, UTC.", examples=["2013-10-07T15:00:00Z"]),
]
AgeField = Annotated[
    int | None,
    Field(description="Milliseconds from `ts` to `as_of`; null without data.", examples=[60000]),
]


class FuturesQuote(_Answer):
    """The newest known state of one contract."""

    symbol: SymbolField
    source: SourceField
    bid: float | None = Field(description=f"Best bid, {_PRICE}.", examples=[1325.1])
    ask: float | None = Field(description=f"Best ask, {_PRICE}.", examples=[1325.4])
    bid_size: float | None = Field(description="Contracts bid for at `bid`.", examples=[4])
    ask_size: float | None = Field(description="Contracts offered at `ask`.", examples=[3])
    last: float | None = Field(description=f"Newest trade, {_PRICE}.", examples=[1325.3])
    last_ts: datetime | None = Field(
        description="When `last` traded, or its bar ended, UTC.", examples=["2013-10-07T14:59:00Z"]
    )
    price: float | None = Field(
        description=f"The price that counts, {_PRICE}: `price_kind` says which.", examples=[1325.25]
    )
    price_kind: PriceKindWord | None = Field(
        description="Middle of bid and ask, the venue's mark, last trade, or settlement.", examples=["mid"]
    )
    previous: float | None = Field(
        description=f"What the change is measured from, {_PRICE}: `previous_kind` says which.",
        examples=[1309.9],
    )
    previous_kind: Literal["settlement", "last", "mid"] | None = Field(
        description="Settlement of the trade date before, else the last trade before this session, else the "
        "middle of the last quote before it.",
        examples=["settlement"],
    )
    change: float | None = Field(description="`price` − `previous`.", examples=[15.35])
    change_pct: float | None = Field(
        description="`change` in percent of `previous`; null where that is not above zero.",
        examples=[1.1718],
    )
    volume: float | None = Field(description="Contracts traded in the session so far.", examples=[121_373])
    open_interest: float | None = Field(description="Open contracts, as last published.", examples=[231_234])
    ts: datetime | None = Field(
        description="When the newest quote or trade came, UTC.", examples=["2013-10-07T15:00:00Z"]
    )
    quote_age_ms: AgeField
    status: QuoteStatusWord = Field(
        description="`ok`: both sides, in order; `wide`: one side only; `crossed`: bid above ask; "
        "`no_quote`; `expired`.",
        examples=["ok"],
    )


class FuturesContract(_Answer):
    """One listed contract of a product, with its quote."""

    symbol: SymbolField
    source_symbol: str = Field(description="The venue's own name.", examples=["GCZ3"])
    kind: Literal["future", "perpetual"] = Field(description="What it is.", examples=["future"])
    expiry: date | None = Field(description="Expiry date; null for a perpetual.", examples=["2013-12-27"])
    expires_at: datetime | None = Field(
        description="Its last moment, UTC.", examples=["2013-12-27T18:30:00Z"]
    )
    days_to_expiry: float | None = Field(
        description="Calendar days from `as_of` to `expires_at`, with fraction.", examples=[81.15]
    )
    first_notice: date | None = Field(
        description="First notice day; null where settled in cash.", examples=["2013-11-29"]
    )
    last_trade: date | None = Field(description="Last trading day.", examples=["2013-12-27"])
    quote: FuturesQuote


class FuturesProduct(_Answer):
    """A product with stored futures."""

    root: str = Field(description="The root of its symbols.", examples=["GC"])
    name: str | None = Field(description="What it is called.", examples=["Gold"])
    sector: str | None = Field(description="The kind of market.", examples=["metal"])
    exchange: str | None = Field(description="Where it trades.", examples=["COMEX"])
    currency: str | None = Field(description="The currency of its money.", examples=["USD"])
    multiplier: float | None = Field(
        description="Currency per 1.00 of price and contract; of an inverse product its face value.",
        examples=[100],
    )
    tick: float | None = Field(description="Smallest step of price.", examples=[0.1])
    time_zone: str | None = Field(description="The exchange's IANA time zone.", examples=["America/New_York"])
    source: str = Field(description="Where the data came from.", examples=["lean"])
    sources: list[str] = Field(
        description="Every source that has it; `source=` asks for one of them.", examples=[["lean"]]
    )
    first_ts: datetime = Field(description="The first row stored, UTC.", examples=["2013-10-07T00:01:00Z"])
    last_ts: datetime = Field(description="The last row stored, UTC.", examples=["2013-10-08T23:59:00Z"])
    status: MarketStatusWord = Field(
        description="`live`: newest quote within 90 s; `delayed`: within 20 min; `stale`: older; "
        "`closed`: the exchange is.",
        examples=["live"],
    )
    contract_count: int = Field(description="Contracts that live at `as_of`.", examples=[21])
    front: FuturesContract | None = Field(description="The contract that expires next; null without one.")


class FuturesProductDetail(FuturesProduct):
    """A product with all its contracts."""

    as_of: AsOfField
    contracts: list[FuturesContract] = Field(description="By expiry; a perpetual first.")


class QuotesAnswer(_Answer):
    """Quotes in the order asked for; a symbol without data has status `no_quote`."""

    as_of: AsOfField
    items: list[FuturesQuote]


class QuotesQuestion(BaseModel):
    """A long list of symbols."""

    model_config = ConfigDict(extra="forbid")

    symbols: list[
        Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9._&-]{0,63}$", max_length=64, examples=["GC-2013-12"])]
    ] = Field(min_length=1, max_length=1000, description="Canonical symbols, at most 1,000.")
    as_of: Instant | None = Field(
        default=None, description="An instant with its offset.", examples=["2013-10-07T15:00:00Z"]
    )
    source: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")] | None = Field(
        default=None, description="Only data of this source.", examples=["lean"]
    )


class CurveReference(_Answer):
    """What the basis is measured against."""

    symbol: SymbolField
    kind: Literal["spot", "perpetual", "front"] = Field(
        description="An index or spot price, the perpetual, or else the first priced contract.",
        examples=["front"],
    )
    price: float = Field(description=f"Its price, {_PRICE}.", examples=[1325.1])


class CurvePoint(_Answer):
    """One contract's place on the term structure."""

    symbol: SymbolField
    expiry: date | None = Field(description="Expiry date.", examples=["2013-12-27"])
    expires_at: datetime | None = Field(
        description="Its last moment, UTC.", examples=["2013-12-27T18:30:00Z"]
    )
    expiry_years: float | None = Field(description="Years of 365 days to `expires_at`.", examples=[0.2223])
    price: float | None = Field(description=f"The price that counts, {_PRICE}.", examples=[1325.25])
    price_kind: PriceKindWord | None = Field(description="Where `price` came from.", examples=["mid"])
    bid: float | None = Field(description=f"Best bid, {_PRICE}.", examples=[1325.1])
    ask: float | None = Field(description=f"Best ask, {_PRICE}.", examples=[1325.4])
    volume: float | None = Field(description="Contracts traded in the session so far.", examples=[121_373])
    open_interest: float | None = Field(description="Open contracts, as last published.", examples=[231_234])
    basis: float | None = Field(description=f"`price` − the reference's price, {_PRICE}.", examples=[0.15])
    basis_pct: float | None = Field(description="The basis in percent of the reference.", examples=[0.0113])
    basis_annualised: float | None = Field(
        description="The basis as a fraction of the reference, per year between the two.", examples=[0.0007]
    )
    roll_yield_annualised: float | None = Field(
        description="(price of the contract before / price − 1) per year between them, a fraction: what "
        "holding this contract earns if the curve stands still; positive in backwardation.",
        examples=[-0.0011],
    )
    ts: datetime | None = Field(description="When `price` was known, UTC.", examples=["2013-10-07T15:00:00Z"])
    quote_age_ms: AgeField
    status: QuoteStatusWord = Field(description="As in a quote.", examples=["ok"])


class Curve(_Answer):
    """A term structure at one instant."""

    as_of: AsOfField
    source: str = Field(description="Where the data came from.", examples=["lean"])
    status: MarketStatusWord = Field(description="How fresh the product is.", examples=["live"])
    reference: CurveReference | None = Field(description="Null where nothing has a price.")
    shape: ShapeWord | None = Field(
        description="Between the first two priced contracts: rising is contango.", examples=["contango"]
    )
    shape_pct: float | None = Field(
        description="Percent from the first to the second priced contract.", examples=[0.0189]
    )
    shape_pct_annualised: float | None = Field(
        description="The same per year between the two.", examples=[0.2303]
    )
    points: list[CurvePoint] = Field(description="By expiry.")


class CurveAnswer(Curve):
    """A product's term structure, and those of other instants to lay over it."""

    root: str = Field(description="The product.", examples=["GC"])
    currency: str | None = Field(description="The currency of its money.", examples=["USD"])
    compare: list[Curve] = Field(description="In the order asked for; an instant without data is left out.")


class SpreadKind(StrEnum):
    CALENDAR = "calendar"
    BUTTERFLY = "butterfly"


class SpreadLeg(_Answer):
    symbol: SymbolField
    ratio: int = Field(description="Contracts, bought above zero, sold below.", examples=[1])
    bid: float | None = Field(description=f"Best bid, {_PRICE}.", examples=[1325.1])
    ask: float | None = Field(description=f"Best ask, {_PRICE}.", examples=[1325.4])
    quote_age_ms: AgeField


class Spread(_Answer):
    """A spread priced from its legs: near − far, or near − 2 × middle + far."""

    kind: SpreadKind = Field(description="What it is.", examples=["calendar"])
    name: str = Field(description="Its legs, near to far.", examples=["GC-2013-10/GC-2013-12"])
    legs: list[SpreadLeg]
    bid: float | None = Field(description=f"What the legs' quotes pay for it, {_PRICE}.", examples=[-0.6])
    ask: float | None = Field(description=f"What the legs' quotes ask for it, {_PRICE}.", examples=[-0.1])
    mid: float | None = Field(description="The middle of both.", examples=[-0.35])
    days: float | None = Field(
        description="Calendar days from the first leg's expiry to the last one's.", examples=[60.0]
    )
    quote_age_ms: AgeField
    status: QuoteStatusWord = Field(description="The worst of its legs'.", examples=["ok"])


class SpreadsAnswer(_Answer):
    root: str = Field(description="The product.", examples=["GC"])
    as_of: AsOfField
    source: str = Field(description="Where the data came from.", examples=["lean"])
    status: MarketStatusWord = Field(description="How fresh the product is.", examples=["live"])
    items: list[Spread]


class Bar(_Answer):
    ts: datetime = Field(
        description="Start of the bar, UTC; a daily bar's is midnight of its trade date.",
        examples=["2013-10-07T15:00:00Z"],
    )
    open: float | None = Field(description=f"First price, {_PRICE}.", examples=[1325.3])
    high: float | None = Field(description=f"Highest price, {_PRICE}.", examples=[1326.0])
    low: float | None = Field(description=f"Lowest price, {_PRICE}.", examples=[1324.9])
    close: float | None = Field(description=f"Last price, {_PRICE}.", examples=[1325.5])
    volume: float | None = Field(description="Contracts traded; null where built of quotes.", examples=[412])
    open_interest: float | None = Field(description="Open contracts, as last published.", examples=[231_234])


class BarsAnswer(_Answer):
    symbol: SymbolField
    source: str = Field(description="Where the data came from.", examples=["lean"])
    interval: BarInterval = Field(description="The length of a bar.", examples=["5m"])
    built_from: Literal["1s", "1m", "5m", "15m", "1h", "1d", "quotes"] = Field(
        description="The stored rows the bars were made of: trade bars, or quotes (middle of bid and ask, "
        "else last trade).",
        examples=["1m"],
    )
    as_of: AsOfField
    truncated: bool = Field(
        description="Whether `limit` left bars out: newer ones where `from` was given, else older ones.",
        examples=[False],
    )
    items: list[Bar] = Field(description="Oldest first; the last may still be growing.")
    next_cursor: None = None


class Gap(_Answer):
    """Trading days in a row of which nothing is stored."""

    first: date = Field(examples=["2013-10-14"])
    last: date = Field(examples=["2013-10-15"])
    days: int = Field(description="Trading days from `first` to `last`.", examples=[2])


class StoredSpan(_Answer):
    """What one source has stored of an instrument in one form."""

    source: str = Field(examples=["lean"])
    kind: Literal["bars", "quotes"]
    interval: BarInterval | None = Field(description="Null for quotes.", examples=["1m"])
    first_ts: datetime = Field(description="Of the first row, UTC.", examples=["2013-10-07T00:00:00Z"])
    last_ts: datetime = Field(description="Of the last row, UTC.", examples=["2013-10-11T20:59:00Z"])
    row_count: int = Field(examples=[5412])
    day_count: int = Field(description="Days (UTC) with a row.", examples=[5])
    missing_days: int | None = Field(
        description="Trading days in between without a row; null where trading days are not known.",
        examples=[0],
    )
    gaps: list[Gap] = Field(description="The latest 20 of them, the latest first.")


class DepthAnswer(_Answer):
    """How much is stored of an instrument, by source and form."""

    symbol: SymbolField
    as_of: AsOfField
    items: list[StoredSpan] = Field(description="By source; bars before quotes, the finest first.")
    next_cursor: None = None


class StoredQuote(_Answer):
    ts: datetime = Field(description="When it came, UTC.", examples=["2013-10-07T15:00:00Z"])
    seq: int = Field(description="Orders events of one microsecond.", examples=[0])
    bid: float | None = Field(description=f"Best bid, {_PRICE}.", examples=[1325.1])
    ask: float | None = Field(description=f"Best ask, {_PRICE}.", examples=[1325.4])
    bid_size: float | None = Field(description="Contracts bid for.", examples=[4])
    ask_size: float | None = Field(description="Contracts offered.", examples=[3])
    last: float | None = Field(description=f"Newest trade, {_PRICE}.", examples=[1325.3])
    mark: float | None = Field(description=f"The venue's mark, {_PRICE}.", examples=[None])
    volume: float | None = Field(description="Contracts traded in the session.", examples=[None])
    open_interest: float | None = Field(description="Open contracts.", examples=[None])


class StoredQuotesAnswer(_Answer):
    symbol: SymbolField
    source: str = Field(description="Where the data came from.", examples=["lean"])
    as_of: AsOfField
    truncated: bool = Field(
        description="Whether `limit` left quotes out: newer ones where `from` was given, else older ones.",
        examples=[False],
    )
    items: list[StoredQuote] = Field(description="Oldest first.")
    next_cursor: None = None
