"""Making an account for oneself. It does not sign in."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.attempts import Kind
from tradesense.auth.errors import RegistrationClosed
from tradesense.auth.even_time import evenly
from tradesense.auth.models import LinkKind
from tradesense.auth.parts import Auth
from tradesense.auth.schemas import RegisterIn
from tradesense.users import Address, EmailTaken, Event, User, UserOut, Users, email_key, record, user_out
from tradesense.web.session import Database
from tradesense.web.visitor import Visitor


class Registration:
    """Makes accounts; opens its own transactions, for no connection is held while a password is hashed."""

    def __init__(self, auth: Auth, database: Database) -> None:
        self._auth = auth
        self._database = database

    async def register(self, wanted: RegisterIn, visitor: Visitor) -> UserOut | None:
        """Make an account and return it.

        Where addresses must be confirmed, a mail goes to the address and `None` comes back, whether or not it
        has an account already, and it takes as long. Raises `RegistrationClosed`, `Invalid`, `WeakPassword`,
        `EmailTaken`.
        """
        if not self._auth.rules.registration_open:
            raise RegistrationClosed
        address = email_key(wanted.email)
        await self._auth.policy.check(wanted.password, email=address.email, full_name=wanted.full_name)
        password_hash = await self._auth.hasher.hash(wanted.password)
        if not self._auth.rules.needs_verified_email:
            async with self._database.transaction() as session:
                user = await self._create(session, address, wanted.full_name, password_hash, visitor)
                return user_out(user, await Users(session, self._auth.clock).permissions_of(user.role))
        async with evenly(), self._database.transaction() as session:
            await self._create_unconfirmed(session, address, wanted.full_name, password_hash, visitor)
        return None

    async def _create(
        self,
        session: AsyncSession,
        address: Address,
        full_name: str | None,
        password_hash: str,
        visitor: Visitor,
    ) -> User:
        user = await Users(session, self._auth.clock).create(
            address, full_name=full_name, password_hash=password_hash
        )
        record(session, self._auth.clock, Event.REGISTERED, user_id=user.id, actor=user.id, visitor=visitor)
        return user

    async def _create_unconfirmed(
        self,
        session: AsyncSession,
        address: Address,
        full_name: str | None,
        password_hash: str,
        visitor: Visitor,
    ) -> None:
        may_mail = await self._auth.attempts(session).may_mail(Kind.MAIL_NEW_ACCOUNT, address.key)
        letters = self._auth.outbox.letters
        try:
            user = await self._create(session, address, full_name, password_hash, visitor)
        except EmailTaken:
            owner = await Users(session, self._auth.clock).find_by_email(address.email)
            if owner is None:
                raise
            user, letter = owner, letters.account_exists()
        else:
            token = await self._auth.links(session).make(user.id, LinkKind.VERIFY_EMAIL, email=user.email)
            letter = letters.verify_address(token)
        if may_mail:
            self._auth.outbox.queue(session, letter, to=user.email, user_id=user.id)
