"""Tickets: for clients that can't send a header, worth one opening of the stream within thirty seconds."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from hashlib import sha256
from typing import Final
from uuid import UUID

from tradesense.base.counting import SharedOnce
from tradesense.base.errors import TooMany, Unavailable
from tradesense.base.principal import Principal, Standing, Via

TICKET_SECONDS: Final = 30
_MOST_TICKETS: Final = 10_000
_BYTES: Final = 32


class Tickets:
    """Tickets by their hash; each is good once, in whichever process.

    Where processes share none, or what they share is away, a ticket is good in the process that made it. What
    is shared names a session or key and nothing that it may do: that is asked again when it is used.
    """

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, shared: SharedOnce | None = None
    ) -> None:
        self._monotonic = monotonic
        self._shared = shared
        self._left: deque[float] = deque()
        self._issued: OrderedDict[str, tuple[Standing, float]] = OrderedDict()

    async def issue(self, standing: Standing) -> str:
        """Return a ticket for a caller. Raises `TooMany` after ten thousand within thirty seconds."""
        self._drop_old()
        if len(self._issued) + len(self._left) >= _MOST_TICKETS:
            raise TooMany("Too many tickets are unused.", retry_after_seconds=TICKET_SECONDS)
        if self._shared is not None:
            ticket = secrets.token_urlsafe(_BYTES)
            self._left.append(self._monotonic() + TICKET_SECONDS)
            try:
                await self._shared.leave(_hash(ticket), _written(standing), ttl_seconds=TICKET_SECONDS)
            except Unavailable:
                """It may have been left all the same, so that one is given to nobody."""
            else:
                return ticket
        ticket = secrets.token_urlsafe(_BYTES)
        self._issued[_hash(ticket)] = (standing, self._monotonic() + TICKET_SECONDS)
        return ticket

    async def use(self, ticket: str) -> Standing | None:
        """Return whose ticket it was; `None` for one that was used before, ran out or never was."""
        self._drop_old()
        found = self._issued.pop(_hash(ticket), None)
        if found is not None:
            return found[0]
        if self._shared is None:
            return None
        try:
            taken = await self._shared.take(_hash(ticket))
        except Unavailable:
            return None
        return _read(taken) if taken is not None else None

    def _drop_old(self) -> None:
        now = self._monotonic()
        while self._left and self._left[0] <= now:
            self._left.popleft()
        while self._issued:
            oldest = next(iter(self._issued))
            if self._issued[oldest][1] > now:
                break
            del self._issued[oldest]


def _hash(ticket: str) -> str:
    return sha256(ticket.encode("utf-8", "surrogatepass")).hexdigest()


def _written(standing: Standing) -> bytes:
    caller = standing.caller
    return f"{caller.via} {caller.user_id} {caller.credential_id}".encode()


def _read(written: bytes) -> Standing | None:
    """Return who it was, as somebody who may do nothing yet."""
    try:
        via, user_id, credential_id = written.decode().split(" ")
        caller = Principal(UUID(user_id), "", frozenset(), Via(via), UUID(credential_id))
    except ValueError:
        return None
    return Standing(caller, None, follows_session=caller.via is Via.SESSION)
