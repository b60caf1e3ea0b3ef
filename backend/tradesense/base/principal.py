"""Who is calling: the words every room shares about callers; not how they are recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Permission(StrEnum):
    """What a caller may do. The first five are also the scopes an API key can have."""

    MARKET_READ = "market:read"
    MARKET_WRITE = "market:write"
    PORTFOLIO_READ = "portfolio:read"
    PORTFOLIO_WRITE = "portfolio:write"
    ALERTS_WRITE = "alerts:write"
    USERS_READ = "users:read"
    USERS_WRITE = "users:write"


KEY_SCOPES = frozenset(
    {
        Permission.MARKET_READ,
        Permission.MARKET_WRITE,
        Permission.PORTFOLIO_READ,
        Permission.PORTFOLIO_WRITE,
        Permission.ALERTS_WRITE,
    }
)
"""The permissions that an API key can carry: none that manages people or credentials."""


class Via(StrEnum):
    """How the caller proved who they are."""

    SESSION = "session"
    API_KEY = "api_key"


@dataclass(frozen=True, slots=True)
class Principal:
    """A recognised caller. `credential_id` is the session's id or the API key's."""

    user_id: UUID
    role: str
    permissions: frozenset[Permission]
    via: Via
    credential_id: UUID

    def may(self, permission: Permission) -> bool:
        """Tell whether the caller's role, and an API key's scopes, allow this."""
        return permission in self.permissions


@dataclass(frozen=True, slots=True)
class Standing:
    """A caller who stays connected: until when what they proved is good, unless it is proven anew.

    `follows_session`: of a browser, whose token is renewed by other requests, that is the newest token of
    the session, whichever that is. `good_until` is `None` for an API key without an end.
    """

    caller: Principal
    good_until: datetime | None
    follows_session: bool = False
