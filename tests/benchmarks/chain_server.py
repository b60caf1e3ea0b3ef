"""A process that serves one live chain of 500 strikes, three ways, for the benchmark beside it.

`python -m tests.benchmarks.chain_server ours|model|bare` prints its port and a token, then serves until its
standard input ends. `/cpu` answers with the processor seconds spent so far. `ours` is the application with
all its layers and the chain where the beat puts it; `model` a FastAPI route whose response model is ours;
`bare` sends the same bytes and does nothing else.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import orjson
import uvicorn
import uvloop
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.benchmarks.http import our_application
from tests.benchmarks.live import KEY, START, Beat, options
from tradesense.base.answers import PastChanges
from tradesense.base.clock import FixedClock
from tradesense.instruments import load_specs
from tradesense.market.live.present import LivePresent
from tradesense.market.live.topics import chain_topic
from tradesense.market.options.schemas import ChainAnswer
from tradesense.market.options.service import OptionsDesk
from tradesense.run.embedded import http_server
from tradesense.web.kept_answers import KeptAnswers

STRIKES = 500
PATH = f"/api/v1/options/{KEY.root}/chain"


def told() -> tuple[Beat, bytes]:
    """Beat once over a chain of 500 strikes; return what beat, and the bytes it put into the cache."""
    market = options(expiries=1, strikes=STRIKES)
    beat = Beat(market, 1)
    expiry = market.instruments[0].expiry
    assert expiry is not None
    whole = asyncio.run(beat.cache.get(chain_topic(KEY.root, expiry)))
    assert whole is not None
    return beat, whole.body


def ours(folder: Path) -> tuple[ASGIApp, str]:
    """Return the whole application, and the token of a caller whose session is known."""
    beat, _ = told()
    app, state, token = our_application(folder)
    nothing: Any = None  # the store is not asked for what the beat has told
    clock = FixedClock(START)
    present, kept = LivePresent(beat.cache, clock), KeptAnswers(clock, PastChanges())
    state["options_desk"] = OptionsDesk(nothing, load_specs(), present, kept, assumed_rate=0.04)
    stack = app.build_middleware_stack()

    async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
        await stack({**scope, "state": dict(state)}, receive, send)

    return with_state, token


def model() -> ASGIApp:
    """Return FastAPI's own way: rows as dictionaries, checked and written by the response model."""
    _, body = told()
    rows = orjson.loads(body)
    app = FastAPI()

    @app.get(PATH, response_model=ChainAnswer)
    async def chain() -> Any:
        return rows

    return app


def bare() -> ASGIApp:
    """Return an application that sends the bytes."""
    _, body = told()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def with_cpu(app: ASGIApp) -> ASGIApp:
    """Answer `/cpu` with what this process has used, everything else as before."""

    async def counted(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/cpu":
            await app(scope, receive, send)
            return
        body = repr(time.process_time()).encode()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return counted


def serve(kind: str) -> None:
    """Serve until the standard input ends, every kind with the program's own server and its bounds."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        token = "-"
        if kind == "ours":
            app, token = ours(Path(folder))
        else:
            app = {"model": model, "bare": bare}[kind]()
        server = http_server(with_cpu(app))  # type: ignore[arg-type]
        server.config.lifespan = "off"
        sys.stdout.write(f"{listener.getsockname()[1]} {token}\n")
        sys.stdout.flush()
        threading.Thread(target=_stop_with_input, args=(server,), daemon=True).start()
        uvloop.run(server.serve(sockets=[listener]))


def _stop_with_input(server: uvicorn.Server) -> None:
    sys.stdin.read()
    server.should_exit = True


if __name__ == "__main__":
    serve(sys.argv[1])
