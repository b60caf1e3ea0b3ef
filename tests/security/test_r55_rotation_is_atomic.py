"""R55: fifty refreshes with one token at the same moment have one outcome: one successor, which lives."""

from __future__ import annotations

import pytest

from tests.fixtures.people import AUTH, People
from tests.fixtures.races import ROUNDS, at_once
from tests.fixtures.served import MovableClock

AT_ONCE = 50


@pytest.mark.parametrize("number", range(ROUNDS))
def test_r55_fifty_at_once_get_the_same_successor(people: People, clock: MovableClock, number: int) -> None:
    person = people.register()
    first, client = people.tokens(person), people.nobody()
    body = {"refresh_token": first.refresh}
    with clock.held():
        answers = at_once(AT_ONCE, lambda _: client.post(AUTH + "/refresh", json=body))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    successors = {answer.json()["refresh_token"] for answer in answers}
    assert len(successors) == 1
    assert successors != {first.refresh}
    rows = people.sql("SELECT counter, revoked_at FROM sessions WHERE user_id = $1::text::uuid", person.id)
    assert [(row["counter"], row["revoked_at"]) for row in rows] == [(1, None)]
    clock.advance(seconds=11)
    assert people.refresh(successors.pop()).status_code == 200


def test_r55_tabs_of_one_browser_that_refresh_at_once_stay_signed_in(
    people: People, clock: MovableClock
) -> None:
    browser = people.browser(people.register())
    cookies = {"Cookie": f"refresh-token={browser.cookies['refresh-token']}"}
    tab = people.nobody(headers={"Sec-Fetch-Site": "same-origin", **cookies})
    with clock.held():
        answers = at_once(20, lambda _: tab.post(AUTH + "/refresh"))
    assert [answer.status_code for answer in answers] == [200] * 20
    given = {answer.cookies["refresh-token"] for answer in answers}
    assert len(given) == 1
    last = {"Sec-Fetch-Site": "same-origin", "Cookie": f"refresh-token={given.pop()}"}
    assert people.nobody(headers=last).post(AUTH + "/refresh").status_code == 200


def test_r55_signing_out_and_refreshing_at_once_leaves_nothing_alive(people: People) -> None:
    for _ in range(ROUNDS):
        tokens, client = people.tokens(people.register()), people.nobody()

        def call(number: int, client=client, tokens=tokens):
            if number == 0:
                return client.post(AUTH + "/logout", headers=tokens.bearer)
            return client.post(AUTH + "/refresh", json={"refresh_token": tokens.refresh})

        answers = at_once(6, call)
        assert answers[0].status_code == 204
        for answer in answers[1:]:
            assert answer.status_code in (200, 401)
            if answer.status_code == 200:
                assert people.me(answer.json()["access_token"]).status_code == 401
                assert people.refresh(answer.json()["refresh_token"]).status_code == 401
