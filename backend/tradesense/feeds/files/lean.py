"""Minute and daily bars in the tidy layouts made from LEAN's data folder (Parquet and CSV).

A file of futures, an index or a stock does not name its product inside: it is the first word of
the file's name (`es_minute_quote.parquet`), or the option `root`. A minute's label is its start.
A quote bar becomes a quote at the END of its minute (its close is known only then), a daily one
at the end of the exchange's day. A trade bar stays a bar; open interest is that day's figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.base.errors import AppError
from tradesense.feeds.files import names
from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import ISO_OFFSET, Columns, Strings, as_text, joined
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.listing import Listed, Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.order import Ascending, Presence
from tradesense.feeds.files.parquet import parquet_blocks
from tradesense.feeds.files.rows import bar_rows, bar_values, quote_rows, settlement_rows, snapshot_rows
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument, Right
from tradesense.market import BarInterval, Table

SOURCE = "lean"
Times = npt.NDArray[np.datetime64]

_QUOTE = tuple(
    f"{side}_{part}" for side in ("bid", "ask") for part in ("open", "high", "low", "close", "size")
)
_BAR = ("open", "high", "low", "close")
_TRADE = (*_BAR, "volume")
_OPTION = ("root", "expiry", "strike", "right")
_FILE_NAME = re.compile(r"(?P<root>[a-z0-9]+)_(minute|daily|index|equity)")
_MINUTE = np.timedelta64(60_000_000, "us")


@dataclass(frozen=True, slots=True)
class LeanLayout:
    """One file layout: its columns tell what it holds and of which kind of instrument."""

    name: str
    title: str
    header: tuple[str, ...]

    @property
    def daily(self) -> bool:
        return "date" in self.header

    @property
    def of_options(self) -> bool:
        return "strike" in self.header

    def recognises(self, file: SourceFile) -> bool:
        return file.columns == self.header

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        return _Reading(self, file, context).batches()


_MINUTE_OF_FUTURE = ("ts_utc", "contract_month")
_DAY_OF_FUTURE = ("date", "contract_month")
_MINUTE_OF_OPTION = ("ts_utc", *_OPTION)
LEAN_LAYOUTS = tuple(
    LeanLayout(f"lean_{name}", f"LEAN {title}", header)
    for name, title, header in (
        ("future_minute_quote", "futures, minute quotes", (*_MINUTE_OF_FUTURE, *_QUOTE)),
        ("future_minute_trade", "futures, minute trades", (*_MINUTE_OF_FUTURE, *_TRADE)),
        ("future_minute_open_interest", "futures, open interest", (*_MINUTE_OF_FUTURE, "open_interest")),
        ("future_daily_quote", "futures, daily quotes", (*_DAY_OF_FUTURE, *_QUOTE)),
        ("future_daily_trade", "futures, daily trades", (*_DAY_OF_FUTURE, *_TRADE)),
        ("future_daily_open_interest", "futures, daily open interest", (*_DAY_OF_FUTURE, "open_interest")),
        (
            "open_interest_by_root",
            "open interest of several products",
            ("date", "open_interest", "root", "contract_month"),
        ),
        ("option_minute_quote", "options, minute quotes", (*_MINUTE_OF_OPTION, *_QUOTE)),
        ("option_minute_trade", "options, minute trades", (*_MINUTE_OF_OPTION, *_TRADE)),
        ("index_minute", "index, minute bars", ("ts_utc", *_BAR)),
        ("equity_minute_trade", "stock, minute trades", ("ts_utc", *_TRADE)),
    )
)


class _Reading:
    """One pass over one file."""

    def __init__(self, layout: LeanLayout, file: SourceFile, context: Context) -> None:
        self._layout = layout
        self._file = file
        self._namer = Namer(context, SOURCE)
        self._root = "" if "root" in layout.header else _root_of(file, context, self._namer)
        self._listing = Listing(self._build)
        self._roots = Ascending("the product")
        self._order = Ascending("the time, then the contract", strict=not self._roots_within)
        self._presence = Presence("bid_close", "ask_close") if "bid_close" in layout.header else Presence()

    @property
    def _roots_within(self) -> bool:
        return "root" in self._layout.header and not self._layout.of_options

    def batches(self) -> Iterator[Batch]:
        for columns in self._blocks():
            times = self._times(columns)
            listed = self._listed(columns, times)
            table, rows = self._rows(columns, listed, times)
            yield Batch({table: rows.filter(pa.array(columns.keep))}, columns.rows_read, columns.rejected)
        self._presence.check()
        yield Batch({Table.INSTRUMENTS: self._listing.table()}, rows_read=0)

    def _blocks(self) -> Iterator[Columns]:
        if self._file.is_parquet:
            yield from parquet_blocks(self._file, self._layout.header)
        else:
            for block in row_blocks(self._file, self._layout.header):
                yield Columns.of(block)

    def _times(self, columns: Columns) -> Times:
        if not self._layout.daily:
            return columns.times("ts_utc", _parse_utc, iso=ISO_OFFSET)
        return columns.times("date", _parse_day)

    def _listed(self, columns: Columns, times: Times) -> Listed:
        order: list[npt.NDArray[Any]] = [times]
        count = len(columns)
        keys: list[Strings] = [
            columns.text("root") if "root" in self._layout.header else pa.repeat(self._root, count)
        ]
        if self._roots_within:
            self._roots.check([as_text(keys[0])], columns.lines, columns.keep)
        if "contract_month" in self._layout.header:
            keys.append(columns.text("contract_month"))
            order += [] if self._roots_within else [as_text(keys[-1])]
        if self._layout.of_options:
            keys += [columns.text(name) for name in ("expiry", "strike", "right")]
            order += [as_text(keys[1]), columns.number("strike", required=True, above=0), as_text(keys[3])]
        self._order.check(order, columns.lines, columns.keep)
        return self._listing.rows(joined(*keys), columns)

    def _build(self, key: str) -> Instrument:
        root, *rest = key.upper().split("|")
        if not rest:
            return self._namer.plain(root, root)
        if len(rest) == 1:
            year, month = names.parse_contract_month(rest[0])
            return self._namer.future(root, year, month, f"{root} {rest[0]}")
        expiry, strike, right = date.fromisoformat(rest[0][:10]), float(rest[1]), Right(rest[2])
        name = names.ContractName(root, "option", expiry, strike=strike, right=right)
        return self._namer.option(name, f"{root} {expiry:%Y%m%d} {strike:g} {right.value}")

    def _rows(self, columns: Columns, listed: Listed, times: Times) -> tuple[Table, pa.Table]:
        if "bid_close" in self._layout.header:
            return self._quotes(columns, listed, times)
        source, lines = self._namer.source, columns.lines
        if "open_interest" in self._layout.header:
            values = {"open_interest": columns.number("open_interest", required=True, minimum=0)}
            return Table.SETTLEMENTS, settlement_rows(
                source, listed, self._days(listed, times), lines, values
            )
        values = bar_values(columns)
        if "volume" in self._layout.header:
            values["volume"] = columns.number("volume", required=True, minimum=0)
        interval = BarInterval.DAY if self._layout.daily else BarInterval.MINUTE
        return Table.BARS, bar_rows(source, listed, times, lines, values, interval)

    def _quotes(self, columns: Columns, listed: Listed, times: Times) -> tuple[Table, pa.Table]:
        bid, ask = columns.number("bid_close"), columns.number("ask_close")
        sizes = [columns.number(f"{side}_size", required=True, minimum=0) for side in ("bid", "ask")]
        self._presence.see(bid_close=bid, ask_close=ask)
        columns.reject(np.isnan(bid) & (sizes[0] > 0), "bid_close is empty but bid_size is not 0")
        columns.reject(np.isnan(ask) & (sizes[1] > 0), "ask_close is empty but ask_size is not 0")
        values = {
            "bid": bid,
            "ask": ask,
            "bid_size": np.where(np.isnan(bid), np.nan, sizes[0]),
            "ask_size": np.where(np.isnan(ask), np.nan, sizes[1]),
        }
        # A day's quote and its last minute's end at one instant: the minute's is the later word.
        seq = np.full(len(columns), -1 if self._layout.daily else 0, dtype=np.int64)
        ends = self._ends_of_days(listed, times) if self._layout.daily else times + _MINUTE
        if self._layout.of_options:
            return Table.OPTION_SNAPSHOTS, snapshot_rows(
                self._namer.source, listed, ends, columns.lines, values
            )
        return Table.QUOTES, quote_rows(self._namer.source, listed, ends, columns.lines, values, seq)

    def _days(self, listed: Listed, times: Times) -> Strings:
        if self._layout.daily:
            return pa.array(times.astype("datetime64[D]"), pa.date32())
        return pa.array(_per_time(times, listed, _local_day), pa.date32())

    @staticmethod
    def _ends_of_days(listed: Listed, times: Times) -> Times:
        return _per_time(times, listed, _end_of_day)


def _per_time(times: Times, listed: Listed, convert: Any) -> npt.NDArray[np.datetime64]:
    # The zones of one file are few and its days too: each pair is worked out once.
    zones: list[Any] = listed.column(lambda each: each.time_zone, pa.string()).fill_null("UTC").to_pylist()
    known: dict[Any, Any] = {}
    made = []
    for at, zone in zip(times, zones, strict=True):
        if (at, zone) not in known:
            known[at, zone] = (
                np.datetime64("NaT") if np.isnat(at) else convert(at.astype(datetime), ZoneInfo(zone))
            )
        made.append(known[at, zone])
    return np.array(made, dtype="datetime64[us]")


def _local_day(at: datetime, zone: ZoneInfo) -> np.datetime64:
    return np.datetime64(at.replace(tzinfo=UTC).astimezone(zone).date())


def _end_of_day(day: datetime, zone: ZoneInfo) -> np.datetime64:
    midnight = datetime.combine(day.date() + timedelta(days=1), time(), zone)
    return np.datetime64(midnight.astimezone(UTC).replace(tzinfo=None))


def _root_of(file: SourceFile, context: Context, namer: Namer) -> str:
    given = context.options.root or context.options.symbol
    named = _FILE_NAME.match(file.name.lower())
    if given is None and named is None:
        raise FileRefused("neither the file nor its name tells the product; name it with --root")
    root = (given or (named["root"] if named else "")).upper()
    try:
        return namer.spec(root).root
    except AppError:
        raise FileRefused(f"no product {root!r} is known; name it with --root, or declare it") from None


def _parse_utc(text: str) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00:00", text):
        raise ValueError("not a time like 2021-01-04 14:30:00+00:00")
    return datetime.fromisoformat(text)


def _parse_day(text: str) -> datetime:
    plain = text.removesuffix(" 00:00")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d|\d{8}", plain):
        raise ValueError("not a date like 2013-10-06")
    return datetime.fromisoformat(plain).replace(tzinfo=UTC)
