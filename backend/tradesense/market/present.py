"""What the desks ask of live state: their own newest answers as bytes. See `live.present`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PresentAnswer:
    """An encoded answer about the present and its validator; `seq` is another one after each change."""

    seq: int
    body: bytes
    etag: str


class Present(Protocol):
    """Every method returns `None`, or leaves a symbol out, where nobody tells of it at the moment.

    Without a source the one answers that is the default of the root.
    """

    async def board(self, root: str, source: str | None) -> PresentAnswer | None:
        """Return `GET /futures/{root}`."""
        ...

    async def curve(self, root: str, source: str | None) -> PresentAnswer | None:
        """Return `GET /futures/{root}/curve`."""
        ...

    async def quotes(self, symbols: Sequence[str], source: str | None) -> Mapping[str, PresentAnswer]:
        """Return the items of `GET /futures/quotes`, by symbol."""
        ...

    async def chain(self, underlying: str, expiry: date | None, source: str | None) -> PresentAnswer | None:
        """Return `GET /options/{underlying}/chain` with all strikes, by default of the first open expiry."""
        ...

    async def chains(
        self, underlying: str, source: str | None, expiries: Sequence[date]
    ) -> Sequence[PresentAnswer]:
        """Return the chains of these expiries, by default of all open ones; none where one is missing."""
        ...

    async def surface(self, underlying: str, source: str | None) -> PresentAnswer | None:
        """Return `GET /options/{underlying}/surface`."""
        ...
