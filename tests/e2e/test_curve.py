"""What a person reads of a curve and of spreads: the API's own numbers, at a moment that stands still."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.conftest import Story, cookies_at
from tests.e2e.test_desk import query_of
from tests.fixtures.app import RunningApp

pytestmark = pytest.mark.timeout(300)
Walk = Callable[[str], dict[str, Any]]


@pytest.fixture
def walk(story: Story, running_app: RunningApp) -> Walk:
    """Walk a story of curves as somebody who is signed in and looks at yesterday."""
    moment = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def walk(name: str) -> dict[str, Any]:
        url = running_app.url
        seen = story(name, url, file="stories-curve.mjs", moment=moment, cookies=cookies_at(url))
        assert seen["complaints"] == []
        return seen

    return walk


def number(text: str) -> float:
    """Read a figure as the desk writes it."""
    return float(text.replace("\u2212", "-"))


def test_roll_yield_is_read_and_the_curve_is_held_against_that_of_a_week_before(walk: Walk) -> None:
    seen = walk("rollYield")
    yields = [point["roll_yield_annualised"] for point in seen["points"]]
    shown = re.search(r"[+\u2212][\d.]+", seen["words"])
    assert shown is not None
    assert number(shown[0]) == pytest.approx(
        100 * next(each for each in yields if each is not None), abs=0.006
    )
    assert "1 week before" in seen["earlier"]
    assert query_of(seen["address"])["compare"] == ["7"]


def test_spread_is_opened_from_the_matrix_by_keys_and_lists_say_what_the_api_says(walk: Walk) -> None:
    seen = walk("spreads")
    near, far = seen["name"].split("/")
    assert [leg[:2] for leg in seen["legs"]] == [["Buy 1", near], ["Sell 1", far]]
    assert query_of(seen["address"])["spread"] == [seen["name"]]
    assert far != seen["items"][0]["legs"][1]["symbol"], "the second cell of the first row is no neighbour"
    for kind, rows in seen["lists"].items():
        told = [each for each in seen["items"] if each["kind"] == kind]
        assert len(told) > 5
        assert [row[0] for row in rows] == [each["name"] for each in told]
        for row, each in zip(rows, told, strict=True):
            assert [number(cell) for cell in row[2:5]] == pytest.approx(
                [each["bid"], each["mid"], each["ask"]], abs=1e-9
            )
