"""What can go wrong: refusals of the server as exceptions with its stable code, and a line that is dead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class TradeSenseError(Exception):
    """The first of them all."""


class Problem(TradeSenseError):
    """The server refused; `code` says what, for programs, and `detail` says it for people.

    `request_id` finds the call in the server's log; `fields` names what is wrong in the request, if told.
    """

    def __init__(self, status: int, code: str, detail: str, request_id: str = "", fields: Any = ()) -> None:
        self.fields = list(fields)
        super().__init__("; ".join([f"{status} {code}: {detail}", *map(_in_words, self.fields)]))
        self.status = status
        self.code = code
        self.detail = detail
        self.request_id = request_id


class NotSignedIn(Problem):
    """401: the credential is missing, wrong or at its end."""


class NotPermitted(Problem):
    """403: the credential is good, and not for this."""


class NotThere(Problem):
    """404: nothing of that name."""


class TooMany(Problem):
    """429: more than the patience of this client allows to wait for; `retry_after` in seconds."""

    retry_after: float = 0.0


class Unavailable(Problem):
    """503 and its like: the server, or a part of it, does not answer at the moment."""


class SecondFactorNeeded(TradeSenseError):
    """The account asks for a code as well: sign in again with `code=`."""


class ConnectionLost(TradeSenseError):
    """The server could not be reached, or did not answer in time."""


class StreamRefused(TradeSenseError):
    """The stream does not take a subscription, or this caller; `code` says why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


_KINDS: Mapping[int, type[Problem]] = {
    401: NotSignedIn,
    403: NotPermitted,
    404: NotThere,
    429: TooMany,
    502: Unavailable,
    503: Unavailable,
    504: Unavailable,
}


def _in_words(field: Any) -> str:
    known = field if isinstance(field, dict) else {}
    return f"{'.'.join(map(str, known.get('loc', ())))}: {known.get('msg', '')}"


def problem_of(status: int, document: Any) -> Problem:
    """Return the exception for a status and the problem document that came with it, if one did."""
    known = document if isinstance(document, dict) else {}
    return _KINDS.get(status, Problem)(
        status,
        str(known.get("code", "error")),
        str(known.get("detail", "the server gave no reason")),
        str(known.get("request_id", "")),
        known.get("errors") or (),
    )
