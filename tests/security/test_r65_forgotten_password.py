"""R65: asking for a new password tells nobody who has an account, and mails a short-lived link of ours."""

from __future__ import annotations

import base64
from itertools import chain

import pytest

from tests.fixtures.people import AUTH, People, link_token, new_email, new_password, text_of
from tests.fixtures.races import at_once, compare
from tests.fixtures.served import MovableClock, ServedApp
from tests.security.test_r80_problem_documents import assert_problem

FORGOT, RESET = AUTH + "/password/forgot", AUTH + "/password/reset"
A_DAY_OF_MAILS = 5
"""An hour's, at most."""


def links_made(people: People, address: str) -> int:
    rows = people.sql(
        "SELECT count(*) AS n FROM links JOIN users ON users.id = user_id"
        " WHERE users.email = $1 AND kind = 'reset_password'",
        address,
    )
    return int(rows[0]["n"])


def test_r65_known_and_unknown_get_the_same_answer(people: People) -> None:
    client = people.nobody(headers={"X-Request-ID": "the-same"})
    known, unknown = people.register().email, new_email()
    answers = [client.post(FORGOT, json={"email": address}) for address in (known, unknown)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    assert set(answers[0].headers) == set(answers[1].headers)
    assert people.wait_for_mail(known, "new password")
    assert people.mails_to(unknown) == []


@pytest.mark.wall_clock
def test_r65_neither_does_the_time_it_takes(people: People) -> None:
    client = people.nobody()
    addresses = at_once(8, lambda _: [people.register().email for _ in range(27)])
    known = chain.from_iterable(addresses)

    def ask(address: str) -> None:
        assert client.post(FORGOT, json={"email": address}).status_code == 202

    result = compare(lambda: ask(new_email()), lambda: ask(next(known)), side_by_side=4)
    assert result.tells_nothing, result


def test_r65_the_token_has_256_bits_and_is_kept_as_a_hash(people: People) -> None:
    person = people.register()
    people.nobody().post(FORGOT, json={"email": person.email})
    token = link_token(people.wait_for_mail(person.email, "new password"))
    assert len(base64.urlsafe_b64decode(token + "=")) * 8 >= 256
    row = people.sql("SELECT * FROM links WHERE user_id = $1::text::uuid", person.id)[0]
    assert token not in str(row)
    assert token.encode() not in row["token_hash"]


def test_r65_it_lives_for_half_an_hour(people: People, clock: MovableClock) -> None:
    for minutes, status in ((29, 204), (31, 400)):
        person = people.register()
        people.nobody().post(FORGOT, json={"email": person.email})
        token = link_token(people.wait_for_mail(person.email, "new password"))
        clock.advance(minutes=minutes)
        answer = people.nobody().post(RESET, json={"token": token, "password": new_password()})
        assert answer.status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Forwarded-Server": "evil.example", "X-Forwarded-Proto": "gopher"},
        {"Origin": "https://evil.example"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_r65_the_link_leads_to_our_own_address_whatever_the_request_says(
    served_app: ServedApp, headers: dict[str, str]
) -> None:
    people = served_app.people
    person = people.register()
    answer = people.nobody().post(FORGOT, json={"email": person.email}, headers=headers)
    assert answer.status_code in (202, 400, 403, 421)
    if answer.status_code == 202:
        mail = people.wait_for_mail(person.email, "new password")
        assert served_app.settings.page_address + "/reset-password#token=" in text_of(mail)
        assert "evil" not in mail.as_string()
    else:
        assert links_made(people, person.email) == 0


def test_r65_the_sixth_within_an_hour_is_dropped_without_a_word(people: People, clock: MovableClock) -> None:
    person, client = people.register(), people.nobody(headers={"X-Request-ID": "the-same"})
    answers = [client.post(FORGOT, json={"email": person.email}) for _ in range(A_DAY_OF_MAILS + 2)]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    people.wait_for_mail(person.email, "new password", count=A_DAY_OF_MAILS)
    assert links_made(people, person.email) == A_DAY_OF_MAILS
    clock.advance(hours=1, seconds=1)
    assert client.post(FORGOT, json={"email": person.email}).status_code == 202
    people.wait_for_mail(person.email, "new password", count=A_DAY_OF_MAILS + 1)


def test_r65_the_link_sent_last_before_the_silence_still_works(people: People) -> None:
    person, client = people.register(), people.nobody()
    for _ in range(A_DAY_OF_MAILS + 3):
        client.post(FORGOT, json={"email": person.email})
    mail = people.wait_for_mail(person.email, "new password", count=A_DAY_OF_MAILS)
    answer = client.post(RESET, json={"token": link_token(mail), "password": new_password()})
    assert answer.status_code == 204


def test_r65_a_token_of_nobody_is_refused(people: People) -> None:
    for token in ("x" * 43, "", "\u00e9" * 43, "a" * 3000, "' OR 1=1--"):
        answer = people.nobody().post(RESET, json={"token": token, "password": new_password()})
        assert answer.status_code in (400, 422)
        assert_problem(answer, answer.status_code)
