"""Pure rules of rolling: which contract is held on each trade date, what a roll costs, adjusting for it.

A decision for a trade date uses only what was known before it: volumes of the day before, open interest of
two days before (an exchange publishes it on the following morning). So no price changes contract before the
roll event, and no roll is decided by figures nobody had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_LONGEST_LOOK_FOR_PRICES = 10
NOT_HELD = -1


class RollRule(StrEnum):
    """When a series goes on to the next contract."""

    CALENDAR = "calendar"
    VOLUME = "volume"
    OPEN_INTEREST = "oi"
    SOURCE = "source"


class Adjust(StrEnum):
    """How earlier prices are shifted at a roll: not at all, by the gap, or by the factor."""

    NONE = "none"
    DIFFERENCE = "difference"
    RATIO = "ratio"


class RollReason(StrEnum):
    """What made a roll: the rule, the end of the contract before the rule asked for it, or the source."""

    CALENDAR = "calendar"
    VOLUME = "volume"
    OPEN_INTEREST = "oi"
    EXPIRY = "expiry"
    SOURCE = "source"


class RollStatus(StrEnum):
    """Whether a roll can be bridged: `no_overlap` where the two contracts have no price of one day."""

    OK = "ok"
    NO_OVERLAP = "no_overlap"
    NOT_POSITIVE = "not_positive"


@dataclass(frozen=True, slots=True)
class Panel:
    """Daily figures by trade date (rows, ascending) and contract (columns, by expiry); NaN is missing.

    `hold_until` is the last trade date a contract may be held on by the calendar, `ends` its last of all.
    """

    days: Sequence[date]
    symbols: Sequence[str]
    hold_until: Sequence[date]
    ends: Sequence[date]
    close: Floats
    volume: Floats
    open_interest: Floats


@dataclass(frozen=True, slots=True)
class Roll:
    """One step from a contract to another.

    `at` is the first moment of the new contract, `priced_at` the moment both prices are of; `gap` is new
    minus old price, `factor` new over old. Times and dates as the series has them.
    """

    day: date
    at: datetime | None
    source: str
    target: str
    reason: RollReason
    priced_on: date | None
    priced_at: datetime | None
    source_price: float | None
    target_price: float | None

    @property
    def gap(self) -> float | None:
        if self.source_price is None or self.target_price is None:
            return None
        return self.target_price - self.source_price

    @property
    def factor(self) -> float | None:
        if self.source_price is None or self.target_price is None:
            return None
        if self.source_price <= 0 or self.target_price <= 0:
            return None
        return self.target_price / self.source_price

    @property
    def status(self) -> RollStatus:
        if self.gap is None:
            return RollStatus.NO_OVERLAP
        return RollStatus.OK if self.factor is not None else RollStatus.NOT_POSITIVE


@dataclass(frozen=True, slots=True)
class Shift:
    """What turns a raw price of one stretch between rolls into an adjusted one: price x factor + add."""

    add: float
    factor: float

    def apply(self, prices: Floats) -> Floats:
        return prices * self.factor + self.add


UNSHIFTED = Shift(0.0, 1.0)


def held_contracts(panel: Panel, rule: RollRule) -> tuple[Places, list[RollReason]]:
    """Return for each trade date the column held as front (`NOT_HELD` where none lives), and why it came.

    By calendar: the nearest contract that may still be held. By volume or open interest: the contract that
    had most of all takes over where it is a later one, unless the front's own figure is missing; a contract
    that ends goes over to the one that had most. Never back.
    """
    if rule is RollRule.CALENDAR:
        return _held_by_calendar(panel), [RollReason.CALENDAR] * len(panel.days)
    by_volume = rule is RollRule.VOLUME
    measure, lag = (panel.volume, 1) if by_volume else (panel.open_interest, 2)
    reason = RollReason.VOLUME if by_volume else RollReason.OPEN_INTEREST
    ends = np.array([end.toordinal() for end in panel.ends])
    held = np.full(len(panel.days), NOT_HELD, dtype=np.int64)
    reasons = [RollReason.EXPIRY] * len(held)
    front = NOT_HELD
    for row, day in enumerate(panel.days):
        alive = ends >= day.toordinal()
        known = measure[row - lag] if row >= lag else np.full(len(ends), np.nan)
        if front == NOT_HELD:
            front = _first_of(alive & np.isfinite(panel.close[row]), alive)
        elif not alive[front]:
            best = _largest(known, alive)
            front = best if best != NOT_HELD else _first_of(alive)
        else:
            best = _largest(known, alive)
            if best > front and known[best] > known[front]:
                front, reasons[row] = best, reason
        held[row] = front
    return held, reasons


def rank_behind(panel: Panel, front: Places, rank: int) -> Places:
    """Return the column `rank - 1` contracts behind the front on each trade date, by expiry."""
    behind = front + (rank - 1)
    return np.where((front != NOT_HELD) & (behind < len(panel.symbols)), behind, NOT_HELD)


def rolls_of(panel: Panel, held: Places, reasons: Sequence[RollReason]) -> list[Roll]:
    """Return the steps between contracts, each priced by the newest close both have before it."""
    rolls = []
    before = NOT_HELD
    for row, place in enumerate(held.tolist()):
        if place != before and place != NOT_HELD and before != NOT_HELD:
            rolls.append(_roll(panel, row, before, place, reasons[row]))
        if place != NOT_HELD:
            before = place
    return rolls


def shifts_of(rolls: Sequence[Roll], adjust: Adjust) -> list[Shift | None]:
    """Return the shift of every stretch, oldest first: one before each roll, and the newest, unshifted.

    `None` for a stretch behind a roll that cannot be bridged.
    """
    shifts: list[Shift | None] = [UNSHIFTED]
    for roll in reversed(rolls):
        after = shifts[-1]
        if adjust is Adjust.NONE or after is None:
            shifts.append(after)
        elif adjust is Adjust.DIFFERENCE:
            shifts.append(Shift(after.add + roll.gap, 1.0) if roll.gap is not None else None)
        else:
            shifts.append(Shift(0.0, after.factor * roll.factor) if roll.factor is not None else None)
    return shifts[::-1]


def stitched_rolls(
    times: npt.NDArray[np.datetime64],
    held: Sequence[str],
    price: Floats,
    following: Floats,
    next_held: Sequence[str],
) -> list[Roll]:
    """Return the rolls of a source's own series: where its contract changes, priced by the row before.

    There the source states the price of the held contract and of the one it goes on to; where it names
    another one than it goes on to, the roll has no price.
    """
    rolls = []
    for row in range(1, len(held)):
        old, new = held[row - 1], held[row]
        if old == new:
            continue
        at, before = _instant(times[row]), _instant(times[row - 1])
        known = next_held[row - 1] == new
        rolls.append(
            Roll(
                day=at.date(),
                at=at,
                source=old,
                target=new,
                reason=RollReason.SOURCE,
                priced_on=before.date() if known else None,
                priced_at=before if known else None,
                source_price=_number(price[row - 1]) if known else None,
                target_price=_number(following[row - 1]) if known else None,
            )
        )
    return rolls


def share_of(part: float | None, rest: float | None) -> float | None:
    """Return part / (part + rest), or `None` where either is missing or both are zero."""
    if part is None or rest is None or part + rest <= 0:
        return None
    return part / (part + rest)


def _held_by_calendar(panel: Panel) -> Places:
    held = np.full(len(panel.days), NOT_HELD, dtype=np.int64)
    front = 0
    for row, day in enumerate(panel.days):
        while front < len(panel.symbols) and panel.hold_until[front] < day:
            front += 1
        held[row] = front if front < len(panel.symbols) else NOT_HELD
    return held


def _first_of(*wanted: npt.NDArray[np.bool_]) -> int:
    """The first place of the first mask that marks any."""
    return next((int(np.argmax(mask)) for mask in wanted if mask.any()), NOT_HELD)


def _largest(known: Floats, places: npt.NDArray[np.bool_]) -> int:
    """The first place with the largest known figure among those marked."""
    figures = np.where(places & np.isfinite(known), known, -np.inf)
    best = int(np.argmax(figures))
    return best if np.isfinite(figures[best]) else NOT_HELD


def _roll(panel: Panel, row: int, source: int, target: int, reason: RollReason) -> Roll:
    priced = next(
        (
            earlier
            for earlier in range(row - 1, max(-1, row - 1 - _LONGEST_LOOK_FOR_PRICES), -1)
            if np.isfinite(panel.close[earlier, [source, target]]).all()
        ),
        None,
    )
    return Roll(
        day=panel.days[row],
        at=None,
        source=panel.symbols[source],
        target=panel.symbols[target],
        reason=reason,
        priced_on=None if priced is None else panel.days[priced],
        priced_at=None,
        source_price=None if priced is None else float(panel.close[priced, source]),
        target_price=None if priced is None else float(panel.close[priced, target]),
    )


def _number(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None


def _instant(stamp: np.datetime64) -> datetime:
    moment: datetime = stamp.astype("datetime64[us]").item()
    return moment.replace(tzinfo=UTC)
