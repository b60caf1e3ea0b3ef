"""Refresh tokens used twice, by many at once, too late; links used once; passwords changed and guessed."""

from __future__ import annotations

import httpx
import pytest

from tests.fixtures.people import API, AUTH, People, Person, bearer, link_token, new_password
from tests.fixtures.races import at_once
from tests.fixtures.served import MovableClock, ServedApp

AT_ONCE = 20


def post_at_once(people: People, path: str, body: dict[str, str]) -> list[httpx.Response]:
    client = people.nobody()
    return at_once(AT_ONCE, lambda _: client.post(path, json=body))


def me(people: People, access: str) -> int:
    return people.nobody().get(API + "/users/me", headers=bearer(access)).status_code


def test_many_at_once_with_one_refresh_token_get_the_same_successor(served_app: ServedApp) -> None:
    people = served_app.people
    first = people.tokens(people.register())

    with served_app.clock.held():
        answers = post_at_once(people, AUTH + "/refresh", {"refresh_token": first.refresh})

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    successor = answers[0].json()["refresh_token"]
    assert successor != first.refresh
    assert people.refresh(successor).status_code == 200


def test_the_parent_is_answered_with_the_same_successor_for_ten_seconds(
    people: People, clock: MovableClock
) -> None:
    first = people.tokens(people.register())
    second = people.refresh(first.refresh).json()

    clock.advance(seconds=8)
    again = people.refresh(first.refresh)

    assert again.status_code == 200
    assert again.json()["refresh_token"] == second["refresh_token"]
    assert people.refresh(second["refresh_token"]).status_code == 200


@pytest.mark.parametrize(("refreshes", "seconds"), [(1, 11), (2, 1)])
def test_a_token_used_twice_ends_its_session_and_no_other(
    people: People, clock: MovableClock, refreshes: int, seconds: int
) -> None:
    person = people.register()
    other, first = people.tokens(person), people.tokens(person)
    last = {"refresh_token": first.refresh, "access_token": first.access}
    for _ in range(refreshes):
        last = people.refresh(last["refresh_token"]).json()
    clock.advance(seconds=seconds)

    reused = people.refresh(first.refresh)

    assert reused.status_code == 401
    assert reused.json()["code"] == "session_ended"
    assert people.refresh(last["refresh_token"]).status_code == 401
    assert me(people, last["access_token"]) == 401
    assert me(people, other.access) == 200
    events = people.sql("SELECT event FROM audit_log WHERE user_id = $1::text::uuid", person.id)
    assert [row["event"] for row in events].count("refresh_reuse") == 1


def test_a_session_ends_after_seven_days_however_busy_and_after_three_idle(
    people: People, clock: MovableClock
) -> None:
    person = people.register()
    busy, idle = people.tokens(person), people.tokens(person)
    refresh = busy.refresh
    for _ in range(4):
        clock.advance(hours=40)
        answer = people.refresh(refresh)
        assert answer.status_code == 200
        refresh = answer.json()["refresh_token"]

    assert people.refresh(idle.refresh).status_code == 401
    clock.advance(hours=9)
    assert people.refresh(refresh).status_code == 401


def reset_token(people: People, person: Person, count: int = 1) -> str:
    assert people.nobody().post(AUTH + "/password/forgot", json={"email": person.email}).status_code == 202
    return link_token(people.wait_for_mail(person.email, "choose a new", count=count))


def test_a_reset_link_works_once_of_twenty_at_once_and_ends_every_session(served_app: ServedApp) -> None:
    people = served_app.people
    person = people.register()
    before = people.tokens(person)
    token, new = reset_token(people, person), new_password()
    people.ledger.remember("password", new)

    answers = post_at_once(people, AUTH + "/password/reset", {"token": token, "password": new})

    assert sorted(answer.status_code for answer in answers) == [204] + [400] * (AT_ONCE - 1)
    assert {answer.json()["code"] for answer in answers if answer.status_code == 400} == {"invalid_link"}
    assert not any(answer.cookies for answer in answers)
    assert me(people, before.access) == 401
    assert people.refresh(before.refresh).status_code == 401
    assert people.log_in(person).status_code == 401
    person.password = new
    assert people.log_in(person).status_code == 200


def test_a_second_link_voids_the_first_and_half_an_hour_any(people: People, clock: MovableClock) -> None:
    person = people.register()
    first, second = reset_token(people, person), reset_token(people, person, count=2)
    ask = people.nobody()

    assert (
        ask.post(AUTH + "/password/reset", json={"token": first, "password": new_password()}).status_code
        == 400
    )
    weak = ask.post(AUTH + "/password/reset", json={"token": second, "password": "password1234"})
    assert weak.status_code == 422
    assert weak.json()["errors"][0]["loc"] == ["body", "password"]
    clock.advance(minutes=31)
    assert (
        ask.post(AUTH + "/password/reset", json={"token": second, "password": new_password()}).status_code
        == 400
    )


def test_changing_the_password_ends_the_others_and_renews_ones_own(people: People) -> None:
    person = people.register()
    other, browser = people.tokens(person), people.browser(person)
    old, new = dict(browser.cookies), new_password()

    wrong = browser.post(AUTH + "/password/change", json={"current_password": "x" * 12, "new_password": new})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0] == {
        "loc": ["body", "current_password"],
        "msg": "This is not your password.",
        "type": "wrong_password",
    }
    assert me(people, other.access) == 200
    body = {"current_password": person.password, "new_password": new}
    assert browser.post(AUTH + "/password/change", json=body).status_code == 204

    assert me(people, other.access) == me(people, old["auth-token"]) == 401
    assert browser.get(API + "/users/me").status_code == 200
    assert browser.cookies["auth-token"] != old["auth-token"]
    assert people.refresh(old["refresh-token"]).status_code == 401


def test_ten_wrong_passwords_make_the_next_wait_for_an_account_or_none_alike(
    people: People, clock: MovableClock
) -> None:
    person = people.register()
    live = people.tokens(person)
    nobody = Person("nobody." + person.email, "some wrong password")
    for each in (person, nobody):
        answers = [people.log_in(each, password="some wrong password") for _ in range(11)]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429]
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    assert people.log_in(person).status_code == 429
    assert me(people, live.access) == 200

    clock.advance(minutes=2)
    assert people.log_in(person).status_code == 200


def test_both_a_cookie_and_a_token_in_the_body_is_refused(people: People) -> None:
    person = people.register()
    browser = people.browser(person)

    answer = browser.post(AUTH + "/refresh", json={"refresh_token": people.tokens(person).refresh})

    assert answer.status_code == 400
    assert answer.json()["code"] == "two_tokens"


def test_an_old_token_of_a_browser_is_taken_away(people: People) -> None:
    browser = people.browser(people.register())
    assert people.refresh(browser.cookies["refresh-token"]).status_code == 200
    assert people.refresh(browser.cookies["refresh-token"]).status_code == 200
    access = browser.cookies["auth-token"]
    assert people.nobody().post(AUTH + "/logout", headers=bearer(access)).status_code == 204

    answer = browser.post(AUTH + "/refresh")

    assert answer.status_code == 401
    assert not browser.cookies
