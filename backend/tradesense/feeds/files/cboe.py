"""Cboe's delayed quote table of one underlying, as its web site downloads it (CSV).

A blank line, a line on the underlying, a line with the quote time, then one row per strike with
the call on the left and the put on the right. Quotes are 15 minutes late; the time in the file is
taken as theirs, since it is the only one given. An implied volatility of 0 means "none".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from tradesense.feeds.files import names
from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import Columns, Floats, Strings, differ, floats, without_zero
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.listing import Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile, header_cells
from tradesense.feeds.files.order import Ascending, Presence
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument, Kind
from tradesense.market import Table, instrument_rows

SOURCE = "cboe"
HEADER = (
    "Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,"
    "Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest"
)
_SIDE = ("symbol", "last", "net", "bid", "ask", "volume", "iv", "delta", "gamma", "open_interest")
_NAMES = ("expiry", *(f"call {name}" for name in _SIDE), "strike", *(f"put {name}" for name in _SIDE))
_HEADER_LINES = 4
_ZONES = {"EDT": -4, "EST": -5}
_ZONE = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class _Top:
    last: float
    bid: float | None
    ask: float | None
    volume: float | None
    at: datetime


class CboeQuotes:
    """The quote table of `cboe.com/delayed_quotes`."""

    name = "cboe_quotes"
    title = "Cboe delayed quotes (CSV)"
    header = tuple(HEADER.split(","))

    def recognises(self, file: SourceFile) -> bool:
        return header_cells(file.head, _HEADER_LINES - 1) == self.header

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        top = _parse_top(file.head)
        namer = Namer(context, SOURCE)

        def build(symbol: str) -> Instrument:
            return namer.option(names.parse_osi(symbol), symbol)

        listing = Listing(build)
        order = Ascending("expiration date, then strike")
        presence = Presence("bid", "ask")
        for block in row_blocks(file, _NAMES, header_lines=_HEADER_LINES):
            columns = Columns.of(block)
            expiry = columns.dates("expiry", names.parse_long_weekday_date)
            strike = columns.number("strike", required=True, above=0)
            sides = [_side(columns, side, listing, (expiry, strike), presence) for side in ("call", "put")]
            days = expiry.cast(pa.int32()).fill_null(0).to_numpy()
            order.check([days, strike], columns.lines, columns.keep)
            keep = pa.array(columns.keep)
            rows = pa.concat_tables([side.filter(keep) for side in sides])
            yield Batch(
                {Table.OPTION_SNAPSHOTS: _with_shared(rows, top, namer.source)},
                columns.rows_read,
                columns.rejected,
            )
        presence.check()
        yield _underlying(listing, top, namer)


def _side(
    columns: Columns, side: str, listing: Listing, row: tuple[Strings, Floats], presence: Presence
) -> pa.Table:
    number = {name: columns.number(f"{side} {name}", required=True) for name in _SIDE[1:]}
    for name in ("last", "bid", "ask", "volume", "iv", "open_interest"):
        columns.reject(number[name] < 0, f"{side} {name} is below 0")
    listed = listing.rows(columns.text(f"{side} symbol"), columns)
    expiry, strike = row
    named_strike = listed.column(lambda each: each.strike, pa.float64()).to_numpy(zero_copy_only=False)
    columns.reject(columns.keep & (named_strike != strike), f"{side} symbol and strike differ")
    named_expiry = listed.column(lambda each: each.expiry, pa.date32())
    columns.reject(differ(named_expiry, expiry), f"{side} symbol and expiration date differ")
    right = listed.column(lambda each: each.right, pa.string())
    columns.reject(
        differ(right, pa.repeat("C" if side == "call" else "P", len(columns))), f"{side} symbol is no {side}"
    )
    bid, ask = without_zero(number["bid"]), without_zero(number["ask"])
    presence.see(bid=bid, ask=ask)
    iv = without_zero(number["iv"])
    untold = np.isnan(iv)
    return pa.table(
        {
            "symbol": listed.symbol,
            "root": listed.column(lambda each: each.root, pa.string()),
            "expiry": named_expiry,
            "strike": pa.array(named_strike, pa.float64(), from_pandas=True),
            "right": right,
            "bid": floats(bid),
            "ask": floats(ask),
            "last": floats(without_zero(number["last"])),
            "volume": floats(number["volume"]),
            "open_interest": floats(number["open_interest"]),
            "venue_iv": floats(iv),
            "venue_delta": floats(np.where(untold, np.nan, number["delta"])),
            "venue_gamma": floats(np.where(untold, np.nan, number["gamma"])),
            "line": pa.array(columns.lines),
        }
    )


def _with_shared(rows: pa.Table, top: _Top, source: str) -> pa.Table:
    count = rows.num_rows
    shared: dict[str, Strings] = {
        "source": pa.repeat(source, count),
        "ts": pa.repeat(pa.scalar(top.at, pa.timestamp("us")), count),
        "seq": pa.repeat(pa.scalar(0, pa.int64()), count),
        "underlying_price": pa.repeat(top.last, count),
        "underlying_kind": pa.repeat("spot", count),
    }
    for name, column in shared.items():
        rows = rows.append_column(name, column)
    return rows


def _underlying(listing: Listing, top: _Top, namer: Namer) -> Batch:
    instruments = [listing.table()]
    roots_seen = {root for root in instruments[0]["underlying"].to_pylist() if isinstance(root, str)}
    tables = {}
    if len(roots_seen) == 1:
        symbol = roots_seen.pop()
        under = namer.plain(symbol, symbol)
        instruments.append(instrument_rows([under]))
        # An index has no market of its own: its bid and ask in the file are computed figures.
        traded = under.kind is Kind.EQUITY
        tables[Table.QUOTES] = pa.table(
            {
                "source": [namer.source],
                "symbol": [under.symbol],
                "ts": pa.array([top.at], pa.timestamp("us")),
                "seq": pa.array([0], pa.int64()),
                "bid": pa.array([top.bid if traded else None], pa.float64()),
                "ask": pa.array([top.ask if traded else None], pa.float64()),
                "last": [top.last],
                "volume": pa.array([top.volume if traded else None], pa.float64()),
            }
        )
    return Batch({Table.INSTRUMENTS: pa.concat_tables(instruments), **tables}, rows_read=0)


def _parse_top(head: bytes) -> _Top:
    try:
        lines = head.split(b"\n", _HEADER_LINES)[:_HEADER_LINES]
        first, second = csv.reader(line.decode() for line in lines[1:3])
    except (UnicodeDecodeError, csv.Error, ValueError):
        raise FileRefused("the two lines above the table cannot be read", line=2) from None
    last = _labelled(first, "Last")
    if last is None or last <= 0:
        raise FileRefused("the line on the underlying has no last price", line=2)
    return _Top(
        last,
        _labelled(second, "Bid"),
        _labelled(second, "Ask"),
        _labelled(second, "Volume"),
        _parse_time(second),
    )


def _labelled(cells: list[str], label: str) -> float | None:
    for cell in cells:
        name, _, value = cell.partition(":")
        text = value.strip().replace(",", "")
        if name.strip() == label and re.fullmatch(r"\d+(\.\d*)?", text):
            return float(text)
    return None


def _parse_time(cells: list[str]) -> datetime:
    found = re.fullmatch(r"Date: (\w+ \d{1,2}, \d{4} at \d{1,2}:\d\d [AP]M) (E[DS]T)", cells[0].strip())
    if found is None:
        raise FileRefused("the third line has no quote time", line=3)
    try:
        local = datetime.strptime(found[1], "%B %d, %Y at %I:%M %p").replace(tzinfo=_ZONE)
    except ValueError:
        raise FileRefused(f"the quote time {found[1]!r} is no time", line=3) from None
    offset = local.utcoffset()
    if offset is None or offset.total_seconds() != _ZONES[found[2]] * 3600:
        raise FileRefused(f"the quote time is not in {found[2]} on that day", line=3)
    return (local - offset).replace(tzinfo=None)
