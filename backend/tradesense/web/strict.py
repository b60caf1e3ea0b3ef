"""Reads requests strictly: what the route did not declare, or could be read two ways, is refused.

Routers are made with `api_router`. On its routes a query parameter that is unknown or repeated is a 422, a
body that is not declared JSON a 415 (unless the route takes a form, and it is one), a body over 1 MiB a 413
(a route may declare another `max_body_size`), and JSON with NaN, Infinity, 1e999, a lone surrogate, NUL or
too many levels a 422. Who may not call it gets a 401 or 403 first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterator
from functools import cached_property
from json import JSONDecodeError
from typing import Any, ClassVar
from urllib.parse import unquote_to_bytes

import orjson
from fastapi import APIRouter, params
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tradesense.web.access import Access, access_of
from tradesense.web.kept_arguments import KeptArguments
from tradesense.web.limits import MOST_BODY_BYTES

_ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
KeptHandler = Callable[[Request], Coroutine[Any, Any, Response | None]]


def api_router(*, access: Access, prefix: str = "", tags: list[str] | None = None) -> APIRouter:
    """Return a router whose routes read requests strictly. Every router of the API is made here.

    `access` says who may call its routes; one that differs says so with `web.access.callable_by`.
    """
    return APIRouter(
        prefix=prefix,
        tags=list(tags or ()),
        route_class=type("StrictRoute", (StrictRoute,), {"router_access": access}),
        max_body_size=MOST_BODY_BYTES,
        redirect_slashes=False,
    )


def read_json(body: bytes) -> object:
    """Read JSON as RFC 8259 has it; raise `JSONDecodeError` for anything else.

    orjson itself refuses NaN, Infinity, 1e999, lone surrogates and more than 1024 levels; a NUL in a string
    is refused here, for databases can't keep one.
    """
    if b"\\u0000" in body and _ESCAPED_NUL.search(body):
        raise JSONDecodeError("NUL in a string", "", 0)
    return orjson.loads(body)


class _StrictRequest(Request):
    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = read_json(await self.body())
        return self._json


class StrictRoute(APIRoute):
    """A route that checks the caller, the query's names and the body's form before anything else runs."""

    router_access: ClassVar[Access]

    @property
    def access(self) -> Access:
        """Who may call this route."""
        return access_of(self.endpoint) or self.router_access

    def get_route_handler(self) -> Handler:
        access = self.access
        handle = super().get_route_handler()
        known = frozenset(_query_names(self.dependant))
        check_body = _body_check(self.body_field)

        async def handle_strictly(request: Request) -> Response:
            access.check(request.scope["state"].get("caller"))
            _check_query(request.scope["query_string"], known)
            if check_body is not None:
                check_body(request)
                request = _StrictRequest(request.scope, request.receive)
            return await handle(request)

        return handle_strictly

    @cached_property
    def at_once(self) -> KeptHandler | None:
        """Answers without the framework's reading of parameters, as strictly; None where it can't.

        A question it does not answer, with None, is for the framework. Dependencies named where a router is
        included are not known here: `run.api` names none.
        """
        kept = KeptArguments.of(self.dependant) if self.methods == {"GET"} else None
        if kept is None:
            return None
        access = self.access
        known = frozenset(_query_names(self.dependant))

        async def answer_at_once(request: Request) -> Response | None:
            scope = request.scope
            access.check(scope["state"].get("caller"))
            _check_query(scope["query_string"], known)
            return await kept.answer(request)

        return answer_at_once


def _query_names(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, inner in annotation.model_fields.items():
                yield inner.alias or name
        else:
            yield field.alias
    for inner_dependant in dependant.dependencies:
        yield from _query_names(inner_dependant)


def _check_query(raw: bytes, known: frozenset[str]) -> None:
    if not raw:
        return
    seen: set[str] = set()
    for pair in raw.split(b"&"):
        if not pair:
            continue
        name, _, value = pair.partition(b"=")
        text = _decode(name)
        if text is None or text not in known:
            _refuse(text or "", "Unknown query parameter", "unknown_parameter")
        elif text in seen:
            _refuse(text, "Given more than once", "repeated_parameter")
        elif _decode(value) is None:
            _refuse(text, "Not valid UTF-8 text, or with control characters", "bad_text")
        seen.add(text or "")


def _decode(quoted: bytes) -> str | None:
    try:
        text = unquote_to_bytes(quoted.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None
    return text if not any(character < " " or character == "\x7f" for character in text) else None


def _refuse(name: str, message: str, kind: str) -> None:
    raise RequestValidationError([{"type": kind, "loc": ("query", name), "msg": message}])


def _body_check(field: ModelField | None) -> Callable[[Request], None] | None:
    if field is None:
        return None
    if isinstance(field.field_info, params.Form):
        return _check_form
    return _check_json if field.field_info.is_required() else _check_json_or_nothing


def _check_form(request: Request) -> None:
    if _media_type_of(request) != "application/x-www-form-urlencoded":
        raise HTTPException(415)


def _check_json_or_nothing(request: Request) -> None:
    has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if has_body or "content-type" in request.headers:
        _check_json(request)


def _media_type_of(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _check_json(request: Request) -> None:
    media_type = _media_type_of(request)
    if media_type != "application/json" and not (
        media_type.startswith("application/") and media_type.endswith("+json")
    ):
        raise HTTPException(415)
