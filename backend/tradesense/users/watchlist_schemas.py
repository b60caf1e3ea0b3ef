"""What requests about watch lists hold and what answers show."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from tradesense.users.models import Watchlist
from tradesense.users.schemas import Strict
from tradesense.web.query import Symbol

MOST_LISTS: Final = 20
MOST_SYMBOLS: Final = 200
LONGEST_NAME: Final = 60


def _check_printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must have no control characters")
    return text


def _check_once(symbols: list[str]) -> list[str]:
    twice = next((each for index, each in enumerate(symbols) if each in symbols[:index]), None)
    if twice is not None:
        raise ValueError(f"has {twice} twice")
    return symbols


WatchlistName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
    AfterValidator(_check_printable),
    Field(description="What the list is called.", examples=["Energy"]),
]

Symbols = Annotated[
    list[Symbol],
    Field(
        max_length=MOST_SYMBOLS,
        description="Canonical symbols in the order they are shown, each once.",
        examples=[["ES-2020-03"]],
    ),
    AfterValidator(_check_once),
]


class WatchlistIn(Strict):
    """A new list."""

    name: WatchlistName
    symbols: Symbols = Field(default_factory=list)


class WatchlistChange(Strict):
    """What to change about a list; what is left out stays."""

    name: WatchlistName | None = None
    symbols: Symbols | None = Field(None, description="The whole list in its new order.")


class WatchlistOut(BaseModel):
    """A list; `version` grows with each change and is the `ETag`."""

    id: UUID
    name: str = Field(examples=["Energy"])
    symbols: list[str] = Field(examples=[["ES-2020-03"]])
    version: int = Field(examples=[1])
    created_at: datetime
    updated_at: datetime


class WatchlistsOut(BaseModel):
    """All lists of one person, the oldest first."""

    items: list[WatchlistOut] = Field(max_length=MOST_LISTS)


def watchlist_out(row: Watchlist) -> WatchlistOut:
    """Return a row as answers show it: without whose it is, which is the caller."""
    return WatchlistOut.model_validate(row, from_attributes=True)
