"""R10: an address nobody has takes as long to refuse as a wrong password, also one hashed at another cost."""

from __future__ import annotations

from collections.abc import Iterator

import bcrypt
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, People, new_email, new_password
from tests.fixtures.races import compare
from tests.fixtures.served import ServedApp, serve_app

# As dear as can be tried 800 times; the shipped 12 rounds make any other difference smaller still.
ROUNDS_OF_HASH = 8


@pytest.fixture(scope="module")
def dear(tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer) -> Iterator[ServedApp]:
    url = database_server.new_database()
    folder = tmp_path_factory.mktemp("dear")
    with serve_app(folder, url, password_hash_rounds=ROUNDS_OF_HASH) as served:
        yield served


def fail(people: People, address: str) -> None:
    # Each failure counts against the account, so the count is forgotten now and then.
    client = people.nobody()
    answer = client.post(AUTH + "/login", json={"email": address, "password": new_password()})
    assert answer.status_code == 401, answer.text


def many(people: People, **assigned: str) -> Iterator[str]:
    """Return addresses of so many accounts that no one of them is tried too often."""
    addresses = [people.register().email for _ in range(40)]
    for column, value in assigned.items():
        people.sql(f"UPDATE users SET {column} = $1 WHERE email = ANY($2)", value, addresses)
    while True:
        yield from addresses


@pytest.mark.wall_clock
def test_r10_unknown_and_wrong_take_the_same_time(dear: ServedApp) -> None:
    known = many(dear.people)
    result = compare(lambda: fail(dear.people, new_email()), lambda: fail(dear.people, next(known)))
    assert result.difference < 0.10, result


@pytest.mark.wall_clock
def test_r10_also_where_the_account_s_hash_is_of_another_cost(dear: ServedApp) -> None:
    cheap = bcrypt.hashpw(new_password().encode(), bcrypt.gensalt(ROUNDS_OF_HASH - 2)).decode()
    known = many(dear.people, password_hash=cheap)
    result = compare(lambda: fail(dear.people, new_email()), lambda: fail(dear.people, next(known)))
    assert result.difference < 0.10, result
