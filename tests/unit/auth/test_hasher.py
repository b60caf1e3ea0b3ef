"""Hashing passwords: what is right, what is renewed, what is refused when too many come."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import unicodedata
from collections.abc import Iterator

import bcrypt
import pytest

from tradesense.auth.errors import HashersBusy
from tradesense.auth.hasher import PasswordHasher


@pytest.fixture
def hasher() -> Iterator[PasswordHasher]:
    made = PasswordHasher(4, workers=1)
    yield made
    made.close()


def plain_bcrypt(password: bytes, rounds: int = 4) -> str:
    return bcrypt.hashpw(password, bcrypt.gensalt(rounds)).decode()


async def test_a_hash_is_of_the_chosen_scheme_and_cost_and_never_twice_the_same(
    hasher: PasswordHasher,
) -> None:
    first, second = await hasher.hash("correct horse"), await hasher.hash("correct horse")

    assert first.startswith("$bcrypt-sha256$v=2,t=2b,r=4$")
    assert first != second
    assert await hasher.verify("correct horse", first) == (True, None)
    assert not (await hasher.verify("correct horsf", first)).is_right


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("a" * 72 + "X", "a" * 72 + "Y"),
        ("abc\0x and more", "abc\0y and more"),
        (" blanks count", "blanks count"),
        ("\U0001f40e" * 64, "\U0001f40e" * 63),
    ],
)
async def test_every_byte_counts(hasher: PasswordHasher, kept: str, typed: str) -> None:
    stored = await hasher.hash(kept)

    assert (await hasher.verify(kept, stored)).is_right
    assert not (await hasher.verify(typed, stored)).is_right


async def test_both_ways_to_write_an_accent_are_one_password(hasher: PasswordHasher) -> None:
    stored = await hasher.hash(unicodedata.normalize("NFD", "crème brûlée"))

    assert (await hasher.verify(unicodedata.normalize("NFC", "crème brûlée"), stored)).is_right


@pytest.mark.parametrize("rounds", [4, 5])
async def test_a_plain_bcrypt_hash_verifies_and_a_better_one_comes_back(
    hasher: PasswordHasher, rounds: int
) -> None:
    verdict = await hasher.verify("from before", plain_bcrypt(b"from before", rounds))

    assert verdict.is_right
    assert verdict.better_hash is not None
    assert await hasher.verify("from before", verdict.better_hash) == (True, None)
    assert not (await hasher.verify("other", plain_bcrypt(b"from before", rounds))).is_right


async def test_a_long_password_of_a_plain_hash_counts_as_far_as_bcrypt_looked(hasher: PasswordHasher) -> None:
    assert (await hasher.verify("b" * 100, plain_bcrypt(b"b" * 72))).is_right


@pytest.mark.parametrize("stored", [None, "", "nonsense", "$2b$04$short"])
async def test_no_hash_or_none_that_is_one_is_a_wrong_password(
    hasher: PasswordHasher, stored: str | None
) -> None:
    assert await hasher.verify("anything\0", stored) == (False, None)


async def test_a_nul_in_a_password_is_wrong_where_the_hash_is_plain(hasher: PasswordHasher) -> None:
    assert not (await hasher.verify("abc\0def", plain_bcrypt(b"abc"))).is_right


@pytest.mark.parametrize(
    "stored", [None, plain_bcrypt(b"x", 4), plain_bcrypt(b"x", 7)], ids=["none", "4 rounds", "7 rounds"]
)
async def test_a_wrong_password_costs_the_same_whatever_the_hash(
    monkeypatch: pytest.MonkeyPatch, stored: str | None
) -> None:
    # Work is counted, not timed: a hash of cost n is 2^n rounds.
    made = PasswordHasher(9, workers=1)
    work = 0 if stored is None else 2 ** int(stored[4:6])
    hashpw = bcrypt.hashpw

    def counted(password: bytes, salt: bytes) -> bytes:
        nonlocal work
        if password == b"nobody's password":
            work += 2 ** int(salt[4:6])
        return hashpw(password, salt)

    monkeypatch.setattr(bcrypt, "hashpw", counted)
    assert not (await made.verify("wrong", stored)).is_right
    made.close()
    assert work == 2**9


@pytest.mark.parametrize("kept_cost", [None, 10, 12])
async def test_as_shipped_too_a_wrong_password_costs_one_hash_of_cost_12(
    monkeypatch: pytest.MonkeyPatch, kept_cost: int | None
) -> None:
    made = PasswordHasher(12, workers=1)
    work = 0 if kept_cost is None else 2**kept_cost
    stored = None if kept_cost is None else plain_bcrypt(b"x", kept_cost)
    hashpw = bcrypt.hashpw

    def counted(password: bytes, salt: bytes) -> bytes:
        nonlocal work
        if password != b"nobody's password":
            return hashpw(password, salt)
        work += 2 ** int(salt[4:6])
        return b""

    monkeypatch.setattr(bcrypt, "hashpw", counted)
    assert not (await made.verify("wrong", stored)).is_right
    made.close()
    assert work == 2**12


async def test_a_full_queue_gives_no_place_and_a_left_place_is_free_again(hasher: PasswordHasher) -> None:
    hasher._seconds_each = 3.0

    with hasher.place() as place:
        with pytest.raises(HashersBusy), hasher.place():
            pass
        assert not (await hasher.verify("anything", None, place)).is_right
    assert (await hasher.hash("correct horse")).startswith("$bcrypt-sha256$")


async def test_who_would_wait_too_long_is_sent_away_with_a_time_to_come_back() -> None:
    made = PasswordHasher(9, workers=1)
    made._seconds_each = 2.0

    waiting = [asyncio.create_task(made.hash("correct horse")) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(HashersBusy) as refused:
        await made.hash("correct horse")

    assert refused.value.retry_after_seconds >= 4
    await asyncio.gather(*waiting)
    made.close()


async def test_what_has_not_begun_in_time_is_dropped(
    monkeypatch: pytest.MonkeyPatch, hasher: PasswordHasher
) -> None:
    monkeypatch.setattr("tradesense.auth.hasher.LONGEST_WAIT_SECONDS", 0.01)
    goes_on, ran = threading.Event(), []
    slow = asyncio.create_task(hasher._run(goes_on.wait))
    await asyncio.sleep(0)

    with pytest.raises(HashersBusy):
        await hasher._run(lambda: ran.append("late"))

    goes_on.set()
    assert await slow
    assert (await hasher.hash("correct horse")).startswith("$bcrypt-sha256$")
    assert not ran


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has a priority of its own")
async def test_hashing_stands_back_behind_the_rest(hasher: PasswordHasher) -> None:
    priorities: list[int] = []

    def ask() -> None:
        priorities.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    await hasher._run(ask)
    assert priorities == [min(os.getpriority(os.PRIO_PROCESS, 0) + 5, 19)]
