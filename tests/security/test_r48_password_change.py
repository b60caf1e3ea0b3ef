"""R48: who changes the password knows the present one, and every other session ends with the change."""

from __future__ import annotations

from tests.fixtures.people import API, AUTH, People, Person, new_password
from tests.security.test_r80_problem_documents import assert_problem

CHANGE = AUTH + "/password/change"


def test_r48_without_the_present_password_nothing_changes(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    for body in (
        {"new_password": new_password()},
        {"current_password": new_password(), "new_password": new_password()},
        {"current_password": "", "new_password": new_password()},
    ):
        answer = browser.post(CHANGE, json=body)
        assert answer.status_code in (401, 403, 422)
        assert_problem(answer, answer.status_code)
    assert people.log_in(person).status_code == 200


def test_r48_a_weak_new_password_is_refused(people: People) -> None:
    person = people.register()
    body = {"current_password": person.password, "new_password": "password1234"}
    answer = people.browser(person).post(CHANGE, json=body)
    assert assert_problem(answer, 422)["code"] == "weak_password"


def test_r48_other_sessions_end_and_one_s_own_goes_on_with_new_tokens(people: People) -> None:
    person = people.register()
    browser, others = people.browser(person), [people.tokens(person) for _ in range(3)]
    former = (browser.cookies["auth-token"], browser.cookies["refresh-token"])
    for each in others:
        assert people.me(each.access).status_code == 200
    new = new_password()
    answer = browser.post(CHANGE, json={"current_password": person.password, "new_password": new})
    assert answer.status_code in (200, 204), answer.text

    assert [people.me(each.access).status_code for each in others] == [401] * 3
    assert [people.refresh(each.refresh).status_code for each in others] == [401] * 3
    assert browser.cookies["refresh-token"] != former[1]
    assert browser.get(API + "/users/me").status_code == 200
    assert browser.post(AUTH + "/refresh").status_code == 200
    assert people.log_in(person).status_code == 401
    assert people.log_in(Person(person.email, new)).status_code == 200


def test_r48_wrong_guesses_at_the_present_password_are_bounded(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    guesses = [
        browser.post(CHANGE, json={"current_password": new_password(), "new_password": new_password()})
        for _ in range(12)
    ]
    assert guesses[-1].status_code == 429
    assert int(guesses[-1].headers["retry-after"]) >= 1
