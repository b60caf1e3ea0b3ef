"""F14: a clock that is set, by an hour or a day, stops nothing, turns no span negative, and is told of."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.faults.conftest import figures_in
from tests.fixtures.app import client_of, settings_for
from tests.fixtures.database import DatabaseServer
from tests.fixtures.served import MovableClock, ServedApp, serve_app
from tests.fixtures.waiting import until
from tradesense.base.clock import FixedClock
from tradesense.feeds.simulated import SOURCE, SimulatedMarket, SimulatedRecording, SimulatedTicks
from tradesense.feeds.simulated.listing import Exchange
from tradesense.feeds.simulated.profiles import PROFILES
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Recorder, Retention, create_tables
from tradesense.market.live.book import Book
from tradesense.market.live.feed_states import FeedStates
from tradesense.market.live.intake import LiveIntake
from tradesense.market.live.screen import MOST_AHEAD_US
from tradesense.market.live.views import RootKey
from tradesense.run.api import create_app
from tradesense.run.clock_watch import watch_clock
from tradesense.run.wiring import open_parts

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
JUMPS = {
    "an hour back": timedelta(hours=-1),
    "an hour ahead": timedelta(hours=1),
    "a day back": timedelta(days=-1),
}
BEAT = timedelta(seconds=10)


@pytest.fixture(scope="module")
def market() -> SimulatedMarket:
    """One product of the seven."""
    specs = load_specs()
    chosen = tuple(profile for profile in PROFILES if profile.root == "CL")
    return SimulatedMarket(specs, seed=1, exchange=Exchange(specs, chosen))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DuckDBStore]:
    with closing(DuckDBStore(tmp_path / "market.duckdb")) as opened:
        create_tables(opened)
        yield opened


def ask(store: DuckDBStore, sql: str, **values: object) -> list[object]:
    return store.query(sql, values, deadline_seconds=10).column(0).to_pylist()


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS.keys())
def test_f14_the_record_follows_the_clock_and_stores_nothing_twice(
    market: SimulatedMarket, store: DuckDBStore, jump: timedelta
) -> None:
    recording = SimulatedRecording(market, Recorder(store), Retention(store))
    now = NOON
    for span in (BEAT, BEAT, jump, BEAT, BEAT, -jump, BEAT):
        now += span
        recording.beat(now)
        stored = ask(
            store, "SELECT count(*) FROM market.quotes WHERE ts = $now", now=now.replace(tzinfo=None)
        )
        assert stored[0], f"nothing was recorded at {now}"
    for table in ("quotes", "option_snapshots"):
        twice = f"SELECT count(*) - count(DISTINCT (source, symbol, ts, seq)) FROM market.{table}"
        assert ask(store, twice) == [0]
    # Bars lie on the minutes of their events, one each, however often the clock came by.
    bars = "SELECT count(*) - count(DISTINCT (symbol, interval, ts)) FROM market.bars"
    assert ask(store, bars) == [0]
    assert ask(store, "SELECT count(*) FROM market.bars WHERE interval = '1m' AND epoch(ts) % 60 <> 0") == [0]
    booked = "SELECT bool_and(first_ts <= last_ts AND row_count > 0) FROM market.coverage"
    assert ask(store, booked) == [True]


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS.keys())
async def test_f14_the_live_market_goes_on_at_the_time_it_is_now(
    market: SimulatedMarket, jump: timedelta
) -> None:
    clock, book = FixedClock(NOON), Book()
    ticks = SimulatedTicks(market, LiveIntake(book, clock, [FeedStates(clock)]), clock)
    await ticks.tick()
    clock.move_to(NOON + jump)
    book.forget_ahead(microseconds(clock.now()) + MOST_AHEAD_US)
    await ticks.tick()
    quotes = book.copy(RootKey(SOURCE, "CL"))
    assert quotes is not None
    now = microseconds(clock.now())
    assert set(quotes.ts_us.tolist()) == {now}
    assert (quotes.two_sided.ts_us <= now).all()


def microseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)


async def test_f14_the_program_tells_of_a_clock_that_was_set(tmp_path: Path) -> None:
    clock, settings = MovableClock(), settings_for(tmp_path)
    async with (
        open_parts(settings, clock) as parts,
        watch_clock(parts) as watch,
        client_of(create_app(settings, parts=parts)) as client,
    ):
        assert "alarms" not in (await client.get("/health/ready")).json()
        clock.advance(hours=-1)
        watch.look()
        ready = (await client.get("/health/ready")).json()
        assert ready["alarms"] == ["clock_was_set"]
        assert ready["checks"]["market_store"] == "ok"
        figures = figures_in((await client.get("/metrics")).text)
        assert figures["clock_jumps_total"] == 1
        assert figures["clock_last_jump_seconds"] == pytest.approx(-3600, abs=2)


async def test_f14_the_watch_looks_by_itself_and_makes_room_for_quotes_of_now(
    tmp_path: Path, market: SimulatedMarket
) -> None:
    clock, settings = MovableClock(), settings_for(tmp_path)
    async with open_parts(settings, clock) as parts, watch_clock(parts, every_seconds=0.05):
        ticks = SimulatedTicks(market, parts.live.intake, clock)
        await ticks.tick()
        clock.advance(days=-1)

        async def goes_on() -> bool:
            await ticks.tick()
            quotes = parts.live.book.copy(RootKey(SOURCE, "CL"))
            assert quotes is not None
            return bool((quotes.ts_us <= microseconds(clock.now())).all())

        assert await until(goes_on, seconds=10) < 10


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer) -> Iterator[ServedApp]:
    """An application of these tests' own: they set its clock."""
    url = database_server.new_database()
    with serve_app(tmp_path_factory.mktemp("f14"), url, jwt_signing_key=secrets.token_hex(32)) as served:
        yield served


