"""R68, R69: one budget a person over every address of the API, told in each answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, bearer
from tests.fixtures.served import ServedApp, serve_app

LIMIT = 12
ME = API + "/users/me"


@pytest.fixture
def limited(tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer) -> Iterator[ServedApp]:
    folder, url = tmp_path_factory.mktemp("limited"), database_server.new_database()
    with serve_app(folder, url, rate_limit_per_minute=LIMIT) as served:
        yield served


def left(answer: httpx.Response) -> tuple[int, int]:
    """Read the fields as the draft has them; return what remains and in how many seconds it is renewed."""
    limit, window = re.fullmatch(r'"(?:[\w-]+)";q=(\d+);w=(\d+)', answer.headers["RateLimit-Policy"]).groups()  # type: ignore[union-attr]
    assert (int(limit), int(window)) == (LIMIT, 60)
    remaining, reset = re.fullmatch(r'"(?:[\w-]+)";r=(\d+);t=(\d+)', answer.headers["RateLimit"]).groups()  # type: ignore[union-attr]
    return int(remaining), int(reset)


def test_r68_all_urls_sessions_and_keys_of_a_person_share_it(limited: ServedApp) -> None:
    people = limited.people
    person, other = people.register(), people.register()
    sessions = [people.tokens(person, from_address=f"127.0.2.{n}") for n in (1, 2)]
    stranger = people.tokens(other, from_address="127.0.2.3")
    client = people.nobody()
    key = client.post(
        API + "/api-keys", json={"name": "k", "scopes": ["market:read"]}, headers=sessions[0].bearer
    ).json()["key"]
    asked = [
        (ME, sessions[0].access),
        (ME, sessions[1].access),
        (ME, key),
        (API + "/no-such-thing/1", sessions[0].access),
        (API + "/no-such-thing/2", sessions[1].access),
        (API + "/futures/NONE1", key),
        (API + "/futures/NONE2/curve", sessions[0].access),
        (API + "/nothing", key),
        (ME + "?unknown=1", sessions[0].access),
        (API + "/auth/sessions", sessions[1].access),
        (API + "/futures/NONE3", sessions[0].access),
    ]
    answers = [client.get(path, headers=bearer(token)) for path, token in asked]
    assert 429 not in [answer.status_code for answer in answers]
    assert [left(answer)[0] for answer in answers] == list(range(LIMIT - 2, -1, -1))
    for token in (sessions[0].access, sessions[1].access, key):
        refused = client.get(API + "/anything/else", headers=bearer(token))
        assert refused.status_code == 429
        assert left(refused)[0] == 0
    assert client.get(ME, headers=stranger.bearer).status_code == 200


def test_r69_waiting_as_told_is_enough_and_refusals_cost_nothing(limited: ServedApp) -> None:
    people = limited.people
    token = people.tokens(people.register(), from_address="127.0.2.4").bearer
    client = people.nobody()
    answers = [client.get(ME, headers=token) for _ in range(LIMIT)]
    assert [left(answer)[0] for answer in answers] == list(range(LIMIT - 1, -1, -1))
    refused = [client.get(ME, headers=token) for _ in range(3)][-1]
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == left(refused)[1] <= 60
    limited.clock.advance(seconds=int(refused.headers["Retry-After"]))
    assert client.get(ME, headers=token).status_code == 200


def test_r68_pages_and_health_cost_nothing(limited: ServedApp) -> None:
    client = limited.people.nobody(from_address="127.0.2.5")
    for _ in range(LIMIT + 2):
        answer = client.get("/health")
        assert answer.status_code == 200
        assert "RateLimit" not in answer.headers
    assert client.get(ME).status_code == 401
