"""F5, F6, R70: budgets and tickets over two applications that share a Redis, with it and without it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, AUTH, new_email
from tests.fixtures.redis import RedisServer
from tests.fixtures.served import ServedApp, serve_app
from tests.fixtures.stream_client import status_of_opening, talking
from tests.fixtures.waiting import wait_until

ME = API + "/users/me"
LIMIT = 20
KEYS = {
    name: f"{number}-the-same-key-in-both-processes-6d0e5c06"
    for number, name in enumerate(("jwt_signing_key", "token_hash_key", "csrf_key", "encryption_key"))
}


@pytest.fixture
def two(
    tmp_path: Path, database_server: DatabaseServer, redis_server: RedisServer
) -> Iterator[tuple[ServedApp, ServedApp]]:
    """Two applications on one database and one Redis, with small budgets."""
    url = database_server.new_database()
    changes = {"rate_limit_per_minute": LIMIT, "auth_rate_limit_per_minute": 5, **KEYS}
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(serve_app(tmp_path / name, url, redis_url=redis_server.url, **changes))
            for name in ("one", "other")
        )
        yield one, other


def ask(app: ServedApp, token: str, times: int) -> list[int]:
    client = app.people.nobody()
    answers = [client.get(ME, headers={"Authorization": f"Bearer {token}"}) for _ in range(times)]
    return [answer.status_code for answer in answers]


def sign_in(app: ServedApp, from_address: str, times: int) -> list[int]:
    client = app.people.nobody(from_address=from_address)
    body = {"email": new_email(), "password": "not-the-one-4711"}
    return [
        client.post(AUTH + "/login", json={**body, "email": new_email()}).status_code for _ in range(times)
    ]


def test_r70_two_processes_share_both_budgets_and_without_redis_each_keeps_its_own(
    two: tuple[ServedApp, ServedApp], redis_server: RedisServer, measured: Callable[[str], None]
) -> None:
    one, other = two
    token = one.people.tokens(one.people.register(), from_address="127.0.3.1").access
    assert ask(one, token, 12) + ask(other, token, 9) == [200] * LIMIT + [429]
    assert sign_in(one, "127.0.3.2", 3) + sign_in(other, "127.0.3.2", 3) == [401] * 5 + [429]

    redis_server.kill()
    began = time.monotonic()
    answers = ask(one, token, 9) + ask(other, token, 13)
    measured(f"without Redis {(time.monotonic() - began) * 1000 / 22:.1f} ms a request")
    assert answers == [200] * 8 + [429] + [200] * 12 + [429], "each goes on from what it let through"
    assert sign_in(one, "127.0.3.3", 6) == [401] * 5 + [429]
    assert sign_in(other, "127.0.3.3", 6) == [401] * 5 + [429]

    redis_server.start()
    wait_until(lambda: _counts(redis_server, one) and _counts(redis_server, other))
    assert sign_in(one, "127.0.3.4", 3) + sign_in(other, "127.0.3.4", 3) == [401] * 5 + [429]


_askers = itertools.cycle(range(1, 251))


def _counts(redis_server: RedisServer, app: ServedApp) -> bool:
    """Whether a request is written down in Redis, asked from an address whose budget is not used up."""
    redis_server.say("FLUSHALL")
    from_address = httpx.HTTPTransport(local_address=f"127.0.4.{next(_askers)}")
    with httpx.Client(transport=from_address, timeout=60) as client:
        client.get(app.url + API + "/nothing")
    return redis_server.say("DBSIZE") != b":0\r\n"


def test_r70_a_redis_that_hangs_fails_no_request_and_no_limit(
    two: tuple[ServedApp, ServedApp], redis_server: RedisServer, measured: Callable[[str], None]
) -> None:
    one, other = two
    token = one.people.tokens(one.people.register(), from_address="127.0.3.5").access
    assert ask(one, token, 1) == [200]
    redis_server.pause()
    try:
        began = time.monotonic()
        assert ask(one, token, LIMIT) == [200] * (LIMIT - 1) + [429]
        took = time.monotonic() - began
        assert sign_in(other, "127.0.3.6", 6) == [401] * 5 + [429]
    finally:
        redis_server.resume()
    measured(f"{LIMIT} requests beside a Redis that hangs took {took:.2f} s")


def test_r47_who_signs_out_at_one_process_is_forgotten_at_the_other(
    two: tuple[ServedApp, ServedApp], measured: Callable[[str], None]
) -> None:
    one, other = two
    person = one.people.register()
    token = one.people.tokens(person, from_address="127.0.3.8").access
    client = one.people.with_bearer(token)
    made = client.post(API + "/api-keys", json={"name": "k", "scopes": ["market:read"]}).json()
    assert ask(other, made["key"], 1) + ask(other, token, 1) == [200, 200]
    assert client.delete(API + f"/api-keys/{made['id']}").status_code == 204
    wait_until(lambda: ask(other, made["key"], 1) == [401])
    assert client.post(API + "/auth/logout").status_code == 204
    took = wait_until(lambda: ask(other, token, 1) == [401])
    measured(f"known no more at the other process after {took * 1000:.0f} ms")
    assert ask(one, token, 1) == [401]


class Tickets:
    """Tickets that one process makes and another takes.

    A Redis that was slow for a moment is left alone for some, and tickets are then good where they were made
    only: so another is made every few seconds, within the budget.
    """

    EVERY_SECONDS = 3.0

    def __init__(self, maker: ServedApp) -> None:
        self.token = maker.people.tokens(maker.people.register(), from_address="127.0.3.7").access
        self._maker, self._next_at = maker, 0.0

    def new(self) -> str:
        client = self._maker.people.with_bearer(self.token)
        ticket: str = client.post(API + "/stream/ticket").json()["ticket"]
        self._maker.people.ledger.remember("ticket", ticket)
        return ticket

    def one_that_is_taken(self, take: Callable[[str], bool]) -> str:
        taken: list[str] = []

        def is_taken() -> bool:
            if time.monotonic() < self._next_at:
                return False
            self._next_at = time.monotonic() + self.EVERY_SECONDS
            taken[:] = [self.new()]
            return take(taken[0])

        wait_until(is_taken)
        return taken[0]


def test_r41_a_ticket_opens_the_stream_of_another_process_once(two: tuple[ServedApp, ServedApp]) -> None:
    one, other = two
    tickets = Tickets(one)

    def opens(ticket: str) -> bool:
        try:
            with talking(other.url, subprotocols=["tradesense.v1", f"ticket.{ticket}"]) as talker:
                return bool(talker.ask("subscribe", topic="board:ES")["ok"])
        except InvalidStatus:
            return False

    def signs_in(ticket: str) -> bool:
        with talking(other.url) as talker:
            return bool(
                talker.ask("auth", ticket=ticket)["ok"] and talker.ask("subscribe", topic="board:ES")["ok"]
            )

    used = tickets.one_that_is_taken(opens)
    for app in two:
        assert status_of_opening(app.url, subprotocols=[f"ticket.{used}"]) == 403
    tickets.one_that_is_taken(signs_in)
    unused = tickets.new()
    assert one.people.with_bearer(tickets.token).post(API + "/auth/logout").status_code == 204
    assert status_of_opening(other.url, subprotocols=[f"ticket.{unused}"]) == 403
