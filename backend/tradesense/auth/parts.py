"""What signing in needs for as long as the program runs; `run` makes it, routes find it as `state.auth`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.attempts import Attempts
from tradesense.auth.hasher import PasswordHasher
from tradesense.auth.keys import Purpose, derive_key
from tradesense.auth.links import Links
from tradesense.auth.passwords import PasswordPolicy
from tradesense.auth.rules import AuthRules
from tradesense.auth.sessions import Sessions
from tradesense.auth.tokens import AccessTokens, MfaTokens, RefreshTokens
from tradesense.auth.turns import Turns
from tradesense.base.clock import Clock
from tradesense.users import Outbox
from tradesense.web.callers import Callers

_SIGN_INS_AT_ONCE: Final = 6


@dataclass(frozen=True, slots=True)
class Auth:
    """The tools of signing in. What works on the database is made for one transaction at a time."""

    rules: AuthRules
    clock: Clock
    hasher: PasswordHasher
    code_hasher: PasswordHasher
    policy: PasswordPolicy
    access_tokens: AccessTokens
    mfa_tokens: MfaTokens
    refresh_tokens: RefreshTokens
    hash_secret: bytes
    callers: Callers
    outbox: Outbox
    turns: Turns = field(default_factory=lambda: Turns(_SIGN_INS_AT_ONCE))
    """Taken by a sign-in while it asks the database, so that a crowd leaves connections to everybody else."""

    def sessions(self, session: AsyncSession) -> Sessions:
        """Return the sessions, within a transaction."""
        return Sessions(session, self.clock, self.rules, self.refresh_tokens, self.callers)

    def attempts(self, session: AsyncSession) -> Attempts:
        """Return the wrong attempts, within a transaction."""
        return Attempts(session, self.clock, derive_key(self.hash_secret, Purpose.ATTEMPTS))

    def links(self, session: AsyncSession) -> Links:
        """Return the mailed links, within a transaction."""
        return Links(session, self.clock, derive_key(self.hash_secret, Purpose.LINKS))
