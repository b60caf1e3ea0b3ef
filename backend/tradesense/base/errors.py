"""The five kinds of expected failure; what HTTP status they become is `web.errors`' business alone.

AppError
├── NotFound       the named thing is not there
├── Conflict       the thing is in a state that forbids this
├── Forbidden      the caller may not do this
├── Invalid        the request makes no sense as it stands
└── Unavailable    a part we need does not answer in time
"""

from __future__ import annotations


class AppError(Exception):
    """An expected failure with a stable `code` for programs and a `detail` for people."""

    code = "error"

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        if code is not None:
            self.code = code


class NotFound(AppError):
    code = "not_found"


class Conflict(AppError):
    code = "conflict"


class Forbidden(AppError):
    code = "forbidden"


class Invalid(AppError):
    """The request makes no sense; `field` names the part to mend, where one part is to blame."""

    code = "invalid"

    def __init__(self, detail: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.field = field


class Unavailable(AppError):
    code = "unavailable"
