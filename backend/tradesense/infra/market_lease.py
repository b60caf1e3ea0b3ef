"""Who may write a lake: one process at a time, by a number in the catalog that grows with each.

The holder says twice a second that it is there. One whose connection is gone, or that was silent for five
seconds, is followed by whoever asks next, under a new number. The number is a fence: each connection to the
catalog carries it, and the catalog itself refuses a commit under any but the newest. So a holder that stood
still and wakes up can write nothing, whatever it believes.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
import time
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeVar

import asyncpg

from tradesense.infra.market_store_engine import StoreInUse, StoreUnavailable

RENEW_SECONDS: Final = 0.5
SILENT_SECONDS: Final = 5.0
_STOOD_STILL_SECONDS: Final = 3.0
SETTING: Final = "tradesense.writer"
REFUSED: Final = "another process writes the market store"
_CONNECT_SECONDS: Final = 2.0
_PATIENCE_SECONDS: Final = 1.0
_ANSWER_SECONDS: Final = 10.0
_LOST_LINE: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
# Any number that is always the same: whoever asks for the lease waits for their turn at it.
_TURNS: Final = 5_113_902_774_081

_LAYOUT: Final = """
CREATE SCHEMA IF NOT EXISTS tradesense;
CREATE TABLE IF NOT EXISTS tradesense.writer (number bigint PRIMARY KEY);
CREATE TABLE IF NOT EXISTS tradesense.writer_seen (
    number bigint PRIMARY KEY, holder text NOT NULL, backend int NOT NULL, backend_start timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);
"""
_LOOK: Final = """
SELECT number, holder,
    seen_at > clock_timestamp() - make_interval(secs => $1) AND EXISTS (
        SELECT FROM pg_stat_activity a WHERE a.pid = backend AND a.backend_start = seen.backend_start
    ) AS is_there
FROM tradesense.writer LEFT JOIN tradesense.writer_seen seen USING (number)
"""
# Rows of `writer` change with a new holder only: commits hold on to the number while they last.
_HANG_UP: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = $1 AND pid <> pg_backend_pid()
"""
_SEEN: Final = """
INSERT INTO tradesense.writer_seen
SELECT $1, $2, pid, backend_start, clock_timestamp() FROM pg_stat_activity
WHERE pid = pg_backend_pid() AND EXISTS (SELECT FROM tradesense.writer WHERE number = $1)
ON CONFLICT (number) DO UPDATE
SET backend = excluded.backend, backend_start = excluded.backend_start, seen_at = excluded.seen_at
RETURNING number
"""
_FENCE: Final = f"""
CREATE OR REPLACE FUNCTION tradesense.only_the_writer() RETURNS trigger LANGUAGE plpgsql AS $fence$
BEGIN
    PERFORM FROM tradesense.writer WHERE number::text = current_setting('{SETTING}', true) FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$fence$;
CREATE TRIGGER only_the_writer BEFORE INSERT ON public.ducklake_snapshot
FOR EACH STATEMENT EXECUTE FUNCTION tradesense.only_the_writer();
"""
_IS_FENCED: Final = """
SELECT EXISTS (
    SELECT FROM pg_trigger
    WHERE tgname = 'only_the_writer' AND tgrelid = to_regclass('public.ducklake_snapshot')
)
"""

_log = logging.getLogger("tradesense.infra")
Result = TypeVar("Result")


