"""Lays deltas over a document. A delta has the document's shape and holds only what changed.

Objects are merged; a list whose elements are known by a key is merged element by element; anything else
is replaced. `null` is a value. What was given out is never changed: what changed is copied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

KEYED_LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "board": ("contracts", "symbol"),
    "curve": ("points", "symbol"),
    "chain": ("rows", "strike"),
    "system": ("items", "feed"),
}
"""By the first word of a topic: the list of its document, and what its elements are known by."""


class DoesNotFit(Exception):
    """The delta names an element that the document has not."""


def lay(topic: str, whole: Mapping[str, Any], delta: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document after a delta. Raises `DoesNotFit`."""
    name, key = KEYED_LISTS.get(topic.partition(":")[0], ("", ""))
    laid = _merged(whole, {field: value for field, value in delta.items() if field != name})
    if name and name in delta:
        laid[name] = _merged_list(whole.get(name), delta[name], key)
    return laid


def _merged(whole: Mapping[str, Any], delta: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(whole)
    for field, value in delta.items():
        before = whole.get(field)
        both = isinstance(before, dict) and isinstance(value, dict)
        merged[field] = _merged(before, value) if both and before is not None else value
    return merged


def _merged_list(whole: Any, delta: Any, key: str) -> list[Any]:
    if not isinstance(whole, list) or not isinstance(delta, list):
        raise DoesNotFit(key)
    places = {element[key]: place for place, element in enumerate(whole)}
    merged = list(whole)
    for element in _elements(delta, key):
        place = places.get(element[key])
        if place is None:
            raise DoesNotFit(f"{key} {element[key]}")
        merged[place] = _merged(merged[place], element)
    return merged


def _elements(delta: Sequence[Any], key: str) -> list[Mapping[str, Any]]:
    if not all(isinstance(element, dict) and key in element for element in delta):
        raise DoesNotFit(key)
    return list(delta)
