"""What a push of quotes holds and what it is answered."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tradesense.web.query import FiniteNumber, Instant

MOST_QUOTES: Final = 5_000
_LARGEST = 1e15

Number = Annotated[FiniteNumber, Field(ge=-_LARGEST, le=_LARGEST, strict=True)]
Amount = Annotated[FiniteNumber, Field(ge=0, le=_LARGEST, strict=True)]


class PushedQuote(BaseModel):
    """The state of one contract at one instant: what is left out is not known."""

    model_config = ConfigDict(extra="forbid")

    symbol: Annotated[str, StringConstraints(min_length=1, max_length=64)] = Field(
        description="A canonical symbol of a product whose terms are known.", examples=["ES-2027-03"]
    )
    ts: Instant
    seq: int = Field(
        0, ge=0, lt=2**53, strict=True, description="Tells several of one contract and instant apart."
    )
    bid: Number | None = None
    ask: Number | None = None
    bid_size: Amount | None = None
    ask_size: Amount | None = None
    last: Number | None = None
    mark: Number | None = None
    volume: Amount | None = None
    open_interest: Amount | None = None
    underlying_price: Annotated[Amount, Field(gt=0)] | None = Field(
        None, description="Of an option: the forward or spot it was quoted against."
    )


class QuotesIn(BaseModel):
    """Quotes of one source of your own."""

    model_config = ConfigDict(extra="forbid")

    source: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,31}$", max_length=32)] = Field(
        description="The name they are kept and shown under; none of the program's own sources.",
        examples=["my-prices"],
    )
    quotes: Annotated[list[PushedQuote], Field(min_length=1, max_length=MOST_QUOTES)]


class RejectedQuote(BaseModel):
    """A quote that was left out, by its place in the request."""

    index: int
    reason: str


class PushAnswer(BaseModel):
    """What became of the quotes; those accepted are on the disk.

    `duplicate` counts those whose symbol, time and number were stored already: sending a request again
    changes nothing.
    """

    accepted: int
    duplicate: int
    rejected: list[RejectedQuote]
