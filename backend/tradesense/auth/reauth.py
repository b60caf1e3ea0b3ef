"""Somebody who is signed in repeats the password, for what a stolen session must not be able to do."""

from __future__ import annotations

from uuid import UUID

from tradesense.auth.attempts import Kind
from tradesense.auth.errors import WrongPassword
from tradesense.auth.parts import Auth
from tradesense.users import Users
from tradesense.web.session import Database


class PasswordProof:
    """Asks for the password again. Call it before the request's own transaction asks anything.

    Checking takes a third of a second; it uses short transactions of its own, so that no connection is held
    meanwhile, and a wrong attempt is kept whatever becomes of the request.
    """

    def __init__(self, auth: Auth, database: Database) -> None:
        self._auth = auth
        self._database = database

    async def check(self, user_id: UUID, password: str, *, field: str = "body.password") -> None:
        """Raise `WrongPassword` naming the `field`, or `TooManyAttempts` after many of them."""
        subject = str(user_id)
        async with self._database.transaction() as session:
            await self._auth.attempts(session).check(Kind.PASSWORD, subject)
            user = await Users(session, self._auth.clock).get(user_id)
        verdict = await self._auth.hasher.verify(password, user.password_hash)
        async with self._database.transaction() as session:
            if not verdict.is_right:
                await self._auth.attempts(session).record(Kind.PASSWORD, subject)
                raise WrongPassword(field=field)
            await self._auth.attempts(session).clear(Kind.PASSWORD, subject)
