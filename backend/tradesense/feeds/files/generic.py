"""Any CSV or Parquet table whose columns a user maps to the store's fields.

A column that bears a field's own name needs no mapping. The instrument comes from a `symbol`
column or `--symbol`, from `contract_month` with `root` (or `--root`), or for options from `root`,
`expiry`, `strike` and `right`. Times are ISO 8601, counts since 1970 (seconds to nanoseconds, told
by size), or of `--timestamp-format`; without an offset they are of `--time-zone`, else UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.feeds.files import names
from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import ISO_UTC, Columns, Floats, Strings, joined
from tradesense.feeds.files.format import Batch, Context, Options
from tradesense.feeds.files.listing import Listed, Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.parquet import parquet_blocks
from tradesense.feeds.files.rows import bar_rows, bar_values, quote_rows, settlement_rows, snapshot_rows
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument, Kind, Right
from tradesense.market import BarInterval, Table

SOURCE = "file"
_PRICES = ("bid", "ask", "bid_size", "ask_size", "last", "mark", "volume", "open_interest")
_VENUE = ("underlying_price", "venue_iv", "venue_delta", "venue_gamma", "venue_vega", "venue_theta")
_NAMING = ("symbol", "root", "contract_month", "expiry", "strike", "right")
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "quotes": _PRICES,
    "bars": ("open", "high", "low", "close", "volume", "open_interest"),
    "settlements": ("settlement", "open_interest", "open_interest_change", "volume"),
    "option_snapshots": (*_PRICES, *_VENUE),
}
_RIGHTS = {"C": "C", "CALL": "C", "CE": "C", "P": "P", "PUT": "P", "PE": "P"}
_EPOCHS = ((10**11, 1), (10**14, 10**3), (10**17, 10**6), (10**20, 10**9))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to read: the table, and the file's column of each field."""

    table: Table
    columns: tuple[str, ...]
    of_field: Mapping[str, str]
    interval: BarInterval | None
    zone: tzinfo
    time_format: str | None

    @property
    def iso(self) -> str | None:
        """The form of times that can be read at once: plain UTC, unless the user says otherwise."""
        return ISO_UTC if self.time_format is None and self.zone is UTC else None


class GenericTable:
    """A table read by the user's own mapping; taken only when asked for."""

    name = "generic"
    title = "Any CSV or Parquet table with --table and --map"

    def recognises(self, file: SourceFile) -> bool:  # noqa: ARG002 - only the user can tell
        return False

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        return _Reading(file, context).batches()


class _Reading:
    """One pass over one file."""

    def __init__(self, file: SourceFile, context: Context) -> None:
        self._file = file
        self._options = context.options
        self._namer = Namer(context, context.options.source or SOURCE)
        self._plan = _plan(file, context.options)
        self._listing = Listing(self._build)
        self._valued: set[str] = set()

    def batches(self) -> Iterator[Batch]:
        for columns in self._blocks():
            listed = self._listing.rows(self._keys(columns), columns)
            rows = self._rows(columns, listed)
            yield Batch(
                {self._plan.table: rows.filter(pa.array(columns.keep))}, columns.rows_read, columns.rejected
            )
        if not self._valued:
            raise FileRefused("the file has no usable value: every mapped number is empty in every row")
        yield Batch({Table.INSTRUMENTS: self._listing.table()}, rows_read=0)

    def _blocks(self) -> Iterator[Columns]:
        if self._file.is_parquet:
            blocks: Iterator[Columns] = parquet_blocks(self._file, self._plan.columns)
        else:
            blocks = (Columns.of(block) for block in row_blocks(self._file, self._plan.columns))
        fields = {column: field for field, column in self._plan.of_field.items()}
        for columns in blocks:
            yield columns.renamed(fields)

    def _keys(self, columns: Columns) -> Strings:
        has = self._plan.of_field
        if "symbol" in has:
            return columns.text("symbol")
        if "strike" in has:
            parts = [self._root(columns), *(columns.text(name) for name in ("expiry", "strike", "right"))]
            return joined(*parts)
        if "contract_month" in has:
            return joined(self._root(columns), columns.text("contract_month"))
        return pa.repeat(self._options.symbol or "", len(columns))

    def _root(self, columns: Columns) -> Strings:
        if "root" in self._plan.of_field:
            return columns.text("root")
        return pa.repeat(self._options.root or "", len(columns))

    def _build(self, key: str) -> Instrument:
        root, *rest = key.split("|")
        if not rest:
            made = self._namer.canonical(root)
        elif len(rest) == 1:
            made = self._namer.future(root.upper(), *names.parse_contract_month(rest[0][:8]), key)
        else:
            right = _RIGHTS.get(rest[2].upper())
            if right is None:
                raise ValueError(f"{rest[2]!r} is neither call nor put")
            name = names.ContractName(
                root.upper(),
                "option",
                date.fromisoformat(rest[0][:10]),
                strike=float(rest[1]),
                right=Right(right),
            )
            made = self._namer.option(name, key)
        if (made.kind is Kind.OPTION) and self._plan.table is Table.QUOTES:
            raise ValueError(f"{made.symbol} is an option; the table is option_snapshots")
        if (made.kind is not Kind.OPTION) and self._plan.table is Table.OPTION_SNAPSHOTS:
            raise ValueError(f"{made.symbol} is no option; the table is quotes")
        return made

    def _rows(self, columns: Columns, listed: Listed) -> pa.Table:
        plan, source = self._plan, self._namer.source
        if plan.table is Table.SETTLEMENTS:
            days = columns.dates("trade_date", lambda text: date.fromisoformat(text[:10]))
            return settlement_rows(source, listed, days, columns.lines, self._numbers(columns))
        times = columns.times("ts", self._parse_time, zone=plan.zone, iso=plan.iso)
        if plan.table is Table.BARS:
            assert plan.interval is not None
            values = {**self._numbers(columns), **bar_values(columns)}
            return bar_rows(source, listed, times, columns.lines, values, plan.interval)
        values = self._numbers(columns)
        if plan.table is Table.QUOTES:
            return quote_rows(source, listed, times, columns.lines, values)
        kind = "spot" if "underlying_price" in values else None
        return snapshot_rows(source, listed, times, columns.lines, values, underlying_kind=kind)

    def _numbers(self, columns: Columns) -> dict[str, Floats]:
        known = [name for name in _NUMBERS[self._plan.table.value] if name in self._plan.of_field]
        values = {name: columns.number(name) for name in known}
        empty: npt.NDArray[np.bool_] = np.ones(len(columns), dtype=np.bool_)
        for name, each in values.items():
            missing = np.isnan(each)
            empty &= missing
            if not missing.all():
                self._valued.add(name)
        columns.reject(empty, "no value in any mapped column")
        return values

    def _parse_time(self, text: str) -> datetime:
        if self._plan.time_format is not None:
            at = datetime.strptime(text, self._plan.time_format)  # noqa: DTZ007 - the zone is set below
        elif text.lstrip("-").isdigit():
            at = _from_count(int(text))
        else:
            at = datetime.fromisoformat(text)
        return at if at.tzinfo is not None else at.replace(tzinfo=self._plan.zone)


