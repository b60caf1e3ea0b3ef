"""Deribit's messages from files: a recorded socket, recorded replies, one reply, a book summary as CSV.

A recording has a line per message: `<seconds>: {json}` for what came, `<url> <- <seconds>: {json}`
for what was sent, `<url> -> <seconds>: {json}` for a reply over HTTP, or just the JSON.
Each instrument or market state counts as a row, every other line as one that is not kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from tradesense.base.errors import AppError
from tradesense.feeds.files import names
from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import Columns, without_zero
from tradesense.feeds.files.deribit_messages import (
    MarketState,
    Record,
    build_instrument,
    parse_state,
    split_message,
)
from tradesense.feeds.files.format import Batch, Context, Rejected
from tradesense.feeds.files.listing import Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.order import Ascending, Presence
from tradesense.feeds.files.rows import quote_rows
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument, Kind
from tradesense.market import SCHEMAS, Table, instrument_rows

SOURCE = "deribit"
_ROWS = 20_000
_PREFIX = rb"(?:(?P<url>[a-z]+://[^ ]+) (?P<way><->|<-|->) )?(?:(?P<at>\d{9,11}(?:\.\d+)?)(?:: )?)?"
_LINE = re.compile(_PREFIX + rb"(?P<json>\{.*\})?")
_START = re.compile(_PREFIX + rb"(?:\{|$)")


@dataclass(slots=True)
class _Gathered:
    """What a file's messages have said since the last batch."""

    namer: Namer
    read: int = 0
    states: list[tuple[int, Instrument, MarketState]] = field(default_factory=list)
    instruments: dict[str, tuple[int, Instrument]] = field(default_factory=dict)
    made: dict[str, Instrument] = field(default_factory=dict)
    rejected: dict[str, list[int]] = field(default_factory=dict)
    ignored: Counter[str] = field(default_factory=Counter)

    def ignore(self, reason: str) -> None:
        self.read += 1
        self.ignored[reason] += 1

    def reject(self, line: int, reason: str) -> None:
        self.read += 1
        self.rejected.setdefault(reason, []).append(line)

    def take(self, line: int, record: Record) -> None:
        if record.what == "other":
            self.ignore(record.reason)
            return
        try:
            if record.what == "instrument":
                made = build_instrument(self.namer, record.data)
                self.instruments[made.symbol] = (line, made)
            else:
                state = parse_state(record.data)
                self.states.append((line, self._instrument(state.contract), state))
        except AppError as error:
            self.reject(line, error.detail)
        except (ValueError, OverflowError) as error:
            self.reject(line, str(error))
        else:
            self.read += 1

    def batch(self) -> Batch:
        """Return what was gathered as rows, and forget it."""
        tables: dict[Table, pa.Table] = {}
        options = [each for each in self.states if each[1].kind is Kind.OPTION]
        others = [each for each in self.states if each[1].kind is not Kind.OPTION]
        if options:
            tables[Table.OPTION_SNAPSHOTS] = _state_table(Table.OPTION_SNAPSHOTS, options)
        if others:
            tables[Table.QUOTES] = _state_table(Table.QUOTES, others)
        stated = list(self.instruments.values())
        tables[Table.INSTRUMENTS] = instrument_rows(
            [each for _, each in stated]
            + [each for each in self.made.values() if each.symbol not in self.instruments],
            [line for line, _ in stated]
            + [None for each in self.made.values() if each.symbol not in self.instruments],
        )
        rejected = tuple(Rejected(why, np.array(rows, dtype=np.int64)) for why, rows in self.rejected.items())
        done = Batch(tables, self.read, rejected, dict(self.ignored))
        self.read = 0
        self.states, self.instruments, self.rejected, self.ignored = [], {}, {}, Counter()
        return done

    def _instrument(self, contract: str) -> Instrument:
        made = self.made.get(contract)
        if made is None:
            made = self.namer.coin_contract(names.parse_deribit(contract), contract)
            self.made[contract] = made
        return made


class DeribitRecording:
    """Lines of recorded traffic, over the socket or over HTTP."""

    name = "deribit_recording"
    title = "Deribit recorded messages (one a line)"

    def recognises(self, file: SourceFile) -> bool:
        first, separator, _ = file.head.partition(b"\n")
        start = _START.match(first)
        if start is None:
            return False
        if start["url"] is not None:
            return b"deribit.com" in start["url"]
        # A document of one line and no more is the other format's.
        return b'"jsonrpc"' in first and bool(start["at"] or (separator and first.endswith(b"}")))

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        gathered = _Gathered(Namer(context, SOURCE))
        last_at, row = 0.0, 0
        for line, text, ended in _lines(file):
            row += 1
            if not text.strip():
                gathered.ignore("empty lines")
                continue
            if text.startswith(b"configuration:"):
                row -= 1
                continue
            found = _LINE.fullmatch(text)
            if found is None or (found["json"] is None and found["way"] != b"<->"):
                _refuse_if_last(ended, line)
                gathered.reject(line, "not a line of a recording")
                continue
            if found["at"] is not None:
                at = float(found["at"])
                if at < last_at:
                    raise FileRefused("the rows are out of order: the time of the line goes back", line=line)
                last_at = at
            if found["way"] in (b"<-", b"<->"):
                gathered.ignore("lines sent by the client")
                continue
            try:
                records = list(split_message(orjson.loads(found["json"])))
            except ValueError as error:
                if found["way"] == b"->":
                    raise FileRefused(f"a reply cannot be read ({_short(error)})", line=line) from None
                _refuse_if_last(ended, line)
                gathered.reject(line, _short(error))
                continue
            for offset, record in enumerate(records):
                gathered.take(row + offset, record)
            row += len(records) - 1
            if len(gathered.states) >= _ROWS:
                yield gathered.batch()
        yield gathered.batch()


