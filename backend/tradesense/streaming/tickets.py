"""Tickets: for clients that can't send a header, worth one opening of the stream within thirty seconds."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from tradesense.base.errors import TooMany
from tradesense.base.principal import Standing

TICKET_SECONDS: Final = 30
_MOST_TICKETS: Final = 10_000
_BYTES: Final = 32


class Tickets:
    """The tickets of one process, by their hash; each is good once."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._issued: OrderedDict[bytes, tuple[Standing, float]] = OrderedDict()

    def issue(self, standing: Standing) -> str:
        """Return a ticket for a caller. Raises `TooMany` while ten thousand are unused."""
        self._drop_old()
        if len(self._issued) >= _MOST_TICKETS:
            raise TooMany("Too many tickets are unused.", retry_after_seconds=TICKET_SECONDS)
        ticket = secrets.token_urlsafe(_BYTES)
        self._issued[_hash(ticket)] = (standing, self._monotonic() + TICKET_SECONDS)
        return ticket

    def use(self, ticket: str) -> Standing | None:
        """Return whose ticket it was; `None` for one that was used before, ran out or never was."""
        self._drop_old()
        found = self._issued.pop(_hash(ticket), None)
        return found[0] if found is not None else None

    def _drop_old(self) -> None:
        now = self._monotonic()
        while self._issued:
            oldest = next(iter(self._issued))
            if self._issued[oldest][1] > now:
                break
            del self._issued[oldest]


def _hash(ticket: str) -> bytes:
    return sha256(ticket.encode("utf-8", "surrogatepass")).digest()
