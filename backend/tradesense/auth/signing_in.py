"""Signing in by password, and the end of every way of signing in: a fresh session, its tokens and cookies."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Final
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from tradesense.auth.attempts import Kind
from tradesense.auth.errors import InvalidCredentials
from tradesense.auth.parts import Auth
from tradesense.auth.schemas import MfaRequired, SignedIn, SignedInScript
from tradesense.auth.sessions import LiveSession
from tradesense.base.errors import Invalid
from tradesense.users import Event, Status, User, Users, email_key, record, user_out
from tradesense.web.cookies import set_session_cookies
from tradesense.web.session import Database
from tradesense.web.visitor import Visitor

_NETWORK_BITS: Final = {4: 24, 6: 48}


class SigningIn:
    """Signs in people who proved who they are, with all the proof their account asks for."""

    def __init__(self, auth: Auth, database: Database) -> None:
        self._auth = auth
        self._database = database

    async def by_password(
        self, email: str, password: str, visitor: Visitor, *, response: Response, for_script: bool = False
    ) -> SignedIn | MfaRequired:
        """Sign in with address and password, or tell that a code is owed as well: then nothing is begun yet.

        Opens its own transactions, for no connection is held while the password is checked. Raises
        `InvalidCredentials` for whatever is wrong, `TooManyAttempts` where there was too much of it.
        """
        subject = subject_of(email)
        with self._auth.hasher.place() as place:
            async with self._auth.turns.turn(), self._database.transaction() as session:
                await self._auth.attempts(session).check(Kind.PASSWORD, subject)
                found = await Users(session, self._auth.clock).find_by_email(email)
            stored = found.password_hash if found else None
            verdict = await self._auth.hasher.verify(password, stored, place)
        async with self._auth.turns.turn(), self._database.transaction() as session:
            # An account that nobody has is looked for and written down too: that takes time as well.
            user = await Users(session, self._auth.clock).find(found.id if found else uuid4(), lock=True)
            if not (verdict.is_right and found and user and self._may_enter(user, found)):
                await self._auth.attempts(session).record(Kind.PASSWORD, subject)
                self._record(session, Event.SIGN_IN_FAILED, user, visitor)
                raise InvalidCredentials
            await self._auth.attempts(session).clear(Kind.PASSWORD, subject)
            if verdict.better_hash is not None:
                user.password_hash = verdict.better_hash
            if user.mfa_enabled:
                token = self._auth.mfa_tokens.issue(user.id, user.credentials_epoch, for_script=for_script)
                return MfaRequired(mfa_token=token)
            return await self.finish(session, user, visitor, response=response, for_script=for_script)

    async def finish(
        self,
        session: AsyncSession,
        user: User,
        visitor: Visitor,
        *,
        response: Response,
        for_script: bool = False,
    ) -> SignedIn:
        """Begin a session, set its cookies on `response`, and return the body of the answer.

        The body has the refresh token only `for_script`. The sign-in is written down; one from a device and
        network not seen before is told by mail, unless it is the account's first.
        """
        sessions = self._auth.sessions(session)
        known = await sessions.former_devices(user.id)
        live = await sessions.start(user.id, visitor)
        now = self._auth.clock.now()
        is_first, user.last_login_at = user.last_login_at is None, now
        self._record(session, Event.SIGNED_IN, user, visitor, session_id=str(live.row.id))
        if not is_first and not any(_is_same_device(visitor, *device) for device in known):
            letter = self._auth.outbox.letters.new_sign_in(now, visitor.ip, visitor.user_agent)
            self._auth.outbox.queue(session, letter, to=user.email, user_id=user.id)
        access = self.hand_over(live, response)
        permissions = await Users(session, self._auth.clock).permissions_of(user.role)
        signed_in = SignedIn(
            access_token=access,
            expires_in=self._auth.access_tokens.seconds,
            user=user_out(user, permissions),
        )
        if not for_script:
            return signed_in
        return SignedInScript(**dict(signed_in), refresh_token=live.refresh_token)

    def hand_over(self, live: LiveSession, response: Response) -> str:
        """Set the session's cookies on an answer; return the access token in them."""
        access = self._auth.access_tokens.issue(live.row.user_id, live.row.id)
        left = live.row.expires_at - self._auth.clock.now()
        set_session_cookies(
            response,
            access=access,
            access_seconds=self._auth.access_tokens.seconds,
            refresh=live.refresh_token,
            refresh_seconds=int(left.total_seconds()),
            secure=self._auth.rules.secure_cookies,
        )
        return access

    def _may_enter(self, user: User, as_checked: User) -> bool:
        if user.status != Status.ACTIVE or user.password_changed_at != as_checked.password_changed_at:
            return False
        return user.email_verified_at is not None or not self._auth.rules.needs_verified_email

    def _record(
        self, session: AsyncSession, event: Event, user: User | None, visitor: Visitor, **detail: str
    ) -> None:
        user_id = user.id if user else None
        actor = user_id if event is Event.SIGNED_IN else None
        record(session, self._auth.clock, event, user_id=user_id, actor=actor, visitor=visitor, detail=detail)


def subject_of(email: str) -> str:
    """Return under what attempts at an address count, also at one that can't be an address."""
    try:
        return email_key(email).key
    except Invalid:
        return email.strip().casefold()


def _is_same_device(visitor: Visitor, ip: str, user_agent: str) -> bool:
    return visitor.user_agent == user_agent and _network_of(visitor.ip) == _network_of(ip)


def _network_of(ip: str) -> str:
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    return str(ip_network((address, _NETWORK_BITS[address.version]), strict=False))
