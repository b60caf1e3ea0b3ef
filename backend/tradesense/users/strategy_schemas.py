"""What requests about kept strategies hold and what answers show."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from tradesense.base.errors import AppError
from tradesense.instruments import parse_symbol
from tradesense.users.schemas import Strict
from tradesense.users.strategy_models import SavedStrategy
from tradesense.web.query import FiniteNumber, Root, Symbol

MOST_STRATEGIES: Final = 200
MOST_LEGS: Final = 20
LONGEST_NAME: Final = 80
LONGEST_NOTES: Final = 2_000


def _check_printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must have no control characters")
    return text


def _check_notes(text: str) -> str:
    if not all(character.isprintable() or character in "\n\t" for character in text):
        raise ValueError("must have no control characters")
    return text


def _check_symbol(text: str) -> str:
    try:
        return parse_symbol(text).text
    except AppError:
        raise ValueError("is no canonical symbol") from None


def _check_not_zero(quantity: int) -> int:
    if quantity == 0:
        raise ValueError("must not be 0")
    return quantity


StrategyName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
    AfterValidator(_check_printable),
    Field(description="What the strategy is called.", examples=["Condor over the holidays"]),
]
Notes = Annotated[
    str,
    StringConstraints(max_length=LONGEST_NOTES),
    AfterValidator(_check_notes),
    Field(description="Why, and what to watch for.", examples=["Out at half the premium."]),
]


class StrategyLeg(Strict):
    """One contract of a strategy."""

    symbol: Annotated[Symbol, AfterValidator(_check_symbol)]
    quantity: Annotated[int, AfterValidator(_check_not_zero)] = Field(
        ge=-100_000, le=100_000, description="Contracts: above zero bought, below sold.", examples=[-1]
    )
    price: Annotated[FiniteNumber, Field(ge=-1e9, le=1e9)] | None = Field(
        default=None, description="What it was traded at; null takes the market's.", examples=[2.31]
    )


Legs = Annotated[list[StrategyLeg], Field(min_length=1, max_length=MOST_LEGS)]


class StrategyIn(Strict):
    """A strategy to keep."""

    name: StrategyName
    notes: Notes = ""
    underlying: Root
    legs: Legs


class StrategyChange(Strict):
    """What to change about a strategy; what is left out stays."""

    name: StrategyName | None = None
    notes: Notes | None = None
    underlying: Root | None = None
    legs: Legs | None = None


class StrategyOut(BaseModel):
    """A kept strategy; `version` grows with each change and is the `ETag`."""

    id: UUID
    name: str = Field(examples=["Condor over the holidays"])
    notes: str = Field(examples=["Out at half the premium."])
    underlying: str = Field(examples=["CL"])
    legs: list[StrategyLeg]
    version: int = Field(examples=[1])
    created_at: datetime
    updated_at: datetime


class StrategiesOut(BaseModel):
    """All strategies one person keeps, the newest first."""

    items: list[StrategyOut] = Field(max_length=MOST_STRATEGIES)


def strategy_out(row: SavedStrategy) -> StrategyOut:
    """Return a row as answers show it: without whose it is, which is the caller."""
    return StrategyOut.model_validate(row, from_attributes=True)
