"""Databento files: definitions, best bid and offer, top-of-book updates, trades and bars.

A record names its instrument by a number; the metadata give its symbol, and definition files in
the same folder its exact terms. Sampled quotes (`bbo-*`) stand at the end of their interval, bars
at its start, events at the exchange's own time. `seq` keeps events of one microsecond in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.base.errors import AppError
from tradesense.feeds.files import dbn, names
from tradesense.feeds.files.bounds import FileRefused, Limits
from tradesense.feeds.files.columns import Columns, Floats, taken
from tradesense.feeds.files.format import Batch, Context, Rejected
from tradesense.feeds.files.listing import Listed, Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.order import Ascending, Presence
from tradesense.feeds.files.rows import bar_rows, quote_rows, snapshot_rows
from tradesense.instruments import Instrument, Kind, Right
from tradesense.market import BarInterval, Table, instrument_rows

SOURCE = "databento"
_MOST_SIBLINGS = 16
_OLD_MAGIC = b"P*M\x18"
_FRAGMENT_RECORD_TYPES = range(0x00, 0xD0)
_CME, _STOCKS, _OPRA = "GLBX.", ("XNAS.", "XNYS.", "ARCX.", "DBEQ.", "EQUS.", "BATS.", "IEXG."), "OPRA."
# The store tells 1,024 events of one microsecond apart.
_RUN = 1024
_OPEN_EVENTS = 64
# A trade is an event of three schemas, each with its own view of it: they stand side by side.
_SEQ_OFFSETS = {"tbbo": _RUN // 4, "trades": _RUN // 2}
_INTERVALS = {
    "ohlcv-1s": BarInterval.SECOND,
    "ohlcv-1m": BarInterval.MINUTE,
    "ohlcv-1h": BarInterval.HOUR,
    "ohlcv-1d": BarInterval.DAY,
}


class DatabentoFile:
    """A DBN file with its metadata."""

    name = "databento_dbn"
    title = "Databento DBN: definition, bbo-*, mbp-1, tbbo, trades, ohlcv-*"

    def recognises(self, file: SourceFile) -> bool:
        return file.head.startswith(dbn.MAGIC)

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        body = dbn.open_dbn(file)
        schema = body.metadata.schema
        namer = Namer(context, SOURCE)
        if schema == "definition":
            yield from _definitions(body, namer)
        elif schema in dbn.LAYOUTS:
            yield from _Prices(body, namer, _sibling_definitions(file, namer)).batches()
        else:
            known = ", ".join(("definition", *dbn.LAYOUTS))
            raise FileRefused(f"schema {schema} is not imported; known are {known}")


class DatabentoOther:
    """What looks like Databento's but cannot be read: the format before DBN, and bare fragments."""

    name = "databento_unreadable"
    title = "Databento DBZ files and DBN fragments (not readable by themselves)"

    def recognises(self, file: SourceFile) -> bool:
        return file.head.startswith(_OLD_MAGIC) or file.name.endswith((".dbz", ".frag"))

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:  # noqa: ARG002 - part of the protocol
        if file.head.startswith(_OLD_MAGIC) or file.name.endswith(".dbz"):
            raise FileRefused("this is DBZ, the encoding before DBN; convert it with Databento's dbn tool")
        raise FileRefused("this is a DBN fragment: without the metadata its instruments have no names")


