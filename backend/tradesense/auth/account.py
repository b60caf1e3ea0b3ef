"""The account as a whole: its end, its export, and what an administrator may change about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.account_repository import AccountRepository
from tradesense.auth.account_schemas import AccountExport, ApiKeyRecord, SessionRecord
from tradesense.auth.attempts import Kind
from tradesense.auth.mfa import SecondFactors
from tradesense.auth.models import ApiKey, Session
from tradesense.auth.parts import Auth
from tradesense.base.after_commit import after_commit
from tradesense.base.errors import Invalid
from tradesense.base.principal import Principal
from tradesense.base.sealing import Sealer
from tradesense.users import (
    AuditEvent,
    Event,
    Letter,
    PreferencesService,
    Role,
    Status,
    StrategyRepository,
    User,
    UserItem,
    Users,
    WatchlistRepository,
    audit_item,
    record,
    strategy_out,
    user_item,
    watchlist_out,
)
from tradesense.web.visitor import Visitor

_MOST_EVENTS: Final = 20_000
_EVENTS_AT_ONCE: Final = 2_000


class Account:
    """Accounts as a whole, within one transaction."""

    def __init__(self, session: AsyncSession, auth: Auth, sealer: Sealer) -> None:
        self._session = session
        self._auth = auth
        self._clock = auth.clock
        self._users = Users(session, auth.clock)
        self._factors = SecondFactors(session, auth, sealer)
        self._stored = AccountRepository(session)

    async def delete(self, caller: Principal, code: str | None, visitor: Visitor) -> None:
        """Delete the caller's account and all that is its; what happened to it stays written down.

        The password must have been proven just now. Raises `LastAdmin`; where there is a second factor
        `Invalid` (`code_required`), `InvalidCode` and `TooManyAttempts`.
        """
        user = await self._users.get(caller.user_id)
        if user.mfa_enabled:
            if code is None:
                detail = "Give a code of your authenticator app, too."
                raise Invalid(detail, code="code_required", field="body.code")
            await self._factors.prove(caller.user_id, code, visitor)
        await self._users.delete(user.id)
        await self._forget_attempts(user)
        self._record(Event.DELETED, user.id, caller, visitor)
        letter = self._auth.outbox.letters.deleted(self._clock.now())
        self._auth.outbox.queue(self._session, letter, to=user.email, user_id=None)
        self._forget_callers(user.id)

    async def change(
        self, caller: Principal, user_id: UUID, *, role: Role | None, status: Status | None, visitor: Visitor
    ) -> UserItem:
        """Give somebody another role or status, from their next request on; what is `None` stays.

        Disabling ends their sessions, keys and links for good. Raises `UnknownUser` and `LastAdmin`.
        """
        changed = await self._users.change(user_id, role=role, status=status)
        user, letters, now = changed.user, self._auth.outbox.letters, self._clock.now()
        if user.role != changed.was_role:
            detail = {"from": str(changed.was_role), "to": str(user.role)}
            self._record(Event.ROLE_CHANGED, user.id, caller, visitor, detail)
            self._tell(user, letters.role_changed(user.role, now))
        if user.status != changed.was_status:
            disabled = user.status == Status.DISABLED
            self._record(Event.DISABLED if disabled else Event.ENABLED, user.id, caller, visitor)
            self._tell(user, letters.disabled(now) if disabled else letters.enabled(now))
            if disabled:
                await self._stored.end_credentials(user.id, now)
        self._forget_callers(user.id)
        return user_item(user)

    async def export(self, caller: Principal) -> AccountExport:
        """Return everything that is kept about the caller, but hashes and seeds."""
        user = await self._users.get(caller.user_id)
        preferences = await PreferencesService(self._session, self._clock).get(user.id)
        watched = await WatchlistRepository(self._session).of(user.id)
        kept = await StrategyRepository(self._session).of(user.id)
        return AccountExport(
            exported_at=self._clock.now(),
            account=user_item(user),
            password_changed_at=user.password_changed_at,
            preferences=preferences.document,
            watchlists=[watchlist_out(each) for each in watched],
            strategies=[strategy_out(each) for each in kept],
            sessions=[_session_record(each, caller) for each in await self._stored.sessions(user.id)],
            api_keys=[_key_record(each) for each in await self._stored.api_keys(user.id)],
            events=[audit_item(each) for each in await self._events(user.id)],
        )

    async def _events(self, user_id: UUID) -> Sequence[AuditEvent]:
        found: list[AuditEvent] = []
        more = True
        while more and len(found) < _MOST_EVENTS:
            before = found[-1].id if found else None
            page, more = await self._users.events(user_id, before=before, limit=_EVENTS_AT_ONCE)
            found += page
        return found

    async def _forget_attempts(self, user: User) -> None:
        attempts = self._auth.attempts(self._session)
        for kind in Kind:
            await attempts.clear(kind, str(user.id))
            await attempts.clear(kind, user.email_key)

    def _forget_callers(self, user_id: UUID) -> None:
        after_commit(self._session, partial(self._auth.callers.forget_user, user_id))

    def _tell(self, user: User, letter: Letter) -> None:
        self._auth.outbox.queue(self._session, letter, to=user.email, user_id=user.id)

    def _record(
        self,
        event: Event,
        user_id: UUID,
        caller: Principal,
        visitor: Visitor,
        detail: dict[str, str] | None = None,
    ) -> None:
        record(
            self._session, self._clock, event, user_id=user_id, actor=caller, visitor=visitor, detail=detail
        )


def _session_record(row: Session, caller: Principal) -> SessionRecord:
    return SessionRecord(
        id=row.id,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        ip=row.ip,
        user_agent=row.user_agent,
        current=row.id == caller.credential_id,
        ended_at=row.revoked_at,
    )


def _key_record(row: ApiKey) -> ApiKeyRecord:
    return ApiKeyRecord.model_validate(row, from_attributes=True)
