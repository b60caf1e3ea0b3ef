"""R12: ten wrong passwords for an account slow the guessing down; its owner is not locked out by them."""

from __future__ import annotations

from tests.fixtures.people import AUTH, People, Person, link_token, new_password
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

WRONG = 10


def guess(people: People, person: Person, times: int) -> list[int]:
    """Guess from another address each time."""
    return [
        people.log_in(
            Person(person.email, new_password()), client=people.nobody(from_address=f"127.0.1.{number + 1}")
        ).status_code
        for number in range(times)
    ]


def test_r12_the_eleventh_guess_from_ten_addresses_has_to_wait(people: People) -> None:
    person = people.register()
    assert guess(people, person, WRONG) == [401] * WRONG
    answer = people.log_in(person, client=people.nobody(from_address="127.0.1.99"))
    assert_problem(answer, 429)
    assert 1 <= int(answer.headers["retry-after"]) <= 15 * 60
    assert "set-cookie" not in answer.headers


def test_r12_the_owner_s_session_and_the_way_by_mail_still_work(people: People) -> None:
    person = people.register()
    browser, tokens = people.browser(person), people.tokens(person)
    guess(people, person, WRONG + 1)
    assert browser.get("/api/v1/users/me").status_code == 200
    assert browser.post(AUTH + "/refresh").status_code == 200
    assert people.refresh(tokens.refresh).status_code == 200

    assert people.nobody().post(AUTH + "/password/forgot", json={"email": person.email}).status_code == 202
    token = link_token(people.wait_for_mail(person.email, "new password"))
    changed = new_password()
    answer = people.nobody().post(AUTH + "/password/reset", json={"token": token, "password": changed})
    assert answer.status_code == 204, answer.text
    assert people.log_in(Person(person.email, changed)).status_code == 200


def test_r12_a_quarter_of_an_hour_later_the_owner_gets_in(people: People, clock: MovableClock) -> None:
    person = people.register()
    guess(people, person, WRONG + 5)
    assert people.log_in(person).status_code == 429
    clock.advance(minutes=15, seconds=1)
    assert people.log_in(person).status_code == 200


def test_r12_another_account_feels_nothing(people: People) -> None:
    guess(people, people.register(), WRONG + 2)
    assert people.log_in(people.register()).status_code == 200
