"""R51: people see where they are signed in, without any token, and end what they don't know."""

from __future__ import annotations

from tests.fixtures.operations import NOBODYS_ID
from tests.fixtures.people import API, AUTH, People
from tests.security.test_r80_problem_documents import assert_problem

SESSIONS = AUTH + "/sessions"


def test_r51_each_is_shown_with_times_and_device_and_without_a_token(people: People) -> None:
    person = people.register()
    here = people.tokens(person, headers={"User-Agent": "Desk One"}, from_address="127.0.2.1")
    there = people.tokens(person, headers={"User-Agent": "Desk Two"}, from_address="127.0.2.2")
    answer = people.nobody().get(SESSIONS, headers=here.bearer)
    assert answer.status_code == 200
    shown = {item["user_agent"]: item for item in answer.json()["items"]}
    assert set(shown) == {"Desk One", "Desk Two"}
    assert (shown["Desk One"]["ip"], shown["Desk Two"]["ip"]) == ("127.0.2.1", "127.0.2.2")
    assert (shown["Desk One"]["current"], shown["Desk Two"]["current"]) == (True, False)
    for item in shown.values():
        assert {"id", "created_at", "last_used_at"} <= set(item)
        assert not any("token" in name or "hash" in name for name in item)
    for secret in (here.access, here.refresh, there.access, there.refresh):
        assert secret not in answer.text


def test_r51_ending_one_s_own_session_ends_its_tokens(people: People) -> None:
    person = people.register()
    here, there = people.tokens(person), people.tokens(person, headers={"User-Agent": "Elsewhere"})
    client = people.with_bearer(here.access)
    items = client.get(SESSIONS).json()["items"]
    theirs = next(item["id"] for item in items if item["user_agent"] == "Elsewhere")
    assert people.me(there.access).status_code == 200
    assert client.delete(f"{SESSIONS}/{theirs}").status_code == 204
    assert people.me(there.access).status_code == 401
    assert people.refresh(there.refresh).status_code == 401
    assert [item["id"] for item in client.get(SESSIONS).json()["items"]] != []
    assert theirs not in [item["id"] for item in client.get(SESSIONS).json()["items"]]


def test_r51_another_s_session_is_not_there(people: People) -> None:
    stranger = people.script(people.register())
    theirs = stranger.get(SESSIONS).json()["items"][0]["id"]
    client = people.script(people.register())
    for session_id in (theirs, NOBODYS_ID):
        assert_problem(client.delete(f"{SESSIONS}/{session_id}"), 404)
    assert stranger.get(API + "/users/me").status_code == 200
