"""Opens the database of people: the server named in the settings, or one of our own in the data folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from tradesense.base.tasks import supervise
from tradesense.infra.database import Database
from tradesense.infra.embedded_postgres import EmbeddedPostgres, Passwords, PostgresInUse, address_of_running
from tradesense.run.keys import kept_key
from tradesense.run.migrations import migrate
from tradesense.run.settings import Settings

# Beyond the pool's: for migrations, commands that join, and whoever looks into it.
_SPARE_CONNECTIONS: Final = 20


@asynccontextmanager
async def open_database(settings: Settings, *, join: bool = False) -> AsyncIterator[Database]:
    """Open the database of people and close it again.

    A server of our own is started, watched, kept migrated and stopped; with `join` one that a running program
    owns is used instead of refused. One that the settings name is only connected to. Raises `PostgresInUse`,
    `PostgresFailed` or `MigrationFailed`.
    """
    async with AsyncExitStack() as stack:
        if settings.database_url is not None:
            url = settings.database_url.get_secret_value()
        else:
            url = await stack.enter_async_context(_own_server(settings, join=join))
        database = Database(
            url, pool_size=settings.database_pool_size, overflow=settings.database_pool_overflow
        )
        stack.push_async_callback(database.close)
        yield database


async def migrate_now(settings: Settings) -> None:
    """Bring the database of people up to date, whichever it is; raises as `open_database` does."""
    if settings.database_url is not None:
        await migrate_named(settings)
        return
    async with open_database(settings):
        """Opening our own server brings it up to date."""


async def migrate_named(settings: Settings, *, newer_is_fine: bool = False) -> None:
    """Bring the database that the settings name up to date; nothing to do where it is our own.

    A release's migrations only add, so a program that goes back to the release before may go on with one that
    a newer program has migrated, where `newer_is_fine`.
    """
    if settings.database_url is None:
        return
    url = settings.database_url.get_secret_value()
    owner = settings.database_owner_url
    await migrate(owner.get_secret_value() if owner is not None else url, url, newer_is_fine=newer_is_fine)


@asynccontextmanager
async def _own_server(settings: Settings, *, join: bool) -> AsyncIterator[str]:
    folder = settings.data_dir / "postgres"
    passwords = Passwords(
        owner=kept_key(settings.data_dir, "database-owner.key").decode(),
        app=kept_key(settings.data_dir, "database-app.key").decode(),
    )
    pool = settings.database_pool_size + settings.database_pool_overflow
    server = EmbeddedPostgres(folder, passwords, connections=pool + _SPARE_CONNECTIONS)
    try:
        await asyncio.to_thread(server.prepare)
    except PostgresInUse:
        address = address_of_running(folder, passwords) if join else None
        if address is None:
            raise
        yield address
        return
    try:
        await server.launch_and_wait()
        await migrate(server.owner_url, server.app_url)
        async with supervise("database server", server.keep_running):
            yield server.app_url
    finally:
        await asyncio.to_thread(server.stop)
