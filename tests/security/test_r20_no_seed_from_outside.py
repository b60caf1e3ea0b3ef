"""R20: nobody brings a seed along: what is verified is the one we made."""

from __future__ import annotations

import pytest

from tests.fixtures.mfa import begin_step
from tests.fixtures.people import API, AUTH, People, Person, code_of
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

OURS = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
VERIFY = AUTH + "/mfa/verify"


def is_on(people: People, person: Person) -> bool:
    return bool(people.me(people.tokens(person).access).json()["mfa_enabled"])


@pytest.mark.parametrize("name", ["secret", "seed", "otpauth_uri", "user_id"])
@pytest.mark.parametrize("is_set_up", [True, False])
def test_r20_a_seed_in_the_request_is_refused(
    people: People, clock: MovableClock, name: str, is_set_up: bool
) -> None:
    person = people.register()
    browser = people.browser(person)
    begin_step(clock)
    if is_set_up:
        browser.post(AUTH + "/mfa/setup", json={"password": person.password})
    answer = browser.post(VERIFY, json={name: OURS, "code": code_of(OURS, clock.now())})

    assert_problem(answer, 422)
    assert OURS not in answer.text
    assert not is_on(people, person)


def test_r20_a_seed_given_to_the_set_up_is_refused(people: People) -> None:
    person = people.register()
    body = {"password": person.password, "secret": OURS}
    assert_problem(people.browser(person).post(AUTH + "/mfa/setup", json=body), 422)


def test_r20_without_a_seed_of_ours_there_is_nothing_to_verify(people: People, clock: MovableClock) -> None:
    person = people.register()
    browser = people.browser(person)
    answer = browser.post(VERIFY, json={"code": code_of(OURS, clock.now())})

    assert assert_problem(answer, 409)["code"] == "mfa_not_set_up"
    assert browser.get(API + "/auth/mfa").json() == {
        "enabled": False,
        "enabled_at": None,
        "recovery_codes_left": 0,
    }
