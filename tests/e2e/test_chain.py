"""What a person does with an option chain: finds a delta, has their own columns, reads it on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Story
from tests.e2e.test_desk import cookies_at, query_of
from tests.fixtures.app import RunningApp

pytestmark = pytest.mark.timeout(300)

Walk = Callable[[str], dict[str, Any]]
GREEKS = ["Mark", "Delta", "Gamma", "Theta", "Vega", "Rho", "IV %"]
OWN = ["Delta", "Gamma", "Mark", "Theta", "Vega", "IV %", "Bid"]
"""Rho hidden, bid shown, delta and then gamma moved towards the strike."""


@pytest.fixture
def walk(story: Story, running_app: RunningApp) -> Walk:
    """Walk a story of the chain as somebody who is signed in."""

    def walk(name: str) -> dict[str, Any]:
        seen = story(name, running_app.url, file="stories-chain.mjs", cookies=cookies_at(running_app.url))
        assert seen["complaints"] == []
        return seen

    return walk


def around_the_strike(names: list[str]) -> list[str]:
    calls = [f"Call {name}" for name in reversed(names)]
    return [*calls, "Strike", *(f"Put {name}" for name in names)]


def test_strike_of_25_delta_is_found_by_keyboard_and_sent_to_the_builder(walk: Walk) -> None:
    seen = walk("deltaByKeyboard")
    assert seen["call"]["column"] == "Call Delta"
    assert float(seen["call"]["text"]) == pytest.approx(0.25, abs=0.1)
    assert seen["put"]["column"] == "Put Delta"
    assert float(seen["put"]["text"].replace("\u2212", "-")) == pytest.approx(-0.25, abs=0.1)
    below = seen["below"]["strike"]
    assert float(below) > float(seen["put"]["strike"])
    assert query_of(seen["address"])["underlying"] == ["ES"]
    leg = query_of(seen["address"])["legs"][0]
    assert leg.startswith("-1:ES-")
    assert leg.endswith(f"-{below}-P")


def test_columns_somebody_chose_are_kept_on_the_server(walk: Walk) -> None:
    seen = walk("ownColumns")
    assert seen["before"] == around_the_strike(GREEKS)
    assert seen["changed"] == around_the_strike(OWN)
    assert seen["kept"] == seen["changed"]
    assert seen["standard"] == seen["before"]
    assert query_of(seen["address"])["columns"] == ["greeks"]


def test_phone_shows_two_columns_of_both_sides_or_all_of_one(walk: Walk) -> None:
    seen = walk("onePhoneSide")
    assert seen["both"] == ["Call Bid", "Call Ask", "Strike", "Put Bid", "Put Ask"]
    assert seen["puts"] == ["Strike", "Put Bid", "Put Ask", "Put Last", "Put Volume", "Put OI"]
    assert seen["width"] <= 390