class WriterLease:
    """Held from when it is made until it is closed or lost; blocks while it is made.

    Raises, when made, `StoreInUse` where another process has it and `StoreUnavailable` where the catalog does
    not answer. It is kept by a thread with a loop of its own, so that no busy program loses it.
    """

    def __init__(self, folder: Path, catalog_url: str) -> None:
        self.is_lost = False
        self._folder = folder
        self._url = catalog_url
        self._holder = f"{socket.gethostname()} {os.getpid()}"
        self._stood_still = False
        self._moved_at = time.monotonic()
        self._taken: Future[int] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._let_go: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="writer lease", daemon=True)
        self._thread.start()
        self.number = self._taken.result()

    @property
    def name(self) -> str:
        """What connections under this lease are called."""
        return _name_of(self.number)

    @property
    def is_sure(self) -> bool:
        """Whether this process did not stand still since it was last heard, and so may have been followed.

        It knows by this before it says or does anything. A catalog that does not answer is another matter:
        nobody can be followed then.
        """
        stands = time.monotonic() - self._moved_at > _STOOD_STILL_SECONDS
        return not (self.is_lost or self._stood_still or stands)

    def fence(self) -> None:
        """Have the catalog refuse commits without the newest number. Raises `StoreUnavailable`."""
        self._ask(self._raise_fence())

    def close(self) -> None:
        """Give it up, so that the next one need not wait. Twice is harmless."""
        loop, let_go = self._loop, self._let_go
        if loop is not None and let_go is not None:
            with suppress(RuntimeError):  # its loop has ended by itself
                loop.call_soon_threadsafe(let_go.set)
        self._thread.join(timeout=_ANSWER_SECONDS)

    def _ask(self, work: Coroutine[Any, Any, Result]) -> Result:
        assert self._loop is not None
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=_ANSWER_SECONDS)
        except (*_LOST_LINE, RuntimeError) as error:
            raise StoreUnavailable("The catalog of the market store does not answer.") from error

    def _run(self) -> None:
        try:
            asyncio.run(self._hold())
        except BaseException as error:
            if not self._taken.done():
                self._taken.set_exception(error)
                return
            self.is_lost = True
            raise

    async def _hold(self) -> None:
        self._loop, self._let_go = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with self._connected("tradesense") as connection:
                number = await self._take_patiently(connection)
        except _LOST_LINE as error:
            # What the driver says may hold the catalog's address, and with it the password.
            raise StoreUnavailable("The catalog of the market store does not answer.") from error
        await self._keep(number)

    async def _take_patiently(self, connection: asyncpg.Connection) -> int:
        """Take it; the connection of one that died a moment ago may not be gone yet."""
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return await self._take(connection)
            except StoreInUse:
                if time.monotonic() > give_up:
                    raise
            await asyncio.sleep(0.05)

    async def _take(self, connection: asyncpg.Connection) -> int:
        async with connection.transaction():
            await connection.execute("SET LOCAL lock_timeout = '2s'")
            await connection.execute(f"SELECT pg_advisory_xact_lock({_TURNS})")
            await connection.execute(_LAYOUT)
            found = await connection.fetchrow(_LOOK, SILENT_SECONDS)
            if found is None:
                await connection.execute("INSERT INTO tradesense.writer VALUES (1)")
                return 1
            if found["is_there"]:
                raise StoreInUse(self._folder, _process_of(found["holder"]))
            # One that stands still in the middle of a commit holds on to its number.
            await connection.fetch(_HANG_UP, _name_of(found["number"]))
            await connection.execute("DELETE FROM tradesense.writer_seen")
            number: int = await connection.fetchval(
                "UPDATE tradesense.writer SET number = number + 1 RETURNING number"
            )
            return number

    async def _keep(self, number: int) -> None:
        assert self._let_go is not None
        while not self._let_go.is_set():
            self._move()
            try:
                async with self._connected(_name_of(number)) as connection:
                    await self._say(connection, number)
                    return
            except _LOST_LINE as error:
                if not self._let_go.is_set():
                    _log.warning("the lease is not heard", extra={"reason": type(error).__name__})
                if self._taken.done():
                    await _wait(self._let_go, RENEW_SECONDS)
                else:
                    raise

    async def _say(self, connection: asyncpg.Connection, number: int) -> None:
        """Say that we are there, until told to let go or another one has it."""
        assert self._let_go is not None
        while True:
            self._move()
            if await connection.fetchval(_SEEN, number, self._holder) is None:
                self.is_lost = True
                _log.error("another process writes the market store now", extra={"number": number})
                return
            self._stood_still = False
            if not self._taken.done():
                _log.info("this process writes the market store", extra={"number": number})
                self._taken.set_result(number)
            await _wait(self._let_go, RENEW_SECONDS)
            if self._let_go.is_set():
                await connection.execute("DELETE FROM tradesense.writer_seen WHERE number = $1", number)
                return

    def _move(self) -> None:
        now = time.monotonic()
        if now - self._moved_at > _STOOD_STILL_SECONDS:
            self._stood_still = True
        self._moved_at = now

    async def _raise_fence(self) -> None:
        async with self._connected("tradesense") as connection, connection.transaction():
            await connection.execute("SET LOCAL lock_timeout = '2s'")
            if not await connection.fetchval(_IS_FENCED):
                await connection.execute(_FENCE)

    @asynccontextmanager
    async def _connected(self, name: str) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(
            self._url,
            timeout=_CONNECT_SECONDS,
            command_timeout=_CONNECT_SECONDS,
            server_settings={"application_name": name},
        )
        try:
            yield connection
        finally:
            with suppress(*_LOST_LINE):
                await connection.close(timeout=_CONNECT_SECONDS)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _name_of(number: int) -> str:
    return f"tradesense writer {number}"


def _process_of(holder: str) -> int | None:
    """Return the process id of a holder on this machine; `None` for one elsewhere."""
    host, _, process = holder.rpartition(" ")
    return int(process) if host == socket.gethostname() else None
