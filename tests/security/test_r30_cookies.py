"""R30 to R33: what our cookies look like, how they go away, that nothing is cached, that none comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import Morsel, SimpleCookie

import httpx
import orjson
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, AUTH, People
from tests.fixtures.served import ServedApp, serve_app
from tests.fixtures.tokens import _decode

ME = API + "/users/me"


def cookies_of(answer: httpx.Response) -> dict[str, Morsel[str]]:
    found: dict[str, Morsel[str]] = {}
    for line in answer.headers.get_list("set-cookie"):
        found.update(SimpleCookie(line))
    return found


@pytest.fixture(scope="module")
def secure_app(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[ServedApp]:
    """The application as people reach it by https, its proxy on this machine."""
    folder, url = tmp_path_factory.mktemp("secure_app"), database_server.new_database()
    with serve_app(folder, url, public_url="https://desk.example.org") as served:
        yield served


def test_r30_cookies_have_every_flag_and_live_as_long_as_their_token(secure_app: ServedApp) -> None:
    people = secure_app.people
    answer = people.log_in(people.register())
    access, refresh = (cookies_of(answer)[name] for name in ("auth-token", "refresh-token"))
    for cookie in (access, refresh):
        assert cookie["httponly"]
        assert cookie["secure"]
        assert not cookie["domain"]
        assert len(cookie.OutputString()) < 4096
    assert access["samesite"] == "lax"
    assert refresh["samesite"] in ("lax", "strict")
    assert access["path"] == "/"
    assert refresh["path"] == AUTH
    assert access["max-age"] == "900"
    claims = orjson.loads(_decode(access.value.split(".")[1]))
    assert abs(int(access["max-age"]) - (claims["exp"] - claims["iat"])) <= 5
    assert int(refresh["max-age"]) <= 7 * 24 * 3600


def test_r31_logout_deletes_the_cookies_and_may_be_repeated(secure_app: ServedApp) -> None:
    people = secure_app.people
    set_at_login = cookies_of(people.log_in(people.register()))
    headers = {
        "Sec-Fetch-Site": "same-origin",
        "Cookie": "; ".join(f"{name}={each.value}" for name, each in set_at_login.items()),
    }
    for _ in range(2):
        answer = people.nobody().post(AUTH + "/logout", headers=headers)
        assert answer.status_code == 204
        assert '"cache"' in answer.headers["Clear-Site-Data"]
        assert '"storage"' in answer.headers["Clear-Site-Data"]
        for name, cookie in cookies_of(answer).items():
            assert cookie["max-age"] == "0"
            for flag in ("path", "domain", "secure", "httponly", "samesite"):
                assert cookie[flag] == set_at_login[name][flag]
        assert set(cookies_of(answer)) == {"auth-token", "refresh-token"}


@pytest.mark.parametrize("path", [ME, API + "/auth/sessions", API + "/api-keys", API + "/nothing", "/health"])
def test_r32_answers_about_people_are_not_kept(people: People, path: str) -> None:
    for client in (people.nobody(), people.browser(people.register())):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_r32_neither_are_the_answers_to_signing_in(people: People) -> None:
    assert "no-store" in people.log_in(people.register()).headers["Cache-Control"]


@pytest.mark.parametrize("name", ["auth-token", "refresh-token"])
def test_r33_a_cookie_of_ours_that_comes_twice_is_refused(people: People, name: str) -> None:
    token = people.tokens(people.register()).access
    client = people.nobody()
    for values in ((token, "x"), ("x", token), (token, token)):
        answer = client.get(ME, headers={"Cookie": "; ".join(f"{name}={each}" for each in values)})
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
    twice = [("Cookie", f"{name}={token}"), ("Cookie", f"{name}=x")]
    assert client.get(ME, headers=twice).status_code == 400
