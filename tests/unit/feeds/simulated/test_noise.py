"""The hashed Brownian paths behind every simulated number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradesense.feeds.simulated.noise import MINUTE_US, channel_key, normal, path_at, path_by_minute, uniform

KEYS = np.array([channel_key(7, "a"), channel_key(7, "b")], np.uint64)
YEAR_MINUTES = 365 * 1_440


@settings(max_examples=40, deadline=None)
@given(
    first=st.integers(10 * YEAR_MINUTES, 80 * YEAR_MINUTES),
    count=st.integers(1, 3_000),
    data=st.data(),
)
def test_a_grid_of_minutes_equals_single_instants_to_the_bit(
    first: int, count: int, data: st.DataObject
) -> None:
    grid = path_by_minute(int(KEYS[0]), first, count)
    place = data.draw(st.integers(0, count - 1))

    assert grid.size == count
    assert grid[place] == path_at(KEYS, (first + place) * MINUTE_US)[0]


def test_a_grid_does_not_depend_on_where_it_begins() -> None:
    first = 29_700_000
    long = path_by_minute(int(KEYS[0]), first, 5_000)

    assert np.array_equal(long[1_234:2_000], path_by_minute(int(KEYS[0]), first + 1_234, 766))


@pytest.mark.parametrize("step_minutes", [1, 60, 1_440, 1_440 * 10])
def test_the_variance_of_increments_is_the_time_between_them(step_minutes: int) -> None:
    count = 12 * YEAR_MINUTES if step_minutes > 1_000 else YEAR_MINUTES // 2
    path = path_by_minute(int(KEYS[0]), 5_000_000, count)[::step_minutes]
    variance_a_year = np.diff(path).var() * YEAR_MINUTES / step_minutes

    assert variance_a_year == pytest.approx(1.0, rel=0.15)


def test_a_path_never_wanders_off() -> None:
    far = [path_at(KEYS, years * 365 * 86_400 * 10**6) for years in range(10, 3_000, 50)]

    assert np.abs(far).max() < 4.0


def test_channels_and_seeds_are_independent() -> None:
    places = np.arange(20_000)
    one, other = normal(channel_key(1, "x"), places), normal(channel_key(2, "x"), places)

    assert abs(np.corrcoef(one, other)[0, 1]) < 0.03
    assert one.mean() == pytest.approx(0.0, abs=0.03)
    assert one.std() == pytest.approx(1.0, abs=0.02)
    assert uniform(channel_key(1, "x"), places).min() > 0.0
