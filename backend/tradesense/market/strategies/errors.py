"""The facts the strategies desk can state about a request it cannot answer."""

from __future__ import annotations

from tradesense.base.errors import Invalid


class MixedUnderlyings(Invalid):
    """The legs are not of one underlying."""

    code = "mixed_underlyings"


class NotALeg(Invalid):
    """A leg names something that no strategy can hold."""

    code = "not_a_leg"


class ReversedRange(Invalid):
    """The lowest price of the grid is not below its highest."""

    code = "reversed_range"
