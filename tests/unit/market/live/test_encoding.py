"""What is published of a document: the whole for the cache, what changed for those who follow."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson

from tradesense.base.live import Step, Whole
from tradesense.market.live.encoding import Told, tell
from tradesense.market.live.views import Document

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROWS = {"rows": "strike"}


def chain(bids: list[float], *, topic: str = "chain:CL:2026-12-16", head: int = 0) -> Document:
    rows = [{"strike": float(strike), "bid": bid, "ask": 9.9} for strike, bid in enumerate(bids)]
    return Document(topic, NOON, {"head": head, "rows": rows}, ROWS)


def told_after(*steps: tuple[Document, list[str], int]) -> tuple[dict[str, Told], list[tuple[Step, Whole]]]:
    """Tell documents one after the other; return what is known then, and the last steps."""
    told: dict[str, Told] = {}
    last: list[tuple[Step, Whole]] = []
    for document, topics, seq in steps:
        last = []
        for step, whole, now in tell(document, topics, told, seq):
            told[step.topic] = now
            last.append((step, whole))
    return told, last


def test_what_was_never_told_is_told_whole() -> None:
    _, [(step, whole)] = told_after((chain([1.0, 2.0]), ["a"], 5))
    assert (step.topic, step.seq, step.prev, step.body) == ("a", 5, 0, None)
    assert (whole.seq, whole.ts) == (5, "2026-11-20T12:00:00Z")
    assert orjson.loads(whole.body)["rows"][1] == {"strike": 1.0, "bid": 2.0, "ask": 9.9}


def test_a_change_names_the_number_it_builds_on() -> None:
    _, [(step, _)] = told_after((chain([1.0, 2.0]), ["a"], 5), (chain([1.0, 2.5]), ["a"], 9))
    assert (step.seq, step.prev) == (9, 5)
    assert orjson.loads(step.body or b"") == {"rows": [{"strike": 1.0, "bid": 2.5}]}


def test_both_names_of_a_topic_are_encoded_once() -> None:
    names = ["a@simulated", "a"]
    _, steps = told_after((chain([1.0, 2.0]), names, 5), (chain([1.0, 2.5]), names, 9))
    (first, whole), (second, same) = steps
    assert (first.body is second.body, whole is same) == (True, True)


def test_a_name_that_another_source_had_is_told_whole() -> None:
    _, [_, (step, _)] = told_after(
        (chain([1.0, 2.0, 3.0]), ["a"], 5),
        (chain([1.0, 2.0]), ["a@deribit"], 6),
        (chain([1.0, 2.5]), ["a@deribit", "a"], 7),
    )
    assert (step.topic, step.prev, step.body) == ("a", 5, None)


def test_a_change_about_as_long_as_the_whole_is_told_whole() -> None:
    before = chain([1.0] * 3)
    after = Document(
        before.topic,
        NOON,
        {"head": 1, "rows": [{"strike": float(i), "bid": 7.5, "ask": 8.5} for i in range(3)]},
        ROWS,
    )
    _, [(step, _)] = told_after((before, ["a"], 5), (after, ["a"], 6))
    assert step.body is None


def test_a_long_list_that_changes_here_and_there_is_told_by_its_changes() -> None:
    """Of a long list a few elements are looked at first; they must not decide for the others."""
    bids = [1.0] * 100
    for changed in range(0, 100, 12):
        bids[changed] = 2.0
    _, [(step, _)] = told_after((chain([1.0] * 100), ["a"], 5), (chain(bids), ["a"], 6))
    assert len(orjson.loads(step.body or b"")["rows"]) == 9


def test_a_long_list_that_changes_throughout_is_told_whole() -> None:
    before, after = _wide(100, 1.5), _wide(100, 2.5)
    _, [(step, _)] = told_after((before, ["a"], 5), (after, ["a"], 6))
    assert step.body is None


def test_what_did_not_change_is_told_again_after_a_quarter_of_a_minute_only() -> None:
    same = chain([1.0])
    _, steps = told_after((same, ["a"], 1_000), (chain([1.0]), ["a"], 15_000))
    assert steps == []
    _, [(step, _)] = told_after((same, ["a"], 1_000), (chain([1.0]), ["a"], 16_000))
    assert (step.prev, step.body) == (1_000, b"{}")


def test_what_has_no_parts_is_always_told_whole() -> None:
    surface = Document("surface:CL", NOON, {"iv": [1.0, 2.0], "as_of": "x"}, None)
    _, [(step, _)] = told_after((surface, ["a"], 1), (surface, ["a"], 2))
    assert step.body is None


def _wide(count: int, value: float) -> Document:
    names: dict[str, Any] = dict.fromkeys("abcdefghij", value)
    rows = [{"strike": float(strike), **names} for strike in range(count)]
    return Document("chain:CL:2026-12-16", NOON, {"rows": rows}, ROWS)
