"""R56: for ten seconds a token just used gives the same successor again; not later, and no older one."""

from __future__ import annotations

from tests.fixtures.people import People, Tokens
from tests.fixtures.served import MovableClock


def next_of(people: People, refresh: str) -> Tokens:
    answer = people.refresh(refresh)
    assert answer.status_code == 200, answer.text
    return Tokens(answer.json()["access_token"], answer.json()["refresh_token"])


def test_r56_after_five_seconds_the_same_again_and_nothing_rotates(
    people: People, clock: MovableClock
) -> None:
    person = people.register()
    first = people.tokens(person)
    second = next_of(people, first.refresh)
    for _ in range(3):
        clock.advance(seconds=2)
        assert next_of(people, first.refresh).refresh == second.refresh
    rows = people.sql("SELECT counter FROM sessions WHERE user_id = $1::text::uuid", person.id)
    assert rows == [{"counter": 1}]
    third = next_of(people, second.refresh)
    assert third.refresh not in (first.refresh, second.refresh)


def test_r56_asking_again_does_not_prolong_the_grace(people: People, clock: MovableClock) -> None:
    first = people.tokens(people.register())
    second = next_of(people, first.refresh)
    clock.advance(seconds=8)
    assert next_of(people, first.refresh).refresh == second.refresh
    clock.advance(seconds=3)
    assert people.refresh(first.refresh).status_code == 401
    assert people.refresh(second.refresh).status_code == 401


def test_r56_after_eleven_seconds_the_session_is_dead(people: People, clock: MovableClock) -> None:
    first = people.tokens(people.register())
    second = next_of(people, first.refresh)
    clock.advance(seconds=11)
    assert people.refresh(first.refresh).status_code == 401
    assert people.me(second.access).status_code == 401
    assert people.refresh(second.refresh).status_code == 401


def test_r56_a_grandparent_kills_within_the_grace_too(people: People, clock: MovableClock) -> None:
    first = people.tokens(people.register())
    second = next_of(people, first.refresh)
    third = next_of(people, second.refresh)
    clock.advance(seconds=5)
    assert people.refresh(first.refresh).status_code == 401
    assert people.me(third.access).status_code == 401
    assert people.refresh(third.refresh).status_code == 401
