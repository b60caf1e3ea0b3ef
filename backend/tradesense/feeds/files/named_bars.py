"""Bars of one future in a file whose name tells the contract: two layouts met in the wild.

`6EH4_GLBX_1min_202401.csv` has minutes labelled with their END (the first minute after the 23:00
opening is labelled 23:01), in UTC. `nifty_apr2026_future_30min.csv` has half hours labelled with
their start, in Indian time with its offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from tradesense.base.errors import AppError
from tradesense.feeds.files import names
from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import ISO_OFFSET, ISO_UTC, Columns
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.listing import Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile, header_cells
from tradesense.feeds.files.order import Ascending
from tradesense.feeds.files.rows import bar_rows, bar_values
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument
from tradesense.market import BarInterval, Table

_GLOBEX_NAME = re.compile(r"(?P<contract>[A-Z0-9]{3,6})_GLBX_1min_.*\.csv")
_NSE_NAME = re.compile(r"(?P<root>[a-z]+)_(?P<month>[a-z]{3})(?P<year>\d{4})_future_30min\.csv")


@dataclass(frozen=True, slots=True)
class NamedBars:
    """One layout of bars and how its file name tells the contract."""

    name: str
    title: str
    header: tuple[str, ...]
    source: str
    interval: BarInterval
    labelled_at_end: bool
    iso: str
    parse_time: Callable[[str], datetime]
    parse_contract: Callable[[Namer, str, datetime], Instrument]

    def recognises(self, file: SourceFile) -> bool:
        return file.columns == self.header and not file.is_parquet

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        namer = Namer(context, self.source)
        contract = self._contract(file, context, namer)
        listing = Listing(lambda _: contract)
        order = Ascending("the time", strict=True)
        back = np.timedelta64(self.interval.length if self.labelled_at_end else timedelta(0))
        for block in row_blocks(file, self.header):
            columns = Columns.of(block)
            times = columns.times(self.header[0], self.parse_time, iso=self.iso)
            order.check([times], columns.lines, columns.keep)
            values = bar_values(columns)
            values["volume"] = columns.number("volume", required=True, minimum=0)
            if "open_interest" in self.header:
                values["open_interest"] = columns.number("open_interest", required=True, minimum=0)
            if "pricetype" in self.header:
                columns.text("pricetype", one_of=["Last"])
            listed = listing.rows(pa.repeat(contract.symbol, len(columns)), columns)
            rows = bar_rows(namer.source, listed, times - back, columns.lines, values, self.interval)
            yield Batch(
                {Table.BARS: rows.filter(pa.array(columns.keep))}, columns.rows_read, columns.rejected
            )
        yield Batch({Table.INSTRUMENTS: listing.table()}, rows_read=0)

    def _contract(self, file: SourceFile, context: Context, namer: Namer) -> Instrument:
        try:
            if context.options.symbol is not None:
                return namer.canonical(context.options.symbol)
            first = (header_cells(file.head, 1) or ("",))[0]
            return self.parse_contract(namer, file.name, self.parse_time(first))
        except (AppError, ValueError):
            raise FileRefused("the file's name tells no contract; name it with --symbol") from None


def _globex_contract(namer: Namer, file_name: str, near: datetime) -> Instrument:
    found = _GLOBEX_NAME.fullmatch(file_name)
    if found is None:
        raise ValueError("no contract")
    contract = names.parse_cme(found["contract"], near.date())
    if contract.kind != "future" or contract.year is None or contract.month is None:
        raise ValueError("no future")
    return namer.future(contract.root, contract.year, contract.month, found["contract"])


def _nse_contract(namer: Namer, file_name: str, near: datetime) -> Instrument:  # noqa: ARG001 - the name has the year
    found = _NSE_NAME.fullmatch(file_name)
    if found is None or found["month"].upper() not in names.MONTHS:
        raise ValueError("no contract")
    root, month = found["root"].upper(), names.MONTHS.index(found["month"].upper()) + 1
    return namer.future(root, int(found["year"]), month, f"{root} {found['month'].upper()}{found['year']}")


def _parse_utc(text: str) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text):
        raise ValueError("not a time like 2024-01-01 23:01:00")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _parse_with_offset(text: str) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}", text):
        raise ValueError("not a time like 2026-02-18T09:15:00+0530")
    return datetime.fromisoformat(text)


GLOBEX_MINUTES = NamedBars(
    name="globex_minute_bars",
    title="Minute bars of one Globex future, labelled at the end (CSV)",
    header=("timestamp_utc", "open", "high", "low", "close", "volume", "pricetype"),
    source="globex",
    interval=BarInterval.MINUTE,
    labelled_at_end=True,
    iso=ISO_UTC,
    parse_time=_parse_utc,
    parse_contract=_globex_contract,
)
NSE_HALF_HOURS = NamedBars(
    name="nse_half_hour_bars",
    title="Half-hour bars of one NSE future (CSV)",
    header=("ts_ist", "open", "high", "low", "close", "volume", "open_interest"),
    source="nse",
    interval=BarInterval.HALF_HOUR,
    labelled_at_end=False,
    iso=ISO_OFFSET,
    parse_time=_parse_with_offset,
    parse_contract=_nse_contract,
)
