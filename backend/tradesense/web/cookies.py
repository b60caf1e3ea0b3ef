"""Our two cookies: set and deleted here only, always with the same attributes."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from tradesense.web.callers import ACCESS_COOKIE, REFRESH_COOKIE

REFRESH_PATH: Final = "/api/v1/auth"


def set_session_cookies(
    response: Response,
    *,
    access: str,
    access_seconds: int,
    refresh: str,
    refresh_seconds: int,
    secure: bool,
) -> None:
    """Give the browser its tokens, each for as long as the token itself lives; no script can read them."""
    response.set_cookie(
        ACCESS_COOKIE, access, max_age=access_seconds, path="/", secure=secure, httponly=True, samesite="lax"
    )
    response.set_cookie(
        REFRESH_COOKIE,
        refresh,
        max_age=refresh_seconds,
        path=REFRESH_PATH,
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def say_signed_out(response: Response, *, secure: bool) -> None:
    """Take the cookies away, and have the browser drop what it kept of our pages."""
    clear_session_cookies(response, secure=secure)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def clear_session_cookies(response: Response, *, secure: bool) -> None:
    """Take them away again."""
    response.delete_cookie(ACCESS_COOKIE, path="/", secure=secure, httponly=True, samesite="lax")
    response.delete_cookie(REFRESH_COOKIE, path=REFRESH_PATH, secure=secure, httponly=True, samesite="strict")
