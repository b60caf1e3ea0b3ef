"""HTTP: what the layers around a route cost, and a small authenticated GET against FastAPI's own small model.

Requests are made over ASGI in this process, so that only processor time of the application counts. The token
is verified and its session found in memory, as for each request after the first within a second; asking the
database, and the p99 beside parallel logins, are in the tests of R11.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.benchmarks.rows import Row
from tests.benchmarks.timing import Contender, medians, timed
from tests.fixtures.app import A_TRADER, settings_for
from tradesense.auth.recognise import RecognisedCallers, _Known
from tradesense.auth.tokens import AccessClaims, AccessTokens
from tradesense.base.clock import SystemClock
from tradesense.run.accounts import make_limiter
from tradesense.run.api import create_app
from tradesense.web.access import READS_MARKET
from tradesense.web.strict import api_router

ROUNDS, CALLS = 31, 200
MOST_LAYER_MICROSECONDS, LEAST_RATIO = 60.0, 0.6
PATH = "/api/v1/small"
ADDRESS = ("127.0.0.1", 8000)


class Small(BaseModel):
    """What a small answer is: a name, a number, a text."""

    id: int
    name: str
    value: float


async def small() -> Small:
    """Answer with a small model."""
    return Small(id=1, name="ES-2020-03", value=3021.25)


class RememberedCallers(RecognisedCallers):
    """Recognises as the application does, for a session that a database would have named a moment ago."""

    async def _load(self, claims: AccessClaims) -> _Known | None:
        now = datetime.now(UTC)
        self._known[claims.session_id] = _Known(A_TRADER, now + timedelta(days=1), now, float("inf"))
        return self._known[claims.session_id]


def run() -> list[Row]:
    """Measure and return the rows of section B."""
    logging.disable(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    with tempfile.TemporaryDirectory() as folder:
        ours, state, token = our_application(Path(folder))
        empty, _, _ = our_application(Path(folder))
    empty.router.middleware_stack = _answer_at_once
    router = APIRouter()
    router.get(PATH)(small)
    peer = FastAPI()
    peer.include_router(router)
    contenders = {
        "ours": _contender(loop, ours.build_middleware_stack(), state, token),
        "layered": _contender(loop, empty.build_middleware_stack(), state, token),
        "bare": _contender(loop, _without_layers(empty), {**state, "caller": A_TRADER}, token),
        "peer": _contender(loop, peer, {}, token),
    }
    seconds = medians(contenders, ROUNDS)
    loop.close()
    logging.disable(logging.NOTSET)
    ours_us, layered_us, bare_us, peer_us = (float(seconds[name] or 0) * 1e6 for name in contenders)
    # Around something that answers at once: a difference of two small numbers is less noisy.
    layers = layered_us - bare_us
    return [
        Row(
            section="B",
            name="all layers around a route",
            ours=layers,
            unit="µs",
            must=f"≤ {MOST_LAYER_MICROSECONDS:.0f} µs",
            holds=layers <= MOST_LAYER_MICROSECONDS,
        ),
        Row(
            section="B",
            name="small authenticated GET",
            ours=ours_us,
            unit="µs",
            peer_name="FastAPI's small model",
            peer=peer_us,
            ratio=peer_us / ours_us,
            must=f"≥ {LEAST_RATIO} × its requests/s",
            holds=peer_us / ours_us >= LEAST_RATIO,
        ),
    ]


def our_application(folder: Path) -> tuple[FastAPI, dict[str, Any], str]:
    """Return the application with the small route in it, its state and a token of its caller.

    It is served without its lifespan: the state stands for what that would have opened.
    """
    settings, clock = settings_for(folder), SystemClock()
    app = create_app(settings)
    router = api_router(access=READS_MARKET)
    router.get(PATH)(small)
    app.include_router(router)
    tokens = AccessTokens(b"a key of the benchmark, 32 bytes or more", clock, seconds=900)
    nothing: Any = None  # neither the database nor API keys are asked
    callers = RememberedCallers(nothing, clock, tokens, nothing, idle_life=timedelta(days=1))
    state = {"callers": callers, "limiter": make_limiter(settings, clock), "csrf_key": b"", "clock": clock}
    return app, state, tokens.issue(A_TRADER.user_id, A_TRADER.credential_id)


async def _answer_at_once(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"{}"})


def _without_layers(app: FastAPI) -> ASGIApp:
    """Return the application with the framework's own layers alone."""
    layers = app.user_middleware
    app.user_middleware = []
    try:
        return app.build_middleware_stack()
    finally:
        app.user_middleware = layers


def _contender(loop: asyncio.AbstractEventLoop, app: ASGIApp, state: dict[str, Any], token: str) -> Contender:
    headers = [
        (b"host", b"localhost:8000"),
        (b"accept", b"application/json"),
        (b"user-agent", b"Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101"),
        (b"sec-fetch-site", b"same-origin"),
        (b"cookie", b"auth-token=" + token.encode()),
    ]
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def ask() -> None:
        statuses.clear()
        for _ in range(CALLS):
            scope: Scope = {
                "type": "http",
                "asgi": {"version": "3.0"},
                "http_version": "1.1",
                "method": "GET",
                "scheme": "http",
                "path": PATH,
                "raw_path": PATH.encode(),
                "root_path": "",
                "query_string": b"",
                "headers": list(headers),
                "server": ADDRESS,
                "client": ("127.0.0.1", 50_000),
                "state": dict(state),
            }
            await app(scope, receive, send)
        assert statuses == [200] * CALLS, set(statuses)

    seconds = timed(lambda: loop.run_until_complete(ask()))
    return lambda: (seconds() or 0.0) / CALLS
