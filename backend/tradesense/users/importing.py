"""Decides what becomes of people who come from another program, row by row. Pure: it only plans."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Protocol

from tradesense.base.errors import Invalid
from tradesense.users.addresses import email_key
from tradesense.users.values import Address

_BCRYPT: Final = re.compile(r"\$2[aby]\$([0-9]{2})\$[./A-Za-z0-9]{53}")
# A hash of higher cost would keep a processor busy for minutes at each attempt to sign in.
_COSTS: Final = range(4, 16)
_LONGEST_NAME: Final = 120


class Incoming(Protocol):
    """A row of the other program; `row` tells people where it stands."""

    @property
    def row(self) -> int: ...
    @property
    def email(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def created(self) -> datetime | None: ...
    @property
    def password_hash(self) -> str | None: ...
    @property
    def active(self) -> bool: ...


class Outcome(StrEnum):
    """What becomes of a row."""

    WITH_PASSWORD = "with its password"  # noqa: S105 - an outcome, not a password
    WITH_RESET = "without password: a reset is required"
    UNKNOWN_HASH = "unknown password format: a reset is required"
    ALREADY_THERE = "already there"
    TWICE = "twice in the file"
    INVALID_ADDRESS = "invalid address"

    @property
    def is_import(self) -> bool:
        """Tell whether the row becomes an account."""
        return self in (Outcome.WITH_PASSWORD, Outcome.WITH_RESET, Outcome.UNKNOWN_HASH)

    @property
    def is_conflict(self) -> bool:
        """Tell whether somebody has to look at the row."""
        return self in (Outcome.TWICE, Outcome.INVALID_ADDRESS, Outcome.UNKNOWN_HASH)


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what becomes of it; no `address` where it is none. The row `first_row` counts instead."""

    row: int
    outcome: Outcome
    address: Address | None
    full_name: str | None = None
    created_at: datetime | None = None
    password_hash: str | None = None
    active: bool = True
    first_row: int | None = None


def plan_import(rows: Iterable[Incoming], existing: Collection[str], now: datetime) -> list[Planned]:
    """Plan each row, in order. Of rows with one address the first counts; `existing` are address keys."""
    first_rows: dict[str, int] = {}
    return [_plan(row, existing, first_rows, now) for row in rows]


def address_keys(rows: Iterable[Incoming]) -> set[str]:
    """Return the keys of all addresses that are some."""
    addresses = (_address_of(row) for row in rows)
    return {address.key for address in addresses if address is not None}


def _plan(row: Incoming, existing: Collection[str], first_rows: dict[str, int], now: datetime) -> Planned:
    address = _address_of(row)
    if address is None:
        return Planned(row.row, Outcome.INVALID_ADDRESS, None)
    first_row = first_rows.setdefault(address.key, row.row)
    if first_row != row.row:
        return Planned(row.row, Outcome.TWICE, address, first_row=first_row)
    if address.key in existing:
        return Planned(row.row, Outcome.ALREADY_THERE, address)
    outcome = _password_outcome(row.password_hash)
    return Planned(
        row.row,
        outcome,
        address,
        full_name=_name_of(row),
        created_at=_created_of(row, now),
        password_hash=row.password_hash if outcome is Outcome.WITH_PASSWORD else None,
        active=row.active,
    )


def _address_of(row: Incoming) -> Address | None:
    try:
        return email_key(row.email or "")
    except Invalid:
        return None


def _password_outcome(password_hash: str | None) -> Outcome:
    if not password_hash:
        return Outcome.WITH_RESET
    found = _BCRYPT.fullmatch(password_hash)
    return Outcome.WITH_PASSWORD if found and int(found[1]) in _COSTS else Outcome.UNKNOWN_HASH


def _name_of(row: Incoming) -> str | None:
    name = "".join(character for character in row.name or "" if character.isprintable()).strip()
    return name[:_LONGEST_NAME] or None


def _created_of(row: Incoming, now: datetime) -> datetime | None:
    if row.created is None:
        return None
    created = row.created.astimezone(UTC) if row.created.tzinfo else row.created.replace(tzinfo=UTC)
    return created if created <= now else None
