"""How much a request may carry: the body, the query string, the length of arrays."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from tradesense.web.errors import problem

MOST_BODY_BYTES: Final = 1024 * 1024
"""The body a route takes unless it declares its own `max_body_size`."""

MOST_CALCULATOR_BODY_BYTES: Final = 8 * 1024 * 1024
MOST_PUSH_BODY_BYTES: Final = 2 * 1024 * 1024
MOST_QUERY_BYTES: Final = 8 * 1024
MOST_PATH_BYTES: Final = 2 * 1024
MOST_HEAD_BYTES: Final = 64 * 1024
"""Request line and headers together; what the connection reads at once may come on top."""

MOST_ARRAY_ITEMS: Final = 1_000
"""The length of an array in a body unless its field declares another bound."""

MOST_CALCULATOR_ROWS: Final = 50_000
MOST_POINTS: Final = 50_000
"""Rows one answer may hold."""


class AddressLimit:
    """Pure ASGI: a query string over 8 KiB, or a path over 2 KiB, is a 414 before anything reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and (
            len(scope["query_string"]) > MOST_QUERY_BYTES or len(scope["path"]) > MOST_PATH_BYTES
        ):
            await problem(414)(scope, receive, send)
            return
        await self.app(scope, receive, send)
