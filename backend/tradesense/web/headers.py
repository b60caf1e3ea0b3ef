"""The headers every answer carries for the browser's sake, and the refusal of names that are not ours."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tradesense.web.errors import problem

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


class SecurityHeaders:
    """Pure ASGI: adds what is missing; a page brings its own content policy, anything else gets the API's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                present = {name.lower() for name, _ in headers}
                headers.extend(header for header in _ALWAYS if header[0] not in present)
                if b"content-security-policy" not in present:
                    headers.append((b"content-security-policy", API_POLICY.encode()))
                if b"cache-control" not in present:
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = headers
            await send(message)

        await self.app(scope, receive, send_with_headers)


class AcceptedHosts:
    """Pure ASGI: answers 421 to a `Host` that is not ours, so that no other site's name leads here."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self.app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host_of(scope) not in self._hosts:
            await problem(421)(scope, receive, send)
            return
        await self.app(scope, receive, send)


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
