"""R80: every error is an RFC 9457 document with a request id, and tells nothing of our insides."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest

from tests.fixtures.app import RunningApp, client_of, settings_for
from tradesense.base.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from tradesense.run.api import create_app
from tradesense.web.access import PUBLIC
from tradesense.web.strict import api_router

FIELDS = {"type", "title", "status", "detail", "code", "request_id"}
PAGES_ANSWER = pytest.mark.one_process
"""Behind the edge such an address is one of the pages', which have a page for it."""
INSIDES = (
    "traceback",
    "/tradesense/",
    ".py",
    "select ",
    "exception",
    "duckdb",
    "starlette",
    "site-packages",
)


def assert_problem(answer: httpx.Response, status: int) -> dict[str, object]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert set(document) == FIELDS | ({"errors"} if status == 422 else set())
    assert document["status"] == status
    assert document["request_id"] == answer.headers["x-request-id"] != ""
    assert float(answer.headers["x-process-time"]) >= 0
    assert not any(word in answer.text.lower() for word in INSIDES)
    return document


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/nowhere", 404, marks=PAGES_ANSWER),
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/nowhere", 404),
        ("POST", "/health", 405),
        ("DELETE", "/openapi.json", 405),
        ("GET", "/health?x=1", 422),
        ("GET", "/health?" + "a" * 9000, 414),
        pytest.param("GET", "/" + "a" * 3000, 414, marks=PAGES_ANSWER),
    ],
)
def test_r80_an_error_of_the_running_program_is_a_problem_document(
    running_app: RunningApp, method: str, path: str, status: int
) -> None:
    answer = httpx.request(method, running_app.url + path)
    assert_problem(answer, status)
    if status == 405:
        assert answer.headers["allow"]


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_r80_an_unknown_api_address_is_never_a_page(running_app: RunningApp, accept: str) -> None:
    assert_problem(
        httpx.get(running_app.url + "/api/v1/nowhere", headers={"Accept": accept}, timeout=60), 404
    )


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("There is no such thing."), 404),
        (Conflict("It is closed."), 409),
        (Forbidden("Not yours."), 403),
        (Invalid("It makes no sense.", code="no_sense", field="query.limit"), 422),
        (Unavailable("Try later."), 503),
        (RuntimeError("secret of /tradesense/store.py: SELECT 1"), 500),
    ],
)
async def test_r80_a_failure_inside_becomes_its_status_and_an_unexpected_one_is_only_logged(
    tmp_path: Path, error: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    router = api_router(access=PUBLIC)

    @router.get("/fails")
    async def fails() -> None:
        raise error

    app = create_app(settings_for(tmp_path))
    app.include_router(router)
    with caplog.at_level(logging.ERROR, logger="tradesense.web"):
        async with client_of(app) as client:
            document = assert_problem(await client.get("/fails"), status)
    if status == 500:
        assert "secret" in caplog.text
    else:
        assert document["detail"] == str(error)
        assert document["code"] == error.code


async def test_r80_a_sane_request_id_is_kept_and_another_replaced(
    app_client: httpx.AsyncClient,
) -> None:
    kept = await app_client.get("/nowhere", headers={"X-Request-ID": "order-66_x"})
    assert assert_problem(kept, 404)["request_id"] == "order-66_x"
    for bad in ("a b", "a" * 65, "a\tb", "<script>", ""):
        answer = await app_client.get("/nowhere", headers={"X-Request-ID": bad})
        assert assert_problem(answer, 404)["request_id"] != bad
