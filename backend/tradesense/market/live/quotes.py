"""What a feed says: quotes of one source as columns, and how each feed is doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from tradesense.instruments import Instrument

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

QUOTE_COLUMNS: Final = (
    "bid",
    "ask",
    "bid_size",
    "ask_size",
    "last",
    "mark",
    "volume",
    "open_interest",
)
OPTION_COLUMNS: Final = (
    *QUOTE_COLUMNS,
    "underlying_price",
    "venue_iv",
    "venue_delta",
    "venue_gamma",
    "venue_vega",
    "venue_theta",
)
"""The columns a batch may have; names, units and meaning are those of the store (`market.tables`)."""


@dataclass(frozen=True, slots=True)
class QuoteBatch:
    """Quotes of one source, of any of its instruments, in any order; parallel arrays of shape (n,).

    `ts_us` is the event's time in microseconds since 1970 UTC, `seq` orders several of one microsecond.
    `columns` holds float64 arrays by names of `OPTION_COLUMNS`; NaN is "not known", a column that is
    left out is not known for all. A feed that says the same instruments again passes the same `symbols`
    object: its place in the book is then looked up once.
    """

    source: str
    symbols: Sequence[str]
    ts_us: Ints
    seq: Ints
    columns: Mapping[str, Floats]


class FeedStatus(StrEnum):
    """How a feed is doing, in the contract's words."""

    LIVE = "live"
    DELAYED = "delayed"
    STALE = "stale"
    CLOSED = "closed"


class Intake(Protocol):
    """Where feeds hand in what they hear. Called on the event loop; never blocks, never waits.

    What cannot be so (NaN-only, a price of zero or less where none may be, a time more than 5 s ahead,
    an instrument nobody listed) is dropped, counted by reason, sampled in the log.
    """

    def listed(self, source: str, instruments: Sequence[Instrument]) -> None:
        """These can be traded at this source; said again, the newer terms count."""
        ...

    def gone(self, source: str, symbols: Sequence[str]) -> None:
        """These are traded no more."""
        ...

    def quoted(self, batch: QuoteBatch) -> None:
        """This is what they were quoted at."""
        ...

    def heard(self, source: str) -> None:
        """The feed lives, although nothing may be quoted at the moment."""
        ...

    def lost(self, source: str, reason: str) -> None:
        """The feed is cut off, said in words for people; `heard` or `quoted` ends it."""
        ...
