"""R94: a fresh database has no account; the first administrator is made by command, once."""

from __future__ import annotations

import secrets
import subprocess
from pathlib import Path

from tests.data_folder import PROJECT
from tests.fixtures.app import command, environment_for
from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, Person
from tests.fixtures.served import run_sql, serve_app


def test_r94_a_fresh_database_has_nobody_in_it(database_server: DatabaseServer) -> None:
    url = database_server.new_database()
    for table in ("users", "sessions", "api_keys", "second_factors", "links", "audit_log"):
        assert run_sql(url, f"SELECT count(*) AS n FROM {table}") == [{"n": 0}], table


def test_r94_guessing_at_usual_names_lets_nobody_in(tmp_path: Path, database_server: DatabaseServer) -> None:
    with serve_app(tmp_path, database_server.new_database()) as served:
        for name in ("admin", "root", "tradesense", "test", "demo"):
            for host in ("localhost", "example.com", "tradesense.local"):
                for password in ("admin", "password", "changeme", name):
                    person = Person(f"{name}@{host}", password)
                    assert served.people.log_in(person).status_code in (401, 422, 429)


def test_r94_the_first_administrator_comes_by_command_once(
    tmp_path: Path, database_server: DatabaseServer
) -> None:
    url = database_server.new_database()
    password = secrets.token_urlsafe(18)

    def add_admin() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command(), "users", "add-admin", "chief@example.com", "--password-stdin"],
            cwd=PROJECT,
            env=environment_for(tmp_path / "command", DATABASE_URL=url, PASSWORD_HASH_ROUNDS="4"),
            input=password + "\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    first, second = add_admin(), add_admin()
    assert first.returncode == 0, first.stderr
    assert second.returncode != 0
    assert password not in first.stdout + first.stderr + second.stdout + second.stderr
    rows = run_sql(url, "SELECT email, role FROM users")
    assert rows == [{"email": "chief@example.com", "role": "admin"}]
    with serve_app(tmp_path, url) as served:
        token = served.people.tokens(Person("chief@example.com", password)).access
        assert served.people.me(token).json()["role"] == "admin"


def test_r94_nobody_registers_as_an_administrator(tmp_path: Path, database_server: DatabaseServer) -> None:
    with serve_app(tmp_path, database_server.new_database()) as served:
        first = served.people.register(email="admin@example.com")
        assert served.people.me(served.people.tokens(first).access).json()["role"] == "trader"
        assert served.people.nobody().get(AUTH + "/sessions").status_code == 401
