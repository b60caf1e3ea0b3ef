"""R44: a token's own header chooses neither algorithm nor key, whoever signs it and with what."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.fixtures.people import People
from tests.fixtures.tokens import Forger, Parts, sign

HEADERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "alg none": lambda header: {**header, "alg": "none"},
    "alg None": lambda header: {**header, "alg": "None"},
    "alg nOnE": lambda header: {**header, "alg": "nOnE"},
    "alg empty": lambda header: {**header, "alg": ""},
    "alg null": lambda header: {**header, "alg": None},
    "alg missing": lambda header: {k: v for k, v in header.items() if k != "alg"},
    "alg in small letters": lambda header: {**header, "alg": "hs256"},
    "alg as list": lambda header: {**header, "alg": ["HS256"]},
    "crit unknown": lambda header: {**header, "crit": ["b64"], "b64": False},
    "crit empty": lambda header: {**header, "crit": []},
    "jku": lambda header: {**header, "jku": "https://evil.example/keys"},
    "jwk": lambda header: {**header, "jwk": {"kty": "oct", "k": "AAAA"}},
    "x5u": lambda header: {**header, "x5u": "https://evil.example/cert"},
    "x5c": lambda header: {**header, "x5c": ["AAAA"]},
    "kid a path": lambda header: {**header, "kid": "../../dev/null"},
    "kid SQL": lambda header: {**header, "kid": "' UNION SELECT 'x"},
    "kid a number": lambda header: {**header, "kid": 1},
    "kid missing": lambda header: {k: v for k, v in header.items() if k != "kid"},
    "typ JWT": lambda header: {**header, "typ": "JWT"},
    "typ missing": lambda header: {k: v for k, v in header.items() if k != "typ"},
    "typ of another kind": lambda header: {**header, "typ": "mfa+jwt"},
    "zip": lambda header: {**header, "zip": "DEF"},
    "cty": lambda header: {**header, "cty": "JWT"},
}


def refused(people: People, token: str) -> None:
    assert people.me(token).status_code == 401
    headers = {"Cookie": f"auth-token={token}"}
    assert people.nobody().get("/api/v1/users/me", headers=headers).status_code == 401


def test_r44_the_forger_can_make_a_token_that_is_taken(people: People, forger: Forger) -> None:
    """Otherwise none of the refusals below would prove anything."""
    assert people.me(forger.again(forger.parts)).status_code == 200


@pytest.mark.parametrize("change", HEADERS.values(), ids=HEADERS.keys())
def test_r44_another_header_under_the_right_key_is_refused(
    people: People, forger: Forger, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    changed = Parts(change(forger.parts.header), forger.parts.claims)
    refused(people, forger.again(changed))
    refused(people, changed.unsigned() + ".")


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_r44_another_hash_under_the_right_key_is_refused(
    people: People, forger: Forger, algorithm: str
) -> None:
    header = {**forger.parts.header, "alg": algorithm}
    refused(people, sign(Parts(header, forger.parts.claims), forger.key, algorithm))


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_r44_a_key_pair_of_the_attacker_is_refused_in_every_role(
    people: People, forger: Forger, algorithm: str
) -> None:
    private = (
        rsa.generate_private_key(65537, 2048)
        if algorithm == "RS256"
        else ec.generate_private_key(ec.SECP256R1())
    )
    public = private.public_key()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    header = {**forger.parts.header, "alg": algorithm}
    refused(people, sign(Parts(header, forger.parts.claims), pem, algorithm))
    for encoding in (Encoding.PEM, Encoding.DER):
        as_secret = public.public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
        refused(people, sign(forger.parts, as_secret, "HS256"))
    as_jwk = json.dumps({"kty": "oct", "k": base64.urlsafe_b64encode(pem).decode()}).encode()
    refused(people, sign(forger.parts, as_jwk, "HS256"))


@pytest.mark.parametrize("key", [b"", b"\0" * 32, b"secret", b"changeme", b"tradesense"])
def test_r44_a_guessable_key_is_refused(people: People, forger: Forger, key: bytes) -> None:
    refused(people, sign(forger.parts, key, "HS256"))


def test_r44_no_other_text_is_read_as_the_same_token(people: People, forger: Forger) -> None:
    header, claims, signature = forger.token.split(".")
    for other in (
        f"{header}.{claims}.{signature}=",
        f"{header}=.{claims}.{signature}",
        f"{header}.{claims}.{signature[:-1]}",
        f"{header}.{claims}.{signature}A",
        f"{header}.{claims}.",
        f"{header}.{claims}",
        f"{header}..{signature}",
        f"{header}.{claims}.{signature}.{signature}",
        f".{claims}.{signature}",
        forger.token.swapcase(),
    ):
        assert people.nobody().get(
            "/api/v1/users/me", headers={"Cookie": f"auth-token={other.strip()}"}
        ).status_code in ((200, 401) if other.strip() == forger.token else (401,))
