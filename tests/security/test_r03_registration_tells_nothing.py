"""R3: where addresses are confirmed by mail, registering tells nobody whether an address has an account."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, People, new_email, new_password, text_of
from tests.fixtures.races import compare
from tests.fixtures.served import ServedApp, serve_app

# As dear as can be tried 400 times; the shipped 12 rounds make any other difference smaller still.
ROUNDS_OF_HASH = 8


@pytest.fixture(scope="module")
def confirming(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[ServedApp]:
    with serve_app(
        tmp_path_factory.mktemp("confirming"),
        database_server.new_database(),
        require_email_verification=True,
        password_hash_rounds=ROUNDS_OF_HASH,
    ) as served:
        yield served


def register(people: People, address: str) -> tuple[int, bytes, set[str]]:
    body = {"email": address, "password": new_password()}
    answer = people.nobody().post(AUTH + "/register", json=body, headers={"X-Request-ID": "same"})
    return answer.status_code, answer.content, set(answer.headers)


def test_r03_a_new_and_a_known_address_get_the_same_answer_and_mail_tells_the_owner(
    confirming: ServedApp,
) -> None:
    address = new_email()
    answers = [register(confirming.people, address), register(confirming.people, address)]
    assert answers[0] == answers[1]
    assert answers[0][0] == 202
    assert address.encode() not in answers[0][1]
    people = confirming.people
    confirm = people.wait_for_mail(address, "confirm")
    notice = people.wait_for_mail(address, "account already")
    assert "#token=" in text_of(confirm)
    assert "#token=" not in text_of(notice)
    assert people.sql("SELECT count(*) AS n FROM users WHERE email = $1", address) == [{"n": 1}]


@pytest.mark.wall_clock
def test_r03_neither_does_the_time_it_takes(confirming: ServedApp) -> None:
    client, known = confirming.people.nobody(), new_email()
    assert register(confirming.people, known)[0] == 202

    def register_as(address: str) -> None:
        answer = client.post(AUTH + "/register", json={"email": address, "password": new_password()})
        assert answer.status_code == 202

    result = compare(lambda: register_as(new_email()), lambda: register_as(known), side_by_side=2)
    assert result.tells_nothing, result
