"""R53: a session ends seven days after signing in however active, sooner when nobody uses it."""

from __future__ import annotations

from tests.fixtures.people import API, AUTH, People
from tests.fixtures.served import MovableClock, ServedApp


def test_r53_a_chain_of_refreshes_ends_seven_days_after_signing_in(
    people: People, clock: MovableClock
) -> None:
    tokens = people.tokens(people.register())
    for _ in range(6):
        clock.advance(hours=27)
        answer = people.refresh(tokens.refresh)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        tokens = type(tokens)(body["access_token"], body["refresh_token"])
    clock.advance(hours=5)  # 167 hours
    answer = people.refresh(tokens.refresh)
    assert answer.status_code == 200
    last = answer.json()
    clock.advance(hours=1, seconds=1)
    assert people.refresh(last["refresh_token"]).status_code == 401
    assert people.me(last["access_token"]).status_code == 401


def test_r53_no_access_token_outlives_its_session(people: People, clock: MovableClock) -> None:
    tokens = people.tokens(people.register())
    for _ in range(4):
        clock.advance(hours=41, minutes=59)
        tokens = _refreshed(people, tokens.refresh)
    assert people.me(tokens.access).status_code == 200  # 167 h 56 min after signing in
    clock.advance(minutes=5)
    assert people.me(tokens.access).status_code == 401


def test_r53_a_session_nobody_used_ends(people: People, clock: MovableClock, served_app: ServedApp) -> None:
    tokens = people.tokens(people.register())
    idle = served_app.settings.session_idle_hours
    clock.advance(hours=idle - 1)
    tokens = _refreshed(people, tokens.refresh)
    clock.advance(hours=idle, seconds=1)
    assert people.refresh(tokens.refresh).status_code == 401


def test_r53_an_aged_row_ends_too(people: People) -> None:
    person = people.register()
    tokens = people.tokens(person)
    for column in ("expires_at", "last_used_at"):
        tokens = people.tokens(person)
        people.sql(f"UPDATE sessions SET {column} = '2020-01-01Z' WHERE user_id = $1::text::uuid", person.id)
        assert people.refresh(tokens.refresh).status_code == 401, column


def test_r53_an_access_token_lives_a_quarter_of_an_hour(people: People, clock: MovableClock) -> None:
    browser = people.browser(people.register())
    access = browser.cookies["auth-token"]
    clock.advance(minutes=14, seconds=50)
    assert people.me(access).status_code == 200
    clock.advance(seconds=16)
    assert people.me(access).status_code == 401
    assert browser.post(AUTH + "/refresh").status_code == 200
    assert browser.get(API + "/users/me").status_code == 200


def _refreshed(people: People, refresh: str):
    from tests.fixtures.people import Tokens

    answer = people.refresh(refresh)
    assert answer.status_code == 200, answer.text
    return Tokens(answer.json()["access_token"], answer.json()["refresh_token"])
