"""How a document is told by what changed in it, and how that is laid over the one before; pure.

Objects are merged, a keyed list holds only its changed elements, everything else replaces. Nothing can
be taken away: where elements come, go or change places the whole is told. Ages are left out of the
comparison: they change all the time and follow from the times beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Json = dict[str, Any]

IGNORED: Final = frozenset({"quote_age_ms"})


class Restructured(Exception):
    """The two documents do not have the same fields or elements."""


def delta_of(before: Json, after: Json, *, keyed: Mapping[str, str]) -> Json | None:
    """Return what turns `before` into `after`, or `None` where fields or elements came, went or moved.

    `keyed` gives the key field of each list that has one, by the list's own name.

    >>> delta_of({"a": 1, "rows": [{"k": 1, "b": 2}, {"k": 2, "b": 3}]},
    ...          {"a": 1, "rows": [{"k": 1, "b": 2}, {"k": 2, "b": 4}]}, keyed={"rows": "k"})
    {'rows': [{'k': 2, 'b': 4}]}
    """
    try:
        return _changed(before, after, keyed)
    except Restructured:
        return None


def lay_over(whole: Json, delta: Json, *, keyed: Mapping[str, str]) -> Json:
    """Return the document that `delta` makes of `whole`; neither is changed.

    Raises `KeyError` for a keyed element that the whole does not have.
    """
    result = dict(whole)
    for name, value in delta.items():
        old = result.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            result[name] = lay_over(old, value, keyed=keyed)
        elif name in keyed and isinstance(value, list) and isinstance(old, list):
            result[name] = _lay_over_elements(old, value, keyed[name], keyed)
        else:
            result[name] = value
    return result


def _lay_over_elements(
    whole: list[Json], delta: list[Json], key: str, keyed: Mapping[str, str]
) -> list[Json]:
    places = {element[key]: place for place, element in enumerate(whole)}
    result = list(whole)
    for element in delta:
        place = places[element[key]]
        result[place] = lay_over(result[place], element, keyed=keyed)
    return result


def _changed(before: Json, after: Json, keyed: Mapping[str, str]) -> Json:
    # The hot loop of every beat: most values are numbers, and the first comparison settles most of them.
    if before.keys() != after.keys():
        raise Restructured
    changed: Json = {}
    for name, new in after.items():
        old = before[name]
        if old == new or name in IGNORED:
            continue
        if type(new) is float:
            # A number that is none is written as null, so two of them are the same.
            if new == new or old == old:
                changed[name] = new
        elif type(new) is dict and type(old) is dict:
            inner = _changed(old, new, keyed)
            if inner:
                changed[name] = inner
        elif type(new) is list and type(old) is list and name in keyed:
            elements = _changed_elements(old, new, keyed[name], keyed)
            if elements:
                changed[name] = elements
        else:
            changed[name] = new
    return changed


def _changed_elements(
    before: list[Json], after: list[Json], key: str, keyed: Mapping[str, str]
) -> list[Json]:
    if len(before) != len(after):
        raise Restructured
    elements = []
    for old, new in zip(before, after, strict=True):
        if old[key] != new[key]:
            raise Restructured
        inner = _changed(old, new, keyed)
        if inner:
            elements.append({key: new[key], **inner})
    return elements
