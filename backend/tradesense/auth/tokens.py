"""Tokens and how they are read: access JWT, the JWT between password and code, refresh tokens. No database.

A token of one kind is never taken for another: each kind has a key and a `typ` of its own. Of a JWT's header
nothing is believed: it must be, byte by byte, the one that we write for a key that we know.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

import orjson
from jose import jws, jwt
from jose.backends.base import Key
from jose.constants import ALGORITHMS
from jose.exceptions import JWSError
from jose.jwk import construct

from tradesense.auth.keys import Purpose, derive_key
from tradesense.base.clock import Clock

ISSUER: Final = "tradesense"
AUDIENCE: Final = "tradesense-api"
ACCESS_TYPE: Final = "at+jwt"
MFA_TYPE: Final = "mfa+jwt"
MFA_SECONDS: Final = 300
REFRESH_PREFIX: Final = "ts_rt_"

_LONGEST_JWT: Final = 2048
_CLOCKS_DIFFER_SECONDS: Final = 5
_LONGEST_LIFE_SECONDS: Final = 900
_HANDLE_BYTES: Final = 16
_COUNTER_BYTES: Final = 8
_MAC_BYTES: Final = 32
_JWT_FORM: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_REFRESH_LENGTH: Final = len(REFRESH_PREFIX) + -(-(_HANDLE_BYTES + _COUNTER_BYTES + _MAC_BYTES) * 4 // 3)


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says: who, by which session, until when."""

    user_id: UUID
    session_id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class MfaClaims:
    """Who gave the right password and still owes a code; void once `epoch` is not the account's any more."""

    user_id: UUID
    epoch: int
    for_script: bool


class AccessTokens:
    """Makes and reads the short-lived tokens that every request carries."""

    def __init__(self, secret: bytes, clock: Clock, *, seconds: int, former: Sequence[bytes] = ()) -> None:
        self.seconds: Final = seconds
        self._clock = clock
        self._jwt = _Jwt(ACCESS_TYPE, Purpose.ACCESS_TOKENS, secret, former)

    def issue(self, user_id: UUID, session_id: UUID) -> str:
        """Return a fresh token for a session."""
        now = int(self._clock.now().timestamp())
        return self._jwt.write(
            {
                "iss": ISSUER,
                "aud": AUDIENCE,
                "sub": str(user_id),
                "sid": str(session_id),
                "jti": uuid4().hex,
                "iat": now,
                "exp": now + self.seconds,
            }
        )

    def read(self, token: str) -> AccessClaims | None:
        """Return what a token says that is ours and has not run out; `None` for any other text."""
        claims = self._jwt.read(token)
        if claims is None or not _is_current(claims, self._clock.now()):
            return None
        user_id, session_id = _uuid(claims.get("sub")), _uuid(claims.get("sid"))
        if user_id is None or session_id is None:
            return None
        return AccessClaims(user_id, session_id, datetime.fromtimestamp(claims["exp"], UTC))


class MfaTokens:
    """Makes and reads what stands between the password and the code; it opens nothing else."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._clock = clock
        self._jwt = _Jwt(MFA_TYPE, Purpose.MFA_TOKENS, secret, ())

    def issue(self, user_id: UUID, epoch: int, *, for_script: bool) -> str:
        """Return a token for somebody whose password was right, good for five minutes."""
        now = int(self._clock.now().timestamp())
        return self._jwt.write(
            {
                "iss": ISSUER,
                "aud": AUDIENCE,
                "sub": str(user_id),
                "epoch": epoch,
                "script": for_script,
                "jti": uuid4().hex,
                "iat": now,
                "exp": now + MFA_SECONDS,
            }
        )

    def read(self, token: str) -> MfaClaims | None:
        """Return what a token says that is ours and has not run out; `None` for any other text."""
        claims = self._jwt.read(token)
        if claims is None or not _is_current(claims, self._clock.now()):
            return None
        user_id, epoch, for_script = _uuid(claims.get("sub")), claims.get("epoch"), claims.get("script")
        if user_id is None or type(epoch) is not int or type(for_script) is not bool:
            return None
        return MfaClaims(user_id, epoch, for_script)


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A refresh token taken apart: the session's secret handle, and which one of its tokens this is."""

    handle: bytes
    counter: int


