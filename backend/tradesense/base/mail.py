"""The port for somebody who carries mail, and what may go wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, ready to go. `id` makes its Message-ID: the same mail sent again is seen as such."""

    id: str
    to: str
    subject: str
    text: str


class CarrierDown(Exception):
    """Nothing can be sent at the moment; any mail should be tried again soon."""


class MailDeferred(Exception):
    """This mail is not taken now; it should be tried again later."""


class MailRefused(Exception):
    """This mail will never be taken."""


class MailTransport(Protocol):
    """Carries one mail at a time to where it is read, or to the next server."""

    async def send(self, mail: Mail) -> None:
        """Hand the mail over; when this returns it is out of our hands.

        Raises `CarrierDown`, `MailDeferred` or `MailRefused`, whose text holds neither address nor secret.
        """
        ...
