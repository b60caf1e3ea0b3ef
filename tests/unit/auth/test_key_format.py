"""The form of API keys: strong, recognisable, and wrong at the first mistyped character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.auth.key_format import is_well_formed, new_key, shown_ending, shown_prefix

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def test_a_key_is_our_prefix_forty_random_characters_and_six_of_checksum() -> None:
    keys = {new_key() for _ in range(100)}

    assert len(keys) == 100
    assert all(re.fullmatch(r"ts_live_[0-9A-Za-z]{46}", key) for key in keys)
    assert all(is_well_formed(key) for key in keys)


def test_the_checksum_is_the_crc32_in_base_62() -> None:
    key = new_key()
    value = 0
    for digit in key[-6:]:
        value = value * 62 + BASE62.index(digit)
    crc = 0xFFFFFFFF
    for byte in key[:-6].encode():
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xEDB88320 if crc & 1 else 0)

    assert value == crc ^ 0xFFFFFFFF


@given(st.integers(0, 53), st.sampled_from(BASE62))
def test_any_one_changed_character_is_noticed(position: int, character: str) -> None:
    key = new_key()
    changed = key[:position] + character + key[position + 1 :]

    assert is_well_formed(changed) == (changed == key)


@pytest.mark.parametrize("text", ["", "ts_live_", "ts_test_" + 46 * "a", "é" * 54, "ts_live_" + 46 * "٣"])
def test_what_has_not_the_form_is_no_key(text: str) -> None:
    assert not is_well_formed(text)


@pytest.mark.parametrize("around", ["{} ", " {}", "{}\n", "{}a"])
def test_nothing_may_stand_around_a_key(around: str) -> None:
    assert not is_well_formed(around.format(new_key()))


def test_lists_show_twelve_characters_at_the_front_and_four_at_the_end() -> None:
    key = new_key()

    assert (shown_prefix(key), shown_ending(key)) == (key[:12], key[-4:])
