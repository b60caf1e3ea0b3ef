"""Reading the users of a legacy DuckDB file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tradesense.infra.legacy_users import LegacyFileRefused, LegacyUser, read_legacy_users

CREATED = datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC)


def _file(tmp_path: Path, *statements: str) -> Path:
    path = tmp_path / "legacy's file.duckdb"
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


@pytest.mark.parametrize(
    ("table", "columns", "created"),
    [
        ("users", "email, name, created, password", "TIMESTAMP '2021-01-02 03:04:05'"),
        ("users", "username, full_name, created_at, hashed_password", "'2021-01-02T03:04:05Z'"),
        ("Users", "Email, FullName, Created_At, Password_Hash", "TIMESTAMPTZ '2021-01-02 04:04:05+01'"),
        ("accounts", "mail, display_name, date_joined, pw_hash", "1609556645"),
        ('"user"', "e_mail, name, registered_at, passwd", "1609556645000::BIGINT"),
        ("users", "email, name, created, password", "1609556645.0::DOUBLE"),
    ],
)
def test_the_usual_names_of_columns_and_forms_of_times_are_known(
    tmp_path: Path, table: str, columns: str, created: str
) -> None:
    row = f"SELECT 'north@example.com', 'North', {created}, 'hash'"
    path = _file(tmp_path, f"CREATE TABLE {table}({columns}) AS {row}")
    assert read_legacy_users(path) == [LegacyUser(1, "north@example.com", "North", CREATED, "hash", True)]


def test_what_is_missing_or_makes_no_sense_is_nothing(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "CREATE TABLE users(id INTEGER, email VARCHAR, created VARCHAR, is_active BOOLEAN)",
        "INSERT INTO users VALUES (7, 'a@example.com', 'long ago', false), (9, NULL, 'infinity', NULL),"
        " (8, 'b@example.com', '290000-01-01', true)",
    )
    assert read_legacy_users(path) == [
        LegacyUser(1, "a@example.com", None, None, None, False),
        LegacyUser(2, None, None, None, None, True),
        LegacyUser(3, "b@example.com", None, None, None, True),
    ]


def test_a_column_of_email_goes_before_one_of_user_names(tmp_path: Path) -> None:
    path = _file(tmp_path, "CREATE TABLE users AS SELECT 'north' AS username, 'north@example.com' AS email")
    assert [each.email for each in read_legacy_users(path)] == ["north@example.com"]


def test_another_table_can_be_named(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "CREATE SCHEMA old", "CREATE TABLE old.people AS SELECT 'north@example.com' AS email"
    )
    assert len(read_legacy_users(path, "People")) == 1
    with pytest.raises(LegacyFileRefused, match="its tables: people"):
        read_legacy_users(path)


@pytest.mark.parametrize("name", ['we"ird', "a; DROP TABLE users", "quote'd"])
def test_names_of_tables_are_only_names(tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '""')
    path = _file(tmp_path, f"CREATE TABLE \"{quoted}\" AS SELECT 'north@example.com' AS email")
    assert len(read_legacy_users(path, name)) == 1


def test_a_file_that_holds_no_users_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LegacyFileRefused, match="no such file"):
        read_legacy_users(tmp_path / "missing")
    text = tmp_path / "text"
    text.write_text("email,name\n" * 1000)
    with pytest.raises(LegacyFileRefused):
        read_legacy_users(text)
    with pytest.raises(LegacyFileRefused, match="no column of e-mail"):
        read_legacy_users(_file(tmp_path, "CREATE TABLE users(id INTEGER, name VARCHAR)"))


def test_a_file_is_neither_changed_nor_a_door_to_others(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("email\nspy@example.com\n")
    path = _file(
        tmp_path,
        "CREATE TABLE people AS SELECT 'north@example.com' AS email",
        f"CREATE VIEW users AS SELECT * FROM read_csv('{other}')",
    )
    before = path.read_bytes()
    with pytest.raises(LegacyFileRefused):
        read_legacy_users(path, "users")
    read_legacy_users(path, "people")
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name, "other.csv"]
