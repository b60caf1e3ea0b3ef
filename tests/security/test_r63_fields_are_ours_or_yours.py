"""R63: nobody writes a field that is ours, and no answer has a column made of secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fixtures.operations import api_document, operations
from tests.fixtures.people import API, AUTH, People
from tests.security.test_r80_problem_documents import assert_problem

OURS: list[dict[str, Any]] = [
    {"role": "admin"},
    {"user_id": "00000000-0000-0000-0000-000000000001"},
    {"id": "00000000-0000-0000-0000-000000000001"},
    {"created_at": "2020-01-01T00:00:00Z"},
    {"balance": 1_000_000},
    {"email": "another@example.com"},
    {"email_verified": True},
    {"mfa_enabled": True},
    {"status": "active"},
    {"permissions": ["users:write"]},
    {"password_hash": "x"},
]
SECRET_COLUMN = re.compile(r"hash|seed|sealed|epoch|last_step|handle|selector|email_key|counter")
GIVEN_ONCE = {"secret", "otpauth_uri", "recovery_codes", "key", "access_token", "refresh_token", "mfa_token"}


@pytest.mark.parametrize("extra", OURS, ids=lambda extra: next(iter(extra)))
def test_r63_a_field_that_is_ours_is_refused_with_nothing_changed(
    people: People, extra: dict[str, Any]
) -> None:
    person = people.register()
    client = people.script(person)
    before = client.get(API + "/users/me").json()
    assert_problem(client.patch(API + "/users/me", json={"full_name": "Another", **extra}), 422)
    assert client.get(API + "/users/me").json() == before


@pytest.mark.parametrize("extra", OURS[1:5], ids=lambda extra: next(iter(extra)))
def test_r63_an_administrator_does_not_write_them_either(
    people: People, admin_token: str, extra: dict[str, Any]
) -> None:
    person = people.register()
    client = people.with_bearer(admin_token)
    assert_problem(client.patch(f"{API}/users/{person.id}", json={"role": "viewer", **extra}), 422)
    assert people.me(people.tokens(person).access).json()["role"] == "trader"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (API + "/api-keys", {"name": "a key", "scopes": ["market:read"], "user_id": "x"}),
        (API + "/api-keys", {"name": "a key", "scopes": ["market:read"], "key": "ts_live_chosen"}),
        (API + "/api-keys", {"name": "a key", "scopes": ["users:write"]}),
        (API + "/api-keys", {"name": "a key", "scopes": ["*"]}),
        (AUTH + "/mfa/verify", {"code": "123456", "secret": "JBSWY3DPEHPK3PXP"}),
        (AUTH + "/mfa/setup", {"password": "x", "secret": "JBSWY3DPEHPK3PXP"}),
    ],
)
def test_r63_calls_about_credentials_take_no_more_than_they_say(
    people: People, path: str, body: dict[str, Any]
) -> None:
    assert_problem(people.script(people.register()).post(path, json=body), 422)


def test_r63_no_schema_of_an_answer_has_a_column_made_of_secrets() -> None:
    for name, schema in api_document()["components"]["schemas"].items():
        for field in schema.get("properties", {}):
            assert not SECRET_COLUMN.search(field), f"{name}.{field}"


def test_r63_no_answer_has_one_either(people: People, admin_token: str) -> None:
    person = people.with_role("admin")
    client = people.script(person)
    people.make_key(person, client=client)
    people.set_up_mfa(person, people.browser(person))
    client = people.script(person)
    reads = [
        item
        for item in operations()
        if item.method == "GET" and item.template.startswith((AUTH, API + "/users", API + "/api-keys"))
    ]
    assert len(reads) >= 7
    for operation in reads:
        answer = client.get(operation.path, params=operation.required_query())
        if answer.status_code != 200:
            continue
        names = set(names_in(answer.json()))
        assert not [name for name in names if SECRET_COLUMN.search(name)], operation
        assert not names & (GIVEN_ONCE - {"key"}), operation


def names_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner)
