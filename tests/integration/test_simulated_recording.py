"""The simulated market on record: a past for a fresh start, gaps after pauses, bounded growth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tradesense.feeds.simulated import SOURCE, SimulatedMarket, SimulatedRecording
from tradesense.feeds.simulated.listing import Exchange
from tradesense.feeds.simulated.profiles import PROFILES
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import BarInterval, Recorder, Retention, Table, create_tables

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
TABLES = (Table.INSTRUMENTS, Table.QUOTES, Table.BARS, Table.SETTLEMENTS, Table.OPTION_SNAPSHOTS)


@pytest.fixture(scope="module")
def market() -> SimulatedMarket:
    """Two products of the seven: one with American options on monthly futures, one with coin options."""
    specs = load_specs()
    chosen = tuple(profile for profile in PROFILES if profile.root in ("CL", "BTC"))
    return SimulatedMarket(specs, seed=1, exchange=Exchange(specs, chosen))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, market: SimulatedMarket) -> Iterator[DuckDBStore]:
    """A store with a whole backfill in it; the tests after it go on from there, in order."""
    opened = open_store(tmp_path_factory.mktemp("simulated"))
    recording_of(market, opened).backfill(NOON)
    yield opened
    opened.close()


def open_store(folder: Path) -> DuckDBStore:
    opened = DuckDBStore(folder / "market.duckdb")
    create_tables(opened)
    return opened


def recording_of(market: SimulatedMarket, store: DuckDBStore) -> SimulatedRecording:
    return SimulatedRecording(market, Recorder(store), Retention(store))


def ask(store: DuckDBStore, sql: str) -> object:
    return store.query(sql, deadline_seconds=10.0).column(0)[0].as_py()


def test_a_fresh_start_has_a_year_of_days_minutes_chains_and_terms(store: DuckDBStore) -> None:
    assert ask(store, "SELECT count(DISTINCT ts) FROM market.bars WHERE interval = '1d'") == 370
    assert ask(store, "SELECT count(DISTINCT ts) FROM market.bars WHERE interval = '1m'") == 2 * 1_440
    assert ask(store, "SELECT count(DISTINCT trade_date) FROM market.settlements") == 370
    assert ask(store, "SELECT count(DISTINCT ts) FROM market.option_snapshots") == 32
    assert ask(store, "SELECT max(ts) FROM market.quotes") == NOON.replace(tzinfo=None)


def test_every_stored_row_is_labelled_simulated(store: DuckDBStore) -> None:
    for table in TABLES:
        assert ask(store, f"SELECT count(*) FROM market.{table} WHERE source <> '{SOURCE}'") == 0
        assert ask(store, f"SELECT count(*) FROM market.{table}") != 0


def test_everything_that_has_a_price_is_a_known_instrument(store: DuckDBStore) -> None:
    for table in (Table.QUOTES, Table.BARS, Table.SETTLEMENTS, Table.OPTION_SNAPSHOTS):
        unknown = (
            f"SELECT count(*) FROM market.{table} AS t WHERE NOT EXISTS"
            " (SELECT 1 FROM market.instruments AS i WHERE i.source = t.source AND i.symbol = t.symbol)"
        )
        assert ask(store, unknown) == 0, table


def test_a_second_backfill_adds_nothing(store: DuckDBStore, market: SimulatedMarket) -> None:
    assert not any(recording_of(market, store).backfill(NOON).added.values())


def test_after_a_pause_only_the_gap_is_written(store: DuckDBStore, market: SimulatedMarket) -> None:
    later = NOON + timedelta(minutes=90)
    added = recording_of(market, store).backfill(later).added
    minutes = (
        "SELECT count(*) FROM market.bars WHERE interval = '1m' AND ts >= TIMESTAMP '2026-11-20 12:00:00'"
    )

    assert added[Table.BARS] == ask(store, minutes)
    assert ask(store, "SELECT count(DISTINCT ts) FROM market.bars WHERE interval = '1m'") == 2 * 1_440
    assert added.get(Table.SETTLEMENTS, 0) == 0
    assert ask(store, "SELECT count(DISTINCT ts) FROM market.option_snapshots") == 33


def test_a_backfill_cut_short_is_completed_by_the_next_run(tmp_path: Path, market: SimulatedMarket) -> None:
    store = open_store(tmp_path)
    first = recording_of(market, store)
    first.beat(NOON)
    first.beat(NOON + timedelta(seconds=2))
    assert first.is_behind

    recording_of(market, store).backfill(NOON + timedelta(seconds=4))

    assert ask(store, "SELECT count(DISTINCT ts) FROM market.bars WHERE interval = '1d'") == 370
    assert ask(store, "SELECT count(DISTINCT ts) FROM market.option_snapshots") == 32
    store.close()


def test_live_beats_append_quotes_bars_and_chains_on_their_grids(
    tmp_path: Path, market: SimulatedMarket
) -> None:
    store = open_store(tmp_path)
    recording = recording_of(market, store)
    recording.backfill(NOON)
    for second in (*range(1, 8), *range(9, 62, 4), 61):
        recording.beat(NOON + timedelta(seconds=second, milliseconds=300))

    since = "ts > TIMESTAMP '2026-11-20 12:00:00'"
    assert ask(store, f"SELECT count(DISTINCT ts) FROM market.quotes WHERE {since}") == 20
    assert ask(store, f"SELECT count(DISTINCT ts) FROM market.option_snapshots WHERE {since}") == 6
    assert ask(store, "SELECT max(ts) FROM market.bars WHERE interval = '1m'") == NOON.replace(tzinfo=None)
    store.close()


def test_a_new_day_and_a_new_front_month_come_without_a_restart(
    tmp_path: Path, market: SimulatedMarket
) -> None:
    front = market.state_at(NOON, options=False).futures["CL"].instruments[0]
    assert front.expires_at is not None
    store = open_store(tmp_path)
    recording = recording_of(market, store)
    recording.beat(front.expires_at - timedelta(seconds=2))
    recording.beat(front.expires_at + timedelta(seconds=2))
    expired = front.expires_at.replace(tzinfo=None)
    newest = "SELECT max(ts) FROM market.quotes WHERE symbol = '{}'"
    assert ask(store, newest.format(front.symbol)) == expired - timedelta(seconds=2)
    crude, today = market.exchange.profiles[0], int(front.expires_at.timestamp()) // 86_400
    following = market.exchange.contracts_on(crude, today)[1].instrument.symbol
    assert ask(store, newest.format(following)) == expired + timedelta(seconds=2)

    recording.beat(front.expires_at + timedelta(days=1))
    settled = f"SELECT count(*) FROM market.settlements WHERE trade_date = DATE '{expired.date()}'"
    assert ask(store, settled + f" AND symbol = '{front.symbol}'") == 1
    assert ask(store, "SELECT count(*) FROM market.instruments WHERE symbol = 'CL-2027-12'") == 1
    store.close()


def test_old_rows_are_thinned_and_what_charts_need_stays(tmp_path: Path, market: SimulatedMarket) -> None:
    store = open_store(tmp_path)
    recording = recording_of(market, store)
    recording.beat(NOON)
    for minute in (7, 15, 22, 30, 37, 45, 60, 67, 75, 90, 120):
        recording.beat(NOON + timedelta(minutes=minute))
    quotes = "SELECT count(DISTINCT ts) FROM market.quotes WHERE ts < TIMESTAMP '2026-11-20 12:55:00'"
    chains = "SELECT count(DISTINCT ts) FROM market.option_snapshots WHERE ts BETWEEN"
    dense = f"{chains} TIMESTAMP '2026-11-20 12:01:00' AND TIMESTAMP '2026-11-20 13:40:00'"

    assert ask(store, quotes + " AND epoch(ts) % 900 <> 0") == 0
    assert ask(store, dense) == 6, "the quarters of an hour stay"
    counted = ask(store, "SELECT sum(row_count) FROM market.coverage WHERE table_name = 'quotes'")
    assert counted == ask(store, "SELECT count(*) FROM market.quotes")

    recording.beat(NOON + timedelta(days=3))
    oldest = ask(store, "SELECT min(ts) FROM market.bars WHERE interval = '1m'")
    assert oldest == (NOON + timedelta(days=1)).replace(tzinfo=None)
    store.close()


def test_retention_refuses_tables_it_would_spoil(store: DuckDBStore) -> None:
    retention = Retention(store)
    for table, interval in (
        (Table.SETTLEMENTS, None),
        (Table.BARS, None),
        (Table.QUOTES, BarInterval.MINUTE),
    ):
        with pytest.raises(ValueError, match="not thinned"):
            retention.thin(table, SOURCE, before=NOON, keep_every_seconds=None, interval=interval)
    with pytest.raises(ValueError, match="not looked up"):
        retention.stored_among(Table.SETTLEMENTS, SOURCE, [NOON])
    assert retention.newest(Table.QUOTES, "nobody") is None
