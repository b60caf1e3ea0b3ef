"""Our numbers against the venues' own, each from an imported file through the store and the desks' functions.

A bar that is named must hold; a comparison without one is for information.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from tests.data_folder import data_folder
from tests.fixtures.option_comparisons import (
    Difference,
    compare_cboe,
    compare_deribit,
    compare_lean_parity,
    compare_okx,
    difference,
)
from tests.fixtures.svi_on_quotes import compare_svi
from tests.unit.quant.test_reference_tables import TABLES
from tests.validation.table import Table
from tradesense import quant
from tradesense.instruments import load_specs
from tradesense.market import MarketStore, Reader
from tradesense.market.futures.rolls import Adjust, RollRule
from tradesense.market.futures.rolls_service import ContinuousService, Question
from tradesense.market.futures.service import FuturesService

_DEADLINE_SECONDS = 60.0
_STITCHED = (("CRUDE_W", "CL"), ("SP500", "ES"), ("VIX", "VX"), ("GOLD", "GC"))
# What the published text files can lose in their last digit.
_ROUNDING = 1e-11
_GOLD_DAY = datetime(2013, 10, 7, tzinfo=UTC)
_GOLD_MONTHS = 21


@dataclass(frozen=True)
class Bar:
    """A bound on one figure of a comparison: `median`, `p95` or `worst`."""

    figure: str
    most: float

    def holds_for(self, found: Difference) -> bool:
        return found.lacking == 0 and float(getattr(found, self.figure)) <= self.most

    def __str__(self) -> str:
        return f"{self.figure} <= {self.most:g}"


@dataclass(frozen=True)
class Comparison:
    """One quantity of one venue, compared."""

    venue: str
    found: Difference
    bars: tuple[Bar, ...] = ()

    @property
    def holds(self) -> bool:
        return all(bar.holds_for(self.found) for bar in self.bars)


@dataclass(frozen=True)
class Place:
    """Where the imported files lie, how to read them, and whether to look at a few instants only."""

    store: MarketStore
    reader: Reader
    quick: bool = False


@dataclass(frozen=True)
class Check:
    """Comparisons that need certain imported files."""

    files: tuple[str, ...]
    run: Callable[[Place], Awaitable[Iterable[Comparison]]]


async def cboe_spx(place: Place) -> list[Comparison]:
    """Volatility from the middle with the parity forward, out of the money, with a bid, over 7 days."""
    iv, delta = await compare_cboe(place.reader, place.store)
    bars = (Bar("median", 5e-4), Bar("p95", 3e-3))
    return [Comparison("Cboe SPX", iv, bars), Comparison("Cboe SPX", delta, (Bar("worst", 0.01),))]


async def cboe_spy(place: Place) -> list[Comparison]:
    """The same of American options on a fund that pays dividends; Cboe's model is not known."""
    found = await compare_cboe(place.reader, place.store, ("SPY",))
    return [Comparison("Cboe SPY", each) for each in found]


async def deribit_marks(place: Place) -> list[Comparison]:
    return [
        Comparison("Deribit chain", each, (Bar("median", 1e-5),)) for each in compare_deribit(place.store)
    ]


async def deribit_tickers(place: Place) -> list[Comparison]:
    """Greeks of the recorded tickers from their own volatility, which is rounded to 0.01 points."""
    rows = place.store.query(
        "SELECT s.*, epoch_us(s.ts) AS now_us, epoch_us(i.expires_at) AS end_us"
        " FROM market.option_snapshots AS s JOIN market.instruments AS i USING (source, symbol)"
        " WHERE s.source = 'deribit' AND s.venue_delta IS NOT NULL AND s.ts < TIMESTAMP '2022-01-01'",
        deadline_seconds=_DEADLINE_SECONDS,
    )
    columns = {name: rows[name].to_numpy() for name in rows.column_names if name not in ("symbol", "right")}
    ours = quant.coin_greeks(
        is_call=pc.equal(rows["right"], "C").to_numpy(),
        forward=columns["underlying_price"],
        strike=columns["strike"],
        expiry_years=quant.daycount.expiry_years(columns["now_us"], columns["end_us"]),
        vol=columns["venue_iv"],
    )
    # The venue prints five decimals; its own volatility lacks more digits than that.
    bars = {"delta": 2e-5, "gamma": 1e-5, "vega": 5e-3, "theta": 5e-2}
    return [
        Comparison(
            "Deribit tickers",
            difference(name, getattr(ours, name), columns[f"venue_{name}"]),
            (Bar("worst", most),),
        )
        for name, most in bars.items()
    ]


