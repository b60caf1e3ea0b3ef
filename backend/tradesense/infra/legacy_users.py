"""Reads the users table of a legacy DuckDB file: read-only, with nothing else in reach.

Knows what columns such tables have; what an address or a hash is worth is not its business.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from tradesense.infra.market_store_engine import engine_in_memory

MOST_ROWS: Final = 100_000

_COLUMNS: Final = {
    "email": ("email", "email_address", "e_mail", "mail", "username", "user_name", "login"),
    "name": ("full_name", "fullname", "name", "display_name"),
    "created": ("created_at", "created", "created_on", "date_joined", "registered_at", "registered"),
    "hash": ("password_hash", "hashed_password", "pw_hash", "password", "passwd"),
    "active": ("is_active", "active", "enabled"),
}
_TABLES: Final = ("users", "user", "accounts", "account")
_NUMBERS: Final = ("BIGINT", "INTEGER", "UBIGINT", "HUGEINT", "DOUBLE", "FLOAT", "DECIMAL")


class LegacyFileRefused(Exception):
    """The file can't be read as one with users in it; the text is for people."""


@dataclass(frozen=True, slots=True)
class LegacyUser:
    """A row as it stands in the file; `row` counts from 1."""

    row: int
    email: str | None
    name: str | None
    created: datetime | None
    password_hash: str | None
    active: bool


def read_legacy_users(path: Path, table: str | None = None) -> list[LegacyUser]:
    """Return the rows of `table`, or of the one that looks like users. Raises `LegacyFileRefused`."""
    if not path.is_file():
        raise LegacyFileRefused("there is no such file")
    try:
        with closing(_open(path)) as engine:
            schema, name = _find_table(engine, table)
            return _read(engine, schema, name)
    except duckdb.Error as error:
        first_line = (str(error).splitlines() or [""])[0][:200]
        raise LegacyFileRefused(f"it can't be read ({first_line})") from error


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    engine = engine_in_memory(
        {
            "memory_limit": "512MiB",
            "threads": 1,
            "python_enable_replacements": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        }
    )
    try:
        quoted = str(path.resolve()).replace("'", "''")
        engine.execute("SET TimeZone = 'UTC'")
        engine.execute(f"ATTACH '{quoted}' AS legacy (READ_ONLY, TYPE duckdb)")
        engine.execute("SET enable_external_access = false")
        engine.execute("SET lock_configuration = true")
    except duckdb.Error:
        engine.close()
        raise
    return engine


def _find_table(engine: duckdb.DuckDBPyConnection, wanted: str | None) -> tuple[str, str]:
    tables = engine.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'legacy' ORDER BY ALL"
    ).fetchall()
    names = (wanted.lower(),) if wanted is not None else _TABLES
    found = [(schema, name) for each in names for schema, name in tables if name.lower() == each]
    if found:
        return found[0]
    there = ", ".join(name for _, name in tables[:20]) or "none"
    raise LegacyFileRefused(f"it has no table {wanted or 'users'}; its tables: {there}")


def _read(engine: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[LegacyUser]:
    columns = dict(
        engine.execute(
            "SELECT column_name, data_type FROM duckdb_columns()"
            " WHERE database_name = 'legacy' AND schema_name = $schema AND table_name = $table",
            {"schema": schema, "table": table},
        ).fetchall()
    )
    chosen = {field: _choose(columns, names) for field, names in _COLUMNS.items()}
    if chosen["email"] is None:
        there = ", ".join(list(columns)[:20])
        raise LegacyFileRefused(f"its table {table} has no column of e-mail addresses; its columns: {there}")
    wanted = ", ".join(
        (
            _text(chosen["email"]),
            _text(chosen["name"]),
            _moment(chosen["created"], columns),
            _text(chosen["hash"]),
            _truth(chosen["active"]),
        )
    )
    source = f"legacy.{_quoted(schema)}.{_quoted(table)}"
    # The names come from the file's own catalogue and are quoted; DuckDB takes no parameter for them.
    query = f"SELECT {wanted} FROM {source} LIMIT {MOST_ROWS + 1}"  # noqa: S608
    rows = engine.execute(query).fetchall()
    if len(rows) > MOST_ROWS:
        raise LegacyFileRefused(f"its table {table} has more than {MOST_ROWS:,} rows")
    return [
        LegacyUser(number, email, name, _instant(created), password_hash, active)
        for number, (email, name, created, password_hash, active) in enumerate(rows, start=1)
    ]


def _instant(seconds: float | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
    except (OverflowError, ValueError, OSError):
        return None


def _choose(columns: dict[str, str], names: Sequence[str]) -> str | None:
    for wanted in names:
        for column in columns:
            if column.lower() == wanted:
                return column
    return None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(column: str | None) -> str:
    return f"CAST({_quoted(column)} AS VARCHAR)" if column is not None else "NULL"


def _moment(column: str | None, columns: dict[str, str]) -> str:
    if column is None:
        return "NULL"
    name = _quoted(column)
    if columns[column].startswith(_NUMBERS):
        seconds = f"CASE WHEN {name} > 1e11 THEN {name} / 1000.0 ELSE {name} END"
        return f"TRY_CAST({seconds} AS DOUBLE)"
    # Naive times are UTC, which is the engine's zone. As seconds, for Python's own zones are not asked.
    moment = f"TRY_CAST({name} AS TIMESTAMPTZ)"
    return f"CASE WHEN isfinite({moment}) THEN epoch({moment}) END"


def _truth(column: str | None) -> str:
    return f"COALESCE(TRY_CAST({_quoted(column)} AS BOOLEAN), true)" if column is not None else "true"
