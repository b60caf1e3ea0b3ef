"""R66: a reset link works once, signs nobody in, keeps the second factor, and ends every session."""

from __future__ import annotations

import pytest

from tests.fixtures.people import AUTH, People, Person, link_token, new_password
from tests.fixtures.races import ROUNDS, at_once
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

FORGOT, RESET = AUTH + "/password/forgot", AUTH + "/password/reset"


def reset_token(people: People, person: Person, *, count: int = 1) -> str:
    assert people.nobody().post(FORGOT, json={"email": person.email}).status_code == 202
    return link_token(people.wait_for_mail(person.email, "new password", count=count))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_r66_of_twenty_at_once_one_resets(people: People, number: int) -> None:
    person, client = people.register(), people.nobody()
    token, passwords = reset_token(people, person), [new_password() for _ in range(20)]
    answers = at_once(20, lambda i: client.post(RESET, json={"token": token, "password": passwords[i]}))
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [204, *[400] * 19]
    winner = Person(person.email, passwords[statuses.index(204)])
    assert people.log_in(winner).status_code == 200
    assert people.log_in(Person(person.email, passwords[statuses.index(400)])).status_code == 401


def test_r66_it_signs_nobody_in_and_cannot_be_used_again(people: People) -> None:
    person = people.register()
    token = reset_token(people, person)
    answer = people.nobody().post(RESET, json={"token": token, "password": new_password()})
    assert answer.status_code == 204
    assert "set-cookie" not in answer.headers
    assert answer.content == b""
    again = people.nobody().post(RESET, json={"token": token, "password": new_password()})
    assert assert_problem(again, 400)["code"] == "invalid_link"


def test_r66_a_second_request_voids_the_first_link(people: People) -> None:
    person = people.register()
    first, second = (reset_token(people, person, count=count) for count in (1, 2))
    assert first != second
    assert_problem(people.nobody().post(RESET, json={"token": first, "password": new_password()}), 400)
    assert people.nobody().post(RESET, json={"token": second, "password": new_password()}).status_code == 204


def test_r66_a_weak_password_does_not_use_the_link_up(people: People) -> None:
    person = people.register()
    token = reset_token(people, person)
    answer = people.nobody().post(RESET, json={"token": token, "password": "password1234"})
    assert assert_problem(answer, 422)["code"] == "weak_password"
    assert people.nobody().post(RESET, json={"token": token, "password": new_password()}).status_code == 204


def test_r66_every_session_ends(people: People) -> None:
    person = people.register()
    tokens, browser = [people.tokens(person) for _ in range(2)], people.browser(person)
    token, changed = reset_token(people, person), new_password()
    assert people.nobody().post(RESET, json={"token": token, "password": changed}).status_code == 204
    assert [people.me(each.access).status_code for each in tokens] == [401] * 2
    assert [people.refresh(each.refresh).status_code for each in tokens] == [401] * 2
    assert browser.get("/api/v1/users/me").status_code == 401
    assert people.log_in(person).status_code == 401
    assert people.log_in(Person(person.email, changed)).status_code == 200


def test_r66_the_second_factor_is_still_asked_for(people: People, clock: MovableClock) -> None:
    person = people.register()
    people.set_up_mfa(person)
    clock.advance(seconds=60)
    token, changed = reset_token(people, person), new_password()
    assert people.nobody().post(RESET, json={"token": token, "password": changed}).status_code == 204
    answer = people.nobody().post(AUTH + "/login", json={"email": person.email, "password": changed})
    assert answer.json()["mfa_required"] is True
    assert "access_token" not in answer.json()
    assert "set-cookie" not in answer.headers


def test_r66_a_step_of_signing_in_begun_before_is_void(people: People, clock: MovableClock) -> None:
    person = people.register()
    people.set_up_mfa(person)
    clock.advance(seconds=60)
    body = {"email": person.email, "password": person.password}
    begun = people.nobody().post(AUTH + "/login", json=body).json()["mfa_token"]
    token = reset_token(people, person)
    assert people.nobody().post(RESET, json={"token": token, "password": new_password()}).status_code == 204
    challenge = {"mfa_token": begun, "code": people.code(person)}
    assert_problem(people.nobody().post(AUTH + "/mfa/challenge", json=challenge), 401)
