"""The OpenAPI document: what FastAPI derives from the routes, made true where it guesses wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from tradesense import __version__
from tradesense.web.errors import MEDIA_TYPE, Problem, ValidationProblem, title_of

TITLE = "TradeSense API"
DESCRIPTION = """\
Futures, options and what they are worth, from your own data.

**Units**, the same everywhere: `iv` is a fraction a year (0.153 = 15.3 %); `delta` per 1.00 of the \
underlying or forward; `gamma` per 1.00²; `vega` per volatility point (0.01); `theta` per calendar day; \
`rho` per 0.01 of the rate. Times are RFC 3339 in UTC, dates ISO. A number that cannot be computed is \
`null` and has a status.

**Errors** are `application/problem+json` (RFC 9457) with a stable `code`.
"""
TAGS = [
    {
        "name": "futures",
        "description": "Products, contracts, term structure, spreads, continuous series, rolls.",
    },
    {"name": "instruments", "description": "What can be traded: search, specifications, bars and quotes."},
    {
        "name": "options",
        "description": "Chains, smiles, heatmaps and surfaces with implied volatility and Greeks.",
    },
    {
        "name": "calculators",
        "description": "Prices, Greeks and implied volatilities for columns of contracts.",
    },
    {"name": "health", "description": "Whether the program lives and is ready."},
]

Document = dict[str, Any]


def install_openapi(app: FastAPI) -> None:
    """Make `app.openapi()` return our document, built once."""
    kept: list[Document] = []

    def openapi() -> Document:
        if not kept:
            kept.append(build_openapi(app))
        return kept[0]

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents


def build_openapi(app: FastAPI) -> Document:
    """Return the OpenAPI document of every route of `app`."""
    document = get_openapi(title=TITLE, version=__version__, description=DESCRIPTION, routes=app.routes)
    used = {tag for operation in _operations(document) for tag in operation.get("tags", ())}
    document["tags"] = [tag for tag in TAGS if tag["name"] in used]
    document["servers"] = [{"url": "/"}]
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    _, definitions = models_json_schema(
        [(Problem, "serialization"), (ValidationProblem, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    schemas.update(definitions["$defs"])
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    for operation in _operations(document):
        _declare_problems(operation)
        _declare_long_address(operation)
        _drop_null_of_parameters(operation)
    return document


def _operations(document: Document) -> Iterator[Document]:
    for path in document["paths"].values():
        yield from path.values()


def _declare_problems(operation: Document) -> None:
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        schema = content.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
        if schema in ("Problem", "ValidationProblem", "HTTPValidationError"):
            name = "ValidationProblem" if status == "422" else "Problem"
            response["content"] = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _declare_long_address(operation: Document) -> None:
    # The layer around all routes refuses it, so no route declares it.
    if operation.get("parameters"):
        reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
        answer = {"description": title_of(414), "content": {MEDIA_TYPE: reference}}
        operation["responses"] = dict(sorted({**operation["responses"], "414": answer}.items()))


def _drop_null_of_parameters(operation: Document) -> None:
    # A parameter that may be left out can't be *sent* as null; FastAPI writes both as `anyOf [..., null]`.
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
        if len(kinds) == 1 and len(schema["anyOf"]) == 2:
            del schema["anyOf"]
            parameter["schema"] = {**kinds[0], **schema}
