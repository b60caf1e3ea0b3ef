"""R1: what counts as one mail address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.base.errors import Invalid
from tradesense.users.addresses import email_key


@pytest.mark.parametrize(
    ("text", "email", "key"),
    [
        ("U1@Example.COM ", "U1@example.com", "u1@example.com"),
        ("North.Desk+desk@mail.example.com", "North.Desk+desk@mail.example.com", None),
        ("jörg@Bücher.example", "jörg@bücher.example", "jörg@xn--bcher-kva.example"),
        ("jörg@xn--bcher-kva.example", "jörg@bücher.example", "jörg@xn--bcher-kva.example"),
        ("STRASSE@example.com", "STRASSE@example.com", "strasse@example.com"),
        ("straße@example.com", "straße@example.com", "strasse@example.com"),
        ("desk@localhost", "desk@localhost", "desk@localhost"),
        ("desk@server.local", "desk@server.local", "desk@server.local"),
    ],
)
def test_an_address_is_kept_as_written_and_known_by_one_form(text: str, email: str, key: str | None) -> None:
    assert email_key(text) == (email, key or email.casefold())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@example.com",
        "a b@example.com",
        "a@b@example.com",
        "a@b.c\r\nBcc:x@y",
        "a@example.com\r",
        "\na@example.com",
        "a@b.c\nBcc: x@example.com",
        "a\r@example.com",
        "a\0@example.com",
        "a\u2028b@example.com",
        "a\u202eb@example.com",
        "a\ud800@example.com",
        "\ud800",
        "a@ex\u200bample.com",
        "North <north@example.com>",
        '"a b"@example.com',
        "a@[127.0.0.1]",
        "a,b@example.com",
        "a@example..com",
        "a@-example.com",
        "x" * 65 + "@example.com",
        "x@" + "y" * 300 + ".com",
    ],
)
def test_what_is_no_plain_address_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        email_key(text, field="body.new_email")
    assert refusal.value.field == "body.new_email"
    assert refusal.value.code == "invalid_email"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused_and_an_address_is_its_own(text: str) -> None:
    try:
        found = email_key(text)
    except Invalid:
        return
    assert email_key(found.email) == found
    assert email_key(found.key).key == found.key
    assert not any(ord(character) < 32 for character in found.email + found.key)


@given(st.emails())
def test_upper_and_lower_case_are_one_account(text: str) -> None:
    try:
        key = email_key(text).key
    except Invalid:
        return
    assert email_key(text.upper()).key == key
    assert email_key(f"  {text.lower()} ").key == key
