"""Gathers daily figures of many contracts side by side, from whatever is stored of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tradesense.instruments import Calendar, ContractSpec
from tradesense.market.futures.rolls import Floats, Panel
from tradesense.market.futures.series import days_of, trade_days
from tradesense.market.history import Reader
from tradesense.market.history.continuous import (
    DailySpan,
    FutureRow,
    fetch_built_days,
    fetch_daily_bars,
    fetch_daily_settlements,
    fetch_daily_spans,
)
from tradesense.market.tables import BarInterval

_DAY = timedelta(days=1)
_MIDNIGHT = datetime.min.time()
_PRICES = ("open", "high", "low", "close")
_FIELDS = (*_PRICES, "volume", "open_interest")
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class DailyPanel:
    """A panel to decide rolls by, with the prices of each day beside it."""

    panel: Panel
    fields: dict[str, Floats]


async def load_panel(
    reader: Reader,
    spec: ContractSpec | None,
    source: str,
    futures: Sequence[FutureRow],
    *,
    at: datetime,
    roll_days: int,
    since: date | None = None,
) -> DailyPanel:
    """Return the daily figures of these contracts as they were known at `at`.

    A day comes from a stored daily bar, else is built of finer bars outside the span of the daily ones, else
    of quotes for a contract without any bars, else is a settlement. Contracts come by their end.
    """
    ordered = sorted(futures, key=lambda each: (_end(each), each.symbol))
    symbols = [each.symbol for each in ordered]
    since = since or _EARLIEST
    start = datetime.combine(since, _MIDNIGHT, UTC)
    settled = await fetch_daily_settlements(
        reader, source=source, symbols=symbols, since=since, before=at.date()
    )
    tables = [await fetch_daily_bars(reader, source=source, symbols=symbols, since=start, at=at)]
    for interval, wanted, first, last in spans_to_build(
        await fetch_daily_spans(reader, source=source, symbols=symbols), start, at
    ):
        days = trade_days(days_of(spec, source), first.date(), last.date() + 2 * _DAY)
        tables.append(
            await fetch_built_days(reader, source=source, symbols=wanted, interval=interval, days=days, at=at)
        )
    days_known, fields = fill_cells(
        symbols, [settled.select(["symbol", "day", "open_interest"]), *tables, settled]
    )
    panel = Panel(
        days=days_known,
        symbols=symbols,
        hold_until=[hold_until(each, spec, roll_days) for each in ordered],
        ends=[_end(each) for each in ordered],
        close=fields["close"],
        volume=fields["volume"],
        open_interest=fields["open_interest"],
    )
    return DailyPanel(panel, fields)


def hold_until(future: FutureRow, spec: ContractSpec | None, roll_days: int) -> date:
    """Return the last trade date a contract is held on by the calendar: `roll_days` trading days before it
    ends or, where that is earlier, before the day ahead of first notice.
    """
    calendar = spec.calendar.lenient if spec is not None else None
    end = _end(future)
    if future.first_notice is not None and future.first_notice <= end:
        end = _days_before(future.first_notice, 1, calendar)
    return _days_before(end, roll_days, calendar)


def _days_before(day: date, count: int, calendar: Calendar | None) -> date:
    return calendar.add(day, -count) if calendar is not None else day - count * _DAY


def _end(future: FutureRow) -> date:
    return future.last_trade or future.expiry


Build = tuple[BarInterval | None, list[str], datetime, datetime]


def spans_to_build(spans: Sequence[DailySpan], since: datetime, at: datetime) -> list[Build]:
    """What must be built: the rows' kind, of which contracts, and the stretch of time that covers them."""
    builds: dict[tuple[BarInterval | None, str], Build] = {}

    def want(kind: BarInterval | None, place: str, symbol: str, first: datetime, last: datetime) -> None:
        first, last = max(first, since), min(last, at)
        if first > last:
            return
        known = builds.get((kind, place), (kind, [], first, last))
        known[1].append(symbol)
        builds[kind, place] = (kind, known[1], min(first, known[2]), max(last, known[3]))

    for span in spans:
        if span.fine is not None:
            interval, first, last = span.fine
            if span.daily is None:
                want(interval, "alone", span.symbol, first, last)
            else:
                want(interval, "before", span.symbol, first, min(last, span.daily[0] - _DAY))
                daily_until = min(span.daily[1] + _DAY, at - _DAY)
                want(interval, "after", span.symbol, max(first, daily_until), last)
        elif span.daily is None and span.quotes is not None:
            want(None, "alone", span.symbol, *span.quotes)
    return list(builds.values())


def fill_cells(symbols: Sequence[str], tables: Sequence[pa.Table]) -> tuple[list[date], dict[str, Floats]]:
    """Lay tables over one another: the first that knows a cell wins; a day's prices come from one table."""
    placed = [_placed(symbols, table) for table in tables]
    days = np.unique(np.concatenate([numbers for numbers, _ in placed]))
    fields = {name: np.full((days.size, len(symbols)), np.nan) for name in _FIELDS}
    for table, (numbers, columns) in zip(tables, placed, strict=True):
        rows = np.searchsorted(days, numbers)
        unpriced = np.isnan(fields["close"][rows, columns])
        for name in _FIELDS:
            if name not in table.column_names:
                continue
            values = table[name].to_numpy().astype(np.float64)
            empty = unpriced if name in _PRICES else np.isnan(fields[name][rows, columns])
            fields[name][rows[empty], columns[empty]] = values[empty]
    epoch = date(1970, 1, 1)
    return [epoch + timedelta(days=number) for number in days.tolist()], fields


def _placed(symbols: Sequence[str], table: pa.Table) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    numbers = table["day"].cast(pa.int32()).to_numpy().astype(np.int64)
    columns = pc.index_in(table["symbol"], value_set=pa.array(symbols, pa.string()))
    return numbers, columns.to_numpy().astype(np.int64)


def session_start(spec: ContractSpec | None, day: date) -> datetime:
    """Return the instant the rows of a trade date begin: the close of the trade date before it."""
    return trade_days(spec, day, day + _DAY)[0].closes


def trade_date_of(spec: ContractSpec | None, instant: datetime) -> date:
    """Return the trade date an instant belongs to; the date in UTC where hours are not known."""
    if spec is None:
        return instant.date()
    hours = replace(spec.trading_hours, calendar=spec.trading_hours.calendar.lenient)
    return hours.trade_date(instant)
