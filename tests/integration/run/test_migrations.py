"""The layout of the database of people: up, down, twice at once, and the same as the models say."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.fixtures.app import settings_for
from tests.fixtures.database import DatabaseServer
from tradesense.base.principal import Permission
from tradesense.infra.database import Database, engine_url
from tradesense.run.migrations import MigrationFailed, downgrade, migrate, migrations_folder, newest_revision
from tradesense.run.people_store import migrate_named
from tradesense.run.tables import METADATA
from tradesense.users import Role

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


async def ask(url: str, query: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(query)
    finally:
        await connection.close()


def steps() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    return ScriptDirectory.from_config(config)


def test_there_is_one_head_and_the_files_names_tell_it() -> None:
    assert steps().get_heads() == [newest_revision()]
    for step in steps().walk_revisions():
        assert step.path.rsplit("/", 1)[1].startswith(step.revision + "_")


async def test_models_and_migrations_agree(database_server: DatabaseServer, database_url: str) -> None:
    def compare(connection: Connection) -> Any:
        return compare_metadata(MigrationContext.configure(connection), METADATA)

    engine = create_async_engine(engine_url(database_server.owner_url(database_url)))
    async with engine.connect() as connection:
        assert await connection.run_sync(compare) == []
    await engine.dispose()


async def test_each_step_goes_up_and_down_and_up_again(database_server: DatabaseServer) -> None:
    url = database_server.new_empty_database()
    owner = database_server.owner_url(url)
    upwards = [step.revision for step in steps().walk_revisions()][::-1]
    for revision, below in zip(upwards, ["base", *upwards], strict=False):
        await migrate(owner, url, to=revision)
        before = await _layout(owner)
        await downgrade(owner, below)
        await migrate(owner, url, to=revision)
        assert await _layout(owner) == before
    await downgrade(owner, "base")
    assert {row["tablename"] for row in await ask(owner, TABLES)} <= {"alembic_version"}
    left = "SELECT count(*) AS n FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    assert (await ask(owner, left))[0]["n"] == 0


async def _layout(url: str) -> list[tuple[Any, ...]]:
    columns = await ask(
        url,
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = 'public' ORDER BY 1, 2",
    )
    indexes = await ask(url, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
    return [tuple(row) for row in (*columns, *indexes)]


async def test_two_at_once_take_turns(database_server: DatabaseServer) -> None:
    url = database_server.new_empty_database()
    owner = database_server.owner_url(url)
    await asyncio.gather(*(migrate(owner, url) for _ in range(4)))
    rows = await ask(url, "SELECT version_num FROM alembic_version")
    assert [row["version_num"] for row in rows] == [newest_revision()]


async def test_a_busy_database_is_left_as_it_was_within_seconds(database_server: DatabaseServer) -> None:
    url = database_server.new_empty_database()
    owner = database_server.owner_url(url)
    await migrate(owner, url, to="0002")
    reader = await asyncpg.connect(owner)
    reading = reader.transaction()
    await reading.start()
    await reader.execute("LOCK TABLE audit_log IN ROW EXCLUSIVE MODE")
    started = time.perf_counter()
    with pytest.raises(MigrationFailed):
        await migrate(owner, url)
    assert 3 < time.perf_counter() - started < 6
    await reading.rollback()
    await reader.close()
    assert (await ask(owner, "SELECT version_num FROM alembic_version"))[0]["version_num"] == "0002"
    await migrate(owner, url)


async def test_a_database_of_a_newer_program_is_refused(database_server: DatabaseServer) -> None:
    url = database_server.new_empty_database()
    owner = database_server.owner_url(url)
    await migrate(owner, url)
    await ask(owner, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(MigrationFailed, match="newer version"):
        await migrate(owner, url)


async def test_a_program_that_goes_back_a_release_starts_on_the_newer_database_and_leaves_it_so(
    database_server: DatabaseServer, tmp_path: Path
) -> None:
    url = database_server.new_empty_database()
    owner = database_server.owner_url(url)
    await migrate(owner, url)
    await ask(owner, "UPDATE alembic_version SET version_num = '9999'")
    settings = settings_for(tmp_path, database_url=url)
    await migrate_named(settings, newer_is_fine=True)
    assert (await ask(owner, "SELECT version_num FROM alembic_version"))[0]["version_num"] == "9999"
    with pytest.raises(MigrationFailed, match="newer version"):
        await migrate_named(settings)


async def test_a_database_that_is_not_there_is_said_without_its_password() -> None:
    url = "postgresql://somebody:their-password@127.0.0.1:9/none"
    with pytest.raises(MigrationFailed) as caught:
        await migrate(url, url)
    assert "their-password" not in caught.value.detail


async def test_one_role_for_everything_will_do(database_server: DatabaseServer) -> None:
    owner = database_server.owner_url(database_server.new_empty_database())
    await migrate(owner, owner)
    assert (await ask(owner, "SELECT count(*) AS n FROM roles"))[0]["n"] == 3


async def test_roles_allow_what_they_are_said_to(database_url: str) -> None:
    allowed: dict[str, set[str]] = {}
    for row in await ask(database_url, "SELECT role, permission FROM role_permissions"):
        allowed.setdefault(row["role"], set()).add(row["permission"])
    assert allowed == {
        Role.VIEWER: {"market:read", "portfolio:read"},
        Role.TRADER: {"market:read", "portfolio:read", "portfolio:write", "alerts:write"},
        Role.ADMIN: set(Permission),
    }


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT 1 FROM users WHERE email_key = 'a'", "ix_users_email_key"),
        (
            "SELECT 1 FROM users WHERE status = 'active' ORDER BY created_at, id LIMIT 5",
            "ix_users_status_created",
        ),
        ("SELECT 1 FROM sessions WHERE token_hash = 'a'", "ix_sessions_token_hash"),
        ("SELECT 1 FROM sessions WHERE user_id = gen_random_uuid()", "ix_sessions_user"),
        ("SELECT 1 FROM api_keys WHERE key_hash = 'a'", "ix_api_keys_hash"),
        ("SELECT 1 FROM links WHERE token_hash = 'a'", "ix_links_token_hash"),
    ],
)
async def test_the_queries_of_every_request_use_an_index(database: Database, query: str, index: str) -> None:
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = (await session.execute(text("EXPLAIN " + query))).scalars().all()
    assert any(index in line for line in plan)
