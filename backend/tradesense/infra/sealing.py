"""Seals small secrets with AES-256-GCM, under a key derived from one that is not in the storage."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tradesense.base.sealing import SealBroken

_FORM: Final = b"\x01"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16


class AesSealer:
    """See `base.sealing.Sealer`. The sealed form: a form byte, a random nonce, the ciphertext with its tag.

    The purpose is authenticated, not kept: what was sealed for one can't be passed off as another's.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) < 32:
            raise ValueError("the encryption key needs at least 32 bytes")
        derived = HKDF(SHA256(), length=32, salt=None, info=b"tradesense sealing 1").derive(key)
        self._cipher = AESGCM(derived)

    def seal(self, plain: bytes, *, purpose: str) -> bytes:
        """Return the sealed form, bound to `purpose`; the same input gives another output each time."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORM + nonce + self._cipher.encrypt(nonce, plain, _FORM + purpose.encode())

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """Return what was sealed for `purpose`; raise `SealBroken` for anything else."""
        start = len(_FORM) + _NONCE_BYTES
        if len(sealed) < start + _TAG_BYTES or sealed[: len(_FORM)] != _FORM:
            raise SealBroken("not of our form")
        try:
            return self._cipher.decrypt(sealed[len(_FORM) : start], sealed[start:], _FORM + purpose.encode())
        except InvalidTag:
            raise SealBroken("changed, or sealed for something else") from None
