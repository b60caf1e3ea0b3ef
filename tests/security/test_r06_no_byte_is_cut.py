"""R6: every byte of a password counts, past 72 of them too, and none breaks the check."""

from __future__ import annotations

import time

import pytest

from tests.fixtures.people import AUTH, People, Person, new_email
from tests.security.test_r80_problem_documents import assert_problem


def test_r06_what_differs_after_72_bytes_is_another_password(people: People) -> None:
    head = "quite ordinary words that go on and on until seventy-two bytes are ful"
    head = (head + "......")[:72]
    person = people.register(password=head + "X")
    assert people.log_in(Person(person.email, head + "X")).status_code == 200
    for other in (head + "Y", head, head + "XX"):
        assert people.log_in(Person(person.email, other)).status_code == 401


def test_r06_letters_of_four_bytes_are_taken_and_all_count(people: People) -> None:
    emoji = [chr(0x1F600 + 37 * number % 64) for number in range(64)]
    person = people.register(password="".join(emoji))
    assert people.log_in(person).status_code == 200
    assert people.log_in(Person(person.email, "".join([*emoji[:-1], "\U0001f680"]))).status_code == 401


def test_r06_nul_is_refused_and_never_ends_a_password(people: People) -> None:
    for path in ("/register", "/login"):
        for password in ("abcdefgh\0jklmnop", "abcdefgh\0xyzxyzx", "\0" * 20):
            body = {"email": new_email(), "password": password}
            assert_problem(people.nobody().post(AUTH + path, json=body), 422)


@pytest.mark.wall_clock
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("password", ["x" * 10_000, "\u00e9" * 5_000, "", "\u202e"])
def test_r06_any_other_length_at_login_is_refused_within_a_second(
    people: People, known: bool, password: str
) -> None:
    address = people.register().email if known else new_email()
    started = time.perf_counter()
    answer = people.log_in(Person(address, password))
    assert time.perf_counter() - started < 1.0
    assert answer.status_code in (401, 422)
    assert_problem(answer, answer.status_code)
