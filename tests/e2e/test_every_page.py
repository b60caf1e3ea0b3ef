"""Every page there is and each of its tabs: readable by anybody, at any width, silent to other hosts."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from tests.data_folder import PROJECT
from tests.e2e.conftest import Story, cookies_of, new_account
from tests.fixtures.app import RunningApp

pytestmark = pytest.mark.timeout(300)
FILE = "stories-pages.mjs"
PAGES = PROJECT / "frontend" / "out"

FOR_ANYBODY = ["/login", "/register", "/forgot-password", "/reset-password", "/verify-email"]
ASKED_AS = {
    "/futures": ["/futures", "/futures?root=CL"],
    "/options": ["/options?underlying=CL"],
}
"""What a page is asked for where its bare address doesn't show all of it."""
MOST_FIRST_LOAD = 180_000
"""Bytes of script, compressed, that a page may ask for before it shows itself."""
HEAVIER = {"/futures": 200_000, "/options": 210_000, "/strategies": 190_000}
"""Pages of tables and tools, which nobody opens first."""
MOST_SHIFT = 0.1
"""What the web's own measure calls a page that stands still while it comes."""


def addresses() -> list[str]:
    """Return the address of every page that was built; none where nothing was built yet."""
    files = (path.relative_to(PAGES).with_suffix("") for path in PAGES.rglob("*.html"))
    pages = sorted(f"/{path}" for path in files if str(path) not in ("index", "404"))
    return [address for page in pages for address in ASKED_AS.get(page, [page])]


@pytest.fixture(scope="module")
def reader(running_app: RunningApp) -> dict[str, str]:
    """Somebody who never chose a theme: theirs is the browser's, which is what these stories switch."""
    return new_account(running_app.url)


@pytest.mark.parametrize("path", addresses())
def test_r86_page_is_readable_by_anybody_at_any_width_and_asks_no_other_host(
    running_app: RunningApp, reader: dict[str, str], story: Story, path: str
) -> None:
    cookies = [] if path in FOR_ANYBODY else cookies_of(running_app.url, reader)
    seen = story("page", running_app.url, file=FILE, path=path, cookies=cookies)
    assert seen["found"] == {}, json.dumps(seen["found"], indent=1)
    assert seen["shifted"] < MOST_SHIFT
    assert seen["elsewhere"] == []
    assert [each for each in seen["complaints"] if "Content Security Policy" in each] == []
    # The browser itself writes a line for each refusal; nothing else may complain.
    assert [each for each in seen["complaints"] if "the server responded with" not in each] == []


def scripts_of(page: str) -> set[str]:
    """Return the scripts a page asks for, without those meant for browsers of another age."""
    tags = re.findall(r"<script[^>]*>", (PAGES / f"{page}.html").read_text())
    wanted = (re.search(r'src="(/[^"]+)"', tag) for tag in tags if "noModule" not in tag)
    return {found[1] for found in wanted if found}


@pytest.mark.parametrize("page", sorted({address.partition("?")[0] for address in addresses()}))
def test_first_load_of_a_page_is_light(page: str) -> None:
    sizes = [len(gzip.compress((PAGES / script[1:]).read_bytes())) for script in scripts_of(page[1:])]
    assert 0 < sum(sizes) <= HEAVIER.get(page, MOST_FIRST_LOAD)


def test_pages_were_found() -> None:
    assert {"/futures", "/options?underlying=CL", "/login", "/account"} <= set(addresses())


def test_r86_a_script_written_into_the_page_does_not_run(
    running_app: RunningApp, reader: dict[str, str], story: Story
) -> None:
    cookies = cookies_of(running_app.url, reader)
    seen = story("injected", running_app.url, file=FILE, path="/futures", cookies=cookies)
    assert seen["ran"] is False
    assert any("Content Security Policy" in each for each in seen["complaints"])
