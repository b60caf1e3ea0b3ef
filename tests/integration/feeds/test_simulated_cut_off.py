"""What stands on record of a simulated market that was cut off: nothing of then, its minutes once after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.intake import WatchedIntake
from tradesense.base.clock import FixedClock
from tradesense.feeds.simulated import SimulatedFeed, SimulatedMarket, SimulatedRecording
from tradesense.feeds.simulated.faults import Fault
from tradesense.feeds.simulated.listing import Exchange
from tradesense.feeds.simulated.live import SimulatedTicks
from tradesense.feeds.simulated.profiles import PROFILES
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Recorder, Retention, create_tables

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CUT_OFF = range(2, 8)
"""The minutes after noon in which nothing is heard: first it says nothing, then the line is cut."""


class Stop(Exception):
    """Ends the endless loop from its own sleep."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DuckDBStore]:
    opened = DuckDBStore(tmp_path / "market.duckdb")
    create_tables(opened)
    yield opened
    opened.close()


def rows(store: DuckDBStore, sql: str) -> list[dict[str, Any]]:
    return store.query(sql, deadline_seconds=10.0).to_pylist()


async def test_nothing_is_recorded_while_it_is_cut_off_and_its_minutes_once_after(store: DuckDBStore) -> None:
    specs = load_specs()
    chosen = tuple(profile for profile in PROFILES if profile.root == "CL")
    market = SimulatedMarket(specs, seed=1, exchange=Exchange(specs, chosen))
    clock = FixedClock(NOON)
    ticks = SimulatedTicks(market, WatchedIntake(clock), clock)
    recording = SimulatedRecording(market, Recorder(store), Retention(store))
    minute = 0
    newest: list[datetime] = []

    async def sleep(_: float) -> None:
        nonlocal minute
        minute += 1
        if minute - 1 in CUT_OFF:
            newest.append(rows(store, "SELECT max(ts) AS ts FROM market.quotes")[0]["ts"])
        if minute == CUT_OFF.stop + 2:
            raise Stop
        silences = (Fault.STALE, Fault.DISCONNECT)
        ticks.faults.fault = silences[minute > 4] if minute in CUT_OFF else None
        clock.move_to(NOON + minute * MINUTE)

    feed = SimulatedFeed(recording, clock, sleep=sleep, is_cut_off=lambda: ticks.faults.is_silent)
    with pytest.raises(Stop):
        await feed.run()

    cut, healed = NOON + CUT_OFF.start * MINUTE, NOON + CUT_OFF.stop * MINUTE
    assert set(newest) == {(cut - MINUTE).replace(tzinfo=None)}, "the record stands still"
    between = f"ts >= TIMESTAMP '{cut:%F %T}' AND ts < TIMESTAMP '{healed:%F %T}'"
    assert rows(store, f"SELECT count(*) AS n FROM market.quotes WHERE {between}") == [{"n": 0}]
    front = market.state_at(NOON, options=False).futures["CL"].instruments[0].symbol
    minutes = rows(
        store,
        "SELECT ts, count(*) AS times FROM market.bars"
        f" WHERE interval = '1m' AND symbol = '{front}' AND ts >= TIMESTAMP '{NOON:%F %T}'"
        " GROUP BY ts ORDER BY ts",
    )
    assert [(row["ts"], row["times"]) for row in minutes] == [
        ((NOON + each * MINUTE).replace(tzinfo=None), 1) for each in range(CUT_OFF.stop + 1)
    ]
