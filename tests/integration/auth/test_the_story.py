"""The story every client begins with: an account, a sign-in, and who one is, by token and by cookie."""

from __future__ import annotations

import httpx

from tests.fixtures.people import API, AUTH, bearer, new_email, new_password
from tests.fixtures.served import ServedApp


def test_register_then_log_in_then_who_am_i_by_bearer_and_by_cookie_alone(served_app: ServedApp) -> None:
    email, password = new_email(), new_password()
    with httpx.Client(base_url=served_app.url, timeout=60) as client:
        registered = client.post(AUTH + "/register", json={"email": email, "password": password})
        assert registered.status_code == 201, registered.text
        assert not client.cookies

        logged_in = client.post(AUTH + "/login", json={"email": email, "password": password})
        assert logged_in.status_code == 200, logged_in.text
        access_token = logged_in.json()["access_token"]
        assert set(client.cookies) == {"auth-token", "refresh-token"}

        by_cookie = client.get(API + "/users/me")
        assert by_cookie.status_code == 200, by_cookie.text
    with httpx.Client(base_url=served_app.url, timeout=60) as client:
        by_bearer = client.get(API + "/users/me", headers=bearer(access_token))
        assert by_bearer.status_code == 200, by_bearer.text
    assert by_bearer.json() == by_cookie.json() == logged_in.json()["user"]
    assert by_bearer.json()["email"] == email
    assert registered.json() == by_bearer.json()


def test_refresh_by_cookie_gives_new_cookies_and_no_token_and_logout_ends_it_all(
    served_app: ServedApp,
) -> None:
    person = served_app.people.register()
    client = served_app.people.browser(person)
    before = dict(client.cookies)

    refreshed = client.post(AUTH + "/refresh")

    assert refreshed.status_code == 200, refreshed.text
    assert refreshed.json() == {"expires_in": 900}
    assert client.cookies["refresh-token"] != before["refresh-token"]
    access = client.cookies["auth-token"]
    assert client.get(API + "/users/me").status_code == 200

    assert client.post(AUTH + "/logout").status_code == 204
    assert not client.cookies
    nobody = served_app.people.nobody()
    assert nobody.get(API + "/users/me", headers=bearer(access)).status_code == 401
    assert client.post(AUTH + "/logout").status_code == 204
