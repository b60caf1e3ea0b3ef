"""What is told of a document by its changes is laid over to give the document again."""

from __future__ import annotations

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.market.live.overlay import delta_of, lay_over

KEYED = {"rows": "strike"}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_infinity=False),
    st.sampled_from(["ok", "wide", ""]),
    st.lists(st.integers(0, 3), max_size=3),
)
FIELDS = ("bid", "ask", "status", "quote_age_ms")


@st.composite
def documents(draw: st.DrawFn, strikes: tuple[int, ...]) -> dict[str, Any]:
    def side() -> dict[str, Any] | None:
        return draw(st.none() | st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUES)))

    return {
        "status": draw(VALUES),
        "list": draw(st.lists(VALUES, max_size=3)),
        "head": draw(st.none() | st.fixed_dictionaries({"price": VALUES, "kind": VALUES})),
        "rows": [{"strike": strike, "call": side(), "put": side()} for strike in strikes],
    }


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    before = draw(documents(tuple(draw(st.lists(st.integers(1, 4), unique=True, max_size=4)))))
    if draw(st.booleans()):
        strikes = tuple(row["strike"] for row in before["rows"])
    else:
        strikes = tuple(draw(st.lists(st.integers(1, 4), unique=True, max_size=4)))
    after = draw(documents(strikes))
    for name in draw(st.lists(st.sampled_from(["status", "list", "head"]))):
        after[name] = copy.deepcopy(before[name])
    return before, after


def without_ages(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_ages(each) for name, each in value.items() if name != "quote_age_ms"}
    if isinstance(value, list):
        return [without_ages(each) for each in value]
    return value


def as_told(document: Any) -> Any:
    return orjson.loads(orjson.dumps(document))


@given(pairs())
def test_the_changes_laid_over_what_was_give_what_is(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    before, after = as_told(pair[0]), as_told(pair[1])
    kept = copy.deepcopy(before)
    delta = delta_of(pair[0], pair[1], keyed=KEYED)
    same_rows = [row["strike"] for row in before["rows"]] == [row["strike"] for row in after["rows"]]
    assert (delta is not None) == same_rows
    if delta is not None:
        assert without_ages(lay_over(before, as_told(delta), keyed=KEYED)) == without_ages(after)
    assert before == kept


@given(documents((1, 2)))
def test_nothing_is_told_of_a_document_that_stayed_as_it_was(document: dict[str, Any]) -> None:
    assert delta_of(document, copy.deepcopy(document), keyed=KEYED) == {}


def test_only_what_changed_is_told_with_the_key_of_its_element() -> None:
    before = {"a": 1, "rows": [{"strike": 1, "call": {"bid": 1.0, "ask": 2.0}}, {"strike": 2, "call": None}]}
    after = {"a": 1, "rows": [{"strike": 1, "call": {"bid": 1.5, "ask": 2.0}}, {"strike": 2, "call": None}]}
    assert delta_of(before, after, keyed=KEYED) == {"rows": [{"strike": 1, "call": {"bid": 1.5}}]}


def test_no_number_is_not_a_change_from_no_number() -> None:
    nan = float("nan")
    assert delta_of({"iv": nan}, {"iv": float("nan")}, keyed={}) == {}
    assert delta_of({"iv": nan}, {"iv": 0.2}, keyed={}) == {"iv": 0.2}
    assert delta_of({"iv": 0.2}, {"iv": None}, keyed={}) == {"iv": None}


def test_ages_alone_are_no_change() -> None:
    assert delta_of({"quote_age_ms": 1}, {"quote_age_ms": 2}, keyed={}) == {}


@pytest.mark.parametrize(
    "after",
    [
        {"rows": [{"strike": 2}, {"strike": 1}]},
        {"rows": [{"strike": 1}]},
        {"rows": [{"strike": 1}, {"strike": 3}]},
        {"rows": [{"strike": 1}, {"strike": 2}], "new": 1},
        {},
    ],
    ids=["moved", "gone", "other", "new field", "lost field"],
)
def test_what_came_or_went_or_moved_is_told_whole(after: dict[str, Any]) -> None:
    assert delta_of({"rows": [{"strike": 1}, {"strike": 2}]}, after, keyed=KEYED) is None


def test_an_element_that_is_not_there_cannot_be_laid_over() -> None:
    with pytest.raises(KeyError):
        lay_over({"rows": [{"strike": 1}]}, {"rows": [{"strike": 9, "call": None}]}, keyed=KEYED)
