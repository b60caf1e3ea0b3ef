"""The API reference at `/docs`: Swagger UI with its scripts served from here, and nothing inline."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from tradesense.web.etag import cached_response
from tradesense.web.formats import encode_json

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>TradeSense API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, displayRequestDuration: true,
  presets: [SwaggerUIBundle.presets.apis], validatorUrl: null,
});
"""
_FILES = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}


def install_docs(app: FastAPI) -> None:
    """Serve the reference of `app` at `/docs`, its file at `/openapi.json`."""
    folder = _assets()

    async def page(_: Request) -> Response:
        return Response(_PAGE, media_type="text/html", headers={"Content-Security-Policy": _POLICY})

    async def start(_: Request) -> Response:
        return Response(_START, media_type="text/javascript")

    async def asset(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return FileResponse(
            folder / name, media_type=_FILES[name], headers={"Cache-Control": "max-age=86400"}
        )

    kept: list[bytes] = []

    async def specification(request: Request) -> Response:
        # It takes half a second to build and never changes: built once, away from the event loop.
        if not kept:
            kept.append(await run_in_threadpool(lambda: encode_json(app.openapi())))
        return cached_response(request, kept[0], "application/json")

    app.add_route("/docs", page, include_in_schema=False)
    app.add_route("/docs/start.js", start, include_in_schema=False)
    for name in _FILES:
        app.add_route(f"/docs/{name}", asset, include_in_schema=False)
    app.add_route("/openapi.json", specification, include_in_schema=False)


def _assets() -> Path:
    # The package also offers a FastAPI class of its own; only its files are of use here.
    spec = find_spec("fastapi_offline")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "static"