class RefreshTokens:
    """Writes and reads refresh tokens. Only their handle's hash is kept, so each can be written again."""

    def __init__(self, secret: bytes) -> None:
        self._mac_key = derive_key(secret, Purpose.REFRESH_TOKENS)
        self._hash_key = derive_key(secret, Purpose.REFRESH_HANDLES)

    def new_handle(self) -> bytes:
        """Return a fresh handle for a session."""
        return secrets.token_bytes(_HANDLE_BYTES)

    def hash_handle(self, handle: bytes) -> bytes:
        """Return what the database keeps of a handle."""
        return hmac.digest(self._hash_key, handle, sha256)

    def write(self, token: RefreshToken) -> str:
        """Return the token's text; always the same for the same handle and counter."""
        body = token.handle + token.counter.to_bytes(_COUNTER_BYTES, "big")
        return REFRESH_PREFIX + _encode(body + self._mac(body))

    def read(self, text: str) -> RefreshToken | None:
        """Return the parts of a token that we wrote; `None` for any other text."""
        if len(text) != _REFRESH_LENGTH or not text.startswith(REFRESH_PREFIX) or not text.isascii():
            return None
        raw = _decode(text.removeprefix(REFRESH_PREFIX))
        if raw is None:
            return None
        body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(body)):
            return None
        return RefreshToken(body[:_HANDLE_BYTES], int.from_bytes(body[_HANDLE_BYTES:], "big"))

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._mac_key, body, sha256)


class _Jwt:
    """JWTs of one kind: HS256 with one key to sign and some to verify, each known by its whole header."""

    def __init__(self, kind: str, purpose: Purpose, secret: bytes, former: Sequence[bytes]) -> None:
        keys = [derive_key(each, purpose) for each in (secret, *former)]
        self._headers = [{"kid": sha256(b"kid" + key).hexdigest()[:16], "typ": kind} for key in keys]
        self._signing_key = construct(keys[0], ALGORITHMS.HS256)
        self._keys: dict[str, Key] = {
            self._write({}, header, key).partition(".")[0]: key
            for header, key in zip(self._headers, (construct(k, ALGORITHMS.HS256) for k in keys), strict=True)
        }

    def write(self, claims: dict[str, Any]) -> str:
        return self._write(claims, self._headers[0], self._signing_key)

    def _write(self, claims: dict[str, Any], header: dict[str, str], key: Key) -> str:
        written: str = jwt.encode(claims, key, algorithm=ALGORITHMS.HS256, headers=header)
        return written

    def read(self, token: str) -> dict[str, Any] | None:
        """Return the claims of a token signed by us, still to be checked one by one."""
        if len(token) > _LONGEST_JWT or not _JWT_FORM.fullmatch(token):
            return None
        header, payload, signature = token.split(".")
        key = self._keys.get(header)
        # A decoder that ignores spare bits would take several texts for one token.
        if key is None or not _is_canonical(payload) or not _is_canonical(signature):
            return None
        try:
            claims = orjson.loads(jws.verify(token, key, algorithms=[ALGORITHMS.HS256]))
        except (JWSError, orjson.JSONDecodeError):
            return None
        return claims if isinstance(claims, dict) else None


def _is_current(claims: dict[str, Any], now: datetime) -> bool:
    issued, expires, token_id = claims.get("iat"), claims.get("exp"), claims.get("jti")
    if claims.get("iss") != ISSUER or claims.get("aud") != AUDIENCE:
        return False
    if not isinstance(token_id, str) or not token_id or type(issued) is not int or type(expires) is not int:
        return False
    moment = now.timestamp()
    is_now = issued <= moment + _CLOCKS_DIFFER_SECONDS and moment < expires
    return is_now and 0 < expires - issued <= _LONGEST_LIFE_SECONDS


def _uuid(value: object) -> UUID | None:
    if not isinstance(value, str):
        return None
    try:
        found = UUID(value)
    except ValueError:
        return None
    return found if str(found) == value else None


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes | None:
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return raw if _encode(raw) == text else None


def _is_canonical(text: str) -> bool:
    return _decode(text) is not None
