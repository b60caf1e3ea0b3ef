"""The running program tells its simulated market over the stream, from a whole on, step by step."""

from __future__ import annotations

import pytest

from tests.fixtures.app import RunningApp
from tests.fixtures.people import People
from tests.fixtures.stream_client import talking


@pytest.fixture
def token(people_of_running_app: People) -> str:
    return people_of_running_app.tokens(people_of_running_app.register()).access


def test_a_board_moves_and_each_step_builds_on_the_one_before(running_app: RunningApp, token: str) -> None:
    with talking(running_app.url, token) as talker:
        assert talker.ask("subscribe", topic="board:ES")["ok"]
        first = talker.hear_of(topic="board:ES", kind="snapshot")
        assert first["data"]["root"] == "ES"
        known = first["seq"]
        for _ in range(4):
            frame = talker.hear_of(topic="board:ES")
            assert frame["kind"] in ("snapshot", "delta")
            assert frame["seq"] > known
            assert frame["kind"] == "snapshot" or frame["prev"] == known
            known = frame["seq"]


def test_heartbeats_tell_that_the_simulated_market_lives(running_app: RunningApp, token: str) -> None:
    with talking(running_app.url, token) as talker:
        assert talker.ask("subscribe", topic="system:feeds")["ok"]
        talker.hear_of(topic="system:feeds", kind="snapshot")
        beat = talker.hear_of(topic="system:heartbeat")
        while not beat["data"]["feeds"]:
            beat = talker.hear_of(topic="system:heartbeat")
        states = {each["feed"]: each["state"] for each in beat["data"]["feeds"]}
        assert states["simulated"] == "live"
