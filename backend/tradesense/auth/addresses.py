"""Confirming that an address is somebody's: after registering, and before it replaces another."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.attempts import Kind
from tradesense.auth.errors import InvalidLink, TooManyAttempts
from tradesense.auth.even_time import evenly
from tradesense.auth.models import Link, LinkKind
from tradesense.auth.parts import Auth
from tradesense.auth.signing_in import subject_of
from tradesense.base.errors import Invalid
from tradesense.base.principal import Principal
from tradesense.users import Address, EmailTaken, Event, Letter, Status, User, Users, email_key, record
from tradesense.web.session import Database
from tradesense.web.visitor import Visitor

_MAIL_WAIT_SECONDS = 3600


class Addresses:
    """Mail addresses and their confirmation; opens its own transactions."""

    def __init__(self, auth: Auth, database: Database) -> None:
        self._auth = auth
        self._clock = auth.clock
        self._database = database

    async def ask_change(self, caller: Principal, new_email: str, visitor: Visitor) -> None:
        """Mail a link to the new address and a notice to the present one, which stays until the link is used.

        The password must have been proven just now. At most five an hour. Raises `Invalid`, `EmailTaken`
        (not where addresses must be confirmed first: then the address's owner is told), `TooManyAttempts`.
        """
        address = email_key(new_email, field="body.new_email")
        async with self._database.transaction() as session:
            users = Users(session, self._clock)
            user = await users.get(caller.user_id, lock=True)
            if address.email == user.email:
                detail = "This is your address already."
                raise Invalid(detail, code="same_email", field="body.new_email")
            if not await self._auth.attempts(session).may_mail(Kind.MAIL_CHANGE, str(user.id)):
                raise TooManyAttempts(retry_after_seconds=_MAIL_WAIT_SECONDS)
            letter = await self._letter_to_new(session, user, address)
            self._record(session, Event.EMAIL_CHANGE_ASKED, user, visitor)
            self._send(session, user, letter, to=address.email)
            notice = self._auth.outbox.letters.address_change_asked(self._clock.now())
            self._send(session, user, notice, to=user.email)

    async def _letter_to_new(self, session: AsyncSession, user: User, address: Address) -> Letter:
        owner = await Users(session, self._clock).find_by_email(address.email)
        letters = self._auth.outbox.letters
        if owner is None or owner.id == user.id:
            links = self._auth.links(session)
            token = await links.make(user.id, LinkKind.CHANGE_EMAIL, email=address.email)
            return letters.confirm_new_address(token)
        if self._auth.rules.needs_verified_email:
            return letters.account_exists()
        raise EmailTaken

    async def verify(self, token: str, visitor: Visitor) -> None:
        """Use a mailed link: confirm the account's address, or put a new one in its place.

        Raises `InvalidLink`, and `EmailTaken` where somebody else registered the new address meanwhile.
        """
        async with self._database.transaction() as session:
            link = await self._use(session, token)
            users = Users(session, self._clock)
            user = await users.get(link.user_id, lock=True)
            if user.status != Status.ACTIVE or link.email is None:
                raise InvalidLink
            if link.kind == LinkKind.CHANGE_EMAIL:
                await self._replace(session, user, email_key(link.email), visitor)
            elif link.email == user.email:
                user.email_verified_at = user.updated_at = self._clock.now()
                self._record(session, Event.EMAIL_VERIFIED, user, visitor)
            else:
                raise InvalidLink

    async def resend(self, email: str) -> None:
        """Mail another link where there is an account whose address is still to be confirmed.

        Nobody can tell, not even by the time. At most five an hour are sent to an address.
        """
        async with evenly(), self._database.transaction() as session:
            may_mail = await self._auth.attempts(session).may_mail(Kind.MAIL_NEW_ACCOUNT, subject_of(email))
            user = await Users(session, self._clock).find_by_email(email)
            if user is None or user.status != Status.ACTIVE or user.email_verified_at or not may_mail:
                return
            links = self._auth.links(session)
            token = await links.make(user.id, LinkKind.VERIFY_EMAIL, email=user.email)
            self._send(session, user, self._auth.outbox.letters.verify_address(token), to=user.email)

    async def _use(self, session: AsyncSession, token: str) -> Link:
        links = self._auth.links(session)
        try:
            return await links.use(token, LinkKind.VERIFY_EMAIL)
        except InvalidLink:
            return await links.use(token, LinkKind.CHANGE_EMAIL)

    async def _replace(self, session: AsyncSession, user: User, address: Address, visitor: Visitor) -> None:
        former = user.email
        await Users(session, self._clock).set_address(user, address)
        # Links that went to the former address are in somebody else's hands now, or may be.
        await self._auth.links(session).void(user.id)
        self._record(session, Event.EMAIL_CHANGED, user, visitor)
        notice = self._auth.outbox.letters.address_changed(self._clock.now())
        self._send(session, user, notice, to=former)

    def _send(self, session: AsyncSession, user: User, letter: Letter, *, to: str) -> None:
        self._auth.outbox.queue(session, letter, to=to, user_id=user.id)

    def _record(self, session: AsyncSession, event: Event, user: User, visitor: Visitor) -> None:
        record(session, self._clock, event, user_id=user.id, actor=user.id, visitor=visitor)
