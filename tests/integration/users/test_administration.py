"""What administrators do with the accounts of others, over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.fixtures.people import API, People, Person, audit_of

ME = API + "/users/me"


def test_only_administrators_see_and_change_others(people: People, admin: Person) -> None:
    person = people.register()
    for who, expected in (("viewer", 403), ("trader", 403)):
        script = people.script(people.with_role(who))
        assert script.get(API + "/users").status_code == expected
        change = script.patch(f"{API}/users/{person.id}", json={"role": "admin"})
        unknown = script.patch(f"{API}/users/{uuid4()}", json={"role": "admin"})
        assert change.status_code == unknown.status_code == expected
    assert people.nobody().get(API + "/users").status_code == 401
    assert people.script(admin).patch(f"{API}/users/{uuid4()}", json={"role": "viewer"}).status_code == 404


def test_administrators_find_accounts_by_a_part_of_the_address(people: People, admin: Person) -> None:
    persons = [people.register() for _ in range(3)]
    script = people.script(admin)
    found = script.get(API + "/users", params={"q": persons[1].email.upper()[:15]}).json()["items"]
    assert [each["id"] for each in found] == [persons[1].id]
    assert set(found[0]) == {
        "id", "email", "full_name", "role", "status", "email_verified", "mfa_enabled", "created_at",
        "last_login_at",
    }  # fmt: skip
    first = script.get(API + "/users", params={"limit": 2, "role": "trader"}).json()
    second = script.get(
        API + "/users", params={"limit": 2, "role": "trader", "cursor": first["next_cursor"]}
    ).json()
    ids = [each["id"] for each in first["items"] + second["items"]]
    assert ids[:3] == [person.id for person in reversed(persons)]
    assert script.get(API + "/users", params={"cursor": first["next_cursor"]}).status_code == 422
    assert (
        script.get(API + "/users", params={"status": "disabled", "q": persons[0].email}).json()["items"] == []
    )


def test_r50_a_role_counts_from_the_next_request(people: People, admin: Person) -> None:
    person = people.register()
    script, manager = people.script(person), people.script(admin)
    assert script.get(API + "/users").status_code == 403
    manager.patch(f"{API}/users/{person.id}", json={"role": "admin"})
    assert script.get(API + "/users").status_code == 200
    manager.patch(f"{API}/users/{person.id}", json={"role": "viewer"})
    assert script.get(API + "/users").status_code == 403
    assert script.get(ME).json()["role"] == "viewer"
    people.wait_for_mail(person.email, "role was changed", count=2)
    assert audit_of(people, person).count("role_changed") == 2
    events = script.get(ME + "/audit").json()["items"]
    assert (events[0]["event"], events[0]["by_you"], events[0]["ip"]) == ("role_changed", False, None)
    assert events[0]["detail"] == {"from": "admin", "to": "viewer"}


def test_r49_disabling_ends_sessions_and_keys_at_once_and_for_good(people: People, admin: Person) -> None:
    person = people.register()
    tokens = people.tokens(person)
    key = people.make_key(person)["key"]
    manager = people.script(admin)
    assert people.me(tokens.access).status_code == people.me(key).status_code == 200
    assert (
        manager.patch(f"{API}/users/{person.id}", json={"status": "disabled"}).json()["status"] == "disabled"
    )
    assert people.me(tokens.access).status_code == people.me(key).status_code == 401
    assert people.refresh(tokens.refresh).status_code == 401
    assert people.log_in(person).status_code == 401
    manager.patch(f"{API}/users/{person.id}", json={"status": "active"})
    assert people.me(tokens.access).status_code == people.me(key).status_code == 401
    assert people.refresh(tokens.refresh).status_code == 401
    assert people.log_in(person).status_code == 200
    assert [event for event in audit_of(people, person) if event in ("disabled", "enabled")] == [
        "disabled",
        "enabled",
    ]


@pytest.mark.parametrize(
    "body", [{"email": "x@example.com"}, {"role": "owner"}, {"status": "gone"}, {"role": "viewer", "id": "1"}]
)
def test_administrators_change_role_and_status_only(
    people: People, admin: Person, body: dict[str, str]
) -> None:
    person = people.register()
    manager = people.script(admin)
    assert manager.patch(f"{API}/users/{person.id}", json=body).status_code == 422
    assert people.log_in(person).json()["user"]["role"] == "trader"
