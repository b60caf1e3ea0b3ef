"""Recognises the caller of each request to the API, before anything else looks at it.

Who can recognise a credential is installed by `run` as `state.callers`; this file only finds the credential.
"""

from __future__ import annotations

from typing import Annotated, Final, Protocol

from fastapi import Depends, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tradesense.base.errors import AppError, Unrecognised
from tradesense.base.principal import Principal
from tradesense.web.errors import answer_of, problem

ACCESS_COOKIE: Final = "auth-token"
REFRESH_COOKIE: Final = "refresh-token"
API_PREFIX: Final = "/api/"
_OURS: Final = {name.encode(): name for name in (ACCESS_COOKIE, REFRESH_COOKIE)}


class Callers(Protocol):
    """Tells who bears a token or key, and forgets at once what was revoked."""

    async def recognise(self, credential: str) -> Principal | None:
        """Return the bearer of an access token or API key that is valid now; `None` for any other text."""
        ...

    def forget_user(self, user_id: object) -> None:
        """Ask the database again for whatever concerns this person, from the next request on."""
        ...

    def forget_credential(self, credential_id: object) -> None:
        """Ask the database again about this session or key, from the next request on."""
        ...


class RecogniseCaller:
    """Pure ASGI: puts the caller of an API request into `state.caller`, `None` where nobody is recognised.

    A cookie sent twice, or a cookie and a bearer of two people, is a 400: one request, one caller.
    `state.has_cookie` tells whether the browser sent one of our cookies by itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not scope["path"].startswith(API_PREFIX):
            await self.app(scope, receive, send)
            return
        cookies = _cookies_of(scope)
        if any(len(values) > 1 for values in cookies.values()):
            await problem(400, code="repeated_cookie", detail="A cookie of ours came twice.")(
                scope, receive, send
            )
            return
        callers: Callers = scope["state"]["callers"]
        try:
            caller = await _recognise(callers, cookies.get(ACCESS_COOKIE, [None])[0], _bearer_of(scope))
        except _TwoCallers:
            detail = "The cookie and the bearer token belong to two people."
            await problem(400, code="two_callers", detail=detail)(scope, receive, send)
            return
        except AppError as error:
            await answer_of(error)(scope, receive, send)
            return
        scope["state"]["caller"] = caller
        scope["state"]["has_cookie"] = bool(cookies)
        await self.app(scope, receive, send)


class _TwoCallers(Exception):
    pass


async def _recognise(callers: Callers, cookie: str | None, bearer: str | None) -> Principal | None:
    by_cookie = await callers.recognise(cookie) if cookie else None
    if bearer is None:
        return by_cookie
    by_bearer = await callers.recognise(bearer) if bearer else None
    if by_cookie is not None and by_bearer is not None and by_cookie.user_id != by_bearer.user_id:
        raise _TwoCallers
    return by_bearer


def credentials_of(scope: Scope) -> tuple[str | None, str | None]:
    """Return the credential in our cookie and the bearer's, each `None` where it was not sent."""
    return _cookies_of(scope).get(ACCESS_COOKIE, [None])[0], _bearer_of(scope)


def _cookies_of(scope: Scope) -> dict[str, list[str]]:
    """Return our cookies with every value they came with."""
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        if name != b"cookie":
            continue
        for part in value.split(b";"):
            name_of, _, text = part.strip().partition(b"=")
            cookie = _OURS.get(name_of)
            if cookie is not None:
                found.setdefault(cookie, []).append(text.decode("latin-1").strip('"'))
    return found


def _bearer_of(scope: Scope) -> str | None:
    """Return the bearer's credential; an empty text for another scheme or two of them; `None` without one."""
    given = [value for name, value in scope["headers"] if name == b"authorization"]
    if not given:
        return None
    scheme, _, credential = given[0].decode("latin-1").partition(" ")
    return credential.strip() if len(given) == 1 and scheme.lower() == "bearer" else ""


async def current_caller(request: Request) -> Principal:
    """Return the caller of a route that is not public."""
    caller: Principal | None = request.scope["state"].get("caller")
    if caller is None:
        raise Unrecognised("Sign in, or send a token or key that is valid.")
    return caller


CurrentCaller = Annotated[Principal, Depends(current_caller)]
