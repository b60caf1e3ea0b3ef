"""`/metrics` for Prometheus, labelled by route template; only this machine and a token's bearer see it."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final

from fastapi import FastAPI
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A proxy in front names the real caller in one of these: then nobody outside may pass as local.
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")
_METRICS_PATH: Final = "/metrics"
_NO_ROUTE: Final = "none"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a part, read whenever somebody asks for `/metrics`; `read` does not block.

    One that `only_grows` is a counter, and its name is given `_total`.
    """

    name: str
    help: str
    read: Callable[[], float]
    only_grows: bool = False


class CountAnswers:
    """Pure ASGI: counts and times answers by method, route template and class of status.

    The router has written into the scope which route it took, so nothing is matched a second time.
    """

    def __init__(self, app: ASGIApp, *, registry: CollectorRegistry) -> None:
        self.app = app
        labels = ("method", "handler", "status")
        self._requests = Counter("http_requests", "Requests answered.", labels, registry=registry)
        self._seconds = Histogram(
            "http_request_duration_seconds",
            "Seconds from a request to the end of its answer.",
            ("method", "handler"),
            registry=registry,
            buckets=_SECONDS,
        )
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == _METRICS_PATH:
            await self.app(scope, receive, send)
            return
        status = 500
        started = time.perf_counter()

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            self._count(scope, status, time.perf_counter() - started)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        key = (method, _template_of(scope), status // 100)
        children = self._children.get(key)
        if children is None:
            method, handler, kind = key
            children = (
                self._requests.labels(method, handler, f"{kind}xx"),
                self._seconds.labels(method, handler),
            )
            self._children[key] = children
        children[0].inc()
        children[1].observe(seconds)


def _template_of(scope: Scope) -> str:
    """Return the whole template of the route taken, `none` where it was no route of ours."""
    context: Any = scope.get("fastapi", {}).get("effective_route_context")
    found = getattr(context, "path_format", None) or getattr(scope.get("route"), "path", None)
    return found or _NO_ROUTE


def install_metrics(app: FastAPI, *, token: str | None) -> None:
    """Count and time the requests of `app`, and serve the figures at `/metrics`."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    app.add_middleware(CountAnswers, registry=registry)

    async def metrics(request: Request) -> Response:
        if not _may_read(request, token):
            raise HTTPException(404)
        figures: Sequence[Figure] = getattr(request.state, "figures", ())
        return Response(
            generate_latest(registry) + generate_latest(_registry_of(figures)),
            headers={"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_LATEST},
        )

    app.add_route(_METRICS_PATH, metrics, include_in_schema=False)


class _Figures(Collector):
    def __init__(self, figures: Sequence[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        for figure in self._figures:
            kind = CounterMetricFamily if figure.only_grows else GaugeMetricFamily
            yield kind(figure.name, figure.help, value=figure.read())


def _registry_of(figures: Sequence[Figure]) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Figures(figures))
    return registry


def _may_read(request: Request, token: str | None) -> bool:
    given = request.headers.get("authorization", "")
    if token is not None and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    return _comes_from_this_machine(request)


def _comes_from_this_machine(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in _PROXY_HEADERS):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
