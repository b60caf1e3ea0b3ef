"""Mail waiting to be sent: written, sealed, in the transaction that caused it; sent by the mailer's loop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import orjson
from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.base.after_commit import after_commit
from tradesense.base.clock import Clock
from tradesense.base.mail import Mail
from tradesense.base.sealing import Sealer
from tradesense.users.letters import Letter, Letters
from tradesense.users.models import OutgoingMail


class Outbox:
    """Takes letters. Routes find it as `state.outbox`; `letters` writes the texts."""

    def __init__(self, sealer: Sealer, clock: Clock, letters: Letters, wake: Callable[[], None]) -> None:
        self.letters: Final = letters
        self._sealer = sealer
        self._clock = clock
        self._wake = wake

    def queue(self, session: AsyncSession, letter: Letter, *, to: str, user_id: UUID | None) -> None:
        """Have a letter sent to the address `to` once the transaction is kept, and never where it is undone.

        `user_id` is whose it is: letters still waiting go when the account goes.
        """
        mail_id, now = uuid4(), self._clock.now()
        content = orjson.dumps({"to": to, "subject": letter.subject, "text": letter.text})
        session.add(
            OutgoingMail(
                id=mail_id,
                kind=letter.kind,
                user_id=user_id,
                sealed=self._sealer.seal(content, purpose=_purpose(mail_id)),
                created_at=now,
                due_at=now,
            )
        )
        after_commit(session, self._wake)


def open_mail(sealer: Sealer, row: OutgoingMail) -> Mail:
    """Return the mail that a waiting row holds. Raises `SealBroken`."""
    content = orjson.loads(sealer.open(row.sealed or b"", purpose=_purpose(row.id)))
    return Mail(id=str(row.id), to=content["to"], subject=content["subject"], text=content["text"])


def _purpose(mail_id: UUID) -> str:
    return f"mail:{mail_id}"


class WaitingMail:
    """The rows of the outbox, for the one who sends; within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def take(self, now: datetime, lease: timedelta) -> OutgoingMail | None:
        """Return a mail that is due, if any; nobody else gets it until the lease is over."""
        due = (
            select(OutgoingMail)
            .where(
                col(OutgoingMail.sent_at).is_(None),
                col(OutgoingMail.given_up_at).is_(None),
                col(OutgoingMail.due_at) <= now,
            )
            .order_by(col(OutgoingMail.due_at))
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        mail = (await self._session.execute(due)).scalar_one_or_none()
        if mail is not None:
            mail.due_at = now + lease
            await self._session.flush()
            self._session.expunge(mail)
        return mail

    async def sent(self, mail_id: UUID, now: datetime) -> None:
        """Note that the mail is out of our hands, and forget what it said."""
        await self._set(mail_id, sent_at=now, sealed=None)

    async def given_up(self, mail_id: UUID, now: datetime) -> None:
        """Note that the mail will never be sent, and forget what it said."""
        await self._set(mail_id, given_up_at=now, sealed=None)

    async def again(self, mail_id: UUID, due_at: datetime, attempts: int) -> None:
        """Have the mail taken again at `due_at`."""
        await self._set(mail_id, due_at=due_at, attempts=attempts)

    async def forget(self, before: datetime) -> None:
        """Delete what is done with since `before`."""
        await self._session.execute(
            delete(OutgoingMail).where(
                or_(col(OutgoingMail.sent_at) < before, col(OutgoingMail.given_up_at) < before)
            )
        )

    async def _set(self, mail_id: UUID, **values: object) -> None:
        await self._session.execute(
            update(OutgoingMail).where(col(OutgoingMail.id) == mail_id).values(**values)
        )
