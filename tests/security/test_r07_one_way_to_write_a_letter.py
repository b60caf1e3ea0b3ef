"""R7: composed and decomposed letters are one password, and broken Unicode is a 422 on every route.

Normalising to NFC is a decision against the letter of A6.2.8: two keyboards must not make two passwords.
"""

from __future__ import annotations

import unicodedata

import pytest

from tests.fixtures.operations import Operation, operations
from tests.fixtures.people import People, Person, bearer
from tests.security.test_r80_problem_documents import assert_problem

WITH_BODY = [item for item in operations() if "requestBody" in item.document]
BROKEN = [
    b'{"email":"\\ud800"}',
    b'{"password":"\\udfff abcdefghijkl"}',
    b'{"\\ud800":1}',
    b'{"email":"\xed\xa0\x80"}',
    b'{"email":"\xff\xfe"}',
]


def test_r07_both_forms_of_a_letter_let_in(people: People) -> None:
    written = "cr\u00e8me br\u00fbl\u00e9e \u00c5ngstr\u00f6m"
    forms = [unicodedata.normalize(form, written) for form in ("NFC", "NFD")]
    assert forms[0] != forms[1]
    for registered in forms:
        person = people.register(password=registered)
        for typed in forms:
            assert people.log_in(Person(person.email, typed)).status_code == 200


def test_r07_another_letter_is_another_password(people: People) -> None:
    person = people.register(password="creme br\u00fbl\u00e9e Angstrom")
    assert people.log_in(Person(person.email, "creme brulee Angstrom")).status_code == 401


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_r07_broken_unicode_is_refused_on_every_route_with_a_body(
    people: People, admin_token: str, operation: Operation
) -> None:
    media_type = operation.body_type
    for body in BROKEN:
        content = body if media_type == "application/json" else b"username=%ED%A0%80&password=%FF%FE"
        answer = people.nobody().request(
            operation.method,
            operation.path,
            content=content,
            headers={**bearer(admin_token), "Content-Type": media_type},
        )
        assert answer.status_code == 422 or (media_type != "application/json" and answer.status_code == 401)
        assert_problem(answer, answer.status_code)
