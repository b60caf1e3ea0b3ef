"""Where addresses must be confirmed first: nobody can tell which have an account."""

from __future__ import annotations

from pathlib import Path

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, Person, link_token, new_email, new_password
from tests.fixtures.served import ServedApp, serve_app


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
        ada, bob = _join(served), _join(served)
        script, free = people.script(ada), new_email()
        answers = [
            script.post(AUTH + "/email/change", json={"password": ada.password, "new_email": email})
            for email in (bob.email, free)
        ]
        assert [answer.status_code for answer in answers] == [202, 202]
        assert answers[0].content == answers[1].content
        people.wait_for_mail(free, "confirm your new")
        assert "#token=" not in str(people.wait_for_mail(bob.email, "have an account already"))
