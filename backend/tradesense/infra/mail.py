"""Carries mail: to an SMTP server, into files, or onto the terminal; the address in MAIL_URL tells which."""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, TextIO
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from tradesense.base.clock import Clock
from tradesense.base.mail import CarrierDown, Mail, MailDeferred, MailRefused, MailTransport

_TIMEOUT_SECONDS: Final = 10.0
_WHOLE_SECONDS: Final = 25.0
_GOODBYE_SECONDS: Final = 2.0
_LONGEST_LINE: Final = 900
_TEMPORARY: Final = range(400, 500)


class BadMailAddress(ValueError):
    """MAIL_URL or MAIL_FROM can't be right; the text holds no secret."""


def mail_transport(url: str | None, *, sender: str, clock: Clock, default_folder: Path) -> MailTransport:
    """Return the transport that `url` names; without one, mail goes into files in `default_folder`.

    `smtp://` starts TLS, and sends nothing where it can't, except to this machine or with `?tls=off`;
    `smtps://` begins with TLS. Raises `BadMailAddress`.
    """
    envelope = Envelope(sender, clock)
    if url is None:
        return FileTransport(default_folder, envelope)
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FileTransport(Path(unquote(parts.path)).expanduser().resolve(), envelope)
    if parts.scheme == "console":
        return ConsoleTransport(sys.stderr, envelope)
    return SmtpTransport(SmtpServer.of(parts), envelope)


class Envelope:
    """Makes a whole message of a mail: sender, date, Message-ID. No header can be added through any part."""

    def __init__(self, sender: str, clock: Clock) -> None:
        try:
            self._domain: Final = _only_address(_set(EmailMessage(policy=SMTP), "From", sender)).domain
        except MailRefused:
            raise BadMailAddress("MAIL_FROM takes an address such as TradeSense <desk@example.org>") from None
        self._sender = sender
        self._clock = clock

    def wrap(self, mail: Mail) -> EmailMessage:
        """Return the message. Raises `MailRefused` where a header would not be one line and one address."""
        message = EmailMessage(policy=SMTP if mail.to.isascii() else SMTPUTF8)
        _set(message, "From", self._sender)
        if _only_address(_set(message, "To", mail.to)).addr_spec != mail.to:
            raise MailRefused("the recipient is more than an address")
        _set(message, "Subject", mail.subject)
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = f"<{mail.id}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        fits = mail.text.isascii() and all(len(line) <= _LONGEST_LINE for line in mail.text.splitlines())
        # Plain lines stay as they are, so that a link can be read in the file; others are encoded.
        message.set_content(mail.text, cte="7bit" if fits else None)
        return message

    def file_name(self, mail: Mail) -> str:
        """Return a name that sorts by time."""
        return f"{self._clock.now():%Y%m%dT%H%M%S.%f}Z-{mail.id}.eml"


def _set(message: EmailMessage, name: str, value: str) -> Any:
    try:
        message[name] = value
        return message[name]
    except (ValueError, IndexError) as error:
        raise MailRefused(f"the header {name} can't be written") from error


def _only_address(header: Any) -> Address:
    addresses: tuple[Address, ...] = header.addresses
    if len(addresses) != 1 or not addresses[0].username or not addresses[0].domain:
        raise MailRefused("a header needs exactly one address")
    return addresses[0]


class FileTransport:
    """Puts each mail into a file of its own, readable by the owner only: the outbox for development."""

    def __init__(self, folder: Path, envelope: Envelope) -> None:
        self._folder = folder
        self._envelope = envelope

    async def send(self, mail: Mail) -> None:
        """See `MailTransport`. The file appears whole."""
        message = self._envelope.wrap(mail)
        path = self._folder / self._envelope.file_name(mail)
        try:
            await asyncio.to_thread(_write_whole, path, message.as_bytes())
        except OSError as error:
            raise CarrierDown(f"the outbox folder can't be written ({error.strerror})") from error


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)


