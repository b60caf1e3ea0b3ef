"""Headers for browsers on every answer, and host names that are not ours."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.fixtures.app import client_of, settings_for
from tradesense.run.api import create_app


@pytest.mark.parametrize("path", ["/health", "/nowhere", "/health?x=1", "/docs", "/openapi.json", "/metrics"])
async def test_every_answer_has_the_headers(app_client: httpx.AsyncClient, path: str) -> None:
    headers = (await app_client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"]
    assert "server" not in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "@localhost"]
)
async def test_another_sites_name_for_us_is_refused(app_client: httpx.AsyncClient, host: str) -> None:
    answer = await app_client.get("/health", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.json()["code"] == "wrong_host"


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "desk.example.org"]
)
async def test_our_own_names_are_accepted(tmp_path: Path, host: str) -> None:
    app = create_app(settings_for(tmp_path, public_url="https://desk.example.org"))
    async with client_of(app) as client:
        assert (await client.get("/health", headers={"Host": host})).status_code == 200


async def test_only_named_origins_may_read_from_a_page_of_theirs(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, cors_origins="http://localhost:3000"))
    async with client_of(app) as client:
        allowed = await client.get("/health", headers={"Origin": "http://localhost:3000"})
        refused = await client.get("/health", headers={"Origin": "http://localhost:3000.evil.example"})
    assert allowed.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert "access-control-allow-origin" not in refused.headers
