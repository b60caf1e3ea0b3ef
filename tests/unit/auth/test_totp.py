"""Codes of authenticator apps: against the published ones, and what is no code."""

from __future__ import annotations

from base64 import b32decode, b32encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.auth.totp import matching_steps, new_seed, otpauth_uri, parse_code, step_at

# RFC 6238, appendix B: SHA-1 with the ASCII seed of 20 bytes; the last six of the eight digits.
PUBLISHED_SEED = b32encode(b"12345678901234567890").decode()
PUBLISHED = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), PUBLISHED)
def test_published_codes_belong_to_their_step(seconds: int, code: str) -> None:
    assert matching_steps(PUBLISHED_SEED, code, at(seconds)) == [seconds // 30]


@pytest.mark.parametrize(("away", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
@pytest.mark.parametrize("second_of_step", [0, 29])
def test_one_step_before_and_after_is_accepted_and_no_more(
    away: int, accepted: bool, second_of_step: int
) -> None:
    now = at(1_900_000_020 + second_of_step)
    code = pyotp.TOTP(PUBLISHED_SEED).generate_otp(step_at(now) + away)

    assert matching_steps(PUBLISHED_SEED, code, now) == ([step_at(now) + away] if accepted else [])


def test_the_first_seconds_of_all_have_no_step_before() -> None:
    code = pyotp.TOTP(PUBLISHED_SEED).generate_otp(0)

    assert matching_steps(PUBLISHED_SEED, code, at(3)) == [0]


def test_a_seed_has_160_bits_and_is_another_each_time() -> None:
    seeds = {new_seed() for _ in range(50)}

    assert len(seeds) == 50
    assert {len(b32decode(seed)) for seed in seeds} == {20}


def test_the_address_for_apps_names_us_the_account_and_the_seed() -> None:
    uri = otpauth_uri(PUBLISHED_SEED, "a+b@example.com")
    parts = urlsplit(uri)

    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parts.path == "/TradeSense:a%2Bb%40example.com"
    assert parse_qs(parts.query) == {"secret": [PUBLISHED_SEED], "issuer": ["TradeSense"]}


@pytest.mark.parametrize("typed", ["123456", "123 456", " 123456 ", "1 2 3 4 5 6"])
def test_spaces_in_a_typed_code_do_not_matter(typed: str) -> None:
    assert parse_code(typed) == "123456"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "1234567",
        "é23456",
        "\uff11\uff12\uff13\uff14\uff15\uff16",
        "١٢٣٤٥٦",
        "12345a",
        "123456\n",
        "-12345",
        "²²²²²²",
    ],
)
def test_what_is_not_six_ascii_digits_is_no_code(typed: str) -> None:
    assert parse_code(typed) is None


@given(st.text())
def test_any_text_is_read_without_failure(typed: str) -> None:
    code = parse_code(typed)
    assert code is None or matching_steps(PUBLISHED_SEED, code, at(59) + timedelta(days=1)) is not None
