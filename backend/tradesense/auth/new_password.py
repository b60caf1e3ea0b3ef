"""Choosing another password: with the present one, or with a mailed link where it was forgotten."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.attempts import Kind
from tradesense.auth.errors import InvalidLink, SessionEnded
from tradesense.auth.even_time import evenly
from tradesense.auth.models import LinkKind
from tradesense.auth.parts import Auth
from tradesense.auth.reauth import PasswordProof
from tradesense.auth.sessions import LiveSession, Reason
from tradesense.auth.signing_in import subject_of
from tradesense.base.principal import Principal
from tradesense.users import Event, Status, User, Users, record
from tradesense.web.session import Database
from tradesense.web.visitor import Visitor


class NewPassword:
    """Gives people another password; opens its own transactions, for none is held during hashing."""

    def __init__(self, auth: Auth, database: Database) -> None:
        self._auth = auth
        self._database = database

    async def change(self, caller: Principal, current: str, new: str, visitor: Visitor) -> LiveSession:
        """Change the caller's password; every session ends, and a fresh one comes back in place of their own.

        Raises `WrongPassword`, `WeakPassword`, `TooManyAttempts`.
        """
        proof = PasswordProof(self._auth, self._database)
        await proof.check(caller.user_id, current, field="body.current_password")
        async with self._database.transaction() as session:
            user = await Users(session, self._auth.clock).get(caller.user_id)
        await self._auth.policy.check(
            new, email=user.email, full_name=user.full_name, field="body.new_password"
        )
        password_hash = await self._auth.hasher.hash(new)
        async with self._database.transaction() as session:
            user = await self._lock(session, caller.user_id, as_checked=user)
            await self._give(session, user, password_hash)
            self._record(session, Event.PASSWORD_CHANGED, user, visitor)
            return await self._auth.sessions(session).start(user.id, visitor)

    async def forgot(self, email: str, visitor: Visitor) -> None:
        """Mail a link to the account's address, if there is one; nobody can tell, not even by the time.

        A link voids those before it. At most five an hour are sent to an address.
        """
        async with evenly(), self._database.transaction() as session:
            may_mail = await self._auth.attempts(session).may_mail(Kind.MAIL_RESET, subject_of(email))
            user = await Users(session, self._auth.clock).find_by_email(email)
            if user is None or user.status != Status.ACTIVE or not may_mail:
                return
            token = await self._auth.links(session).make(user.id, LinkKind.RESET_PASSWORD)
            self._record(session, Event.PASSWORD_RESET_ASKED, user, visitor, by_owner=False)
            letter = self._auth.outbox.letters.reset_password(token)
            self._auth.outbox.queue(session, letter, to=user.email, user_id=user.id)

    async def reset(self, token: str, new: str, visitor: Visitor) -> None:
        """Give a new password by a mailed link, which is used up. Every session ends, none begins.

        A second factor stays. Raises `InvalidLink`, `WeakPassword`.
        """
        async with self._database.transaction() as session:
            user = await self._owner_of_link(session, token)
        await self._auth.policy.check(new, email=user.email, full_name=user.full_name)
        password_hash = await self._auth.hasher.hash(new)
        async with self._database.transaction() as session:
            link = await self._auth.links(session).use(token, LinkKind.RESET_PASSWORD)
            user = await Users(session, self._auth.clock).get(link.user_id, lock=True)
            if user.status != Status.ACTIVE:
                raise InvalidLink
            # Whoever opened the link reads the mail of this address.
            user.email_verified_at = user.email_verified_at or self._auth.clock.now()
            await self._give(session, user, password_hash)
            self._record(session, Event.PASSWORD_RESET, user, visitor)

    async def _owner_of_link(self, session: AsyncSession, token: str) -> User:
        link = await self._auth.links(session).find(token, LinkKind.RESET_PASSWORD)
        return await Users(session, self._auth.clock).get(link.user_id)

    async def _lock(self, session: AsyncSession, user_id: UUID, *, as_checked: User) -> User:
        user = await Users(session, self._auth.clock).find(user_id, lock=True)
        if user is None or user.password_changed_at != as_checked.password_changed_at:
            raise SessionEnded
        return user

    async def _give(self, session: AsyncSession, user: User, password_hash: str) -> None:
        await Users(session, self._auth.clock).set_password(user, password_hash)
        await self._auth.sessions(session).revoke_all(user.id, Reason.PASSWORD)
        await self._auth.links(session).void(user.id, LinkKind.RESET_PASSWORD)
        await self._auth.attempts(session).clear(Kind.PASSWORD, user.email_key)
        await self._auth.attempts(session).clear(Kind.PASSWORD, str(user.id))
        letter = self._auth.outbox.letters.password_changed(self._auth.clock.now())
        self._auth.outbox.queue(session, letter, to=user.email, user_id=user.id)

    def _record(
        self, session: AsyncSession, event: Event, user: User, visitor: Visitor, *, by_owner: bool = True
    ) -> None:
        actor = user.id if by_owner else None
        record(session, self._auth.clock, event, user_id=user.id, actor=actor, visitor=visitor)
