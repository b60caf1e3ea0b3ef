"""R14: the caller's address is the peer's; a header changes it only when a trusted proxy sent it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, AUTH, new_email
from tests.fixtures.served import ServedApp, serve_app

PROXY, STRANGER = "127.0.0.9", "127.0.0.10"


@pytest.fixture(scope="module")
def behind_a_proxy(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[ServedApp]:
    changes = {"auth_rate_limit_per_minute": 5, "trusted_proxies": f"{PROXY}, 10.0.0.0/8"}
    folder, url = tmp_path_factory.mktemp("behind_a_proxy"), database_server.new_database()
    with serve_app(folder, url, **changes) as served:
        yield served


def attempts(client: httpx.Client, *headers: dict[str, str]) -> list[int]:
    body = {"email": new_email, "password": "not-the-one-4711"}
    return [
        client.post(AUTH + "/login", json={**body, "email": new_email()}, headers=each).status_code
        for each in headers
    ]


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X_FORWARDED_FOR", "Client-IP"]
)
def test_r14_a_strangers_headers_make_no_new_address(behind_a_proxy: ServedApp, name: str) -> None:
    behind_a_proxy.clock.advance(minutes=2)
    client = behind_a_proxy.people.nobody(from_address=STRANGER)
    value = "for={}" if name == "Forwarded" else "{}"
    made_up = [{name: value.format(f"203.0.113.{number}")} for number in range(6)]
    assert attempts(client, *made_up) == [401] * 5 + [429]


def test_r14_of_a_proxys_header_only_the_last_stranger_counts(behind_a_proxy: ServedApp) -> None:
    behind_a_proxy.clock.advance(minutes=2)
    client = behind_a_proxy.people.nobody(from_address=PROXY)
    made_up = [{"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7, 10.1.2.3"} for number in range(6)]
    assert attempts(client, *made_up) == [401] * 5 + [429]
    assert attempts(client, {"X-Forwarded-For": "198.51.100.8"}) == [401]


def test_r14_an_ipv6_subscriber_is_one_network_of_64_bits(behind_a_proxy: ServedApp) -> None:
    behind_a_proxy.clock.advance(minutes=2)
    client = behind_a_proxy.people.nobody(from_address=PROXY)
    addresses = [{"X-Forwarded-For": f"2001:db8:1:2::{number:x}"} for number in range(6)]
    assert attempts(client, *addresses) == [401] * 5 + [429]
    assert attempts(client, {"X-Forwarded-For": "2001:db8:1:3::1"}) == [401]


def test_r14_a_persons_sessions_show_the_address_the_proxy_saw(behind_a_proxy: ServedApp) -> None:
    behind_a_proxy.clock.advance(minutes=2)
    people = behind_a_proxy.people
    headers = {"X-Forwarded-For": "evil, 198.51.100.44"}
    tokens = people.tokens(people.register(), from_address=PROXY, headers=headers)
    sessions = people.nobody().get(API + "/auth/sessions", headers=tokens.bearer).json()
    assert "198.51.100.44" in str(sessions)
