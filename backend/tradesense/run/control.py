"""The door through which a second `tradesense` hands files to the one that owns the market store.

A DuckDB file has one owner process. While the program runs, it listens on a Unix socket beside
its data that only its owner may open; `tradesense import` finds it there and hands over paths
and options, and reads the same progress and reports back as lines of JSON.

The running program opens the door inside its own life:

    async with serve_control(parts.recorder, specs, settings.data_dir, parts.clock):
        await server.serve(...)

`specs` is a book of the importer's own (`load_specs(settings.contract_specs)`): importing declares
roots in it, from another thread.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import socket
import stat
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tradesense.base.clock import Clock
from tradesense.base.errors import AppError, Conflict, Invalid, Unavailable
from tradesense.feeds.files import FileReport, Options, import_files
from tradesense.instruments import SpecBook
from tradesense.market import Recorder

_log = logging.getLogger("tradesense.run.control")

_SOCKET_NAME = "control.sock"
# The kernel keeps 108 bytes for a socket's path (104 on macOS), its closing zero among them.
_LONGEST_PATH_BYTES = 100
_MOST_PATHS = 10_000
_BODY_BYTES = 4 * 1024 * 1024
_PROGRESS_SECONDS = 0.1
_STOP_SECONDS = 30.0
_CONNECT_SECONDS = 3.0

Progress = Callable[[Path, int, int], None]


class NobodyThere(Unavailable):
    """No running program answers at the data folder's door."""

    code = "nobody_there"


def socket_path(data_dir: Path) -> Path:
    """Return where the door of a data folder is, the same for both sides.

    It is in the data folder, or, where that path is too long for a Unix socket, in a private
    folder among the machine's temporary ones.
    """
    folder = data_dir.resolve()
    path = folder / _SOCKET_NAME
    if len(os.fsencode(path)) <= _LONGEST_PATH_BYTES:
        return path
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tradesense-{os.geteuid()}-{name}" / _SOCKET_NAME


