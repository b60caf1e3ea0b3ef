"""The one place where a failure becomes an HTTP answer: RFC 9457 documents, and the status of each kind.

No answer carries an exception's text, a path, a module or the value a caller sent: `detail` is either ours
(an `AppError`'s) or a fixed sentence for the status.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tradesense.base.errors import (
    AppError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Outdated,
    TooMany,
    Unavailable,
    Unrecognised,
    Unusable,
)
from tradesense.web.request_id import current_request_id

MEDIA_TYPE = "application/problem+json"
_MOST_ERRORS_SHOWN = 50
_PLAIN_NAME = re.compile(r"[A-Za-z][\w.-]{0,39}", re.ASCII)

_log = logging.getLogger("tradesense.web")

# The one status table. A domain's own error derives from one of these kinds.
_STATUS: dict[type[AppError], int] = {
    NotFound: 404,
    Conflict: 409,
    Unrecognised: 401,
    Forbidden: 403,
    Outdated: 412,
    Unusable: 400,
    Invalid: 422,
    TooMany: 429,
    Unavailable: 503,
}

# Python's own phrases for these changed between versions; ours are RFC 9110's.
_TITLES: dict[int, str] = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}

_CODES: dict[int, str] = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    412: "outdated",
    413: "body_too_large",
    414: "query_too_long",
    415: "unsupported_media_type",
    421: "wrong_host",
    422: "invalid_request",
    429: "too_many_requests",
    431: "headers_too_large",
    500: "internal_error",
    503: "unavailable",
}

_DETAILS: dict[int, str] = {
    400: "The request could not be read.",
    401: "Sign in, or send a token or key that is valid.",
    403: "This is not allowed.",
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    406: "None of the formats asked for can be served.",
    409: "The present state forbids this.",
    412: "What `If-Match` names is not the present state; read it again.",
    413: "The request body is larger than this address takes.",
    414: "The address is too long: at most 2 KiB of path and 8 KiB of query.",
    415: "The body must be declared as `Content-Type: application/json`.",
    421: "This server does not answer to that host name.",
    422: "Some parts of the request are not valid.",
    429: "Too many requests. Wait as long as `Retry-After` says.",
    431: "The headers are larger than 64 KiB.",
    500: "Something failed on our side. The request id names the entry in the log.",
    503: "A needed part does not answer at the moment. Try again shortly.",
}


class FieldError(BaseModel):
    """One part of the request that is not valid; never the value that was sent."""

    loc: list[str | int] = Field(
        description="Where: `query`, `path`, `header` or `body`, then the names.",
        examples=[["query", "limit"]],
    )
    msg: str = Field(
        description="What is wrong, for people.", examples=["Input should be less than or equal to 1000"]
    )
    type: str = Field(description="What is wrong, for programs.", examples=["less_than_equal"])


class Problem(BaseModel):
    """An error, as RFC 9457 `application/problem+json`."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": False})

    type: str = Field(description="Names the kind of problem.", examples=["about:blank"])
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(
        description="What happened, for people.", examples=["There is no instrument ES-1999-03."]
    )
    code: str = Field(description="What happened, for programs; stable.", examples=["unknown_instrument"])
    request_id: str = Field(
        description="The same as in `X-Request-ID`.", examples=["0f8fad5bd9cb469fa16570867728950e"]
    )


class ValidationProblem(Problem):
    """A 422, with each part of the request that is not valid."""

    errors: list[FieldError] = Field(default_factory=list, description="At most 50 of them.")


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what a route declares in `responses=` for the errors it can answer with.

    >>> sorted(problem_responses(404, 422))
    [404, 422]
    """
    return {
        status: {
            "model": ValidationProblem if status == 422 else Problem,
            "description": title_of(status),
        }
        for status in statuses
    }


def problem(
    status: int,
    *,
    detail: str | None = None,
    code: str | None = None,
    errors: Sequence[Mapping[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
    request_id: str | None = None,
) -> Response:
    """Build the answer for a status; `detail` and `code` default to the fixed words of the status."""
    title = title_of(status)
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or _DETAILS.get(status, title + "."),
        "code": code or _CODES.get(status, "error"),
        "request_id": request_id or current_request_id(),
    }
    if status == 422:
        document["errors"] = list(errors or ())
    return Response(orjson.dumps(document), status, dict(headers or {}), media_type=MEDIA_TYPE)


def title_of(status: int) -> str:
    """Return the status in words."""
    return _TITLES.get(status) or HTTPStatus(status).phrase


def status_of(error: AppError) -> int:
    """Return the HTTP status of an expected failure: that of the nearest kind it derives from."""
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return 500


def answer_of(error: AppError) -> Response:
    """Return the problem document of an expected failure."""
    status = status_of(error)
    errors = None
    if isinstance(error, Invalid) and error.field is not None:
        errors = [{"loc": error.field.split("."), "msg": error.detail, "type": error.code}]
    headers = {}
    if isinstance(error, TooMany | Unavailable):
        headers["Retry-After"] = str(error.retry_after_seconds)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(status, detail=error.detail, code=error.code, errors=errors, headers=headers)


async def _answer_app_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    return answer_of(error)


async def _answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods_of(request)) or headers.get("Allow", "")
    return problem(error.status_code, headers=headers)


def _methods_of(request: Request) -> list[str]:
    # The framework names the methods of the first route at an address only.
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        pattern = getattr(route, "path_regex", None)
        if pattern is not None and pattern.match(request.url.path):
            methods |= route.methods or set()
    return sorted(methods)


async def _answer_invalid_request(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    shown = [
        {
            "loc": [_shown_part(part) for part in item["loc"]],
            "msg": item["msg"],
            "type": item["type"],
        }
        for item in error.errors()[:_MOST_ERRORS_SHOWN]
    ]
    return problem(422, errors=shown)


def _shown_part(part: str | int) -> str | int:
    # A name nobody declared is the caller's: it may be anything, a secret in the wrong place too.
    return part if isinstance(part, int) or _PLAIN_NAME.fullmatch(part) else "?"


def install_error_answers(app: FastAPI) -> None:
    """Make every expected failure of `app` a problem document."""
    app.add_exception_handler(AppError, _answer_app_error)
    app.add_exception_handler(HTTPException, _answer_http_error)
    app.add_exception_handler(RequestValidationError, _answer_invalid_request)


class LastResort:
    """Pure ASGI: makes an unexpected exception a logged 500, a framework's plain-text error a document."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = replaced = False

        async def send_checked(message: Message) -> None:
            nonlocal started, replaced
            if replaced:
                return
            if message["type"] == "http.response.start":
                started = True
                replaced = message["status"] >= 400 and _is_plain_text(message)
                if replaced:
                    await problem(message["status"])(scope, receive, send)
                    return
            await send(message)

        try:
            await self.app(scope, receive, send_checked)
        except Exception:
            _log.exception("unhandled error", extra={"method": scope["method"], "path": scope["path"][:200]})
            if started:
                raise
            await problem(500)(scope, receive, send)


def _is_plain_text(message: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/plain")
        for name, value in message.get("headers", ())
    )
