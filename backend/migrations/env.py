"""How Alembic reaches the database: by the connection that `run.migrations` hands over, or by its own."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from tradesense.infra.database import engine_url
from tradesense.run.settings import load_settings
from tradesense.run.tables import METADATA


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=METADATA, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()


async def _connect_and_migrate() -> None:
    settings = load_settings()
    url = settings.database_owner_url or settings.database_url
    if url is None:
        raise SystemExit("Set DATABASE_OWNER_URL.")
    engine = create_async_engine(engine_url(url.get_secret_value()), poolclass=NullPool, hide_parameters=True)
    async with engine.connect() as connection:
        await connection.run_sync(_migrate)
    await engine.dispose()


def _write_sql() -> None:
    context.configure(dialect_name="postgresql", target_metadata=METADATA, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _write_sql()
elif (given := context.config.attributes.get("connection")) is not None:
    _migrate(given)
else:
    asyncio.run(_connect_and_migrate())
