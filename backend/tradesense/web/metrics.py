"""`/metrics` for Prometheus, labelled by route template; only this machine and a token's bearer see it."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from fastapi import FastAPI
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_fastapi_instrumentator import Instrumentator
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

# A proxy in front names the real caller in one of these: then nobody outside may pass as local.
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")


def install_metrics(app: FastAPI, *, token: str | None) -> None:
    """Count and time the requests of `app`, and serve the figures at `/metrics`."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    Instrumentator(registry=registry, excluded_handlers=["/metrics"]).instrument(app)

    async def metrics(request: Request) -> Response:
        if not _may_read(request, token):
            raise HTTPException(404)
        return Response(
            generate_latest(registry),
            headers={"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_LATEST},
        )

    app.add_route("/metrics", metrics, include_in_schema=False)


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
