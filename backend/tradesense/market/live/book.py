"""The newest quote of everything that is listed, by column. Lives on the event loop; knows no clock.

What the book holds is a function of the set of ticks it was given: order and repetition change nothing.
Of one contract the tick with the greatest (ts, seq) counts as a whole, as it does for who reads the
store; beside it the newest one with both sides in order is kept, whose middle is a price.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tradesense.instruments import Instrument, Kind
from tradesense.market.live.quotes import OPTION_COLUMNS, Ints, QuoteBatch
from tradesense.market.live.views import RootKey, RootQuotes, TwoSided

Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

_NEVER: Final = np.iinfo(np.int64).min
_LAYOUTS_KEPT = 256


class _Sheet:
    """The columns of one root at one source, parallel to `instruments`."""

    def __init__(self, key: RootKey) -> None:
        self.key = key
        self.instruments: tuple[Instrument, ...] = ()
        self.ts = np.empty(0, np.int64)
        self.seq = np.empty(0, np.int64)
        self.columns = {name: np.empty(0) for name in OPTION_COLUMNS}
        self.two_sided = TwoSided(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0))

    def arrange(self, instruments: tuple[Instrument, ...]) -> None:
        """Hold exactly these from now on; what is known of those that stay is kept."""
        places = {each.symbol: place for place, each in enumerate(self.instruments)}
        came_from = np.array([places.get(each.symbol, -1) for each in instruments], np.intp)
        self.instruments = instruments
        self.ts = _moved(self.ts, came_from, _NEVER)
        self.seq = _moved(self.seq, came_from, 0)
        self.columns = {name: _moved(column, came_from, np.nan) for name, column in self.columns.items()}
        two = self.two_sided
        self.two_sided = TwoSided(
            _moved(two.ts_us, came_from, _NEVER),
            _moved(two.seq, came_from, 0),
            _moved(two.bid, came_from, np.nan),
            _moved(two.ask, came_from, np.nan),
        )

    def forget_ahead(self, latest_us: int) -> bool:
        """Forget quotes later than an instant; tell whether there were any."""
        ahead, two = self.ts > latest_us, self.two_sided
        two_ahead = two.ts_us > latest_us
        self.ts[ahead], self.seq[ahead] = _NEVER, 0
        two.ts_us[two_ahead], two.seq[two_ahead] = _NEVER, 0
        for column in self.columns.values():
            column[ahead] = np.nan
        two.bid[two_ahead], two.ask[two_ahead] = np.nan, np.nan
        return bool(ahead.any() or two_ahead.any())

    def copy(self) -> RootQuotes:
        two = self.two_sided
        return RootQuotes(
            key=self.key,
            instruments=self.instruments,
            ts_us=np.maximum(self.ts, 0),
            seq=self.seq.copy(),
            columns={name: column.copy() for name, column in self.columns.items()},
            two_sided=TwoSided(np.maximum(two.ts_us, 0), two.seq.copy(), two.bid.copy(), two.ask.copy()),
        )


class _Part:
    """The rows of a batch that belong to one sheet: where they stand in the batch and where in the sheet."""

    def __init__(self, sheet: _Sheet, in_batch: list[int], in_sheet: list[int]) -> None:
        self.sheet = sheet
        self.in_batch = np.array(in_batch, np.intp)
        self.in_sheet = np.array(in_sheet, np.intp)
        self.is_repeating = len(set(in_sheet)) < len(in_sheet)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows of a batch stand in the book; of use until something is listed or withdrawn.

    `known` tells which symbols are listed, `may_be_negative` whose prices may be zero or less.
    """

    symbols: Sequence[str]
    known: Bools
    may_be_negative: Bools
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the rows of a batch: `fresh` were newer than what was there, `late` older.

    The others were there already, or refused before.
    """

    fresh: Bools
    late: Bools


class Book:
    """Takes what is listed and quoted; hands out copies by root. See `views.QuoteBook`."""

    def __init__(self) -> None:
        self._sheets: dict[RootKey, _Sheet] = {}
        self._places: dict[str, dict[str, tuple[_Sheet, int]]] = {}
        self._layouts: OrderedDict[tuple[str, int], Layout] = OrderedDict()
        self._changed: set[RootKey] = set()

    def list_instruments(self, source: str, instruments: Sequence[Instrument]) -> None:
        """Hold these from now on; of one that is held already the terms said last count."""
        by_root: dict[str, dict[str, Instrument]] = {}
        for each in instruments:
            by_root.setdefault(each.root, {})[each.symbol] = each
        for root, named in by_root.items():
            sheet = self._sheets.setdefault(RootKey(source, root), _Sheet(RootKey(source, root)))
            held = {each.symbol: each for each in sheet.instruments}
            if any(held.get(symbol) != each for symbol, each in named.items()):
                self._arrange(sheet, {**held, **named}.values())

    def withdraw(self, source: str, symbols: Collection[str]) -> None:
        """Forget these."""
        places = self._places.get(source, {})
        sheets = {places[symbol][0].key: places[symbol][0] for symbol in symbols if symbol in places}
        gone = frozenset(symbols)
        for sheet in sheets.values():
            self._arrange(sheet, [each for each in sheet.instruments if each.symbol not in gone])

    def forget_expired(self, before: datetime) -> list[tuple[str, str]]:
        """Forget what expired before an aware instant; return its (source, symbol)s."""
        expired = [
            (key.source, each.symbol)
            for key, sheet in self._sheets.items()
            for each in sheet.instruments
            if each.expires_at is not None and each.expires_at < before
        ]
        for source in {source for source, _ in expired}:
            self.withdraw(source, [symbol for name, symbol in expired if name == source])
        return expired

    def forget_ahead(self, latest_us: int) -> None:
        """Forget quotes later than an instant: a clock that was set back would wait for it before the next.

        What is listed stays.
        """
        for sheet in self._sheets.values():
            if sheet.forget_ahead(latest_us):
                self._changed.add(sheet.key)

    def find(self, source: str, symbol: str) -> Instrument | None:
        """Return what is listed under a symbol."""
        place = self._places.get(source, {}).get(symbol)
        return None if place is None else place[0].instruments[place[1]]

    def layout(self, source: str, symbols: Sequence[str]) -> Layout:
        """Return where these symbols stand; looked up once for each `symbols` object."""
        name = (source, id(symbols))
        layout = self._layouts.get(name)
        if layout is None or layout.symbols is not symbols:
            layout = self._layouts[name] = self._lay_out(source, symbols)
            if len(self._layouts) > _LAYOUTS_KEPT:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(name)
        return layout

    def apply(self, batch: QuoteBatch, wanted: Bools | None = None) -> Applied:
        """Take the rows of a batch that are `wanted` and listed."""
        layout = self.layout(batch.source, batch.symbols)
        taken = layout.known if wanted is None else layout.known & wanted
        applied = Applied(np.zeros(taken.size, np.bool_), np.zeros(taken.size, np.bool_))
        for part in layout.parts:
            if self._apply_part(batch, part, taken, applied):
                self._changed.add(part.sheet.key)
        return applied

    def take_changed(self) -> Collection[RootKey]:
        """Return the roots where something was listed, quoted or withdrawn since the last call."""
        changed, self._changed = self._changed, set()
        return changed

    def roots(self) -> Collection[RootKey]:
        """Return every root with something listed."""
        return list(self._sheets)

    def copy(self, key: RootKey) -> RootQuotes | None:
        """Return a copy that no later quote changes; `None` where nothing is listed any more."""
        sheet = self._sheets.get(key)
        return None if sheet is None else sheet.copy()

    def _arrange(self, sheet: _Sheet, instruments: Iterable[Instrument]) -> None:
        sheet.arrange(tuple(sorted(instruments, key=_order)))
        self._layouts.clear()
        self._changed.add(sheet.key)
        places = self._places.setdefault(sheet.key.source, {})
        for symbol in [symbol for symbol, (other, _) in places.items() if other is sheet]:
            del places[symbol]
        places.update({each.symbol: (sheet, place) for place, each in enumerate(sheet.instruments)})
        if not sheet.instruments:
            del self._sheets[sheet.key]

    def _lay_out(self, source: str, symbols: Sequence[str]) -> Layout:
        places = self._places.get(source, {})
        found = [places.get(symbol) for symbol in symbols]
        rows: dict[RootKey, tuple[_Sheet, list[int], list[int]]] = {}
        for at, place in enumerate(found):
            if place is not None:
                _, in_batch, in_sheet = rows.setdefault(place[0].key, (place[0], [], []))
                in_batch.append(at)
                in_sheet.append(place[1])
        return Layout(
            symbols=symbols,
            known=np.array([place is not None for place in found], np.bool_),
            may_be_negative=np.array(
                [place is not None and place[0].instruments[place[1]].kind is Kind.FUTURE for place in found],
                np.bool_,
            ),
            parts=tuple(_Part(*row) for row in rows.values()),
        )

    def _apply_part(self, batch: QuoteBatch, part: _Part, taken: Bools, applied: Applied) -> bool:
        sheet = part.sheet
        chosen = taken[part.in_batch]
        in_batch, in_sheet = part.in_batch[chosen], part.in_sheet[chosen]
        ts, seq = batch.ts_us[in_batch], batch.seq[in_batch]
        old_ts, old_seq = sheet.ts[in_sheet], sheet.seq[in_sheet]
        newer = (ts > old_ts) | ((ts == old_ts) & (seq > old_seq))
        applied.fresh[in_batch] = newer
        applied.late[in_batch] = ~newer & ((ts != old_ts) | (seq != old_seq))
        self._keep_two_sided(batch, sheet, in_batch, in_sheet)
        at = _newest_each(in_batch, in_sheet, ts, seq, newer, repeating=part.is_repeating)
        if not at.size:
            return bool(applied.late[in_batch].any())
        rows, places = in_batch[at], in_sheet[at]
        sheet.ts[places], sheet.seq[places] = ts[at], seq[at]
        for name, column in sheet.columns.items():
            given = batch.columns.get(name)
            column[places] = np.nan if given is None else given[rows]
        return True

    def _keep_two_sided(self, batch: QuoteBatch, sheet: _Sheet, in_batch: Places, in_sheet: Places) -> None:
        bids, asks = batch.columns.get("bid"), batch.columns.get("ask")
        if bids is None or asks is None:
            return
        bid, ask, two = bids[in_batch], asks[in_batch], sheet.two_sided
        ts, seq = batch.ts_us[in_batch], batch.seq[in_batch]
        old_ts, old_seq = two.ts_us[in_sheet], two.seq[in_sheet]
        newer = (bid <= ask) & ((ts > old_ts) | ((ts == old_ts) & (seq > old_seq)))
        at = _newest_each(in_batch, in_sheet, ts, seq, newer, repeating=True)
        places = in_sheet[at]
        two.ts_us[places], two.seq[places] = ts[at], seq[at]
        two.bid[places], two.ask[places] = bid[at], ask[at]


def _moved(old: npt.NDArray[Any], came_from: Places, missing: float) -> npt.NDArray[Any]:
    new = np.full(came_from.size, missing, old.dtype)
    known = came_from >= 0
    new[known] = old[came_from[known]]
    return new


def _newest_each(
    in_batch: Places, in_sheet: Places, ts: Ints, seq: Ints, newer: Bools, *, repeating: bool
) -> Places:
    """Return which of the `newer` rows to write: one for each contract, the one with the greatest key."""
    at = np.flatnonzero(newer)
    if not repeating or at.size < 2:
        return at
    order = at[np.lexsort((in_batch[at], seq[at], ts[at], in_sheet[at]))]
    ends = np.append(in_sheet[order][1:] != in_sheet[order][:-1], True)
    newest: Places = order[ends]
    return newest


def _order(instrument: Instrument) -> tuple[str, str, float, str]:
    """What is not dated comes first, then by expiry, strike and right."""
    expiry = instrument.expiry.isoformat() if instrument.expiry else ""
    return instrument.kind, expiry, instrument.strike or 0.0, instrument.symbol
