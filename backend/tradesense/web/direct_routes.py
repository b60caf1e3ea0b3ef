"""Finds the route of a request at once, where FastAPI tries every route of every router, twice.

Routes are kept by method, number of segments and first segment behind the version; what is not found here
(another method, an unknown address, HEAD, files) goes the framework's way, which answers it as ever.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.convertors import PathConvertor
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tradesense.web.strict import KeptHandler

_NAMED_SEGMENTS: Final = 4
"""`/api/v1/futures/…`: nothing, `api`, the version, and the segment that tells routers apart."""

_Key = tuple[str, int, str]


class DirectRoutes:
    """Pure ASGI, within the framework's own layers: calls the route that `router` would choose.

    `install_direct_routes` puts it in. The table is made by the first request; a route added later is found
    by the framework.
    """

    def __init__(self, router: APIRouter) -> None:
        self._router = router
        self._walk: ASGIApp = router.app
        self._table: dict[_Key, list[Any]] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope.get("root_path"):
            await self._walk(scope, receive, send)
            return
        if self._table is None:
            self._table = _table_of(self._router)
        path: str = scope["path"]
        for route in self._table.get(_key_of(scope["method"], path), ()):
            match = route.path_regex.match(path)
            if match:
                convertors = route.param_convertors
                parameters = {
                    name: convertors[name].convert(text) for name, text in match.groupdict().items()
                }
                # What the framework's routing leaves for handlers, errors and metrics.
                scope["router"] = self._router
                scope["endpoint"] = route.endpoint
                scope["path_params"] = parameters
                scope["route"] = route.original_route
                scope["fastapi"] = {"effective_route_context": route}
                await _answer(route, scope, receive, send)
                return
        await self._walk(scope, receive, send)


async def _answer(route: Any, scope: Scope, receive: Receive, send: Send) -> None:
    at_once: KeptHandler | None = getattr(route.original_route, "at_once", None)
    if at_once is not None:
        response = await at_once(Request(scope, receive, send))
        if response is not None:
            await response(scope, receive, send)
            return
    await route.app(scope, receive, send)


def install_direct_routes(router: APIRouter) -> None:
    """Let `router`, an application's own, find its routes by the table first."""
    router.middleware_stack = DirectRoutes(router)


def _table_of(router: APIRouter) -> dict[_Key, list[Any]]:
    """Return the routes of included routers, in the order they were declared.

    It ends before the first route that can answer addresses of several keys: it may come before others.
    """
    table: dict[_Key, list[Any]] = {}
    for context in iter_route_contexts(router.routes):
        path = context.path_format
        if path is None or not _has_one_key(path, getattr(context, "param_convertors", None)):
            break
        # The context of the inclusion is what the router itself leaves in the scope; it has no public name.
        effective: Any = context._effective_route
        if effective is context.route or not isinstance(context.original_route, APIRoute):
            continue
        for method in context.methods or ():
            table.setdefault(_key_of(method, path), []).append(effective)
    return table


def _key_of(method: str, path: str) -> _Key:
    segments = path.split("/")
    named = segments[_NAMED_SEGMENTS - 1] if len(segments) >= _NAMED_SEGMENTS else path
    return (method, len(segments), named)


def _has_one_key(path: str, convertors: dict[str, Any] | None) -> bool:
    if convertors is None or any(isinstance(each, PathConvertor) for each in convertors.values()):
        return False
    return not any("{" in segment for segment in path.split("/")[:_NAMED_SEGMENTS])
