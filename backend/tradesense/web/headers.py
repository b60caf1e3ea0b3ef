"""The headers every answer carries for the browser's sake, and the refusal of names that are not ours."""

from __future__ import annotations

from collections.abc import Awaitable
from ipaddress import ip_address

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tradesense.web.errors import problem

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

_DEFAULTS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"content-security-policy", API_POLICY.encode()),
    (b"cache-control", b"no-store"),
)

_HTTPS_ONLY = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")


class SecurityHeaders:
    """Pure ASGI: adds what is missing; a page brings its own content policy, anything else gets the API's.

    With `https_only` browsers are told to come by https alone for two years.
    """

    def __init__(self, app: ASGIApp, *, https_only: bool) -> None:
        self.app = app
        self._defaults = (*_DEFAULTS, _HTTPS_ONLY) if https_only else _DEFAULTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        def send_with_headers(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                present = {name.lower() for name, _ in headers}
                headers += [header for header in self._defaults if header[0] not in present]
                message["headers"] = headers
            return send(message)

        await self.app(scope, receive, send_with_headers)


class AcceptedHosts:
    """Pure ASGI: answers 421 to a `Host` that is not ours, so that no other site's name leads here.

    With `own_addresses` a request may also name the IP address of this machine that it arrived at.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], own_addresses: bool) -> None:
        self.app = app
        self._hosts = hosts
        self._own_addresses = own_addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            host = _host_of(scope)
            if host not in self._hosts and not (self._own_addresses and _is_arrived_at(host, scope)):
                await problem(421)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _is_arrived_at(host: str, scope: Scope) -> bool:
    """Tell whether `host` is the very IP address the connection was made to; a name never is."""
    server = scope.get("server")
    try:
        return server is not None and ip_address(host) == ip_address(server[0])
    except ValueError:
        return False


def _host_of(scope: Scope) -> str:
    given: list[str] = [
        value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"
    ]
    if len(given) != 1:
        return ""
    host = given[0]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