async def okx_chain(place: Place) -> list[Comparison]:
    bars = {"mark": 1e-5, "premium-adjusted delta": 2e-4, "vega": 1e-6, "theta": 1e-6}
    found = compare_okx(place.store)
    return [Comparison("OKX chain", each, (Bar("median", bars[each.what]),)) for each in found]


async def svi_of_cboe(place: Place) -> list[Comparison]:
    """Slices of every expiry of index and fund options, each by itself, as the smile shows them."""
    return [each for root in ("SPX", "SPXW", "SPY") for each in await _svi(place, root, "cboe")]


async def svi_of_coins(place: Place) -> list[Comparison]:
    """The same of coin options, of the newest day of each venue."""
    deribit = [each for root in ("BTC", "ETH") for each in await _svi(place, root, "deribit")]
    return deribit + [each for root in ("BTC", "ETH") for each in await _svi(place, root, "okx")]


async def _svi(place: Place, root: str, source: str) -> list[Comparison]:
    bars = {"SVI misfit": (Bar("median", 5e-3),), "SVI butterflies": (Bar("worst", 0.0),)}
    found = await compare_svi(place.reader, root, source)
    return [Comparison(f"{source} {root}", each, bars.get(each.what, ())) for each in found]


async def lean_parity(place: Place) -> list[Comparison]:
    """The forward from options on the E-mini against the middle of its future, through a trading day."""
    opening, step = datetime(2020, 1, 6, 14, 31, tzinfo=UTC), 60 if place.quick else 5
    instants = [opening + timedelta(minutes=minute) for minute in range(0, 390, step)]
    found = await compare_lean_parity(place.reader, instants)
    return [Comparison("Lean ES options", found, (Bar("worst", 0.25),))]


async def gold_curve(place: Place) -> list[Comparison]:
    """How many of the 21 contract months have no price, at every minute of the day's two sessions."""
    desk = FuturesService(place.reader, load_specs())
    last = 24 * 60
    lacking = []
    for minute in range(1, last + 1, 120 if place.quick else 1):
        at = _GOLD_DAY + timedelta(minutes=minute)
        curve = await desk.get_curve("GC", as_of=at, source="lean")
        priced = {point.symbol for point in curve.points if point.price is not None and point.price > 0.0}
        lacking.append(abs(_GOLD_MONTHS - len(priced)))
    found = difference("months of 21 lacking", np.array(lacking, np.float64), np.zeros(len(lacking)))
    return [Comparison("Lean GC curve", found, (Bar("worst", 0.0),))]


async def stitched_series(place: Place) -> list[Comparison]:
    """Difference-adjusted series, and the instants of their rolls, against the files'.

    Where the stitched file has no price the published series repeats the one before; ours has no row.
    """
    desk = ContinuousService(place.reader, load_specs())
    found = []
    for name, root in _STITCHED[: 1 if place.quick else None]:
        ours = await desk.get_continuous(
            Question(root, rule=RollRule.SOURCE, adjust=Adjust.DIFFERENCE),
            start=None,
            end=None,
            limit=1_000_000,
            as_of=None,
            source=None,
        )
        assert not ours.truncated
        published = _published_series(name)
        closes = ours.rows["close"].to_numpy()
        instants = np.array([_naive(ts) for ts in ours.rows["ts"].to_pylist()], "datetime64[us]")
        latest = np.searchsorted(instants, np.array(list(published), "datetime64[us]"), side="right") - 1
        prices = np.where(latest >= 0, closes[latest], np.nan)
        adjusted = difference("adjusted price", prices, np.array(list(published.values())))
        found.append(Comparison(f"pst {name}", adjusted, (Bar("worst", _ROUNDING),)))
        carried = _carried_rolls(name, root)
        rolled = [(_naive(roll.at), roll.source, roll.target) for roll in ours.rolls]
        missed = float(len(set(carried) ^ set(rolled)))
        dates = Difference("roll dates that differ", len(carried), 0, missed, missed, missed)
        found.append(Comparison(f"pst {name}", dates, (Bar("worst", 0.0),)))
    return found


