"""Snapshots of the NSE's most active options as its web site gives them, every few minutes, as CSV.

There is no bid or ask. Before the opening at 9:15 the site still shows the day before, so those
snapshots are not kept. Volume becomes contracts (`noOfTrades`), open interest units: the lot is
what the units traded are to the contracts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from tradesense.feeds.files import names
from tradesense.feeds.files.arrow import compute as pc
from tradesense.feeds.files.columns import Columns, Floats, without_zero
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.listing import Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.order import Ascending, Presence
from tradesense.feeds.files.rows import snapshot_rows
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument, Right
from tradesense.market import Table

SOURCE = "nse"
_RIGHTS = {"Call": Right.CALL, "Put": Right.PUT}
_OPENING = timedelta(hours=9, minutes=15)


class NseLiveOptions:
    """The site's `liveEquity-derivatives` rows, one snapshot under the other."""

    name = "nse_live_options"
    title = "NSE live option snapshots (CSV)"
    header = (
        "contract",
        "expiryDate",
        "optionType",
        "strikePrice",
        "lastPrice",
        "change",
        "pChange",
        "openPrice",
        "highPrice",
        "lowPrice",
        "closePrice",
        "volume",
        "totalTurnover",
        "value",
        "premiumTurnOver",
        "underlyingValue",
        "openInterest",
        "noOfTrades",
        "datetime",
    )

    def recognises(self, file: SourceFile) -> bool:
        return file.columns == self.header and not file.is_parquet

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        namer = Namer(context, SOURCE)

        def build(key: str) -> Instrument:
            contract, right, strike = key.split("|")
            root, _, day = contract.partition(" ")
            name = names.ContractName(
                root,
                "option",
                names.parse_day_month_year(day),
                strike=float(strike),
                right=_RIGHTS[right],
            )
            return namer.option(name, f"{contract} {right} {strike}")

        listing = Listing(build)
        order = Ascending("datetime")
        presence = Presence("lastPrice")
        for block in row_blocks(file, self.header):
            columns = Columns.of(block)
            times = columns.times("datetime", _parse_time)
            order.check([times], columns.lines, columns.keep)
            strike = columns.number("strikePrice", required=True, above=0)
            right = columns.text("optionType", one_of=list(_RIGHTS))
            contract, expiry = columns.text("contract"), columns.text("expiryDate")
            agrees = pc.equal(
                contract,
                pc.binary_join_element_wise(pc.list_element(pc.split_pattern(contract, " "), 0), expiry, " "),
            )
            columns.reject(
                ~agrees.fill_null(True).to_numpy(zero_copy_only=False), "contract and expiryDate differ"
            )
            keys = pc.binary_join_element_wise(contract, right, pa.array(strike).cast(pa.string()), "|")
            listed = listing.rows(keys, columns)
            values = _values(columns)
            presence.see(lastPrice=values["last"])
            of_day_before = columns.keep & _before_opening(times)
            rows = snapshot_rows(namer.source, listed, times, columns.lines, values, underlying_kind="spot")
            ignored = {"snapshots before the opening, which show the day before": int(of_day_before.sum())}
            yield Batch(
                {Table.OPTION_SNAPSHOTS: rows.filter(pa.array(columns.keep & ~of_day_before))},
                columns.rows_read,
                columns.rejected,
                {why: count for why, count in ignored.items() if count},
            )
        presence.check()
        yield Batch({Table.INSTRUMENTS: listing.table()}, rows_read=0)


def _values(columns: Columns) -> dict[str, Floats]:
    units = columns.number("volume", required=True, minimum=0)
    contracts = columns.number("noOfTrades", required=True, minimum=0)
    lots = columns.number("openInterest", required=True, minimum=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        lot = units / contracts
    whole = np.isfinite(lot) & (lot == np.round(lot)) & (lot >= 1)
    # One contract's lot is every contract's here: the file is of one underlying.
    known = np.unique(lot[whole])
    size = known[0] if len(known) == 1 else np.nan
    return {
        "last": without_zero(columns.number("lastPrice", required=True, minimum=0)),
        "volume": contracts,
        "open_interest": lots * size,
        "underlying_price": columns.number("underlyingValue", required=True, above=0),
    }


def _before_opening(
    times: np.ndarray[tuple[int], np.dtype[np.datetime64]],
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    local = times + np.timedelta64(330, "m")
    return np.asarray((local - local.astype("datetime64[D]")) < np.timedelta64(_OPENING), dtype=np.bool_)


def _parse_time(text: str) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+05:30", text):
        raise ValueError("not a time like 2026-06-08 09:01:52.631243+05:30")
    return datetime.fromisoformat(text)
