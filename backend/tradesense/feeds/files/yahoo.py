"""Option chains of US funds collected day by day from Yahoo, with `collection_meta.json` beside them.

The collector runs late: `spot` is the close of the folder's session, while the quotes are of the
next morning. So the quote time and the underlying's price come from the companion file, and
without it the file is refused. Yahoo's implied volatility is not kept: it is a placeholder too often.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from tradesense.feeds.files import names
from tradesense.feeds.files.arrow import compute as pc
from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import Columns, as_text, differ, without_zero
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.listing import Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.order import Ascending, Presence
from tradesense.feeds.files.rows import snapshot_rows
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument
from tradesense.market import Table, instrument_rows

SOURCE = "yahoo"
COMPANION = "collection_meta.json"
_COMPANION_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Collected:
    """When a folder's quotes of one fund were taken, and what the fund stood at."""

    at: datetime
    spot: float


class YahooChain:
    """Daily chains in one table."""

    name = "yahoo_chain"
    title = "Yahoo option chains by day (CSV with collection_meta.json)"
    header = (
        "folder_date",
        "underlying",
        "contractSymbol",
        "expiry",
        "type",
        "strike",
        "lastPrice",
        "bid",
        "ask",
        "volume",
        "openInterest",
        "impliedVolatility",
        "inTheMoney",
        "lastTradeDate",
        "spot",
        "session",
    )

    def recognises(self, file: SourceFile) -> bool:
        return file.columns == self.header and not file.is_parquet

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        namer = Namer(context, SOURCE)
        collected = _load_companion(file.path.parent / COMPANION)

        def build(symbol: str) -> Instrument:
            return namer.option(names.parse_osi(symbol), symbol)

        listing = Listing(build)
        order = Ascending("folder date, underlying, expiry, type, strike", strict=True)
        presence = Presence("bid", "ask")
        for block in row_blocks(file, self.header):
            columns = Columns.of(block)
            folder, fund = columns.text("folder_date"), columns.text("underlying")
            expiry = columns.dates("expiry", names.parse_iso_date)
            right = columns.text("type", one_of=["C", "P"])
            strike = columns.number("strike", required=True, above=0)
            keys = [as_text(folder), as_text(fund), as_text(expiry.cast(pa.string())), as_text(right), strike]
            order.check(keys, columns.lines, columns.keep)
            times, spots = _quote_times(columns, folder, fund, collected)
            listed = listing.rows(columns.text("contractSymbol"), columns)
            columns.reject(
                differ(listed.column(lambda each: each.expiry, pa.date32()), expiry)
                | differ(listed.column(lambda each: each.right, pa.string()), right)
                | differ(listed.column(lambda each: each.strike, pa.float64()), pa.array(strike))
                | differ(listed.column(lambda each: each.root, pa.string()), fund),
                "contractSymbol and the other columns differ",
            )
            values = {
                "bid": without_zero(columns.number("bid", minimum=0)),
                "ask": without_zero(columns.number("ask", minimum=0)),
                "last": without_zero(columns.number("lastPrice", required=True, minimum=0)),
                "volume": columns.number("volume", minimum=0),
                "open_interest": columns.number("openInterest", minimum=0),
                "underlying_price": spots,
            }
            presence.see(bid=values["bid"], ask=values["ask"])
            rows = snapshot_rows(namer.source, listed, times, columns.lines, values, underlying_kind="spot")
            yield Batch(
                {Table.OPTION_SNAPSHOTS: rows.filter(pa.array(columns.keep))},
                columns.rows_read,
                columns.rejected,
            )
        presence.check()
        yield _underlyings(listing, collected, namer)


def _quote_times(
    columns: Columns, folder: Any, fund: Any, collected: dict[str, _Collected]
) -> tuple[np.ndarray[Any, np.dtype[np.datetime64]], np.ndarray[Any, np.dtype[np.float64]]]:
    encoded = pc.dictionary_encode(pc.binary_join_element_wise(folder, fund, " "))
    keys = encoded.dictionary.to_pylist()
    found = [collected.get(key) for key in keys] + [None]
    indices = encoded.indices.fill_null(len(keys)).to_numpy(zero_copy_only=False)
    unknown = np.array([each is None for each in found], dtype=np.bool_)
    columns.reject(unknown[indices], f"{COMPANION} does not tell when the quotes were taken")
    none = np.datetime64("NaT", "us")
    times = np.array(
        [none if each is None else np.datetime64(each.at.replace(tzinfo=None), "us") for each in found]
    )
    spots = np.array([np.nan if each is None else each.spot for each in found])
    return times[indices], spots[indices]


def _underlyings(listing: Listing, collected: dict[str, _Collected], namer: Namer) -> Batch:
    options = listing.table()
    funds = {fund for fund in options["underlying"].to_pylist() if fund is not None}
    states = [(key.split(" ")[1], each) for key, each in sorted(collected.items())]
    states = [(fund, each) for fund, each in states if fund in funds]
    quotes = pa.table(
        {
            "source": [namer.source] * len(states),
            "symbol": [fund for fund, _ in states],
            "ts": pa.array([each.at.replace(tzinfo=None) for _, each in states], pa.timestamp("us")),
            "seq": pa.array([0] * len(states), pa.int64()),
            "last": [each.spot for _, each in states],
        }
    )
    made = instrument_rows([namer.plain(fund, fund) for fund in sorted(funds)])
    return Batch({Table.INSTRUMENTS: pa.concat_tables([options, made]), Table.QUOTES: quotes}, rows_read=0)


def _load_companion(path: Path) -> dict[str, _Collected]:
    try:
        if path.stat().st_size > _COMPANION_BYTES:
            raise FileRefused(f"{COMPANION} is too long")
        folders = orjson.loads(path.read_bytes())
        return {
            f"{folder} {fund}": _collected(entry["utc"], state["spot_live"])
            for folder, entry in folders.items()
            for fund, state in entry["tickers"].items()
        }
    except OSError:
        raise FileRefused(
            f"{COMPANION} is not beside the file; it tells when the quotes were taken"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FileRefused(f"{COMPANION} beside the file is not understood") from None


def _collected(utc: str, spot: float) -> _Collected:
    at = datetime.fromisoformat(utc)
    if at.tzinfo is None or not math.isfinite(spot) or spot <= 0:
        raise ValueError("no aware time or no price")
    return _Collected(at.astimezone(UTC), float(spot))