class ConsoleTransport:
    """Writes each mail onto the terminal."""

    def __init__(self, stream: TextIO, envelope: Envelope) -> None:
        self._stream = stream
        self._envelope = envelope

    async def send(self, mail: Mail) -> None:
        """See `MailTransport`."""
        message = self._envelope.wrap(mail)
        self._stream.write(f"{'-' * 72}\n{message.as_string()}{'-' * 72}\n")
        self._stream.flush()


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where and how to reach a mail server."""

    host: str
    port: int
    user: str | None
    password: str | None
    begins_with_tls: bool
    starts_tls: bool

    @classmethod
    def of(cls, parts: SplitResult) -> SmtpServer:
        """Read `smtp[s]://[USER:PASSWORD@]HOST[:PORT][?tls=off]`. Raises `BadMailAddress`."""
        begins_with_tls = parts.scheme == "smtps"
        try:
            port = parts.port or (465 if begins_with_tls else 587)
        except ValueError:
            raise BadMailAddress("MAIL_URL: the port must be a number") from None
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise BadMailAddress("MAIL_URL takes smtp://USER:PASSWORD@HOST:587")
        if parts.query not in ("", "tls=off") or parts.path not in ("", "/"):
            raise BadMailAddress("MAIL_URL takes no more than ?tls=off after the host")
        return cls(
            host=parts.hostname,
            port=port,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            begins_with_tls=begins_with_tls,
            starts_tls=not (begins_with_tls or parts.query or _is_this_machine(parts.hostname)),
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class SmtpTransport:
    """Hands each mail to an SMTP server, over a connection of its own."""

    def __init__(self, server: SmtpServer, envelope: Envelope, tls: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._envelope = envelope
        self._tls = tls or ssl.create_default_context()

    async def send(self, mail: Mail) -> None:
        """See `MailTransport`. Takes at most half a minute."""
        message = self._envelope.wrap(mail)
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.begins_with_tls,
            start_tls=server.starts_tls,
            tls_context=self._tls if server.begins_with_tls or server.starts_tls else None,
            timeout=_TIMEOUT_SECONDS,
        )
        try:
            async with asyncio.timeout(_WHOLE_SECONDS):
                await self._connect(client)
                await _hand_over(client, message)
        except OSError as error:
            raise CarrierDown(f"the connection failed ({type(error).__name__})") from None
        finally:
            await _say_goodbye(client)

    async def _connect(self, client: aiosmtplib.SMTP) -> None:
        try:
            await client.connect()
            if self._server.user is not None:
                await client.login(self._server.user, self._server.password or "")
        except aiosmtplib.SMTPException as error:
            raise CarrierDown(f"the server can't be used ({type(error).__name__})") from None


async def _hand_over(client: aiosmtplib.SMTP, message: EmailMessage) -> None:
    try:
        await client.send_message(message)
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise _refusal([each.code for each in error.recipients]) from None
    except aiosmtplib.SMTPNotSupported:
        raise MailRefused("the server does not take addresses with other letters than a-z") from None
    except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPHeloError) as error:
        raise CarrierDown(f"the server refuses to serve us (code {error.code})") from None
    except aiosmtplib.SMTPResponseException as error:
        raise _refusal([error.code]) from None
    except aiosmtplib.SMTPException as error:
        raise CarrierDown(f"the connection failed ({type(error).__name__})") from None
    except ValueError:
        raise MailRefused("the address can't be written to") from None


async def _say_goodbye(client: aiosmtplib.SMTP) -> None:
    # The server has said what becomes of the mail; how it takes its leave changes nothing.
    try:
        async with asyncio.timeout(_GOODBYE_SECONDS):
            await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()


def _refusal(codes: list[int]) -> MailDeferred | MailRefused | CarrierDown:
    code = codes[0] if codes else 0
    if code == aiosmtplib.SMTPStatus.domain_unavailable:
        return CarrierDown("the server is closing")
    if code in _TEMPORARY:
        return MailDeferred(f"not taken now (code {code})")
    return MailRefused(f"refused (code {code})")
