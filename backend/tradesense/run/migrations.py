"""Brings the database of people to the present layout, and says who may do what in it.

The steps are in `backend/migrations`. Run by `tradesense migrate`, and by `tradesense run` for the one
process it is; never by every worker.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

import tradesense
from tradesense.base.errors import Unavailable
from tradesense.infra.database import engine_url

if TYPE_CHECKING:
    from alembic.config import Config

_TURN_MS: Final = 4_000
_LOCK_MS: Final = 400
"""A table is waited for no longer: the server looks for deadlocks after a second, and would end a reader's
transaction rather than this one, which can be tried again."""

_PATIENCE_SECONDS: Final = 4.0
_IN_THE_WAY: Final = frozenset({"55P03", "40P01"})
"""SQLSTATE of a lock that was not free in time, and of a deadlock."""

_STATEMENT_MS: Final = 5_000
_CONNECT_SECONDS: Final = 2.0
# Any number that is always the same: two migrations at once take turns at it.
_ADVISORY_LOCK: Final = 7_246_015_333_217

_log = logging.getLogger("tradesense.run")


class MigrationFailed(Unavailable):
    """The layout could not be brought up to date; nothing of the step was kept."""

    code = "migration_failed"


async def migrate(owner_url: str, app_url: str, *, to: str = "head", newer_is_fine: bool = False) -> None:
    """Bring the database to a revision, and let the role of `app_url` work in it.

    All in one transaction: done whole or not at all, and two at once take turns. Where readers hold a table
    it lets go of all it has and tries again, for some four seconds. One that a newer program has
    migrated is left as it is where `newer_is_fine`. Raises `MigrationFailed` where it is not, and where the
    database does not answer or is too busy to let the layout be changed.
    """
    give_up = time.monotonic() + _PATIENCE_SECONDS
    try:
        while True:
            try:
                return await _migrate_once(owner_url, app_url, to, newer_is_fine=newer_is_fine)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _IN_THE_WAY or time.monotonic() > give_up:
                    raise
            await asyncio.sleep(random.uniform(0.05, 0.25))  # noqa: S311 - jitter, not a secret
    except DBAPIError as error:
        reason = type(error.orig.__cause__ or error.orig).__name__ if error.orig else type(error).__name__
        raise MigrationFailed(f"The database could not be migrated ({reason}); try again.") from error
    except (OSError, TimeoutError) as error:
        raise MigrationFailed("The database does not answer, so it was not migrated.") from error


async def _migrate_once(owner_url: str, app_url: str, to: str, *, newer_is_fine: bool) -> None:
    async with _transaction(owner_url) as connection:
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
        await connection.execute(text(f"SET LOCAL lock_timeout = {_LOCK_MS}"))
        if newer_is_fine and await connection.run_sync(_is_newer):
            _log.warning("a newer version has migrated the database; going on with what it left us")
            return
        await connection.run_sync(_upgrade, newest_revision() if to == "head" else to)
        app, owner = make_url(app_url).username, make_url(owner_url).username
        if app and app != owner and to == "head":
            await connection.run_sync(_grant, app)


async def downgrade(owner_url: str, to: str) -> None:
    """Take the database back to a revision, `base` for none. What only later revisions can hold is lost."""
    from alembic import command

    async with _transaction(owner_url) as connection:
        await connection.run_sync(lambda inner: command.downgrade(_config(inner), to))


def migrations_folder() -> Path:
    """Return the folder of the steps: in an installed package inside it, in the project beside it."""
    package = Path(tradesense.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def newest_revision() -> str:
    """Return the last step's revision, which its file's name begins with."""
    return max(path.stem.split("_")[0] for path in (migrations_folder() / "versions").glob("[0-9]*.py"))


@asynccontextmanager
async def _transaction(owner_url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(
        engine_url(owner_url),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "server_settings": {
                "application_name": "tradesense-migrate",
                "timezone": "UTC",
                "lock_timeout": str(_TURN_MS),
                "statement_timeout": str(_STATEMENT_MS),
            },
        },
    )
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, to: str) -> None:
    present = _present_revision(connection)
    if present == to:
        return
    if _is_newer(connection):
        raise MigrationFailed("A newer version of TradeSense has migrated this database; run that one.")
    # Alembic takes longer to import than the whole of a warm start, so only who needs it pays for it.
    from alembic import command

    command.upgrade(_config(connection), to)


def _is_newer(connection: Connection) -> bool:
    present = _present_revision(connection)
    return present is not None and present > newest_revision()


def _present_revision(connection: Connection) -> str | None:
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found: str | None = connection.scalar(text("SELECT max(version_num) FROM alembic_version"))
    return found


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config


def _grant(connection: Connection, app: str) -> None:
    role = connection.dialect.identifier_preparer.quote(app)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_log FROM {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    ):
        connection.execute(text(statement))
