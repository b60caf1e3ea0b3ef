"""Refuses what another site makes a browser do here with our cookies.

A browser says where a request comes from (`Sec-Fetch-Site`, `Origin`); a client that says neither proves with
`X-CSRF-Token` that it can read our answers. A request without cookies, made by no browser, forges nothing.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from hashlib import sha256
from typing import Final
from uuid import UUID

from starlette.types import ASGIApp, Receive, Scope, Send

from tradesense.base.principal import Principal, Via
from tradesense.web.callers import API_PREFIX
from tradesense.web.errors import problem

CSRF_HEADER: Final = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_FROM_HERE = frozenset({b"same-origin", b"none"})


def csrf_token(key: bytes, session_id: UUID) -> str:
    """Return the token of a session; of another session it is another one."""
    return hmac.new(key, b"csrf:" + session_id.bytes, sha256).hexdigest()


class CrossSiteGuard:
    """Pure ASGI: a 403 for an unsafe request to the API that another site's page may have caused.

    `origins` are those of our pages and of whom we trust. Over plain http browsers do not say where a request
    comes from except by `Origin`, so with `plain_http` the host that was asked for is ours too; it was
    checked before. The tokens' key is `state.csrf_key`.
    """

    def __init__(self, app: ASGIApp, *, origins: Collection[str], plain_http: bool) -> None:
        self.app = app
        self._origins = frozenset(origin.encode() for origin in origins)
        self._plain_http = plain_http

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] not in _SAFE
            and scope["path"].startswith(API_PREFIX)
            and not self._is_ours(scope)
        ):
            detail = "The request comes from another site, or does not say where it comes from."
            await problem(403, code="csrf_failed", detail=detail)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        state = scope["state"]
        caller: Principal | None = state.get("caller")
        has_cookie: bool = state.get("has_cookie", False)
        headers = dict(scope["headers"])
        if not has_cookie and caller is not None:
            return True
        site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
        if site in _FROM_HERE or (origin is not None and self._is_our_origin(origin, headers)):
            return True
        if site is not None or origin is not None:
            return False
        return not has_cookie or _knows_the_token(
            headers.get(CSRF_HEADER.lower().encode()), caller, state["csrf_key"]
        )

    def _is_our_origin(self, origin: bytes, headers: dict[bytes, bytes]) -> bool:
        if origin in self._origins:
            return True
        return self._plain_http and origin == b"http://" + headers.get(b"host", b"")


def _knows_the_token(given: bytes | None, caller: Principal | None, key: bytes) -> bool:
    if given is None or caller is None or caller.via is not Via.SESSION:
        return False
    return hmac.compare_digest(given, csrf_token(key, caller.credential_id).encode())
