"""R26: whatever is sent as a code is refused with 401 or 422, never with a failure of ours."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.mfa import give_code, give_password, with_mfa
from tests.fixtures.people import AUTH, People, Person
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

ODD = [
    "é23456",
    "\uff11\uff12\uff13\uff14\uff15\uff16",
    "١٢٣٤٥٦",
    "²²²²²²",
    "",
    "1234567",
    "12345",
    "123456\n",
    "\u202e123456",
    "1e5",
    "-12345",
    "'; --",
    "😀" * 6,
    "a" * 64,
    "aaaa-aaaa-aaaa-aaaa-aaaa",
    "ﬀﬀﬀﬀ",
    "İİİİİİ",
    None,
    [],
    {},
    ["123456"],
    123456,
    1.5,
    True,
    "1" * 65,
    "1" * 900_000,
]


@pytest.fixture(scope="module")
def with_factor(served_app) -> Person:
    return with_mfa(served_app.people, served_app.clock)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:20])
@pytest.mark.parametrize("field", ["code", "recovery_code"])
def test_r26_odd_codes_at_sign_in_are_refused(
    people: People, with_factor: Person, field: str, odd: object
) -> None:
    token = give_password(people, with_factor)
    answer = people.nobody().post(AUTH + "/mfa/challenge", json={"mfa_token": token, field: odd})
    assert answer.status_code in (401, 422)
    assert_problem(answer, answer.status_code)


def test_r26_odd_codes_for_setting_up_and_turning_off_are_refused(
    people: People, clock: MovableClock
) -> None:
    person = people.register()
    browser = people.browser(person)
    browser.post(AUTH + "/mfa/setup", json={"password": person.password})
    for odd in ODD:
        answer = browser.post(AUTH + "/mfa/verify", json={"code": odd})
        assert answer.status_code in (401, 422)
    people.set_up_mfa(person, browser)
    for odd in ODD:
        answer = browser.post(AUTH + "/mfa/disable", json={"password": person.password, "code": odd})
        assert answer.status_code == 403 if odd is None else answer.status_code in (401, 422)


@pytest.mark.parametrize(
    "field", [b'"code": "\\ud800"', b'"code": "12\\u0000456"', b'"code": NaN', b'"code": 1e999']
)
def test_r26_what_no_text_can_hold_is_refused(people: People, field: bytes) -> None:
    answer = people.nobody().post(
        AUTH + "/mfa/challenge",
        content=b'{"mfa_token": "x", ' + field + b"}",
        headers={"Content-Type": "application/json"},
    )
    assert_problem(answer, 422)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=64))
def test_r26_any_text_at_all_is_refused(people: People, with_factor: Person, text: str) -> None:
    answer: httpx.Response = give_code(people, give_password(people, with_factor), text)
    assert answer.status_code in (401, 422, 429)
    assert_problem(answer, answer.status_code)


@pytest.mark.parametrize(
    "token", ["", "é", "\u202e", "a.b.c", "x" * 2048, "x" * 2049, "x" * 900_000, None, 1, []]
)
def test_r26_odd_tokens_for_the_second_step_are_refused(people: People, token: object) -> None:
    answer = people.nobody().post(AUTH + "/mfa/challenge", json={"mfa_token": token, "code": "123456"})
    assert answer.status_code in (401, 422)
    assert_problem(answer, answer.status_code)
