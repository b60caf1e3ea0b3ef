"""Several processes behind the shipped nginx are one desk: whichever answers, it is the same one."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.fixtures.app import RunningApp, stop_app, wait_for_app
from tests.fixtures.people import API, AUTH, Tokens, bearer, new_email
from tests.fixtures.stream_client import talking
from tests.fixtures.topology import BUDGET, THREE_AT_ONCE_SECONDS, Topology
from tests.fixtures.waiting import wait_until
from tests.security.test_r80_problem_documents import assert_problem

# Whoever writes says so twice a second and is followed after five: nothing for a machine that does much else.
pytestmark = pytest.mark.wall_clock


@pytest.fixture(scope="module")
def admin(topology: Topology) -> Tokens:
    people = topology.people
    return people.tokens(people.with_role("admin"), from_address="127.0.5.1")


@pytest.fixture(scope="module")
def edge(topology: Topology, admin: Tokens) -> Iterator[httpx.Client]:
    """An administrator's client of the address people use."""
    with topology.client(headers=admin.bearer) as client:
        yield client


def feeds_at(worker: RunningApp, admin: Tokens) -> dict[str, dict[str, object]]:
    answer = httpx.get(worker.url + API + "/feeds", headers=admin.bearer, timeout=60)
    assert answer.status_code == 200, answer.text
    return {each["feed"]: each for each in answer.json()["items"]}


def seq_at(worker: RunningApp, token: str) -> int:
    """Return the newest state of a board that a worker tells."""
    with talking(worker.url, token) as talker:
        talker.ask("subscribe", topic="board:ES")
        return int(talker.hear_of(topic="board:ES", kind="snapshot")["seq"])


def test_who_signs_in_at_one_worker_is_known_at_the_other_and_signs_out_of_both(topology: Topology) -> None:
    people = topology.people
    person = people.register()
    with topology.client("127.0.5.3", headers={"Origin": topology.https}) as client:
        body = {"email": person.email, "password": person.password}
        assert client.post(AUTH + "/login", json=body).status_code == 200
        answers = [client.get(API + "/users/me") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200] * 4
        token = client.cookies["auth-token"]
        assert [
            httpx.get(each.url + API + "/users/me", headers=bearer(token), timeout=60).status_code
            for each in topology.workers
        ] == [200, 200]
        assert client.post(AUTH + "/logout").status_code == 204
    for worker in topology.workers:
        wait_until(
            lambda url=worker.url: (
                httpx.get(url + API + "/users/me", headers=bearer(token), timeout=60).status_code == 401
            )
        )
        figures = httpx.get(worker.url + "/metrics", timeout=60).text
        assert 'handler="/api/v1/users/me"' in figures, "both had their share"
        assert "feeds_on" not in figures


