"""What the store knows of a root is read again each minute, and sooner while the past is being written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fixtures.app import settings_for
from tests.fixtures.waiting import until
from tradesense.base.clock import FixedClock
from tradesense.base.tasks import supervise
from tradesense.market.live.background import REFRESH_EVERY, REFRESH_FIRST, Background, contract_of
from tradesense.market.live.bars import Bar
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.tape_rows import bar_table
from tradesense.market.live.views import RootKey
from tradesense.market.rows import instrument_rows
from tradesense.market.tables import BarInterval, Table
from tradesense.run.wiring import Parts, open_parts

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CRUDE = "CL-2027-01"
KEY = RootKey("mine", "CL")


class Desk:
    def __init__(self, parts: Parts, clock: FixedClock) -> None:
        self._parts = parts
        self._clock = clock
        instrument = parts.specs.describe(CRUDE, source="mine")
        self._instruments = [instrument]
        self._contracts = (contract_of(instrument),)

    def ask(self, **later: float) -> Background | None:
        self._clock.move_to(self._clock.now() + timedelta(**later))
        return self._parts.live.backgrounds.get(KEY, self._contracts, self._clock.now())

    async def renewed(self, before: Background | None) -> Background:
        """Wait until another background is there than before."""
        found = before

        async def is_renewed() -> bool:
            nonlocal found
            found = self.ask()
            return found is not before

        await until(is_renewed)
        assert found is not None
        return found

    async def write_days(self) -> None:
        days = [NOON.replace(hour=0) - timedelta(days=ago) for ago in (2, 1)]
        bars = [Bar(CRUDE, microseconds_of(day), 70.0, 72.0, 69.0, 71.0, 10.0, 5.0) for day in days]

        def write() -> None:
            with self._parts.recorder.transaction() as transaction:
                transaction.stage(Table.INSTRUMENTS, instrument_rows(self._instruments))
                transaction.stage(Table.BARS, bar_table("mine", BarInterval.DAY, bars))
                transaction.commit()

        await asyncio.to_thread(write)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    clock = FixedClock(NOON)
    async with (
        open_parts(settings_for(tmp_path), clock) as parts,
        supervise("backgrounds", parts.live.backgrounds.run),
    ):
        yield Desk(parts, clock)


async def test_what_has_no_past_yet_is_read_again_soon_and_then_later_and_later(desk: Desk) -> None:
    kept = await desk.renewed(None)
    assert kept.states[CRUDE].previous is None
    for pause in (REFRESH_FIRST, 2 * REFRESH_FIRST, 4 * REFRESH_FIRST):
        assert kept.keep == pause
        desk.ask(seconds=pause.total_seconds())
        kept = await desk.renewed(kept)
    for _ in range(5):
        desk.ask(seconds=60)
        kept = await desk.renewed(kept)
    assert kept.keep == REFRESH_EVERY


async def test_once_there_is_a_past_it_is_read_each_minute(desk: Desk) -> None:
    empty = await desk.renewed(None)
    await desk.write_days()
    desk.ask(seconds=REFRESH_FIRST.total_seconds())
    kept = await desk.renewed(empty)
    trade = kept.states[CRUDE].trade
    assert trade is not None
    assert (trade.price, trade.previous_close) == (71.0, 71.0)
    assert kept.first_ts is not None
    assert kept.keep == REFRESH_EVERY
