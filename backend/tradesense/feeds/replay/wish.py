"""What somebody wants to see played, as they write it: `SOURCE[/ROOT,...]:DATE[:SPEED]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from tradesense.base.errors import Invalid

FASTEST: Final = 1000.0
_WISH = re.compile(
    r"(?P<source>[a-z][a-z0-9_-]{0,31})(?:/(?P<roots>[^:]{1,200}))?:(?P<day>\d{4}-\d\d-\d\d)(?::(?P<speed>\d{1,4}(?:\.\d+)?))?"
)
_ROOT = re.compile(r"[A-Z0-9][A-Z0-9&._-]{0,31}")


class BadWish(Invalid):
    """Cannot be read as something to play."""

    code = "bad_replay"

    def __init__(self) -> None:
        super().__init__(
            "A replay is written SOURCE:DATE, SOURCE:DATE:SPEED or SOURCE/ROOT,ROOT:DATE:SPEED with a speed"
            f" from 1 to {FASTEST:g}: lean/ES:2020-01-06:100"
        )


@dataclass(frozen=True, slots=True)
class ReplayWish:
    """A source's day in UTC, of some roots or (none named) of all, so many times as fast as it was.

    >>> ReplayWish.parse("lean/ES:2020-01-06:100").roots
    ('ES',)
    """

    source: str
    day: date
    speed: float = 1.0
    roots: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> ReplayWish:
        """Read a wish. Raises `BadWish`."""
        found = _WISH.fullmatch(text)
        if found is None:
            raise BadWish
        try:
            day = date.fromisoformat(found["day"])
        except ValueError:
            raise BadWish from None
        speed = float(found["speed"] or 1.0)
        roots = tuple(found["roots"].split(",")) if found["roots"] else ()
        if not 1.0 <= speed <= FASTEST or not all(_ROOT.fullmatch(root) for root in roots):
            raise BadWish
        return cls(found["source"], day, speed, roots)
