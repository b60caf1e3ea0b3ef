"""The words for what can be traded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    FUTURE = "future"
    OPTION = "option"
    PERPETUAL = "perpetual"
    INDEX = "index"
    EQUITY = "equity"


class Right(StrEnum):
    CALL = "C"
    PUT = "P"


class Exercise(StrEnum):
    EUROPEAN = "european"
    AMERICAN = "american"


class Settlement(StrEnum):
    CASH = "cash"
    PHYSICAL = "physical"


@dataclass(frozen=True, slots=True)
class Instrument:
    """One listed thing of one source.

    `symbol` is canonical, `source_symbol` the venue's own name. `expires_at` is aware UTC, to the
    second; `multiplier` is currency per 1.00 of price; an inverse instrument is quoted or settled
    in its base coin.
    """

    source: str
    symbol: str
    source_symbol: str
    kind: Kind
    root: str
    underlying: str | None = None
    expiry: date | None = None
    expires_at: datetime | None = None
    first_notice: date | None = None
    last_trade: date | None = None
    strike: float | None = None
    right: Right | None = None
    exercise: Exercise | None = None
    settlement: Settlement | None = None
    multiplier: float | None = None
    tick: float | None = None
    currency: str | None = None
    exchange: str | None = None
    time_zone: str | None = None
    inverse: bool = False
