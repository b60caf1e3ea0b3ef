"""R94 and the command `tradesense users`: the first administrator, locking, people of a legacy file."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import bcrypt
import duckdb
import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, Person
from tests.fixtures.served import serve_app
from tradesense.run.cli import main
from tradesense.run.settings import Settings

PASSWORD = "seven green umbrellas 41"
Command = Callable[..., int]


def _tradesense(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Command:
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    # The command keeps data frames out of its process, which here is the tests' own.
    monkeypatch.setattr("sys.meta_path", list(sys.meta_path))

    def run(*arguments: str, stdin: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        return main(["users", *arguments])

    return run


@pytest.fixture
def tradesense(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str) -> Command:
    return _tradesense(
        monkeypatch,
        TRADESENSE_DATA_DIR=str(tmp_path / "data"),
        DATABASE_URL=database_url,
        PASSWORD_HASH_ROUNDS="4",
    )


def _rows(url: str, query: str) -> list[dict[str, Any]]:
    async def ask() -> list[dict[str, Any]]:
        connection = await asyncpg.connect(url)
        try:
            return [dict(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    return asyncio.run(ask())


def _events(url: str) -> list[str]:
    return [row["event"] for row in _rows(url, "SELECT event FROM audit_log ORDER BY id")]


def test_r94_the_first_administrator_comes_by_command_and_once(
    tradesense: Command, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tradesense("list") == 0
    assert capsys.readouterr().out == "0 accounts\n"
    added = ("add-admin", " Boss@Example.com", "--password-stdin", "--name", "North")
    assert tradesense(*added, stdin=PASSWORD + "\n") == 0
    assert tradesense(*added, stdin=PASSWORD + "\n") == 1
    assert "already" in capsys.readouterr().err
    (user,) = _rows(database_url, "SELECT * FROM users")
    assert (user["email"], user["full_name"], user["role"]) == ("Boss@example.com", "North", "admin")
    assert user["email_verified_at"] is not None
    assert PASSWORD not in str(user)
    assert _events(database_url) == ["made_by_command"]
    assert tradesense("list", "--json") == 0
    (shown,) = json.loads(capsys.readouterr().out)["users"]
    assert (shown["email"], shown["role"], shown["status"]) == ("Boss@example.com", "admin", "active")


@pytest.mark.parametrize(
    ("email", "password", "says"),
    [
        ("boss@example.com", "short", "at least 12"),
        ("boss@example.com", "password1234", "Many people"),
        ("boss@example.com", "", "at least 12"),
        ("no address", PASSWORD, "not an e-mail address"),
    ],
)
def test_an_administrator_obeys_the_rules_for_everybody(
    tradesense: Command,
    database_url: str,
    capsys: pytest.CaptureFixture[str],
    email: str,
    password: str,
    says: str,
) -> None:
    assert tradesense("add-admin", email, "--password-stdin", stdin=password + "\n") == 1
    told = capsys.readouterr()
    assert says in told.err
    assert not password or password not in told.out + told.err
    assert _rows(database_url, "SELECT * FROM users") == []


def test_without_a_terminal_no_password_is_asked_for(
    tradesense: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tradesense("add-admin", "boss@example.com", stdin=PASSWORD + "\n") == 2
    assert "--password-stdin" in capsys.readouterr().err


def test_passwords_typed_differently_make_nobody(
    tradesense: Command,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter([PASSWORD, PASSWORD + "x", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr("io.StringIO", Terminal)
    assert tradesense("add-admin", "boss@example.com") == 2
    assert "differ" in capsys.readouterr().err
    assert tradesense("add-admin", "boss@example.com") == 0
    assert len(_rows(database_url, "SELECT * FROM users")) == 1


def test_the_last_administrator_is_not_locked_out_by_a_slip(
    tradesense: Command, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        tradesense("add-admin", f"{name}@example.com", "--password-stdin", stdin=PASSWORD)
    assert tradesense("disable", "ONE@example.com") == 0
    assert tradesense("disable", "two@example.com") == 1
    assert "last administrator" in capsys.readouterr().err
    assert tradesense("disable", "one@example.com") == 0
    assert tradesense("enable", "one@example.com") == 0
    assert tradesense("disable", "nobody@example.com") == 1
    assert _events(database_url) == ["made_by_command", "made_by_command", "disabled", "enabled"]
    assert {row["status"] for row in _rows(database_url, "SELECT status FROM users")} == {"active"}


def test_a_database_without_tables_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    database_server: DatabaseServer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    empty = database_server.new_empty_database()
    run = _tradesense(monkeypatch, TRADESENSE_DATA_DIR=str(tmp_path), DATABASE_URL=empty)
    assert run("list") == 1
    assert "tradesense migrate" in capsys.readouterr().err


def _legacy_file(tmp_path: Path) -> Path:
    path = tmp_path / "legacy.duckdb"
    hashed = bcrypt.hashpw(b"the old password", bcrypt.gensalt(4)).decode()
    rows = [
        ("South@Example.com", "South", "2021-01-02 03:04:05", hashed),
        ("south@example.COM", "South again", None, hashed),
        ("no address\x1b[2J", None, None, None),
        ("east@example.com", None, None, None),
        ("west@example.com", "West", None, "md5:5f4dcc3b"),
    ]
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE users(email TEXT, name TEXT, created TIMESTAMP, password TEXT)")
        connection.executemany("INSERT INTO users VALUES (?, ?, ?, ?)", rows)
    return path


def test_people_of_a_legacy_file_are_told_first_then_taken_over_once(
    tradesense: Command, tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(_legacy_file(tmp_path))
    assert tradesense("import-duckdb", path) == 1
    told = capsys.readouterr().out
    for line in (
        "row 1: South@example.com: with its password",
        "row 2: south@example.com: twice in the file (the first is row 1)",
        "row 3: no address?[2J: invalid address",
        "row 4: east@example.com: without password: a reset is required",
        "row 5: west@example.com: unknown password format: a reset is required",
        "3 of 5 rows would be imported; --apply does it",
    ):
        assert line + "\n" in told
    assert _rows(database_url, "SELECT * FROM users") == []

    assert tradesense("import-duckdb", path, "--apply") == 1
    assert "3 of 5 rows imported\n" in capsys.readouterr().out
    users = {row["email"]: row for row in _rows(database_url, "SELECT * FROM users")}
    assert sorted(users) == ["South@example.com", "east@example.com", "west@example.com"]
    south = users["South@example.com"]
    assert (south["full_name"], south["role"], south["created_at"].isoformat()) == (
        "South",
        "trader",
        "2021-01-02T03:04:05+00:00",
    )
    assert south["password_hash"].startswith("$2b$04$")
    assert users["east@example.com"]["password_hash"] is users["west@example.com"]["password_hash"] is None

    assert tradesense("import-duckdb", path, "--apply") == 1
    assert "0 of 5 rows imported\n" in capsys.readouterr().out
    assert {row["email"]: row for row in _rows(database_url, "SELECT * FROM users")} == users
    assert _events(database_url) == ["imported"] * 3


def test_who_was_taken_over_signs_in_with_the_old_password_and_it_is_kept_better(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_server: DatabaseServer
) -> None:
    url = database_server.new_database()
    with serve_app(tmp_path, url) as served:
        run = _tradesense(monkeypatch, TRADESENSE_DATA_DIR=str(served.settings.data_dir), DATABASE_URL=url)
        run("import-duckdb", str(_legacy_file(tmp_path)), "--apply")
        people = served.people
        south = Person("south@example.com", "the old password")
        assert people.log_in(south).status_code == 200
        (kept,) = people.sql("SELECT password_hash FROM users WHERE email_key = 'south@example.com'")
        assert kept["password_hash"].startswith("$bcrypt-sha256$")
        assert people.log_in(south).status_code == 200
        assert people.log_in(Person("east@example.com", "")).status_code in (401, 422)
        people.nobody().post(API + "/auth/password/forgot", json={"email": "east@example.com"})
        people.wait_for_mail("east@example.com", "new password")

        # Locked by command while the program runs: nothing that was handed out before works.
        script = people.script(south)
        assert run("disable", "south@example.com") == 0
        served.clock.advance(seconds=2)
        deadline = served.clock.now().timestamp() + 5
        while script.get(API + "/users/me").status_code != 401:
            assert served.clock.now().timestamp() < deadline
        people.wait_for_mail("South@example.com", "disabled")


def test_it_works_on_the_programs_own_server_and_leaves_none_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    run = _tradesense(monkeypatch, TRADESENSE_DATA_DIR=str(tmp_path / "data"), PASSWORD_HASH_ROUNDS="4")
    assert run("add-admin", "boss@example.com", "--password-stdin", stdin=PASSWORD) == 0
    assert run("list") == 0
    assert "boss@example.com" in capsys.readouterr().out
    assert not list((tmp_path / "data" / "postgres").rglob("postmaster.pid"))
