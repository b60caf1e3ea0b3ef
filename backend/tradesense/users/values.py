"""The words about people: roles, states of an account, an address in its two forms."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """The roles that come with the program; what each allows stands in `role_permissions`."""

    VIEWER = "viewer"
    TRADER = "trader"
    ADMIN = "admin"


class Status(StrEnum):
    """Whether an account may be used."""

    ACTIVE = "active"
    DISABLED = "disabled"


class Address(NamedTuple):
    """A mail address: as it is written to and shown, and the form that tells whether two are the same."""

    email: str
    key: str
