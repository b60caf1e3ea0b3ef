"""The shipped nginx in front of the program: TLS, one address, and refusals in the API's own words."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import websockets

from tests.fixtures.edge import PAGES, Edge
from tests.fixtures.people import new_email, new_password
from tests.fixtures.waiting import until, wait_until
from tests.security.test_r80_problem_documents import assert_problem
from tradesense.web.site import content_policy

API = "/api/v1"


@pytest.fixture
def nobody(edge: Edge) -> Iterator[httpx.Client]:
    with edge.client() as client:
        yield client


@pytest.fixture(scope="module")
def person(edge: Edge) -> Iterator[httpx.Client]:
    """Somebody signed in by cookie."""
    with edge.client(headers={"Origin": edge.https}) as client:
        body = {"email": new_email(), "password": new_password()}
        assert client.post(API + "/auth/register", json=body).status_code == 201
        answer = client.post(API + "/auth/login", json=body)
        assert answer.status_code == 200
        assert all("Secure" in each for each in answer.headers.get_list("set-cookie"))
        yield client


def test_somebody_signs_in_and_reads_prices_through_it(person: httpx.Client) -> None:
    assert person.get(API + "/users/me").status_code == 200
    futures = person.get(API + "/futures")
    assert futures.status_code == 200
    assert futures.json()["items"]


@pytest.mark.parametrize("page", sorted(PAGES.rglob("*.html")), ids=lambda page: page.name)
def test_r86_every_page_may_run_exactly_the_scripts_it_was_built_with(nobody: httpx.Client, page) -> None:
    address = "/" + page.relative_to(PAGES).with_suffix("").as_posix()
    answer = nobody.get("/" if address == "/index" else address)
    assert answer.status_code == 200
    assert answer.content == page.read_bytes()
    assert answer.headers["content-security-policy"] == content_policy(page.read_bytes())
    assert answer.headers["cache-control"] == "no-cache"


def test_files_that_never_change_are_kept_and_come_packed(nobody: httpx.Client) -> None:
    file = max((PAGES / "_next/static/chunks").glob("*.js"), key=lambda each: each.stat().st_size)
    answer = nobody.get("/" + file.relative_to(PAGES).as_posix())
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("application/javascript")
    assert answer.content == file.read_bytes()
    missing = nobody.get("/_next/static/chunks/never-was.js")
    assert missing.status_code == 404
    assert missing.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/", "/login", "/nothing-here", "/metrics", "/health", API + "/futures", API + "/nothing"]
)
def test_every_answer_carries_the_security_headers_once(nobody: httpx.Client, path: str) -> None:
    headers = nobody.get(path).headers
    for name in (
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "content-security-policy",
        "strict-transport-security",
        "x-request-id",
        "x-process-time",
    ):
        assert len(headers.get_list(name)) == 1, name
    assert headers["server"] == "nginx"


def test_r87_http_sends_pages_to_https_and_refuses_the_api(edge: Edge) -> None:
    page = httpx.get(edge.http + "/futures?root=ES", follow_redirects=False, timeout=60)
    assert (page.status_code, page.headers["location"]) == (301, edge.https + "/futures?root=ES")
    refused = httpx.post(
        edge.http + API + "/auth/login", json={"email": "a@example.org", "password": "x"}, timeout=60
    )
    assert_problem(refused, 403)
    assert refused.json()["code"] == "https_required"
    assert "strict-transport-security" not in refused.headers


@pytest.mark.parametrize(
    "path", ["/metrics", "//metrics", "/%6detrics", "/health/../metrics", "/metrics?x=1"]
)
def test_metrics_are_not_to_be_had_from_outside(edge: Edge, path: str) -> None:
    answer = _raw(edge, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"http_request" not in answer


def test_what_it_refuses_itself_is_a_problem_document(edge: Edge, nobody: httpx.Client) -> None:
    assert_problem(nobody.get("/metrics"), 404)
    assert_problem(nobody.post(API + "/greeks", content=b" " * 10_000_000), 413)
    assert_problem(nobody.get(API + "/futures", headers={"X-Long": "x" * 60_000}), 431)
    assert_problem(nobody.get(API + "/futures?q=" + "x" * 60_000), 414)
    refused = nobody.request("TRACE", API + "/futures")
    assert_problem(refused, 405)
    assert "GET" in refused.headers["allow"]
    spoken_in_the_clear = httpx.get(edge.https.replace("https:", "http:") + API + "/futures", timeout=60)
    assert_problem(spoken_in_the_clear, 400)


@pytest.mark.parametrize(
    "target", ["@evil.example/health", "evil.example:80", API + "/futures/%00", API + "/futures/%ZZ", "x"]
)
def test_an_address_that_cannot_be_read_is_refused_with_a_problem_document(edge: Edge, target: str) -> None:
    answer = _raw(edge, f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in answer


@pytest.mark.parametrize("target", ["/", "/health", "http://evil.example/health", "//evil.example/health"])
def test_r88_under_another_name_nobody_is_served(edge: Edge, target: str) -> None:
    answer = _raw(edge, f"GET {target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 421 ")
    assert b'"code":"wrong_host"' in answer


@pytest.mark.parametrize("junk", [b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0" * 100])
def test_r75_what_is_no_http_is_refused_and_the_next_is_served(
    edge: Edge, nobody: httpx.Client, junk: bytes
) -> None:
    answer = _raw(edge, junk.decode())
    assert b'"code":"bad_request"' in answer or answer.startswith(b"HTTP/1.1 505 ")
    assert nobody.get("/health").status_code == 200


def test_a_request_keeps_a_sane_name_and_loses_another(nobody: httpx.Client) -> None:
    for path in ("/metrics", "/login", API + "/futures"):
        assert (
            nobody.get(path, headers={"X-Request-ID": "my-name-12345"}).headers["x-request-id"]
            == "my-name-12345"
        )
        assert nobody.get(path, headers={"X-Request-ID": "a<b"}).headers["x-request-id"] != "a<b"


@contextmanager
def standing_still(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def test_more_at_once_from_one_address_than_anybody_needs_is_refused_and_told_when_to_come(
    edge: Edge,
) -> None:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(verify=edge.trust(), limits=limits, timeout=60) as client:
        with standing_still(edge.app.process.pid):
            asked = [asyncio.create_task(client.get(edge.https + API + "/nothing")) for _ in range(130)]
            await until(lambda: _are_done(asked, 30))
        answers = await asyncio.gather(*asked)
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 30
    assert {answer.status_code for answer in answers} == {404, 429}
    for answer in refused:
        assert_problem(answer, 429)
        assert int(answer.headers["retry-after"]) >= 1


async def test_the_stream_comes_through_and_outlives_a_reload(edge: Edge, person: httpx.Client) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    address = edge.https.replace("https:", "wss:") + API + "/stream"
    headers = {"Origin": edge.https, "Cookie": cookies}
    async with websockets.connect(address, ssl=edge.trust(), additional_headers=headers) as stream:
        await stream.send(json.dumps({"id": 1, "op": "subscribe", "topic": "board:ES"}))
        await _until(stream, lambda message: message.get("kind") == "snapshot")
        edge.process.send_signal(signal.SIGHUP)
        assert (await asyncio.to_thread(person.get, "/login")).status_code == 200
        await stream.send(json.dumps({"id": 2, "op": "ping"}))
        await _until(stream, lambda message: message.get("id") == 2)


def test_another_origin_opens_no_stream(edge: Edge, person: httpx.Client) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    opening = (
        f"GET {API}/stream HTTP/1.1\r\nHost: {urlsplit(edge.https).netloc}\r\nOrigin: https://evil.example\r\n"
        f"Cookie: {cookies}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    assert _raw(edge, opening).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("path", ["/", "/login", API + "/futures"])
def test_nothing_but_the_stream_is_upgraded(edge: Edge, path: str) -> None:
    opening = (
        f"GET {path} HTTP/1.1\r\nHost: {urlsplit(edge.https).netloc}\r\n"
        "Connection: Upgrade, close\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    assert not _raw(edge, opening).startswith(b"HTTP/1.1 101")


def test_an_address_that_a_caller_makes_up_is_not_passed_on(edge: Edge, nobody: httpx.Client) -> None:
    body = {"email": new_email(), "password": "not the password of anybody"}
    for number in range(3):
        forged = {
            "X-Forwarded-For": f"203.0.113.{number}",
            "X-Real-IP": "203.0.113.9",
            "Forwarded": "for=203.0.113.8",
        }
        assert nobody.post(API + "/auth/login", json=body, headers=forged).status_code == 401
    assert "203.0.113." not in edge.app.log.read_text()


def test_answers_with_secrets_are_not_packed_and_others_are(person: httpx.Client) -> None:
    assert person.get(API + "/futures").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in person.get(API + "/auth/sessions").headers


def test_its_log_names_paths_and_never_what_stands_behind_them(edge: Edge, nobody: httpx.Client) -> None:
    nobody.get(
        API + "/futures?token=a-secret-of-somebody", headers={"Authorization": "Bearer another-secret"}
    )
    wait_until(lambda: '"path":"/api/v1/futures"' in edge.log)
    assert "secret" not in edge.log


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_r87_old_tls_is_refused(edge: Edge, version: ssl.TLSVersion) -> None:
    context = edge.trust()
    with pytest.warns(DeprecationWarning, match="deprecated"):
        context.minimum_version = context.maximum_version = version
    with pytest.raises(ssl.SSLError), _connection(edge, context):
        pass


def test_r87_browsers_get_http_2_over_tls_1_3(edge: Edge) -> None:
    context = edge.trust()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with _connection(edge, context) as line:
        assert line.selected_alpn_protocol() == "h2"
        assert line.version() == "TLSv1.3"


def test_pages_are_served_while_the_program_does_not_answer(edge: Edge, nobody: httpx.Client) -> None:
    with standing_still(edge.app.process.pid):
        assert nobody.get("/login").status_code == 200
        assert nobody.get("/icon.svg").status_code == 200


async def _are_done(tasks: list[asyncio.Task[httpx.Response]], number: int) -> bool:
    return sum(task.done() for task in tasks) >= number


async def _until(stream: websockets.ClientConnection, wanted: Callable[[dict[str, Any]], bool]) -> None:
    async with asyncio.timeout(20):
        while not wanted(json.loads(await stream.recv())):
            pass


def _connection(edge: Edge, context: ssl.SSLContext) -> ssl.SSLSocket:
    port = urlsplit(edge.https).port
    assert port is not None
    return context.wrap_socket(
        socket.create_connection(("127.0.0.1", port), timeout=10), server_hostname="localhost"
    )


def _raw(edge: Edge, request: str) -> bytes:
    with _connection(edge, edge.trust()) as line:
        line.sendall(request.encode())
        received, deadline = b"", time.monotonic() + 10
        while time.monotonic() < deadline:
            part = line.recv(65536)
            if not part:
                break
            received += part
        return received
