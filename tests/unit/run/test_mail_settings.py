"""MAIL_URL and MAIL_FROM that can't be right stop the start; their values are not shown."""

from __future__ import annotations

import pytest
from pydantic import SecretStr, ValidationError

from tradesense.run.settings import Settings


def _settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://north:hidden@relay.example.org:587",
        "smtps://relay.example.org",
        "smtp://relay.example.org:25?tls=off",
        "file:outbox",
        "console:",
    ],
)
def test_an_address_of_mail_is_taken(url: str) -> None:
    assert _settings(mail_url=url).mail_url == SecretStr(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://hidden.example.org",
        "smtp://",
        "smtp://north:hidden@",
        "smtp://north:hidden@relay.example.org:port",
        "smtp://north:hidden@relay.example.org:99999",
        "smtp://north:hidden@relay.example.org?tls=never",
        "smtp://north:hidden@relay.example.org/inbox",
    ],
)
def test_an_address_no_mail_can_be_sent_by_is_refused_by_name(url: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        _settings(mail_url=url)
    (problem,) = refusal.value.errors(include_input=False)
    assert problem["loc"] == ("mail_url",)
    assert "hidden" not in problem["msg"]


@pytest.mark.parametrize(
    "sender", ["desk@localhost", "TradeSense <desk@example.org>", '"A, B" <a@example.org>']
)
def test_a_sender_is_one_address(sender: str) -> None:
    assert _settings(mail_from=sender).mail_from == sender


@pytest.mark.parametrize(
    "sender", ["desk", "desk@", "@example.org", "a@example.org, b@example.org", "a@b.c\r\nBcc: x@y.z", "\x00"]
)
def test_anything_else_is_no_sender(sender: str) -> None:
    with pytest.raises(ValidationError):
        _settings(mail_from=sender)
