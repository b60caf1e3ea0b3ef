"""Seals of small secrets."""

from __future__ import annotations

import pytest

from tradesense.base.sealing import SealBroken
from tradesense.infra.sealing import AesSealer

KEY = b"k" * 32


def test_what_was_sealed_opens_for_its_purpose() -> None:
    sealer = AesSealer(KEY)
    for plain in (b"", b"seed", b"\0" * 10_000):
        assert sealer.open(sealer.seal(plain, purpose="a"), purpose="a") == plain


def test_the_same_secret_never_looks_the_same() -> None:
    sealer = AesSealer(KEY)
    sealed = {sealer.seal(b"seed", purpose="a") for _ in range(50)}
    assert len(sealed) == 50
    assert not any(b"seed" in each for each in sealed)


def test_another_purpose_another_key_or_any_changed_bit_opens_nothing() -> None:
    sealer = AesSealer(KEY)
    sealed = sealer.seal(b"seed", purpose="a")
    with pytest.raises(SealBroken):
        sealer.open(sealed, purpose="b")
    with pytest.raises(SealBroken):
        AesSealer(b"l" * 32).open(sealed, purpose="a")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            sealer.open(bytes(changed), purpose="a")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            sealer.open(sealed[:length], purpose="a")


def test_a_second_sealer_of_the_same_key_opens_what_the_first_sealed() -> None:
    assert AesSealer(KEY).open(AesSealer(KEY).seal(b"seed", purpose="a"), purpose="a") == b"seed"


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        AesSealer(b"short")
