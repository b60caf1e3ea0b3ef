"""The first page after signing in, in a real browser: what is watched and how the tiles stand are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Story, cookies_of, new_account, unexpected
from tests.fixtures.app import RunningApp

pytestmark = pytest.mark.timeout(300)
Walk = Callable[[str], dict[str, Any]]


@pytest.fixture
def walk(story: Story, running_app: RunningApp) -> Walk:
    """Walk a story as somebody who is new: they watch nothing, and their tiles stand as they came."""
    url = running_app.url
    cookies = cookies_of(url, new_account(url))
    return lambda name: story(name, url, file="stories-dashboard.mjs", cookies=cookies)


def test_contract_added_by_typing_moves_and_is_watched_in_another_browser(walk: Walk) -> None:
    seen = walk("watching")
    first, second = seen["added"]
    assert first.startswith("CL-")
    assert second.startswith("ES-")
    assert seen["prices"][0] != seen["prices"][1]
    assert seen["here"] == seen["again"] == seen["there"] == [second, first]
    assert seen["left"] == [first]
    assert seen["complaints"] == []


def test_pasted_symbols_are_watched_copied_and_shown_as_price_cards(walk: Walk) -> None:
    seen = walk("lists")
    assert "<B>" in seen["refused"]
    assert seen["isShut"]
    assert seen["lists"] == ["Watch list", "Watch list copy"]
    assert seen["copy"] == seen["pasted"]
    assert [card.strip() for card in seen["cards"]] == seen["pasted"]
    assert seen["complaints"] == []


def test_change_of_a_list_that_was_changed_elsewhere_is_told_and_taken_back(walk: Walk) -> None:
    seen = walk("outdated")
    assert "make your change again" in seen["words"]
    assert seen["left"] == seen["added"]
    assert unexpected(seen["complaints"], "412") == []


def test_tiles_arranged_by_keyboard_stand_so_in_another_browser_until_they_are_put_back(walk: Walk) -> None:
    seen = walk("arranging")
    standard = ["prices", "watch", "movers", "curve", "volatility", "expiries"]
    assert seen["before"] == seen["after"] == standard
    assert seen["focused"] == "Movers: earlier", "the focus is lost when a tile moves"
    assert seen["there"] == ["movers", "prices", "watch", "curve", "volatility"]
    assert seen["complaints"] == []


def test_dashboard_is_one_column_on_a_phone_and_keeps_the_past_on_the_way_out_and_back(walk: Walk) -> None:
    seen = walk("everywhere")
    assert seen["width"] <= 390
    assert len(set(seen["lefts"])) == 1
    assert seen["address"]["tab"] == "curve"
    assert seen["address"]["as_of"] == seen["back"] == seen["moment"]
    assert seen["complaints"] == []
