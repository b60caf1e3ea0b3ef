"""R27: ten recovery codes of 64 bits or more, shown once, kept as salted slow hashes, each good once."""

from __future__ import annotations

from collections import Counter
from math import log2

import pytest

from tests.fixtures.mfa import begin_step, give_code, give_password, with_mfa
from tests.fixtures.people import API, AUTH, People, Person
from tests.fixtures.races import ROUNDS, at_once
from tests.fixtures.served import MovableClock
from tests.security.test_r80_problem_documents import assert_problem

RENEW = AUTH + "/mfa/recovery-codes"
SELECTOR_LENGTH = 4


def use(people: People, person: Person, code: str) -> int:
    return give_code(people, give_password(people, person), recovery_code=code).status_code


def test_r27_there_are_ten_of_64_bits_or_more(people: People, clock: MovableClock) -> None:
    codes = with_mfa(people, clock).recovery_codes
    plain = [code.replace("-", "") for code in codes]
    alphabet = set("".join(plain))

    assert len(set(codes)) == 10
    # What finds the row is no secret; the rest alone must have 64 bits, judged by the letters seen.
    assert min(len(code) - SELECTOR_LENGTH for code in plain) * log2(len(alphabet)) >= 64
    assert len({code[:SELECTOR_LENGTH] for code in plain}) == 10


def test_r27_each_is_good_once_however_it_is_typed(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    first, second, third = person.recovery_codes[:3]

    assert use(people, person, first) == 200
    assert use(people, person, first) == 401
    assert use(people, person, second.upper().replace("-", " ")) == 200
    assert use(people, person, third.replace("-", "")) == 200
    assert use(people, person, third) == 401


def test_r27_of_many_at_once_with_one_recovery_code_one_gets_in(people: People, clock: MovableClock) -> None:
    for _ in range(ROUNDS):
        person = with_mfa(people, clock)
        token, code = give_password(people, person), person.recovery_codes[0]
        answers = at_once(6, lambda _: give_code(people, token, recovery_code=code))  # noqa: B023
        assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 5}


def test_r27_the_owner_is_told_and_sees_how_many_are_left(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    begin_step(clock)
    browser = people.browser(person)
    assert use(people, person, person.recovery_codes[0]) == 200

    assert browser.get(AUTH + "/mfa").json()["recovery_codes_left"] == 9
    people.wait_for_mail(person.email, "recovery code was used")
    events = people.sql(
        "SELECT event FROM audit_log WHERE user_id = $1::text::uuid AND event LIKE 'recovery%'", person.id
    )
    assert [row["event"] for row in events] == ["recovery_code_used"]


def test_r27_new_ones_void_the_old_ones(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    browser = people.browser(person)
    clock.advance(seconds=30)
    answer = browser.post(RENEW, json={"password": person.password, "code": people.code(person)})

    assert answer.status_code == 200
    assert "no-store" in answer.headers["cache-control"]
    new = answer.json()["recovery_codes"]
    assert len(new) == 10
    assert not set(new) & set(person.recovery_codes)
    assert use(people, person, person.recovery_codes[0]) == 401
    assert use(people, person, new[0]) == 200


@pytest.mark.parametrize("left_out", ["password", "code"])
def test_r27_new_ones_take_password_and_code(people: People, clock: MovableClock, left_out: str) -> None:
    person = with_mfa(people, clock)
    browser = people.browser(person)
    clock.advance(seconds=30)
    proof = {"password": person.password, "code": people.code(person)}
    del proof[left_out]
    assert assert_problem(browser.post(RENEW, json=proof), 403)["code"] == "reauth_required"
    assert browser.get(AUTH + "/mfa").json()["recovery_codes_left"] == 10
    assert use(people, person, person.recovery_codes[0]) == 200


def test_r27_they_are_shown_once_and_never_kept_in_clear(people: People, clock: MovableClock) -> None:
    person = with_mfa(people, clock)
    begin_step(clock)
    browser = people.browser(person)
    rows = people.sql(
        "SELECT recovery_codes::text AS row, code_hash FROM recovery_codes WHERE user_id = $1::text::uuid",
        person.id,
    )
    answers = [
        browser.get(API + path).text
        for path in ("/users/me", "/users/me/export", "/auth/mfa", "/auth/sessions")
    ]

    assert len(rows) == 10
    assert len({row["code_hash"].split("$")[3] for row in rows}) == 10, "each has a salt of its own"
    assert all(row["code_hash"].startswith("$bcrypt-sha256$v=2,") for row in rows)
    for code in person.recovery_codes:
        secret = code.replace("-", "")[SELECTOR_LENGTH:]
        for text in (*answers, *(row["row"] for row in rows)):
            assert code not in text
            assert secret not in text


def test_r27_a_recovery_code_of_another_is_worth_nothing(people: People, clock: MovableClock) -> None:
    one, other = with_mfa(people, clock), with_mfa(people, clock)
    assert use(people, one, other.recovery_codes[0]) == 401
    assert use(people, other, other.recovery_codes[0]) == 200


def test_r27_a_recovery_code_turns_the_factor_off_where_the_phone_is_lost(
    people: People, clock: MovableClock
) -> None:
    person = with_mfa(people, clock)
    browser = people.browser(person)
    proof = {"password": person.password, "code": person.recovery_codes[1]}
    assert browser.post(AUTH + "/mfa/disable", json=proof).status_code == 204
    assert "access_token" in people.log_in(person).json()


def test_r27_a_pending_factor_has_no_recovery_codes(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    browser.post(AUTH + "/mfa/setup", json={"password": person.password})
    answer = browser.post(AUTH + "/mfa/verify", json={"code": "2222-3333-4444-5555-6666"})
    assert_problem(answer, 401)
