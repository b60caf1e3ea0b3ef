"""What people watch: a few named lists each, of instruments that exist, in an order of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.base.clock import Clock
from tradesense.base.errors import Invalid
from tradesense.instruments import InstrumentCatalogue
from tradesense.users.errors import TooManyWatchlists, UnknownWatchlist, WatchlistChanged
from tradesense.users.models import Watchlist
from tradesense.users.service import Users
from tradesense.users.watchlist_repository import WatchlistRepository
from tradesense.users.watchlist_schemas import (
    MOST_LISTS,
    WatchlistChange,
    WatchlistIn,
    WatchlistOut,
    watchlist_out,
)

_MOST_NAMED: Final = 5


class Watchlists:
    """Watch lists, within one transaction. One that is another's is answered as one that is not there."""

    def __init__(self, session: AsyncSession, clock: Clock, catalogue: InstrumentCatalogue) -> None:
        self._stored = WatchlistRepository(session)
        self._users = Users(session, clock)
        self._clock = clock
        self._catalogue = catalogue

    async def all(self, user_id: UUID) -> list[WatchlistOut]:
        """Return a person's lists, the oldest first."""
        return [watchlist_out(each) for each in await self._stored.of(user_id)]

    async def get(self, user_id: UUID, list_id: UUID) -> WatchlistOut:
        """Return one list. Raises `UnknownWatchlist`."""
        found = await self._stored.find(user_id, list_id)
        if found is None:
            raise UnknownWatchlist
        return watchlist_out(found)

    async def make(self, user_id: UUID, wanted: WatchlistIn) -> WatchlistOut:
        """Make a list. Raises `Invalid` (`unknown_instrument`), `TooManyWatchlists`, `UnknownUser`."""
        await self._check(wanted.symbols)
        # The account is held, so that of two made at once both are counted.
        await self._users.get(user_id, lock=True)
        if await self._stored.count(user_id) >= MOST_LISTS:
            raise TooManyWatchlists(MOST_LISTS)
        now = self._clock.now()
        row = Watchlist(
            id=uuid4(),
            user_id=user_id,
            name=wanted.name,
            symbols=wanted.symbols,
            version=1,
            created_at=now,
            updated_at=now,
        )
        await self._stored.add(row)
        return watchlist_out(row)

    async def change(
        self, user_id: UUID, list_id: UUID, wanted: WatchlistChange, *, version: int | None
    ) -> WatchlistOut:
        """Give a list another name or other symbols; what is `None` stays, and no change is no new version.

        `version` is the one the caller saw, `None` where that does not matter. Only symbols that are new to
        the list have to exist: what it held may since have gone. Raises `UnknownWatchlist`,
        `WatchlistChanged` and `Invalid` (`unknown_instrument`).
        """
        row = await self._stored.find(user_id, list_id, lock=True)
        if row is None:
            raise UnknownWatchlist
        if version is not None and version != row.version:
            raise WatchlistChanged
        if wanted.symbols is not None:
            held = set(row.symbols)
            await self._check([each for each in wanted.symbols if each not in held])
        given = {"name": wanted.name, "symbols": wanted.symbols}
        changed: dict[str, Any] = {
            name: value for name, value in given.items() if value is not None and value != getattr(row, name)
        }
        if changed:
            row = await self._stored.change(row, changed, self._clock.now())
        return watchlist_out(row)

    async def remove(self, user_id: UUID, list_id: UUID) -> None:
        """Delete a list. Raises `UnknownWatchlist`."""
        if not await self._stored.remove(user_id, list_id):
            raise UnknownWatchlist

    async def _check(self, symbols: Sequence[str]) -> None:
        known = await self._catalogue.known(symbols)
        unknown = [each for each in symbols if each not in known]
        if unknown:
            more = "" if len(unknown) <= _MOST_NAMED else f" and {len(unknown) - _MOST_NAMED} more"
            names = ", ".join(unknown[:_MOST_NAMED])
            raise Invalid(
                f"There is no instrument {names}{more}.", code="unknown_instrument", field="body.symbols"
            )
