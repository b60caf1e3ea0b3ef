"""R45: an access token without one of its claims, or of another kind, opens nothing; nor the reverse."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.fixtures.operations import NOBODYS_ID
from tests.fixtures.people import API, AUTH, People, link_token, new_email, new_password
from tests.fixtures.served import MovableClock
from tests.fixtures.tokens import Forger, Parts

CLAIMS = ["iss", "aud", "sub", "exp", "iat", "jti", "sid"]
ALTERED: list[dict[str, Any]] = [
    {"iss": "another"},
    {"iss": None},
    {"iss": ["tradesense"]},
    {"aud": "another"},
    {"aud": ["tradesense-api"]},
    {"aud": ["tradesense-api", "another"]},
    {"aud": ""},
    {"sub": 1},
    {"sub": ""},
    {"sub": None},
    {"sub": "not-an-id"},
    {"sub": NOBODYS_ID},
    {"sid": NOBODYS_ID},
    {"sid": 1},
    {"sid": None},
    {"jti": ""},
    {"jti": 1},
    {"jti": None},
    {"exp": "9999999999"},
    {"exp": None},
    {"exp": True},
    {"exp": 1e300},
    {"exp": 0},
    {"exp": -1},
    {"iat": None},
    {"iat": "now"},
    {"iat": 9_999_999_999},
]


def refused(people: People, token: str) -> None:
    assert people.me(token).status_code == 401
    headers = {"Cookie": f"auth-token={token}"}
    assert people.nobody().get(API + "/users/me", headers=headers).status_code == 401


@pytest.mark.parametrize("name", CLAIMS)
def test_r45_a_missing_claim_is_refused(people: People, forger: Forger, name: str) -> None:
    assert people.me(forger.again(forger.parts)).status_code == 200
    claims = {key: value for key, value in forger.parts.claims.items() if key != name}
    assert len(claims) == len(forger.parts.claims) - 1
    refused(people, forger.again(Parts(forger.parts.header, claims)))


@pytest.mark.parametrize("change", ALTERED, ids=str)
def test_r45_an_altered_claim_is_refused(people: People, forger: Forger, change: dict[str, Any]) -> None:
    refused(people, forger.again(Parts(forger.parts.header, {**forger.parts.claims, **change})))


@pytest.mark.parametrize("claims", [[], "text", 1, None, {}])
def test_r45_claims_that_are_none_are_refused(people: People, forger: Forger, claims: Any) -> None:
    refused(people, forger.again(Parts(forger.parts.header, claims)))


def test_r45_six_seconds_after_its_end_it_is_refused(
    people: People, forger: Forger, clock: MovableClock
) -> None:
    clock.advance(seconds=forger.parts.claims["exp"] - clock.now().timestamp() + 6)
    refused(people, forger.token)


def test_r45_a_token_of_another_kind_opens_nothing(people: People, clock: MovableClock) -> None:
    person = people.register()
    tokens = people.tokens(person)
    browser = people.browser(person)
    people.set_up_mfa(person, browser)
    clock.advance(seconds=60)
    body = {"email": person.email, "password": person.password}
    mfa = people.nobody().post(AUTH + "/login", json=body).json()["mfa_token"]
    people.nobody().post(AUTH + "/password/forgot", json={"email": person.email})
    reset = link_token(people.wait_for_mail(person.email, "new password"))
    change = {"password": person.password, "new_email": new_email()}
    assert browser.post(AUTH + "/email/change", json=change).status_code == 202
    verify = link_token(people.wait_for_mail(change["new_email"], "confirm"))
    csrf = browser.get(AUTH + "/csrf").json()["csrf_token"]
    key = people.make_key(person, client=browser)["key"]

    for other in (tokens.refresh, mfa, reset, verify, csrf):
        refused(people, other)
    access = browser.cookies["auth-token"]
    for other in (access, mfa, reset, verify, csrf, key):
        assert people.refresh(other).status_code in (401, 422)
    for other in (access, tokens.refresh, mfa, verify, csrf, key):
        answer = people.nobody().post(
            AUTH + "/password/reset", json={"token": other, "password": new_password()}
        )
        assert answer.status_code in (400, 422)
    for other in (access, tokens.refresh, mfa, reset, csrf, key):
        answer = people.nobody().post(AUTH + "/email/verify", json={"token": other})
        assert answer.status_code in (400, 422)
    for other in (access, tokens.refresh, reset, verify, csrf, key):
        answer = people.nobody().post(
            AUTH + "/mfa/challenge", json={"mfa_token": other, "code": people.code(person)}
        )
        assert answer.status_code in (401, 422)
    assert browser.get(API + "/users/me").status_code == 200


@pytest.mark.parametrize("size", [3_000, 60_000, 1_000_000])
def test_r45_an_endless_token_is_refused_at_once(people: People, forger: Forger, size: int) -> None:
    header, claims, signature = forger.token.split(".")
    client = people.nobody()
    client.get("/health")

    def seconds_to_refuse() -> float:
        started = time.perf_counter()
        answer = client.get(
            API + "/users/me",
            headers={"Authorization": f"Bearer {header}.{claims * (size // len(claims))}.{signature}"},
        )
        elapsed = time.perf_counter() - started
        assert answer.status_code in (400, 401, 414, 431)
        return elapsed

    assert min(seconds_to_refuse() for _ in range(5)) < 0.05
