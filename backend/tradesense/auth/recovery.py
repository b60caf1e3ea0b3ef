"""Recovery codes: what they look like and how one that was typed is read. Not where they are kept."""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

CODES: Final = 10
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
_SELECTOR_LENGTH: Final = 4
_SECRET_LENGTH: Final = 16  # 16 x log2(31) = 79 bits
_GROUP: Final = 4
_LOOKALIKES: Final = str.maketrans({" ": "", "-": "", "‐": "", "–": ""})


class RecoveryText(NamedTuple):
    """A code in its two halves: `selector` finds its row and is no secret, `secret` is."""

    selector: str
    secret: str

    def written(self) -> str:
        """Return the code as people see it: five groups of four."""
        whole = self.selector + self.secret
        return "-".join(whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP))


def new_codes() -> list[RecoveryText]:
    """Return ten fresh codes with ten different selectors."""
    selectors: set[str] = set()
    while len(selectors) < CODES:
        selectors.add(_random(_SELECTOR_LENGTH))
    return [RecoveryText(selector, _random(_SECRET_LENGTH)) for selector in selectors]


def parse_recovery(text: str) -> RecoveryText | None:
    """Return a code that was typed, with any case, spaces and hyphens; `None` where it can't be one."""
    plain = text.translate(_LOOKALIKES).lower()
    if len(plain) != _SELECTOR_LENGTH + _SECRET_LENGTH or any(mark not in _ALPHABET for mark in plain):
        return None
    return RecoveryText(plain[:_SELECTOR_LENGTH], plain[_SELECTOR_LENGTH:])


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
