"""R64: the same call at the same moment is done once, and an older version replaces no newer one."""

from __future__ import annotations

import secrets

import pytest

from tests.fixtures.people import API, People
from tests.fixtures.races import ROUNDS, at_once
from tests.security.test_r80_problem_documents import assert_problem

KEYS, PREFERENCES = API + "/api-keys", API + "/users/me/preferences"
BODY = {"name": "a key", "scopes": ["market:read"]}


@pytest.mark.parametrize("number", range(ROUNDS))
def test_r64_twenty_posts_with_one_idempotency_key_make_one(people: People, number: int) -> None:
    person = people.register()
    client = people.script(person, headers={"Idempotency-Key": secrets.token_hex(8)})
    answers = at_once(20, lambda _: client.post(KEYS, json=BODY))
    assert [answer.status_code for answer in answers] == [201] * 20
    assert len({answer.content for answer in answers}) == 1
    assert people.sql("SELECT count(*) AS n FROM api_keys WHERE user_id = $1::text::uuid", person.id) == [
        {"n": 1}
    ]
    assert people.me(answers[0].json()["key"]).status_code == 200


def test_r64_the_key_with_another_body_is_refused_and_another_s_key_is_another_key(people: People) -> None:
    headers = {"Idempotency-Key": secrets.token_hex(8)}
    client, other = (people.script(people.register(), headers=headers) for _ in range(2))
    first = client.post(KEYS, json=BODY)
    assert first.status_code == 201
    assert_problem(client.post(KEYS, json={**BODY, "name": "another"}), 409)
    theirs = other.post(KEYS, json=BODY)
    assert theirs.status_code == 201
    assert theirs.json()["key"] != first.json()["key"]


def test_r64_a_failed_call_may_be_repeated_with_the_same_key(people: People) -> None:
    client = people.script(people.register(), headers={"Idempotency-Key": secrets.token_hex(8)})
    assert_problem(client.post(KEYS, json={**BODY, "scopes": []}), 422)
    assert client.post(KEYS, json=BODY).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 300, "a b", "\u00e9".encode()])
def test_r64_an_idempotency_key_that_is_none_is_refused(people: People, key: str | bytes) -> None:
    client = people.script(people.register())
    answer = client.post(KEYS, json=BODY, headers={"Idempotency-Key": key})
    assert_problem(answer, 422)


def test_r64_a_stale_version_is_refused(people: People) -> None:
    client = people.script(people.register())
    first = client.put(PREFERENCES, json={"document": {"theme": "dark"}})
    assert first.status_code == 200
    stale = {"If-Match": first.headers["etag"]}
    assert client.put(PREFERENCES, json={"document": {"theme": "light"}}, headers=stale).status_code == 200
    assert_problem(client.put(PREFERENCES, json={"document": {"theme": "blue"}}, headers=stale), 412)
    assert client.get(PREFERENCES).json()["document"] == {"theme": "light"}


@pytest.mark.parametrize("number", range(ROUNDS))
def test_r64_of_many_who_replace_one_version_one_does(people: People, number: int) -> None:
    client = people.script(people.register())
    version = client.put(PREFERENCES, json={"document": {}}).headers["etag"]
    answers = at_once(
        10,
        lambda who: client.put(PREFERENCES, json={"document": {"who": who}}, headers={"If-Match": version}),
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, *[412] * 9]
    winner = next(answer for answer in answers if answer.status_code == 200)
    assert client.get(PREFERENCES).json() == winner.json()


def test_r64_of_many_who_end_one_session_each_is_told_the_truth(people: People) -> None:
    person = people.register()
    there, client = people.tokens(person, headers={"User-Agent": "Elsewhere"}), people.script(person)
    items = client.get(API + "/auth/sessions").json()["items"]
    theirs = next(item["id"] for item in items if item["user_agent"] == "Elsewhere")
    answers = at_once(10, lambda _: client.delete(f"{API}/auth/sessions/{theirs}"))
    assert sorted(answer.status_code for answer in answers) == [204, *[404] * 9]
    assert people.me(there.access).status_code == 401
    events = people.sql(
        "SELECT 1 FROM audit_log WHERE user_id = $1::text::uuid AND event = 'session_revoked'", person.id
    )
    assert len(events) == 1
