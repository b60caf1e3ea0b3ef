"""R83: each event adds one entry in UTC, its owner reads it, and nobody can change or delete one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from tests.fixtures.people import API, AUTH, People, Person, link_token, new_email, new_password
from tests.fixtures.served import MovableClock, ServedApp


class Log:
    """The entries about one person, as they come."""

    def __init__(self, people: People, person: Person) -> None:
        self._people = people
        self._person = person
        self._seen = 0

    def new(self) -> list[str]:
        rows = self._people.sql(
            "SELECT event FROM audit_log WHERE user_id = $1::text::uuid ORDER BY id", self._person.id
        )
        events = [str(row["event"]) for row in rows[self._seen :]]
        self._seen = len(rows)
        return events


def test_r83_each_event_adds_exactly_one_entry(people: People, clock: MovableClock) -> None:
    person = people.register()
    log = Log(people, person)
    assert log.new() == ["registered"]
    people.log_in(Person(person.email, new_password()))
    assert log.new() == ["sign_in_failed"]
    browser = people.browser(person)
    assert log.new() == ["signed_in"]
    browser.post(AUTH + "/refresh")
    assert log.new() == []

    assert browser.patch(API + "/users/me", json={"full_name": "Another"}).status_code == 200
    assert log.new() == ["profile_changed"]
    key = people.make_key(person, client=browser)
    assert log.new() == ["api_key_made"]
    assert browser.delete(f"{API}/api-keys/{key['id']}").status_code == 204
    assert log.new() == ["api_key_revoked"]

    changed = new_password()
    body = {"current_password": person.password, "new_password": changed}
    assert browser.post(AUTH + "/password/change", json=body).status_code == 204
    person.password = changed
    assert log.new() == ["password_changed"]

    people.set_up_mfa(person, browser)
    assert log.new() == ["mfa_enabled"]
    clock.advance(seconds=60)
    body = {"email": person.email, "password": person.password}
    step = people.nobody().post(AUTH + "/login", json=body).json()["mfa_token"]
    people.nobody().post(AUTH + "/mfa/challenge", json={"mfa_token": step, "code": "000000"})
    assert log.new() == ["code_failed"]
    proof = {"password": person.password, "code": people.code(person)}
    assert browser.post(AUTH + "/mfa/disable", json=proof).status_code == 204
    assert log.new() == ["mfa_disabled"]

    people.nobody().post(AUTH + "/password/forgot", json={"email": person.email})
    token = link_token(people.wait_for_mail(person.email, "new password"))
    assert log.new() == ["password_reset_asked"]
    body = {"token": token, "password": new_password()}
    assert people.nobody().post(AUTH + "/password/reset", json=body).status_code == 204
    person.password = body["password"]
    assert log.new() == ["password_reset"]

    browser = people.browser(person)
    assert log.new() == ["signed_in"]
    new = new_email()
    body = {"password": person.password, "new_email": new}
    assert browser.post(AUTH + "/email/change", json=body).status_code == 202
    assert log.new() == ["email_change_asked"]
    token = link_token(people.wait_for_mail(new, "confirm"))
    assert people.nobody().post(AUTH + "/email/verify", json={"token": token}).status_code == 204
    person.email = new
    assert log.new() == ["email_changed"]
    people.browser(person).post(AUTH + "/logout")
    assert log.new() == ["signed_in", "signed_out"]
    people.browser(person).post(AUTH + "/logout-all")
    assert log.new() == ["signed_in", "signed_out_everywhere"]


def test_r83_what_an_administrator_does_says_who_did_it(
    people: People, admin: Person, admin_token: str
) -> None:
    person = people.register()
    chief = people.with_bearer(admin_token)
    for change in ({"role": "viewer"}, {"status": "disabled"}, {"status": "active"}):
        assert chief.patch(f"{API}/users/{person.id}", json=change).status_code == 200
    rows = people.sql(
        "SELECT event, actor_id FROM audit_log WHERE user_id = $1::text::uuid ORDER BY id", person.id
    )
    assert [row["event"] for row in rows] == ["registered", "role_changed", "disabled", "enabled"]
    assert {str(row["actor_id"]) for row in rows[1:]} == {admin.id}


def test_r83_an_undone_change_leaves_no_entry(people: People) -> None:
    person = people.register()
    before = people.sql("SELECT count(*) AS n FROM audit_log")
    body = {"email": person.email, "password": new_password()}
    assert people.nobody().post(AUTH + "/register", json=body).status_code == 409
    assert people.sql("SELECT count(*) AS n FROM audit_log") == before


def test_r83_the_owner_reads_it_with_time_and_place(people: People, clock: MovableClock) -> None:
    person = people.register()
    client = people.script(person, headers={"User-Agent": "Desk One"}, from_address="127.0.3.1")
    items = client.get(API + "/users/me/audit").json()["items"]
    newest = items[0]
    assert (newest["event"], newest["ip"], newest["user_agent"]) == ("signed_in", "127.0.3.1", "Desk One")
    assert newest["ts"].endswith("Z")
    at = datetime.fromisoformat(newest["ts"])
    assert at.tzinfo == UTC
    assert abs(clock.now() - at) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET event = 'nothing'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "DROP TABLE audit_log",
        "ALTER TABLE audit_log DISABLE TRIGGER ALL",
        "INSERT INTO audit_log (id, ts, event, detail) OVERRIDING SYSTEM VALUE VALUES (1, now(), 'x', '{}')",
    ],
)
def test_r83_the_program_s_own_role_cannot_change_it(people: People, statement: str) -> None:
    people.register()
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.UniqueViolationError)):
        people.sql(statement)


def test_r83_not_even_the_owner_of_the_tables_changes_an_entry(
    served_app: ServedApp, database_server
) -> None:
    from tests.fixtures.served import run_sql

    served_app.people.register()
    owner = database_server.owner_url(served_app.database_url)
    for statement in ("UPDATE audit_log SET event = 'nothing'", "DELETE FROM audit_log"):
        with pytest.raises(asyncpg.PostgresError):
            run_sql(owner, statement)
