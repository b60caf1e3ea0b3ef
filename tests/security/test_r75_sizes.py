"""R75: bodies, arrays, levels and addresses have a bound, and reaching it is cheap."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.app import RunningApp, raw_connection
from tests.fixtures.operations import Operation, operations
from tests.fixtures.served import ServedApp
from tests.security.test_r80_problem_documents import assert_problem

WITH_BODY = [item for item in operations() if "requestBody" in item.document]
JSON = {"Content-Type": "application/json"}
CALCULATORS = ("/api/v1/greeks", "/api/v1/greeks/implied-vol")
PREFERENCES = "/api/v1/users/me/preferences"
PUSH = "/api/v1/quotes"


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 65536 + 1):
        yield b" " * 65536


def bound_of(operation: Operation) -> int:
    if operation.template == PREFERENCES:
        return 2**18
    if operation.template == PUSH:
        return 2 * 2**20
    return 8 * 2**20 if operation.template in CALCULATORS else 2**20


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
@pytest.mark.parametrize("chunked", [True, False])
def test_r75_a_body_over_the_bound_is_refused_declared_or_chunked(
    admin_api: httpx.Client, operation: Operation, chunked: bool
) -> None:
    too_much = bound_of(operation) + 65536
    content = chunks(too_much) if chunked else b" " * too_much
    headers = {"Content-Type": operation.body_type or ""}
    answer = admin_api.request(operation.method, operation.path, content=content, headers=headers)
    assert_problem(answer, 413)


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_r75_a_body_of_the_bound_is_read(admin_api: httpx.Client, operation: Operation) -> None:
    body = b"[]" + b" " * (bound_of(operation) - 2)
    headers = {"Content-Type": operation.body_type or ""}
    answer = admin_api.request(operation.method, operation.path, content=body, headers=headers)
    assert_problem(answer, 422)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 500 + b"]" * 500])
def test_r75_deep_nesting_is_refused_at_once(api: httpx.Client, body: bytes) -> None:
    api.get("/health")
    assert min(_seconds_to_refuse(api, body) for _ in range(5)) < 0.05


def _seconds_to_refuse(client: httpx.Client, body: bytes) -> float:
    started = time.perf_counter()
    answer = client.post("/api/v1/greeks", content=body, headers=JSON)
    elapsed = time.perf_counter() - started
    assert_problem(answer, 422)
    return elapsed


def test_r75_a_long_query_is_refused(running_app: RunningApp) -> None:
    assert_problem(httpx.get(running_app.url + "/api/v1/futures?q=" + "a" * 20_000, timeout=60), 414)


def test_r75_an_address_past_the_servers_own_bound_is_refused_without_harm(
    running_app: RunningApp,
) -> None:
    for size in (60_000, 70_000, 1_000_000):
        with raw_connection(running_app.url, timeout=5) as connection:
            connection.sendall(
                b"GET /api/v1/futures?q=" + b"a" * size + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
            )
            answer = connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 414 ")
        assert b"application/problem+json" in answer
    assert httpx.get(running_app.url + "/health", timeout=60).status_code == 200


@pytest.mark.one_process  # The edge answers such bytes itself, a part of them without a status line.
def test_r75_what_is_no_http_is_a_problem_document(running_app: RunningApp) -> None:
    for junk in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0" * 100):
        with raw_connection(running_app.url, timeout=5) as connection:
            connection.sendall(junk)
            answer = connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"application/problem+json" in answer


def test_r75_a_calculator_takes_50_000_rows_and_no_more(
    api: httpx.Client,
) -> None:
    def body(rows: int) -> dict[str, object]:
        columns = {
            "right": ["C"],
            "forward": [100.0] * rows,
            "strike": [95.0],
            "expiry_years": [0.25],
        }
        return {
            "model": "black76",
            "columns": {**columns, "vol": [0.2], "rate": [0.03]},
        }

    assert (api.post("/api/v1/greeks", json=body(50_000))).status_code == 200
    assert_problem(api.post("/api/v1/greeks", json=body(50_001)), 422)


def test_r75_a_list_of_symbols_takes_1000_and_no_more(
    api: httpx.Client,
) -> None:
    def body(count: int) -> dict[str, object]:
        return {"symbols": [f"ES-{number:04}-03" for number in range(count)]}

    assert (api.post("/api/v1/futures/quotes", json=body(1_000))).status_code == 200
    assert_problem(api.post("/api/v1/futures/quotes", json=body(1_001)), 422)


@pytest.mark.parametrize("size", [500_000, 1_000_000, 20_000_000])
@pytest.mark.parametrize("many", [True, False])
def test_r75_endless_headers_are_refused_and_another_request_is_served(
    served_app: ServedApp, size: int, many: bool
) -> None:
    line = b"X-A: " + b"a" * 1_000 + b"\r\n"
    headers = line * (size // len(line)) if many else b"X-A: " + b"a" * size + b"\r\n"
    with raw_connection(served_app.url) as connection:
        try:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            assert size > 10_000_000, "closed a second after the answer, whatever still comes"
            return
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b"application/problem+json" in answer
    assert httpx.get(served_app.url + "/health", timeout=60).status_code == 200


def test_r75_ordinary_headers_are_read_however_many_requests_come_on_a_connection(
    served_app: ServedApp,
) -> None:
    with httpx.Client(base_url=served_app.url, headers={"X-A": "a" * 20_000}, timeout=60) as client:
        for _ in range(10):
            assert client.get("/health").status_code == 200
            assert client.post("/health", content=b" " * 200_000).status_code == 405
