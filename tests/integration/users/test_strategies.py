"""Strategies people keep, over HTTP: made, listed, changed, deleted, bounded, exported, gone with them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.fixtures.people import API, People

STRATEGIES = API + "/strategies"
LEGS = [
    {"symbol": "CL-2026-03-17-75-C", "quantity": 1, "price": 2.31},
    {"symbol": "CL-2026-03-17-80-C", "quantity": -1, "price": None},
]
CONDOR: dict[str, Any] = {
    "name": "Condor",
    "notes": "Out at half.\nNo later.",
    "underlying": "CL",
    "legs": LEGS,
}


def test_a_strategy_is_kept_as_it_was_given(people: People) -> None:
    browser = people.browser(people.register())
    made = browser.post(STRATEGIES, json=CONDOR)
    assert made.status_code == 201
    kept = made.json()
    assert {name: kept[name] for name in CONDOR} == CONDOR
    assert kept["version"] == 1
    assert browser.get(STRATEGIES).json()["items"] == [kept]
    one = browser.get(f"{STRATEGIES}/{kept['id']}")
    assert one.json() == kept
    assert one.headers["etag"] == '"1"'


def test_the_newest_comes_first_and_deleting_takes_one_away(people: People) -> None:
    browser = people.browser(people.register())
    ids = [browser.post(STRATEGIES, json={**CONDOR, "name": name}).json()["id"] for name in ("a", "b", "c")]
    assert [each["id"] for each in browser.get(STRATEGIES).json()["items"]] == ids[::-1]
    assert browser.delete(f"{STRATEGIES}/{ids[1]}").status_code == 204
    assert browser.delete(f"{STRATEGIES}/{ids[1]}").status_code == 404
    assert [each["name"] for each in browser.get(STRATEGIES).json()["items"]] == ["c", "a"]


def test_what_is_left_out_of_a_change_stays(people: People) -> None:
    browser = people.browser(people.register())
    where = f"{STRATEGIES}/{browser.post(STRATEGIES, json=CONDOR).json()['id']}"
    renamed = browser.patch(where, json={"name": "Wider"}).json()
    assert (renamed["name"], renamed["legs"], renamed["version"]) == ("Wider", LEGS, 2)
    fewer = browser.patch(where, json={"legs": LEGS[:1], "notes": ""}).json()
    assert (fewer["legs"], fewer["notes"], fewer["version"]) == (LEGS[:1], "", 3)
    assert browser.patch(where, json={"name": "Wider", "legs": LEGS[:1]}).json()["version"] == 3


def test_a_change_of_an_outdated_version_is_refused(people: People) -> None:
    browser = people.browser(people.register())
    where = f"{STRATEGIES}/{browser.post(STRATEGIES, json=CONDOR).json()['id']}"
    assert browser.patch(where, json={"name": "One"}, headers={"If-Match": '"1"'}).status_code == 200
    assert browser.patch(where, json={"name": "Two"}, headers={"If-Match": '"1"'}).status_code == 412
    assert browser.get(where).json()["name"] == "One"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"name": "a\u0007b"},
        {"notes": "x" * 2_001},
        {"legs": []},
        {"legs": [LEGS[0]] * 21},
        {"legs": [{"symbol": "CL-2026-03-17-75-X", "quantity": 1.5}]},
        {"legs": [{"symbol": "CL-2026-13-17-75-C", "quantity": 1}]},
        {"legs": [{"symbol": "CL-2026-03-17-75-C", "quantity": 0}]},
        {"legs": [{"symbol": "CL-2026-03-17-75-C", "quantity": 1, "owner": "me"}]},
        {"underlying": "cl; drop"},
        {"user_id": str(uuid4())},
    ],
)
def test_what_makes_no_sense_is_refused(people: People, wrong: dict[str, Any]) -> None:
    browser = people.browser(people.register())
    assert browser.post(STRATEGIES, json={**CONDOR, **wrong}).status_code == 422
    assert browser.get(STRATEGIES).json()["items"] == []


def test_another_s_strategy_is_one_that_is_not_there(people: People) -> None:
    owner, stranger = people.browser(people.register()), people.browser(people.register())
    where = f"{STRATEGIES}/{owner.post(STRATEGIES, json=CONDOR).json()['id']}"
    nowhere = f"{STRATEGIES}/{uuid4()}"
    for method, body in (("GET", None), ("PATCH", {"name": "Mine"}), ("DELETE", None)):
        found, missing = (stranger.request(method, path, json=body) for path in (where, nowhere))
        assert (found.status_code, found.json()["code"]) == (404, "unknown_strategy")
        assert missing.json()["code"] == "unknown_strategy"
    assert owner.get(where).json()["name"] == "Condor"
    assert stranger.get(STRATEGIES).json()["items"] == []


def test_the_same_call_again_keeps_it_once(people: People) -> None:
    browser = people.browser(people.register())
    once = {"Idempotency-Key": "one-strategy"}
    first, second = (browser.post(STRATEGIES, json=CONDOR, headers=once) for _ in range(2))
    assert first.json() == second.json()
    assert len(browser.get(STRATEGIES).json()["items"]) == 1


def test_200_are_kept_and_no_more(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    people.sql(
        "INSERT INTO strategies (id, user_id, name, notes, underlying, legs, version, created_at, updated_at)"
        " SELECT gen_random_uuid(), $1::text::uuid, 'One of many', '', 'CL', '[]', 1, now(), now()"
        " FROM generate_series(1, 199)",
        person.id,
    )
    assert browser.post(STRATEGIES, json=CONDOR).status_code == 201
    assert len(browser.get(STRATEGIES).json()["items"]) == 200
    refused = browser.post(STRATEGIES, json=CONDOR)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_strategies")


def test_the_export_has_them_and_they_go_with_the_account(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    kept = browser.post(STRATEGIES, json=CONDOR).json()
    assert browser.get(API + "/users/me/export").json()["strategies"] == [kept]
    gone = browser.request("DELETE", API + "/users/me", json={"password": person.password})
    assert gone.status_code == 204
    assert people.sql("SELECT id FROM strategies WHERE user_id = $1::text::uuid", person.id) == []
