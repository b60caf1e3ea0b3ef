"""R4: a password may be long and made of anything, its blanks count, and its bound is cheap to reach."""

from __future__ import annotations

import secrets
import string
import time

import pytest

from tests.fixtures.people import AUTH, People, Person, new_email, new_password
from tests.security.test_r80_problem_documents import assert_problem

PASSWORDS = {
    "64 characters": "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(64)),
    "128 characters": "".join(secrets.choice(string.printable.strip()) for _ in range(128)),
    "lower case only": "quiet marmot juggles eleven violet anvils",
    "digits only": "".join(secrets.choice(string.digits) for _ in range(24)),
    "1024 bytes": secrets.token_hex(512),
    "other scripts": "\u0433\u0440\u043e\u043c\u043a\u0438\u0439 \u5e03\u8c37\u9ce5 \u03ba\u03bf\u03cd 8",
    "quotes and SQL": "x'); DROP TABLE users; --\"\\%_",
}


@pytest.mark.parametrize("password", PASSWORDS.values(), ids=PASSWORDS.keys())
def test_r04_it_is_taken_and_lets_in(people: People, password: str) -> None:
    person = people.register(password=password)
    assert people.log_in(person).status_code == 200
    for other in (password[:-1], password + "x", password.swapcase()):
        if other != password:
            assert people.log_in(Person(person.email, other)).status_code in (401, 422)


@pytest.mark.parametrize("form", [" {}", "{} ", "  {}  ", "{} {}"])
def test_r04_blanks_are_part_of_it(people: People, form: str) -> None:
    bare = new_password()
    password = form.format(bare, bare)
    person = people.register(password=password)
    assert people.log_in(person).status_code == 200
    for other in (password.strip(), password.replace(" ", ""), f" {password}"):
        if other != password:
            assert people.log_in(Person(person.email, other)).status_code == 401


@pytest.mark.parametrize("size", [1025, 10_000])
def test_r04_past_1024_bytes_it_is_refused_at_once(people: People, size: int) -> None:
    client = people.nobody()
    body = {"email": new_email(), "password": secrets.token_hex(size)[:size]}

    def seconds_to_refuse() -> float:
        started = time.perf_counter()
        answer = client.post(AUTH + "/register", json=body)
        elapsed = time.perf_counter() - started
        assert_problem(answer, 422)
        return elapsed

    assert min(seconds_to_refuse() for _ in range(5)) < 0.05
