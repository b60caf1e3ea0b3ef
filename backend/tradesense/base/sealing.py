"""The port for keeping a secret in a storage others may read: sealed by a key that is not in it."""

from __future__ import annotations

from typing import Protocol


class SealBroken(Exception):
    """What is to be opened was not sealed by us, or was changed since."""


class Sealer(Protocol):
    """Encrypts and authenticates small secrets: TOTP seeds, mail bodies, kept answers."""

    def seal(self, plain: bytes, *, purpose: str) -> bytes:
        """Return the sealed form, bound to `purpose`; the same input gives another output each time."""
        ...

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """Return what was sealed for `purpose`; raise `SealBroken` otherwise."""
        ...
