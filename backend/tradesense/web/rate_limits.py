"""Counts what each caller asks for, in sliding windows of a minute, and refuses what is too much.

A budget belongs to whom we recognised (all their sessions and keys together), or to an address where nobody
was recognised: never to an unproven token. Signing in has budgets of its own, for the address and for the
account; refreshing one for each session. Several processes count together where they can.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable
from ipaddress import IPv6Address, ip_address
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tradesense.base.counting import Key, SharedWindows
from tradesense.base.errors import TooMany
from tradesense.base.principal import Principal
from tradesense.web.callers import API_PREFIX
from tradesense.web.errors import problem
from tradesense.web.windows import SlidingWindows, count_together

WINDOW_SECONDS: Final = 60


class Budget(NamedTuple):
    """What is left of a budget after a request: `remaining` until `reset_seconds` from now."""

    allowed: bool
    limit: int
    remaining: int
    reset_seconds: int


class RateLimits:
    """The budgets of one program. A count of 0 left means the next one is refused."""

    def __init__(
        self,
        windows: SlidingWindows,
        *,
        per_minute: int,
        auth_per_minute: int,
        refresh_per_minute: int,
        shared: SharedWindows | None = None,
    ) -> None:
        self._windows = windows
        self._shared = shared
        self._per_minute = per_minute
        self._auth_per_minute = auth_per_minute
        self._refresh_per_minute = refresh_per_minute

    async def hit_request(self, caller: Principal | None, ip: str) -> Budget:
        """Count a request of the API against its person, or its address where nobody is recognised."""
        who = ("person", caller.user_id) if caller is not None else ("address", _network_of(ip))
        return await self._hit(who, self._per_minute)

    async def hit_auth(self, ip: str, account: str | None = None) -> None:
        """Count an attempt to sign in, register or reset. Raises `TooMany`."""
        await self._hit_or_raise(("auth of address", _network_of(ip)), self._auth_per_minute)
        if account is not None:
            await self._hit_or_raise(("auth of account", account), self._auth_per_minute)

    async def hit_refresh(self, session_id: object) -> None:
        """Count a refresh of a session. Raises `TooMany`."""
        await self._hit_or_raise(("refresh", session_id), self._refresh_per_minute)

    async def _hit_or_raise(self, who: Key, limit: int) -> None:
        budget = await self._hit(who, limit)
        if not budget.allowed:
            raise TooMany(
                "Too many attempts. Wait as long as `Retry-After` says.",
                retry_after_seconds=budget.reset_seconds,
            )

    async def _hit(self, who: Key, limit: int) -> Budget:
        allowed, count, age = await count_together(self._windows, self._shared, who, limit)
        reset = min(max(math.ceil(WINDOW_SECONDS - age), 1), WINDOW_SECONDS)
        return Budget(allowed, limit, max(0, limit - count), reset)


class CountRequests:
    """Pure ASGI: counts every request to the API, and opening of its stream, and says what is left."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not scope["path"].startswith(API_PREFIX):
            await self.app(scope, receive, send)
            return
        state = scope["state"]
        limiter: RateLimits = state["limiter"]
        client = scope.get("client")
        budget = await limiter.hit_request(state.get("caller"), client[0] if client else "")
        headers = _headers_of(budget)

        def send_counted(message: Message) -> Awaitable[None]:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                message["headers"] = [*message.get("headers", ()), *headers]
            return send(message)

        if budget.allowed:
            await self.app(scope, receive, send_counted)
        else:
            refusal = problem(429, headers={"Retry-After": str(budget.reset_seconds)})
            await refusal(scope, receive, send_counted)


def _headers_of(budget: Budget) -> list[tuple[bytes, bytes]]:
    """Return the fields of the IETF's draft "RateLimit header fields for HTTP", version 11."""
    return [
        (b"ratelimit-policy", b'"requests";q=%d;w=%d' % (budget.limit, WINDOW_SECONDS)),
        (b"ratelimit", b'"requests";r=%d;t=%d' % (budget.remaining, budget.reset_seconds)),
    ]


def _network_of(ip: str) -> str:
    """Return what one subscriber has: an IPv4 address, or an IPv6 network of 64 bits."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
