"""Transactions: kept, undone, told of afterwards; and trouble said as `database_unavailable`."""

from __future__ import annotations

import asyncio
import contextlib

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.fixtures.database import DatabaseServer
from tests.fixtures.waiting import until
from tradesense.base.after_commit import after_commit
from tradesense.base.errors import Forbidden, Unrecognised
from tradesense.infra.database import Database, DatabaseUnavailable, engine_url

ADD = text("INSERT INTO failed_attempts (id, subject_hash, ts) VALUES (gen_random_uuid(), :subject, now())")
ROW = {"subject": b"s" * 32}


async def count(database: Database) -> int:
    async with database.transaction() as session:
        return (await session.execute(text("SELECT count(*) FROM failed_attempts"))).scalar_one()


async def test_what_a_block_wrote_is_kept_and_then_told(database: Database) -> None:
    told: list[int] = []
    async with database.transaction() as session:
        await session.execute(ADD, ROW)
        after_commit(session, lambda: told.append(1))
        assert told == []
    assert told == [1]
    assert await count(database) == 1


@pytest.mark.parametrize(("error", "kept"), [(Forbidden, 0), (Unrecognised, 1), (ValueError, 0)])
async def test_an_error_undoes_the_block_unless_it_keeps_changes(
    database: Database, error: type[Exception], kept: int
) -> None:
    told: list[int] = []

    async def write_and_fail() -> None:
        async with database.transaction() as session:
            await session.execute(ADD, ROW)
            after_commit(session, lambda: told.append(1))
            raise error("no")

    with pytest.raises(error):
        await write_and_fail()
    assert len(told) == kept
    assert await count(database) == kept


async def test_an_abandoned_block_is_undone_and_its_connection_free_again(database_url: str) -> None:
    database = Database(database_url, pool_size=1, overflow=0)
    written = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.transaction() as session:
            await session.execute(ADD, ROW)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await count(database) == 0
    await database.close()


async def test_a_wrong_row_is_an_error_of_its_own_and_names_no_value(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught:
        async with database.transaction() as session:
            await session.execute(
                text("INSERT INTO roles (name, description) VALUES (:n, :d)"),
                {"n": "viewer", "d": "told-nobody"},
            )
    assert "told-nobody" not in str(caught.value)


async def test_a_server_that_is_not_there_is_unavailable_at_once() -> None:
    database = Database("postgresql://tradesense:none@127.0.0.1:9/none")
    for asking in (count(database), database.check()):
        async with asyncio.timeout(2):
            with pytest.raises(DatabaseUnavailable):
                await asking
    await database.close()


async def test_a_refused_log_in_is_unavailable_and_names_no_password(database_url: str) -> None:
    database = Database(database_url.replace("a" * 32, "wrong-password"))
    with pytest.raises(DatabaseUnavailable) as caught:
        await count(database)
    assert "wrong-password" not in repr(caught.value.__cause__)
    await database.close()


async def test_a_statement_that_takes_too_long_is_stopped_on_both_sides(database_url: str) -> None:
    database = Database(database_url, command_seconds=0.2)
    with pytest.raises(DatabaseUnavailable):
        async with database.transaction() as session:
            await session.execute(text("SELECT pg_sleep(20)"))
    await until(lambda: _nobody_sleeps(database), seconds=5)
    await database.close()


async def _nobody_sleeps(database: Database) -> bool:
    query = text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")
    async with database.transaction() as session:
        return (await session.execute(query)).scalar_one() == 0


async def test_surplus_callers_are_told_so_within_the_pool_s_patience(database_url: str) -> None:
    database = Database(database_url, pool_size=1, overflow=1, pool_seconds=0.2)
    holding, enough = asyncio.Semaphore(0), asyncio.Event()

    async def hold() -> None:
        async with database.transaction() as session:
            await session.execute(text("SELECT 1"))
            holding.release()
            await enough.wait()

    holders = [asyncio.create_task(hold()) for _ in range(2)]
    for _ in holders:
        await holding.acquire()
    async with asyncio.timeout(1):
        with pytest.raises(DatabaseUnavailable):
            await count(database)
    enough.set()
    await asyncio.gather(*holders)
    assert await count(database) == 0
    await database.close()


async def test_a_log_in_s_wait_is_bounded() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    database = Database(f"postgresql://tradesense:none@127.0.0.1:{port}/none")
    async with asyncio.timeout(4):
        with pytest.raises(DatabaseUnavailable):
            await count(database)
    await database.close()
    server.close()


def test_an_address_as_libpq_writes_it_asks_for_the_same_encryption() -> None:
    url = engine_url("postgresql://u:p@host/name?sslmode=require")
    assert url.drivername == "postgresql+asyncpg"
    assert dict(url.query) == {"ssl": "require"}


async def test_a_layout_changed_under_a_kept_statement_costs_one_try(
    database_server: DatabaseServer, database_url: str
) -> None:
    database = Database(database_url, pool_size=1, overflow=0)

    async def read() -> None:
        async with database.transaction() as session:
            await session.execute(text("SELECT description FROM roles"))

    await read()
    owner = await asyncpg.connect(database_server.owner_url(database_url))
    await owner.execute("ALTER TABLE roles ALTER COLUMN description TYPE text")
    await owner.close()
    with contextlib.suppress(DatabaseUnavailable):
        await read()
    await read()
    await database.close()


async def test_writers_in_each_other_s_way_are_told_to_come_again(database: Database) -> None:
    change = text("UPDATE roles SET description = description WHERE name = :name")
    meet = asyncio.Barrier(2)

    async def write(first: str, second: str) -> None:
        async with database.transaction() as session:
            await session.execute(change, {"name": first})
            await meet.wait()
            await session.execute(change, {"name": second})

    ends = await asyncio.gather(write("viewer", "trader"), write("trader", "viewer"), return_exceptions=True)
    assert {type(end) for end in ends} == {type(None), DatabaseUnavailable}
