"""What a person sees: the program started for real, its pages walked in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.e2e.conftest import Story, cookies_at
from tests.fixtures.app import RunningApp, start_app, stop_app

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def story(story: Story) -> Story:
    """Walk a story as somebody who is signed in."""

    def walk(name: str, url: str, on_cue: Callable[[str], object] | tuple[()] = ()) -> dict[str, Any]:
        return story(name, url, on_cue, cookies=cookies_at(url))

    return walk


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_walk_from_the_futures_table_to_an_option_chain(running_app: RunningApp, story: Story) -> None:
    seen = story("futuresToChain", running_app.url)
    assert "Simulated" in seen["status"]
    assert seen["tags"] == 1
    assert seen["before"] != seen["after"]
    assert query_of(seen["address"])["underlying"] == ["ES"]
    assert query_of(seen["address"])["columns"] == ["greeks"]
    assert 1 / 3 < seen["centre"] < 2 / 3, "the money is not in the middle third of the table"
    deltas = [
        float(text.replace("\u2212", "-"))
        for text in seen["moneyRow"]
        if re.fullmatch(r"\u2212?0\.\d{3}", text)
    ]
    assert any(0.3 < delta < 0.7 for delta in deltas)
    assert any(-0.7 < delta < -0.3 for delta in deltas)
    assert seen["complaints"] == []


def test_theme_switches_and_is_remembered(running_app: RunningApp, story: Story) -> None:
    seen = story("themes", running_app.url)
    (first, first_ground), (second, second_ground), (third, third_ground) = seen["seen"]
    assert {first, second} == {"dark", "light"}
    assert first_ground != second_ground
    assert (third, third_ground) == (second, second_ground)
    assert seen["complaints"] == []


def test_phone_needs_no_sideways_scrolling(running_app: RunningApp, story: Story) -> None:
    # That no other page or tab does either is among what `test_every_page.py` looks at.
    seen = story("phone", running_app.url)
    assert seen["width"] <= 390
    assert seen["bar"]["y"] + seen["bar"]["height"] == pytest.approx(844, abs=1)
    assert seen["complaints"] == []


def test_the_board_by_sector_and_in_an_order_is_in_its_address_and_cards_on_a_phone(
    running_app: RunningApp, story: Story
) -> None:
    seen = story("board", running_app.url)
    assert set(seen["energy"]) == {"CL", "NG"}
    assert seen["down"] == sorted(seen["energy"], reverse=True)
    assert seen["again"] == seen["down"]
    assert query_of(seen["address"]) == {"sector": ["Energy"], "sort": ["product.down"]}
    assert [text.split()[0] for text in seen["texts"]] == seen["down"]
    assert all("OI" in text and "%" in text for text in seen["texts"])
    assert seen["up"] == sorted(seen["energy"])
    assert query_of(seen["back"]) == {"sector": ["Energy"], "sort": ["product"]}
    assert seen["complaints"] == []


def test_every_chart_is_drawn_and_the_curve_is_read_by_keyboard(
    running_app: RunningApp, story: Story
) -> None:
    seen = story("charts", running_app.url)
    assert "CL-" in seen["readout"]
    assert "days" in seen["readout"]
    assert "expiry" in query_of(seen["address"])
    assert seen["complaints"] == []


def test_past_is_kept_from_page_to_page_until_back_to_live(running_app: RunningApp, story: Story) -> None:
    seen = story("past", running_app.url)
    assert seen["kept"] == seen["moment"]
    assert "UTC" in seen["bar"]
    assert "as_of" not in query_of(seen["address"])
    assert "has not come yet" in seen["refusal"]
    assert "as_of" not in query_of(seen["addressAfter"])
    assert seen["complaints"] == []


def test_search_leads_to_a_product(running_app: RunningApp, story: Story) -> None:
    seen = story("search", running_app.url)
    assert query_of(seen["address"])["root"] == ["CL"]
    assert seen["complaints"] == []


def test_unknown_product_and_page_are_told_in_words(running_app: RunningApp, story: Story) -> None:
    seen = story("unknown", running_app.url)
    assert "NOPE" in seen["words"]
    assert "Ask again" in seen["words"]
    # The browser itself writes a line for each answer of 404; nothing else may complain.
    assert [each for each in seen["complaints"] if "404" not in each] == []


def test_page_says_so_when_the_backend_goes_away(tmp_path: Path, story: Story) -> None:
    running = start_app(tmp_path)
    try:
        seen = story("backendAway", running.url, on_cue=lambda _: stop_app(running))
    finally:
        if running.process.poll() is None:
            stop_app(running)
    assert seen["stillShown"] == 1
    assert "No answer" in seen["status"]
    assert [
        each for each in seen["complaints"] if "ERR_CONNECTION" not in each and "Failed to fetch" not in each
    ] == []
