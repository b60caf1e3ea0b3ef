"""R28: the second factor goes off with password and code only; then the other sessions end."""

from __future__ import annotations

import pytest

from tests.fixtures.mfa import begin_step, wrong_code
from tests.fixtures.people import AUTH, People, Person, new_password
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

DISABLE = AUTH + "/mfa/disable"


@pytest.fixture
def person(people: People, clock: MovableClock) -> Person:
    made = people.register()
    begin_step(clock)
    people.set_up_mfa(made)
    return made


def is_on(people: People, person: Person) -> bool:
    return (
        "mfa_required"
        in people.nobody()
        .post(AUTH + "/login", json={"email": person.email, "password": person.password})
        .json()
    )


@pytest.mark.parametrize("proof", [(), ("password",), ("code",)])
def test_r28_the_cookie_alone_or_half_the_proof_is_refused(
    people: People, person: Person, clock: MovableClock, proof: tuple[str, ...]
) -> None:
    browser = people.browser(person)
    clock.advance(seconds=30)
    whole = {"password": person.password, "code": people.code(person)}
    answer = browser.post(DISABLE, json={name: whole[name] for name in proof})
    assert assert_problem(answer, 403)["code"] == "reauth_required"
    assert is_on(people, person)


def test_r28_a_wrong_password_is_refused_and_spends_no_code(
    people: People, person: Person, clock: MovableClock
) -> None:
    browser = people.browser(person)
    clock.advance(seconds=30)
    code = people.code(person)
    answer = browser.post(DISABLE, json={"password": new_password(), "code": code})
    assert assert_problem(answer, 403)["code"] == "reauth_required"
    assert browser.post(DISABLE, json={"password": person.password, "code": code}).status_code == 204


def test_r28_a_wrong_code_is_refused(people: People, person: Person) -> None:
    browser = people.browser(person)
    answer = browser.post(DISABLE, json={"password": person.password, "code": wrong_code(people, person)})
    assert assert_problem(answer, 401)["code"] == "invalid_code"
    assert browser.get("/api/v1/users/me").status_code == 200
    assert is_on(people, person)


def test_r28_with_both_it_goes_off_and_the_other_sessions_end(
    people: People, person: Person, clock: MovableClock
) -> None:
    other = people.tokens(person)
    begin_step(clock)
    browser = people.browser(person)
    clock.advance(seconds=30)
    answer = browser.post(DISABLE, json={"password": person.password, "code": people.code(person)})

    assert answer.status_code == 204
    assert answer.content == b""
    assert people.me(other.access).status_code == 401
    assert people.refresh(other.refresh).status_code == 401
    assert browser.get("/api/v1/users/me").json()["mfa_enabled"] is False
    assert browser.get(AUTH + "/mfa").json()["enabled"] is False
    assert not is_on(people, person)
    people.wait_for_mail(person.email, "two-factor sign-in is off")


def test_r28_nothing_of_it_stays_behind(people: People, person: Person, clock: MovableClock) -> None:
    browser = people.browser(person)
    clock.advance(seconds=30)
    browser.post(DISABLE, json={"password": person.password, "code": people.code(person)})
    for table in ("second_factors", "recovery_codes"):
        assert people.sql(f"SELECT 1 FROM {table} WHERE user_id = $1::text::uuid", person.id) == []


def test_r28_what_is_off_cannot_be_turned_off(people: People) -> None:
    person = people.register()
    answer = people.browser(person).post(DISABLE, json={"password": person.password, "code": "123456"})
    assert assert_problem(answer, 409)["code"] == "mfa_not_enabled"


def test_r28_a_new_factor_can_be_set_up_afterwards_and_the_old_codes_are_worth_nothing(
    people: People, person: Person, clock: MovableClock
) -> None:
    old_codes, browser = person.recovery_codes, people.browser(person)
    clock.advance(seconds=30)
    browser.post(DISABLE, json={"password": person.password, "code": people.code(person)})
    begin_step(clock)
    people.set_up_mfa(person, browser)
    answer = browser.post(DISABLE, json={"password": person.password, "code": old_codes[0]})
    assert_problem(answer, 401)


def test_r28_each_change_is_written_down_once(people: People, person: Person, clock: MovableClock) -> None:
    browser = people.browser(person)
    clock.advance(seconds=30)
    browser.post(DISABLE, json={"password": person.password, "code": people.code(person)})
    rows = people.sql(
        "SELECT event, actor_id::text AS actor, ip FROM audit_log"
        " WHERE user_id = $1::text::uuid AND event LIKE 'mfa%' ORDER BY id",
        person.id,
    )
    assert [(row["event"], row["actor"]) for row in rows] == [
        ("mfa_enabled", person.id),
        ("mfa_disabled", person.id),
    ]
    assert {row["ip"] for row in rows} == {"127.0.0.1"}
