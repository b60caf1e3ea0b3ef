"""One call to the API: the credential, the wait where the server asks for one, refusals as exceptions."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import httpx

from tradesense_client.credentials import Credentials
from tradesense_client.errors import ConnectionLost, Problem, TooMany, problem_of

API: Final = "/api/v1"
MOST_ATTEMPTS: Final = 5
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 10.0
_COME_AGAIN = frozenset({429, 502, 503, 504})

Params = Mapping[str, Any]
Sleep = Callable[[float], Awaitable[None]]


class Caller:
    """Calls the API. A call is tried up to five times, and never waits longer than `patience` in all.

    What may have been done is not done again: only reads, and calls that say `repeatable`, are repeated
    after a 502, 503, 504 or a lost connection. A 429 was not done, so any call is.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        credentials: Credentials | None,
        *,
        patience: float,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._client = client
        self.credentials = credentials
        self._patience = patience
        self._sleep = sleep

    async def get(self, path: str, params: Params | None = None) -> Any:
        """Return the JSON of a read."""
        return (await self.send("GET", path, params=params)).json()

    async def post(self, path: str, body: Any, *, repeatable: bool) -> Any:
        """Return the JSON that a call with a body is answered."""
        return (await self.send("POST", path, json=body, repeatable=repeatable)).json()

    async def send(
        self, method: str, path: str, *, repeatable: bool = False, params: Params | None = None, **body: Any
    ) -> httpx.Response:
        """Return a good answer. Raises `Problem` for a refusal, `ConnectionLost` for none."""
        repeatable = repeatable or method == "GET"
        waited, renewed = 0.0, False
        for attempt in range(1, MOST_ATTEMPTS + 1):
            bearer = self.credentials.bearer() if self.credentials else None
            try:
                answer = await self._client.request(
                    method, API + path, params=_given(params), headers=_headers(bearer), **body
                )
            except httpx.TransportError as error:
                failure: Exception = ConnectionLost(type(error).__name__)
                may_repeat, pause = repeatable, _jitter(attempt)
            else:
                if answer.is_success:
                    return answer
                if answer.status_code == 401 and bearer and not renewed:
                    renewed = True
                    if self.credentials and await self.credentials.renew(bearer):
                        continue
                failure = _problem(answer)
                may_repeat = answer.status_code == 429 or (repeatable and answer.status_code in _COME_AGAIN)
                pause = max(_retry_after(answer), _jitter(attempt))
            if not may_repeat or attempt == MOST_ATTEMPTS or waited + pause > self._patience:
                raise failure
            await self._sleep(pause)
            waited += pause
        raise AssertionError("the last attempt returns or raises")


def _headers(bearer: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {bearer}"} if bearer else {}


def _given(params: Params | None) -> dict[str, Any] | None:
    return {name: value for name, value in params.items() if value is not None} if params else None


def _problem(answer: httpx.Response) -> Problem:
    try:
        document = answer.json()
    except ValueError:
        document = None
    made = problem_of(answer.status_code, document)
    if isinstance(made, TooMany):
        made.retry_after = _retry_after(answer)
    return made


def _retry_after(answer: httpx.Response) -> float:
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else 0.0


def _jitter(attempt: int) -> float:
    longest = min(_FIRST_PAUSE_SECONDS * 2 ** (attempt - 1), _LONGEST_PAUSE_SECONDS)
    return random.uniform(0.0, longest)  # noqa: S311 - jitter, not a secret
