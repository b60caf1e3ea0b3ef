"""Where feeds hand in what they hear: screened, put into the book, told to whoever follows."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from tradesense.base.clock import Clock
from tradesense.instruments import Instrument
from tradesense.market.live.book import Applied, Book
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.quotes import QuoteBatch
from tradesense.market.live.screen import screen

_LOG_EVERY = 10_000
_TIDY_EVERY_SECONDS = 60.0
_SHOWN_AFTER_EXPIRY: Final = timedelta(hours=1)

_log = logging.getLogger("tradesense.market")


@dataclass(frozen=True, slots=True)
class Taken:
    """A batch as it was taken: `kept` rows are new to the book, whether they are the newest or not.

    `refused` counts the others that could not be so, by reason; the rest was there already.
    """

    batch: QuoteBatch
    kept: npt.NDArray[np.bool_]
    fresh: npt.NDArray[np.bool_]
    refused: Mapping[str, int]


class Follower(Protocol):
    """Hears everything that is handed in. Called on the event loop: must not block."""

    def listed(self, source: str, instruments: Sequence[Instrument]) -> None: ...

    def gone(self, source: str, symbols: Sequence[str]) -> None: ...

    def taken(self, taken: Taken) -> None: ...

    def heard(self, source: str) -> None: ...

    def lost(self, source: str, reason: str) -> None: ...


class LiveIntake:
    """See `quotes.Intake`. `refused` counts by source and reason since the start."""

    def __init__(self, book: Book, clock: Clock, followers: Collection[Follower] = ()) -> None:
        self._book = book
        self._clock = clock
        self._followers = list(followers)
        self.refused: dict[str, Counter[str]] = {}

    def follow(self, follower: Follower) -> None:
        """Tell one more from now on."""
        self._followers.append(follower)

    def listed(self, source: str, instruments: Sequence[Instrument]) -> None:
        self._book.list_instruments(source, instruments)
        for each in self._followers:
            each.listed(source, instruments)

    def gone(self, source: str, symbols: Sequence[str]) -> None:
        self._book.withdraw(source, symbols)
        for each in self._followers:
            each.gone(source, symbols)

    def quoted(self, batch: QuoteBatch) -> None:
        """Take a batch. Raises `ValueError` for columns that do not belong together."""
        taken = self.take(batch)
        if taken.refused:
            self._count(batch.source, taken.refused)

    def take(self, batch: QuoteBatch) -> Taken:
        """Take a batch and return what became of its rows; what is refused is the caller's to tell."""
        layout = self._book.layout(batch.source, batch.symbols)
        good, refused = screen(
            batch,
            known=layout.known,
            may_be_negative=layout.may_be_negative,
            now_us=microseconds_of(self._clock.now()),
        )
        applied: Applied = self._book.apply(batch, good)
        taken = Taken(batch, applied.fresh | applied.late, applied.fresh, refused)
        for each in self._followers:
            each.taken(taken)
        return taken

    def heard(self, source: str) -> None:
        for each in self._followers:
            each.heard(source)

    def lost(self, source: str, reason: str) -> None:
        for each in self._followers:
            each.lost(source, reason)

    def forget_expired(self) -> None:
        """Take what expired an hour ago or earlier for gone, whether its feed says so or not."""
        expired: dict[str, list[str]] = {}
        for source, symbol in self._book.forget_expired(self._clock.now() - _SHOWN_AFTER_EXPIRY):
            expired.setdefault(source, []).append(symbol)
        for source, symbols in expired.items():
            for each in self._followers:
                each.gone(source, symbols)

    async def keep_tidy(self) -> None:
        """Forget what expired, every minute until cancelled."""
        while True:
            self.forget_expired()
            await asyncio.sleep(_TIDY_EVERY_SECONDS)

    def _count(self, source: str, refused: Mapping[str, int]) -> None:
        counts = self.refused.setdefault(source, Counter())
        for reason, count in refused.items():
            if counts[reason] // _LOG_EVERY != (counts[reason] + count) // _LOG_EVERY or not counts[reason]:
                _log.warning("quotes refused", extra={"source": source, "reason": reason, "count": count})
            counts[reason] += count
