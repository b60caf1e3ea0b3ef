"""Codes of authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds), read at a time that is given."""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import b32encode
from datetime import datetime
from typing import Final

import pyotp

ISSUER: Final = "TradeSense"
STEP_SECONDS: Final = 30
_SEED_BYTES = 20
_CODE = re.compile(r"[0-9]{6}")


def new_seed() -> str:
    """Return a fresh seed of 160 bits, in base32 as apps take it."""
    return b32encode(secrets.token_bytes(_SEED_BYTES)).decode()


def otpauth_uri(seed: str, account: str) -> str:
    """Return the address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(seed).provisioning_uri(name=account, issuer_name=ISSUER)


def parse_code(text: str) -> str | None:
    """Return the six ASCII digits that were typed, with or without spaces; `None` for anything else."""
    digits = text.replace(" ", "")
    return digits if _CODE.fullmatch(digits) else None


def step_at(moment: datetime) -> int:
    """Return the number of the 30 seconds that hold the moment."""
    return int(moment.timestamp()) // STEP_SECONDS


def matching_steps(seed: str, code: str, moment: datetime) -> list[int]:
    """Return which steps the code belongs to: the present one, the one before, the one after; oldest first.

    Every step is compared, in constant time, whatever the ones before it said.
    """
    totp = pyotp.TOTP(seed)
    now = step_at(moment)
    matches = [
        (step, hmac.compare_digest(totp.generate_otp(step), code)) for step in range(max(now - 1, 0), now + 2)
    ]
    return [step for step, equal in matches if equal]
