"""Watch lists over HTTP: kept in their owner's order, of instruments that exist, each by version."""

from __future__ import annotations

import httpx
import pytest

from tests.fixtures.people import API, People
from tests.fixtures.waiting import wait_until
from tests.security.test_r80_problem_documents import assert_problem

LISTS = API + "/watchlists"


@pytest.fixture
def browser(people_of_running_app: People) -> httpx.Client:
    """Somebody new, signed in, with the simulated market to watch."""
    return people_of_running_app.browser(people_of_running_app.register())


@pytest.fixture
def symbols(browser: httpx.Client) -> list[str]:
    wait_until(lambda: browser.get(API + "/futures/ES").status_code == 200, seconds=60)
    return [each["symbol"] for each in browser.get(API + "/futures/ES").json()["contracts"]][:3]


def test_a_list_is_kept_in_its_owners_order(browser: httpx.Client, symbols: list[str]) -> None:
    made = browser.post(LISTS, json={"name": " Indices ", "symbols": symbols})
    assert made.status_code == 201
    kept = made.json()
    assert (kept["name"], kept["symbols"], kept["version"]) == ("Indices", symbols, 1)
    turned = browser.patch(f"{LISTS}/{kept['id']}", json={"symbols": symbols[::-1]}).json()
    assert (turned["symbols"], turned["name"], turned["version"]) == (symbols[::-1], "Indices", 2)
    assert browser.get(LISTS).json()["items"] == [turned]
    again = browser.patch(f"{LISTS}/{kept['id']}", json={"name": "Indices"}).json()
    assert again["version"] == 2, "what changes nothing is no new version"


def test_an_unknown_instrument_is_refused_by_name_and_nothing_is_made(
    browser: httpx.Client, symbols: list[str]
) -> None:
    answer = browser.post(LISTS, json={"name": "Typing", "symbols": [symbols[0], "ES-1999-03"]})
    assert_problem(answer, 422)
    assert answer.json()["code"] == "unknown_instrument"
    assert "ES-1999-03" in answer.json()["detail"]
    assert symbols[0] not in answer.json()["detail"]
    assert browser.get(LISTS).json()["items"] == []


def test_a_change_of_an_outdated_version_is_refused(browser: httpx.Client, symbols: list[str]) -> None:
    made = browser.post(LISTS, json={"name": "Mine", "symbols": symbols}).json()
    where, first = f"{LISTS}/{made['id']}", {"If-Match": '"1"'}
    assert browser.patch(where, json={"symbols": []}, headers=first).headers["etag"] == '"2"'
    assert_problem(browser.patch(where, json={"name": "Late"}, headers=first), 412)
    assert browser.get(where).json()["name"] == "Mine"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"name": "a\u0007b"},
        {"name": "Twice", "symbols": ["ES-2026-03", "ES-2026-03"]},
        {"name": "Long", "symbols": [f"ES-2026-03-{number:02d}" for number in range(201)]},
        {"name": "Nonsense", "symbols": ["es 03; drop"]},
        {"name": "Not mine", "user_id": "00000000-0000-0000-0000-000000000001"},
    ],
)
def test_what_is_no_list_is_refused(browser: httpx.Client, wrong: dict[str, object]) -> None:
    assert_problem(browser.post(LISTS, json=wrong), 422)
    assert browser.get(LISTS).json()["items"] == []


def test_the_twenty_first_list_is_refused(browser: httpx.Client) -> None:
    for number in range(20):
        assert browser.post(LISTS, json={"name": f"List {number}"}).status_code == 201
    refused = browser.post(LISTS, json={"name": "One more"})
    assert_problem(refused, 409)
    assert refused.json()["code"] == "too_many_watchlists"
    first = browser.get(LISTS).json()["items"][0]
    assert browser.delete(f"{LISTS}/{first['id']}").status_code == 204
    assert_problem(browser.delete(f"{LISTS}/{first['id']}"), 404)
    assert browser.post(LISTS, json={"name": "One more"}).status_code == 201


def test_lists_are_in_the_export(browser: httpx.Client, symbols: list[str]) -> None:
    browser.post(LISTS, json={"name": "Mine", "symbols": symbols})
    exported = browser.get(API + "/users/me/export").json()["watchlists"]
    assert [(each["name"], each["symbols"]) for each in exported] == [("Mine", symbols)]
