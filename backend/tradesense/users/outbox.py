"""Mail waiting to be sent: written, sealed, in the transaction that caused it; sent by the mailer's loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID, uuid4

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.base.after_commit import after_commit
from tradesense.base.clock import Clock
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


def _purpose(mail_id: UUID) -> str:
    return f"mail:{mail_id}"
