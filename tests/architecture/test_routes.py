"""The inventory of routes: each is strict, asynchronous, documented, and declares its errors."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from tests.fixtures.app import settings_for
from tests.fixtures.operations import Operation, api_document, operations
from tradesense.run.api import create_app
from tradesense.run.openapi import TAGS
from tradesense.web.errors import MEDIA_TYPE
from tradesense.web.strict import StrictRoute

OPEN_ROUTES = {"/health", "/health/ready", "/metrics", "/openapi.json"}
COMPUTED = {
    "iv",
    "delta",
    "gamma",
    "vega",
    "theta",
    "rho",
    "price",
    "strike",
    "multiplier",
    "tick",
}


def api_routes() -> list[APIRoute]:
    app = create_app(settings_for(Path("unused")))
    found = [context.original_route for context in iter_route_contexts(app.routes)]
    return [route for route in found if isinstance(route, APIRoute)]


@pytest.mark.parametrize("route", api_routes(), ids=lambda route: f"{route.methods} {route.path}")
def test_a_route_reads_strictly_and_never_blocks_a_thread(route: APIRoute) -> None:
    assert isinstance(route, StrictRoute), "make routers with web.strict.api_router"
    assert inspect.iscoroutinefunction(route.endpoint)
    for dependant in route.dependant.dependencies:
        call = dependant.call
        assert inspect.iscoroutinefunction(call) or inspect.isasyncgenfunction(call)


def test_everything_is_under_the_prefix_or_known_to_stand_at_the_root() -> None:
    at_root = {item.template for item in operations() if not item.template.startswith("/api/v1/")}
    assert at_root <= OPEN_ROUTES


def test_operation_ids_are_unique() -> None:
    ids = [item.document["operationId"] for item in operations()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("operation", operations(), ids=str)
def test_an_operation_is_documented(operation: Operation) -> None:
    document = operation.document
    assert document["operationId"].islower(), "an operation id is chosen, not derived"
    assert document["summary"]
    assert document["description"]
    assert len(document["tags"]) == 1
    assert document["tags"][0] in {tag["name"] for tag in TAGS}
    for parameter in document.get("parameters", ()):
        assert parameter.get("description") or parameter["schema"].get("description"), parameter["name"]


@pytest.mark.parametrize("operation", operations(), ids=str)
def test_an_operation_declares_its_errors_as_problem_documents(
    operation: Operation,
) -> None:
    responses = operation.document["responses"]
    errors = {status: answer for status, answer in responses.items() if status >= "400"}
    if operation.template.startswith("/api/"):
        assert "422" in errors
    if any(parameter["in"] == "path" for parameter in operation.document.get("parameters", ())):
        assert "404" in errors
    if "requestBody" in operation.document:
        assert {"413", "415"} <= set(errors)
    for status, answer in errors.items():
        if operation.template != "/health/ready":
            assert list(answer["content"]) == [MEDIA_TYPE], status


@pytest.mark.parametrize("name", api_document()["components"]["schemas"])
def test_fields_are_described_with_their_units(name: str) -> None:
    schema = api_document()["components"]["schemas"][name]
    for field, definition in schema.get("properties", {}).items():
        if field in COMPUTED:
            assert definition.get("description"), f"{name}.{field} says neither what it is nor its unit"
