"""R54: a refresh token used a second time, late, ends its session and no other."""

from __future__ import annotations

import pytest

from tests.fixtures.people import AUTH, People, Tokens
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem


def next_of(people: People, tokens: Tokens) -> Tokens:
    answer = people.refresh(tokens.refresh)
    assert answer.status_code == 200, answer.text
    return Tokens(answer.json()["access_token"], answer.json()["refresh_token"])


@pytest.mark.parametrize("stolen", [0, 1])
def test_r54_an_old_one_kills_the_newest_and_its_access_token(
    people: People, clock: MovableClock, stolen: int
) -> None:
    person = people.register()
    chain, other = [people.tokens(person)], people.tokens(person)
    for _ in range(2):
        clock.advance(seconds=11)
        chain.append(next_of(people, chain[-1]))
    assert len({each.refresh for each in chain}) == len({each.access for each in chain}) == 3
    clock.advance(seconds=11)
    assert people.me(chain[-1].access).status_code == 200

    answer = people.refresh(chain[stolen].refresh)
    assert assert_problem(answer, 401)["code"] == "session_ended"
    assert people.me(chain[-1].access).status_code == 401
    assert people.refresh(chain[-1].refresh).status_code == 401
    assert people.me(other.access).status_code == 200
    assert people.refresh(other.refresh).status_code == 200
    events = people.sql(
        "SELECT event FROM audit_log WHERE user_id = $1::text::uuid AND event = 'refresh_reuse'", person.id
    )
    assert len(events) == 1


def test_r54_an_access_token_of_before_the_refresh_lives_until_its_own_end(people: People) -> None:
    first = people.tokens(people.register())
    next_of(people, first)
    assert people.me(first.access).status_code == 200


def test_r54_an_invented_or_altered_token_ends_nobody_s_session(people: People) -> None:
    tokens = people.tokens(people.register())
    body = tokens.refresh
    middle = len(body) // 2
    flipped = body[:middle] + ("A" if body[middle] != "A" else "B") + body[middle + 1 :]
    for bad in (
        flipped,
        body[:-1],
        body + "A",
        body.swapcase(),
        "ts_rt_",
        "",
        "x" * 1000,
        "ts_rt_" + "A" * 75,
    ):
        assert people.refresh(bad).status_code in (401, 422)
    assert people.me(tokens.access).status_code == 200
    assert people.refresh(tokens.refresh).status_code == 200


def test_r54_a_browser_whose_session_was_ended_loses_its_cookies(people: People, clock: MovableClock) -> None:
    browser = people.browser(people.register())
    stolen = browser.cookies["refresh-token"]
    assert browser.post(AUTH + "/refresh").status_code == 200
    clock.advance(seconds=11)
    thief = people.nobody(headers={"Sec-Fetch-Site": "same-origin", "Cookie": f"refresh-token={stolen}"})
    assert thief.post(AUTH + "/refresh").status_code == 401
    assert browser.post(AUTH + "/refresh").status_code == 401
    assert "auth-token" not in browser.cookies
    assert "refresh-token" not in browser.cookies
