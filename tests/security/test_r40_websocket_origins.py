"""R40: a page of another site opens no stream with our cookie; who brings a token needs no Origin."""

from __future__ import annotations

import httpx
import pytest

from tests.fixtures.people import API, People
from tests.fixtures.served import ServedApp
from tests.fixtures.stream_client import status_of_opening, talking


@pytest.fixture
def browser(people: People) -> httpx.Client:
    return people.browser(people.register())


def cookie_of(browser: httpx.Client) -> dict[str, str]:
    return {"Cookie": f"auth-token={browser.cookies['auth-token']}"}


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://127.0.0.1:1",
        "http://localhost",
        "https://127.0.0.1",
        "http://evil.example@127.0.0.1",
        "",
        None,
    ],
)
def test_r40_a_cookie_from_elsewhere_opens_nothing(
    served_app: ServedApp, browser: httpx.Client, origin: str | None
) -> None:
    headers = cookie_of(browser) | ({} if origin is None else {"Origin": origin})
    assert status_of_opening(served_app.url, headers=headers) == 403


def test_r40_an_origin_said_twice_opens_nothing(served_app: ServedApp, browser: httpx.Client) -> None:
    answer = browser.get(
        API + "/stream",
        headers=[
            ("Connection", "Upgrade"),
            ("Upgrade", "websocket"),
            ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="),
            ("Sec-WebSocket-Version", "13"),
            ("Origin", served_app.url),
            ("Origin", "https://evil.example"),
        ],
    )
    assert answer.status_code in (400, 403)


def test_r40_a_page_of_ours_is_let_in(served_app: ServedApp, browser: httpx.Client) -> None:
    for origin in (served_app.url, *served_app.settings.accepted_origins):
        with talking(served_app.url, headers=cookie_of(browser) | {"Origin": origin}) as talker:
            assert talker.ask("subscribe", topic="board:ES")["ok"]


def test_r40_a_bearer_or_a_ticket_needs_no_origin(served_app: ServedApp, people: People) -> None:
    script = people.script(people.register())
    token = script.headers["Authorization"].removeprefix("Bearer ")
    assert status_of_opening(served_app.url, token) == 101
    ticket = script.post(API + "/stream/ticket").json()["ticket"]
    assert status_of_opening(served_app.url, subprotocols=["tradesense.v1", f"ticket.{ticket}"]) == 101


def test_r40_another_site_s_page_is_refused_whatever_it_sends(served_app: ServedApp, people: People) -> None:
    token = people.tokens(people.register()).access
    evil = {"Origin": "https://evil.example"}
    assert status_of_opening(served_app.url, token, headers=evil) == 403
    assert status_of_opening(served_app.url, headers=evil) == 403


def test_r40_another_site_s_name_for_us_is_refused(served_app: ServedApp, browser: httpx.Client) -> None:
    answer = browser.get(
        API + "/stream",
        headers={
            "Host": "evil.example",
            "Origin": "http://evil.example",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version": "13",
        },
    )
    assert answer.status_code == 421
