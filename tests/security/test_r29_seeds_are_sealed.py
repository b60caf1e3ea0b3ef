"""R29: the seeds in the database are sealed, each for its person, with a key that is not there."""

from __future__ import annotations

import secrets
from base64 import b32decode, b64encode
from pathlib import Path

import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.mfa import begin_step, give_code, give_password, with_mfa
from tests.fixtures.people import AUTH, People, Person
from tests.fixtures.served import MovableClock, serve_app
from tests.security.test_r80_problem_documents import assert_problem

TABLES = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"


def everything_in_the_database(people: People) -> str:
    """Return every row of every table as text; bytes are in hexadecimal."""
    return "\n".join(
        str(row["row"])
        for table in people.sql(TABLES)
        for row in people.sql(f'SELECT t::text AS row FROM "{table["name"]}" t')
    )


@pytest.mark.parametrize("enabled", [True, False])
def test_r29_no_form_of_the_seed_is_in_the_database(
    people: People, clock: MovableClock, enabled: bool
) -> None:
    if enabled:
        person = with_mfa(people, clock)
    else:
        person = people.register()
        body = {"password": person.password}
        person.seed = people.browser(person).post(AUTH + "/mfa/setup", json=body).json()["secret"]
    assert person.seed is not None
    raw = b32decode(person.seed)
    dump = everything_in_the_database(people)

    assert person.id in dump
    for form in (person.seed, person.seed.encode().hex(), raw.hex(), b64encode(raw).decode()):
        assert form not in dump
        assert form.lower() not in dump.lower()


def test_r29_a_seed_sealed_for_one_does_not_open_for_another(people: People, clock: MovableClock) -> None:
    mine, theirs = with_mfa(people, clock), with_mfa(people, clock)
    people.sql(
        "UPDATE second_factors theirs SET sealed_seed = mine.sealed_seed FROM second_factors mine"
        " WHERE mine.user_id = $1::text::uuid AND theirs.user_id = $2::text::uuid",
        mine.id,
        theirs.id,
    )
    begin_step(clock)
    assert_problem(give_code(people, give_password(people, theirs), people.code(mine)), 401)


def test_r29_with_another_key_the_seeds_are_lost_and_recovery_codes_are_not(
    tmp_path: Path, database_server: DatabaseServer
) -> None:
    url = database_server.new_database()
    with serve_app(tmp_path / "one", url, encryption_key=secrets.token_hex(32)) as first:
        person = with_mfa(first.people, first.clock)
    with serve_app(tmp_path / "two", url, encryption_key=secrets.token_hex(32)) as second:
        people: People = second.people
        again = Person(person.email, person.password, person.id, person.seed)
        begin_step(second.clock)
        token = give_password(people, again)
        assert_problem(give_code(people, token, people.code(again)), 401)
        assert give_code(people, token, recovery_code=person.recovery_codes[0]).status_code == 200
