"""`/metrics` for Prometheus, labelled by route template; only this machine and a token's bearer see it."""

from __future__ import annotations

import hmac
import time
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from itertools import accumulate
from typing import Any, Final

from fastapi import FastAPI
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
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


@dataclass(slots=True)
class _Spent:
    """Seconds of one route's answers: how many within each bound and beyond the last, and their sum."""

    within: list[int] = field(default_factory=lambda: [0] * (len(_SECONDS) + 1))
    sum: float = 0.0

    def add(self, seconds: float) -> None:
        self.within[bisect_left(_SECONDS, seconds)] += 1
        self.sum += seconds

    def up_to(self) -> list[tuple[str, float]]:
        """Return each bound as Prometheus writes it, with the number of answers up to it."""
        bounds = [*(str(float(bound)) for bound in _SECONDS), "+Inf"]
        return list(zip(bounds, accumulate(map(float, self.within)), strict=True))


class AnswerCounts(Collector):
    """Answers by method, route template and class of status, and their seconds.

    Belongs to one event loop: nothing is locked, where counters of prometheus_client take locks for each
    answer and bucket.
    """

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str, int], int] = {}
        self._spent: dict[tuple[str, str], _Spent] = {}

    def add(self, method: str, template: str, status: int, seconds: float) -> None:
        """Count one answer."""
        kind = (method, template, status // 100)
        self._answers[kind] = self._answers.get(kind, 0) + 1
        spent = self._spent.get(kind[:2])
        if spent is None:
            spent = self._spent[kind[:2]] = _Spent()
        spent.add(seconds)

    def collect(self) -> Iterable[Metric]:
        answers = CounterMetricFamily(
            "http_requests", "Requests answered.", labels=("method", "handler", "status")
        )
        for (method, template, hundreds), count in self._answers.items():
            answers.add_metric((method, template, f"{hundreds}xx"), count)
        seconds = HistogramMetricFamily(
            "http_request_duration_seconds",
            "Seconds from a request to the end of its answer.",
            labels=("method", "handler"),
        )
        for route, spent in self._spent.items():
            seconds.add_metric(route, spent.up_to(), spent.sum)
        return answers, seconds


class CountAnswers:
    """Pure ASGI: counts and times answers by method, route template and class of status.

    The router has written into the scope which route it took, so nothing is matched a second time.
    """

    def __init__(self, app: ASGIApp, *, counts: AnswerCounts) -> None:
        self.app = app
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == _METRICS_PATH:
            await self.app(scope, receive, send)
            return
        status = 500
        started = time.perf_counter()

        def send_noted(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            return send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._counts.add(method, _template_of(scope), status, time.perf_counter() - started)


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
    counts = AnswerCounts()
    registry.register(counts)
    app.add_middleware(CountAnswers, counts=counts)

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
