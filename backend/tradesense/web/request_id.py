"""Names every request and says how long it took: `X-Request-ID`, `X-Process-Time`."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Awaitable
from contextvars import ContextVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SANE = re.compile(rb"[A-Za-z0-9_-]{1,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the id of the request being answered, or an empty string outside of one."""
    return _current.get()


def new_request_id() -> str:
    """Return an id no other request has. It names and opens nothing, so that guessing it is no use."""
    return f"{random.getrandbits(128):032x}"


class RequestId:
    """Pure ASGI: keeps a sane `X-Request-ID` from the caller, makes one otherwise, and answers with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request_id = _given_id(scope) or new_request_id().encode()
        started = time.perf_counter()
        token = _current.set(request_id.decode())

        def send_named(message: Message) -> Awaitable[None]:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                elapsed = b"%.6f" % (time.perf_counter() - started)
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id),
                    (b"x-process-time", elapsed),
                ]
            return send(message)

        try:
            await self.app(scope, receive, send_named)
        finally:
            _current.reset(token)


def _given_id(scope: Scope) -> bytes | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            return bytes(value) if _SANE.fullmatch(value) else None
    return None
