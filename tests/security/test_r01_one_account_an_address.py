"""R1: an e-mail address makes one account, however it is written, and no mail header can be added by it."""

from __future__ import annotations

import secrets

import pytest

from tests.fixtures.people import API, AUTH, People, Person, bearer, new_password
from tests.security.test_r80_problem_documents import assert_problem

NOT_ADDRESSES = [
    "a@b.c\r\nBcc:x@y",
    "a@example.com\nBcc: b@example.com",
    "a@example.com\r",
    "a\x00b@example.com",
    "a@example.com,b@example.com",
    "North <a@example.com>",
    "a@exam\u2028ple.com",
    "\u202ea@example.com",
    "a b@example.com",
    "@example.com",
    "a@",
    "a",
    "a@" + "x" * 300 + ".com",
]


def register(people: People, address: str, password: str) -> tuple[int, str]:
    body = {"email": address, "password": password}
    answer = people.nobody().post(AUTH + "/register", json=body)
    return answer.status_code, answer.json().get("code", "")


def id_by_login(people: People, address: str, password: str) -> str:
    token = people.tokens(Person(address, password)).access
    answer = people.nobody().get(API + "/users/me", headers=bearer(token))
    return str(answer.json()["id"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{}@Example.COM ", "{}@example.com"),
        ("U1{}@example.com", " u1{}@EXAMPLE.com"),
        ("{}@b\u00fccher.example.com", "{}@xn--bcher-kva.example.com"),
        ("STRA\u1e9eE{}@example.com", "stra\u00dfe{}@example.com"),
    ],
)
def test_r01_two_ways_to_write_an_address_are_one_account(people: People, first: str, second: str) -> None:
    unique, password = secrets.token_hex(5), new_password()
    first, second = first.format(unique), second.format(unique)
    assert register(people, first, password) == (201, "")
    assert register(people, second, password) == (409, "email_taken")

    found = people.sql("SELECT id FROM users WHERE email_key LIKE '%' || $1 || '%'", unique)
    assert len(found) == 1
    assert {id_by_login(people, way, password) for way in (first, second)} == {str(found[0]["id"])}


def test_r01_two_addresses_are_two_accounts(people: People) -> None:
    unique, password = secrets.token_hex(5), new_password()
    for address in (f"{unique}@example.com", f"{unique}@example.org", f"{unique}+desk@example.com"):
        assert register(people, address, password) == (201, "")


@pytest.mark.parametrize("address", NOT_ADDRESSES)
def test_r01_what_could_add_a_header_or_is_no_address_is_refused(people: People, address: str) -> None:
    before = people.sql("SELECT count(*) AS n FROM users")
    for path in ("/register", "/password/forgot", "/login"):
        body = {"email": address, "password": new_password()}
        if path == "/password/forgot":
            del body["password"]
        answer = people.nobody().post(AUTH + path, json=body)
        assert answer.status_code in ((401, 422) if path == "/login" else (422,)), path
        assert_problem(answer, answer.status_code)
    assert people.sql("SELECT count(*) AS n FROM users") == before
