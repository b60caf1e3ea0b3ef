"""Laying deltas over documents: what was said is merged, what was not stays, nothing given out changes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tradesense_client.folding import DoesNotFit, lay

BOARD = {
    "root": "ES",
    "front": {"symbol": "ES-2026-03", "quote": {"bid": 1.0, "ask": 2.0}},
    "sources": ["simulated", "deribit"],
    "contracts": [
        {"symbol": "ES-2026-03", "quote": {"bid": 1.0, "ask": 2.0}},
        {"symbol": "ES-2026-06", "quote": {"bid": 3.0, "ask": 4.0}},
    ],
}


def test_objects_are_merged_and_keyed_lists_by_their_key() -> None:
    delta = {
        "front": {"quote": {"bid": 1.5}},
        "contracts": [{"symbol": "ES-2026-06", "quote": {"ask": 4.5}}],
    }
    laid = lay("board:ES", BOARD, delta)
    assert laid["front"] == {"symbol": "ES-2026-03", "quote": {"bid": 1.5, "ask": 2.0}}
    assert [each["quote"] for each in laid["contracts"]] == [
        {"bid": 1.0, "ask": 2.0},
        {"bid": 3.0, "ask": 4.5},
    ]
    assert laid["root"] == "ES"


def test_null_is_a_value_and_other_lists_are_replaced() -> None:
    laid = lay("board:ES", BOARD, {"front": None, "sources": ["deribit"]})
    assert laid["front"] is None
    assert laid["sources"] == ["deribit"]


def test_an_object_takes_the_place_of_null() -> None:
    assert lay("curve:ES", {"reference": None}, {"reference": {"price": 1.0}}) == {
        "reference": {"price": 1.0}
    }


@pytest.mark.parametrize(
    "delta",
    [
        {"contracts": [{"symbol": "ES-2027-03", "quote": {}}]},
        {"contracts": [{"quote": {}}]},
        {"contracts": {"symbol": "ES-2026-03"}},
    ],
)
def test_what_names_nothing_known_does_not_fit(delta: dict[str, Any]) -> None:
    with pytest.raises(DoesNotFit):
        lay("board:ES", BOARD, delta)


def test_what_was_given_out_is_never_changed() -> None:
    before = copy.deepcopy(BOARD)
    lay(
        "board:ES",
        BOARD,
        {"front": {"quote": {"bid": 9.0}}, "contracts": [{"symbol": "ES-2026-03", "quote": None}]},
    )
    assert before == BOARD


values = st.none() | st.integers() | st.lists(st.integers(), max_size=2)
documents = st.dictionaries(st.sampled_from("abc"), values | st.dictionaries(st.sampled_from("xyz"), values))
chains = st.dictionaries(st.integers(1, 5), documents, min_size=1).map(
    lambda rows: {"rows": [{"strike": strike, **row} for strike, row in sorted(rows.items())]}
)


def difference(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return a delta by the rules, for documents that have the same fields."""
    changed: dict[str, Any] = {}
    for name, value in new.items():
        before = old[name]
        if isinstance(value, dict) and isinstance(before, dict) and value.keys() == before.keys():
            if inner := difference(before, value):
                changed[name] = inner
        elif value != before:
            changed[name] = value
    return changed


@given(st.data())
def test_a_delta_by_the_rules_leads_to_the_new_document(data: st.DataObject) -> None:
    old = data.draw(chains)
    rows = []
    for row in old["rows"]:
        fresh = {
            name: data.draw(values) for name in row if name != "strike" and not isinstance(row[name], dict)
        }
        rows.append({**row, **fresh})
    new = {"rows": rows}
    pairs = zip(old["rows"], rows, strict=True)
    delta = {"rows": [{"strike": b["strike"], **difference(a, b)} for a, b in pairs if a != b]}
    assert lay("chain:CL:2026-03-17", old, delta) == new