@asynccontextmanager
async def serve_control(
    recorder: Recorder, specs: SpecBook, data_dir: Path, clock: Clock
) -> AsyncIterator[Path]:
    """Keep the door open while the block runs. Call it only while owning the market store.

    Whatever lies at the socket's place is left by an owner that died, since the store is ours, and
    is replaced. On leaving, a running import ends after its present file. Raises `Conflict` where
    the place is not ours to use.
    """
    path = socket_path(data_dir)
    listener = _listen(path)
    desk = _Desk(recorder, specs, clock)
    server = _Server(
        uvicorn.Config(
            desk.app(),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=int(_STOP_SECONDS),
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="control")
    try:
        yield path
    finally:
        desk.stop()
        server.should_exit = True
        await serving
        await desk.finished()
        listener.close()
        path.unlink(missing_ok=True)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Signals belong to the program's main server; this one ends with its block.
        yield


class _Desk:
    """Takes imports, one at a time, and reports back while they run."""

    def __init__(self, recorder: Recorder, specs: SpecBook, clock: Clock) -> None:
        self._recorder = recorder
        self._specs = specs
        self._clock = clock
        self._turn = asyncio.Lock()
        self._stopping = threading.Event()
        self._running: set[asyncio.Task[None]] = set()

    def app(self) -> Starlette:
        routes = [
            Route("/", self._hello, methods=["GET"]),
            Route("/imports", self._import, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    def stop(self) -> None:
        self._stopping.set()

    async def finished(self) -> None:
        if self._running:
            await asyncio.wait(self._running)

    async def _hello(self, _: Request) -> Response:
        return JSONResponse({"service": "tradesense", "process": os.getpid()})

    async def _import(self, request: Request) -> Response:
        try:
            paths, options = _parse_order(await _body(request))
        except Invalid as error:
            return JSONResponse({"error": error.detail}, status_code=422)
        events: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        gone = threading.Event()
        task = asyncio.create_task(self._run(paths, options, events, gone))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return StreamingResponse(_lines(events, gone), media_type="application/x-ndjson")

    async def _run(
        self,
        paths: list[Path],
        options: Options,
        events: asyncio.Queue[dict[str, Any] | None],
        gone: threading.Event,
    ) -> None:
        loop = asyncio.get_running_loop()

        def send(event: dict[str, Any]) -> None:
            loop.call_soon_threadsafe(events.put_nowait, event)

        def work() -> None:
            import_files(
                paths,
                self._recorder,
                self._specs,
                options=options,
                clock=self._clock,
                on_progress=_throttled(loop, send),
                on_report=lambda report: send({"report": report.to_json()}),
                stopping=lambda: gone.is_set() or self._stopping.is_set(),
            )

        try:
            async with self._turn:
                await asyncio.to_thread(work)
            await events.put({"end": "done"})
        except AppError as refused:
            await events.put({"end": "refused", "error": refused.detail})
        except Exception:
            _log.exception("an import handed over failed")
            await events.put(
                {"end": "failed", "error": "the running program failed to import; its log says why"}
            )
        finally:
            await events.put(None)


def _throttled(
    loop: asyncio.AbstractEventLoop, send: Callable[[dict[str, Any]], None]
) -> Callable[[Path, int, int], None]:
    last = 0.0

    def progress(path: Path, done: int, size: int) -> None:
        nonlocal last
        now = loop.time()
        if now - last >= _PROGRESS_SECONDS:
            last = now
            send({"progress": {"path": str(path), "done": done, "size": size}})

    return progress


async def _lines(events: asyncio.Queue[dict[str, Any] | None], gone: threading.Event) -> AsyncIterator[bytes]:
    try:
        while (event := await events.get()) is not None:
            yield json.dumps(event).encode() + b"\n"
    finally:
        gone.set()


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _BODY_BYTES:
            raise Invalid("the order is too long")
    return bytes(body)


def _parse_order(body: bytes) -> tuple[list[Path], Options]:
    try:
        order = json.loads(body)
        paths = [Path(path) for path in order["paths"]]
        options = Options(**order["options"])
    except (ValueError, KeyError, TypeError):
        raise Invalid("the order is not understood") from None
    if len(paths) > _MOST_PATHS or not all(path.is_absolute() for path in paths):
        raise Invalid(f"an order names at most {_MOST_PATHS:,} absolute paths")
    return paths, options


def _listen(path: Path) -> socket.socket:
    if path.parent.name.startswith("tradesense-"):
        _own_folder(path.parent)
    with suppress(FileNotFoundError):
        if not stat.S_ISSOCK(path.lstat().st_mode):
            raise Conflict(f"{path} is in the way of the control socket")
        path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(os.fspath(path))
        # Nobody can connect before listen(), so nobody gets in between these two lines.
        path.chmod(0o600)
        listener.listen(16)
        listener.setblocking(False)
    except OSError as error:
        listener.close()
        raise Conflict(f"the control socket {path} cannot be opened ({error.strerror or error})") from None
    return listener


def _own_folder(folder: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise Conflict(f"{folder} is not a private folder of this user")


def hand_over(
    data_dir: Path,
    paths: Sequence[Path],
    options: Options,
    *,
    on_progress: Progress | None = None,
    on_report: Callable[[FileReport], None] | None = None,
) -> list[FileReport]:
    """Have the program that runs on a data folder import files, and return its reports.

    Raises `NobodyThere` where no program answers (none runs, or one died and left its socket), and
    `Unavailable` where it went away meanwhile; a file whose report came is stored, the others not.
    """
    path = socket_path(data_dir)
    _knock(path)
    order = {"paths": [os.fspath(each.resolve()) for each in paths], "options": asdict(options)}
    reports: list[FileReport] = []
    timeout = httpx.Timeout(None, connect=_CONNECT_SECONDS)
    try:
        with (
            httpx.Client(transport=httpx.HTTPTransport(uds=os.fspath(path)), timeout=timeout) as client,
            client.stream("POST", "http://tradesense/imports", json=order) as answer,
        ):
            if answer.status_code != 200:
                answer.read()
                raise Unavailable(f"the running program refused: {answer.text[:500]}")
            for line in answer.iter_lines():
                event = json.loads(line)
                if "report" in event:
                    reports.append(FileReport.from_json(event["report"]))
                    if on_report is not None:
                        on_report(reports[-1])
                elif "progress" in event and on_progress is not None:
                    told = event["progress"]
                    on_progress(Path(told["path"]), told["done"], told["size"])
                elif "error" in event:
                    raise Unavailable(event["error"])
                elif event.get("end") == "done":
                    return reports
    except httpx.ConnectError:
        raise NobodyThere("the program that ran on this data folder is gone") from None
    except (httpx.HTTPError, json.JSONDecodeError):
        pass
    raise Unavailable("the running program went away before the import was done")


def _knock(path: Path) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise NobodyThere("no program is running on this data folder") from None
    if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.geteuid():
        raise Conflict(f"{path} is not a socket of this user")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.settimeout(_CONNECT_SECONDS)
        try:
            caller.connect(os.fspath(path))
        except OSError:
            raise NobodyThere("the program that ran on this data folder is gone") from None