class _Prices:
    """One pass over a file of price records."""

    def __init__(self, body: dbn.DbnBody, namer: Namer, defined: dict[str, Instrument]) -> None:
        self._body = body
        self._schema = body.metadata.schema
        self._namer = namer
        self._defined = defined
        self._days: dict[str, date] = {}
        self._listing = Listing(self._build)
        self._order = Ascending("the time")
        self._runs = _Runs()
        self._presence = Presence() if self._schema == "trades" else Presence(*_PRESENT[self._schema[:4]])

    def batches(self) -> Iterator[Batch]:
        first = 1
        for records in dbn.price_records(self._body):
            lines = np.arange(first, first + len(records), dtype=np.int64)
            first += len(records)
            columns = Columns(pa.table({"row": pa.nulls(len(records))}), lines)
            received = dbn.times(
                records["ts_recv" if "ts_recv" in (records.dtype.names or ()) else "ts_event"]
            )
            columns.reject(np.isnat(received), "the time is undefined")
            self._order.check([received], lines, columns.keep)
            listed = self._listing.rows(self._names(records, received, columns), columns)
            tables = self._bars(records, columns, listed, received)
            if tables is None:
                tables = self._quotes(records, columns, listed, received)
            yield Batch(tables, columns.rows_read, columns.rejected)
        self._presence.check()
        yield Batch({Table.INSTRUMENTS: self._listing.table()}, rows_read=0)

    def _names(self, records: dbn.Records, at: npt.NDArray[np.datetime64], columns: Columns) -> pa.Array[Any]:
        days = at.astype("datetime64[D]")
        pairs = np.rec.fromarrays([records["instrument_id"], days.astype(np.int64)])
        distinct, where = np.unique(pairs, return_inverse=True)
        found: list[str | None] = []
        for number, day in distinct.tolist():
            known = day > -(10**9)
            name = self._body.metadata.name_of(number, date.fromordinal(719_163 + day)) if known else None
            if name is not None:
                self._days.setdefault(name, date.fromordinal(719_163 + day))
            found.append(name)
        unnamed = np.array([each is None for each in found], dtype=np.bool_)
        columns.reject(unnamed[where], "the metadata give the instrument no symbol on that day")
        return taken(pa.array(found, pa.string()), where)

    def _build(self, name: str) -> Instrument:
        made = self._defined.get(name)
        return made if made is not None else _named(name, self._body.metadata, self._days[name], self._namer)

    def _bars(
        self, records: dbn.Records, columns: Columns, listed: Listed, at: npt.NDArray[np.datetime64]
    ) -> dict[Table, pa.Table] | None:
        interval = _INTERVALS.get(self._schema)
        if interval is None:
            return None
        values = {name: dbn.prices(records[name]) for name in ("open", "high", "low", "close")}
        self._presence.see(close=values["close"])
        with np.errstate(invalid="ignore"):
            for name, each in values.items():
                columns.reject(np.isnan(each), f"{name} is undefined")
            low, high = values["low"], values["high"]
            columns.reject(
                (high < low) | (values["close"] > high) | (values["close"] < low), "no bar has such a range"
            )
        values["volume"] = records["volume"].astype(np.float64)
        rows = bar_rows(self._namer.source, listed, at, columns.lines, values, interval)
        return {Table.BARS: rows.filter(pa.array(columns.keep))}

    def _quotes(
        self, records: dbn.Records, columns: Columns, listed: Listed, received: npt.NDArray[np.datetime64]
    ) -> dict[Table, pa.Table]:
        values: dict[str, Floats] = {}
        if "bid_px_00" in (records.dtype.names or ()):
            bid, ask = dbn.prices(records["bid_px_00"]), dbn.prices(records["ask_px_00"])
            self._presence.see(bid=bid, ask=ask)
            values = {
                "bid": bid,
                "ask": ask,
                "bid_size": np.where(np.isnan(bid), np.nan, records["bid_sz_00"]),
                "ask_size": np.where(np.isnan(ask), np.nan, records["ask_sz_00"]),
            }
        price = dbn.prices(records["price"])
        if self._schema.startswith("bbo"):
            at, seq, values["last"] = received, np.zeros(len(records), dtype=np.int64), price
        else:
            traded = records["action"] == b"T"
            values["last"] = np.where(traded, price, np.nan)
            if self._schema in ("trades", "tbbo"):
                columns.reject(np.isnan(price), "price is undefined")
            happened = dbn.times(records["ts_event"])
            at = np.where(np.isnat(happened), received, happened)
            seq = self._runs.number(records, at) + _SEQ_OFFSETS.get(self._schema, 0)
        is_option = np.array([each is not None and each.kind is Kind.OPTION for each in listed.instruments])
        options = is_option[listed.indices.to_numpy(zero_copy_only=False)]
        quotes = quote_rows(self._namer.source, listed, at, columns.lines, values, seq)
        tables = {Table.QUOTES: quotes.filter(pa.array(columns.keep & ~options))}
        if options.any():
            rows = snapshot_rows(self._namer.source, listed, at, columns.lines, values, seq=seq)
            tables[Table.OPTION_SNAPSHOTS] = rows.filter(pa.array(columns.keep & options))
        return tables


_PRESENT = {"bbo-": ("bid", "ask"), "mbp-": ("bid", "ask"), "tbbo": ("bid", "ask"), "ohlc": ("close",)}


