"""R92: in production the reference and the API's document are closed, and nothing is in debug mode."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.fixtures.app import PRODUCTION, client_of, settings_for
from tests.security.test_r80_problem_documents import assert_problem
from tradesense.run.api import create_app

ADDRESSES = [
    "/docs",
    "/redoc",
    "/openapi.json",
    "/docs/swagger-ui-bundle.js",
    "/api/v1/openapi.json",
]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_r92_production_has_no_reference(tmp_path: Path, address: str) -> None:
    settings = settings_for(tmp_path, **PRODUCTION)
    app = create_app(settings)
    assert not app.debug
    async with client_of(app) as client:
        assert_problem(await client.get(address), 404)


async def test_r92_development_serves_it_without_a_foreign_host(
    app_client: httpx.AsyncClient,
) -> None:
    page = await app_client.get("/docs")
    assert page.status_code == 200
    assert "http" not in page.text.replace('charset="utf-8"', "")
    assert "'unsafe-inline'" not in page.headers["content-security-policy"].split("style-src")[0]
    for asset in (
        "/docs/swagger-ui-bundle.js",
        "/docs/swagger-ui.css",
        "/docs/start.js",
        "/openapi.json",
    ):
        assert (await app_client.get(asset)).status_code == 200
