"""Tells whose a token or API key is, on every request: from memory where it can, for at most a second.

What a token says is verified once. Whether its session lives, its person may come in, and what the role
allows is asked of the database once a second and session, and forgotten at once where something is revoked.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Literal
from uuid import UUID

from tradesense.auth.api_keys import ApiKeys
from tradesense.auth.key_format import PREFIX as KEY_PREFIX
from tradesense.auth.session_repository import SessionRepository
from tradesense.auth.tokens import AccessClaims, AccessTokens
from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.principal import Principal, Via
from tradesense.users import Users
from tradesense.web.session import Database

_REMEMBERED_SECONDS: Final = 1.0
_MOST_TOKENS: Final = 20_000
_MOST_SESSIONS: Final = 20_000
_LONGEST_LEFT: Final = timedelta(seconds=905)
_LONGEST_TOKEN: Final = 4096
_USE_NOTED_EVERY: Final = timedelta(minutes=1)
_PAUSE_SECONDS: Final = 1.0


@dataclass(slots=True)
class _Known:
    """A session that lived a moment ago. `used_at` is the last use that was written down, or will be."""

    caller: Principal
    expires_at: datetime
    used_at: datetime
    good_until: float


class RecognisedCallers:
    """See `web.callers.Callers`. One object a process."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        tokens: AccessTokens,
        api_keys: ApiKeys,
        *,
        idle_life: timedelta,
        needs_verified_email: bool = False,
        tell: Callable[[Literal["user", "credential"], object], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._database = database
        self._clock = clock
        self._tokens = tokens
        self._api_keys = api_keys
        self._idle_life = idle_life
        self._needs_verified_email = needs_verified_email
        self._monotonic = monotonic
        self._claims: OrderedDict[bytes, AccessClaims] = OrderedDict()
        self._known: OrderedDict[UUID, _Known] = OrderedDict()
        self._loading: dict[AccessClaims, asyncio.Task[_Known | None]] = {}
        self._forgettings = 0
        self._used: dict[UUID, datetime] = {}
        self._was_used = asyncio.Event()

    async def recognise(self, credential: str) -> Principal | None:
        """Return the bearer of an access token or API key that is valid now; `None` for any other text."""
        if len(credential) > _LONGEST_TOKEN:
            return None
        if credential.startswith(KEY_PREFIX):
            return await self._api_keys.recognise(credential)
        claims = self._read(credential)
        if claims is None:
            return None
        known = self._known.get(claims.session_id)
        if known is None or self._monotonic() >= known.good_until:
            known = await self._load_once(claims)
        now = self._clock.now()
        if known is None or known.caller.user_id != claims.user_id:
            return None
        if now >= known.expires_at or now >= known.used_at + self._idle_life:
            return None
        self._note_use(known, now)
        return known.caller

    def forget_user(self, user_id: object) -> None:
        """Ask the database again for whatever concerns this person, from the next request on; here at once,
        and in other processes as soon as they are told."""
        self.forget_user_here(user_id)
        if self._tell is not None:
            self._tell("user", user_id)

    def forget_credential(self, credential_id: object) -> None:
        """The same about one session or key."""
        self.forget_credential_here(credential_id)
        if self._tell is not None:
            self._tell("credential", credential_id)

    def forget_user_here(self, user_id: object) -> None:
        """Forget a person in this process alone."""
        self._api_keys.forget_user(user_id)
        self._forget([sid for sid, known in self._known.items() if known.caller.user_id == user_id])

    def forget_credential_here(self, credential_id: object) -> None:
        """Forget a session or key in this process alone."""
        self._api_keys.forget_key(credential_id)
        self._forget([sid for sid in self._known if sid == credential_id])

    async def keep_uses(self) -> None:
        """Write down, for as long as it runs, which sessions were used when. A loop to be supervised."""
        while True:
            await self._was_used.wait()
            self._was_used.clear()
            used, self._used = self._used, {}
            try:
                async with self._database.transaction() as session:
                    await SessionRepository(session).touch(used)
            except Unavailable:
                self._used = used | self._used
                self._was_used.set()
                await asyncio.sleep(_PAUSE_SECONDS)

    def _read(self, token: str) -> AccessClaims | None:
        # By digest, so that no token that opens something stands in memory.
        digest = sha256(token.encode("utf-8", "surrogatepass")).digest()
        claims = self._claims.get(digest)
        if claims is None:
            claims = self._tokens.read(token)
            if claims is not None:
                self._claims[digest] = claims
                _keep_newest(self._claims, _MOST_TOKENS)
        elif not timedelta() < claims.expires_at - self._clock.now() <= _LONGEST_LEFT:
            # It has run out, or the clock was set back to before it was issued.
            del self._claims[digest]
            return None
        return claims

    async def _load_once(self, claims: AccessClaims) -> _Known | None:
        task = self._loading.get(claims)
        if task is None:
            task = asyncio.create_task(self._load(claims))
            self._loading[claims] = task
            task.add_done_callback(lambda done: self._loaded(claims, done))
        # The first to ask may go away; others wait for the same answer.
        return await asyncio.shield(task)

    def _loaded(self, claims: AccessClaims, task: asyncio.Task[_Known | None]) -> None:
        if self._loading.get(claims) is task:
            del self._loading[claims]
        if not task.cancelled():
            task.exception()

    async def _load(self, claims: AccessClaims) -> _Known | None:
        self._known.pop(claims.session_id, None)
        forgettings = self._forgettings
        good_until = self._monotonic() + _REMEMBERED_SECONDS
        async with self._database.transaction() as session:
            bearer = await SessionRepository(session).find_bearer(
                claims.session_id, claims.user_id, needs_verified_email=self._needs_verified_email
            )
            if bearer is None:
                return None
            allowed = await Users(session, self._clock).permissions_of(bearer.role)
        caller = Principal(bearer.user_id, bearer.role, allowed, Via.SESSION, claims.session_id)
        used_at = max(bearer.last_used_at, self._used.get(claims.session_id, bearer.last_used_at))
        known = _Known(caller, bearer.expires_at, used_at, good_until)
        # What was read before something was to be forgotten may be what was to be forgotten.
        if forgettings == self._forgettings:
            self._known[claims.session_id] = known
            _keep_newest(self._known, _MOST_SESSIONS)
        return known

    def _note_use(self, known: _Known, now: datetime) -> None:
        if now - known.used_at >= _USE_NOTED_EVERY:
            known.used_at = now
            self._used[known.caller.credential_id] = now
            self._was_used.set()

    def _forget(self, session_ids: list[UUID]) -> None:
        self._forgettings += 1
        self._loading.clear()
        for session_id in session_ids:
            del self._known[session_id]


def _keep_newest(kept: OrderedDict[bytes, AccessClaims] | OrderedDict[UUID, _Known], most: int) -> None:
    if len(kept) > most:
        kept.popitem(last=False)
