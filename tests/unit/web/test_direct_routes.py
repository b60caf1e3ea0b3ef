"""The table of routes chooses what the framework would have chosen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Match

from tests.fixtures.app import settings_for
from tradesense.run.api import create_app
from tradesense.web.direct_routes import _key_of, _table_of, install_direct_routes


def an_address_of(route: APIRoute) -> str:
    values = {"uuid": str(UUID(int=1)), "str": "one"}
    names = {name: values[kind or "str"] for name, kind in re.findall(r"{(\w+):?(\w*)}", route.path)}
    return route.path_format.format(**names)


def test_every_route_of_the_api_is_the_one_the_framework_would_choose(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    table = _table_of(app.router)
    everything = list(iter_route_contexts(app.routes))
    checked = 0
    for routes in table.values():
        for route in routes:
            path = an_address_of(route)
            for method in route.methods:
                scope = {"type": "http", "method": method, "path": path, "headers": []}
                first = next(
                    each
                    for each in everything
                    if each._effective_route.matches(dict(scope))[0] is Match.FULL  # type: ignore[union-attr]
                )
                ours = [each for each in table[_key_of(method, path)] if each.path_regex.match(path)]
                assert ours[0] is first._effective_route
                checked += 1
    assert checked > 50


def an_app() -> FastAPI:
    app, router = FastAPI(redirect_slashes=False), APIRouter()

    @router.get("/things/own")
    async def own() -> str:
        return "own"

    @router.get("/things/{number}")
    async def one(number: int, request: Request) -> dict[str, Any]:
        return {"number": number, "seen": request.path_params, "template": request.scope["route"].path}

    @router.post("/things/{number}")
    async def change(number: int) -> int:
        return number

    app.include_router(router, prefix="/api/v1")
    install_direct_routes(app.router)
    return app


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/things/own", 200),
        ("GET", "/api/v1/things/7", 200),
        ("GET", "/api/v1/things/seven", 422),
        ("POST", "/api/v1/things/7", 200),
        ("DELETE", "/api/v1/things/7", 405),
        ("HEAD", "/api/v1/things/7", 405),
        ("GET", "/api/v1/things/", 404),
        ("GET", "/api/v1/things/7/", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/", 404),
    ],
)
async def test_answers_are_those_of_the_framework(method: str, path: str, status: int) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(an_app()), base_url="http://x") as client:
        assert (await client.request(method, path)).status_code == status


async def test_a_route_gets_its_parameters_and_the_first_declared_wins() -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(an_app()), base_url="http://x") as client:
        assert (await client.get("/api/v1/things/own")).json() == "own"
        seen = (await client.get("/api/v1/things/7")).json()
    assert seen == {"number": 7, "seen": {"number": "7"}, "template": "/things/{number}"}


async def test_a_route_that_takes_any_path_keeps_its_place_before_later_ones() -> None:
    app, before, after = FastAPI(), APIRouter(), APIRouter()

    @before.get("/{rest:path}")
    async def anything(rest: str) -> str:
        return rest

    @after.get("/api/v1/things")
    async def things() -> str:
        return "things"

    app.include_router(before)
    app.include_router(after)
    install_direct_routes(app.router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        assert (await client.get("/api/v1/things")).json() == "api/v1/things"
