"""What can be wrong with a question to the futures desk."""

from __future__ import annotations

from tradesense.base.errors import Invalid, NotFound


class NoData(NotFound):
    """Nothing is stored of what was asked for, by the instant asked for."""

    code = "no_data"


class TooManyPoints(Invalid):
    code = "too_many_points"
