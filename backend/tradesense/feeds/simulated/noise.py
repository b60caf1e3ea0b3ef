"""Randomness without a state: every number is a hash of (seed, channel, place).

So any instant can be asked for first. A channel is a Brownian path that never wanders off: independent
normal values at nodes of about a year, joined by Brownian bridges that are refined by halving, down to
a quarter of a second. The same halvings in the same order give the same bits, whether one instant is
asked for or a grid.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

MINUTE_US = 60_000_000
DAY_US = 1_440 * MINUTE_US
YEAR_US = 365 * DAY_US
_MINUTE_LEVEL = 19
_LAST_LEVEL = _MINUTE_LEVEL + 8
_TOP_US = MINUTE_US << _MINUTE_LEVEL

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def channel_key(seed: int, name: str) -> int:
    """Return the key of a named channel: 64 bits that differ for every (seed, name)."""
    digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def uniform(keys: Hashes | int, places: Integers | int) -> Floats:
    """Return numbers in (0, 1) for keys and places that broadcast together."""
    hashes = _hash(np.asarray(keys, np.uint64), np.asarray(places, np.int64))
    return ((hashes >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def normal(keys: Hashes | int, places: Integers | int) -> Floats:
    """Return standard normal numbers for keys and places that broadcast together."""
    drawn: Floats = ndtri(uniform(keys, places))
    return drawn


def path_at(keys: Hashes, at_us: int) -> Floats:
    """Return every channel's path at one instant (microseconds since 1970); variance one a year."""
    first = at_us // _TOP_US
    low, high = _nodes(keys, first), _nodes(keys, first + 1)
    start, length = first * _TOP_US, _TOP_US
    for level in range(1, _LAST_LEVEL + 1):
        middle = _middle(keys, level, start // length, low, high, length)
        length //= 2
        if at_us >= start + length:
            low, start = middle, start + length
        else:
            high = middle
    share = (at_us - start) / length
    return np.asarray(low * (1.0 - share) + high * share)


def path_by_minute(key: int, first_minute: int, count: int) -> Floats:
    """Return one channel's path at `count` whole minutes since 1970, equal to `path_at` to the bit."""
    last_minute = first_minute + count - 1
    spacing = 1 << _MINUTE_LEVEL
    begin, end = first_minute // spacing, last_minute // spacing + 1
    values = _nodes(np.uint64(key), np.arange(begin, end + 1))
    for level in range(1, _MINUTE_LEVEL + 1):
        middles = _middle(
            np.uint64(key), level, np.arange(begin, end), values[:-1], values[1:], spacing * MINUTE_US
        )
        woven = np.empty(2 * values.size - 1)
        woven[0::2], woven[1::2] = values, middles
        spacing //= 2
        new_begin, new_end = first_minute // spacing, -(-last_minute // spacing)
        if new_end == new_begin:
            new_end += 1
        values = woven[new_begin - 2 * begin : new_end - 2 * begin + 1]
        begin, end = new_begin, new_end
    return values[:count]


def _nodes(keys: Hashes | np.uint64, places: Integers | int) -> Floats:
    return np.asarray(np.sqrt(_TOP_US / YEAR_US / 2.0) * normal(_at_level(keys, 0), places))


def _middle(
    keys: Hashes | np.uint64, level: int, places: Integers | int, low: Floats, high: Floats, length_us: int
) -> Floats:
    spread = 0.5 * np.sqrt(length_us / YEAR_US)
    return np.asarray(0.5 * (low + high) + spread * normal(_at_level(keys, level), places))


def _at_level(keys: Hashes | np.uint64, level: int) -> Hashes:
    with np.errstate(over="ignore"):
        return np.asarray(keys, np.uint64) + np.uint64(level) * _MIX_2


def _hash(keys: Hashes, places: Integers) -> Hashes:
    with np.errstate(over="ignore"):
        mixed: Hashes = keys + (places.astype(np.uint64) + np.uint64(1)) * _GOLDEN
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
        return mixed ^ (mixed >> np.uint64(31))
