"""Runs the server of one folder: started, watched, started again, stopped; one owner at a time.

On Linux the server stops when its owner ends, however that happens. Elsewhere the next owner stops the one
that was left, and starts its own.
"""

from __future__ import annotations

import asyncio
import fcntl
import itertools
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO, Final

from sqlalchemy import URL

from tradesense.infra.embedded_postgres.account import Account, account_for
from tradesense.infra.embedded_postgres.cluster import APP, DATABASE, OWNER, Cluster, Passwords, find_binaries
from tradesense.infra.embedded_postgres.failures import PostgresFailed, PostgresInUse
from tradesense.infra.embedded_postgres.left_over import read_postmaster, stop_left_over

_PORT: Final = 5432
# The kernel keeps 108 bytes for a socket's path (104 on macOS), its closing zero among them.
_LONGEST_PATH_BYTES: Final = 103
_READY_SECONDS: Final = 60.0
_RETRY_SECONDS: Final = 10.0
_POLL_SECONDS: Final = 0.01
_WATCH_SECONDS: Final = 0.2
_BEATS_PER_TRIM: Final = 300
_LOG_BYTES: Final = 4 * 1024 * 1024
# How long each way of stopping gets: asked, told, made to.
_STOPPING: Final = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))

_SETTINGS: Final = {
    "listen_addresses": "",
    "port": str(_PORT),
    "unix_socket_permissions": "0700",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "min_wal_size": "16MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Quiet, and no statement or value of one in the log.
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
_FOR_TESTS: Final = {"fsync": "off", "full_page_writes": "off"}

_log = logging.getLogger("tradesense.infra.postgres")


class EmbeddedPostgres:
    """The server whose data are in `folder`. Everything in the folder is its; nothing outside is touched.

    `connections` is how many it takes at once. `durable=False` gives up safety against a crash of the machine
    for speed: for tests.
    """

    def __init__(
        self, folder: Path, passwords: Passwords, *, connections: int = 100, durable: bool = True
    ) -> None:
        self._folder = folder
        self._passwords = passwords
        self._connections = connections
        self._durable = durable
        self._lock: IO[str] | None = None
        self._account = Account()
        self._binaries = Path()
        self._socket_folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def owner_url(self) -> str:
        """The address of the database for the owner of its tables."""
        return _address(OWNER, self._passwords.owner, self._socket_folder)

    @property
    def app_url(self) -> str:
        """The address of the database for the program."""
        return _address(APP, self._passwords.app, self._socket_folder)

    @property
    def pid(self) -> int | None:
        """The server's process id."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Prepare, launch and wait: for callers that may block the main thread."""
        self.prepare()
        try:
            self.launch()
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def prepare(self, *, extra_sql: tuple[str, ...] = ()) -> None:
        """Take the folder, end a server left in it, and make the cluster where there is none.

        `extra_sql` is run as the superuser before the server starts. Raises `PostgresInUse` where another
        program owns the folder, `PostgresFailed` where the server can't be made.
        """
        self._binaries = find_binaries()
        try:
            self._account = account_for(self._folder, self._binaries)
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._account.own(self._folder)
            self._lock = _take(self._folder)
        except PermissionError as error:
            raise PostgresFailed(
                f"{error.filename} belongs to another user: TradeSense was run as that one before."
            ) from None
        try:
            cluster = Cluster(self._folder, self._account, self._binaries)
            stop_left_over(cluster.path)
            cluster.prepare(self._passwords, durable=self._durable)
            if extra_sql:
                cluster.run_sql(cluster.path, list(extra_sql))
            self._socket_folder = self._make_socket_folder()
        except BaseException:
            self._let_go()
            raise

    def launch(self) -> None:
        """Start the server's process. Call it in the main thread: on Linux it ends with its thread."""
        settings = {**_SETTINGS, **({} if self._durable else _FOR_TESTS)}
        settings["unix_socket_directories"] = str(self._socket_folder)
        settings["max_connections"] = str(self._connections)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.trim_log()
        self._remove_socket()
        with self._open_log() as log:
            self._process = self._account.start(
                [self._binaries / "postgres", "-D", self._cluster, *options], output=log, ends_with_us=True
            )

    def wait_until_ready(self) -> None:
        """Return when the server takes connections, which after a crash means it has recovered.

        Raises `PostgresFailed` where it ends instead, or takes too long.
        """
        deadline = time.monotonic() + _READY_SECONDS
        while not self._is_ready():
            if self._process is None or self._process.poll() is not None:
                raise PostgresFailed(f"The database server does not start: {self._last_words()}")
            if time.monotonic() > deadline:
                raise PostgresFailed(f"The database server was not ready within {_READY_SECONDS:g} s.")
            time.sleep(_POLL_SECONDS)

    async def keep_running(self) -> None:
        """Start the server again whenever it ends by itself; for a supervised loop in the main thread."""
        for beat in itertools.count(1):
            await asyncio.sleep(_WATCH_SECONDS)
            if beat % _BEATS_PER_TRIM == 0:
                self.trim_log()
            if self._process is not None and self._process.poll() is not None:
                _log.error("the database server ended", extra={"exit_code": self._process.returncode})
                await asyncio.to_thread(stop_left_over, self._cluster)
                await self.launch_and_wait()
                _log.info("the database server runs again")

    async def launch_and_wait(self) -> None:
        """Launch from this thread, wait beside it, and try again for a while where it ends at once.

        Processes of a killed server may hold its memory for a moment yet.
        """
        deadline = time.monotonic() + _RETRY_SECONDS
        while True:
            self.launch()
            try:
                return await asyncio.to_thread(self.wait_until_ready)
            except PostgresFailed:
                if time.monotonic() > deadline or self.is_running():
                    raise
            await asyncio.sleep(_WATCH_SECONDS)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop the server and let the folder go. Twice is harmless."""
        process = self._process
        if process is not None:
            for number, seconds in _STOPPING:
                if process.poll() is None:
                    process.send_signal(number)
                try:
                    process.wait(seconds)
                    break
                except subprocess.TimeoutExpired:
                    _log.warning("the database server did not stop", extra={"signal": number.name})
        self._process = None
        self._let_go()

    def trim_log(self) -> None:
        """Keep the server's log short; what it says goes to its end, so it may be cut while it is written."""
        path = self._folder / "server.log"
        if path.exists() and path.stat().st_size > _LOG_BYTES:
            os.truncate(path, 0)

    @property
    def _cluster(self) -> Path:
        return self._folder / "cluster"

    def _is_ready(self) -> bool:
        found = read_postmaster(self._cluster)
        return found is not None and found.pid == self.pid and found.is_ready

    def _open_log(self) -> IO[bytes]:
        path = self._folder / "server.log"
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")

    def _last_words(self) -> str:
        text = (self._folder / "server.log").read_text(errors="replace")
        return " / ".join(text.strip().splitlines()[-3:]) or "it said nothing."

    def _make_socket_folder(self) -> Path:
        note = self._folder / "socket-folder"
        if note.exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
            note.unlink()
        if len(os.fsencode(self._folder.resolve() / f".s.PGSQL.{_PORT}")) <= _LONGEST_PATH_BYTES:
            return self._folder.resolve()
        folder = Path(tempfile.mkdtemp(prefix="tradesense-"))
        self._account.own(folder)
        note.write_text(str(folder))
        return folder

    def _remove_socket(self) -> None:
        # Left by a killed server; its lock names a process, which may be not yet buried or another by now.
        for name in (f".s.PGSQL.{_PORT}", f".s.PGSQL.{_PORT}.lock"):
            (self._socket_folder / name).unlink(missing_ok=True)

    def _let_go(self) -> None:
        if self._lock is None:
            return
        if self._socket_folder != self._folder.resolve():
            shutil.rmtree(self._socket_folder, ignore_errors=True)
            (self._folder / "socket-folder").unlink(missing_ok=True)
        self._lock.close()
        self._lock = None


def address_of_running(folder: Path, passwords: Passwords) -> str | None:
    """Return the program's address of the server that another program runs on a folder, if one does."""
    found = read_postmaster(folder / "cluster")
    if found is None or not found.is_ready or found.socket_folder is None:
        return None
    return _address(APP, passwords.app, found.socket_folder)


def _address(role: str, password: str, socket_folder: Path) -> str:
    query = {"host": str(socket_folder), "port": str(_PORT)}
    url = URL.create("postgresql", role, password, database=DATABASE, query=query)
    return url.render_as_string(hide_password=False)


def _take(folder: Path) -> IO[str]:
    # Held by the open file: the kernel lets go of it when we end, however that happens.
    path = folder / "lock"
    lock = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = lock.read().strip()
        lock.close()
        raise PostgresInUse(folder, int(holder) if holder.isdigit() else None) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
