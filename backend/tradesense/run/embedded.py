"""One process, with all or a part of it: the API, the pages, the feeds, and the door for imports."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import uvicorn
from fastapi import FastAPI

from tradesense.base.errors import AppError
from tradesense.base.tasks import supervise
from tradesense.infra.market_store import StoreInUse
from tradesense.infra.store_lock import TRY_LATER
from tradesense.instruments import load_specs
from tradesense.run.api import create_app
from tradesense.run.clock_watch import watch_clock
from tradesense.run.control import serve_control
from tradesense.run.feeds import Feeds, run_feeds
from tradesense.run.live import run_live
from tradesense.run.logs import configure_logging
from tradesense.run.market_stores import follow_lease
from tradesense.run.people_store import migrate_named
from tradesense.run.settings import Settings, is_loopback
from tradesense.run.stopping import Stopping
from tradesense.run.warm_up import WarmUp
from tradesense.run.wiring import Parts, open_parts
from tradesense.streaming.protocol import MOST_FRAME_BYTES
from tradesense.streaming.wire import StreamProtocol
from tradesense.web.protocol import ProblemProtocol

_LONGEST_ANSWER_SECONDS: Final = 10
"""What is under way when the program is asked to end is answered, within this."""

_log = logging.getLogger("tradesense.run")


def serve(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; return the exit code. Leaves no process and no lock behind."""
    configure_logging("debug" if settings.debug else settings.log_level)
    if not is_loopback(settings.host):
        _log.warning(
            "listening on a network address: without TLS in front, passwords travel in the clear",
            extra={"host": settings.host},
        )
    try:
        listener = _bind(settings.host, settings.port)
    except OSError as error:
        sys.stderr.write(
            f"TradeSense can't listen on {settings.host} port {settings.port}: {error.strerror}.\n"
        )
        return 1
    code, warm_up, stopping = 0, WarmUp(), Stopping()
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            code = runner.run(_serve(settings, listener, warm_up, stopping))
    except AppError as error:
        sys.stderr.write(f"TradeSense does not start: {error.detail}\n")
        code = TRY_LATER if isinstance(error, StoreInUse) else 1
    finally:
        stopping.over()
        listener.close()
    if warm_up.is_running:
        # Everything is closed. Ending Python under a running compiler could still crash it.
        logging.shutdown()
        os._exit(code)
    return code


async def _serve(settings: Settings, listener: socket.socket, warm_up: WarmUp, stopping: Stopping) -> int:
    async with AsyncExitStack() as stack:
        if settings.runs_feeds:
            await migrate_named(settings, newer_is_fine=True)
        parts = await stack.enter_async_context(open_parts(settings))
        await stack.enter_async_context(watch_clock(parts))
        feeds = None
        if settings.runs_feeds:
            feeds = await stack.enter_async_context(_running_feeds(parts, warm_up))
        server = http_server(create_app(settings, parts=parts, feeds=feeds))

        async def end_when_followed() -> None:
            await follow_lease(parts.store)
            _log.critical("another process runs the feeds now: this one ends")
            server.should_exit = True

        if settings.runs_feeds:
            await stack.enter_async_context(supervise("writer lease", end_when_followed))
        # uvicorn raises the signal again once it has stopped serving. With its own handler in
        # place by then the process lives on, and what is open below is closed in order.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, server.handle_exit)
        _log.info("serving", extra={"address": f"http://{_written(settings.host)}:{settings.port}"})
        _greet(settings.page_address)
        try:
            await server.serve(sockets=[listener])
        finally:
            stopping.begin()
        _log.info("stopping")
        return TRY_LATER if parts.store.is_taken_over else 0


@asynccontextmanager
async def _running_feeds(parts: Parts, warm_up: WarmUp) -> AsyncIterator[Feeds]:
    """Run the feeds, what makes live views of them, and the door for imports."""
    # Importing declares roots in its book from another thread, so it gets a book of its own.
    book = await asyncio.to_thread(load_specs, parts.settings.contract_specs)
    async with (
        serve_control(parts.recorder, book, parts.settings.data_dir, parts.clock),
        run_live(parts.live, warm_up),
        run_feeds(parts, warm_up) as feeds,
    ):
        yield feeds


def http_server(app: FastAPI) -> uvicorn.Server:
    """Return the server of an application, within the program's bounds."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=ProblemProtocol,
            ws=StreamProtocol,
            ws_max_size=MOST_FRAME_BYTES,
            ws_per_message_deflate=False,
            ws_ping_interval=20,
            ws_ping_timeout=20,
            backlog=2048,
            timeout_keep_alive=5,
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_LONGEST_ANSWER_SECONDS,
            h11_max_incomplete_event_size=64 * 1024,
        )
    )


def _greet(address: str) -> None:
    # The log is for programs; whoever started this by hand wants an address to open.
    if sys.stdout.isatty():
        sys.stdout.write(f"\n  TradeSense: {address}   (Ctrl-C stops it)\n\n")
        sys.stdout.flush()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop

    return uvloop.new_event_loop