async def published_values(_: Place) -> list[Comparison]:
    """Every row of every published table, each within the tolerance it states."""
    failed, count = 0, 0
    for name, (rows_expected, check) in TABLES.items():
        with (data_folder() / "reference" / f"{name}.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        failed += abs(rows_expected - len(rows))
        for row in rows:
            count += 1
            try:
                check(row)
            except (AssertionError, KeyError, ValueError):
                failed += 1
    found = Difference("rows out of tolerance", count, 0, failed, failed, failed)
    return [Comparison("published tables", found, (Bar("worst", 0.0),))]


CHECKS = (
    Check(("cboe/spx_quotedata_20230914.csv.gz",), cboe_spx),
    Check(("cboe/spy_quotedata_20230914.csv.gz",), cboe_spy),
    Check(("deribit/deribit_option_chain_daily.csv.gz",), deribit_marks),
    Check(("deribit/ws_recording_20210722.txt.gz",), deribit_tickers),
    Check(("okx/okx_option_chain_daily.csv.gz",), okx_chain),
    Check(("cboe/spx_quotedata_20230914.csv.gz", "cboe/spy_quotedata_20230914.csv.gz"), svi_of_cboe),
    Check(("deribit/deribit_option_chain_daily.csv.gz", "okx/okx_option_chain_daily.csv.gz"), svi_of_coins),
    Check(("lean/es_minute_quote.parquet", "lean/es_fop_202003_minute_quote.parquet"), lean_parity),
    Check(("lean/gc_minute_quote.parquet",), gold_curve),
    Check(tuple(f"pst/{name}_multiple_prices.csv.gz" for name, _ in _STITCHED), stitched_series),
    Check((), published_values),
)


def comparisons_table(results: Sequence[Comparison]) -> Table:
    """Return the table of comparisons with the bar of each and whether it holds."""
    table = Table(("venue", "quantity", "compared", "lacking", "median", "95 %", "worst", "bar", ""))
    for each in results:
        found = each.found
        verdict = ("holds" if each.holds else "MISSED") if each.bars else "for information"
        table.add(
            each.venue,
            found.what,
            found.compared,
            found.lacking,
            float(found.median),
            float(found.p95),
            float(found.worst),
            ", ".join(map(str, each.bars)),
            verdict,
        )
    return table


def _naive(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def _published_series(name: str) -> dict[datetime, float]:
    rows = pa_csv.read_csv(data_folder() / "pst" / f"{name}_adjusted_prices.csv.gz")
    pairs = zip(rows["DATETIME"].to_pylist(), rows["price"].to_pylist(), strict=True)
    return {ts: price for ts, price in pairs if price is not None and not math.isnan(price)}


def _carried_rolls(name: str, root: str) -> list[tuple[datetime, str, str]]:
    """Read from the file itself where the contract that is held changes."""
    rows = pa_csv.read_csv(data_folder() / "pst" / f"{name}_multiple_prices.csv.gz")
    times, held = rows["DATETIME"].to_pylist(), rows["PRICE_CONTRACT"].to_pylist()
    names = [f"{root}-{int(each) // 10_000}-{int(each) // 100 % 100:02d}" for each in held]
    return [(times[i], names[i - 1], names[i]) for i in range(1, len(names)) if names[i] != names[i - 1]]
