"""What the settings say about signing in: lives, doors, costs. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

GRACE: Final = timedelta(seconds=10)
"""For so long after a refresh token was used it is answered with its successor once more."""


@dataclass(frozen=True, slots=True)
class AuthRules:
    """The rules of this installation."""

    session_life: timedelta
    idle_life: timedelta
    registration_open: bool
    needs_verified_email: bool
    secure_cookies: bool
