"""R8: registering sets what a person may set and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fixtures.people import AUTH, People, new_email, new_password
from tests.security.test_r80_problem_documents import assert_problem


@pytest.mark.parametrize(
    "extra",
    [
        {"role": "admin"},
        {"is_active": True},
        {"status": "active"},
        {"email_verified": True},
        {"email_verified_at": "2026-01-01T00:00:00Z"},
        {"id": "00000000-0000-0000-0000-000000000001"},
        {"permissions": ["users:write"]},
        {"password_hash": "x"},
        {"mfa_enabled": False},
        {"credentials_epoch": 9},
        {"created_at": "2020-01-01T00:00:00Z"},
        {"is_superuser": True},
    ],
    ids=lambda extra: next(iter(extra)),
)
def test_r08_a_field_that_is_ours_is_refused_and_makes_no_account(
    people: People, extra: dict[str, Any]
) -> None:
    body = {"email": new_email(), "password": new_password(), **extra}
    assert_problem(people.nobody().post(AUTH + "/register", json=body), 422)
    assert people.sql("SELECT id FROM users WHERE email = $1", body["email"]) == []


def test_r08_a_new_account_is_an_ordinary_one(people: People) -> None:
    person = people.register()
    account = people.me(people.tokens(person).access).json()
    assert account["role"] == "trader"
    assert not account["email_verified"]
    assert not [each for each in account["permissions"] if each.startswith("users:")]
