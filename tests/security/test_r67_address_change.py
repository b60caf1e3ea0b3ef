"""R67: an address changes once the new one is confirmed; mail survives a mail server that is down."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import command, environment_for, free_port
from tests.fixtures.people import API, AUTH, People, Person, link_token, new_email, new_password
from tests.security.test_r80_problem_documents import assert_problem

CHANGE, VERIFY = AUTH + "/email/change", AUTH + "/email/verify"


def test_r67_the_old_address_stands_until_the_new_one_is_confirmed(people: People) -> None:
    person, new = people.register(), new_email()
    client = people.script(person)
    answer = client.post(CHANGE, json={"password": person.password, "new_email": new})
    assert answer.status_code == 202
    assert client.get(API + "/users/me").json()["email"] == person.email
    assert people.log_in(Person(new, person.password)).status_code == 401
    people.wait_for_mail(person.email, "about to change")
    token = link_token(people.wait_for_mail(new, "confirm"))
    assert people.nobody().post(VERIFY, json={"token": token}).status_code == 204
    assert people.log_in(person).status_code == 401
    assert people.me(people.tokens(Person(new, person.password)).access).json()["email"] == new
    assert_problem(people.nobody().post(VERIFY, json={"token": token}), 400)


@pytest.mark.parametrize("password", ["", "not the one it is"])
def test_r67_without_the_password_nothing_is_sent(people: People, password: str) -> None:
    person, new = people.register(), new_email()
    answer = people.script(person).post(CHANGE, json={"password": password, "new_email": new})
    assert answer.status_code in (401, 403, 422)
    rows = people.sql("SELECT kind FROM mail_outbox WHERE user_id = $1::text::uuid", person.id)
    assert "confirm_new_address" not in [row["kind"] for row in rows]


def test_r67_a_taken_address_is_not_taken_over(people: People) -> None:
    owner, person = people.register(), people.register()
    body = {"password": person.password, "new_email": owner.email}
    assert people.script(person).post(CHANGE, json=body).status_code in (202, 409)
    assert people.log_in(owner).status_code == 200
    assert people.log_in(Person(owner.email, person.password)).status_code == 401


def test_r67_of_two_who_confirm_one_address_the_first_has_it(people: People) -> None:
    new, both = new_email(), [people.register(), people.register()]
    for person in both:
        body = {"password": person.password, "new_email": new}
        assert people.script(person).post(CHANGE, json=body).status_code == 202
    tokens = [link_token(people.wait_for_mail(new, "confirm", count=count)) for count in (1, 2)]
    statuses = [people.nobody().post(VERIFY, json={"token": token}).status_code for token in tokens]
    assert statuses == [204, 409]


@pytest.mark.parametrize("mail_url", [None, "console:", "file:/var/mail/tradesense"])
def test_r67_production_does_not_start_without_a_mail_server(tmp_path: Path, mail_url: str | None) -> None:
    variables = {
        "ENVIRONMENT": "production",
        "PORT": str(free_port()),
        "PUBLIC_URL": "https://desk.example.org",
    }
    for name in ("JWT_SIGNING_KEY", "CSRF_KEY", "TOKEN_HASH_KEY", "ENCRYPTION_KEY", "CURSOR_SIGNING_KEY"):
        variables[name] = f"{name}-9c1e7b0d4f5a4f53b7e2-of-good-length"
    if mail_url is not None:
        variables["MAIL_URL"] = mail_url
    done = subprocess.run(
        [*command(), "run"],
        cwd=PROJECT,
        check=False,
        env=environment_for(tmp_path / "data", **variables),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert b"  MAIL_URL: " in done.stderr
    assert done.stderr.count(b"\n  ") == 1, "nothing else is wrong with these settings"


def test_r67_the_other_sessions_and_links_of_the_old_address_end(people: People) -> None:
    person, new = people.register(), new_email()
    people.nobody().post(AUTH + "/password/forgot", json={"email": person.email})
    reset = link_token(people.wait_for_mail(person.email, "new password"))
    body = {"password": person.password, "new_email": new}
    assert people.script(person).post(CHANGE, json=body).status_code == 202
    token = link_token(people.wait_for_mail(new, "confirm"))
    assert people.nobody().post(VERIFY, json={"token": token}).status_code == 204
    answer = people.nobody().post(AUTH + "/password/reset", json={"token": reset, "password": new_password()})
    assert_problem(answer, 400)
