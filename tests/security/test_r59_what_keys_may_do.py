"""R59: a key does what its scopes say and its maker may, until it ends; it manages no credentials."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.fixtures.operations import NOBODYS_ID
from tests.fixtures.people import API, AUTH, People, bearer, new_password
from tests.fixtures.races import at_once
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

KEYS = API + "/api-keys"
MOST_KEYS = 25
CREDENTIALS = [
    ("GET", "/api-keys", None),
    ("POST", "/api-keys", {"name": "another", "scopes": ["market:read"]}),
    ("DELETE", f"/api-keys/{NOBODYS_ID}", None),
    ("GET", "/auth/mfa", None),
    ("POST", "/auth/mfa/setup", {}),
    ("POST", "/auth/mfa/verify", {"code": "123456"}),
    ("POST", "/auth/mfa/disable", {"password": "x", "code": "123456"}),
    ("POST", "/auth/mfa/recovery-codes", {"password": "x", "code": "123456"}),
    ("POST", "/auth/password/change", {"current_password": "x", "new_password": new_password()}),
    ("GET", "/auth/sessions", None),
    ("DELETE", f"/auth/sessions/{NOBODYS_ID}", None),
    ("POST", "/auth/logout-all", None),
    ("PATCH", "/users/me", {"full_name": "North"}),
    ("DELETE", "/users/me", {"password": "x"}),
    ("GET", "/users/me/export", None),
    ("GET", "/users", None),
    ("PATCH", f"/users/{NOBODYS_ID}", {"role": "admin"}),
]


@pytest.mark.parametrize(("method", "path", "body"), CREDENTIALS, ids=lambda each: str(each)[:30])
def test_r59_a_key_manages_no_credentials_and_nobody(
    people: People, method: str, path: str, body: dict[str, object] | None
) -> None:
    person = people.with_role("admin")
    key = people.make_key(
        person, "market:read", "market:write", "portfolio:read", "portfolio:write", "alerts:write"
    )["key"]
    answer = people.with_bearer(key).request(method, API + path, json=body)
    assert assert_problem(answer, 403)["code"] == "insufficient_scope"
    assert people.me(key).status_code == 200
    assert people.log_in(person).status_code == 200


def test_r59_without_the_scope_a_key_is_refused(people: People) -> None:
    person = people.register()
    reads, writes = people.make_key(person), people.make_key(person, "alerts:write")
    assert people.with_bearer(reads["key"]).get(API + "/futures").status_code == 200
    answer = people.with_bearer(writes["key"]).get(API + "/futures")
    assert assert_problem(answer, 403)["code"] == "insufficient_scope"


def test_r59_a_key_says_what_it_may_do(people: People) -> None:
    key = people.make_key(people.register(), "market:read")["key"]
    assert people.me(key).json()["permissions"] == ["market:read"]


@pytest.mark.parametrize(("role", "scope"), [("viewer", "portfolio:write"), ("trader", "market:write")])
def test_r59_nobody_gives_a_key_what_they_may_not_do(people: People, role: str, scope: str) -> None:
    script = people.script(people.with_role(role))
    answer = script.post(KEYS, json={"name": "more", "scopes": ["market:read", scope]})
    assert assert_problem(answer, 403)["code"] == "insufficient_scope"
    assert script.get(KEYS).json()["items"] == []


def test_r59_a_key_loses_what_its_maker_loses(people: People) -> None:
    person, admin = people.register(), people.script(people.with_role("admin"))
    key = people.make_key(person, "market:read", "portfolio:write")["key"]
    assert people.me(key).json()["permissions"] == ["market:read", "portfolio:write"]
    assert admin.patch(f"{API}/users/{person.id}", json={"role": "viewer"}).status_code == 200
    assert people.me(key).json()["permissions"] == ["market:read"]
    assert admin.patch(f"{API}/users/{person.id}", json={"status": "disabled"}).status_code == 200
    assert_problem(people.me(key), 401)


def test_r59_a_revoked_key_is_refused_at_once(people: People) -> None:
    person = people.register()
    script = people.script(person)
    kept, ended = (people.make_key(person, client=script) for _ in range(2))
    assert people.me(ended["key"]).status_code == 200

    assert script.delete(f"{KEYS}/{ended['id']}").status_code == 204
    assert_problem(people.me(ended["key"]), 401)
    assert people.me(kept["key"]).status_code == 200
    assert [item["id"] for item in script.get(KEYS).json()["items"]] == [kept["id"]]
    assert_problem(script.delete(f"{KEYS}/{ended['id']}"), 404)


def test_r59_an_expired_key_is_refused_at_once(people: People, clock: MovableClock) -> None:
    person = people.register()
    key = people.make_key(person, expires_in_days=1)["key"]
    clock.advance(hours=23, minutes=59)
    assert people.me(key).status_code == 200
    clock.advance(minutes=1, seconds=1)
    assert_problem(people.me(key), 401)


def test_r59_the_key_of_another_is_as_unknown_as_one_that_never_was(people: People) -> None:
    mine, theirs = people.register(), people.register()
    key = people.make_key(theirs)
    script = people.script(mine)
    foreign, unknown = script.delete(f"{KEYS}/{key['id']}"), script.delete(f"{KEYS}/{NOBODYS_ID}")
    documents = [assert_problem(answer, 404) for answer in (foreign, unknown)]
    assert {**documents[0], "request_id": ""} == {**documents[1], "request_id": ""}
    assert people.me(key["key"]).status_code == 200


@pytest.mark.parametrize("name", ["key", "api_key", "token", "access_token", "authorization"])
def test_r59_a_key_in_the_address_is_nobody(people: People, name: str) -> None:
    key = people.make_key(people.register())["key"]
    assert_problem(people.nobody().get(API + "/futures", params={name: key}), 401)
    assert_problem(people.nobody().get(API + "/users/me", params={name: f"Bearer {key}"}), 401)


@pytest.mark.parametrize("cookie", ["auth-token", "refresh-token"])
def test_r59_a_key_does_not_refresh(people: People, cookie: str) -> None:
    key = people.make_key(people.register())["key"]
    assert_problem(people.refresh(key), 401)
    headers = {"Cookie": f"{cookie}={key}", "Sec-Fetch-Site": "same-origin"}
    assert people.nobody().post(AUTH + "/refresh", headers=headers).status_code in (401, 403)


def test_r59_no_more_than_25_keys_work_at_a_time(people: People) -> None:
    person = people.register()
    script = people.script(person)
    body = {"name": "one of many", "scopes": ["market:read"]}
    made = [people.make_key(person, client=script) for _ in range(MOST_KEYS - 2)]
    answers = at_once(8, lambda _: script.post(KEYS, json=body))

    assert Counter(answer.status_code for answer in answers) == {201: 2, 409: 6}
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert assert_problem(refused, 409)["code"] == "too_many_keys"
    assert script.delete(f"{KEYS}/{made[0]['id']}").status_code == 204
    assert script.post(KEYS, json=body).status_code == 201
    assert script.post(KEYS, json=body).status_code == 409


def test_r59_the_keys_of_who_is_gone_are_nobodys(people: People) -> None:
    person = people.register()
    script = people.script(person)
    key = people.make_key(person, client=script)["key"]
    answer = script.request("DELETE", API + "/users/me", json={"password": person.password})
    assert answer.status_code == 204, answer.text
    assert_problem(people.me(key), 401)


def test_r59_keys_outlive_the_session_that_made_them_but_are_two_persons_business_never(
    people: People,
) -> None:
    one, other = people.register(), people.register()
    browser = people.browser(one)
    key = people.make_key(one, client=browser)["key"]
    assert browser.post(AUTH + "/logout").status_code == 204
    assert people.me(key).status_code == 200

    mixed = people.browser(other).get(API + "/users/me", headers=bearer(key))
    assert assert_problem(mixed, 400)["code"] == "two_callers"
