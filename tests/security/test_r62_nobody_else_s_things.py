"""R62: what belongs to another is not there: the same answer as for an id that nobody has, and no effect."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fixtures.operations import NOBODYS_ID, Operation, operations
from tests.fixtures.people import API, AUTH, People, Person, Tokens

WITH_IDS = [
    item
    for item in operations()
    if any(
        parameter["in"] == "path" and parameter["schema"].get("format") == "uuid"
        for parameter in item.document.get("parameters", ())
    )
]
BODIES: dict[str, dict[str, Any]] = {"PATCH": {"role": "viewer"}, "PUT": {}, "POST": {}}
BODIES_BY_PATH: dict[str, dict[str, Any]] = {
    f"PATCH {API}/watchlists/{{list_id}}": {"name": "Mine now"},
    f"PATCH {API}/strategies/{{strategy_id}}": {"name": "Mine now"},
}
STRATEGY = {"name": "Condor", "underlying": "CL", "legs": [{"symbol": "CL-2026-03-17-75-C", "quantity": 1}]}


def belongings(people: People, owner: Person, tokens: Tokens) -> dict[str, str]:
    """Return an id of everything that has one."""
    client = people.with_bearer(tokens.access)
    return {
        "session": client.get(AUTH + "/sessions").json()["items"][0]["id"],
        "key": people.make_key(owner, client=client)["id"],
        "watchlist": client.post(API + "/watchlists", json={"name": "Energy"}).json()["id"],
        "strategy": client.post(API + "/strategies", json=STRATEGY).json()["id"],
        "user": owner.id,
    }


def test_r62_there_are_routes_with_ids_to_try() -> None:
    assert {f"{item.method} {item.template.partition('{')[0]}" for item in WITH_IDS} >= {
        f"DELETE {AUTH}/sessions/",
        f"DELETE {API}/api-keys/",
        f"PATCH {API}/users/",
        f"PATCH {API}/watchlists/",
        f"PATCH {API}/strategies/",
    }


@pytest.mark.parametrize("operation", WITH_IDS, ids=str)
def test_r62_another_s_id_and_nobody_s_are_answered_alike(people: People, operation: Operation) -> None:
    owner = people.register()
    tokens = people.tokens(owner)
    owned = belongings(people, owner, tokens)
    key = people.make_key(owner)["key"]
    stranger = people.script(people.register(), headers={"X-Request-ID": "the-same"})
    body = BODIES_BY_PATH.get(str(operation), BODIES.get(operation.method))
    head = operation.template.partition("{")[0]
    tail = operation.template.partition("}")[2]
    answers = {
        name: stranger.request(operation.method, head + item + tail, json=body)
        for name, item in {**owned, "nobody": NOBODYS_ID}.items()
    }
    for name, answer in answers.items():
        assert answer.status_code in (403, 404), name
        assert answer.content == answers["nobody"].content, name
    for credential in (tokens.access, key):
        assert people.me(credential).status_code == 200
    assert people.me(tokens.access).json()["role"] == "trader"
    kept = people.with_bearer(tokens.access).get(f"{API}/watchlists/{owned['watchlist']}")
    assert kept.json()["name"] == "Energy"
    own = people.with_bearer(tokens.access).get(f"{API}/strategies/{owned['strategy']}")
    assert own.json()["name"] == "Condor"
    assert people.refresh(tokens.refresh).status_code == 200


@pytest.mark.parametrize(
    "path", [AUTH + "/sessions", API + "/api-keys", API + "/users/me/audit", API + "/watchlists"]
)
def test_r62_lists_show_one_s_own_only(people: People, path: str) -> None:
    owner = people.register()
    owned = belongings(people, owner, people.tokens(owner))
    stranger = people.register()
    client = people.script(stranger)
    text = client.get(path).text
    for item in (*owned.values(), owner.email):
        assert item not in text


def test_r62_a_cursor_of_another_s_list_is_refused(people: People) -> None:
    def with_keys(person: Person) -> str:
        client = people.script(person)
        for _ in range(3):
            people.make_key(person, client=client)
        return str(client.get(API + "/api-keys", params={"limit": 1}).json()["next_cursor"])

    owner, stranger = people.register(), people.register()
    theirs, own = with_keys(owner), with_keys(stranger)
    client = people.script(stranger)
    assert client.get(API + "/api-keys", params={"cursor": own}).status_code == 200
    assert client.get(API + "/api-keys", params={"cursor": theirs}).status_code == 422


def test_r62_an_export_holds_one_s_own_only(people: People) -> None:
    owner = people.register()
    owned = belongings(people, owner, people.tokens(owner))
    answer = people.script(people.register()).get(API + "/users/me/export")
    assert answer.status_code == 200
    for item in (*owned.values(), owner.email):
        assert item not in answer.text
