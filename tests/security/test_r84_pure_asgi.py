"""R84: no BaseHTTPMiddleware anywhere; a client that hangs up does not harm what runs beside its request."""

from __future__ import annotations

import asyncio
import inspect
import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from starlette.middleware.base import BaseHTTPMiddleware

from tests.data_folder import PROJECT
from tests.fixtures.app import RunningApp, settings_for, tls_for
from tradesense.run.api import create_app


def test_r84_no_source_names_base_http_middleware() -> None:
    sources = list((PROJECT / "backend" / "tradesense").rglob("*.py"))
    assert len(sources) > 20
    assert [path.name for path in sources if "BaseHTTPMiddleware" in path.read_text(encoding="utf-8")] == []


def test_r84_every_layer_of_the_built_application_is_pure_asgi(tmp_path: Path) -> None:
    layer: object = create_app(settings_for(tmp_path)).build_middleware_stack()
    seen = []
    while hasattr(layer, "app"):
        seen.append(type(layer).__name__)
        assert not isinstance(layer, BaseHTTPMiddleware)
        call = inspect.signature(type(layer).__call__)
        assert list(call.parameters) == ["self", "scope", "receive", "send"]
        layer = layer.app
    assert {"RequestId", "LastResort", "SecurityHeaders", "AddressLimit"} <= set(seen)


async def test_r84_clients_that_hang_up_leave_the_program_well(
    running_app: RunningApp,
) -> None:
    address = urlsplit(running_app.url)

    async def hang_up(path: str) -> None:
        tls = tls_for(running_app.url)
        _, writer = await asyncio.open_connection(address.hostname, address.port, ssl=tls)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        await writer.drain()
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        writer.close()

    before = running_app.log.read_text().count("unhandled error")
    await asyncio.gather(
        *(hang_up(path) for path in ["/openapi.json", "/api/v1/futures", "/health/ready"] * 20)
    )
    async with httpx.AsyncClient(base_url=running_app.url, timeout=60) as client:
        assert (await client.get("/health")).status_code == 200
        async with asyncio.timeout(120):  # the abandoned reads end first, and readiness is kept a moment
            while (await client.get("/health/ready")).status_code != 200:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.2)
    assert running_app.log.read_text().count("unhandled error") == before
