"""R47: what was signed out or revoked is nobody's from the next request on, on every worker."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator

import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, AUTH, People, bearer
from tests.fixtures.served import ServedApp, serve_app

ME = API + "/users/me"
KEYS = {name: secrets.token_hex(32) for name in ("jwt_signing_key", "token_hash_key", "csrf_key")}


def test_r47_logout_ends_the_access_token_as_bearer_and_as_cookie(people: People) -> None:
    person = people.register()
    browser, other = people.browser(person), people.browser(person)
    access, refresh = browser.cookies["auth-token"], browser.cookies["refresh-token"]
    for _ in range(3):  # so that every cache knows it
        assert people.me(access).status_code == 200
    assert browser.post(AUTH + "/logout").status_code == 204
    assert people.me(access).status_code == 401
    assert people.nobody().get(ME, headers={"Cookie": f"auth-token={access}"}).status_code == 401
    assert people.refresh(refresh).status_code == 401
    assert other.get(ME).status_code == 200


def test_r47_a_script_logs_out_with_its_bearer(people: People) -> None:
    tokens = people.tokens(people.register())
    assert people.me(tokens.access).status_code == 200
    assert people.nobody().post(AUTH + "/logout", headers=tokens.bearer).status_code == 204
    assert people.me(tokens.access).status_code == 401
    assert people.refresh(tokens.refresh).status_code == 401


def test_r47_logout_everywhere_ends_every_session_of_that_person_only(people: People) -> None:
    person, another = people.register(), people.script(people.register())
    sessions = [people.tokens(person) for _ in range(3)]
    client = people.nobody()
    assert client.post(AUTH + "/logout-all", headers=sessions[0].bearer).status_code == 204
    assert [people.me(each.access).status_code for each in sessions] == [401] * 3
    assert [people.refresh(each.refresh).status_code for each in sessions] == [401] * 3
    assert another.get(ME).status_code == 200
    assert people.log_in(person).status_code == 200


def test_r47_logout_everywhere_means_it_for_a_browser_whose_access_token_ran_out(people: People) -> None:
    person = people.register()
    other, browser = people.tokens(person), people.browser(person)
    del browser.cookies["auth-token"]
    assert browser.post(AUTH + "/logout-all").status_code == 204
    assert people.me(other.access).status_code == 401
    assert people.refresh(other.refresh).status_code == 401


def test_r47_logout_everywhere_can_be_said_twice_and_by_nobody(people: People) -> None:
    person = people.register()
    other, browser = people.tokens(person), people.browser(person)
    cookies = {**browser.cookies}
    assert browser.post(AUTH + "/logout").status_code == 204
    ended = people.nobody(headers={"Sec-Fetch-Site": "same-origin"})
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    for headers in ({}, {"Cookie": header}, bearer(cookies["auth-token"])):
        answer = ended.post(AUTH + "/logout-all", headers=headers)
        assert answer.status_code == 204
        assert {each.partition("=")[0] for each in answer.headers.get_list("set-cookie")} == {*cookies}
    # What opens nothing any more ends nothing either.
    assert people.me(other.access).status_code == 200


@pytest.fixture(scope="module")
def workers(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[tuple[ServedApp, ServedApp]]:
    """Two processes' worth of the application on one database, with the same keys and nothing else shared."""
    url = database_server.new_database()
    with (
        serve_app(tmp_path_factory.mktemp("worker"), url, **KEYS) as first,
        serve_app(tmp_path_factory.mktemp("worker"), url, **KEYS) as second,
    ):
        yield first, second


def test_r47_another_worker_knows_within_a_second(workers: tuple[ServedApp, ServedApp]) -> None:
    first, second = workers
    tokens = first.people.tokens(first.people.register())
    for _ in range(3):
        assert second.people.me(tokens.access).status_code == 200
    assert first.people.nobody().post(AUTH + "/logout", headers=bearer(tokens.access)).status_code == 204
    assert first.people.me(tokens.access).status_code == 401
    deadline = time.monotonic() + 1.2
    while second.people.me(tokens.access).status_code == 200:
        assert time.monotonic() < deadline, "the other worker still takes the token"
