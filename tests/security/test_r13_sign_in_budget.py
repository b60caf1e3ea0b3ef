"""R13: five attempts to sign in a minute for an address, in a window that slides, and for an account."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, new_email
from tests.fixtures.served import ServedApp, serve_app


@pytest.fixture
def limited(tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer) -> Iterator[ServedApp]:
    url = database_server.new_database()
    with serve_app(tmp_path_factory.mktemp("limited"), url, auth_rate_limit_per_minute=5) as served:
        yield served


def attempt(client: httpx.Client, address: str | None = None) -> httpx.Response:
    return client.post(
        AUTH + "/login", json={"email": address or new_email(), "password": "not-the-one-4711"}
    )


def test_r13_the_sixth_attempt_of_an_address_waits_and_others_do_not(limited: ServedApp) -> None:
    one, other = (limited.people.nobody(from_address=f"127.0.0.{number}") for number in (21, 22))
    answers = [attempt(one) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].json()["code"] == "too_many_requests"
    assert attempt(other).status_code == 401


def test_r13_the_window_slides_and_a_wait_as_told_is_enough(limited: ServedApp) -> None:
    client = limited.people.nobody(from_address="127.0.0.23")
    limited.clock.advance(seconds=59)
    assert [attempt(client).status_code for _ in range(5)] == [401] * 5
    limited.clock.advance(seconds=2)
    refused = [attempt(client) for _ in range(5)]
    assert [answer.status_code for answer in refused] == [429] * 5
    limited.clock.advance(seconds=int(refused[-1].headers["Retry-After"]))
    assert attempt(client).status_code == 401


def test_r13_an_account_has_a_budget_whatever_the_address(limited: ServedApp) -> None:
    wanted = new_email()
    clients = [limited.people.nobody(from_address=f"127.0.1.{number}") for number in range(1, 7)]
    answers = [
        attempt(client, wanted.upper() if number % 2 else wanted) for number, client in enumerate(clients)
    ]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]


@pytest.mark.parametrize(
    "path", ["/register", "/token", "/password/forgot", "/password/reset", "/mfa/challenge"]
)
def test_r13_the_other_ways_in_share_the_budget(limited: ServedApp, path: str) -> None:
    client = limited.people.nobody(from_address="127.0.0.24")
    for _ in range(5):
        attempt(client)
    bodies = {
        "/register": {"email": new_email(), "password": "a-fine-long-passphrase-4711"},
        "/password/forgot": {"email": new_email()},
        "/password/reset": {"token": "x" * 43, "password": "a-fine-long-passphrase-4711"},
        "/mfa/challenge": {"mfa_token": "x", "code": "123456"},
    }
    if path == "/token":
        answer = client.post(AUTH + path, data={"username": new_email(), "password": "not-the-one"})
    else:
        answer = client.post(AUTH + path, json=bodies[path])
    assert answer.status_code == 429
