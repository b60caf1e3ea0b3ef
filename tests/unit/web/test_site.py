"""The built pages: addresses, the page for what is nowhere, caching, and the policy of a page."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from tests.fixtures.app import client_of, settings_for
from tradesense.run.api import create_app
from tradesense.web.site import content_policy

SCRIPT = b"self.__next_f.push([1])"
PAGE = (
    b"<!doctype html><title>%s</title><script src='/_next/static/a.js'></script><script>"
    + SCRIPT
    + b"</script>"
)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    pages = tmp_path / "pages"
    (pages / "_next" / "static").mkdir(parents=True)
    (pages / "_next" / "static" / "a.1f2e.js").write_bytes(b"1")
    for name in ("index", "futures", "404"):
        (pages / f"{name}.html").write_bytes(PAGE % name.encode())
    (tmp_path / "secret.html").write_bytes(b"secret")
    async with client_of(create_app(settings_for(tmp_path))) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "title"),
    [("/", "index"), ("/futures", "futures"), ("/futures?root=CL", "futures"), ("/futures.html", "futures")],
)
async def test_a_page_needs_no_extension_and_is_asked_for_anew(
    site: httpx.AsyncClient, path: str, title: str
) -> None:
    answer = await site.get(path)
    assert answer.status_code == 200
    assert f"<title>{title}</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_known_already_is_a_304_with_its_policy(site: httpx.AsyncClient) -> None:
    first = await site.get("/futures")
    again = await site.get("/futures", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert "content-length" not in again.headers
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


async def test_a_page_built_anew_under_a_running_program_has_the_policy_of_its_new_scripts(
    site: httpx.AsyncClient, tmp_path: Path
) -> None:
    before = (await site.get("/futures")).headers["content-security-policy"]
    rebuilt = (PAGE % b"futures").replace(SCRIPT, b"self.__next_f.push([2, 3])")
    (tmp_path / "pages" / "futures.html").write_bytes(rebuilt)
    after = (await site.get("/futures")).headers["content-security-policy"]
    assert after == content_policy(rebuilt) != before


async def test_files_with_a_hash_in_their_name_are_kept_for_ever(site: httpx.AsyncClient) -> None:
    answer = await site.get("/_next/static/a.1f2e.js")
    assert "immutable" in answer.headers["cache-control"]


async def test_what_is_nowhere_is_a_page_for_people_and_a_problem_for_programs(
    site: httpx.AsyncClient,
) -> None:
    page = await site.get("/nowhere", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "<title>404</title>" in page.text
    problem = await site.get("/nowhere")
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    assert (await site.post("/futures")).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret",
        "/" + "a" * 1000,
        "/_next/../../secret",
        "/%00",
        "/futures%00.html",
    ],
)
async def test_nothing_outside_the_folder_is_served(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_policy_names_inline_scripts_by_hash_and_nothing_unsafe() -> None:
    policy = content_policy(PAGE)
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    digest = base64.b64encode(sha256(SCRIPT).digest()).decode()
    assert scripts == f"script-src 'self' 'sha256-{digest}'"
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
