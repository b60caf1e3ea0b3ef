"""R58: API keys are strong and recognisable, refused unasked where mistyped, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import re
import zlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fixtures.app import NO_DATABASE, client_of, settings_for
from tests.fixtures.people import API, People, bearer
from tests.fixtures.races import at_once
from tests.fixtures.served import MovableClock
from tests.fixtures.waiting import wait_until
from tests.security.test_r80_problem_documents import assert_problem
from tradesense.run.api import create_app

KEYS = API + "/api-keys"
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def checksum(body: str) -> str:
    rest, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        digits = BASE62[digit] + digits
    return digits


def some_key(random: str = "a" * 40) -> str:
    return "ts_live_" + random + checksum("ts_live_" + random)


def mistyped(key: str) -> str:
    return key[:-1] + ("0" if key[-1] != "0" else "1")


def test_r58_a_key_has_our_prefix_37_random_characters_or_more_and_their_checksum(people: People) -> None:
    person = people.register()
    keys = {people.make_key(person)["key"] for _ in range(5)}

    assert len(keys) == 5
    for key in keys:
        assert re.fullmatch(r"ts_live_[0-9A-Za-z]{43,}", key)
        assert checksum(key[:-6]) == key[-6:]


def test_r58_a_key_works_as_bearer(people: People) -> None:
    person = people.register()
    made = people.make_key(person)
    assert people.me(made["key"]).json()["id"] == person.id
    assert people.with_bearer(made["key"]).get(API + "/futures").status_code == 200


async def test_r58_a_mistyped_key_is_refused_where_there_is_no_database_to_ask(tmp_path: Path) -> None:
    async with client_of(create_app(settings_for(tmp_path, database_url=NO_DATABASE)), caller=None) as client:
        for wrong in (
            mistyped(some_key()),
            some_key()[:-1],
            some_key().lower(),
            "ts_live_",
            "ts_live_" + "a" * 46,
        ):
            assert_problem(await client.get(API + "/futures", headers=bearer(wrong)), 401)
        assert_problem(await client.get(API + "/futures", headers=bearer(some_key())), 503)


def test_r58_a_key_nobody_was_given_is_refused(people: People) -> None:
    assert_problem(people.me(some_key()), 401)


def test_r58_the_key_is_shown_in_one_answer_only(people: People) -> None:
    person = people.register()
    script = people.script(person)
    made = people.make_key(person, "market:read", "alerts:write", client=script, name="Nightly report")
    key = made["key"]

    [item] = script.get(KEYS).json()["items"]
    assert item == {name: value for name, value in made.items() if name != "key"}
    assert item["name"] == "Nightly report"
    assert item["scopes"] == ["alerts:write", "market:read"]
    assert key.startswith(item["prefix"])
    assert key.endswith(item["last_four"])
    assert len(item["prefix"]) <= len("ts_live_") + 4
    assert len(item["last_four"]) == 4
    for path in ("/api-keys", "/users/me", "/users/me/export"):
        answer = script.get(API + path)
        assert key not in answer.text
        assert key[12:-4] not in answer.text


def test_r58_the_answer_is_not_to_be_kept(people: People) -> None:
    script = people.script(people.register())
    answer = script.post(KEYS, json={"name": "a", "scopes": ["market:read"]})
    assert answer.status_code == 201
    assert "no-store" in answer.headers["cache-control"]


def test_r58_the_database_has_a_keyed_hash_only(people: People) -> None:
    person = people.register()
    key = people.make_key(person)["key"]
    [row] = people.sql(
        "SELECT k::text AS row, key_hash FROM api_keys k WHERE user_id = $1::text::uuid", person.id
    )
    assert len(row["key_hash"]) == 32
    assert row["key_hash"] not in {
        hashlib.sha256(key.encode()).digest(),
        hashlib.sha256(key[8:].encode()).digest(),
    }
    assert key[12:-4] not in row["row"]
    assert key.encode().hex() not in row["row"]


def test_r58_the_last_use_is_shown_within_a_minute(people: People, clock: MovableClock) -> None:
    person = people.register()
    script = people.script(person)
    key = people.make_key(person, client=script)["key"]

    def last_used() -> str | None:
        value: str | None = script.get(KEYS).json()["items"][0]["last_used_at"]
        return value

    assert last_used() is None
    before = clock.now()
    people.me(key)
    assert wait_until(lambda: last_used() is not None, seconds=60) < 60
    first = last_used()
    assert first is not None
    assert timedelta(0) <= datetime.fromisoformat(first) - before < timedelta(seconds=60)
    clock.advance(seconds=60)
    people.me(key)
    assert wait_until(lambda: last_used() != first, seconds=60) < 60


@pytest.mark.parametrize(
    ("given", "days"), [({}, None), ({"expires_in_days": 7}, 7), ({"expires_in_days": 3650}, 3650)]
)
def test_r58_the_list_says_when_a_key_ends(
    people: People, clock: MovableClock, given: dict[str, int], days: int | None
) -> None:
    made = people.make_key(people.register(), **given)
    if days is None:
        assert made["expires_at"] is None
    else:
        left = datetime.fromisoformat(made["expires_at"]) - clock.now()
        assert timedelta(days=days, seconds=-60) < left <= timedelta(days=days)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "a" * 81},
        {"name": "a\nb"},
        {"name": None},
        {"scopes": []},
        {"scopes": ["users:write"]},
        {"scopes": ["market:read", "market:read"]},
        {"scopes": ["*"]},
        {"scopes": "market:read"},
        {"scopes": ["market:read"] * 1001},
        {"expires_at": "2001-01-01T00:00:00Z"},
        {"expires_at": "9999-12-31T23:59:59Z"},
        {"expires_at": "2030-01-01T00:00:00"},
        {"expires_at": 1e999},
        {"expires_in_days": 0},
        {"expires_in_days": 3651},
        {"expires_in_days": 1.5},
        {"expires_in_days": "7"},
        {"expires_in_days": 2**70},
        {"expires_at": "2030-01-01T00:00:00Z", "expires_in_days": 7},
        {"user_id": "00000000-0000-0000-0000-000000000001"},
        {"key": some_key()},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_r58_what_makes_no_sense_is_refused(people: People, wrong: dict[str, object]) -> None:
    person = people.register()
    script = people.script(person)
    body = {"name": "a key", "scopes": ["market:read"], **wrong}
    content = str(body).replace("'", '"').replace("inf", "1e999").replace("None", "null").replace("\n", "\\n")
    answer = script.post(KEYS, content=content, headers={"Content-Type": "application/json"})
    assert_problem(answer, 422)
    assert script.get(KEYS).json()["items"] == []


def test_r58_the_same_call_again_makes_no_second_key(people: People) -> None:
    person = people.register()
    script = people.script(person)
    body = {"name": "once", "scopes": ["market:read"]}
    answers = at_once(10, lambda _: script.post(KEYS, json=body, headers={"Idempotency-Key": "one-key"}))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["key"] for answer in answers}) == 1
    assert len(script.get(KEYS).json()["items"]) == 1
    other = script.post(KEYS, json={**body, "name": "another"}, headers={"Idempotency-Key": "one-key"})
    assert assert_problem(other, 409)["code"] == "idempotency_key_reused"


def test_r58_the_list_comes_in_pages_with_cursors_of_its_owner(people: People) -> None:
    person, other = people.register(), people.register()
    script = people.script(person)
    names = [people.make_key(person, client=script, name=f"key {number}")["name"] for number in range(5)]
    found, cursor = [], None
    for _ in range(3):
        page = script.get(KEYS, params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        found += [item["name"] for item in page["items"]]
        former, cursor = cursor, page["next_cursor"]
    assert (found, cursor) == (names[::-1], None)
    assert_problem(people.script(other).get(KEYS, params={"limit": 2, "cursor": former}), 422)
