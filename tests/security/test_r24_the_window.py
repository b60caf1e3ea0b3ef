"""R24: by the server's clock a code is good in its own 30 seconds, the ones before and the ones after."""

from __future__ import annotations

import pytest

from tests.fixtures.mfa import begin_step, give_code, give_password
from tests.fixtures.people import People
from tests.fixtures.served import MovableClock


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 200), (0, 200), (1, 200), (2, 401)])
@pytest.mark.parametrize("seconds", [0, 25])
def test_r24_only_the_codes_next_to_now_are_good(
    people: People, clock: MovableClock, steps: int, status: int, seconds: int
) -> None:
    person = people.register()
    begin_step(clock)
    people.set_up_mfa(person)
    clock.advance(minutes=5)
    begin_step(clock)
    clock.advance(seconds=seconds)
    answer = give_code(people, give_password(people, person), people.code(person, steps=steps))
    assert answer.status_code == status
