"""F20: tables change under traffic, and nobody is refused for it."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API
from tests.fixtures.served import ServedApp, serve_app
from tests.fixtures.waiting import until
from tests.rolling.migrating import next_release
from tradesense.run import migrations
from tradesense.run.migrations import migrate

CALLERS = 8


@pytest.fixture
def steps_of_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of a release after this one, which change tables that calls read and write."""
    folder = next_release(tmp_path / "steps")
    monkeypatch.setattr(migrations, "migrations_folder", lambda: folder)


async def test_f20_a_migration_ends_no_reader_who_holds_what_it_wants_and_wants_what_it_holds(
    database_server: DatabaseServer, steps_of_next: None
) -> None:
    url = database_server.new_database()
    reader, other, watcher = [
        await asyncpg.connect(each) for each in (url, url, database_server.owner_url(url))
    ]
    try:
        held = [reader.transaction(), other.transaction()]
        for transaction in held:
            await transaction.start()
        await reader.fetch("SELECT count(*) FROM preferences")
        await other.fetch("SELECT count(*) FROM sessions")
        migrating = asyncio.create_task(migrate(database_server.owner_url(url), url))
        # It has changed `users` and waits for `sessions`; next it will want `preferences`.
        await until(lambda: _waits_for_a_table(watcher))
        reading = asyncio.create_task(reader.fetch("SELECT count(*) FROM users"))
        await asyncio.sleep(0.1)
        await held[1].rollback()
        await reading
        await held[0].rollback()
        await migrating
    finally:
        for each in (reader, other, watcher):
            await each.close()


async def _waits_for_a_table(watcher: asyncpg.Connection) -> bool:
    """Whether a migration has changed one table and waits for another."""
    return bool(
        await watcher.fetchval(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND locktype = 'relation' AND application_name = 'tradesense-migrate'"
        )
    )


@pytest.fixture
def served(tmp_path: Path, database_server: DatabaseServer) -> Iterator[ServedApp]:
    with serve_app(tmp_path / "served", database_server.new_database()) as served:
        yield served


def test_f20_reads_and_writes_go_on_while_tables_change(
    served: ServedApp,
    database_server: DatabaseServer,
    steps_of_next: None,
    measured: Callable[[str], None],
) -> None:
    people, over = served.people, threading.Event()
    statuses: Counter[int] = Counter()

    def call(client: httpx.Client) -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            answers = (
                client.get(f"{API}/users/me"),
                client.put(f"{API}/users/me/preferences", json={"document": {"turn": turn}}),
                client.get(f"{API}/auth/sessions"),
            )
            statuses.update(answer.status_code for answer in answers)

    clients = [people.with_bearer(people.tokens(people.register()).access) for _ in range(CALLERS)]
    threads = [threading.Thread(target=call, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        url = served.database_url
        asyncio.run(migrate(database_server.owner_url(url), url))
    finally:
        over.set()
        for thread in threads:
            thread.join()
    measured(f"{statuses.total()} requests while tables changed: {dict(statuses)}")
    assert statuses.keys() == {200}
