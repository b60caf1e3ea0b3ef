"""What a mail looks like, and what MAIL_URL means. Carrying it is tested in tests/integration/users."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tradesense.base.clock import FixedClock
from tradesense.base.mail import Mail, MailRefused
from tradesense.infra.mail import (
    BadMailAddress,
    ConsoleTransport,
    Envelope,
    FileTransport,
    SmtpServer,
    SmtpTransport,
    mail_transport,
)

CLOCK = FixedClock(datetime(2026, 3, 5, 9, 7, tzinfo=UTC))
ENVELOPE = Envelope("TradeSense <desk@example.org>", CLOCK)


def _mail(to: str = "north@example.com", subject: str = "Hello", text: str = "Hello!\n") -> Mail:
    return Mail(id="0f8f", to=to, subject=subject, text=text)


def test_a_mail_tells_sender_recipient_date_and_that_a_program_wrote_it() -> None:
    message = ENVELOPE.wrap(_mail())
    assert message["From"] == "TradeSense <desk@example.org>"
    assert message["To"] == "north@example.com"
    assert message["Date"] == "Thu, 05 Mar 2026 09:07:00 +0000"
    assert message["Message-ID"] == "<0f8f@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert not message.is_multipart()


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("north@example.com\r\nBcc: x@example.com", "Hello"),
        ("north@example.com, x@example.com", "Hello"),
        ("north@example.com>\r\nBcc: <x@example.com", "Hello"),
        ("", "Hello"),
        ("north@example.com", "Hello\r\nBcc: x@example.com"),
        ("north@example.com", "Hello\nBcc: x@example.com"),
    ],
)
def test_nothing_in_a_mail_can_add_a_header_or_a_recipient(to: str, subject: str) -> None:
    with pytest.raises(MailRefused):
        ENVELOPE.wrap(_mail(to=to, subject=subject))


def test_a_link_stays_whole_in_the_raw_message() -> None:
    link = "https://desk.example.org/reset-password#token=" + "t" * 120
    raw = ENVELOPE.wrap(_mail(text=f"Open this:\n\n{link}\n")).as_bytes()
    assert link.encode() in raw


def test_other_letters_and_endless_lines_survive() -> None:
    for text in ("Grüße aus Zürich\n", "x" * 5_000 + "\n", "Grüße " * 400 + "\n"):
        message = ENVELOPE.wrap(_mail(to="jörg@example.com", text=text))
        assert message.get_content().replace("\r\n", "\n") == text
        assert all(len(line) < 999 for line in message.as_bytes().splitlines())


@pytest.mark.parametrize("sender", ["", "nobody", "desk@", "a@b, c@d", "desk@example.org\r\nBcc: x@y"])
def test_a_sender_that_is_no_address_is_refused(sender: str) -> None:
    with pytest.raises(BadMailAddress):
        Envelope(sender, CLOCK)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://relay.example.org", ("relay.example.org", 587, None, None, False, True)),
        (
            "smtp://north:p%40ss%3Aword@relay.example.org:2525",
            ("relay.example.org", 2525, "north", "p@ss:word", False, True),
        ),
        ("smtps://north:x@relay.example.org", ("relay.example.org", 465, "north", "x", True, False)),
        ("smtp://localhost:25", ("localhost", 25, None, None, False, False)),
        ("smtp://127.0.0.1:25", ("127.0.0.1", 25, None, None, False, False)),
        ("smtp://relay.example.org:25?tls=off", ("relay.example.org", 25, None, None, False, False)),
    ],
)
def test_a_server_over_the_network_is_spoken_to_in_tls_unless_said_otherwise(
    url: str, expected: tuple[object, ...]
) -> None:
    server = SmtpServer.of(urlsplit(url))
    assert (
        server.host,
        server.port,
        server.user,
        server.password,
        server.begins_with_tls,
        server.starts_tls,
    ) == expected


@pytest.mark.parametrize(
    "url",
    [
        "smtp://",
        "smtp://:25",
        "smtp://host:abc",
        "smtp://host:99999",
        "smtp://host?tls=maybe",
        "smtp://host/x",
    ],
)
def test_an_address_of_no_server_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(BadMailAddress) as refusal:
        mail_transport(url, sender="desk@example.org", clock=CLOCK, default_folder=Path("unused"))
    assert "host" not in str(refusal.value).replace("the host", "")


def test_the_address_names_the_way_mail_is_carried() -> None:
    def carrier(url: str | None) -> object:
        return mail_transport(url, sender="desk@example.org", clock=CLOCK, default_folder=Path("unused"))

    assert isinstance(carrier(None), FileTransport)
    assert isinstance(carrier("file:outbox"), FileTransport)
    assert isinstance(carrier("console:"), ConsoleTransport)
    assert isinstance(carrier("smtp://relay.example.org"), SmtpTransport)


async def test_the_console_shows_the_whole_mail() -> None:
    stream = StringIO()
    await ConsoleTransport(stream, ENVELOPE).send(_mail())
    assert "To: north@example.com" in stream.getvalue()
    assert "Hello!" in stream.getvalue()
