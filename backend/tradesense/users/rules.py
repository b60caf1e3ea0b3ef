"""How a kept document may look. Pure."""

from __future__ import annotations


def is_deeper_than(levels: int, document: object) -> bool:
    """Tell whether lists and objects are nested in more than so many levels."""
    layer = [document]
    for _ in range(levels + 1):
        layer = [inner for each in layer for inner in _inside(each)]
        if not layer:
            return False
    return True


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value.values(), None]
    return [*value, None] if isinstance(value, list) else []
