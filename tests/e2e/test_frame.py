"""What stands around every page: search, glossary, bell, tour, display, keys, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Story
from tests.fixtures.app import RunningApp
from tests.fixtures.people import AUTH, new_email, new_password

pytestmark = pytest.mark.timeout(300)
Walk = Callable[..., dict[str, Any]]


@pytest.fixture
def walk(story: Story, running_app: RunningApp) -> Walk:
    """Walk a story as somebody who is new: what one story chooses or reads is nothing to the next."""
    url = running_app.url
    person = {"email": new_email(), "password": new_password()}
    httpx.post(f"{url}{AUTH}/register", json=person, timeout=30).raise_for_status()

    def walk(name: str, *, signed_in: bool = True) -> dict[str, Any]:
        cookies = []
        if signed_in:
            answer = httpx.post(f"{url}{AUTH}/login", json=person, timeout=30).raise_for_status()
            cookies = [
                {"name": key, "value": value, "url": f"{url}{AUTH}/" if key == "refresh-token" else url}
                for key, value in answer.cookies.items()
            ]
        return story(name, url, file="stories-frame.mjs", person=person, cookies=cookies)

    return walk


def test_word_is_found_in_the_glossary_by_search_by_key_and_by_its_hint(walk: Walk) -> None:
    seen = walk("glossary")
    assert seen["found"] == ["Open interest"]
    assert 49 <= seen["top"] < 200, "the header hides the entry, or it was not brought into view"
    assert "1.00 of the underlying" in seen["unit"]
    assert seen["complaints"] == []


def test_sign_in_from_elsewhere_is_counted_until_it_is_read_on_every_device(walk: Walk) -> None:
    seen = walk("accountNotices")
    assert seen["statuses"] == [200, 401]
    assert seen["before"] == "Notices, 3 unread", "two scripts signed in, and a third tried to"
    assert "wrong password" in seen["rows"][0]
    assert "UTC" in seen["rows"][0]
    assert seen["back"] == "Notices", "the focus does not come back to the bell, or the count stayed"
    assert "wrong password" in seen["there"]
    assert seen["elsewhere"] == "Notices"
    assert seen["complaints"] == []


def test_tour_is_offered_once_to_who_is_new_and_never_in_the_past(walk: Walk) -> None:
    seen = walk("tour")
    assert seen["inThePast"] == 0
    assert len(seen["titles"]) == 6
    assert (seen["here"], seen["there"]) == (0, 0)
    assert seen["complaints"] == []


def test_display_chosen_in_the_account_is_so_in_another_browser(walk: Walk) -> None:
    seen = walk("display")
    assert seen["green"] != seen["blue"]
    assert seen["checked"] == ["Dark", "Local", "Dense", "Blue up"]
    assert seen["complaints"] == []


def test_desk_is_used_from_sign_in_to_a_chain_and_back_without_a_mouse(walk: Walk) -> None:
    seen = walk("noMouse", signed_in=False)
    assert seen["rows"][0] != seen["rows"][1]
    assert "underlying=CL" in seen["chain"]
    assert "Skip" in seen["first"]
    assert seen["skippedTo"] == "main"
    assert seen["address"].startswith("/futures")
    # Nobody is signed in at first, which the browser writes down.
    assert [each for each in seen["complaints"] if "401" not in each] == []


def test_frame_opened_is_readable_by_anybody_and_whole_at_twice_the_size(walk: Walk) -> None:
    seen = walk("accessibility")
    assert {how: found for how, found in seen["found"].items() if found} == {}, json.dumps(seen["found"])
    assert [part for part, is_cut in seen["cut"].items() if is_cut] == []
    assert seen["complaints"] == []
