"""R9: whatever is wrong at sign-in, the answer is the same to the byte, and nobody is let in by half."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, People, Person, new_email, new_password
from tests.fixtures.served import ServedApp, serve_app
from tests.security.test_r80_problem_documents import assert_problem

VARY = {"date", "x-process-time", "ratelimit", "ratelimit-policy", "x-request-id"}
FORMS = ("login", "token")


@pytest.fixture(scope="module")
def confirming(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[ServedApp]:
    url = database_server.new_database()
    with serve_app(tmp_path_factory.mktemp("confirming"), url, require_email_verification=True) as served:
        yield served


def unconfirmed(people: People) -> Person:
    person = Person(new_email(), new_password())
    body = {"email": person.email, "password": person.password}
    assert people.nobody().post(AUTH + "/register", json=body).status_code == 202
    people.wait_for_mail(person.email)
    return person


def confirmed(people: People) -> Person:
    person = unconfirmed(people)
    people.sql("UPDATE users SET email_verified_at = now() WHERE email = $1", person.email)
    return person


def changed(people: People, assignment: str) -> Person:
    person = confirmed(people)
    people.sql(f"UPDATE users SET {assignment} WHERE email = $1", person.email)
    return person


def sign_in(people: People, person: Person, form: str) -> httpx.Response:
    client = people.nobody(headers={"X-Request-ID": "the-same"})
    if form == "token":
        return client.post(AUTH + "/token", data={"username": person.email, "password": person.password})
    return client.post(AUTH + "/login", json={"email": person.email, "password": person.password})


def shown(answer: httpx.Response) -> tuple[bytes, dict[str, str]]:
    return answer.content, {name: text for name, text in answer.headers.items() if name not in VARY}


@pytest.mark.parametrize("form", FORMS)
def test_r09_wrong_unknown_disabled_unconfirmed_and_without_password_look_the_same(
    confirming: ServedApp, form: str
) -> None:
    people = confirming.people
    known = confirmed(people)
    assert sign_in(people, known, form).status_code == 200
    failures = {
        "wrong": Person(known.email, new_password()),
        "unknown": Person(new_email(), new_password()),
        "disabled": changed(people, "status = 'disabled'"),
        "unconfirmed": unconfirmed(people),
        "without password": changed(people, "password_hash = NULL"),
        "strange hash": changed(people, "password_hash = '!'"),
    }
    answers = {why: sign_in(people, person, form) for why, person in failures.items()}
    for why, answer in answers.items():
        assert assert_problem(answer, 401)["code"] == "invalid_credentials", why
        assert "set-cookie" not in answer.headers, why
        assert shown(answer) == shown(answers["wrong"]), why


def test_r09_trying_too_often_looks_the_same_for_an_address_nobody_has(people: People) -> None:
    strangers = Person(new_email(), new_password())
    known = Person(people.register().email, new_password())
    answers = [[sign_in(people, person, "login") for _ in range(12)] for person in (known, strangers)]
    statuses = [[answer.status_code for answer in each] for each in answers]
    assert statuses[0] == statuses[1]
    assert statuses[0][0] == 401
    assert statuses[0][-1] == 429
    assert [shown(each) for each in answers[0][:5]] == [shown(each) for each in answers[1][:5]]
    assert answers[0][-1].json() == answers[1][-1].json()
