"""R83: what happened can't be made unhappened: the database refuses every change to the audit log."""

from __future__ import annotations

from collections.abc import Callable

import asyncpg
import pytest

from tests.fixtures.database import DatabaseServer

ADD = "INSERT INTO audit_log (ts, event, detail) VALUES (now(), 'login', '{}')"
CHANGES = ("UPDATE audit_log SET event = 'nothing'", "DELETE FROM audit_log", "TRUNCATE audit_log")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("who", ["program", "owner"])
async def test_r83_neither_the_program_nor_the_tables_owner_changes_an_audit_row(
    database_server: DatabaseServer, database_url: str, who: str, change: str
) -> None:
    address: Callable[[str], str] = database_server.owner_url if who == "owner" else str
    connection = await asyncpg.connect(address(database_url))
    try:
        await connection.execute(ADD)
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied"):
            await connection.execute(change)
        assert await connection.fetchval("SELECT count(*) FROM audit_log WHERE event = 'login'") == 1
    finally:
        await connection.close()


async def test_r83_the_program_can_neither_lift_the_refusal_nor_choose_a_row_s_number(
    database_url: str,
) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        for attempt in (
            "ALTER TABLE audit_log DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_log_only_grows ON audit_log",
            "SET session_replication_role = replica",
            "SET ROLE tradesense_owner",
            "ALTER TABLE audit_log RENAME TO old_log",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(attempt)
        with pytest.raises(asyncpg.PostgresError, match="GENERATED ALWAYS"):
            await connection.execute(
                "INSERT INTO audit_log (id, ts, event, detail) VALUES (1, now(), 'login', '{}')"
            )
    finally:
        await connection.close()
