"""What this package asks of whoever stores instruments; market's history answers it, `run` installs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tradesense.instruments.values import Instrument, Kind

Position = Sequence[str | int | float | None]


@dataclass(frozen=True, slots=True)
class InstrumentQuery:
    """What to search for. `text` is found in symbol, venue symbol or root; `roots` match as a whole."""

    text: str = ""
    roots: tuple[str, ...] = ()
    kind: Kind | None = None
    root: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class FoundInstrument:
    """An instrument of a list, and the position after which the list goes on."""

    instrument: Instrument
    position: Position


class InstrumentCatalogue(Protocol):
    """The stored instruments of every source."""

    async def search(
        self, query: InstrumentQuery, *, after: Position | None, limit: int
    ) -> list[FoundInstrument]:
        """Return at most `limit` instruments after a position.

        Those whose root or symbol is the text itself come first; then by kind (index, equity, perpetual,
        future, option), root, expiry, strike as a number, right, source.
        """
        ...

    async def find(self, symbol: str, *, as_of: datetime | None) -> list[Instrument]:
        """Return one symbol as each source lists it, the source that answers by default first."""
        ...

    async def known(self, symbols: Sequence[str]) -> frozenset[str]:
        """Return those of the symbols that any source lists, alive or not."""
        ...