@pytest.fixture
def moved(served: ServedApp) -> Iterator[MovableClock]:
    """The clock of that application; it is right again afterwards."""
    yield served.clock
    served.clock.reset()


@pytest.mark.parametrize("back", [{"hours": -1}, {"days": -1}], ids=["an hour", "a day"])
def test_f14_a_token_of_the_future_waits_and_signing_in_again_does_not(
    served: ServedApp, moved: MovableClock, back: dict[str, float]
) -> None:
    people = served.people
    person = people.with_role("trader")
    before = people.tokens(person)
    assert people.me(before.access).status_code == 200
    moved.advance(**back)
    # By the rule for tokens: one that is not issued yet is none. The session goes on, and so does signing in.
    assert people.me(before.access).status_code == 401
    refreshed = people.refresh(before.refresh)
    assert refreshed.status_code == 200
    assert people.me(refreshed.json()["access_token"]).status_code == 200
    assert people.me(people.tokens(person).access).status_code == 200


def test_f14_a_token_ends_with_an_hour_that_was_skipped_and_its_session_does_not(
    served: ServedApp, moved: MovableClock
) -> None:
    people = served.people
    before = people.tokens(people.with_role("trader"))
    moved.advance(hours=1)
    assert people.me(before.access).status_code == 401
    refreshed = people.refresh(before.refresh)
    assert people.me(refreshed.json()["access_token"]).status_code == 200


def test_f14_wrong_attempts_of_the_future_lock_nobody_out(served: ServedApp, moved: MovableClock) -> None:
    people = served.people
    person = people.with_role("trader")
    for _ in range(11):
        people.log_in(person, password="a wrong one, " + secrets.token_hex(8))
    assert people.log_in(person).status_code == 429
    moved.advance(days=-1)
    assert people.log_in(person).status_code == 200


def test_f14_no_limit_or_deadline_waits_for_a_clock_that_was_set_back(
    served: ServedApp, moved: MovableClock
) -> None:
    people = served.people
    for back in (-1, -24):
        moved.advance(hours=back)
        access = people.tokens(people.with_role("trader")).access
        client = people.with_bearer(access)
        assert [client.get("/api/v1/futures").status_code for _ in range(3)] == [200] * 3
        ready = httpx.get(served.url + "/health/ready", timeout=60)
        assert ready.json()["checks"] == {"market_store": "ok", "database": "ok"}