class _Runs:
    """Numbers the events of one instrument in one microsecond, from 0, in the file's order."""

    def __init__(self) -> None:
        self._open: dict[tuple[int, int], int] = {}

    def number(self, records: dbn.Records, at: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
        ids, clock = records["instrument_id"].astype(np.int64), at.astype(np.int64)
        order = np.lexsort([clock, ids])
        fresh = np.append(True, (ids[order][1:] != ids[order][:-1]) | (clock[order][1:] != clock[order][:-1]))
        starts = np.flatnonzero(fresh)
        sizes = np.diff(np.append(starts, len(ids)))
        earlier = np.zeros(len(starts), dtype=np.int64)
        for key, count in self._open.items():
            # Few keys stay open: those of the last events of the block before.
            place = np.flatnonzero((ids[order][starts] == key[0]) & (clock[order][starts] == key[1]))
            earlier[place] = count
        position = np.arange(len(ids)) - np.repeat(starts - earlier, sizes)
        numbers = np.empty(len(ids), dtype=np.int64)
        numbers[order] = position
        tail = slice(max(0, len(ids) - _OPEN_EVENTS), None)
        ends = zip(ids[tail].tolist(), clock[tail].tolist(), numbers[tail].tolist(), strict=True)
        self._open = {(number, moment): count + 1 for number, moment, count in ends}
        return np.minimum(numbers, _RUN // 4 - 1)


def _named(name: str, metadata: dbn.Metadata, day: date, namer: Namer) -> Instrument:
    if metadata.dataset.startswith(_STOCKS):
        return namer.stock(name)
    if metadata.dataset.startswith(_OPRA):
        return namer.option(names.parse_osi(name), name)
    if not metadata.dataset.startswith(_CME):
        raise ValueError(f"the names of {metadata.dataset} are not known")
    contract = names.parse_cme(name, day)
    if contract.year is None or contract.month is None:
        raise ValueError("not a contract")
    if contract.kind == "future":
        return namer.future(contract.root, contract.year, contract.month, name)
    expiry = namer.spec(contract.root).option_expiry_of(contract.year, contract.month)
    if expiry is None:
        raise ValueError(f"when {name} expires is not known; put its definition file beside this one")
    return namer.option(replace(contract, expiry=expiry), name)


def _definitions(body: dbn.DbnBody, namer: Namer) -> Iterator[Batch]:
    made: list[tuple[int, Instrument]] = []
    ignored: dict[str, int] = {}
    rejected: dict[str, list[int]] = {}
    line, received = 0, 0
    for line, record in enumerate(dbn.definition_records(body), 1):
        if record.ts_recv < received:
            raise FileRefused("the records are out of order: the time goes back", line=line)
        received = record.ts_recv
        try:
            instrument = _defined(record, namer)
        except AppError as error:
            rejected.setdefault(error.detail, []).append(line)
        except (ValueError, OverflowError, OSError) as error:
            rejected.setdefault(str(error), []).append(line)
        else:
            if instrument is None:
                ignored["spreads and combinations"] = ignored.get("spreads and combinations", 0) + 1
            else:
                made.append((line, instrument))
    rows = instrument_rows([each for _, each in made], [number for number, _ in made])
    bad = tuple(Rejected(why, np.array(lines, dtype=np.int64)) for why, lines in rejected.items())
    yield Batch({Table.INSTRUMENTS: rows}, line, bad, ignored)


def _defined(record: Any, namer: Namer) -> Instrument | None:
    name, kind = str(record.raw_symbol), str(record.instrument_class)
    day = datetime.fromtimestamp(record.ts_recv / 1e9, UTC).date()
    if kind == "K":
        return namer.stock(name)
    if kind not in ("F", "C", "P"):
        return None
    root, expires = str(record.asset), datetime.fromtimestamp(record.expiration // 10**9, UTC)
    if kind == "F":
        contract = names.parse_cme(name, day)
        if contract.year is None or contract.month is None or contract.kind != "future":
            raise ValueError(f"{name!r} names no future")
        spec = namer.spec(root)
        expiry = expires.astimezone(ZoneInfo(spec.time_zone)).date()
        made = namer.ending(namer.future(root, contract.year, contract.month, name), expiry)
        return replace(made, expires_at=expires)
    under = names.parse_cme(str(record.underlying), day)
    if under.year is None or under.month is None:
        raise ValueError(f"{record.underlying!r} names no future")
    namer.declare_series(root, under.root)
    future = namer.future(under.root, under.year, under.month, str(record.underlying))
    expiry = expires.astimezone(ZoneInfo(namer.spec(root).time_zone)).date()
    terms = names.ContractName(root, "option", expiry, strike=record.strike_price / 1e9, right=Right(kind))
    return replace(namer.option(terms, name, future.symbol), expires_at=expires)


def _sibling_definitions(file: SourceFile, namer: Namer) -> dict[str, Instrument]:
    """Return the instruments of the definition files in the same folder, by the venue's names.

    One that can't be read is as good as absent here; it has its own report when it is imported.
    """
    found: dict[str, Instrument] = {}
    siblings = sorted(path for path in file.path.parent.glob("*definition*.dbn*") if path.is_file())
    for path in siblings[:_MOST_SIBLINGS]:
        found.update(_read_siblings(path, file.limits, namer))
    return found


def _read_siblings(path: Path, limits: Limits, namer: Namer) -> dict[str, Instrument]:
    found: dict[str, Instrument] = {}
    try:
        body = dbn.open_dbn(SourceFile(path, limits))
        if body.metadata.schema != "definition":
            return found
        for record in dbn.definition_records(body):
            made = _defined_or_none(record, namer)
            if made is not None:
                found[made.source_symbol] = made
    except (FileRefused, OSError):
        return found
    return found


def _defined_or_none(record: Any, namer: Namer) -> Instrument | None:
    try:
        return _defined(record, namer)
    except (AppError, ValueError, OverflowError, OSError):
        return None
