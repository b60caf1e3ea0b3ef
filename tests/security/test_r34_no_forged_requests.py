"""R34 to R38: what another site makes a browser send here is refused, on every route that changes things."""

from __future__ import annotations

import httpx
import pytest

from tests.fixtures.operations import Operation, operations
from tests.fixtures.people import API, AUTH, People, Person, bearer
from tests.fixtures.served import ServedApp

UNSAFE = [
    each for each in operations() if each.method not in ("GET", "HEAD") and each.path.startswith("/api/")
]
FORGED: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "nonsense"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {},
]
NEW_NAME = {"full_name": "Somebody Else"}


@pytest.fixture(scope="module")
def victim(served_app: ServedApp) -> Person:
    return served_app.people.register()


@pytest.fixture(scope="module")
def cookie(served_app: ServedApp, victim: Person) -> dict[str, str]:
    return {"Cookie": f"auth-token={served_app.people.tokens(victim).access}"}


def is_forgery_refused(answer: httpx.Response) -> bool:
    return answer.status_code == 403 and answer.json()["code"] == "csrf_failed"


@pytest.mark.parametrize("operation", UNSAFE, ids=str)
def test_r34_every_unsafe_route_refuses_a_forged_request(
    people: People, cookie: dict[str, str], operation: Operation
) -> None:
    client = people.nobody()
    for forged in FORGED:
        answer = client.request(operation.method, operation.path, headers={**cookie, **forged})
        assert is_forgery_refused(answer), (forged, answer.status_code)


def test_r34_our_own_pages_and_proven_clients_get_through(people: People, cookie: dict[str, str]) -> None:
    client = people.nobody()
    host = people.url.removeprefix("http://")
    token = client.get(AUTH + "/csrf", headers=cookie).json()["csrf_token"]
    for proof in (
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": f"http://{host}"},
        {"X-CSRF-Token": token},
    ):
        answer = client.patch(API + "/users/me", json={"full_name": "A B"}, headers={**cookie, **proof})
        assert answer.status_code == 200, (proof, answer.text)


def test_r34_a_token_of_another_session_proves_nothing(
    people: People, victim: Person, cookie: dict[str, str]
) -> None:
    client = people.nobody()
    others = [people.tokens(victim), people.tokens(people.register())]
    made = [client.get(AUTH + "/csrf", headers=each.bearer).json()["csrf_token"] for each in others]
    for token in (*made, "", "x", "\u00e9".encode().decode("latin-1")):
        headers = {**cookie, "X-CSRF-Token": token.encode("latin-1")}
        assert is_forgery_refused(client.patch(API + "/users/me", json=NEW_NAME, headers=headers))


def test_r34_a_bearer_without_cookies_is_nobodys_forgery(people: People) -> None:
    client = people.script(people.register())
    for forged in FORGED:
        assert client.patch(API + "/users/me", json={"full_name": "A B"}, headers=forged).status_code == 200


@pytest.mark.parametrize("junk", ["Basic eDp5", "Bearer junk", "Bearer", "Bearer ts_live_junk", "junk"])
def test_r35_junk_credentials_switch_nothing_off(
    people: People, cookie: dict[str, str], victim: Person, junk: str
) -> None:
    client = people.nobody()
    for forged in FORGED:
        headers = {**cookie, **forged, "Authorization": junk}
        answer = client.patch(API + "/users/me", json=NEW_NAME, headers=headers)
        assert answer.status_code in (401, 403)
    assert people.me(people.tokens(victim).access).json()["full_name"] != NEW_NAME["full_name"]


def test_r35_a_cookie_and_a_bearer_of_two_people_are_refused(people: People, cookie: dict[str, str]) -> None:
    other = people.tokens(people.register()).access
    headers = {**cookie, **bearer(other), "Sec-Fetch-Site": "same-origin"}
    answer = people.nobody().patch(API + "/users/me", json=NEW_NAME, headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["login", "token", "register", "refresh", "logout"])
def test_r36_signing_in_and_out_can_not_be_forged_either(people: People, name: str) -> None:
    client = people.nobody()
    for forged in FORGED[:-1]:
        assert is_forgery_refused(client.post(f"{AUTH}/{name}", headers=forged))
    assert not is_forgery_refused(client.post(f"{AUTH}/{name}")), "a script without cookies forges nothing"


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_r37_no_header_turns_a_get_into_something_else(people: People, name: str) -> None:
    person = people.register()
    client = people.browser(person)
    answer = client.get(API + "/users/me", headers={name: "DELETE"})
    assert answer.status_code == 200
    assert client.post(API + "/users/me", headers={name: "PATCH"}).status_code == 405
    assert people.log_in(person).status_code == 200


def test_r37_trace_is_not_answered(people: People) -> None:
    for path in ("/health", API + "/futures", API + "/users/me"):
        assert people.nobody().request("TRACE", path).status_code == 405


@pytest.mark.parametrize(
    "operation", [each for each in UNSAFE if each.body_type == "application/json"], ids=str
)
def test_r38_json_routes_take_json_only(people: People, admin_token: str, operation: Operation) -> None:
    is_optional = not operation.document["requestBody"].get("required", False)
    client = people.with_bearer(admin_token)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = client.request(
            operation.method,
            operation.path,
            content=b'{"a": 1}',
            headers={"Content-Type": kind} if kind else {},
        )
        assert answer.status_code == 415, (kind, is_optional)


def test_r37_reading_changes_nothing(people: People, admin_token: str) -> None:
    tables = (
        "users",
        "api_keys",
        "mail_outbox",
        "audit_log",
        "preferences",
        "roles",
        "second_factors",
        "links",
    )

    def fingerprint() -> list[object]:
        return [
            people.sql(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS sum FROM {each} t"
            )
            for each in tables
        ]

    client = people.with_bearer(admin_token)
    before = fingerprint()
    for operation in operations():
        if operation.method == "GET":
            client.get(operation.path, params=operation.required_query())
    assert fingerprint() == before
