"""What a person sees of the past of prices: bars, studies, files, rolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.e2e.conftest import Story, cookies_at
from tests.fixtures.app import RunningApp, start_app, stop_app, wait_for_past
from tests.fixtures.database import DatabaseServer

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def market_app(
    stack: RunningApp | None, tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[RunningApp]:
    """The program with its simulated market."""
    if stack is not None:
        yield stack
        return
    running = start_app(tmp_path_factory.mktemp("history_app"), database_url=database_server.new_database())
    try:
        wait_for_past(running)
        yield running
    finally:
        ended = stop_app(running)
    assert ended == 0, running.log.read_text()[-2000:]


@pytest.fixture
def walk(story: Story, market_app: RunningApp) -> Callable[[str], dict[str, Any]]:
    def walk(name: str) -> dict[str, Any]:
        seen = story(name, market_app.url, file="stories-history.mjs", cookies=cookies_at(market_app.url))
        assert seen["complaints"] == []
        return seen

    return walk


def number(text: str) -> float:
    """Read a figure as the desk writes it."""
    return float(text.replace(" ", "").replace("\N{MINUS SIGN}", "-"))


def test_bars_of_a_second_move_without_being_asked_for(walk: Callable[[str], dict[str, Any]]) -> None:
    seen = walk("secondsMove")
    assert len(set(seen["seen"])) == 6
    assert seen["asked"] <= seen["halfMinutes"]


def test_studies_that_were_chosen_are_there_after_a_reload(walk: Callable[[str], dict[str, Any]]) -> None:
    seen = walk("studiesKept")
    assert "SMA" not in seen["before"]
    assert "SMA 7" in seen["after"]


def test_exported_bars_are_those_of_the_table(walk: Callable[[str], dict[str, Any]]) -> None:
    seen = walk("barsExported")
    assert seen["live"] == 0
    assert seen["name"].endswith("-1d.csv")
    assert len(seen["shown"]) > 20
    prices = [[float(row[name]) for name in ("open", "high", "low", "close")] for row in seen["file"]]
    assert [[number(cell) for cell in row[1:5]] for row in seen["shown"]] == prices


def test_adjustment_moves_earlier_prices_by_the_rolls_behind_them(
    walk: Callable[[str], dict[str, Any]],
) -> None:
    seen = walk("adjusted")
    rolls = seen["rolls"]
    assert len(seen["table"]) == len(rolls) > 2
    assert [row[1:3] for row in reversed(seen["table"])] == [[roll["from"], roll["to"]] for roll in rolls]
    points, factor = sum(float(roll["gap"]) for roll in rolls), 1.0
    for roll in rolls:
        factor *= float(roll["factor"])
    traded, moved, scaled = (seen[name]["file"] for name in ("none", "difference", "ratio"))
    first = float(traded[0]["close"])
    assert float(moved[0]["close"]) == pytest.approx(first + points, abs=1e-6)
    assert float(scaled[0]["close"]) == pytest.approx(first * factor, rel=1e-9)
    assert {row[0]["unadjusted_close"] for row in (traded, moved, scaled)} == {traded[0]["close"]}
    assert f"a factor of {factor:.4f}" in seen["ratio"]["words"]
