"""R16: who signs in with a hash of an older kind has one of today's afterwards, for the same password."""

from __future__ import annotations

import bcrypt
import pytest

from tests.fixtures.people import People, Person, new_password


def hash_of(people: People, person: Person) -> str:
    return str(
        people.sql("SELECT password_hash AS h FROM users WHERE id = $1::text::uuid", person.id)[0]["h"]
    )


@pytest.mark.parametrize("rounds", [4, 5, 10])
@pytest.mark.parametrize("prefix", [b"2a", b"2b"])
def test_r16_a_plain_bcrypt_hash_becomes_one_of_ours(people: People, rounds: int, prefix: bytes) -> None:
    person = people.register()
    kept = bcrypt.hashpw(person.password.encode(), bcrypt.gensalt(rounds, prefix)).decode()
    people.sql("UPDATE users SET password_hash = $1 WHERE id = $2::text::uuid", kept, person.id)

    assert people.log_in(Person(person.email, new_password())).status_code == 401
    assert hash_of(people, person) == kept
    assert people.log_in(person).status_code == 200
    renewed = hash_of(people, person)
    assert renewed.startswith("$bcrypt-sha256$v=2,t=2b,r=4$")
    assert people.log_in(person).status_code == 200
    assert hash_of(people, person) == renewed


def test_r16_a_new_hash_says_its_scheme_and_cost(people: People) -> None:
    first, second = people.register(password="quiet marmots juggle"), people.register()
    assert hash_of(people, first).startswith("$bcrypt-sha256$v=2,t=2b,r=4$")
    assert hash_of(people, first) != hash_of(people, second)
