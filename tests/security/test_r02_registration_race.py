"""R2: however many register one address at the same moment, one account comes of it and nothing breaks."""

from __future__ import annotations

import pytest

from tests.fixtures.people import AUTH, People, new_email, new_password
from tests.fixtures.races import ROUNDS, at_once


@pytest.mark.parametrize("number", range(ROUNDS))
def test_r02_twenty_at_once_make_one_account(people: People, number: int) -> None:
    client, body = people.nobody(), {"email": new_email(), "password": new_password()}
    answers = at_once(20, lambda _: client.post(AUTH + "/register", json=body))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201, *[409] * 19]
    assert people.sql("SELECT count(*) AS n FROM users WHERE email = $1", body["email"]) == [{"n": 1}]
