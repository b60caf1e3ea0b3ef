"""A soak's verdict: what leaks is seen, what breathes is not called a leak."""

from __future__ import annotations

import random

import pytest

from tests.soak.flatness import Bound, judge

SECONDS = [10.0 * at for at in range(360)]
BOUND = Bound("descriptors", absolute=5)


def test_what_gains_one_every_five_minutes_grows() -> None:
    chance = random.Random(1)
    leaking = [60 + second / 300 + chance.uniform(-4, 4) for second in SECONDS]
    assert not judge(BOUND, SECONDS, leaking).is_flat


def test_what_rises_and_falls_with_its_clients_is_flat() -> None:
    chance = random.Random(2)
    assert judge(BOUND, SECONDS, [60 + chance.uniform(-15, 15) for _ in SECONDS]).is_flat


def test_what_grew_while_it_warmed_up_is_flat() -> None:
    assert judge(BOUND, SECONDS, [60 if second < 1000 else 90 for second in SECONDS]).is_flat


def test_what_falls_is_flat() -> None:
    assert judge(BOUND, SECONDS, [90 - second / 100 for second in SECONDS]).is_flat


def test_a_share_counts_where_it_is_more_than_the_bound() -> None:
    growing = [1000 + second / 100 for second in SECONDS]
    assert not judge(BOUND, SECONDS, growing).is_flat
    assert judge(Bound("memory", absolute=5, share=0.05), SECONDS, growing).is_flat


def test_a_few_looks_prove_nothing() -> None:
    with pytest.raises(ValueError, match="only 4 looks"):
        judge(BOUND, SECONDS[:6], [60.0] * 6)
