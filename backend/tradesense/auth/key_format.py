"""The form of API keys: `ts_live_`, 40 random characters, a checksum that tells a mistyped one at once."""

from __future__ import annotations

import re
import secrets
import string
import zlib
from typing import Final

PREFIX: Final = "ts_live_"
_BASE62: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM_LENGTH: Final = 40  # 238 bits
_CHECKSUM_LENGTH: Final = 6  # 62^6 > 2^32
_SHOWN_LENGTH: Final = len(PREFIX) + 4
_FORM: Final = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{_RANDOM_LENGTH + _CHECKSUM_LENGTH}}}", re.ASCII)


def new_key() -> str:
    """Return a fresh key."""
    body = PREFIX + "".join(secrets.choice(_BASE62) for _ in range(_RANDOM_LENGTH))
    return body + _checksum(body)


def is_well_formed(text: str) -> bool:
    """Tell whether a text has a key's form and its checksum is right; it may still be nobody's."""
    if not _FORM.fullmatch(text):
        return False
    return _checksum(text[:-_CHECKSUM_LENGTH]) == text[-_CHECKSUM_LENGTH:]


def shown_prefix(key: str) -> str:
    """Return the beginning of a key that lists show."""
    return key[:_SHOWN_LENGTH]


def shown_ending(key: str) -> str:
    """Return the last four characters of a key, which lists show."""
    return key[-4:]


def _checksum(body: str) -> str:
    rest = zlib.crc32(body.encode())
    digits = ""
    for _ in range(_CHECKSUM_LENGTH):
        rest, digit = divmod(rest, len(_BASE62))
        digits = _BASE62[digit] + digits
    return digits
