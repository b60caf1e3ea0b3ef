"""What somebody wants to see played, as they write it."""

from __future__ import annotations

from datetime import date

import pytest

from tradesense.feeds.replay import BadWish, ReplayWish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("lean:2020-01-06", ReplayWish("lean", date(2020, 1, 6))),
        ("lean:2020-01-06:100", ReplayWish("lean", date(2020, 1, 6), 100.0)),
        ("lean/ES:2020-01-06:2.5", ReplayWish("lean", date(2020, 1, 6), 2.5, ("ES",))),
        (
            "my-feed/ES,BAJAJ-AUTO:2020-01-06",
            ReplayWish("my-feed", date(2020, 1, 6), 1.0, ("ES", "BAJAJ-AUTO")),
        ),
    ],
)
def test_a_wish_is_read(text, wish):
    assert ReplayWish.parse(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lean",
        "lean:2020-13-01",
        "lean:2020-1-6",
        "lean:2020-01-06:0",
        "lean:2020-01-06:0.5",
        "lean:2020-01-06:1001",
        "lean:2020-01-06:fast",
        "lean/:2020-01-06",
        "lean/es:2020-01-06",
        "lean/ES,:2020-01-06",
        "Lean:2020-01-06",
        "lean:2020-01-06:1:2",
        "lean' OR 1=1:2020-01-06",
    ],
)
def test_what_is_no_wish_is_refused_in_words(text):
    with pytest.raises(BadWish, match="lean/ES:2020-01-06:100"):
        ReplayWish.parse(text)
