"""What becomes of people who come from another program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from tradesense.users.importing import Outcome, address_keys, plan_import

NOW = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)
BCRYPT = "$2b$10$" + "a" * 53


@dataclass
class Row:
    row: int
    email: str | None
    name: str | None = None
    created: datetime | None = None
    password_hash: str | None = None
    active: bool = True


def outcomes(*rows: Row, existing: set[str] | None = None) -> list[Outcome]:
    return [each.outcome for each in plan_import(rows, existing or set(), NOW)]


@pytest.mark.parametrize("prefix", ["$2a$", "$2b$", "$2y$"])
def test_a_password_is_kept_where_its_hash_is_known(prefix: str) -> None:
    hashed = f"{prefix}12${'B./9' * 13}z"
    (planned,) = plan_import([Row(1, "north@example.com", password_hash=hashed)], set(), NOW)
    assert (planned.outcome, planned.password_hash) == (Outcome.WITH_PASSWORD, hashed)


@pytest.mark.parametrize(
    "hashed",
    [
        "password in the clear",
        "$2b$31$" + "a" * 53,
        "$2b$03$" + "a" * 53,
        "$2x$10$" + "a" * 53,
        "$2b$10$" + "a" * 52,
        "$2b$10$" + "a" * 53 + "\n",
        "$2b$1٠$" + "a" * 53,
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
        "5f4dcc3b5aa765d61d8327deb882cf99",
    ],
)
def test_any_other_hash_is_dropped_and_a_reset_required(hashed: str) -> None:
    (planned,) = plan_import([Row(1, "north@example.com", password_hash=hashed)], set(), NOW)
    assert (planned.outcome, planned.password_hash) == (Outcome.UNKNOWN_HASH, None)


@pytest.mark.parametrize("hashed", [None, ""])
def test_who_has_no_password_comes_without(hashed: str | None) -> None:
    assert outcomes(Row(1, "north@example.com", password_hash=hashed)) == [Outcome.WITH_RESET]


def test_of_rows_with_one_address_the_first_counts() -> None:
    planned = plan_import([Row(1, "North@Example.com"), Row(2, "north@EXAMPLE.com ")], set(), NOW)
    assert [(each.outcome, each.first_row) for each in planned] == [
        (Outcome.WITH_RESET, None),
        (Outcome.TWICE, 1),
    ]


def test_who_is_there_already_stays_as_they_are() -> None:
    row = Row(1, "North@Example.com", password_hash=BCRYPT)
    assert outcomes(row, existing={"north@example.com"}) == [Outcome.ALREADY_THERE]


@pytest.mark.parametrize("email", [None, "", "north", "a@b.c\r\nBcc: x@y", "x" * 400 + "@example.com"])
def test_what_is_no_address_is_told(email: str | None) -> None:
    assert outcomes(Row(1, email)) == [Outcome.INVALID_ADDRESS]
    assert address_keys([Row(1, email)]) == set()


def test_names_and_times_are_made_fit() -> None:
    rows = [
        Row(1, "a@example.com", name="  North\nL.\0 ", created=datetime(2021, 1, 2, 3, 4)),  # noqa: DTZ001
        Row(2, "b@example.com", name="x" * 500, created=NOW + timedelta(days=1)),
        Row(3, "c@example.com", name=" \n", created=None),
    ]
    planned = plan_import(rows, set(), NOW)
    assert [each.full_name for each in planned] == ["NorthL.", "x" * 120, None]
    assert [each.created_at for each in planned] == [datetime(2021, 1, 2, 3, 4, tzinfo=UTC), None, None]
