"""Calls done once, in a real database (R64)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel
from sqlalchemy import text
from starlette.responses import Response

from tradesense.base.clock import FixedClock
from tradesense.base.errors import Conflict, TooMany
from tradesense.infra.database import Database
from tradesense.infra.sealing import AesSealer
from tradesense.users import Idempotency, UnknownUser, Users
from tradesense.users.errors import KeyReused
from tradesense.users.housekeeping import tidy_up

NOW = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)
SEALER = AesSealer(b"k" * 32)


class Ask(BaseModel):
    name: str


class Made(BaseModel):
    secret: str


class Desk:
    """Somebody who has things made, some of them twice."""

    def __init__(self, database: Database, user_id: UUID, clock: FixedClock) -> None:
        self.database = database
        self.user_id = user_id
        self.clock = clock
        self.effects = 0

    async def ask(
        self, key: str | None, name: str = "a", *, operation: str = "make", error: Exception | None = None
    ) -> Response:
        async def effect() -> Made:
            self.effects += 1
            if error is not None:
                raise error
            return Made(secret=f"secret-{uuid4()}")

        async with self.database.transaction() as session:
            once = Idempotency(session, SEALER, self.clock, key)
            return await once.answer(self.user_id, operation, Ask(name=name), effect)


async def _user(database: Database, email: str, clock: FixedClock) -> UUID:
    async with database.transaction() as session:
        return (await Users(session, clock).create(email, password_hash=None)).id


@pytest.fixture
async def desk(database: Database) -> Desk:
    clock = FixedClock(NOW)
    return Desk(database, await _user(database, "north@example.com", clock), clock)


async def test_the_same_call_gets_the_same_answer_and_is_done_once(desk: Desk) -> None:
    first, second = await desk.ask("key-1"), await desk.ask("key-1")
    assert (first.status_code, bytes(first.body)) == (second.status_code, bytes(second.body))
    assert first.status_code == 201
    assert desk.effects == 1


async def test_without_a_key_every_call_is_done(desk: Desk) -> None:
    assert (await desk.ask(None)).body != (await desk.ask(None)).body
    assert desk.effects == 2


async def test_of_twenty_at_once_one_is_done_and_all_get_its_answer(database_url: str) -> None:
    database, clock = Database(database_url, pool_size=20, overflow=0), FixedClock(NOW)
    try:
        desk = Desk(database, await _user(database, "north@example.com", clock), clock)
        answers = await asyncio.gather(*(desk.ask("key-1") for _ in range(20)))
    finally:
        await database.close()
    assert desk.effects == 1
    assert len({bytes(each.body) for each in answers}) == 1
    assert {each.status_code for each in answers} == {201}


async def test_a_key_used_for_another_request_is_refused(desk: Desk) -> None:
    await desk.ask("key-1", "a")
    with pytest.raises(KeyReused):
        await desk.ask("key-1", "b")
    assert desk.effects == 1


async def test_a_key_counts_for_one_person_and_one_operation(desk: Desk) -> None:
    other = Desk(desk.database, await _user(desk.database, "south@example.com", desk.clock), desk.clock)
    answers = [await desk.ask("key-1"), await desk.ask("key-1", operation="other"), await other.ask("key-1")]
    assert len({bytes(each.body) for each in answers}) == 3


@pytest.mark.parametrize(
    "error", [Conflict("too many of them"), TooMany("later", retry_after_seconds=1)], ids=["undone", "kept"]
)
async def test_a_call_that_failed_may_be_made_again(desk: Desk, error: Exception) -> None:
    with pytest.raises(type(error)):
        await desk.ask("key-1", error=error)
    assert (await desk.ask("key-1")).status_code == 201
    assert desk.effects == 2


async def test_somebody_who_is_gone_has_nothing_done(desk: Desk) -> None:
    desk.user_id = uuid4()
    with pytest.raises(UnknownUser):
        await desk.ask("key-1")
    assert desk.effects == 0


async def test_a_key_is_forgotten_after_a_day(desk: Desk) -> None:
    first = await desk.ask("key-1")
    desk.clock.move_to(NOW + timedelta(hours=23, minutes=59))
    assert (await desk.ask("key-1")).body == first.body
    desk.clock.move_to(NOW + timedelta(hours=24))
    assert (await desk.ask("key-1", "b")).body != first.body
    assert desk.effects == 2


async def test_no_answer_is_kept_in_the_clear(desk: Desk) -> None:
    answer = await desk.ask("key-in-the-clear")
    async with desk.database.transaction() as session:
        (row,) = (await session.execute(text("SELECT kept_answers::text FROM kept_answers"))).scalars()
    for secret in (bytes(answer.body), b"key-in-the-clear"):
        assert secret.decode() not in row
        assert secret.hex() not in row


async def test_old_answers_are_swept_away(desk: Desk) -> None:
    await desk.ask("key-1")
    desk.clock.move_to(NOW + timedelta(hours=25))
    await desk.ask("key-2")
    await tidy_up(desk.database, desk.clock)
    async with desk.database.transaction() as session:
        assert (await session.execute(text("SELECT count(*) FROM kept_answers"))).scalar_one() == 1
