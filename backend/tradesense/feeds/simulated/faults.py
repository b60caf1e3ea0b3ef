"""What can go wrong with a feed, to be practised on the simulated one: the same seed, the same trouble."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np

from tradesense.market import QuoteBatch

_GAP_TICKS: Final = 5
_SHARE: Final = 0.05
_DAY_US: Final = 86_400_000_000


class Fault(StrEnum):
    """The ways to fail; `stale` says nothing more, `disconnect` says that the line is cut."""

    STALE = "stale"
    GAP = "gap"
    DUPLICATE = "duplicate"
    OUT_OF_ORDER = "out_of_order"
    CROSSED = "crossed"
    GARBAGE = "garbage"
    DISCONNECT = "disconnect"


class Faults:
    """Spoils batches on their way, as `fault` says at the moment; `None` lets them pass."""

    def __init__(self, *, seed: int) -> None:
        self._seed = seed
        self._ticks = 0
        self._before: QuoteBatch | None = None
        self.fault: Fault | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said at all."""
        return self.fault in (Fault.STALE, Fault.DISCONNECT)

    def spoil(self, batch: QuoteBatch) -> list[QuoteBatch]:
        """Return what arrives instead of a batch, in the order of its arrival."""
        self._ticks += 1
        random = np.random.default_rng((self._seed, self._ticks))
        before, self._before = self._before, batch
        match self.fault:
            case Fault.STALE | Fault.DISCONNECT:
                return []
            case Fault.GAP:
                return [batch] if self._ticks // _GAP_TICKS % 2 == 0 else []
            case Fault.DUPLICATE:
                return [batch, batch]
            case Fault.OUT_OF_ORDER:
                # The newest first, then the one before it, and its rows shuffled.
                return (
                    [batch] if before is None else [batch, _taken(before, random.permutation(_rows(before)))]
                )
            case Fault.CROSSED:
                return [_crossed(batch, random)]
            case Fault.GARBAGE:
                return [_garbled(batch, random)]
            case None:
                return [batch]


def _rows(batch: QuoteBatch) -> int:
    return len(batch.symbols)


def _some(batch: QuoteBatch, random: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.flatnonzero(random.random(_rows(batch)) < _SHARE)


def _taken(batch: QuoteBatch, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> QuoteBatch:
    return replace(
        batch,
        symbols=[batch.symbols[row] for row in rows.tolist()],
        ts_us=batch.ts_us[rows],
        seq=batch.seq[rows],
        columns={name: column[rows] for name, column in batch.columns.items()},
    )


def _crossed(batch: QuoteBatch, random: np.random.Generator) -> QuoteBatch:
    rows = _some(batch, random)
    bid, ask = batch.columns["bid"].copy(), batch.columns["ask"].copy()
    bid[rows], ask[rows] = ask[rows], bid[rows]
    return replace(batch, columns={**batch.columns, "bid": bid, "ask": ask})


def _garbled(batch: QuoteBatch, random: np.random.Generator) -> QuoteBatch:
    columns = {name: column.copy() for name, column in batch.columns.items()}
    ts_us, symbols = batch.ts_us.copy(), list(batch.symbols)
    for place, row in enumerate(_some(batch, random).tolist()):
        match place % 4:
            case 0:
                columns["bid"][row] = np.inf
            case 1:
                columns["bid_size"][row] = -1.0
            case 2:
                ts_us[row] += _DAY_US
            case _:
                symbols[row] = f"?{symbols[row]}"
    return replace(batch, symbols=symbols, ts_us=ts_us, columns=columns)
