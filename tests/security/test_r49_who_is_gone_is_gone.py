"""R49: a disabled or deleted account can do nothing any more: no token, no key, no sign-in."""

from __future__ import annotations

import pytest

from tests.fixtures.people import API, AUTH, People, Person


def disable(people: People, person: Person, admin_token: str) -> None:
    client = people.with_bearer(admin_token)
    answer = client.patch(f"{API}/users/{person.id}", json={"status": "disabled"})
    assert answer.status_code == 200, answer.text


def delete(people: People, person: Person, admin_token: str) -> None:
    answer = people.browser(person).request("DELETE", API + "/users/me", json={"password": person.password})
    assert answer.status_code == 204, answer.text


@pytest.mark.parametrize("end", [disable, delete])
def test_r49_token_refresh_key_link_and_login_are_refused(people: People, admin_token: str, end) -> None:
    person = people.register()
    tokens, key = people.tokens(person), people.make_key(person)["key"]
    browser = people.browser(person)
    for credential in (tokens.access, key):
        assert people.nobody().get(API + "/futures", headers=_bearer(credential)).status_code == 200
    end(people, person, admin_token)
    for credential in (tokens.access, key):
        assert people.nobody().get(API + "/futures", headers=_bearer(credential)).status_code == 401
    assert people.refresh(tokens.refresh).status_code == 401
    assert browser.get(API + "/users/me").status_code == 401
    assert browser.post(AUTH + "/refresh").status_code == 401
    assert people.log_in(person).status_code == 401


def test_r49_who_is_enabled_again_signs_in_anew(people: People, admin_token: str) -> None:
    person = people.register()
    tokens = people.tokens(person)
    disable(people, person, admin_token)
    client = people.with_bearer(admin_token)
    assert client.patch(f"{API}/users/{person.id}", json={"status": "active"}).status_code == 200
    assert people.me(tokens.access).status_code == 401
    assert people.log_in(person).status_code == 200


def test_r49_who_is_deleted_leaves_no_row_but_the_log(people: People) -> None:
    person = people.register()
    people.make_key(person)
    delete(people, person, "")
    for table in ("sessions", "api_keys", "second_factors", "recovery_codes", "links", "preferences"):
        rows = people.sql(f"SELECT 1 FROM {table} WHERE user_id = $1::text::uuid", person.id)
        assert rows == [], table
    assert people.sql("SELECT 1 FROM users WHERE id = $1::text::uuid", person.id) == []
    assert people.sql("SELECT event FROM audit_log WHERE user_id = $1::text::uuid", person.id)


def _bearer(credential: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {credential}"}
