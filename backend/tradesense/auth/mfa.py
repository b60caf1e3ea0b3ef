"""The second factor: set up, verified, asked for at sign-in, renewed and turned off.

Whoever checks a code holds the account's turn until the transaction ends, so that a code is good once however
many bring it at the same moment, and never more wrong ones are tried than the limits allow.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.attempts import Kind
from tradesense.auth.errors import InvalidCode, SessionEnded
from tradesense.auth.mfa_repository import SecondFactorRepository
from tradesense.auth.models import RecoveryCode, SecondFactor
from tradesense.auth.parts import Auth
from tradesense.auth.recovery import RecoveryText, new_codes, parse_recovery
from tradesense.auth.sessions import Reason
from tradesense.auth.tokens import MfaClaims
from tradesense.auth.totp import matching_steps, new_seed, otpauth_uri, parse_code
from tradesense.base.errors import Conflict
from tradesense.base.principal import Principal
from tradesense.base.sealing import SealBroken, Sealer
from tradesense.users import Event, Letter, Status, User, Users, record
from tradesense.web.visitor import Visitor

_LATELY: Final = timedelta(minutes=5)
_CLOCKS_DIFFER: Final = timedelta(seconds=5)
_PENDING_FOR: Final = timedelta(minutes=15)

_NewCode = tuple[RecoveryText, str]

_log = logging.getLogger("tradesense.auth.mfa")


class AlreadyEnabled(Conflict):
    code = "mfa_already_enabled"

    def __init__(self) -> None:
        super().__init__("The second factor is on already; turn it off before you set up another.")


class NotEnabled(Conflict):
    code = "mfa_not_enabled"

    def __init__(self) -> None:
        super().__init__("The second factor is not on.")


class NothingPending(Conflict):
    code = "mfa_not_set_up"

    def __init__(self) -> None:
        super().__init__("There is no second factor to verify, or it waited too long; set one up first.")


@dataclass(frozen=True, slots=True)
class MfaState:
    """Whether the second factor is on, since when, and how many recovery codes are left."""

    enabled: bool
    enabled_at: datetime | None
    recovery_codes_left: int


@dataclass(frozen=True, slots=True)
class PendingFactor:
    """What an authenticator app needs; shown once, and never written to a log."""

    seed: str
    uri: str


class SecondFactors:
    """Everybody's second factors, within one transaction."""

    def __init__(self, session: AsyncSession, auth: Auth, sealer: Sealer) -> None:
        self._session = session
        self._auth = auth
        self._clock = auth.clock
        self._sealer = sealer
        self._attempts = auth.attempts(session)
        self._users = Users(session, auth.clock)
        self._stored = SecondFactorRepository(session)

    async def state(self, user_id: UUID) -> MfaState:
        """Return how the person's second factor stands."""
        factor = await self._stored.find(user_id)
        if factor is None or factor.enabled_at is None:
            return MfaState(False, None, 0)
        return MfaState(True, factor.enabled_at, await self._stored.count_codes(user_id))

    async def signed_in_lately(self, caller: Principal) -> bool:
        """Tell whether the caller gave the password within the last five minutes."""
        signed_in_at = await self._stored.signed_in_at(caller.credential_id)
        if signed_in_at is None:
            return False
        # A clock that was set back makes old sign-ins lie ahead: those are not lately.
        return -_CLOCKS_DIFFER <= self._clock.now() - signed_in_at <= _LATELY

    async def begin(self, user_id: UUID) -> PendingFactor:
        """Make a seed; it is pending for 15 minutes or until `verify`, and one pending before it is void.

        That the person is who they say must have been proven just now. Raises `AlreadyEnabled`.
        """
        user, seed = await self._users.get(user_id), new_seed()
        sealed = self._sealer.seal(seed.encode(), purpose=_purpose(user.id))
        if not await self._stored.put_pending(user.id, sealed, self._clock.now()):
            raise AlreadyEnabled
        return PendingFactor(seed, otpauth_uri(seed, user.email))

    async def verify(self, caller: Principal, typed: str, visitor: Visitor) -> list[str]:
        """Turn the pending factor on and return the recovery codes, which are nowhere else.

        The person's other sessions end. Raises `NothingPending`, `AlreadyEnabled`, `InvalidCode` and
        `TooManyAttempts`.
        """
        prepared = await self._prepare_codes(caller.user_id, typed)
        factor = await self._take_turn(caller.user_id)
        now = self._clock.now()
        if factor is None or (factor.enabled_at is None and factor.created_at <= now - _PENDING_FOR):
            raise NothingPending
        if factor.enabled_at is not None:
            raise AlreadyEnabled
        await self._accept(factor, typed, visitor)
        factor.enabled_at = now
        user = await self._change_credentials(caller, enabled=True)
        codes = await self._keep_codes(user.id, prepared)
        letter = self._auth.outbox.letters.mfa_enabled(now)
        self._tell(Event.MFA_ENABLED, user, letter, caller, visitor)
        return codes

    async def answer_challenge(self, claims: MfaClaims, typed: str, visitor: Visitor) -> User:
        """Return who may come in now: the password was right before, and the code is.

        Raises `SessionEnded` where the first step no longer counts, `InvalidCode` and `TooManyAttempts`.
        """
        factor = await self._take_turn(claims.user_id)
        user = await self._users.find(claims.user_id, lock=True)
        if user is None or user.status != Status.ACTIVE or user.credentials_epoch != claims.epoch:
            raise SessionEnded
        if factor is None or factor.enabled_at is None:
            raise SessionEnded
        if await self._accept(factor, typed, visitor):
            letter = self._auth.outbox.letters.recovery_code_used(self._clock.now())
            self._tell(Event.RECOVERY_CODE_USED, user, letter, user.id, visitor)
        return user

    async def disable(self, caller: Principal, typed: str, visitor: Visitor) -> None:
        """Turn the second factor off and end the person's other sessions.

        The password must have been proven just now. Raises `NotEnabled`, `InvalidCode`, `TooManyAttempts`.
        """
        await self._accept(await self._enabled(caller.user_id), typed, visitor)
        await self._stored.remove(caller.user_id)
        user = await self._change_credentials(caller, enabled=False)
        letter = self._auth.outbox.letters.mfa_disabled(self._clock.now())
        self._tell(Event.MFA_DISABLED, user, letter, caller, visitor)

    async def renew_codes(self, caller: Principal, typed: str, visitor: Visitor) -> list[str]:
        """Make new recovery codes in place of the old ones. Requires and raises what `disable` does."""
        prepared = await self._prepare_codes(caller.user_id, typed)
        await self._accept(await self._enabled(caller.user_id), typed, visitor)
        codes = await self._keep_codes(caller.user_id, prepared)
        user = await self._users.get(caller.user_id)
        letter = self._auth.outbox.letters.recovery_codes_made(self._clock.now())
        self._tell(Event.RECOVERY_CODES_MADE, user, letter, caller, visitor)
        return codes

    async def prove(self, user_id: UUID, typed: str, visitor: Visitor) -> None:
        """Spend a code for something else. Raises `NotEnabled`, `InvalidCode`, `TooManyAttempts`."""
        await self._accept(await self._enabled(user_id), typed, visitor)

    async def _take_turn(self, user_id: UUID) -> SecondFactor | None:
        await self._attempts.check(Kind.CODE, str(user_id), alone=True)
        return await self._stored.find(user_id, lock=True)

    async def _enabled(self, user_id: UUID) -> SecondFactor:
        factor = await self._take_turn(user_id)
        if factor is None or factor.enabled_at is None:
            raise NotEnabled
        return factor

    async def _accept(self, factor: SecondFactor, typed: str, visitor: Visitor) -> bool:
        """Spend the code that was typed, and tell whether it was a recovery code.

        Raises `InvalidCode`; what can't be a code, or is one that was just used, counts as no attempt.
        """
        code, recovery = parse_code(typed), parse_recovery(typed)
        if code is not None:
            steps = matching_steps(self._open_seed(factor), code, self._clock.now())
            if steps and steps[-1] > factor.last_step:
                factor.last_step = steps[-1]
                await self._session.flush()
                return False
            if steps:
                raise InvalidCode
        elif recovery is None:
            raise InvalidCode
        elif factor.enabled_at is not None and await self._spend(factor.user_id, recovery):
            return True
        await self._attempts.record(Kind.CODE, str(factor.user_id))
        record(self._session, self._clock, Event.CODE_FAILED, user_id=factor.user_id, visitor=visitor)
        raise InvalidCode

    def _open_seed(self, factor: SecondFactor) -> str:
        try:
            return self._sealer.open(factor.sealed_seed, purpose=_purpose(factor.user_id)).decode()
        except SealBroken:
            # Recovery codes still work; no code of the app can be told from a wrong one.
            _log.error("a seed of a second factor can't be opened: ENCRYPTION_KEY is another than it was")
            raise InvalidCode from None

    async def _spend(self, user_id: UUID, typed: RecoveryText) -> bool:
        stored = await self._stored.find_code(user_id, typed.selector)
        verdict = await self._auth.code_hasher.verify(typed.secret, stored.code_hash if stored else None)
        if stored is None or not verdict.is_right:
            return False
        return await self._stored.use_code(stored.id, self._clock.now())

    async def _prepare_codes(self, user_id: UUID, typed: str) -> list[_NewCode]:
        """Hash new codes before the turn is taken, for that takes a second; none if it looks needless."""
        await self._attempts.check(Kind.CODE, str(user_id))
        factor, code = await self._stored.find(user_id), parse_code(typed)
        if factor is None:
            return []
        if code is not None and not matching_steps(self._open_seed(factor), code, self._clock.now()):
            return []
        return await self._hash_codes() if code or parse_recovery(typed) else []

    async def _hash_codes(self) -> list[_NewCode]:
        codes = new_codes()
        hashes = await asyncio.gather(*(self._auth.code_hasher.hash(code.secret) for code in codes))
        return list(zip(codes, hashes, strict=True))

    async def _keep_codes(self, user_id: UUID, prepared: list[_NewCode]) -> list[str]:
        fresh, now = prepared or await self._hash_codes(), self._clock.now()
        rows = [
            RecoveryCode(
                id=uuid4(), user_id=user_id, selector=code.selector, code_hash=hashed, created_at=now
            )
            for code, hashed in fresh
        ]
        await self._stored.replace_codes(user_id, rows)
        return [code.written() for code, _ in fresh]

    async def _change_credentials(self, caller: Principal, *, enabled: bool) -> User:
        user = await self._users.get(caller.user_id, lock=True)
        user.mfa_enabled = enabled
        user.credentials_epoch += 1
        user.updated_at = self._clock.now()
        await self._session.flush()
        sessions = self._auth.sessions(self._session)
        await sessions.revoke_all(user.id, Reason.MFA, besides=caller.credential_id)
        return user

    def _tell(
        self, event: Event, user: User, letter: Letter, actor: Principal | UUID, visitor: Visitor
    ) -> None:
        record(self._session, self._clock, event, user_id=user.id, actor=actor, visitor=visitor)
        self._auth.outbox.queue(self._session, letter, to=user.email, user_id=user.id)


def _purpose(user_id: UUID) -> str:
    return f"totp seed:{user_id}"
