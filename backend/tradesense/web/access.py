"""Says who may call a route. Each route names its callers; one that names none can't be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from tradesense.base.errors import Forbidden, Unrecognised
from tradesense.base.principal import Permission, Principal, Via

_NAME = "__access__"
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call: everybody (`public`), who has `permission`, and whether only who signed in by password.

    An API key never reaches a route with `sessions_only`: keys manage no credentials.
    """

    public: bool = False
    permission: Permission | None = None
    sessions_only: bool = False

    def check(self, caller: Principal | None) -> None:
        """Raise `Unrecognised` without a caller, `Forbidden` where the caller may not."""
        if self.public:
            return
        if caller is None:
            raise Unrecognised("Sign in, or send a token or key that is valid.")
        if self.sessions_only and caller.via is not Via.SESSION:
            raise Forbidden("An API key can't do this; sign in.", code="insufficient_scope")
        if self.permission is not None and not caller.may(self.permission):
            raise Forbidden(f"This needs the permission {self.permission}.", code="insufficient_scope")


PUBLIC: Final = Access(public=True)
"""Everybody, signed in or not."""

SIGNED_IN: Final = Access()
"""Whoever is recognised, by session or API key."""

OWN_ACCOUNT: Final = Access(sessions_only=True)
"""Whoever signed in; what concerns the account itself."""

READS_MARKET: Final = Access(permission=Permission.MARKET_READ)
WRITES_MARKET: Final = Access(permission=Permission.MARKET_WRITE)
MANAGES_FEEDS: Final = Access(permission=Permission.MARKET_WRITE, sessions_only=True)
READS_USERS: Final = Access(permission=Permission.USERS_READ, sessions_only=True)
MANAGES_USERS: Final = Access(permission=Permission.USERS_WRITE, sessions_only=True)


def callable_by(access: Access) -> Callable[[Endpoint], Endpoint]:
    """Decorate an endpoint whose callers differ from those of its router; below the router's decorator."""

    def mark(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _NAME, access)
        return endpoint

    return mark


def access_of(endpoint: Callable[..., Any]) -> Access | None:
    """Return what `callable_by` said, if anything."""
    return getattr(endpoint, _NAME, None)
