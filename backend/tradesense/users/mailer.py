"""The loop that empties the outbox: at once when a letter comes, patiently when it can't be sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.base.mail import CarrierDown, MailDeferred, MailRefused, MailTransport
from tradesense.base.sealing import SealBroken, Sealer
from tradesense.users.models import OutgoingMail
from tradesense.users.outbox import WaitingMail, open_mail
from tradesense.web.session import Database

_LEASE: Final = timedelta(minutes=5)
_FIRST_DELAY: Final = timedelta(minutes=1)
_LONGEST_DELAY: Final = timedelta(hours=1)
_MOST_ATTEMPTS: Final = 12
_GIVEN_UP_AFTER: Final = timedelta(hours=48)
_LOOK_SECONDS: Final = 5.0
_FIRST_PAUSE_SECONDS: Final = 1.0
_LONGEST_PAUSE_SECONDS: Final = 15.0
_MOST_NOTES: Final = 60

_log = logging.getLogger("tradesense.mail")


class Mailer:
    """Sends what is due, one mail after the other; several processes may do so side by side.

    A mail is taken for some minutes, sent, and noted as sent: one that ends in between sends it again, which
    its Message-ID tells. While the carrier is down it is asked every few seconds and no mail ages for it; a
    mail that is put off is tried again after growing delays, up to 12 times. After two days none is sent.
    """

    def __init__(self, database: Database, transport: MailTransport, sealer: Sealer, clock: Clock) -> None:
        self._database = database
        self._transport = transport
        self._sealer = sealer
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Have the loop look for mail now."""
        self._woken.set()

    async def run(self) -> None:
        """Send for ever."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            self._woken.clear()
            try:
                await self.send_due()
            except CarrierDown as reason:
                _log.warning("mail can't be sent at the moment", extra={"reason": str(reason)})
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            else:
                pause = _FIRST_PAUSE_SECONDS
                await self._wait()

    async def _wait(self) -> None:
        # Commands and other processes write letters too, and wake nobody here.
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            return

    async def send_due(self) -> int:
        """Send all that is due and return how much it was. Raises `CarrierDown` where nothing can be sent."""
        sent = 0
        while (row := await self._take()) is not None:
            sent += await self._send(row)
        return sent

    async def _take(self) -> OutgoingMail | None:
        async with self._database.transaction() as session:
            return await WaitingMail(session).take(self._clock.now(), _LEASE)

    async def _send(self, row: OutgoingMail) -> bool:
        now = self._clock.now()
        try:
            await self._transport.send(open_mail(self._sealer, row))
        except CarrierDown:
            if now - row.created_at > _GIVEN_UP_AFTER:
                await self._give_up(row, "too old")
            else:
                await self._note(lambda waiting: waiting.again(row.id, now, row.attempts))
            raise
        except MailDeferred as reason:
            await self._put_off(row, str(reason))
            return False
        except (MailRefused, SealBroken) as reason:
            await self._give_up(row, str(reason))
            return False
        await self._note(lambda waiting: waiting.sent(row.id, self._clock.now()))
        return True

    async def _put_off(self, row: OutgoingMail, reason: str) -> None:
        attempts = row.attempts + 1
        if attempts >= _MOST_ATTEMPTS:
            await self._give_up(row, reason)
            return
        delay = min(_FIRST_DELAY * 2 ** (attempts - 1), _LONGEST_DELAY)
        _log.warning("mail put off", extra={"kind": row.kind, "mail": str(row.id), "reason": reason})
        due_at = self._clock.now() + delay
        await self._note(lambda waiting: waiting.again(row.id, due_at, attempts))

    async def _give_up(self, row: OutgoingMail, reason: str) -> None:
        _log.error("mail given up", extra={"kind": row.kind, "mail": str(row.id), "reason": reason})
        await self._note(lambda waiting: waiting.given_up(row.id, self._clock.now()))

    async def _note(self, write: Callable[[WaitingMail], Awaitable[None]]) -> None:
        # What was sent must not be sent again because the database was away for a moment.
        for _ in range(_MOST_NOTES):
            try:
                async with self._database.transaction() as session:
                    await write(WaitingMail(session))
            except Unavailable:
                await asyncio.sleep(_FIRST_PAUSE_SECONDS)
            else:
                return
        raise Unavailable("The outbox can't be written.")
