"""Says whether the process lives, and whether the parts it needs answer: up or down, nothing more."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from tradesense.web.access import PUBLIC
from tradesense.web.formats import encode_json
from tradesense.web.strict import api_router

Check = Callable[[], Awaitable[None]]
"""Returns when a part answers, raises when it doesn't."""

_TIMEOUT_SECONDS = 1.0
_KEPT_SECONDS = 1.5

_log = logging.getLogger("tradesense.web.health")


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"
    service: Literal["tradesense-backend"] = "tradesense-backend"
    version: str = Field(examples=["0.1.0"])


class Ready(BaseModel):
    """Whether every part that this process needs answers."""

    status: Literal["ready", "not_ready"]
    checks: dict[str, Literal["ok", "down"]] = Field(
        description="One entry per part this process uses.", examples=[{"market_store": "ok", "feed": "ok"}]
    )
    alarms: list[str] = Field(
        [],
        description="What somebody should look at though it takes no part down; left out where all is well.",
        examples=[["disk_nearly_full"]],
        max_length=32,
    )


class Readiness:
    """Asks every part at once, at most once in 1.5 s however many ask, each for at most 1 s."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = dict(checks)
        self._alarms: dict[str, Callable[[], bool]] = {}
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._answers: dict[str, bool] = {}

    def add(self, name: str, check: Check) -> None:
        """Ask one part more from now on."""
        self._checks[name] = check

    def add_alarm(self, name: str, rings: Callable[[], bool]) -> None:
        """Name, from now on, something that is wrong as long as `rings()`, which does not block."""
        self._alarms[name] = rings

    def alarms(self) -> list[str]:
        """Return the names of what is wrong though every part may answer."""
        return [name for name, rings in self._alarms.items() if rings()]

    async def ask(self) -> dict[str, bool]:
        """Return, by part, whether it answers."""
        async with self._asking:
            if time.monotonic() - self._asked_at > _KEPT_SECONDS:
                answers = await asyncio.gather(
                    *(self._answers_in_time(*item) for item in self._checks.items())
                )
                self._answers = dict(zip(self._checks, answers, strict=True))
                self._asked_at = time.monotonic()
            return self._answers

    async def _answers_in_time(self, name: str, check: Check) -> bool:
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                await check()
        except Exception as error:  # whatever it is, the part is down; its text stays in the log
            if self._answers.get(name, True):
                _log.warning(
                    "part is down", extra={"part": name, "error": str(error) or type(error).__name__}
                )
            return False
        if not self._answers.get(name, True):
            _log.info("part is up again", extra={"part": name})
        return True


def health_router(version: str) -> APIRouter:
    """Return the routes `/health` and `/health/ready`; the latter reads `request.state.readiness`."""
    router = api_router(access=PUBLIC, prefix="/health", tags=["health"])
    alive = encode_json(Health(version=version).model_dump())

    @router.get("", summary="Is the process alive?", operation_id="get_health", response_model=Health)
    async def health() -> Response:
        """Touches nothing: it answers as long as the process does."""
        return Response(alive, media_type="application/json", headers={"Cache-Control": "no-store"})

    @router.get(
        "/ready",
        summary="Do the parts it needs answer?",
        operation_id="get_readiness",
        response_model=Ready,
        responses={503: {"model": Ready, "description": "A part is down."}},
    )
    async def ready(request: Request) -> Response:
        """Each part is asked for at most a second, and its answer kept for 1.5 s."""
        readiness: Readiness = request.state.readiness
        answers = await readiness.ask()
        well = all(answers.values())
        body: dict[str, object] = {
            "status": "ready" if well else "not_ready",
            "checks": {name: "ok" if up else "down" for name, up in answers.items()},
        }
        alarms = readiness.alarms()
        if alarms:
            body["alarms"] = alarms
        headers = {"Cache-Control": "no-store"}
        return Response(encode_json(body), 200 if well else 503, headers, "application/json")

    return router
