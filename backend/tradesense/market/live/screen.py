"""Which rows of a batch can be so; pure. Crossed sides can: they get their status where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from tradesense.market.live.quotes import OPTION_COLUMNS, Floats, QuoteBatch

Bools = npt.NDArray[np.bool_]

MOST_AHEAD_US: Final = 5_000_000

NO_PRICE: Final = "no price at all"
NO_NUMBER: Final = "a number that is none"
NO_PRICE_THERE: Final = "a price of zero or less"
NO_SIZE: Final = "a negative size"
AHEAD: Final = "a time in the future"
NO_TIME: Final = "a time that is none"
UNKNOWN: Final = "not listed"

PRICES: Final = ("bid", "ask", "last", "mark")
_SIZES = ("bid_size", "ask_size", "volume", "open_interest")
_POSITIVE = ("underlying_price", "venue_iv")


def screen(
    batch: QuoteBatch, *, known: Bools, may_be_negative: Bools, now_us: int
) -> tuple[Bools, Mapping[str, int]]:
    """Return which rows are good, and how many are not, by the first reason that holds.

    `known` tells which symbols are listed, `may_be_negative` whose prices may be zero or less, as
    futures' have been; both of shape (n,). Raises `ValueError` for columns of another length or name.
    """
    _check_shape(batch)
    given = batch.columns
    # NaN is "not known" and fits everywhere; infinity is nothing that can be quoted.
    reasons = (
        (UNKNOWN, ~known),
        (NO_TIME, batch.ts_us <= 0),
        (AHEAD, batch.ts_us > now_us + MOST_AHEAD_US),
        (NO_NUMBER, _any(given, OPTION_COLUMNS, np.isinf, known.size)),
        (NO_PRICE, ~_any(given, PRICES, np.isfinite, known.size)),
        (NO_PRICE_THERE, _any(given, PRICES, _not_positive, known.size) & ~may_be_negative),
        (NO_PRICE_THERE, _any(given, _POSITIVE, _not_positive, known.size)),
        (NO_SIZE, _any(given, _SIZES, _negative, known.size)),
    )
    good = np.ones(known.size, np.bool_)
    refused: dict[str, int] = {}
    for reason, bad in reasons:
        count = int(np.count_nonzero(bad & good))
        if count:
            refused[reason] = refused.get(reason, 0) + count
            good &= ~bad
    return good, refused


def _check_shape(batch: QuoteBatch) -> None:
    count = len(batch.symbols)
    unknown = set(batch.columns) - set(OPTION_COLUMNS)
    if unknown:
        raise ValueError(f"quotes have no column {', '.join(sorted(unknown))}")
    for column in (batch.ts_us, batch.seq, *batch.columns.values()):
        if column.shape != (count,):
            raise ValueError("the columns of a batch are of one length")


def _any(
    given: Mapping[str, Floats], names: tuple[str, ...], test: Callable[[Floats], Bools], count: int
) -> Bools:
    found = np.zeros(count, np.bool_)
    for name in names:
        if name in given:
            found |= test(given[name])
    return found


def _not_positive(values: Floats) -> Bools:
    return values <= 0.0


def _negative(values: Floats) -> Bools:
    return values < 0.0
