"""R21: a second factor asks nothing of anybody until its first right code; setting up again voids it."""

from __future__ import annotations

from tests.fixtures.mfa import begin_step
from tests.fixtures.people import AUTH, People, code_of
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

SETUP, VERIFY = AUTH + "/mfa/setup", AUTH + "/mfa/verify"


def test_r21_a_pending_factor_asks_for_no_code(people: People) -> None:
    person = people.register()
    people.browser(person).post(SETUP, json={"password": person.password})

    answer = people.log_in(person)
    assert answer.status_code == 200
    assert "access_token" in answer.json()
    assert answer.json()["user"]["mfa_enabled"] is False


def test_r21_setting_up_again_voids_the_seed_before(people: People, clock: MovableClock) -> None:
    person = people.register()
    browser = people.browser(person)
    begin_step(clock)
    old, new = (browser.post(SETUP, json={"password": person.password}).json()["secret"] for _ in range(2))

    answer = browser.post(VERIFY, json={"code": code_of(old, clock.now())})
    assert assert_problem(answer, 401)["code"] == "invalid_code"
    assert browser.post(VERIFY, json={"code": code_of(new, clock.now())}).status_code == 200


def test_r21_a_pending_factor_waits_for_a_quarter_of_an_hour(people: People, clock: MovableClock) -> None:
    person = people.register()
    browser = people.browser(person)
    begin_step(clock)
    seed = browser.post(SETUP, json={"password": person.password}).json()["secret"]
    clock.advance(minutes=14)
    browser.post(AUTH + "/refresh")
    clock.advance(minutes=1, seconds=1)

    answer = browser.post(VERIFY, json={"code": code_of(seed, clock.now())})
    assert assert_problem(answer, 409)["code"] == "mfa_not_set_up"


def test_r21_an_enabled_factor_is_neither_replaced_nor_verified_again(
    people: People, clock: MovableClock
) -> None:
    person = people.register()
    browser = people.browser(person)
    begin_step(clock)
    people.set_up_mfa(person, browser)

    answer = browser.post(SETUP, json={"password": person.password})
    assert assert_problem(answer, 409)["code"] == "mfa_already_enabled"
    answer = browser.post(VERIFY, json={"code": people.code(person)})
    assert assert_problem(answer, 409)["code"] == "mfa_already_enabled"
    assert people.log_in(person).status_code == 200


def test_r21_turning_it_on_ends_the_other_sessions_and_voids_half_a_sign_in(
    people: People, clock: MovableClock
) -> None:
    person = people.register()
    browser, other = people.browser(person), people.tokens(person)
    begin_step(clock)
    people.set_up_mfa(person, browser)

    assert people.me(other.access).status_code == 401
    assert people.refresh(other.refresh).status_code == 401
    assert browser.get("/api/v1/users/me").json()["mfa_enabled"] is True
    state = browser.get(AUTH + "/mfa").json()
    assert (state["enabled"], state["recovery_codes_left"]) == (True, 10)
    people.wait_for_mail(person.email, "two-factor sign-in is on")
