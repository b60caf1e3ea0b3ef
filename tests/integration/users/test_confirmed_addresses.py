"""Where addresses must be confirmed first: nobody can tell which have an account."""

from __future__ import annotations

from pathlib import Path

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, Person, link_token, new_email, new_password
from tests.fixtures.served import ServedApp, serve_app
from tests.fixtures.waiting import wait_until


def _join(served: ServedApp) -> Person:
    people = served.people
    person = Person(new_email(), new_password())
    body = {"email": person.email, "password": person.password}
    assert people.nobody().post(AUTH + "/register", json=body).status_code == 202
    people.nobody().post(AUTH + "/email/verify/resend", json={"email": person.email})
    # The link sent again voids the first.
    links = [link_token(people.wait_for_mail(person.email, "confirm", count=count)) for count in (1, 2)]
    verify = [people.nobody().post(AUTH + "/email/verify", json={"token": link}) for link in links]
    assert [answer.status_code for answer in verify] == [400, 204]
    return person


def test_a_change_to_an_address_that_has_an_account_tells_its_owner_only(
    tmp_path: Path, database_server: DatabaseServer
) -> None:
    url = database_server.new_database()
    with serve_app(tmp_path, url, require_email_verification=True) as served:
        people = served.people
        north, south = _join(served), _join(served)
        script, free = people.script(north), new_email()
        answers = [
            script.post(AUTH + "/email/change", json={"password": north.password, "new_email": email})
            for email in (south.email, free)
        ]
        assert [answer.status_code for answer in answers] == [202, 202]
        assert answers[0].content == answers[1].content
        people.wait_for_mail(free, "confirm your new")
        assert "#token=" not in str(people.wait_for_mail(south.email, "have an account already"))


def test_what_an_unconfirmed_account_bears_is_recognised_nowhere(
    tmp_path: Path, database_server: DatabaseServer
) -> None:
    url = database_server.new_database()
    with serve_app(tmp_path, url, require_email_verification=True) as served:
        people = served.people
        person = _join(served)
        tokens, key = people.tokens(person), people.make_key(person)["key"]
        assert [people.me(each).status_code for each in (tokens.access, key)] == [200, 200]

        # As of an account that was made before the installation asked for confirmed addresses.
        people.sql("UPDATE users SET email_verified_at = NULL WHERE email = $1", person.email)
        for credential in (tokens.access, key):
            wait_until(lambda each=credential: people.me(each).status_code == 401)
        assert people.refresh(tokens.refresh).status_code == 401
