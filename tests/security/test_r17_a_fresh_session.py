"""R17: signing in makes a new session, whatever token was sent along, and never adopts that one."""

from __future__ import annotations

import pytest
from jose import jwt

from tests.fixtures.people import AUTH, People


def claims(token: str) -> dict[str, str]:
    found: dict[str, str] = jwt.get_unverified_claims(token)
    return found


@pytest.mark.parametrize("whose", ["own", "another's", "invented"])
def test_r17_a_token_sent_along_is_not_reused(people: People, whose: str) -> None:
    person = people.register()
    owner = person if whose == "own" else people.register()
    sent = people.tokens(owner).access if whose != "invented" else "attacker.chosen.token"
    client = people.browser()
    client.cookies.set("auth-token", sent)
    # The jar then holds the sent cookie and the new one under one name, as a tossed cookie would lie there.
    answer = client.post(AUTH + "/login", json={"email": person.email, "password": person.password})
    assert answer.status_code == 200, answer.text
    fresh = claims(answer.json()["access_token"])
    assert fresh["sub"] == person.id
    if whose != "invented":
        former = claims(sent)
        assert (fresh["sid"], fresh["jti"]) != (former["sid"], former["jti"])
        assert fresh["sid"] != former["sid"]
        assert fresh["jti"] != former["jti"]


def test_r17_no_two_sign_ins_share_a_session(people: People) -> None:
    person = people.register()
    seen = [claims(people.tokens(person).access) for _ in range(5)]
    assert len({each["sid"] for each in seen}) == len({each["jti"] for each in seen}) == 5
