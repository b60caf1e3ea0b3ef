"""Tokens: only what we wrote, as we wrote it, for what it was written."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jose import jwt

from tradesense.auth.keys import Purpose, derive_key
from tradesense.auth.tokens import AccessTokens, MfaTokens, RefreshToken, RefreshTokens
from tradesense.base.clock import FixedClock

SECRET = b"0123456789abcdef0123456789abcdef-first"
OTHER = b"0123456789abcdef0123456789abcdef-other"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
USER, SESSION = uuid4(), uuid4()


def access_tokens(
    secret: bytes = SECRET, *, at: datetime = START, former: tuple[bytes, ...] = ()
) -> AccessTokens:
    return AccessTokens(secret, FixedClock(at), seconds=900, former=former)


def parts_of(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header, claims, _ = token.split(".")
    return tuple(orjson.loads(urlsafe_b64decode(part + "==")) for part in (header, claims))  # type: ignore[return-value]


def forged(header: dict[str, Any] | None = None, **claims: Any) -> str:
    """Return a token under our own key with other parts; a claim of `None` is left out."""
    real_header, real = parts_of(access_tokens().issue(USER, SESSION))
    changed = {name: value for name, value in {**real, **claims}.items() if value is not None}
    key = derive_key(SECRET, Purpose.ACCESS_TOKENS)
    kept = {name: value for name, value in real_header.items() if name != "alg"}
    text: str = jwt.encode(changed, key, algorithm="HS256", headers={**kept, **(header or {})})
    return text


def test_a_token_says_who_and_by_which_session_until_it_ends() -> None:
    token = access_tokens().issue(USER, SESSION)

    claims = access_tokens(at=START + timedelta(seconds=899)).read(token)

    assert claims is not None
    assert (claims.user_id, claims.session_id) == (USER, SESSION)
    assert claims.expires_at == START + timedelta(seconds=900)
    assert access_tokens(at=START + timedelta(seconds=900)).read(token) is None
    assert access_tokens(at=START - timedelta(seconds=6)).read(token) is None


def test_each_token_has_an_id_of_its_own_and_the_type_of_an_access_token() -> None:
    first, second = (access_tokens().issue(USER, SESSION) for _ in range(2))

    assert parts_of(first)[1]["jti"] != parts_of(second)[1]["jti"]
    assert parts_of(first)[0]["typ"] == "at+jwt"


def test_the_forger_of_these_tests_writes_what_we_would_accept() -> None:
    assert access_tokens().read(forged()) is not None


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "exp", "iat", "jti", "sid"])
@pytest.mark.parametrize("value", [None, 1, "", "somebody", True, [], ["tradesense-api"], {}, 1e300])
def test_a_claim_that_is_missing_or_odd_makes_it_worthless(claim: str, value: Any) -> None:
    if claim == "jti" and value == "somebody":
        pytest.skip("any text is an id")
    assert access_tokens().read(forged(**{claim: value})) is None


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS512"},
        {"alg": "hs256"},
        {"typ": "JWT"},
        {"typ": "mfa+jwt"},
        {"kid": "../../dev/null"},
        {"kid": ""},
        {"crit": ["exp"]},
        {"jku": "https://example.com/keys"},
        {"jwk": {"kty": "oct", "k": "AAAA"}},
        {"x5u": "https://example.com/cert"},
    ],
)
def test_any_other_header_is_refused_even_rightly_signed(header: dict[str, Any]) -> None:
    real_header, claims = parts_of(access_tokens().issue(USER, SESSION))
    signed = jwt.encode(claims, derive_key(SECRET, Purpose.ACCESS_TOKENS), headers={**real_header, **header})

    assert access_tokens().read(signed) is None


def test_a_token_is_one_text_only() -> None:
    token = access_tokens().issue(USER, SESSION)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for last in alphabet.replace(token[-1], ""):
        assert access_tokens().read(token[:-1] + last) is None
    for odd in (
        token + "=",
        token + "\n",
        " " + token,
        token + ".",
        token.replace(".", "..", 1),
        token + "é",
    ):
        assert access_tokens().read(odd) is None


def test_former_keys_verify_until_they_are_dropped_and_never_sign() -> None:
    old = access_tokens(SECRET).issue(USER, SESSION)
    both = access_tokens(OTHER, former=(SECRET,))

    assert both.read(old) is not None
    assert access_tokens(OTHER).read(old) is None
    assert access_tokens(SECRET).read(both.issue(USER, SESSION)) is None


def test_a_token_of_one_kind_is_none_of_another() -> None:
    clock = FixedClock(START)
    mfa, refresh = MfaTokens(SECRET, clock), RefreshTokens(SECRET)
    access_text = access_tokens().issue(USER, SESSION)
    mfa_text = mfa.issue(USER, 3, for_script=True)
    refresh_text = refresh.write(RefreshToken(refresh.new_handle(), 0))

    assert access_tokens().read(mfa_text) is access_tokens().read(refresh_text) is None
    assert mfa.read(access_text) is mfa.read(refresh_text) is None
    assert refresh.read(access_text) is refresh.read(mfa_text) is None


def test_the_token_between_password_and_code_lives_five_minutes() -> None:
    token = MfaTokens(SECRET, FixedClock(START)).issue(USER, 3, for_script=True)

    claims = MfaTokens(SECRET, FixedClock(START + timedelta(seconds=299))).read(token)

    assert claims is not None
    assert (claims.user_id, claims.epoch, claims.for_script) == (USER, 3, True)
    assert MfaTokens(SECRET, FixedClock(START + timedelta(seconds=300))).read(token) is None


@given(counter=st.integers(0, 2**63 - 1))
def test_a_refresh_token_reads_as_it_was_written_and_always_the_same(counter: int) -> None:
    tokens = RefreshTokens(SECRET)
    token = RefreshToken(tokens.new_handle(), counter)

    text = tokens.write(token)

    assert tokens.read(text) == token
    assert tokens.write(token) == text
    assert RefreshTokens(OTHER).read(text) is None


@given(position=st.integers(0, 80), character=st.characters())
def test_a_refresh_token_with_one_other_character_is_worthless(position: int, character: str) -> None:
    tokens = RefreshTokens(SECRET)
    text = tokens.write(RefreshToken(b"h" * 16, 7))
    position %= len(text)
    changed = text[:position] + character + text[position + 1 :]

    assert changed == text or tokens.read(changed) is None


def test_a_refresh_token_of_another_counter_cannot_be_put_together() -> None:
    tokens = RefreshTokens(SECRET)
    raw = bytearray(urlsafe_b64decode(tokens.write(RefreshToken(b"h" * 16, 7)).removeprefix("ts_rt_") + "=="))
    raw[23] = 8

    assert tokens.read("ts_rt_" + urlsafe_b64encode(bytes(raw)).decode().rstrip("=")) is None


@given(text=st.text(max_size=4000))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert access_tokens().read(text) is None
    assert MfaTokens(SECRET, FixedClock(START)).read(text) is None
    assert RefreshTokens(SECRET).read(text) is None


def test_what_the_database_keeps_of_a_handle_is_not_the_handle() -> None:
    tokens = RefreshTokens(SECRET)
    handle = tokens.new_handle()

    assert tokens.hash_handle(handle) != handle
    assert tokens.hash_handle(handle) != RefreshTokens(OTHER).hash_handle(handle)
    assert len(tokens.hash_handle(handle)) == 32
