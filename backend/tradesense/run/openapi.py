"""The OpenAPI document: what FastAPI derives from the routes, made true where it guesses wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic.json_schema import models_json_schema

from tradesense import __version__
from tradesense.web.access import Access
from tradesense.web.callers import ACCESS_COOKIE, API_PREFIX
from tradesense.web.errors import MEDIA_TYPE, Problem, ValidationProblem, title_of
from tradesense.web.strict import StrictRoute

TITLE = "TradeSense API"
DESCRIPTION = """\
Futures, options and what they are worth, from your own data.

**Units**, the same everywhere: `iv` is a fraction a year (0.153 = 15.3 %); `delta` per 1.00 of the \
underlying or forward; `gamma` per 1.00²; `vega` per volatility point (0.01); `theta` per calendar day; \
`rho` per 0.01 of the rate. Times are RFC 3339 in UTC, dates ISO. A number that cannot be computed is \
`null` and has a status.

**Errors** are `application/problem+json` (RFC 9457) with a stable `code`.

**Signing in.** A page signs in at `POST /api/v1/auth/login` and is from then on recognised by cookies \
that no script can read; it calls with `credentials: "include"` and needs to keep nothing. At a 401 with \
code `unauthorized` it calls `POST /api/v1/auth/refresh` once and asks again; at `session_ended` the \
person signs in anew. A script signs in at `POST /api/v1/auth/token` or uses an API key, either as \
`Authorization: Bearer ...`. Where a login answers `mfa_required`, `POST /api/v1/auth/mfa/challenge` takes \
its `mfa_token` and a code.

**Forged requests.** A browser's own `Sec-Fetch-Site` or `Origin` tells where a request comes from. A \
client that sends cookies and neither of them adds `X-CSRF-Token` from `GET /api/v1/auth/csrf` to whatever \
is not a GET; others get a 403 `csrf_failed`.

**Limits.** All requests of one person share a budget a minute, told in `RateLimit` and \
`RateLimit-Policy`; signing in has a smaller one for each address and each account. A 429 says in \
`Retry-After` how many seconds to wait.
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
    {
        "name": "strategies",
        "description": "Several options and futures valued as one position, and those a person keeps.",
    },
    {"name": "stream", "description": "Following topics live over a WebSocket; see `docs/streaming.md`."},
    {"name": "feeds", "description": "Where live prices come from, how they are doing; quotes of one's own."},
    {"name": "auth", "description": "Signing up, in and out; sessions, passwords, second factors."},
    {"name": "users", "description": "One's own account; for administrators, everybody's."},
    {"name": "watchlists", "description": "What a person watches: named lists of instruments."},
    {"name": "api-keys", "description": "Keys by which scripts call, with scopes and an expiry."},
    {"name": "health", "description": "Whether the program lives and is ready."},
]

Document = dict[str, Any]

SECURITY_SCHEMES: Document = {
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": ACCESS_COOKIE,
        "description": "What a browser sends by itself after signing in.",
    },
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An access token (a JWT, good for 15 minutes), or an API key (`ts_live_...`).",
    },
    "password": {
        "type": "oauth2",
        "description": "Gets an access token by e-mail and password.",
        "flows": {
            "password": {
                "tokenUrl": "/api/v1/auth/token",
                "refreshUrl": "/api/v1/auth/refresh",
                "scopes": {},
            }
        },
    },
}


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
    document["components"]["securitySchemes"] = SECURITY_SCHEMES
    access_of = dict(_access_of_operations(app))
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            access = access_of[path, method.upper()]
            operation["security"] = [] if access.public else [{name: []} for name in SECURITY_SCHEMES]
            if path.startswith(API_PREFIX):
                _declare_refusals_of_layers(operation, method, access)
    for operation in _operations(document):
        _declare_problems(operation)
        _declare_long_address(operation)
        _drop_null_of_parameters(operation)
    return document


def _operations(document: Document) -> Iterator[Document]:
    for path in document["paths"].values():
        yield from path.values()


def _access_of_operations(app: FastAPI) -> Iterator[tuple[tuple[str, str], Access]]:
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, StrictRoute):
            for method in context.methods or ():
                yield (context.path_format or "", method), route.access


def _declare_refusals_of_layers(operation: Document, method: str, access: Access) -> None:
    """Declare what is refused before a route's own work begins, so that no route has to."""
    statuses = {400, 422, 429}
    if "requestBody" in operation:
        statuses |= {413, 415}
    if not access.public:
        statuses |= {401, 403, 503}
    elif method != "get":
        statuses |= {403}
    for status in statuses:
        operation["responses"].setdefault(str(status), _problem_answer(status))
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _problem_answer(status: int) -> Document:
    name = "ValidationProblem" if status == 422 else "Problem"
    reference = {"schema": {"$ref": f"#/components/schemas/{name}"}}
    return {"description": title_of(status), "content": {MEDIA_TYPE: reference}}


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
        operation["responses"]["414"] = _problem_answer(414)
        operation["responses"] = dict(sorted(operation["responses"].items()))


def _drop_null_of_parameters(operation: Document) -> None:
    # A parameter that may be left out can't be *sent* as null; FastAPI writes both as `anyOf [..., null]`.
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
        if len(kinds) == 1 and len(schema["anyOf"]) == 2:
            del schema["anyOf"]
            parameter["schema"] = {**kinds[0], **schema}
