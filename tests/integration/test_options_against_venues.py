"""Our volatilities, Greeks and forwards against the venues' own, from their files through the importers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.data_folder import market_data
from tests.fixtures.option_comparisons import (
    Difference,
    compare_cboe,
    compare_deribit,
    compare_lean_parity,
    compare_okx,
    valued,
)
from tradesense.base.clock import FixedClock
from tradesense.feeds.files import FileStatus, import_files
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Reader, Recorder, create_tables
from tradesense.market.options.valuation import ForwardSource

NOW = FixedClock(datetime(2026, 11, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def store_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., DuckDBStore]]:
    """Return a store with the given files imported."""
    opened: dict[tuple[str, ...], DuckDBStore] = {}

    def get(*files: str) -> DuckDBStore:
        if files not in opened:
            paths = [market_data(file) for file in files]
            store = DuckDBStore(tmp_path_factory.mktemp("store") / "market.duckdb")
            create_tables(store)
            reports = import_files(paths, Recorder(store), load_specs())
            assert {report.status for report in reports} == {FileStatus.IMPORTED}
            opened[files] = store
        return opened[files]

    yield get
    for store in opened.values():
        store.close()


def reader_of(store: DuckDBStore) -> Reader:
    return Reader(store, NOW, deadline_seconds=30.0)


def by_name(found: list[Difference]) -> dict[str, Difference]:
    return {each.what: each for each in found}


async def test_cboe_volatility_and_delta_come_back_from_the_quotes(
    store_of: Callable[..., DuckDBStore],
) -> None:
    store = store_of("cboe/spx_quotedata_20230914.csv.gz")
    found = by_name(await compare_cboe(reader_of(store), store))
    iv, delta = found["iv"], found["delta"]
    assert iv.compared > 7_500
    assert iv.lacking == 0
    assert iv.median <= 0.0005
    assert iv.p95 <= 0.003
    assert delta.worst <= 0.01


def test_deribit_marks_come_back_from_mark_volatilities(store_of: Callable[..., DuckDBStore]) -> None:
    store = store_of("deribit/deribit_option_chain_daily.csv.gz")
    mark = compare_deribit(store)[0]
    assert mark.compared + mark.lacking == 44_004
    assert mark.lacking == 0
    assert mark.median <= 1e-5


def test_okx_marks_and_coin_greeks_come_back(store_of: Callable[..., DuckDBStore]) -> None:
    found = by_name(compare_okx(store_of("okx/okx_option_chain_daily.csv.gz")))
    assert found["mark"].compared > 38_000
    assert found["mark"].median <= 1e-5
    assert found["premium-adjusted delta"].median <= 2e-4
    assert found["vega"].median <= 1e-6
    assert found["theta"].median <= 1e-6


async def test_the_desks_forward_and_volatility_of_coin_options_are_the_venues(
    store_of: Callable[..., DuckDBStore],
) -> None:
    store = store_of("deribit/deribit_option_chain_daily.csv.gz")
    loaded, values = await valued(reader_of(store), "BTC", "deribit", None)
    assert {each.forward_source for each in values.expiries} == {ForwardSource.FUTURE}
    stored = store.query(
        "SELECT symbol, venue_iv FROM market.option_snapshots WHERE root = 'BTC' AND ts = $ts",
        {"ts": loaded.rows["ts"].to_pylist()[0]},
        deadline_seconds=30.0,
    ).to_pylist()
    venue = {row["symbol"]: row["venue_iv"] for row in stored}
    gaps = sorted(
        abs(iv - venue[symbol])
        for symbol, iv, vega in zip(
            loaded.rows["symbol"].to_pylist(), values.iv.tolist(), values.vega.tolist(), strict=True
        )
        if vega > 5.0
    )
    assert len(gaps) > 400
    assert gaps[len(gaps) // 2] <= 0.0005


async def test_parity_of_american_options_on_a_future_finds_the_future(
    store_of: Callable[..., DuckDBStore],
) -> None:
    store = store_of("lean/es_minute_quote.parquet", "lean/es_fop_202003_minute_quote.parquet")
    opening = datetime(2020, 1, 6, 14, 31, tzinfo=UTC)
    instants = [opening + timedelta(minutes=15 * step) for step in range(26)]
    parity = await compare_lean_parity(reader_of(store), instants)
    assert parity.compared == len(instants)
    assert parity.worst <= 0.25
    _, values = await valued(reader_of(store), "ES", "lean", opening)
    assert values.expiries[0].forward_source is ForwardSource.FUTURE
