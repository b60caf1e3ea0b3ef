"""R19: the seed is made and drawn by us, for somebody who proved a moment ago who they are."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from base64 import b32decode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.fixtures.people import AUTH, People, new_password
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

SETUP = AUTH + "/mfa/setup"
Target = str | tuple[str, int]
_connections: list[list[Target]] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _connections and event in ("socket.connect", "socket.getaddrinfo"):
        _connections[-1].append(arguments[1] if event == "socket.connect" else arguments[0])


sys.addaudithook(_watch)


@contextmanager
def connections() -> Iterator[list[Target]]:
    """Collect what this process, in which the application is served, connects to or looks up."""
    made: list[Target] = []
    _connections.append(made)
    try:
        yield made
    finally:
        _connections.remove(made)


def test_r19_the_seed_has_160_bits_and_is_another_each_time(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    answers = [browser.post(SETUP, json={"password": person.password}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200] * 5
    seeds = {answer.json()["secret"] for answer in answers}
    assert len(seeds) == 5
    assert {len(b32decode(seed)) for seed in seeds} == {20}


def test_r19_the_answer_has_the_address_for_apps_and_its_drawing_and_is_not_kept(people: People) -> None:
    person = people.register()
    answer = people.browser(person).post(SETUP, json={"password": person.password})

    body = answer.json()
    assert set(body) == {"secret", "otpauth_uri", "qr_svg"}
    uri = urlsplit(body["otpauth_uri"])
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert parse_qs(uri.query) == {"secret": [body["secret"]], "issuer": ["TradeSense"]}
    assert ET.fromstring(body["qr_svg"]).tag == "{http://www.w3.org/2000/svg}svg"
    assert "no-store" in answer.headers["cache-control"]


def test_r19_nothing_outside_is_asked_for_the_drawing(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    with connections() as made:
        assert people.nobody().get("/health").status_code == 200
        assert browser.post(SETUP, json={"password": person.password}).status_code == 200
    hosts = {each if isinstance(each, str) else each[0] for each in made}
    assert "127.0.0.1" in hosts, "the watch sees nothing"
    assert {host for host in hosts if not host.startswith("/")} == {"127.0.0.1"}


def test_r19_the_password_may_be_left_out_for_five_minutes_after_signing_in(
    people: People, clock: MovableClock
) -> None:
    browser = people.browser(people.register())
    clock.advance(minutes=4, seconds=50)
    assert browser.post(SETUP, json={}).status_code == 200
    clock.advance(seconds=11)
    assert assert_problem(browser.post(SETUP, json={}), 403)["code"] == "reauth_required"


def test_r19_a_session_that_was_refreshed_is_no_fresher(people: People, clock: MovableClock) -> None:
    browser = people.browser(people.register())
    clock.advance(minutes=5, seconds=1)
    assert browser.post(AUTH + "/refresh").status_code == 200
    assert assert_problem(browser.post(SETUP, json={}), 403)["code"] == "reauth_required"


@pytest.mark.parametrize("given", ["", "another"])
def test_r19_another_password_is_refused(people: People, given: str) -> None:
    browser = people.browser(people.register())
    answer = browser.post(SETUP, json={"password": given and new_password()})
    assert assert_problem(answer, 403)["code"] == "reauth_required"


def test_r19_guessing_the_password_here_is_bounded(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    guesses = [browser.post(SETUP, json={"password": new_password()}) for _ in range(11)]

    assert [guess.status_code for guess in guesses] == [403] * 10 + [429]
    assert int(guesses[-1].headers["retry-after"]) >= 1
    assert browser.post(SETUP, json={"password": person.password}).status_code == 429


def test_r19_nobody_and_no_key_gets_a_seed(people: People) -> None:
    person = people.register()
    key = people.make_key(person)["key"]
    assert_problem(people.nobody().post(SETUP, json={"password": person.password}), 401)
    assert_problem(people.with_bearer(key).post(SETUP, json={"password": person.password}), 403)
