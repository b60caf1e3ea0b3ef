"""The facts the options desk can state about a request it cannot answer."""

from __future__ import annotations

from tradesense.base.errors import Invalid, NotFound


class UnknownUnderlying(NotFound):
    """No option of this root is stored at the instant asked for."""

    code = "unknown_underlying"


class UnknownExpiry(NotFound):
    """The root has no options of this expiry at the instant asked for."""

    code = "unknown_expiry"


class InvalidStrikes(Invalid):
    """The strike filter cannot be read."""

    code = "invalid_strikes"


class InvalidDates(Invalid):
    """A list of dates or instants cannot be read."""

    code = "invalid_dates"


class InvalidColumns(Invalid):
    """The columns of a calculator call do not fit together."""

    code = "invalid_columns"


class TooManyRows(Invalid):
    """More rows than one calculator call, or one slow model, may take."""

    code = "too_many_rows"


class InvalidBody(Invalid):
    """The body of a calculator call has not the declared form."""

    code = "invalid_body"
