"""R42: the stream ends with the session: at once where that ends, within a minute where a token runs out."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, AUTH, People, Person, new_password
from tests.fixtures.served import ServedApp, serve_app
from tests.fixtures.stream_client import Talker, talking

AT_ONCE_SECONDS = 5.0


def assert_ends_at_once(talker: Talker) -> None:
    code, seconds = talker.code_of_close()
    assert code == 4401
    assert seconds <= AT_ONCE_SECONDS


def page(browser: httpx.Client, url: str) -> dict[str, str]:
    return {"Cookie": f"auth-token={browser.cookies['auth-token']}", "Origin": url}


@pytest.fixture
def person(people: People) -> Person:
    return people.register()


def test_r42_logout_ends_the_socket_of_that_session_only(
    served_app: ServedApp, people: People, person: Person
) -> None:
    url = served_app.url
    browser, other = people.browser(person), people.tokens(person).access
    with talking(url, headers=page(browser, url)) as talker, talking(url, other) as stays:
        assert browser.post(AUTH + "/logout").status_code == 204
        assert_ends_at_once(talker)
        assert stays.ask("ping")["ok"]


def test_r42_a_revoked_session_ends_its_socket(served_app: ServedApp, people: People, person: Person) -> None:
    token, other = people.tokens(person).access, people.script(person)
    with talking(served_app.url, token) as talker:
        listed = other.get(AUTH + "/sessions").json()["items"]
        found = next(each["id"] for each in listed if not each["current"])
        assert other.delete(f"{AUTH}/sessions/{found}").status_code == 204
        assert_ends_at_once(talker)


def test_r42_another_password_ends_the_other_sockets(
    served_app: ServedApp, people: People, person: Person
) -> None:
    token, browser = people.tokens(person).access, people.browser(person)
    with talking(served_app.url, token) as talker:
        body = {"current_password": person.password, "new_password": new_password()}
        answer = browser.post(AUTH + "/password/change", json=body)
        assert answer.status_code in (200, 204), answer.text
        assert_ends_at_once(talker)


def test_r42_a_disabled_account_and_a_revoked_key_end_their_sockets(
    served_app: ServedApp, people: People, person: Person, admin_token: str
) -> None:
    made = people.make_key(person)
    key = made["key"]
    with talking(served_app.url, key) as by_key, talking(served_app.url, people.tokens(person).access) as own:
        assert people.script(person).delete(f"{API}/api-keys/{made['id']}").status_code == 204
        assert_ends_at_once(by_key)
        chief = people.with_bearer(admin_token)
        assert chief.patch(f"{API}/users/{person.id}", json={"status": "disabled"}).status_code == 200
        assert_ends_at_once(own)


def test_r42_who_may_no_longer_is_unsubscribed_and_told(
    served_app: ServedApp, people: People, person: Person
) -> None:
    key = people.make_key(person, "market:read", "portfolio:read")
    with talking(served_app.url, key["key"]) as talker:
        assert talker.ask("subscribe", topic="board:ES")["ok"]
        assert talker.ask("subscribe", topic="user:alerts")["ok"]
        scopes = "UPDATE api_keys SET scopes = '{portfolio:read}' WHERE id = $1::text::uuid"
        people.sql(scopes, key["id"])
        told = talker.hear_of(
            topic="board:ES",
            kind="status",
            data={
                "state": "forbidden",
                "detail": "This needs the permission market:read.",
            },
        )
        assert told["ts"].endswith("Z")
        assert talker.ask("unsubscribe", topic="board:ES")["error"]["code"] == "not_subscribed"
        assert talker.ask("unsubscribe", topic="user:alerts")["ok"]


@pytest.fixture(scope="module")
def short_tokens(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[ServedApp]:
    """An application whose clock may be moved on by minutes without hurting anybody else."""
    with serve_app(tmp_path_factory.mktemp("r42"), database_server.new_database()) as served:
        yield served


def test_r42_a_token_that_runs_out_ends_the_socket_unless_it_is_renewed(short_tokens: ServedApp) -> None:
    people, url = short_tokens.people, short_tokens.url
    person = people.register()
    tokens = people.tokens(person)
    with talking(url, tokens.access) as left_alone, talking(url, tokens.access) as renewed:
        short_tokens.clock.advance(minutes=14)
        fresh = people.refresh(tokens.refresh).json()["access_token"]
        assert renewed.ask("auth", token=fresh)["ok"]
        short_tokens.clock.advance(minutes=2)
        code, seconds = left_alone.code_of_close(60)
        assert (code, seconds <= 60) == (4401, True)
        assert renewed.ask("ping")["ok"]


def test_r42_an_open_page_stays_connected_while_its_session_is_renewed(short_tokens: ServedApp) -> None:
    people, url = short_tokens.people, short_tokens.url
    browser = people.browser(people.register())
    with talking(url, headers=page(browser, url)) as talker:
        for _ in range(2):
            short_tokens.clock.advance(minutes=14)
            assert browser.post(AUTH + "/refresh").status_code == 200
            assert talker.ask("ping")["ok"]
        short_tokens.clock.advance(minutes=16)
        code, seconds = talker.code_of_close(60)
        assert (code, seconds <= 60) == (4401, True)


def test_r42_a_cookie_of_nobody_is_told_so_by_a_code(served_app: ServedApp, people: People) -> None:
    browser = people.browser(people.register())
    headers = page(browser, served_app.url)
    assert browser.post(AUTH + "/logout").status_code == 204
    with talking(served_app.url, headers=headers) as talker:
        assert talker.code_of_close()[0] == 4401


def test_r42_nobody_else_s_token_takes_a_socket_over(
    served_app: ServedApp, people: People, person: Person
) -> None:
    other = people.tokens(people.register()).access
    with talking(served_app.url, people.tokens(person).access) as talker:
        assert talker.ask("auth", token=other)["error"]["code"] == "other_person"
        assert talker.ask("auth", token="nonsense")["error"]["code"] == "bad_credential"
        assert talker.ask("ping")["ok"]
