"""R89: kept answers are of the market alone: the same for all who may read it, and of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from redis import Redis

from tests.fixtures.app import settings_for
from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, People
from tests.fixtures.redis import RedisServer
from tests.fixtures.served import ServedApp, serve_app
from tradesense.market.options.deps import options_desk
from tradesense.market.strategies.deps import strategies_desk
from tradesense.run.api import create_app
from tradesense.web.access import READS_MARKET
from tradesense.web.kept_answers import kept_answers

QUOTED: Final = datetime.now(UTC) - timedelta(days=3)
AS_OF: Final = (QUOTED + timedelta(days=1)).isoformat()
FUTURES: Final = ("CL-2031-03", "CL-2031-04", "CL-2031-05")
OPTIONS: Final = tuple(f"CL-2031-02-14-{strike}-{right}" for strike in (70, 72, 74) for right in "CP")
ROUTES: Final = {
    "/futures": "/futures?",
    "/futures/quotes": f"/futures/quotes?symbols={','.join(FUTURES)}&",
    "/futures/{root}": "/futures/CL?",
    "/futures/{root}/curve": "/futures/CL/curve?",
    "/futures/{root}/spreads": "/futures/CL/spreads?",
    "/futures/{root}/continuous": "/futures/CL/continuous?",
    "/futures/{root}/rolls": "/futures/CL/rolls?",
    "/futures/{root}/roll": "/futures/CL/roll?",
    "/instruments/{symbol}": "/instruments/CL-2031-03?",
    "/instruments/{symbol}/bars": "/instruments/CL-2031-03/bars?",
    "/instruments/{symbol}/quotes": "/instruments/CL-2031-03/quotes?",
    "/instruments/{symbol}/depth": "/instruments/CL-2031-03/depth?",
    "/options": "/options?",
    "/options/{underlying}/chain": "/options/CL/chain?",
    "/options/{underlying}/heatmap": "/options/CL/heatmap?",
    "/options/{underlying}/smile": "/options/CL/smile?",
    "/options/{underlying}/surface": "/options/CL/surface?",
    "/options/{underlying}/analytics": "/options/CL/analytics?iv_days=0&",
}
OF_THE_PRESENT: Final = {"/instruments", "POST /futures/quotes", "POST /strategies/evaluate"}
"""Routes whose answers are kept for a moment, or made of kept ones."""


def _calls(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for each in dependant.dependencies:
        yield from _calls(each)


def kept_routes() -> list[APIRoute]:
    """Return every route that has something to do with kept answers."""
    app = create_app(settings_for(Path()))
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    keepers = {kept_answers, options_desk, strategies_desk}
    return [
        route for route in routes if isinstance(route, APIRoute) and keepers & set(_calls(route.dependant))
    ]


def test_r89_only_what_every_reader_of_the_market_may_see_is_kept() -> None:
    names = {
        ("" if "GET" in route.methods else f"{min(route.methods)} ") + route.path.removeprefix(API)
        for route in kept_routes()
    }
    assert names == set(ROUTES) | OF_THE_PRESENT
    assert {getattr(route, "access", None) for route in kept_routes()} == {READS_MARKET}


def test_r89_a_kept_question_is_read_from_the_address_alone() -> None:
    for route in kept_routes():
        asked = {call.__module__ for call in _calls(route.dependant) if call is not None}
        assert not any(name.startswith(("tradesense.auth", "tradesense.users")) for name in asked), route.path
        assert not any(name in ("tradesense.web.callers", "tradesense.web.session") for name in asked)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer) -> Iterator[ServedApp]:
    """An application that keeps its answers in a Redis, with quotes of three days ago."""
    redis = RedisServer()
    try:
        redis.start()
        with serve_app(
            tmp_path_factory.mktemp("desk"), database_server.new_database(), redis_url=redis.url
        ) as served:
            _hand_in_quotes(served.people)
            yield served
    finally:
        redis.close()


def _hand_in_quotes(people: People) -> None:
    prices = dict.fromkeys(FUTURES, 72.0) | dict.fromkeys(OPTIONS, 3.0)
    quotes = [
        {
            "symbol": symbol,
            "ts": QUOTED.isoformat(),
            "bid": price - 0.01,
            "ask": price + 0.01,
            **({"underlying_price": 72.0} if symbol in OPTIONS else {}),
        }
        for symbol, price in prices.items()
    ]
    answer = people.script(people.with_role("admin")).post(
        f"{API}/quotes", json={"source": "mine", "quotes": quotes}
    )
    assert (answer.status_code, answer.json()["accepted"]) == (200, len(quotes)), answer.text


def figure(url: str, name: str) -> int:
    lines = httpx.get(url + "/metrics").text.splitlines()
    return sum(int(float(line.split()[1])) for line in lines if line.startswith(f"{name}_total "))


@pytest.mark.parametrize("address", ROUTES.values(), ids=ROUTES)
def test_r89_two_people_who_take_turns_get_one_answer_computed_once(
    desk: ServedApp, address: str, full_faults: bool
) -> None:
    turns = 200 if full_faults else 10
    people = desk.people
    one, two = (people.with_bearer(people.tokens(people.register()).access) for _ in range(2))
    computed, found = (figure(desk.url, name) for name in ("answers_computed", "answers_found"))
    answers = [
        each.get(f"{API}{address}as_of={AS_OF.replace('+', '%2B')}")
        for _ in range(turns)
        for each in (one, two)
    ]
    assert {answer.status_code for answer in answers} == {200}, answers[0].text
    assert len({answer.content for answer in answers}) == 1
    assert figure(desk.url, "answers_computed") - computed == 1
    assert figure(desk.url, "answers_found") - found == 2 * turns - 1, "the second is a hit, and all after it"


def test_r89_what_is_somebodys_own_stays_so_between_kept_answers(desk: ServedApp, full_faults: bool) -> None:
    people = desk.people
    persons = [people.register() for _ in range(2)]
    clients = [people.with_bearer(people.tokens(person).access) for person in persons]
    for number, client in enumerate(clients):
        assert client.post(f"{API}/watchlists", json={"name": f"List of {number}"}).status_code == 201
    for _ in range(200 if full_faults else 20):
        for number, (person, client) in enumerate(zip(persons, clients, strict=True)):
            assert client.get(f"{API}/futures").status_code == 200
            assert client.get(f"{API}/users/me").json()["email"] == person.email
            lists = client.get(f"{API}/watchlists").json()["items"]
            assert [each["name"] for each in lists] == [f"List of {number}"]


def test_r89_who_may_not_read_the_market_gets_nothing_that_is_kept(desk: ServedApp) -> None:
    people = desk.people
    assert people.with_bearer(people.tokens(people.register()).access).get(f"{API}/futures").is_success
    assert people.nobody().get(f"{API}/futures").status_code == 401


def test_r89_names_of_kept_answers_hold_no_question_and_nobody(desk: ServedApp) -> None:
    people = desk.people
    person = people.register()
    people.with_bearer(people.tokens(person).access).get(f"{API}/futures/CL/curve?as_of={AS_OF[:19]}Z")
    assert desk.settings.redis_url is not None
    client = Redis.from_url(desk.settings.redis_url.get_secret_value())
    names = [key.decode() for key in client.keys("tradesense:answer:*")]
    client.close()
    assert names
    for name in names:
        digest = name.removeprefix("tradesense:answer:").removesuffix(":lease")
        assert len(digest) == 40
        assert set(digest) <= set("0123456789abcdef")
