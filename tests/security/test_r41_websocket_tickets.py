"""R41: no credential stands in the stream's address, and none in the log; a ticket opens it once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.app import A_TRADER, RunningApp
from tests.fixtures.people import API, People
from tests.fixtures.served import ServedApp
from tests.fixtures.stream_client import status_of_opening, talking
from tradesense.base.errors import TooMany
from tradesense.base.principal import Standing
from tradesense.streaming.tickets import Tickets


def ticket_of(people: People, token: str) -> str:
    answer = people.with_bearer(token).post(API + "/stream/ticket")
    assert answer.status_code == 200, answer.text
    assert answer.json()["expires_in"] == 30
    ticket: str = answer.json()["ticket"]
    people.ledger.remember("ticket", ticket)
    return ticket


def test_r41_a_token_in_the_address_is_refused_and_not_logged(
    running_app: RunningApp, people_of_running_app: People
) -> None:
    people = people_of_running_app
    token = people.tokens(people.register()).access
    ticket = ticket_of(people, token)
    for query in (f"?token={token}", f"?ticket={ticket}", f"?access_token={token}"):
        assert status_of_opening(running_app.url, query=query) == 403
        assert status_of_opening(running_app.url, token, query=query) == 403
    with talking(running_app.url, subprotocols=["tradesense.v1", f"ticket.{ticket}"]) as talker:
        assert talker.ask("ping")["ok"]
    log = Path(running_app.log).read_text()
    assert token not in log
    assert ticket not in log


def test_r41_a_ticket_is_good_once(served_app: ServedApp, people: People) -> None:
    ticket = ticket_of(people, people.tokens(people.register()).access)
    offered = ["tradesense.v1", f"ticket.{ticket}"]
    with talking(served_app.url, subprotocols=offered) as talker:
        assert talker.connection.subprotocol == "tradesense.v1"
        assert talker.ask("subscribe", topic="board:ES")["ok"]
    assert status_of_opening(served_app.url, subprotocols=offered) == 403


def test_r41_a_ticket_in_a_first_message_is_good_once(served_app: ServedApp, people: People) -> None:
    ticket = ticket_of(people, people.tokens(people.register()).access)
    with talking(served_app.url) as talker:
        assert talker.ask("auth", ticket=ticket)["ok"]
        assert talker.ask("subscribe", topic="board:ES")["ok"]
    with talking(served_app.url) as talker:
        talker.say("auth", ticket=ticket)
        assert talker.code_of_close()[0] == 4401


def test_r41_a_made_up_ticket_opens_nothing(served_app: ServedApp) -> None:
    assert status_of_opening(served_app.url, subprotocols=["ticket.AAAA"]) == 403


def test_r41_a_ticket_of_who_signed_out_opens_nothing(served_app: ServedApp, people: People) -> None:
    token = people.tokens(people.register()).access
    ticket = ticket_of(people, token)
    assert people.with_bearer(token).post(API + "/auth/logout").status_code == 204
    assert status_of_opening(served_app.url, subprotocols=[f"ticket.{ticket}"]) == 403


async def test_r41_a_ticket_runs_out_after_thirty_seconds() -> None:
    now = 0.0
    tickets = Tickets(lambda: now)
    standing = Standing(A_TRADER, None)
    first, second = await tickets.issue(standing), await tickets.issue(standing)
    now = 29.9
    assert await tickets.use(first) == standing
    now = 30.0
    assert await tickets.use(second) is None


async def test_r41_unused_tickets_have_a_bound() -> None:
    tickets = Tickets(lambda: 0.0)
    standing = Standing(A_TRADER, None)
    for _ in range(10_000):
        await tickets.issue(standing)
    with pytest.raises(TooMany):
        await tickets.issue(standing)
