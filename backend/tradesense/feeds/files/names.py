"""Reads the venues' own names of contracts: pure text; `ValueError` for another spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tradesense.instruments import Right

MONTH_CODES = "FGHJKMNQUVXZ"
_MONTHS_TRADED_AFTER = 4
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_OSI = re.compile(r"(?P<root>[A-Z0-9.]{1,6}) *(?P<day>\d{6})(?P<right>[CP])(?P<strike>\d{8})")
_DERIBIT = re.compile(
    r"(?P<root>[A-Z0-9]+(?:_[A-Z0-9]+)?)-(?:(?P<perpetual>PERPETUAL)|(?P<day>\d{1,2})(?P<month>[A-Z]{3})(?P<year>\d\d)"
    r"(?:-(?P<strike>\d+(?:d\d+)?)-(?P<right>[CP]))?)"
)
_OKX = re.compile(
    r"(?P<root>[A-Z0-9]+)-(?P<quote>[A-Z0-9]+)-(?P<day>\d{6})-(?P<strike>\d+(?:\.\d+)?)-(?P<right>[CP])"
)
_CME = re.compile(
    rf"(?P<root>[A-Z0-9]{{1,4}}?)(?P<month>[{MONTH_CODES}])(?P<year>\d{{1,2}})"
    r"(?: (?P<right>[CP])(?P<strike>-?\d+(?:\.\d+)?))?"
)


@dataclass(frozen=True, slots=True)
class ContractName:
    """What a venue's name says: root and, where it has them, expiry, delivery month, strike and right."""

    root: str
    kind: Literal["future", "option", "perpetual"]
    expiry: date | None = None
    year: int | None = None
    month: int | None = None
    strike: float | None = None
    right: Right | None = None


def parse_osi(text: str) -> ContractName:
    """Read an OCC option symbol: `SPXW230914C01200000`."""
    found = _OSI.fullmatch(text)
    if found is None:
        raise ValueError("not an OCC option symbol")
    expiry = parse_yymmdd(found["day"])
    strike = int(found["strike"]) / 1000
    return ContractName(found["root"], "option", expiry, strike=strike, right=Right(found["right"]))


def parse_deribit(text: str) -> ContractName:
    """Read a Deribit name: `BTC-28AUG26-105000-C`, `BTC-25DEC26`, `XRP_USDC-2OCT26-1d5-P`."""
    found = _DERIBIT.fullmatch(text)
    if found is None:
        raise ValueError("not the name of a single contract")
    if found["perpetual"]:
        return ContractName(found["root"], "perpetual")
    expiry = date(2000 + int(found["year"]), _month(found["month"]), int(found["day"]))
    if found["strike"] is None:
        return ContractName(found["root"], "future", expiry, expiry.year, expiry.month)
    strike = float(found["strike"].replace("d", "."))
    return ContractName(found["root"], "option", expiry, strike=strike, right=Right(found["right"]))


def parse_okx(text: str) -> ContractName:
    """Read an OKX option name: `BTC-USD-270326-90000-C`."""
    found = _OKX.fullmatch(text)
    if found is None:
        raise ValueError("not an OKX option name")
    root = found["root"] if found["quote"] == "USD" else f"{found['root']}_{found['quote']}"
    return ContractName(
        root, "option", parse_yymmdd(found["day"]), strike=float(found["strike"]), right=Right(found["right"])
    )


def parse_cme(text: str, near: date) -> ContractName:
    """Read a CME Globex name: `ESM4`, `ESM4 P5230`; a short year is the first in which it still trades.

    `near` is a day on which it traded. A contract of three-month SOFR trades more than three months
    past the month in its name, so four are allowed for.
    """
    found = _CME.fullmatch(text)
    if found is None:
        raise ValueError("not the name of a single contract")
    month = MONTH_CODES.index(found["month"]) + 1
    year = _full_year(found["year"], month, near)
    if found["right"] is None:
        return ContractName(found["root"], "future", year=year, month=month)
    return ContractName(
        found["root"],
        "option",
        year=year,
        month=month,
        strike=float(found["strike"]),
        right=Right(found["right"]),
    )


def parse_contract_month(text: str) -> tuple[int, int]:
    """Read `202003` or `20200300`."""
    if not re.fullmatch(r"\d{6}(00)?", text):
        raise ValueError("not a contract month")
    year, month = int(text[:4]), int(text[4:6])
    if not 1 <= month <= 12 or not 1900 <= year <= 2199:
        raise ValueError("not a contract month")
    return year, month


def parse_yymmdd(text: str) -> date:
    """Read `230914`."""
    return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))


def parse_day_month_year(text: str) -> date:
    """Read `29-Aug-2019`, in any case."""
    parts = text.split("-")
    if len(parts) != 3 or not (parts[0].isdigit() and parts[2].isdigit() and len(parts[2]) == 4):
        raise ValueError("not a date like 29-Aug-2019")
    return date(int(parts[2]), _month(parts[1].upper()), int(parts[0]))


def parse_iso_date(text: str) -> date:
    """Read `2026-08-28` and nothing longer."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("not a date like 2026-08-28")
    return date.fromisoformat(text)


def parse_long_weekday_date(text: str) -> date:
    """Read `Thu Sep 14 2023`, and hold the weekday to it."""
    return datetime.strptime(text, "%a %b %d %Y").date()  # noqa: DTZ007 - a day has no zone


def _month(code: str) -> int:
    if code not in MONTHS:
        raise ValueError(f"{code!r} is no month")
    return MONTHS.index(code) + 1


def _full_year(digits: str, month: int, near: date) -> int:
    earliest = near.year * 12 + near.month - 1 - _MONTHS_TRADED_AFTER
    first_year = -((month - 1 - earliest) // 12)
    span: int = 10 ** len(digits)
    return first_year + (int(digits) - first_year) % span
