"""Sockets end with the session that opened them: looked at every two seconds, for all of them at once."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol
from uuid import UUID

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.principal import Principal, Standing

LOOK_SECONDS: Final = 2.0

_log = logging.getLogger("tradesense.streaming")


class Standings(Protocol):
    """Tells who bears a credential, and of those who stay connected whether they still may."""

    async def of_credential(self, credential: str, *, follows_session: bool) -> Standing | None:
        """Return who bears a token or key that is valid now, and for how long that is good."""
        ...

    async def still(self, standings: Sequence[Standing]) -> Mapping[UUID, Standing]:
        """Return how it is now with each session and key, by its id; one that ended is missing.

        Of a session, `good_until` is the end of its newest token. Raises `Unavailable`.
        """
        ...


class Connected(Protocol):
    """A socket as this file sees it."""

    standing: Standing | None

    def end_session(self) -> None:
        """Close: what was proven is not good any more."""
        ...

    def change_caller(self, caller: Principal) -> None:
        """Take note that the caller may do other things than before."""
        ...


async def look_again(connected: Collection[Connected], standings: Standings, clock: Clock) -> None:
    """Ask anew about every session and key, and end the sockets of those that ended or ran out."""
    asked = {
        each.standing.caller.credential_id: each.standing for each in connected if each.standing is not None
    }
    try:
        now_known = await standings.still(list(asked.values())) if asked else {}
    except Unavailable as reason:
        # Nobody can sign out or be disabled meanwhile either; what runs out by the clock still does.
        _log.warning("sessions of sockets not looked at", extra={"reason": reason.code})
        now_known = asked
    now = clock.now()
    for each in list(connected):
        before = each.standing
        if before is None or before.caller.credential_id not in asked:
            continue
        after = _after(before, now_known.get(before.caller.credential_id))
        if after is None or (after.good_until is not None and after.good_until <= now):
            each.end_session()
            continue
        each.standing = after
        if after.caller != before.caller:
            each.change_caller(after.caller)


def _after(before: Standing, known: Standing | None) -> Standing | None:
    if known is None or known.caller.user_id != before.caller.user_id:
        return None
    if before.follows_session or before.good_until is None:
        return replace(before, caller=known.caller, good_until=known.good_until)
    return replace(before, caller=known.caller)
