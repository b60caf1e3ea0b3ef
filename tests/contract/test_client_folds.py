"""What the server leaves out of a delta, the Python client puts back: the two rules are one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tradesense_client.folding import KEYED_LISTS, lay

from tradesense.market.live.overlay import delta_of

scalars = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-2, 2) | st.sampled_from(["", "ok"])
values = scalars | st.lists(scalars, max_size=3) | st.dictionaries(st.sampled_from("xyz"), scalars)


@st.composite
def two_documents(draw: st.DrawFn, name: str, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = draw(st.sets(st.sampled_from("abcd")))
    keys = draw(st.lists(st.integers(1, 9), unique=True, max_size=5))
    if key != "strike":
        keys = [f"S{each}" for each in keys]

    def document() -> dict[str, Any]:
        elements = [{key: each, **{field: draw(values) for field in fields}} for each in keys]
        return {name: elements, **{field: draw(values) for field in fields}}

    return document(), document()


@pytest.mark.parametrize("topic", KEYED_LISTS)
@given(data=st.data())
def test_a_delta_of_the_server_gives_the_document_it_was_made_of(topic: str, data: st.DataObject) -> None:
    name, key = KEYED_LISTS[topic]
    before, after = data.draw(two_documents(name, key))
    delta = delta_of(before, after, keyed={name: key})
    if delta is None:
        return
    told = json.loads(json.dumps(delta))
    assert lay(f"{topic}:ES", before, told) == after
