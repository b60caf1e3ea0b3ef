"""How the fuzzer signs in: as an administrator; for calls that end an account or session, as somebody new.

Loaded by schemathesis (SCHEMATHESIS_HOOKS); the environment says where the program runs and who the
administrator is.
"""

from __future__ import annotations

import os
import secrets
import time
from typing import Any

import httpx
import schemathesis

AUTH = os.environ["FUZZ_URL"] + "/api/v1/auth"
ENDS_WHO_CALLS = (
    "/auth/logout",
    "/auth/logout-all",
    "/auth/password/change",
    "/auth/sessions/{session_id}",
    "/auth/mfa",
    "/users/me",
)
GOOD_FOR_SECONDS = 600.0


def _token(email: str, password: str) -> str:
    answer = httpx.post(AUTH + "/token", data={"username": email, "password": password}, timeout=60)
    answer.raise_for_status()
    return str(answer.json()["access_token"])


def _somebody_new() -> str:
    body = {"email": f"fuzz.{secrets.token_hex(6)}@example.com", "password": secrets.token_urlsafe(18)}
    httpx.post(AUTH + "/register", json=body, timeout=60).raise_for_status()
    return _token(**body)


@schemathesis.auth(refresh_interval=None)
class SignedIn:
    """A token for each call."""

    def __init__(self) -> None:
        self._token = ""
        self._until = float("-inf")

    def get(self, case: schemathesis.Case, context: Any) -> str:
        path, method = context.operation.path.removeprefix("/api/v1"), case.method.upper()
        if method not in ("GET", "HEAD") and path.startswith(ENDS_WHO_CALLS):
            return _somebody_new()
        if time.monotonic() > self._until:
            self._token = _token(os.environ["FUZZ_EMAIL"], os.environ["FUZZ_PASSWORD"])
            self._until = time.monotonic() + GOOD_FOR_SECONDS
        return self._token

    def set(self, case: schemathesis.Case, data: str, context: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}
