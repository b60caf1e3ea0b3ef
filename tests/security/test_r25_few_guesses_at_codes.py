"""R25: few guesses at one account's codes: 5 in 5 minutes, 20 an hour, 50 a day, both kinds together."""

from __future__ import annotations

from collections import Counter

import httpx

from tests.fixtures.mfa import begin_step, give_code, give_password, with_mfa, wrong_code
from tests.fixtures.people import AUTH, People, Person
from tests.fixtures.races import at_once
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

NO_SUCH_CODE = "2222-3333-4444-5555-6666"


def guess(people: People, person: Person, times: int) -> list[int]:
    token, wrong = give_password(people, person), wrong_code(people, person)
    return [give_code(people, token, wrong).status_code for _ in range(times)]


def right(people: People, person: Person, clock: MovableClock) -> httpx.Response:
    begin_step(clock)
    return give_code(people, give_password(people, person), people.code(person))


def test_r25_the_sixth_attempt_has_to_wait_even_if_it_is_right(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    assert guess(people, person, 5) == [401] * 5

    answer = right(people, person, clock)
    assert_problem(answer, 429)
    assert 200 < int(answer.headers["retry-after"]) <= 300
    assert "set-cookie" not in answer.headers
    clock.advance(seconds=int(answer.headers["retry-after"]))
    assert right(people, person, clock).status_code == 200


def test_r25_recovery_codes_count_together_with_codes(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    assert guess(people, person, 2) == [401] * 2
    token = give_password(people, person)
    for _ in range(3):
        assert give_code(people, token, recovery_code=NO_SUCH_CODE).status_code == 401

    assert right(people, person, clock).status_code == 429
    assert give_code(people, token, recovery_code=person.recovery_codes[0]).status_code == 429


def test_r25_another_address_has_no_further_guesses(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    token, wrong = give_password(people, person), wrong_code(people, person)
    statuses = [
        people.nobody(from_address=f"127.0.2.{number + 1}")
        .post(AUTH + "/mfa/challenge", json={"mfa_token": token, "code": wrong})
        .status_code
        for number in range(7)
    ]
    assert statuses == [401] * 5 + [429] * 2


def test_r25_of_many_guesses_at_once_five_are_looked_at(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    token, wrong = give_password(people, person), wrong_code(people, person)
    answers = at_once(20, lambda _: give_code(people, token, wrong))
    assert Counter(answer.status_code for answer in answers) == {401: 5, 429: 15}


def test_r25_twenty_an_hour_and_fifty_a_day(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    for _ in range(4):
        assert guess(people, person, 5) == [401] * 5
        clock.advance(minutes=5, seconds=1)
    answer = right(people, person, clock)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 300

    clock.advance(hours=1)
    for _ in range(6):
        assert guess(people, person, 5) == [401] * 5
        clock.advance(minutes=30)
    answer = right(people, person, clock)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 3600
    clock.advance(days=1)
    assert right(people, person, clock).status_code == 200


def test_r25_live_sessions_feel_nothing_and_neither_does_another_account(
    people: People, clock: MovableClock
) -> None:
    person, other = with_mfa(people, clock), with_mfa(people, clock)
    begin_step(clock)
    browser = people.browser(person)
    guess(people, person, 6)
    assert browser.get("/api/v1/users/me").status_code == 200
    assert right(people, other, clock).status_code == 200


def test_r25_codes_for_turning_it_off_count_as_well(people: People, clock: MovableClock) -> None:
    person = people.register()
    browser = people.browser(person)
    begin_step(clock)
    people.set_up_mfa(person, browser)
    proof = {"password": person.password, "code": wrong_code(people, person)}
    statuses = [browser.post(AUTH + "/mfa/disable", json=proof).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert right(people, person, clock).status_code == 429
