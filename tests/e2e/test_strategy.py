"""What a person does with strategies: built from a template and from links, read, moved, kept, handed on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Story
from tests.e2e.test_desk import cookies_at
from tests.fixtures.app import RunningApp

pytestmark = pytest.mark.timeout(300)

Walk = Callable[[str], dict[str, Any]]


@pytest.fixture
def walk(story: Story, running_app: RunningApp) -> Walk:
    """Walk a story of strategies as somebody who is signed in."""

    def walk(name: str) -> dict[str, Any]:
        seen = story(name, running_app.url, file="stories-strategy.mjs", cookies=cookies_at(running_app.url))
        assert seen["complaints"] == []
        return seen

    return walk


def number(text: str) -> float:
    """Read a number as the desk writes it."""
    found = re.search(r"[+\u2212]?[\d\u202f]+(?:\.\d+)?", text)
    assert found, text
    return float(found[0].replace("\u2212", "-").replace("\u202f", ""))


def strike_of(leg: dict[str, Any]) -> float:
    return float(leg["symbol"].split("-")[-2])


def condor_by_hand(legs: list[dict[str, Any]]) -> dict[str, float]:
    """Reckon an iron condor of one contract each from its legs' strikes and prices alone."""
    low, put, call, high = sorted(legs, key=strike_of)
    multiplier = low["multiplier"]
    credit = put["entry"] + call["entry"] - low["entry"] - high["entry"]
    width = max(strike_of(put) - strike_of(low), strike_of(high) - strike_of(call))
    return {
        "credit": multiplier * credit,
        "loss": multiplier * (credit - width),
        "lower": strike_of(put) - credit,
        "upper": strike_of(call) + credit,
    }


def assert_is_the_condor(seen: dict[str, Any]) -> None:
    quantities = [leg["quantity"] for leg in sorted(seen["legs"], key=strike_of)]
    assert quantities == [1, -1, -1, 1]
    by_hand = condor_by_hand(seen["legs"])
    assert seen["cost"] is not None
    assert number(seen["cost"]) == pytest.approx(by_hand["credit"], abs=0.51)
    assert number(seen["maxProfit"]) == pytest.approx(by_hand["credit"], abs=0.51)
    assert number(seen["maxLoss"]) == pytest.approx(by_hand["loss"], abs=0.51)
    shown = [number(text) for text in seen["breakEvens"].split(" · ")]
    assert shown == pytest.approx([by_hand["lower"], by_hand["upper"]], abs=0.006)
    assert seen["marks"] == pytest.approx([by_hand["lower"], by_hand["upper"]], abs=1e-6)
    assert 0.0 < number(seen["chance"]) < 100.0


def test_an_iron_condor_of_the_template_is_worth_what_its_legs_say(walk: Walk) -> None:
    seen = walk("template")
    assert_is_the_condor(seen)
    assert seen["rows"] > 10


def test_legs_of_a_link_are_built_and_nonsense_is_refused_by_words(walk: Walk) -> None:
    seen = walk("links")
    assert_is_the_condor(seen)
    assert [leg["entry"] for leg in seen["legs"] if leg["quantity"] < 0] == seen["sold"]
    assert "Leg 2" in seen["refusal"]


def test_the_sliders_move_price_volatility_and_day(walk: Walk) -> None:
    seen = walk("sliders")
    before, after = seen["before"], seen["after"]
    assert abs(number(before["profit"])) < 1.0
    assert number(after["profit"]) < -50.0, "a condor loses when price and volatility rise"
    assert after["looked"] != before["looked"]
    assert "+8.0" in seen["words"]
    assert "+5.0" in seen["words"]


def test_a_kept_strategy_opens_again_and_its_link_rebuilds_it_elsewhere(walk: Walk) -> None:
    seen = walk("keepAndReopen")
    identity = [(leg["symbol"], leg["quantity"]) for leg in seen["before"]["legs"]]
    for again in (seen["reopened"], seen["handed"]):
        assert [(leg["symbol"], leg["quantity"]) for leg in again["legs"]] == identity
        assert_is_the_condor(again)
    assert "/strategies?underlying=CL&legs=+1:" in seen["link"]
    page, screen = seen["widths"]
    assert page <= screen, "the phone scrolls sideways"
