"""Recovery codes: how strong and readable they are, and how typed ones are read."""

from __future__ import annotations

import re
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.auth.recovery import _ALPHABET, CODES, new_codes, parse_recovery


def test_there_are_ten_different_codes_found_by_ten_different_selectors() -> None:
    codes = new_codes()

    assert len({code.selector for code in codes}) == len({code.secret for code in codes}) == CODES == 10


def test_the_secret_part_alone_has_64_bits_or_more() -> None:
    assert {len(code.secret) * log2(len(_ALPHABET)) >= 64 for code in new_codes()} == {True}


def test_codes_are_written_in_groups_without_lookalikes() -> None:
    assert {
        bool(re.fullmatch(r"[2-9a-hj-km-np-z]{4}(-[2-9a-hj-km-np-z]{4}){4}", code.written()))
        for code in new_codes()
    } == {True}


@pytest.mark.parametrize(
    "retyped", [str, str.upper, lambda code: code.replace("-", ""), lambda code: f" {code} "]
)
def test_a_code_is_read_back_however_it_is_typed(retyped) -> None:
    code = new_codes()[0]

    assert parse_recovery(retyped(code.written())) == code


@pytest.mark.parametrize(
    "typed", ["", "123456", "snm7-48b7-7dam-etv4-jse", "snm7-48b7-7dam-etv4-jse60", "é" * 20, "0" * 20]
)
def test_what_has_not_the_form_is_no_code(typed: str) -> None:
    assert parse_recovery(typed) is None


@given(st.text())
def test_any_text_is_read_without_failure(typed: str) -> None:
    code = parse_recovery(typed)
    assert code is None or parse_recovery(code.written()) == code
