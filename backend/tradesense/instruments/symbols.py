"""Canonical symbols: one spelling per instrument, read and written here only.

    future      ES-2020-03, or BTC-2026-09-21 where a root lists several expiries a month
    option      SPXW-2021-01-06-3700-P    root, expiry date, strike, right
    perpetual   BTC-PERP
    plain       SPX, NIFTY, SPY, BAJAJ-AUTO    an index or an equity

A root is upper case, starts with a letter or digit and may hold `& . _` and hyphenated parts that start
with a letter, so that every symbol reads back in exactly one way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tradesense.instruments.errors import BadSymbol
from tradesense.instruments.values import Kind, Right

_ROOT = r"(?P<root>[A-Z0-9][A-Z0-9&._]*(?:-(?!PERP(?:-|$))[A-Z&][A-Z0-9&._]*)*)"
_YEAR_MONTH = r"(?P<year>\d{4})-(?P<month>\d{2})"
_STRIKE = r"(?P<strike>-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?)"
_OPTION = re.compile(rf"{_ROOT}-{_YEAR_MONTH}-(?P<day>\d{{2}})-{_STRIKE}-(?P<right>[CP])")
_FUTURE = re.compile(rf"{_ROOT}-{_YEAR_MONTH}(?:-(?P<day>\d{{2}}))?")
_PERPETUAL = re.compile(rf"{_ROOT}-PERP")
_PLAIN = re.compile(_ROOT)
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class ParsedSymbol:
    """What a symbol says by itself; `kind` is `None` for a plain one, which may be an index or an equity."""

    text: str
    root: str
    kind: Kind | None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    strike: float | None = None
    right: Right | None = None

    @property
    def expiry(self) -> date | None:
        """The expiry date the symbol spells out, if it names a day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def sort_key(self) -> tuple[str, int, int, int, float, str]:
        """Order by root, then expiry, then strike as a number, then call before put."""
        return (
            self.root,
            self.year or 0,
            self.month or 0,
            self.day or 0,
            self.strike if self.strike is not None else 0.0,
            self.right or "",
        )


def is_root(text: str) -> bool:
    """Tell whether `text` may stand as the root of a symbol."""
    return len(text) <= _LONGEST and _PLAIN.fullmatch(text) is not None


def format_strike(strike: float) -> str:
    """Write a strike with the digits that give it back exactly and no trailing zeros: `75`, `4.125`."""
    plain = format(Decimal(repr(float(strike))), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def future_symbol(root: str, year: int, month: int, day: int | None = None) -> str:
    """Name a future by delivery month, or by expiry day where its root lists several a month.

    Raises `BadSymbol` for a root or a date that could not be read back.
    """
    text = f"{root}-{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return parse_symbol(text).text


def option_symbol(root: str, expiry: date, strike: float, right: Right | str) -> str:
    """Name an option. Raises `BadSymbol` for a root or strike that could not be read back."""
    return parse_symbol(f"{root}-{expiry.isoformat()}-{format_strike(strike)}-{Right(right).value}").text


def perpetual_symbol(root: str) -> str:
    """Name a perpetual. Raises `BadSymbol` for a bad root."""
    return parse_symbol(f"{root}-PERP").text


def parse_symbol(text: str) -> ParsedSymbol:
    """Read a canonical symbol. Raises `BadSymbol` for anything else, including other spellings of one."""
    if len(text) > _LONGEST:
        raise BadSymbol(text[:_LONGEST])
    if found := _OPTION.fullmatch(text):
        return _dated(text, Kind.OPTION, found)
    if found := _FUTURE.fullmatch(text):
        return _dated(text, Kind.FUTURE, found)
    if found := _PERPETUAL.fullmatch(text):
        return ParsedSymbol(text, found["root"], Kind.PERPETUAL)
    if _PLAIN.fullmatch(text):
        return ParsedSymbol(text, text, None)
    raise BadSymbol(text)


def symbol_sort_key(text: str) -> tuple[str, int, int, int, float, str]:
    """Order symbols as a trader reads them: strikes by value, not by spelling."""
    return parse_symbol(text).sort_key


def _dated(text: str, kind: Kind, found: re.Match[str]) -> ParsedSymbol:
    year, month = int(found["year"]), int(found["month"])
    day = int(found["day"]) if found["day"] is not None else None
    try:
        date(year, month, day or 1)
    except ValueError as wrong:
        raise BadSymbol(text) from wrong
    if kind is Kind.FUTURE:
        return ParsedSymbol(text, found["root"], kind, year, month, day)
    if found["strike"] == "-0":
        raise BadSymbol(text)
    return ParsedSymbol(
        text, found["root"], kind, year, month, day, float(found["strike"]), Right(found["right"])
    )
