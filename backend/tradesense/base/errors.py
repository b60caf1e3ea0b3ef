"""The kinds of expected failure; what HTTP status they become is `web.errors`' business alone.

AppError
├── NotFound       the named thing is not there
├── Conflict       the thing is in a state that forbids this
├── Unrecognised   the caller did not prove who they are
├── Forbidden      the caller may not do this
├── Outdated       the caller's copy is not the present one
├── Invalid        the request makes no sense as it stands
├── Unusable       what the request brings along is spent or contradicts itself
├── TooMany        the caller did this too often; later it will do
└── Unavailable    a part we need does not answer in time
"""

from __future__ import annotations


class AppError(Exception):
    """An expected failure with a stable `code` for programs and a `detail` for people.

    It undoes what its request wrote so far, unless `keeps_changes`: then what was written stays, such as
    the record of a failed attempt.
    """

    code = "error"
    keeps_changes = False

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        if code is not None:
            self.code = code


class NotFound(AppError):
    code = "not_found"


class Conflict(AppError):
    code = "conflict"


class Unrecognised(AppError):
    code = "unauthorized"
    keeps_changes = True


class Forbidden(AppError):
    code = "forbidden"


class Outdated(AppError):
    code = "outdated"


class Invalid(AppError):
    """The request makes no sense; `field` names the part to mend, where one part is to blame."""

    code = "invalid"

    def __init__(self, detail: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.field = field


class Unusable(AppError):
    """A link that was used before, two tokens where one is wanted: not a matter of one field."""

    code = "bad_request"


class TooMany(AppError):
    """Too often; `retry_after_seconds` says when it will do."""

    code = "too_many_requests"
    keeps_changes = True

    def __init__(self, detail: str, *, retry_after_seconds: int, code: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(AppError):
    """A part does not answer; `retry_after_seconds` says when asking again makes sense."""

    code = "unavailable"
    retry_after_seconds = 1
