"""R57: the refresh cookie goes to its own path only, and a refresh says once with which token."""

from __future__ import annotations

from http.cookiejar import Cookie

import httpx

from tests.fixtures.people import API, AUTH, People
from tests.security.test_r80_problem_documents import assert_problem


def cookies_of(client: httpx.Client) -> dict[str, Cookie]:
    return {cookie.name: cookie for cookie in client.cookies.jar}


def test_r57_the_cookie_is_for_the_auth_calls_only(people: People) -> None:
    browser = people.browser(people.register())
    cookie = cookies_of(browser)["refresh-token"]
    assert cookie.path == API + "/auth"
    for path, sent in (
        (API + "/futures", False),
        ("/", False),
        (API + "/users/me", False),
        (AUTH + "/refresh", True),
    ):
        request = browser.build_request("GET", path)
        assert ("refresh-token=" in request.headers.get("cookie", "")) is sent, path


def test_r57_body_and_cookie_together_are_refused_and_nothing_rotates(people: People) -> None:
    person = people.register()
    browser, script = people.browser(person), people.tokens(person)
    for in_body in (script.refresh, browser.cookies["refresh-token"]):
        answer = browser.post(AUTH + "/refresh", json={"refresh_token": in_body})
        assert_problem(answer, 400)
    rows = people.sql("SELECT counter FROM sessions WHERE user_id = $1::text::uuid", person.id)
    assert rows == [{"counter": 0}] * 2
    assert people.refresh(script.refresh).status_code == 200
    assert browser.post(AUTH + "/refresh").status_code == 200


def test_r57_another_site_cannot_refresh(people: People) -> None:
    browser = people.browser(people.register())
    before = browser.cookies["refresh-token"]
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
    ):
        sent = browser.build_request("POST", AUTH + "/refresh", headers=headers)
        if not headers["Sec-Fetch-Site"]:
            del sent.headers["Sec-Fetch-Site"]
        assert_problem(browser.send(sent), 403)
    assert browser.cookies["refresh-token"] == before
    assert browser.post(AUTH + "/refresh").status_code == 200


def test_r57_a_browser_gets_no_token_it_could_read(people: People) -> None:
    browser = people.browser(people.register())
    answer = browser.post(AUTH + "/refresh")
    assert set(answer.json()) == {"expires_in"}
    for name in ("auth-token", "refresh-token"):
        assert browser.cookies[name] not in answer.text


def test_r57_a_token_elsewhere_is_no_refresh(people: People) -> None:
    tokens = people.tokens(people.register())
    client = people.nobody()
    assert client.post(f"{AUTH}/refresh?refresh_token={tokens.refresh}").status_code == 422
    headers = {"Authorization": f"Bearer {tokens.refresh}"}
    assert client.post(AUTH + "/refresh", headers=headers).status_code == 401
    assert people.refresh(tokens.refresh).status_code == 200