def _from_count(count: int) -> datetime:
    for below, per_second in _EPOCHS:
        if 0 < count < below:
            seconds, rest = divmod(count, per_second)
            return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 10**6 // per_second)
    raise ValueError("no count since 1970")


def _plan(file: SourceFile, options: Options) -> _Plan:
    columns = file.columns
    if columns is None or len(columns) < 2 or len(set(columns)) < len(columns):
        raise FileRefused("the first line is no header of distinct column names separated by commas")
    table = _table(options)
    of_field = _mapping(columns, options, table)
    needed = "trade_date" if table is Table.SETTLEMENTS else "ts"
    if needed not in of_field:
        raise FileRefused(f"no column is mapped to {needed}: use --map COLUMN={needed}")
    if table is Table.BARS:
        lacking = [name for name in ("open", "high", "low", "close") if name not in of_field]
        if lacking:
            raise FileRefused(f"no column is mapped to {', '.join(lacking)}")
    if not any(name in of_field for name in _NUMBERS[table.value]):
        raise FileRefused(
            f"no column is mapped to a value of {table.value}: {', '.join(_NUMBERS[table.value])}"
        )
    _check_naming(of_field, options)
    zone: tzinfo = ZoneInfo(options.time_zone) if options.time_zone else UTC
    return _Plan(table, columns, of_field, _interval(options, table), zone, options.timestamp_format)


def _table(options: Options) -> Table:
    if options.table is None or options.table not in _NUMBERS:
        raise FileRefused(f"--table names one of {', '.join(_NUMBERS)}")
    return Table(options.table)


def _interval(options: Options, table: Table) -> BarInterval | None:
    if table is not Table.BARS:
        return None
    known = [each.value for each in BarInterval]
    if options.interval not in known:
        raise FileRefused(f"--interval names the bars' length: {', '.join(known)}")
    return BarInterval(options.interval)


def _mapping(columns: tuple[str, ...], options: Options, table: Table) -> dict[str, str]:
    fields = ("ts", "trade_date", *_NAMING, *_NUMBERS[table.value])
    of_field: dict[str, str] = {}
    for column, field in options.columns.items():
        if column not in columns:
            raise FileRefused(f"--map names a column the file lacks: {column!r}")
        if field not in fields:
            raise FileRefused(
                f"--map names no field of {table.value}: {field!r} (known: {', '.join(fields)})"
            )
        if field in of_field:
            raise FileRefused(f"--map gives {field} twice")
        of_field[field] = column
    mapped = set(of_field.values())
    for column in columns:
        field = column.strip().lower()
        if column not in mapped and field in fields:
            of_field.setdefault(field, column)
    return of_field


def _check_naming(of_field: Mapping[str, str], options: Options) -> None:
    has_root = "root" in of_field or options.root is not None
    named_option = has_root and {"expiry", "strike", "right"} <= set(of_field)
    named_future = has_root and "contract_month" in of_field
    if not ("symbol" in of_field or options.symbol or named_option or named_future):
        raise FileRefused(
            "nothing tells the instrument: map symbol, or root with contract_month, or root, expiry, strike "
            "and right; or give --symbol or --root"
        )
