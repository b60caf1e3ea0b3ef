"""Tells of those who stay connected whether they still may: for many at once, from the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.auth.models import ApiKey, Session
from tradesense.auth.owners import may_come_in
from tradesense.auth.recognise import RecognisedCallers
from tradesense.auth.tokens import AccessTokens
from tradesense.base.clock import Clock
from tradesense.base.principal import KEY_SCOPES, Permission, Principal, Standing, Via
from tradesense.users import User, Users
from tradesense.web.session import Database

_AT_ONCE: Final = 1_000


class Standings:
    """Who stays connected by which session or key. One object a process."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        tokens: AccessTokens,
        callers: RecognisedCallers,
        *,
        idle_life: timedelta,
        needs_verified_email: bool,
    ) -> None:
        self._database = database
        self._clock = clock
        self._tokens = tokens
        self._callers = callers
        self._idle_life = idle_life
        self._needs_verified_email = needs_verified_email

    async def of_credential(self, credential: str, *, follows_session: bool) -> Standing | None:
        """Return who bears a token or key that is valid now, and for how long that is good."""
        caller = await self._callers.recognise(credential)
        if caller is None:
            return None
        claims = self._tokens.read(credential) if caller.via is Via.SESSION else None
        return Standing(caller, claims.expires_at if claims else None, follows_session)

    async def still(self, standings: Sequence[Standing]) -> Mapping[UUID, Standing]:
        """Return how it is now with each session and key, by its id; one that ended is missing.

        Of one that does not follow its session, `good_until` is the end of the session or key.
        """
        now = self._clock.now()
        found: dict[UUID, Standing] = {}
        by_id = {each.caller.credential_id: each for each in standings}
        ids = sorted(by_id)
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            async with self._database.transaction() as session:
                users = Users(session, self._clock)
                keys = [each for each in some if by_id[each].caller.via is Via.API_KEY]
                others = [each for each in some if by_id[each].caller.via is Via.SESSION]
                found |= await self._sessions(session, users, others, now) if others else {}
                found |= await self._keys(session, users, keys, now) if keys else {}
        return found

    async def _sessions(
        self, session: AsyncSession, users: Users, ids: list[UUID], now: datetime
    ) -> dict[UUID, Standing]:
        newest = func.greatest(col(Session.created_at), col(Session.rotated_at))
        query = (
            select(col(Session.id), col(Session.user_id), col(User.role), col(Session.expires_at), newest)
            .join(User, col(User.id) == col(Session.user_id))
            .where(
                col(Session.id).in_(ids),
                col(Session.revoked_at).is_(None),
                col(Session.expires_at) > now,
                col(Session.last_used_at) > now - self._idle_life,
                *may_come_in(needs_verified_email=self._needs_verified_email),
            )
        )
        life = timedelta(seconds=self._tokens.seconds)
        rows = (await session.execute(query)).all()
        allowed = {role: await users.permissions_of(role) for role in {row[2] for row in rows}}
        return {
            session_id: Standing(
                Principal(user_id, role, allowed[role], Via.SESSION, session_id),
                min(expires_at, renewed_at + life),
                follows_session=True,
            )
            for session_id, user_id, role, expires_at, renewed_at in rows
        }

    async def _keys(
        self, session: AsyncSession, users: Users, ids: list[UUID], now: datetime
    ) -> dict[UUID, Standing]:
        query = (
            select(
                col(ApiKey.id),
                col(ApiKey.user_id),
                col(User.role),
                col(ApiKey.scopes),
                col(ApiKey.expires_at),
            )
            .join(User, col(User.id) == col(ApiKey.user_id))
            .where(
                col(ApiKey.id).in_(ids),
                col(ApiKey.revoked_at).is_(None),
                *may_come_in(needs_verified_email=self._needs_verified_email),
            )
        )
        rows = (await session.execute(query)).all()
        allowed = {role: await users.permissions_of(role) for role in {row[2] for row in rows}}
        return {
            key_id: Standing(
                Principal(user_id, role, allowed[role] & _scopes(scopes), Via.API_KEY, key_id), expires_at
            )
            for key_id, user_id, role, scopes, expires_at in rows
            if expires_at is None or expires_at > now
        }


def _scopes(scopes: Sequence[str]) -> frozenset[Permission]:
    return frozenset(Permission(scope) for scope in scopes) & KEY_SCOPES
