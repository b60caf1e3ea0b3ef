"""Which passwords may be chosen, and why not."""

from __future__ import annotations

import pytest

from tradesense.auth.errors import WeakPassword
from tradesense.auth.passwords import PasswordPolicy


async def check(password: str, *, email: str = "north@example.com", full_name: str | None = None) -> None:
    policy = PasswordPolicy(min_length=12)
    await policy.check(password, email=email, full_name=full_name, field="body.new_password")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "only lower case letters here",
        "  blanks around it count  ",
        "\U0001f40e" * 64,
        "a" * 64,
        "Tr0ub4dor&3-and-more",
        "x" * 1024,
    ],
)
async def test_any_composition_that_is_long_enough_and_not_everybodys_will_do(password: str) -> None:
    await check(password)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PASSWORD!!!2026",
        "2026password",
        "P@ssw0rd12345",
        "passwordpassword",
        "iloveyou----",
        "123456789012",
        "210987654321",
        "abcdefghijklm",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "qwertyuiop12",
    ],
)
async def test_what_many_people_use_is_refused_also_with_digits_around_or_in_disguise(password: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        await check(password)
    assert refused.value.code == "weak_password"
    assert refused.value.field == "body.new_password"


@pytest.mark.parametrize(
    "password", ["tradesense2026", "TradeSense!!desk", "grace.hopper77", "hopper-hopper-1", "Grace Murray"]
)
async def test_ones_own_name_and_address_and_ours_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        await check(password, email="grace.hopper77@navy.example", full_name="Grace Murray")


async def test_a_word_of_ones_own_within_much_else_is_no_harm() -> None:
    await check("hopper drinks seven cups of tea", email="grace.hopper@example.com")


@pytest.mark.parametrize(("password", "words"), [("eleven char", "12 characters"), ("é" * 513, "1024 bytes")])
async def test_too_short_and_too_long_say_so(password: str, words: str) -> None:
    with pytest.raises(WeakPassword, match=words):
        await check(password)
