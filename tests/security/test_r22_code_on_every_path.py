"""R22: with a second factor on there is no way in without a code."""

from __future__ import annotations

import pytest

from tests.fixtures.mfa import begin_step, give_code, give_password, with_mfa
from tests.fixtures.people import API, AUTH, People, Person, bearer, link_token, new_password
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

ACCESS, REFRESH = "auth-token", "refresh-token"


@pytest.mark.parametrize("path", ["/login", "/token"])
def test_r22_the_password_alone_gets_a_token_for_the_next_step_and_nothing_else(
    people: People, clock: MovableClock, path: str
) -> None:
    person = with_mfa(people, clock)
    client = people.nobody()
    if path == "/login":
        answer = client.post(AUTH + path, json={"email": person.email, "password": person.password})
    else:
        answer = client.post(AUTH + path, data={"username": person.email, "password": person.password})

    assert answer.status_code == 200
    assert set(answer.json()) == {"mfa_required", "mfa_token"}
    assert answer.json()["mfa_required"] is True
    assert "set-cookie" not in answer.headers


def test_r22_the_token_for_the_next_step_opens_nothing_else(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    token = give_password(people, person)

    for path in ("/users/me", "/auth/sessions", "/auth/mfa", "/futures"):
        assert_problem(people.with_bearer(token).get(API + path), 401)
        assert_problem(people.nobody().get(API + path, headers={"Cookie": f"{ACCESS}={token}"}), 401)
    assert_problem(people.refresh(token), 401)
    headers = {"Cookie": f"{REFRESH}={token}", "Sec-Fetch-Site": "same-origin"}
    assert_problem(people.nobody().post(AUTH + "/refresh", headers=headers), 401)


def test_r22_no_other_token_takes_the_next_step(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    tokens = people.tokens(person)
    clock.advance(seconds=30)
    for token in (tokens.access, tokens.refresh, "", "x.y.z", give_password(people, person) + "x"):
        assert_problem(give_code(people, token, people.code(person)), 401)


def test_r22_with_the_code_the_answer_is_that_of_a_sign_in(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    browser = people.browser()
    answer = people.log_in(person, client=browser)

    body = answer.json()
    assert answer.status_code == 200
    assert set(body) == {"access_token", "token_type", "expires_in", "user"}
    assert body["user"]["mfa_enabled"] is True
    assert browser.get(API + "/users/me").json()["id"] == person.id
    assert people.nobody().get(API + "/users/me", headers=bearer(body["access_token"])).status_code == 200


def test_r22_a_script_gets_its_refresh_token_with_the_code(people: People, clock: MovableClock) -> None:
    tokens = people.tokens(with_mfa(people, clock))
    assert people.refresh(tokens.refresh).status_code == 200


def test_r22_the_token_lives_for_five_minutes(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    token = give_password(people, person)
    clock.advance(minutes=5, seconds=6)
    begin_step(clock)
    assert_problem(give_code(people, token, people.code(person)), 401)


def test_r22_a_reset_password_does_not_turn_the_second_factor_off(
    people: People, clock: MovableClock
) -> None:
    person = with_mfa(people, clock)
    half_way = give_password(people, person)
    assert people.nobody().post(AUTH + "/password/forgot", json={"email": person.email}).status_code == 202
    token = link_token(people.wait_for_mail(person.email, "new password"))
    changed = Person(person.email, new_password(), person.id, person.seed)
    answer = people.nobody().post(
        AUTH + "/password/reset", json={"token": token, "password": changed.password}
    )
    assert answer.status_code == 204, answer.text

    assert_problem(give_code(people, half_way, people.code(person)), 401)
    assert give_code(people, give_password(people, changed), people.code(changed)).status_code == 200


def test_r22_a_disabled_account_does_not_get_in_with_the_code(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    token = give_password(people, person)
    people.sql("UPDATE users SET status = 'disabled' WHERE id = $1::text::uuid", person.id)
    assert_problem(give_code(people, token, people.code(person)), 401)


@pytest.mark.parametrize("given", [{}, {"code": "123456", "recovery_code": "aaaa-bbbb"}, {"code": None}])
def test_r22_one_code_must_be_given(
    people: People, clock: MovableClock, given: dict[str, str | None]
) -> None:
    token = give_password(people, with_mfa(people, clock))
    answer = people.nobody().post(AUTH + "/mfa/challenge", json={"mfa_token": token, **given})
    assert_problem(answer, 422)
