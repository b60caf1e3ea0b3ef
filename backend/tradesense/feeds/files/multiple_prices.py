"""A stitched series of futures as pysystemtrade keeps it: the held, the carry and the next contract.

`CRUDE_W_multiple_prices.csv` names its instrument in the file's name; which product that is, is
data below, or `--root`. Times have no zone (a broker's local clock) and are stored as they stand.
Its companions, adjusted prices and roll calendars, follow from this file and are not stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

import pyarrow as pa

from tradesense.base.errors import AppError
from tradesense.feeds.files import names
from tradesense.feeds.files.bounds import FileRefused, NotStored
from tradesense.feeds.files.columns import ISO_UTC, Columns, floats, instants
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.listing import Listing
from tradesense.feeds.files.namer import Namer
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.order import Ascending, Presence
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import Instrument
from tradesense.market import Table

SOURCE = "pst"
ROOTS: Mapping[str, str] = MappingProxyType(
    {
        "CRUDE_W": "CL",
        "CRUDE_W_mini": "MCL",
        "SP500": "ES",
        "SP500_micro": "MES",
        "NASDAQ": "NQ",
        "NASDAQ_micro": "MNQ",
        "RUSSELL": "RTY",
        "GOLD": "GC",
        "GOLD_micro": "MGC",
        "SILVER": "SI",
        "COPPER": "HG",
        "PLAT": "PL",
        "VIX": "VX",
        "GAS_US": "NG",
        "GASOILINE": "RB",
        "HEATOIL": "HO",
        "CORN": "ZC",
        "WHEAT": "ZW",
        "SOYBEAN": "ZS",
        "US10": "ZN",
        "US5": "ZF",
        "US2": "ZT",
        "US20": "ZB",
        "EUR": "6E",
        "JPY": "6J",
        "GBP": "6B",
        "AUD": "6A",
        "CAD": "6C",
        "BITCOIN": "BTC",
        "LEANHOG": "HE",
        "LIVECOW": "LE",
    }
)
_SUFFIX = re.compile(r"_(multiple_prices|multiple)$")


class MultiplePrices:
    """Price, carry and forward contract side by side."""

    name = "multiple_prices"
    title = "Multiple prices of a futures series (CSV)"
    header = ("DATETIME", "CARRY", "CARRY_CONTRACT", "PRICE", "PRICE_CONTRACT", "FORWARD", "FORWARD_CONTRACT")

    def recognises(self, file: SourceFile) -> bool:
        return file.columns == self.header and not file.is_parquet

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        namer = Namer(context, SOURCE)
        root = _root_of(file, context, namer)

        def build(contract: str) -> Instrument:
            return namer.future(root, *names.parse_contract_month(contract), f"{root} {contract}")

        listing = Listing(build)
        order = Ascending("DATETIME", strict=True)
        presence = Presence("PRICE")
        for block in row_blocks(file, self.header):
            columns = Columns.of(block)
            times = columns.times("DATETIME", _parse_local, iso=ISO_UTC)
            prices = {name: columns.number(name) for name in ("PRICE", "CARRY", "FORWARD")}
            order.check([times], columns.lines, columns.keep)
            presence.see(PRICE=prices["PRICE"])
            contracts = {
                name: listing.rows(columns.text(f"{name}_CONTRACT"), columns).symbol for name in prices
            }
            rows = pa.table(
                {
                    "source": pa.repeat(namer.source, len(columns)),
                    "root": pa.repeat(root, len(columns)),
                    "ts": instants(times),
                    **{name.lower(): floats(prices[name]) for name in prices},
                    **{f"{name.lower()}_contract": symbols for name, symbols in contracts.items()},
                    "line": pa.array(columns.lines),
                }
            )
            yield Batch(
                {Table.MULTIPLE_PRICES: rows.filter(pa.array(columns.keep))},
                columns.rows_read,
                columns.rejected,
            )
        presence.check()
        yield Batch({Table.INSTRUMENTS: listing.table()}, rows_read=0)


class DerivedSeries:
    """The companions of multiple prices: known by their columns, and not stored."""

    name = "multiple_prices_companion"
    title = "Adjusted prices, roll calendars and settings beside multiple prices (not stored)"
    _KINDS: Mapping[tuple[str, ...], str] = MappingProxyType(
        {
            ("DATETIME", "price"): "an adjusted price series: import the multiple prices it was made from",
            (
                "DATE_TIME",
                "current_contract",
                "next_contract",
                "carry_contract",
            ): "a roll calendar: the multiple prices carry the same rolls",
            (
                "Instrument",
                "Description",
                "Pointsize",
                "Currency",
                "AssetClass",
                "Slippage",
                "PerBlock",
                "Percentage",
                "PerTrade",
            ): "a table of instrument settings: contract specifications come with the program",
            (
                "Instrument",
                "HoldRollCycle",
                "RollOffsetDays",
                "CarryOffset",
                "PricedRollCycle",
                "ExpiryOffset",
            ): "a table of roll settings: the multiple prices carry the rolls",
        }
    )

    def recognises(self, file: SourceFile) -> bool:
        return not file.is_parquet and file.columns in self._KINDS

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:  # noqa: ARG002 - part of the protocol
        raise NotStored(f"this is {self._KINDS[file.columns or ()]}; it is not stored")


def _root_of(file: SourceFile, context: Context, namer: Namer) -> str:
    stem = _SUFFIX.sub("", file.name.rsplit(".", 1)[0])
    root = (context.options.root or ROOTS.get(stem) or stem).upper()
    try:
        return namer.spec(root).root
    except AppError:
        raise FileRefused(f"no product {root!r} is known; name it with --root, or declare it") from None


def _parse_local(text: str) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text):
        raise ValueError("not a time like 1990-10-16 23:00:00")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
