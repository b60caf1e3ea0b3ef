"""The NSE's end-of-day file of futures and options, in the layouts before and since July 2024.

Prices are in INR, open interest in units (not lots), volume in contracts. The session ends at
15:30 in Kolkata, where each contract's last price and settlement become a quote or an option
snapshot too. A contract that did not trade has 0 for its range and a carried close: no bar, no
last price. A settlement of 0 (an option on its last day) means none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from tradesense.feeds.files import names
from tradesense.feeds.files.arrow import compute as pc
from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import Columns, Flags, Floats, as_text, flags, without_zero
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.listing import Listed, Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.order import Ascending, Grouped, Presence
from tradesense.feeds.files.rows import bar_rows, quote_rows, settlement_rows, snapshot_rows
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument, Right
from tradesense.market import BarInterval, Table

SOURCE = "nse"
ZONE = ZoneInfo("Asia/Kolkata")
_CLOSE = time(15, 30)
_RIGHTS = {"CE": Right.CALL, "PE": Right.PUT}


@dataclass(frozen=True, slots=True)
class BhavcopyLayout:
    """Which column of a layout is what, and how it writes kinds and dates."""

    name: str
    title: str
    header: tuple[str, ...]
    fields: Mapping[str, str]
    futures: tuple[str, ...]
    options: tuple[str, ...]
    iso_dates: bool
    sorted: bool

    def recognises(self, file: SourceFile) -> bool:
        columns = file.columns
        if columns is None or file.is_parquet:
            return False
        named = tuple(name.replace("Rsvd0", "Rsvd") for name in columns)
        return named in (self.header, (*self.header, ""))

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        return _Bhavcopy(self, file, context).batches()

    def day(self, text: str) -> date:
        return names.parse_iso_date(text) if self.iso_dates else names.parse_day_month_year(text)


LEGACY = BhavcopyLayout(
    name="nse_bhavcopy",
    title="NSE F&O bhavcopy (until July 2024)",
    header=(
        "INSTRUMENT",
        "SYMBOL",
        "EXPIRY_DT",
        "STRIKE_PR",
        "OPTION_TYP",
        "OPEN",
        "HIGH",
        "LOW",
        "CLOSE",
        "SETTLE_PR",
        "CONTRACTS",
        "VAL_INLAKH",
        "OPEN_INT",
        "CHG_IN_OI",
        "TIMESTAMP",
    ),
    fields={
        "kind": "INSTRUMENT",
        "root": "SYMBOL",
        "expiry": "EXPIRY_DT",
        "strike": "STRIKE_PR",
        "right": "OPTION_TYP",
        "open": "OPEN",
        "high": "HIGH",
        "low": "LOW",
        "close": "CLOSE",
        "settlement": "SETTLE_PR",
        "volume": "CONTRACTS",
        "open_interest": "OPEN_INT",
        "open_interest_change": "CHG_IN_OI",
        "trade_date": "TIMESTAMP",
    },
    futures=("FUTIDX", "FUTSTK", "FUTIVX", "FUTCUR"),
    options=("OPTIDX", "OPTSTK"),
    iso_dates=False,
    sorted=True,
)
UDIFF = BhavcopyLayout(
    name="nse_udiff",
    title="NSE F&O bhavcopy in UDiFF layout (since July 2024)",
    header=(
        "TradDt",
        "BizDt",
        "Sgmt",
        "Src",
        "FinInstrmTp",
        "FinInstrmId",
        "ISIN",
        "TckrSymb",
        "SctySrs",
        "XpryDt",
        "FininstrmActlXpryDt",
        "StrkPric",
        "OptnTp",
        "FinInstrmNm",
        "OpnPric",
        "HghPric",
        "LwPric",
        "ClsPric",
        "LastPric",
        "PrvsClsgPric",
        "UndrlygPric",
        "SttlmPric",
        "OpnIntrst",
        "ChngInOpnIntrst",
        "TtlTradgVol",
        "TtlTrfVal",
        "TtlNbOfTxsExctd",
        "SsnId",
        "NewBrdLotQty",
        "Rmks",
        "Rsvd1",
        "Rsvd2",
        "Rsvd3",
        "Rsvd4",
    ),
    fields={
        "kind": "FinInstrmTp",
        "root": "TckrSymb",
        "expiry": "FininstrmActlXpryDt",
        "strike": "StrkPric",
        "right": "OptnTp",
        "open": "OpnPric",
        "high": "HghPric",
        "low": "LwPric",
        "close": "ClsPric",
        "last": "LastPric",
        "settlement": "SttlmPric",
        "volume": "TtlTradgVol",
        "open_interest": "OpnIntrst",
        "open_interest_change": "ChngInOpnIntrst",
        "underlying": "UndrlygPric",
        "trade_date": "TradDt",
    },
    futures=("IDF", "STF"),
    options=("IDO", "STO"),
    iso_dates=True,
    sorted=False,
)


@dataclass(frozen=True, slots=True)
class _Values:
    bar: dict[str, Floats]
    traded: Flags
    last: Floats
    settlement: Floats
    volume: Floats
    open_interest: Floats
    change: Floats
    underlying: Floats


class _Bhavcopy:
    """One pass over one file."""

    def __init__(self, layout: BhavcopyLayout, file: SourceFile, context: Context) -> None:
        self._layout = layout
        self._file = file
        self._namer = Namer(context, SOURCE)
        self._listing = Listing(self._build)
        self._groups = Grouped("the contracts of")
        self._order = Ascending("expiry, call before put, strike")
        self._presence = Presence("close", "settlement")
        self._day: date | None = None

    def batches(self) -> Iterator[Batch]:
        trailing = ("trailing",) * (len(self._file.columns or ()) - len(self._layout.header))
        for block in row_blocks(self._file, (*self._layout.header, *trailing)):
            columns = Columns.of(block)
            listed, is_option = self._contracts(columns)
            days = self._trade_days(columns)
            values = self._values(columns)
            yield Batch(
                self._tables(columns, listed, is_option, days, values), columns.rows_read, columns.rejected
            )
        self._presence.check()
        yield Batch({Table.INSTRUMENTS: self._listing.table()}, rows_read=0)

    def _text(self, columns: Columns, field: str, **how: Any) -> pa.Array[Any]:
        return columns.text(self._layout.fields[field], **how)

    def _number(self, columns: Columns, field: str, **how: Any) -> Floats:
        return columns.number(self._layout.fields[field], **how)

    def _contracts(self, columns: Columns) -> tuple[Listed, Flags]:
        layout = self._layout
        kind = self._text(columns, "kind", one_of=[*layout.futures, *layout.options])
        root = self._text(columns, "root")
        expiry = columns.dates(layout.fields["expiry"], layout.day)
        is_option = flags(pc.fill_null(pc.is_in(kind, value_set=pa.array(layout.options)), False))
        strike = self._number(columns, "strike")
        columns.reject(is_option & ~(strike > 0), "an option without a strike")
        right = self._text(columns, "right", required=False, one_of=["CE", "PE", "XX"])
        named = flags(pc.fill_null(pc.is_in(right, value_set=pa.array(list(_RIGHTS))), False))
        columns.reject(is_option != named, "the instrument's kind and its option type differ")
        if layout.sorted:
            groups = as_text(pc.binary_join_element_wise(kind, root, " "))
            order = self._groups.check(groups, columns.lines, columns.keep)
            days = expiry.cast(pa.int32()).fill_null(0).to_numpy()
            self._order.check([order, days, as_text(right), strike], columns.lines, columns.keep)
        key = pc.binary_join_element_wise(
            root,
            expiry.cast(pa.string()),
            pc.if_else(pa.array(is_option), pa.array(strike).cast(pa.string()), ""),
            pc.if_else(pa.array(is_option), pc.fill_null(right, ""), ""),
            "|",
        )
        return self._listing.rows(key, columns), is_option

    def _build(self, key: str) -> Instrument:
        root, day, strike, right = key.split("|")
        expiry = date.fromisoformat(day)
        if not right:
            made = self._namer.future(root, expiry.year, expiry.month, f"{root} {expiry:%d%b%Y}".upper())
            return self._namer.ending(made, expiry)
        name = names.ContractName(root, "option", expiry, strike=float(strike), right=_RIGHTS[right])
        return self._namer.option(name, f"{root} {expiry:%d%b%Y} {float(strike):g} {right}".upper())

    def _trade_days(self, columns: Columns) -> pa.Array[Any]:
        days = columns.dates(self._layout.fields["trade_date"], self._layout.day)
        found = {day for day in pc.unique(days.filter(pa.array(columns.keep))).to_pylist() if day is not None}
        if self._day is not None:
            found.add(self._day)
        if len(found) > 1:
            raise FileRefused("the file holds more than one trade date; a bhavcopy is of one day")
        self._day = next(iter(found), self._day)
        return days

    def _values(self, columns: Columns) -> _Values:
        bar = {
            name: self._number(columns, name, required=True, minimum=0)
            for name in ("open", "high", "low", "close")
        }
        volume = self._number(columns, "volume", required=True, minimum=0)
        traded = volume > 0
        for name in ("open", "high", "low"):
            columns.reject(traded & (bar[name] == 0), f"{self._layout.fields[name]} is 0 though it traded")
        columns.reject(traded & (bar["high"] < bar["low"]), "the day's high is below its low")
        settlement = without_zero(self._number(columns, "settlement", required=True, minimum=0))
        self._presence.see(close=without_zero(bar["close"]), settlement=settlement)
        last = (
            without_zero(self._number(columns, "last", minimum=0))
            if "last" in self._layout.fields
            else bar["close"]
        )
        none = np.full(len(columns), np.nan)
        underlying = (
            self._number(columns, "underlying", minimum=0) if "underlying" in self._layout.fields else none
        )
        return _Values(
            bar,
            traded,
            np.where(traded, last, np.nan),
            settlement,
            volume,
            self._number(columns, "open_interest", required=True, minimum=0),
            self._number(columns, "open_interest_change", required=True),
            without_zero(underlying),
        )

    def _tables(
        self, columns: Columns, listed: Listed, is_option: Flags, days: pa.Array[Any], values: _Values
    ) -> dict[Table, pa.Table]:
        source, lines, keep = self._namer.source, columns.lines, columns.keep
        starts = np.asarray(
            days.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False), dtype="datetime64[us]"
        )
        closes = np.full(len(columns), self._close(), dtype="datetime64[us]")
        both = {"volume": values.volume, "open_interest": values.open_interest}
        settled = {"settlement": values.settlement, "open_interest_change": values.change, **both}
        at_close = {"last": values.last, "mark": values.settlement, **both}
        priced = {**at_close, "underlying_price": values.underlying}
        bars = bar_rows(source, listed, starts, lines, {**values.bar, **both}, BarInterval.DAY)
        kind = None if np.isnan(values.underlying).all() else "spot"
        snapshots = snapshot_rows(source, listed, closes, lines, priced, underlying_kind=kind)
        return {
            Table.SETTLEMENTS: settlement_rows(source, listed, days, lines, settled).filter(pa.array(keep)),
            Table.BARS: bars.filter(pa.array(keep & values.traded)),
            Table.QUOTES: quote_rows(source, listed, closes, lines, at_close).filter(
                pa.array(keep & ~is_option)
            ),
            Table.OPTION_SNAPSHOTS: snapshots.filter(pa.array(keep & is_option)),
        }

    def _close(self) -> np.datetime64:
        if self._day is None:
            return np.datetime64("NaT")
        at = datetime.combine(self._day, _CLOSE, ZONE).astimezone(UTC)
        return np.datetime64(at.replace(tzinfo=None))