def test_prices_of_the_feed_arrive_at_every_worker_and_through_the_edge(
    topology: Topology, admin: Tokens, edge: httpx.Client
) -> None:
    # A lake takes a while to have a market's past.
    wait_until(lambda: edge.get(API + "/futures/ES").status_code == 200, seconds=THREE_AT_ONCE_SECONDS)
    for worker in topology.workers:
        with talking(worker.url, admin.access) as talker:
            assert talker.ask("subscribe", topic="board:ES")["ok"]
            assert talker.hear_of(topic="board:ES", kind="snapshot")["data"]
            assert talker.hear_of(topic="board:ES", kind="delta")["data"]
    answers = [edge.get(API + "/futures/ES") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_budget_is_one_for_all_workers(topology: Topology) -> None:
    with topology.client("127.0.5.4") as client:
        answers = [
            client.post(AUTH + "/login", json={"email": new_email(), "password": "not-the-one-4711"})
            for _ in range(BUDGET + 1)
        ]
    assert [answer.status_code for answer in answers] == [401] * BUDGET + [429]


def test_a_feed_is_switched_through_the_edge_and_every_worker_says_so(
    topology: Topology, admin: Tokens, edge: httpx.Client
) -> None:
    for enabled in (False, True):
        answer = edge.patch(API + "/feeds/simulated", json={"enabled": enabled})
        assert (answer.status_code, answer.json()["enabled"]) == (200, enabled)
        for worker in topology.workers:
            wait_until(lambda each=worker, now=enabled: feeds_at(each, admin)["simulated"]["enabled"] is now)
    answer = edge.post(API + "/feeds/simulated/fault", json={"fault": "stale"})
    assert answer.json()["fault"] == "stale"
    assert edge.post(API + "/feeds/simulated/fault", json={"fault": None}).status_code == 200
    astray = httpx.patch(
        topology.workers[0].url + API + "/feeds/simulated",
        json={"enabled": False},
        headers=admin.bearer,
        timeout=60,
    )
    assert_problem(astray, 503)
    with topology.client() as nobody:
        assert_problem(nobody.patch(API + "/feeds/simulated", json={"enabled": False}), 401)


def test_quotes_handed_in_at_the_edge_are_on_record_and_read_at_every_worker(
    topology: Topology, edge: httpx.Client, admin: Tokens
) -> None:
    quote = {"symbol": "CL-2031-03", "ts": datetime.now(UTC).isoformat(), "bid": 72.0, "ask": 72.02}
    answer = edge.post(API + "/quotes", json={"source": "mine", "quotes": [quote]})
    assert (answer.status_code, answer.json()["accepted"]) == (200, 1), answer.text
    as_of = datetime.now(UTC).isoformat()
    for worker in topology.workers:
        past = httpx.get(
            worker.url + API + "/futures/CL",
            params={"as_of": as_of, "source": "mine"},
            headers=admin.bearer,
            timeout=20,
        )
        assert past.status_code == 200, past.text
        assert "CL-2031-03" in json.dumps(past.json())


def test_an_old_quote_handed_in_changes_at_once_what_every_worker_had_kept_of_that_past(
    topology: Topology, edge: httpx.Client, admin: Tokens
) -> None:
    began = datetime.now(UTC) - timedelta(days=3)
    question = {"as_of": (began + timedelta(days=1)).isoformat(), "source": "older"}

    def bids() -> list[float]:
        answers = [
            httpx.get(f"{each.url}{API}/futures/NG", params=question, headers=admin.bearer, timeout=20)
            for each in topology.workers
        ]
        assert [answer.status_code for answer in answers] == [200] * len(answers)
        return [answer.json()["contracts"][0]["quote"]["bid"] for answer in answers]

    for number in range(5):
        ts = (began + timedelta(minutes=number)).isoformat()
        quote = {"symbol": "NG-2031-03", "ts": ts, "bid": 3.0 + number, "ask": 3.5 + number}
        answer = edge.post(API + "/quotes", json={"source": "older", "quotes": [quote]})
        assert (answer.status_code, answer.json()["accepted"]) == (200, 1), answer.text
        for _ in range(2):
            assert bids() == [3.0 + number] * 2


def test_the_process_of_the_feeds_answers_nothing_else(topology: Topology, admin: Tokens) -> None:
    url = topology.feeds[0].url
    assert httpx.get(url + "/health", timeout=60).status_code == 200
    assert "feeds_on" in httpx.get(url + "/metrics", timeout=60).text
    for path in ("/users/me", "/futures", "/stream", "/auth/sessions"):
        assert_problem(httpx.get(url + API + path, headers=admin.bearer, timeout=60), 404)
    assert_problem(httpx.get(url + "/", timeout=60), 404)


def test_f13_a_feed_that_stands_still_is_followed_and_ends_when_it_wakes(
    topology: Topology, admin: Tokens, edge: httpx.Client, measured: Callable[[str], None]
) -> None:
    first, second = topology.feeds[0], topology.launch_feed(topology.standby_port)
    worker = topology.workers[0]
    wait_until(lambda: "waiting" in second.log.read_text(), seconds=THREE_AT_ONCE_SECONDS)
    os.kill(first.process.pid, signal.SIGSTOP)
    began = time.monotonic()
    try:
        wait_for_app(second, longest_seconds=THREE_AT_ONCE_SECONDS)
        measured(f"a second feed answered {time.monotonic() - began:.1f} s after the first stood still")
        before = seq_at(worker, admin.access)
        wait_until(lambda: seq_at(worker, admin.access) > before, seconds=30)
    finally:
        os.kill(first.process.pid, signal.SIGCONT)
    assert first.process.wait(timeout=30) == 75
    assert edge.patch(API + "/feeds/deribit", json={"enabled": False}).status_code == 200
    assert feeds_at(worker, admin)["simulated"]["state"] != "off"
    assert stop_app(second) == 0
