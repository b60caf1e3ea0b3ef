"""A mail server over the network is spoken to in TLS only, and only with a certificate that holds."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.fixtures.smtp import SmtpServer as FakeServer
from tradesense.base.clock import FixedClock
from tradesense.base.mail import CarrierDown, Mail
from tradesense.infra.mail import Envelope, SmtpServer, SmtpTransport

NOW = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)
MAIL = Mail("1", "north@example.com", "Hello", "Hello!\n")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    return path


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    server = FakeServer()
    await server.start()
    yield server
    await server.stop()


def _transport(server: FakeServer, tls: ssl.SSLContext | None = None) -> SmtpTransport:
    address = SmtpServer("127.0.0.1", server.port, "desk", "p@ss", begins_with_tls=False, starts_tls=True)
    return SmtpTransport(address, Envelope("desk@example.org", FixedClock(NOW)), tls)


def _said(server: FakeServer) -> set[str]:
    return {command.split(" ", 1)[0].upper() for command in server.commands}


async def test_a_server_that_offers_no_tls_is_told_neither_password_nor_mail(server: FakeServer) -> None:
    with pytest.raises(CarrierDown):
        await _transport(server).send(MAIL)
    assert _said(server) <= {"EHLO", "QUIT"}


async def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(
    server: FakeServer, certificate: Path
) -> None:
    server.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.tls.load_cert_chain(certificate)
    with pytest.raises(CarrierDown):
        await _transport(server).send(MAIL)
    assert "STARTTLS" in _said(server)
    assert _said(server) <= {"EHLO", "STARTTLS", "QUIT"}


async def test_behind_tls_the_mail_is_handed_over(server: FakeServer, certificate: Path) -> None:
    server.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.tls.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=certificate)
    await _transport(server, trusting).send(MAIL)
    assert [mail["Subject"] for mail in server.received] == ["Hello"]
    assert server.commands.index("STARTTLS") < next(
        place for place, command in enumerate(server.commands) if command.startswith("AUTH")
    )
