"""Derives a key of its own for each purpose from the few secrets in the settings."""

from __future__ import annotations

from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Purpose(StrEnum):
    """What a key is for; keys of two purposes have nothing to do with each other."""

    ACCESS_TOKENS = "access tokens"
    MFA_TOKENS = "mfa tokens"
    REFRESH_TOKENS = "refresh tokens"
    REFRESH_HANDLES = "refresh handles"
    LINKS = "links"
    API_KEYS = "api keys"
    ATTEMPTS = "attempts"


def derive_key(secret: bytes, purpose: Purpose) -> bytes:
    """Return the 32 bytes that serve one purpose; the same input always gives the same."""
    return HKDF(SHA256(), length=32, salt=None, info=f"tradesense {purpose} 1".encode()).derive(secret)
