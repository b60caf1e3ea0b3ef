"""API keys: makes them, ends them, and tells whose one is. A key does what its maker may and its scopes name.

Keys are kept as a keyed hash. What a key allows is remembered for at most a second, and forgotten at once
when it is ended here.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Final, Literal
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.api_keys_repository import ApiKeyRepository
from tradesense.auth.api_keys_schemas import MOST_DAYS, ApiKeyIn
from tradesense.auth.key_format import is_well_formed, new_key, shown_ending, shown_prefix
from tradesense.auth.models import ApiKey
from tradesense.base.after_commit import after_commit
from tradesense.base.clock import Clock
from tradesense.base.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from tradesense.base.principal import KEY_SCOPES, Permission, Principal, Via
from tradesense.users import Event, Outbox, Users, record
from tradesense.web.session import Database
from tradesense.web.visitor import Visitor

MOST_KEYS: Final = 25
_REMEMBERED_SECONDS: Final = 1.0
_MOST_REMEMBERED: Final = 10_000
_USE_NOTED_EVERY: Final = timedelta(seconds=30)
_PAUSE_SECONDS: Final = 1.0


class TooManyKeys(Conflict):
    code = "too_many_keys"

    def __init__(self) -> None:
        super().__init__(f"There are {MOST_KEYS} keys that work already; revoke one first.")


class UnknownKey(NotFound):
    code = "unknown_key"

    def __init__(self) -> None:
        super().__init__("There is no such API key.")


@dataclass(slots=True)
class _Known:
    """A key that worked a moment ago. `used_at` is the last use that was written down, or will be."""

    caller: Principal
    expires_at: datetime | None
    used_at: datetime | None
    good_until: float


class ApiKeys:
    """The keys of everybody. One object a process; changes are made within the transaction it is given."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        outbox: Outbox,
        hash_key: bytes,
        *,
        needs_verified_email: bool = False,
        tell: Callable[[Literal["credential"], object], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._hash_key = hash_key
        self._needs_verified_email = needs_verified_email
        self._monotonic = monotonic
        self._known: dict[bytes, _Known] = {}
        self._forgettings = 0
        self._used: set[UUID] = set()
        self._was_used = asyncio.Event()

    async def make(
        self, session: AsyncSession, caller: Principal, wanted: ApiKeyIn, visitor: Visitor
    ) -> tuple[ApiKey, str]:
        """Make a key and return it with its secret, which is nowhere else.

        Raises `Forbidden` (`insufficient_scope`) for a scope the caller hasn't, `Invalid` for an end that is
        past or over ten years away, and `TooManyKeys`.
        """
        now = self._clock.now()
        expires_at = _end_of(wanted, now)
        if not caller.permissions.issuperset(wanted.scopes):
            raise Forbidden("A key can't be given what you may not do.", code="insufficient_scope")
        user = await Users(session, self._clock).get(caller.user_id, lock=True)
        stored = ApiKeyRepository(session)
        if await stored.count_live(user.id, now) >= MOST_KEYS:
            raise TooManyKeys
        secret = new_key()
        key = ApiKey(
            id=uuid4(),
            user_id=user.id,
            name=wanted.name,
            prefix=shown_prefix(secret),
            last_four=shown_ending(secret),
            key_hash=self._hash(secret),
            scopes=[*wanted.scopes],
            created_at=now,
            expires_at=expires_at,
        )
        await stored.add(key)
        self._record(session, Event.API_KEY_MADE, caller, key.id, visitor)
        letter = self._outbox.letters.api_key_made(key.name, now)
        self._outbox.queue(session, letter, to=user.email, user_id=user.id)
        return key, secret

    async def page(
        self, session: AsyncSession, caller: Principal, *, before: tuple[datetime, UUID] | None, limit: int
    ) -> tuple[Sequence[ApiKey], bool]:
        """Return the caller's keys, the newest first and without revoked ones, and whether there are more."""
        found = await ApiKeyRepository(session).page(caller.user_id, before=before, limit=limit + 1)
        return found[:limit], len(found) > limit

    async def revoke(self, session: AsyncSession, caller: Principal, key_id: UUID, visitor: Visitor) -> None:
        """End one of the caller's keys, from the next request on. Raises `UnknownKey`."""
        if not await ApiKeyRepository(session).revoke(caller.user_id, key_id, self._clock.now()):
            raise UnknownKey
        self._record(session, Event.API_KEY_REVOKED, caller, key_id, visitor)
        after_commit(session, partial(self.forget_key, key_id))
        if self._tell is not None:
            after_commit(session, partial(self._tell, "credential", key_id))

    async def recognise(self, credential: str) -> Principal | None:
        """Return who calls with this key; `None` where it is nobody's, ended, or its owner may not come in.

        A text whose checksum is wrong never reaches the database. Raises `Unavailable` with the database.
        """
        if not is_well_formed(credential):
            return None
        key_hash = self._hash(credential)
        known = self._known.get(key_hash)
        if known is None or self._monotonic() >= known.good_until:
            known = await self._load(key_hash)
        now = self._clock.now()
        if known is None or (known.expires_at is not None and known.expires_at <= now):
            return None
        self._note_use(known, now)
        return known.caller

    def forget_key(self, key_id: object) -> None:
        """Ask the database again about this key, from the next request on."""
        self._forget(lambda caller: caller.credential_id == key_id)

    def forget_user(self, user_id: object) -> None:
        """Ask the database again about this person's keys, from the next request on."""
        self._forget(lambda caller: caller.user_id == user_id)

    async def keep_uses(self) -> None:
        """Write down, for as long as it runs, which keys were used when. A loop to be supervised."""
        while True:
            await self._was_used.wait()
            self._was_used.clear()
            used, self._used = self._used, set()
            try:
                async with self._database.transaction() as session:
                    await ApiKeyRepository(session).touch(used, self._clock.now())
            except Unavailable:
                self._used |= used
                self._was_used.set()
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _load(self, key_hash: bytes) -> _Known | None:
        self._known.pop(key_hash, None)
        forgettings = self._forgettings
        good_until = self._monotonic() + _REMEMBERED_SECONDS
        async with self._database.transaction() as session:
            bearer = await ApiKeyRepository(session).find_bearer(
                key_hash, needs_verified_email=self._needs_verified_email
            )
            if bearer is None:
                return None
            allowed = await Users(session, self._clock).permissions_of(bearer.role)
        given = frozenset(Permission(scope) for scope in bearer.scopes) & KEY_SCOPES
        caller = Principal(bearer.user_id, bearer.role, allowed & given, Via.API_KEY, bearer.key_id)
        known = _Known(caller, bearer.expires_at, bearer.last_used_at, good_until)
        # What was read before something was to be forgotten may be what was to be forgotten.
        if forgettings == self._forgettings:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[key_hash] = known
        return known

    def _note_use(self, known: _Known, now: datetime) -> None:
        if known.used_at is None or now - known.used_at >= _USE_NOTED_EVERY:
            known.used_at = now
            self._used.add(known.caller.credential_id)
            self._was_used.set()

    def _forget(self, concerns: Callable[[Principal], bool]) -> None:
        self._forgettings += 1
        self._known = {
            key_hash: known for key_hash, known in self._known.items() if not concerns(known.caller)
        }

    def _hash(self, secret: str) -> bytes:
        return hmac.digest(self._hash_key, secret.encode(), sha256)

    def _record(
        self, session: AsyncSession, event: Event, caller: Principal, key_id: UUID, visitor: Visitor
    ) -> None:
        record(
            session,
            self._clock,
            event,
            user_id=caller.user_id,
            actor=caller,
            visitor=visitor,
            detail={"key_id": str(key_id)},
        )


def _end_of(wanted: ApiKeyIn, now: datetime) -> datetime | None:
    if wanted.expires_in_days is not None:
        return now + timedelta(days=wanted.expires_in_days)
    if wanted.expires_at is not None and not now < wanted.expires_at <= now + timedelta(days=MOST_DAYS):
        raise Invalid(
            "A key's end must lie ahead, at most ten years.", code="bad_expiry", field="body.expires_at"
        )
    return wanted.expires_at
