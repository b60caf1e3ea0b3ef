"""R85, R88: what every answer carries whatever its status, and the refusal of names that are not ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.app import RunningApp, client_of, raw_connection, settings_for
from tradesense.run.api import create_app

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
HSTS = "max-age=63072000; includeSubDomains"
REQUESTS = [
    ("GET", "/health", {}, 200),
    ("GET", "/", {}, 200),
    ("GET", "/nothing", {}, 404),
    ("GET", "/api/v1/nothing", {}, 404),
    ("DELETE", "/health", {}, 405),
    ("POST", "/api/v1/greeks", {"Content-Type": "text/plain"}, 415),
    ("GET", "/api/v1/futures?x=1", {}, 422),
    ("GET", "/api/v1/futures?" + "x" * 9000, {}, 414),
    ("GET", "/health", {"Host": "evil.example"}, 421),
    ("GET", "/api/v1/users/me", {"Authorization": "Bearer junk"}, 401),
    ("POST", "/api/v1/auth/login", {"Authorization": "", "Sec-Fetch-Site": "cross-site"}, 403),
    ("GET", "/api/v1/users/me", {"Cookie": "auth-token=a; auth-token=b"}, 400),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), REQUESTS)
async def test_r85_every_status_carries_the_headers(
    tmp_path: Path, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html").write_text("<!doctype html><title>x</title>")
    app = create_app(settings_for(tmp_path, public_url="https://desk.example.org"))
    async with client_of(app) as client:
        answer = await client.request(method, path, headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.headers["strict-transport-security"] == HSTS
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers


async def test_r85_a_page_that_did_not_change_carries_them_too(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html").write_text("<!doctype html><title>x</title>")
    async with client_of(create_app(settings_for(tmp_path, public_url="https://desk.example.org"))) as client:
        etag = (await client.get("/")).headers["etag"]
        answer = await client.get("/", headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert answer.headers["strict-transport-security"] == HSTS


async def test_r85_over_plain_http_browsers_are_not_told_to_come_by_https(tmp_path: Path) -> None:
    async with client_of(create_app(settings_for(tmp_path))) as client:
        assert "strict-transport-security" not in (await client.get("/health")).headers


@pytest.mark.parametrize(
    "host", ["evil.example", "desk.example.org.evil.example", "192.0.2.1", "", "@localhost"]
)
async def test_r88_open_to_the_network_other_names_are_still_refused(tmp_path: Path, host: str) -> None:
    app = create_app(
        settings_for(tmp_path, host="0.0.0.0", open_to_network=True, public_url="https://desk.example.org")
    )
    async with client_of(app) as client:
        assert (await client.get("/health", headers={"Host": host})).status_code == 421
        assert (await client.get("/health", headers={"Host": "desk.example.org"})).status_code == 200


@pytest.mark.parametrize(
    "target",
    ["http://evil.example/health", "@evil.example/health", "evil.example:80", "//evil.example/health"],
)
def test_r88_a_request_target_that_names_another_host_is_refused(
    running_app: RunningApp, target: str
) -> None:
    with raw_connection(running_app.url) as connection:
        connection.sendall(
            f"GET {target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode()
        )
        status = int(connection.makefile("rb").readline().split()[1])
    assert status in (400, 421)