class DeribitDocument:
    """One JSON message of Deribit's API: a reply, or a push of the socket."""

    name = "deribit_document"
    title = "Deribit reply or message (one JSON document)"

    def recognises(self, file: SourceFile) -> bool:
        start = file.head.lstrip()[:4096]
        return (
            start.startswith(b"{") and b'"jsonrpc"' in file.head and not DeribitRecording().recognises(file)
        )

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        gathered = _Gathered(Namer(context, SOURCE))
        try:
            message = orjson.loads(file.document())
        except orjson.JSONDecodeError as error:
            raise FileRefused(f"the JSON document is damaged or cut off ({_short(error)})") from None
        try:
            for number, record in enumerate(split_message(message), 1):
                gathered.take(number, record)
        except ValueError as error:
            raise FileRefused(_short(error)) from None
        yield gathered.batch()


class DeribitSummaryCsv:
    """A reply of `get_book_summary_by_currency` written out as a table."""

    name = "deribit_book_summary"
    title = "Deribit book summary of futures (CSV)"
    header = (
        "instrument_name",
        "bid_price",
        "ask_price",
        "mark_price",
        "mid_price",
        "last",
        "high",
        "low",
        "open_interest",
        "volume",
        "volume_usd",
        "price_change",
        "estimated_delivery_price",
        "creation_timestamp_ms",
    )

    def recognises(self, file: SourceFile) -> bool:
        return file.columns == self.header and not file.is_parquet

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        namer = Namer(context, SOURCE)

        def build(contract: str) -> Instrument:
            name = names.parse_deribit(contract)
            if name.kind == "option":
                raise ValueError("an option among futures")
            return namer.coin_contract(name, contract)

        listing = Listing(build)
        order = Ascending("expiry, the perpetual last", strict=True)
        presence = Presence("bid_price", "ask_price", "mark_price")
        for block in row_blocks(file, self.header):
            columns = Columns.of(block)
            times = columns.times("creation_timestamp_ms", _parse_milliseconds)
            number = {name: columns.number(name) for name in self.header[1:-1]}
            presence.see(**{name: number[name] for name in ("bid_price", "ask_price", "mark_price")})
            columns.reject(np.isnan(number["mark_price"]), "mark_price is empty")
            columns.reject(np.isnan(number["open_interest"]), "open_interest is empty")
            listed = listing.rows(columns.text("instrument_name"), columns)
            expiry = listed.column(lambda each: each.expiry or date.max, pa.date32())
            order.check([expiry.cast(pa.int32()).fill_null(0).to_numpy()], columns.lines, columns.keep)
            values = {
                "bid": without_zero(number["bid_price"]),
                "ask": without_zero(number["ask_price"]),
                "last": without_zero(number["last"]),
                "mark": number["mark_price"],
                "volume": number["volume"],
                "open_interest": number["open_interest"],
            }
            rows = quote_rows(namer.source, listed, times, columns.lines, values)
            yield Batch(
                {Table.QUOTES: rows.filter(pa.array(columns.keep))}, columns.rows_read, columns.rejected
            )
        presence.check()
        yield Batch({Table.INSTRUMENTS: listing.table()}, rows_read=0)


def _state_table(table: Table, states: list[tuple[int, Instrument, MarketState]]) -> pa.Table:
    known = SCHEMAS[table].names
    columns: dict[str, Any] = {
        "source": [each.source for _, each, _ in states],
        "symbol": [each.symbol for _, each, _ in states],
        "ts": pa.array([state.at.replace(tzinfo=None) for _, _, state in states], pa.timestamp("us")),
        "seq": pa.array([0] * len(states), pa.int64()),
        "line": pa.array([line for line, _, _ in states], pa.int64()),
    }
    for name in states[0][2].values:
        if name in known:
            columns[name] = pa.array([state.values[name] for _, _, state in states], pa.float64())
    if table is Table.OPTION_SNAPSHOTS:
        columns["root"] = [each.root for _, each, _ in states]
        columns["expiry"] = pa.array([each.expiry for _, each, _ in states], pa.date32())
        columns["strike"] = pa.array([each.strike for _, each, _ in states], pa.float64())
        columns["right"] = pa.array([each.right for _, each, _ in states], pa.string())
        columns["underlying_kind"] = [
            None if state.values["underlying_price"] is None else "forward" for _, _, state in states
        ]
    return pa.table(columns)


def _lines(file: SourceFile) -> Iterator[tuple[int, bytes, bool]]:
    held = b""
    number = 0
    for piece in file.pieces():
        *whole, held = (held + piece).split(b"\n")
        for line in whole:
            number += 1
            yield number, line.rstrip(b"\r"), True
        if len(held) > file.limits.json_line_bytes:
            raise FileRefused(f"a line is longer than {file.limits.json_line_bytes:,} bytes", line=number + 1)
    if held:
        yield number + 1, held, False


def _refuse_if_last(ended: bool, line: int) -> None:
    if not ended:
        raise FileRefused("the file is cut off inside its last line", line=line)


def _parse_milliseconds(text: str) -> datetime:
    if not re.fullmatch(r"\d{12,13}", text):
        raise ValueError("not milliseconds since 1970")
    seconds, milliseconds = divmod(int(text), 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=milliseconds * 1000)


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
