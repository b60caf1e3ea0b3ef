"""R50: a changed role, or a changed list of what a role allows, acts on the very next request."""

from __future__ import annotations

from tests.fixtures.people import API, People
from tests.security.test_r80_problem_documents import assert_problem


def test_r50_an_administrator_no_longer_one_is_refused_with_the_old_token(
    people: People, admin_token: str
) -> None:
    demoted = people.with_role("admin")
    client = people.script(demoted)
    for _ in range(3):
        assert client.get(API + "/users").status_code == 200
    chief = people.with_bearer(admin_token)
    assert chief.patch(f"{API}/users/{demoted.id}", json={"role": "viewer"}).status_code == 200
    assert_problem(client.get(API + "/users"), 403)
    assert client.get(API + "/users/me").json()["role"] == "viewer"


def test_r50_who_is_promoted_may_at_once(people: People, admin_token: str) -> None:
    person = people.register()
    client = people.script(person)
    assert_problem(client.get(API + "/users"), 403)
    chief = people.with_bearer(admin_token)
    assert chief.patch(f"{API}/users/{person.id}", json={"role": "admin"}).status_code == 200
    assert client.get(API + "/users").status_code == 200


def test_r50_a_key_does_no_more_than_its_owner_may(people: People, admin_token: str) -> None:
    person = people.with_role("admin")
    key = people.with_bearer(people.make_key(person, "market:read", "market:write")["key"])
    assert "market:write" in key.get(API + "/users/me").json()["permissions"]
    chief = people.with_bearer(admin_token)
    assert chief.patch(f"{API}/users/{person.id}", json={"role": "viewer"}).status_code == 200
    assert key.get(API + "/users/me").json()["permissions"] == ["market:read"]
