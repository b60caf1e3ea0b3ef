"""Daily option chains of Deribit and OKX in one CSV layout: a snapshot a day, all coins of a venue.

Prices are in coin at both. Deribit states volatility in percent and the forward as the underlying
price; OKX a fraction and the spot index. OKX's gamma is on a scale of its own and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from tradesense.feeds.files import names
from tradesense.feeds.files.arrow import compute as pc
from tradesense.feeds.files.columns import Columns, Floats, Strings, as_text, differ, without_zero
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.listing import Listed, Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile, header_cells
from tradesense.feeds.files.order import Ascending, Presence
from tradesense.feeds.files.rows import snapshot_rows
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument
from tradesense.market import Table

HEADER = (
    "file_date,snapshot_utc,exchange,underlying,instrument,expiry,strike,type,mark_price,bid,ask,mark_iv,"
    "delta,gamma,vega,theta,open_interest,volume_24h,underlying_price"
)
_RIGHTS = {"call": "C", "put": "P"}


@dataclass(frozen=True, slots=True)
class ChainCsv:
    """One venue's daily chain file."""

    name: str
    title: str
    exchange: str
    parse_name: Callable[[str], names.ContractName]
    iv_scale: float
    underlying_kind: str
    gamma_is_usable: bool

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(HEADER.split(","))

    def recognises(self, file: SourceFile) -> bool:
        if file.columns != self.header or file.is_parquet:
            return False
        first = header_cells(file.head, 1)
        return first is not None and len(first) > 2 and first[2] == self.exchange

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        namer = Namer(context, self.exchange)

        def build(symbol: str) -> Instrument:
            name = self.parse_name(symbol)
            if name.kind != "option":
                raise ValueError("not an option")
            return namer.coin_contract(name, symbol)

        listing = Listing(build)
        order = Ascending("snapshot time, then underlying")
        presence = Presence("bid", "ask")
        for block in row_blocks(file, self.header):
            columns = Columns.of(block)
            times = columns.times("snapshot_utc", _parse_utc)
            coins = columns.text("underlying")
            order.check([times, as_text(coins)], columns.lines, columns.keep)
            listed = listing.rows(columns.text("instrument"), columns)
            self._check_row(columns, listed, coins)
            rows = snapshot_rows(
                namer.source,
                listed,
                times,
                columns.lines,
                self._values(columns, presence),
                underlying_kind=self.underlying_kind,
            )
            yield Batch(
                {Table.OPTION_SNAPSHOTS: rows.filter(pa.array(columns.keep))},
                columns.rows_read,
                columns.rejected,
            )
        presence.check()
        yield Batch({Table.INSTRUMENTS: listing.table()}, rows_read=0)

    def _check_row(self, columns: Columns, listed: Listed, coins: Strings) -> None:
        columns.text("exchange", one_of=[self.exchange])
        rights = columns.text("type", one_of=list(_RIGHTS))
        expiry = columns.dates("expiry", names.parse_iso_date)
        days = columns.dates("file_date", names.parse_iso_date)
        snapshot = columns.text("snapshot_utc")
        columns.reject(
            differ(days.cast(pa.string()), pc.utf8_slice_codeunits(snapshot, 0, 10)),
            "file_date is not the day of snapshot_utc",
        )
        strike = columns.number("strike", required=True, above=0)
        named = listed.column(lambda each: each.strike, pa.float64()).to_numpy(zero_copy_only=False)
        columns.reject(columns.keep & (named != strike), "instrument and strike differ")
        named_expiry = listed.column(lambda each: each.expiry, pa.date32())
        columns.reject(differ(named_expiry, expiry), "instrument and expiry differ")
        right = listed.column(lambda each: "call" if each.right == "C" else "put", pa.string())
        columns.reject(differ(right, rights), "instrument and type differ")
        root = listed.column(lambda each: each.root.split("_")[0], pa.string())
        columns.reject(differ(root, coins), "instrument and underlying differ")

    def _values(self, columns: Columns, presence: Presence) -> dict[str, Floats]:
        bid = without_zero(columns.number("bid", minimum=0))
        ask = without_zero(columns.number("ask", minimum=0))
        presence.see(bid=bid, ask=ask)
        delta, gamma, vega, theta = (columns.number(name) for name in ("delta", "gamma", "vega", "theta"))
        return {
            "bid": bid,
            "ask": ask,
            "mark": columns.number("mark_price", required=True, minimum=0),
            "volume": columns.number("volume_24h", required=True, minimum=0),
            "open_interest": columns.number("open_interest", required=True, minimum=0),
            "underlying_price": columns.number("underlying_price", required=True, above=0),
            "venue_iv": without_zero(columns.number("mark_iv", required=True, minimum=0)) * self.iv_scale,
            "venue_delta": delta,
            "venue_gamma": gamma if self.gamma_is_usable else np.full(len(columns), np.nan),
            "venue_vega": vega,
            "venue_theta": theta,
        }


DERIBIT_CHAIN = ChainCsv(
    name="deribit_chain",
    title="Deribit daily option chain (CSV)",
    exchange="deribit",
    parse_name=names.parse_deribit,
    iv_scale=0.01,
    underlying_kind="forward",
    gamma_is_usable=True,
)
OKX_CHAIN = ChainCsv(
    name="okx_chain",
    title="OKX daily option chain (CSV)",
    exchange="okx",
    parse_name=names.parse_okx,
    iv_scale=1.0,
    underlying_kind="spot",
    gamma_is_usable=False,
)


def _parse_utc(text: str) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text):
        raise ValueError("not a time like 2026-07-04 12:24:07")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
