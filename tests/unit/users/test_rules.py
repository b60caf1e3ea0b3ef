"""How deep a document may go."""

from __future__ import annotations

import pytest

from tradesense.users.rules import is_deeper_than


@pytest.mark.parametrize(
    ("document", "levels"),
    [({}, 1), ({"a": 1}, 1), ({"a": []}, 2), ({"a": [{"b": 1}]}, 3), ({"a": 1, "b": {"c": []}}, 3)],
)
def test_the_depth_of_a_document_is_that_of_its_deepest_part(document: object, levels: int) -> None:
    assert not is_deeper_than(levels, document)
    assert is_deeper_than(levels - 1, document)


def test_a_document_deeper_than_pythons_stack_is_told_so() -> None:
    document: object = 1
    for _ in range(100_000):
        document = [document]
    assert is_deeper_than(16, document)
    while isinstance(document, list):
        document = document.pop()
