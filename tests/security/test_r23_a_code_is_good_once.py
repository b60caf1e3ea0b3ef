"""R23: a code is good once, however many bring it at the same moment; none before it is good after it."""

from __future__ import annotations

from collections import Counter

from tests.fixtures.mfa import begin_step, give_code, give_password, with_mfa
from tests.fixtures.people import AUTH, People
from tests.fixtures.races import ROUNDS, at_once
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

CALLS = 20


def test_r23_of_twenty_at_once_with_one_code_one_gets_in(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    for _ in range(ROUNDS):
        begin_step(clock)
        token, code = give_password(people, person), people.code(person)
        answers = at_once(CALLS, lambda _: give_code(people, token, code))  # noqa: B023
        assert Counter(answer.status_code for answer in answers) == {200: 1, 401: CALLS - 1}


def test_r23_the_code_that_turned_it_on_does_not_sign_in(people: People, clock: MovableClock) -> None:
    person = people.register()
    begin_step(clock)
    people.set_up_mfa(person, steps=0)
    answer = give_code(people, give_password(people, person), people.code(person))
    assert assert_problem(answer, 401)["code"] == "invalid_code"
    assert give_code(people, give_password(people, person), people.code(person, steps=1)).status_code == 200


def test_r23_after_the_next_code_the_present_one_is_void(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    token = give_password(people, person)
    assert give_code(people, token, people.code(person, steps=1)).status_code == 200
    assert_problem(give_code(people, token, people.code(person)), 401)
    assert_problem(give_code(people, token, people.code(person, steps=1)), 401)


def test_r23_two_codes_in_turn_do_not_revive_the_first(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    first = people.code(person)
    assert give_code(people, give_password(people, person), first).status_code == 200
    clock.advance(seconds=30)
    assert give_code(people, give_password(people, person), people.code(person)).status_code == 200
    assert_problem(give_code(people, give_password(people, person), first), 401)


def test_r23_a_code_spent_on_turning_it_off_is_spent(people: People, clock: MovableClock) -> None:
    person = people.register()
    browser = people.browser(person)
    begin_step(clock)
    people.set_up_mfa(person, browser)
    code = people.code(person)
    proof = {"password": person.password, "code": code}
    assert browser.post(AUTH + "/mfa/recovery-codes", json=proof).status_code == 200
    assert_problem(browser.post(AUTH + "/mfa/disable", json=proof), 401)


def test_r23_who_sends_the_right_code_twice_has_wasted_no_attempt(
    people: People, clock: MovableClock
) -> None:
    person = with_mfa(people, clock)
    token, code = give_password(people, person), people.code(person)
    answers = [give_code(people, token, code).status_code for _ in range(8)]
    assert answers == [200] + [401] * 7
    clock.advance(seconds=30)
    assert give_code(people, give_password(people, person), people.code(person)).status_code == 200
