"""What a person does with volatility: from a heatmap to a strike, a condor from the chain, figures read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Story
from tests.e2e.test_desk import cookies_at, query_of
from tests.fixtures.app import RunningApp

pytestmark = pytest.mark.timeout(300)

Walk = Callable[[str], dict[str, Any]]


@pytest.fixture
def walk(story: Story, running_app: RunningApp) -> Walk:
    """Walk a story of volatility as somebody who is signed in."""

    def walk(name: str) -> dict[str, Any]:
        seen = story(name, running_app.url, file="stories-vol.mjs", cookies=cookies_at(running_app.url))
        assert seen["complaints"] == []
        return seen

    return walk


def number(text: str) -> float:
    """Read a figure as the screen writes it."""
    plain = "".join(each for each in text.replace("\u2212", "-") if each.isdigit() or each in "-.")
    return float(plain)


def test_a_cell_of_the_heatmap_opens_its_strike_in_the_chain(walk: Walk) -> None:
    seen = walk("heatmapToChain")
    strike = query_of(seen["address"])["strike"][0]
    assert seen["words"].startswith(f"Strike {strike},")
    assert seen["focused"]["marked"] == "true"
    assert number(seen["focused"]["strike"]) == float(strike)


def test_an_iron_condor_is_gathered_from_the_chain_and_evaluated(walk: Walk) -> None:
    seen = walk("condorFromTheChain")
    legs = query_of(seen["address"])["legs"][0].replace(" ", "+").split(",")
    assert [leg[:2] for leg in legs] == ["+1", "-1", "-1", "+1"]
    assert [leg[-1] for leg in legs] == ["P", "P", "C", "C"]
    assert len(seen["told"]) == 2
    shown = [number(text) for text in seen["shown"].split("·")]
    assert shown == [pytest.approx(price, abs=0.00501) for price in seen["told"]]


def test_figures_of_the_analytics_are_the_answer_s(walk: Walk) -> None:
    seen = walk("analyticsAreTheAnswer")
    assert len(seen["rows"]) == len(seen["expiries"]) > 1
    for row, told in zip(seen["rows"], seen["expiries"], strict=True):
        assert number(row[1]) == told["dte"]
        assert number(row[2]) == pytest.approx(100 * told["atm_iv"], abs=0.00501)
        assert number(row[4]) == pytest.approx(100 * told["risk_reversal_25d"], abs=0.00501)
        assert number(row[7]) == told["max_pain"]
        assert number(row[8]) == pytest.approx(told["put_call_oi"], abs=0.00501)


def test_flat_twin_of_the_fitted_surface_is_the_answer_s(walk: Walk) -> None:
    seen = walk("fittedSurface")
    assert set(seen["statuses"]) == {"ok"}
    assert [number(text) for text in seen["money"]] == [
        pytest.approx(100 * iv, abs=0.0501) for iv in seen["told"]
    ]


def test_a_smile_is_held_against_that_of_another_day(walk: Walk) -> None:
    seen = walk("smileOfAnotherDay")
    assert query_of(seen["address"])["against"] == [seen["day"]]
    now, then = (dict(each["ivs"]) for each in seen["told"])
    compared = 0
    for strike, _, _, shown, earlier, change in seen["rows"]:
        told, before = now.get(number(strike)), then.get(number(strike))
        if told is None or before is None:
            assert change == "·"
            continue
        assert number(shown) == pytest.approx(100 * told, abs=0.00501)
        assert number(earlier) == pytest.approx(100 * before, abs=0.00501)
        assert number(change) == pytest.approx(100 * (told - before), abs=0.00501)
        compared += 1
    assert compared > 5
    for words, told in zip(seen["fits"], seen["told"], strict=True):
        assert words.endswith("no butterfly") is not told["butterfly_arbitrage"]
        assert number(words.partition("misfit")[2].partition("points")[0]) == pytest.approx(
            100 * told["fit_rmse"], abs=0.000501
        )
